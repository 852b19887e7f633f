"""What articles disagree about: polarity and frequency, each side with its statements."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from toygraph import CONCEPTS, claim_between, merged, toy_extractions

from graph.conflicts import Conflict, find_conflicts
from graph.network import Network
from ontology.article import Article
from ontology.claim import Claim, united
from ontology.errors import InvalidArgument
from ontology.terms import Certainty, Predicate

HEMOPTYSIS = "etio:hemoptysis"


def toy(*more: Claim) -> Network:
    """The toy graph with more claims; those that it has already gain their evidence."""
    by_id: dict[str, list[Claim]] = {}
    for claim in (*merged(toy_extractions()), *more):
        by_id.setdefault(claim.id, []).append(claim)
    claims = [united(same) for same in by_id.values()]
    names = sorted({row.article for claim in claims for row in claim.evidence})
    return Network.build(CONCEPTS, claims, [Article(id=name, title=name, text="x", format="text") for name in names])


def told(conflicts: tuple[Conflict, ...]) -> list[tuple[object, ...]]:
    return [
        (
            conflict.type,
            conflict.subject.label,
            conflict.predicate.value,
            conflict.object.label,
            [
                (side.claim.negated, side.frequencies, side.frequency_class, side.claim.articles)
                for side in conflict.sides
            ],
        )
        for conflict in conflicts
    ]


def test_articles_that_agree_are_in_no_conflict() -> None:
    assert find_conflicts(toy()) == ()


def test_a_link_affirmed_and_denied_shows_both_sides_the_affirmed_first() -> None:
    network = toy(claim_between("anticoagulants", Predicate.CAUSES, "hemoptysis", articles=("one", "two")))
    expected = [
        (
            "polarity",
            "anticoagulants",
            "causes",
            "hemoptysis",
            [(False, (), None, ("one", "two")), (True, (), None, ("coughing-up-blood",))],
        )
    ]
    assert told(find_conflicts(network)) == expected
    assert told(find_conflicts(network, HEMOPTYSIS)) == expected
    assert told(find_conflicts(network, "etio:pneumonia")) == []
    assert told(find_conflicts(network, types=frozenset({"frequency"}))) == []


def test_frequencies_disagree_by_class_and_words_without_one_by_themselves() -> None:
    said = [
        ("a", "often", "HP:0040282"),
        ("b", "common", "HP:0040282"),
        ("c", "rarely", "HP:0040284"),
        ("d", "in a minority", None),
        ("e", "In a minority", None),
        ("f", None, None),
    ]
    network = toy(
        *(
            claim_between(
                "pulmonary-infarction",
                Predicate.HAS_SYMPTOM,
                "hemoptysis",
                articles=(article,),
                frequency=frequency,
                frequency_class=frequency_class,
            )
            for article, frequency, frequency_class in said
        )
    )
    assert told(find_conflicts(network)) == [
        (
            "frequency",
            "pulmonary infarction",
            "has_symptom",
            "hemoptysis",
            [
                (False, ("common", "often"), "HP:0040282", ("a", "b")),
                (False, ("rarely",), "HP:0040284", ("c",)),
                (False, ("In a minority", "in a minority"), None, ("d", "e")),
            ],
        )
    ]


def test_two_words_of_one_class_agree() -> None:
    network = toy(
        *(
            claim_between(
                "pneumonia",
                Predicate.CAUSES,
                "hemoptysis",
                articles=(word,),
                frequency=word,
                frequency_class="HP:0040282",
            )
            for word in ("often", "common")
        )
    )
    assert find_conflicts(network) == ()


def test_the_best_contested_comes_first_and_polarity_before_frequency() -> None:
    def opposed(subject: str, *articles: str) -> tuple[Claim, Claim]:
        claim = claim_between(subject, Predicate.INCREASES_RISK_OF, "hemoptysis", articles=articles)
        return claim, Claim(claim.subject, claim.predicate, claim.object, negated=True, evidence=claim.evidence)

    rare = claim_between(
        "pneumonia", Predicate.HAS_SYMPTOM, "hemoptysis", certainty=Certainty.POSSIBLE, frequency="rarely"
    )
    network = toy(*opposed("pneumonia", "one"), *opposed("pulmonary-embolism", "one", "two"), rare)
    assert [(conflict.type, conflict.subject.label) for conflict in find_conflicts(network)] == [
        ("polarity", "pulmonary embolism"),
        ("polarity", "pneumonia"),
        ("frequency", "pneumonia"),
    ]


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["pneumonia", "pulmonary-embolism"]),
            st.sampled_from([Predicate.CAUSES, Predicate.HAS_SYMPTOM]),
            st.booleans(),
            st.sampled_from(["a", "b", "c"]),
            st.sampled_from([(None, None), ("often", "HP:0040282"), ("common", "HP:0040282"), ("usually", None)]),
        ),
        max_size=8,
        unique_by=lambda row: row[:4],
    )
)
def test_a_conflict_is_there_exactly_when_two_statements_contradict(
    rows: list[tuple[str, Predicate, bool, str, tuple[str | None, str | None]]],
) -> None:
    network = toy(
        *(
            claim_between(
                subject, predicate, "hemoptysis", negated=no, articles=(article,), frequency=word, frequency_class=klass
            )
            for subject, predicate, no, article, (word, klass) in rows
        )
    )
    statements = [
        (claim.subject, claim.predicate, claim.object, claim.negated, row.frequency, row.frequency_class)
        for claim in network.claims.values()
        for row in claim.evidence
    ]
    contradictory = {
        (kind, one[:3])
        for one in statements
        for other in statements
        if one[:3] == other[:3]
        for kind in ("polarity", "frequency")
        if (one[3] != other[3] if kind == "polarity" else one[3:4] == (False,) == other[3:4] and _differ(one, other))
    }
    found = find_conflicts(network)
    assert {(row.type, (row.subject.id, row.predicate, row.object.id)) for row in found} == contradictory
    assert len(found) == len(contradictory)


def _differ(one: tuple[object, ...], other: tuple[object, ...]) -> bool:
    (word, klass), (other_word, other_class) = one[4:], other[4:]
    return bool(word and other_word) and (klass or word) != (other_class or other_word)


def test_a_concept_that_there_is_not_is_an_error() -> None:
    with pytest.raises(InvalidArgument, match="concept='etio:nothing'"):
        find_conflicts(toy(), "etio:nothing")
