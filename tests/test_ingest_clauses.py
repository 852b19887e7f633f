"""Where the two sides of a trigger end."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.clauses import LeftSlot, closing_share, left_slot, right_slot
from ingest.sentences import Span


def left(text: str) -> tuple[str, str, bool]:
    """Words, introduction and relative pronoun of the subject side of a trigger that follows `text`."""
    slot = left_slot(text, 0, len(text))
    return slot.span.of(text), slot.before, slot.relative


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ("", "", False)),
        ("Women with asthma ", ("Women with asthma", "", False)),
        ("In some cases, pneumonia ", ("pneumonia", "In some cases, ", False)),
        ("If the clot grows, it ", ("it", "If the clot grows, ", False)),
        ("Sometimes smoking ", ("smoking", "Sometimes ", False)),
        ("Fever is common, but asthma ", ("asthma", "", False)),
        ("It is mild; pneumonia ", ("pneumonia", "", False)),
        ("Studies show that smoking ", ("smoking", "Studies show that ", False)),
        ("They cough because smoke ", ("smoke", "", False)),
        ("Fever, pain, and chills ", ("Fever, pain, and chills", "", False)),
    ],
)
def test_a_subject_reaches_back_to_the_border_of_its_clause(text: str, expected: tuple[str, str, bool]) -> None:
    assert left(text) == expected


@pytest.mark.parametrize(
    ("text", "words"),
    [("a cough that ", "a cough"), ("pneumonia, which ", "pneumonia"), ("people who ", "people")],
)
def test_a_relative_pronoun_stands_for_the_words_before_it(text: str, words: str) -> None:
    assert left(text) == (words, "", True)


@pytest.mark.parametrize(
    ("text", "earlier"),
    [("Fever is common, but asthma ", "Fever is common, but "), ("Women with asthma ", ""), ("a cough that ", "")],
)
def test_the_clauses_before_are_kept_apart_from_the_introduction(text: str, earlier: str) -> None:
    assert left_slot(text, 0, len(text)).earlier == earlier


def test_a_subject_never_reaches_over_its_given_start() -> None:
    text = "Asthma narrows airways and smoke "
    assert left_slot(text, 27, len(text)) == LeftSlot(Span(27, 32), "", relative=False)


def test_every_introduction_is_kept() -> None:
    assert left("In rare cases, when you smoke, cancer ") == ("cancer", "In rare cases, when you smoke, ", False)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", ""),
        (" fever and chills.", "fever and chills"),
        (" fever, chills, and pain, but not cough", "fever, chills, and pain"),
        (" fever, which is bad.", "fever"),
        (" fever because it spreads", "fever"),
        (" a cough that lingers; rest helps", "a cough that lingers"),
        (" fever and it may last", "fever"),
        (" a clot and can kill", "a clot"),
        (" fever, causing chills", "fever"),
        (" fever, especially at night", "fever"),
        (" pain when you breathe", "pain when you breathe"),
        (" fever (a sign of flu) - and more", "fever (a sign of flu)"),
        (" : fever", "fever"),
        (" fever, sore eyes, and somnolence", "fever, sore eyes, and somnolence"),
    ],
)
def test_an_object_reaches_forward_to_the_border_of_its_clause(text: str, words: str) -> None:
    assert right_slot(text, 0, len(text)).of(text) == words


def test_an_object_never_reaches_over_its_given_end() -> None:
    text = "causes fever and chills"
    assert right_slot(text, 6, 12) == Span(7, 12)


_CLAUSE = st.lists(
    st.sampled_from(
        ["In some cases, ", "if it bleeds, ", "fever", " and ", ", but ", "it ", "; ", " - ", "that ", ", which ", ". "]
    ),
    max_size=10,
).map("".join)


@given(text=_CLAUSE, data=st.data())
def test_both_slots_stay_inside_their_limits_and_are_trimmed(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    for span in (left_slot(text, start, end).span, right_slot(text, start, end)):
        assert start <= span.start <= span.end <= end
        assert span.of(text) == span.of(text).strip(" ,;:-")


@pytest.mark.parametrize(
    ("text", "words", "share"),
    [
        ("a cough in most cases", "a cough", "in most cases"),
        (
            "seizures, or fever, in about 10 percent of affected females",
            "seizures, or fever",
            "in about 10 percent of affected females",
        ),
        ("pain for some people", "pain", "for some people"),
        ("in rare cases", "", "in rare cases"),
        (
            "pain in up to half of all patients with this condition",
            "pain",
            "in up to half of all patients with this condition",
        ),
        ("pain in people with asthma", "pain in people with asthma", ""),
        ("pain in some people with asthma", "pain in some people with asthma", ""),
        ("a cough in some people and fever", "a cough in some people and fever", ""),
    ],
)
def test_how_many_have_it_is_no_part_of_what_they_have(text: str, words: str, share: str) -> None:
    span, found = closing_share(text, Span(0, len(text)))
    assert (span.of(text), found) == (words, share)
