"""A text folded at once gives the same words, at the same places, as one folded word by word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.folding import fold
from ingest.sentences import tokens
from ingest.words import FoldedText, is_determiner

_TEXTS = st.text(alphabet="aAbs the' %5-,.’é\n", max_size=40) | st.lists(
    st.sampled_from(
        ["the", "a", "Lungs'", "'quoted'", "5%", "%", "o'clock's", "PEs", "patient's", "-", ",", "its", "é"]
    )
).map(" ".join)


def words(text: str) -> list[tuple[str, int, int]]:
    """(folded, start, end) of each word that is no determiner, one after the other."""
    spans = [span for span in tokens(text) if not is_determiner(span.of(text))]
    return [(fold(span.of(text)), span.start, span.end) for span in spans]


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("", " "),
        ("The lungs", " lung "),
        ("tumours, in the 5% of 'cases'", " tumor in 5 % of case "),
        ("an", " "),
        ("a hepatitis A", " hepatitis a "),
    ],
)
def test_words_are_folded_each_behind_a_space(text: str, folded: str) -> None:
    assert FoldedText(text).folded == folded


@given(_TEXTS)
def test_every_stretch_of_folded_words_stands_where_its_first_and_last_word_do(text: str) -> None:
    folded = FoldedText(text)
    expected = words(text)
    assert folded.folded == "".join(f" {word}" for word, _, _ in expected) + " "
    borders = [place for place, character in enumerate(folded.folded) if character == " "]
    stretches = [(first, last) for first in range(len(expected)) for last in range(first, len(expected))]
    found = [(number, borders[first], borders[last + 1] + 1) for number, (first, last) in enumerate(stretches)]
    assert folded.places(found) == [
        (number, expected[first][1], expected[last][2]) for number, (first, last) in enumerate(stretches)
    ]


@given(_TEXTS, st.sets(st.sampled_from(["PEs", "quoted", "5", "patient's", "Lungs", "its", "a"])))
def test_words_are_found_as_they_are_written(text: str, wanted: set[str]) -> None:
    spans = [(span.start, span.end, span.of(text)) for span in tokens(text)]
    expected = [each for each in spans if each[2] in wanted and not is_determiner(each[2])]
    assert list(FoldedText(text).written(wanted)) == expected
