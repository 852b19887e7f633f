"""Which spellings of a word are the same word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.folding import fold, fold_words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Lungs", "lung"),
        ("biopsies", "biopsy"),
        ("masses", "mass"),
        ("emboli", "embolus"),
        ("bacteria", "bacterium"),
        ("Women's", "woman"),
        ("haemoptysis", "hemoptysis"),
        ("anaemia", "anemia"),
        ("ischaemic", "ischemic"),
        ("oedema", "edema"),
        ("diarrhoea", "diarrhea"),
        ("dyspnoea", "dyspnea"),
        ("tumours", "tumor"),
        ("leukaemia", "leukemia"),
        ("gynaecologist", "gynecologist"),
    ],
)
def test_two_spellings_of_a_word_fold_alike(one: str, other: str) -> None:
    assert fold(one) == fold(other) == other


@pytest.mark.parametrize("word", ["bronchitis", "virus", "pus", "glass", "mucus", "diagnosis", "gas", "us", "sinus"])
def test_an_s_that_is_no_plural_stays(word: str) -> None:
    assert fold(word) == word


@pytest.mark.parametrize(
    ("one", "other"), [("smoke", "smoking"), ("cough", "coughing"), ("bleed", "blood"), ("ovary", "ovulation")]
)
def test_different_words_of_one_family_stay_different(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@pytest.mark.parametrize(
    ("phrase", "words"),
    [
        ("X-rays of the chest", ("x", "ray", "of", "the", "chest")),
        ("Women\u2019s health", ("woman", "health")),
        ("50% oxygen", ("50", "%", "oxygen")),
        ("nausea/vomiting", ("nausea", "vomiting")),
        ("", ()),
        ("- ? -", ()),
    ],
)
def test_a_phrase_folds_word_by_word(phrase: str, words: tuple[str, ...]) -> None:
    assert fold_words(phrase) == words


@given(st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=12))
def test_case_never_matters(word: str) -> None:
    assert fold(word.upper()) == fold(word.capitalize()) == fold(word)
