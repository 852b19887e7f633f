"""How surely, how often, and whether a clause says what its trigger says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.assertion import Assertion, assess
from ontology.terms import Certainty

POSSIBLE, UNLIKELY = Certainty.POSSIBLE, Certainty.UNLIKELY


@pytest.mark.parametrize(
    ("trigger", "expected"),
    [
        ("causes", Assertion()),
        ("can cause", Assertion(certainty=POSSIBLE, cue="can")),
        ("might have caused", Assertion(certainty=POSSIBLE, cue="might")),
        ("is thought to cause", Assertion(certainty=POSSIBLE, cue="thought to")),
        ("often causes", Assertion(frequency="often")),
        ("is most commonly caused by", Assertion(frequency="most commonly")),
        ("may often cause", Assertion(certainty=POSSIBLE, cue="may", frequency="often")),
        ("rarely causes", Assertion(certainty=UNLIKELY, cue="rarely", frequency="rarely")),
        ("is unlikely to cause", Assertion(certainty=UNLIKELY, cue="unlikely")),
    ],
)
def test_certainty_and_frequency_are_read_on_the_trigger(trigger: str, expected: Assertion) -> None:
    assert assess(trigger) == expected


@pytest.mark.parametrize(
    ("trigger", "expected"),
    [
        ("does not cause", Assertion(negated=True, cue="not")),
        ("doesn't cause", Assertion(negated=True, cue="n't")),
        ("cannot cause", Assertion(negated=True, cue="cannot")),
        ("never causes", Assertion(negated=True, cue="never")),
        ("is no longer treated with", Assertion(negated=True, cue="no longer")),
        ("usually does not cause", Assertion(negated=True, certainty=UNLIKELY, cue="not", frequency="usually")),
        ("is not usually caused by", Assertion(negated=True, certainty=UNLIKELY, cue="not", frequency="usually")),
    ],
)
def test_a_negated_trigger_denies(trigger: str, expected: Assertion) -> None:
    assert assess(trigger) == expected


@pytest.mark.parametrize(
    ("trigger", "before", "after", "cue"),
    [
        ("is not always", "", "", "not always"),
        ("does not necessarily mean", "", "", "not necessarily"),
        ("is not a guaranteed symptom of", "", "", "not a guaranteed"),
        ("is", "", "not a guaranteed symptom", "not a guaranteed"),
        ("do not have", "Many people with asthma", "", "many people with asthma do not"),
        ("has", "Not everyone with asthma", "", "not everyone"),
    ],
)
def test_a_hedged_negation_is_possible_and_denies_nothing(trigger: str, before: str, after: str, cue: str) -> None:
    found = assess(trigger, before=before, after=after)
    assert (found.negated, found.certainty, found.cue) == (False, POSSIBLE, cue)


@pytest.mark.parametrize("trigger", ["not only causes", "is not just a sign of", "is not merely caused by"])
def test_not_only_says_nothing(trigger: str) -> None:
    assert assess(trigger) == Assertion()


@pytest.mark.parametrize(
    ("trigger", "before", "expected"),
    [
        ("causes", "In some cases,", Assertion(frequency="some cases")),
        ("causes", "Rarely,", Assertion(certainty=UNLIKELY, cue="rarely", frequency="rarely")),
        ("cause", "There is no evidence that", Assertion(negated=True, cue="no evidence")),
        ("can cause", "It is not true that", Assertion(negated=True, cue="not")),
        # a denial in the introduction is of something else
        ("causes", "If you do not rest,", Assertion()),
        ("causes", "Although it never bleeds,", Assertion()),
    ],
)
def test_the_introduction_tells_frequency_but_denies_only_where_it_says_so(
    trigger: str, before: str, expected: Assertion
) -> None:
    assert assess(trigger, before=before) == expected


def test_a_frequency_right_behind_the_trigger_counts() -> None:
    assert assess("is", after=" often small") == Assertion(frequency="often")


@pytest.mark.parametrize(
    ("share", "frequency", "term"),
    [
        ("in most cases", "most cases", None),
        ("for some people", "some people", None),
        ("in about half of patients", "about half", None),
        ("in a small number of families", "a small number", None),
        ("in only a few people", "only a few people", None),
        ("in almost all cases", "almost all cases", None),
        ("in about 10 percent of affected females", "about 10 percent", "HP:0040283"),
        ("in 50 to 70 percent of people with this condition", "50 to 70 percent", "HP:0040282"),
        ("in 20% to 40% of cases", "20% to 40%", None),
        ("in up to 90% of infants", "up to 90%", None),
        ("in 3 of 10 children", "3 of 10", "HP:0040282"),
        ("in 1 out of 4 adults", "1 out of 4", "HP:0040283"),
    ],
)
@pytest.mark.parametrize("place", ["before", "after"])
def test_how_many_have_it_is_how_often(place: str, share: str, frequency: str, term: str | None) -> None:
    found = assess("causes", **{place: share})
    assert (found, found.frequency_class) == (Assertion(frequency=frequency), term)


def test_what_only_few_have_is_unlikely_and_what_some_do_not_have_is_not_denied() -> None:
    rare = Assertion(certainty=UNLIKELY, cue="in rare cases", frequency="rare cases")
    assert assess("causes", after="in rare cases") == rare == assess("causes", before="In rare cases,")
    assert assess("does not cause", after="in some people") == Assertion(certainty=POSSIBLE, cue="not")


@pytest.mark.parametrize(
    ("trigger", "term"),
    [
        ("always causes", "HP:0040280"),
        ("often causes", "HP:0040282"),
        ("commonly causes", "HP:0040282"),
        ("sometimes causes", "HP:0040283"),
        ("rarely causes", "HP:0040284"),
        ("usually causes", None),
        ("mostly causes", None),
        ("less often causes", None),
        ("causes", None),
    ],
)
def test_only_a_word_that_licenses_it_gives_a_frequency_class(trigger: str, term: str | None) -> None:
    assert assess(trigger).frequency_class == term


def test_not_always_is_not_obligate() -> None:
    assert assess("is not always").frequency_class is None


_PARTS = st.lists(
    st.sampled_from("is not always can cause never often rarely may only many people do n't usually likely".split()),
    max_size=6,
).map(" ".join)


@given(_PARTS, _PARTS, _PARTS)
def test_whatever_is_denied_or_unsure_names_its_cue(trigger: str, before: str, after: str) -> None:
    found = assess(trigger, before=before, after=after)
    assert (found.cue is None) == (not found.negated and found.certainty is Certainty.ASSERTED)
    assert found.cue is None or found.cue in f"{before} {trigger} {after}"
