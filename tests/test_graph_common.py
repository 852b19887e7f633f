"""Common causes and effects, each with its chains, and the sums that rank them."""

import math
from collections.abc import Iterable, Sequence
from itertools import product
from typing import cast

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from toygraph import ASSERTED, CONCEPTS, POSSIBLE, claim_between, merged, toy_extractions

import graph.common
from graph.common import CAUSAL, CommonAnswer, Side, find_common
from graph.network import Network
from ontology.article import Article
from ontology.claim import Claim, Concept
from ontology.errors import InvalidArgument
from ontology.terms import Certainty, Kind, Predicate

PE, HEMOPTYSIS, PNEUMONIA = "etio:pulmonary-embolism", "etio:hemoptysis", "etio:pneumonia"
INFARCTION, FLOW = "etio:pulmonary-infarction", "etio:reduced-pulmonary-blood-flow"


def toy(*more: Claim, concepts: tuple[Concept, ...] = ()) -> Network:
    articles = [extraction.article for extraction in toy_extractions()]
    others = {row.article for claim in more for row in claim.evidence}
    articles += [Article(id=name, title=name, text="x", format="text") for name in sorted(others)]
    return Network.build((*CONCEPTS, *concepts), [*merged(toy_extractions()), *more], articles)


def told(answer: CommonAnswer) -> list[tuple[str, list[str]]]:
    return [(item.concept.label, [chain.text for chain in item.chains]) for item in answer.items]


def test_the_common_causes_of_two_concepts_come_with_the_shortest_chain_to_each() -> None:
    answer = find_common(toy(), [INFARCTION, HEMOPTYSIS])
    flow = "reduced pulmonary blood flow may cause pulmonary infarction"
    assert told(answer) == [
        (
            "pulmonary embolism",
            [
                "pulmonary embolism causes reduced pulmonary blood flow, which may cause pulmonary infarction",
                "pulmonary embolism may have the symptom hemoptysis",
            ],
        ),
        (
            "reduced pulmonary blood flow",
            [flow, f"{flow}, which causes alveolar hemorrhage, which causes hemoptysis"],
        ),
    ]
    assert (answer.total, answer.truncated) == (2, False)


def test_the_score_of_a_common_cause_can_be_done_by_hand() -> None:
    first, second = find_common(toy(), [INFARCTION, HEMOPTYSIS]).items
    assert dict(first.terms) == {
        "belief of chain 1": round(ASSERTED * POSSIBLE, 6),
        "belief of chain 2": POSSIBLE,
        "brevity": round(2 / 3, 4),
        "specificity": round(math.sqrt(20 / 24), 4),
    }
    assert dict(second.terms) == {
        "belief of chain 1": POSSIBLE,
        "belief of chain 2": round(POSSIBLE * ASSERTED * ASSERTED, 6),
        "brevity": 0.5,
        "specificity": round(math.sqrt(20 / 22), 4),
    }
    for place, item in enumerate((first, second), start=1):
        assert (item.rank, item.score) == (place, round(math.prod(value for _, value in item.terms), 6))
        assert [chain.score for chain in item.chains] == pytest.approx(
            [value for name, value in item.terms if name.startswith("belief")], abs=1e-6
        )


def test_common_effects_are_led_to_from_each() -> None:
    answer = find_common(toy(), [PE, PNEUMONIA], side="effects")
    assert told(answer) == [
        (
            "hemoptysis",
            ["pulmonary embolism may have the symptom hemoptysis", "pneumonia may have the symptom hemoptysis"],
        )
    ]


def test_a_kind_of_a_thing_is_no_cause_of_it_unless_asked_for() -> None:
    network = toy(
        claim_between("pneumonia", Predicate.IS_A, "pulmonary-embolism"),
        claim_between("pneumonia", Predicate.IS_A, "pulmonary-infarction"),
    )
    assert find_common(network, [PE, INFARCTION]).items == ()
    asked = find_common(network, [PE, INFARCTION], predicates=frozenset({Predicate.IS_A}))
    assert [item.concept.label for item in asked.items] == ["pneumonia"]


def test_the_concepts_themselves_are_none_and_kinds_choose_what_is_shown() -> None:
    network = toy()
    assert [item.concept.label for item in find_common(network, [FLOW, INFARCTION, HEMOPTYSIS]).items] == [
        "pulmonary embolism"
    ]
    mechanisms = find_common(network, [INFARCTION, HEMOPTYSIS], kinds=frozenset({Kind.MECHANISM}))
    assert [item.concept.label for item in mechanisms.items] == ["reduced pulmonary blood flow"]
    sure = find_common(network, [INFARCTION, HEMOPTYSIS], min_certainty=Certainty.ASSERTED)
    assert sure.items == find_common(network, [INFARCTION, HEMOPTYSIS], min_articles=2).items == ()


def test_of_two_chains_of_one_length_the_better_believed_is_shown() -> None:
    network = toy(claim_between("pneumonia", Predicate.CAUSES, "hemoptysis", articles=("one", "two")))
    (item,) = find_common(network, [PE, PNEUMONIA], side="effects").items
    assert item.chains[1].text == "pneumonia causes hemoptysis"


def test_common_causes_come_in_stretches_and_at_the_limit_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = find_common(toy(), [INFARCTION, HEMOPTYSIS])
    parts = [find_common(toy(), [INFARCTION, HEMOPTYSIS], limit=1, offset=place) for place in range(2)]
    assert [part.items for part in parts] == [(item,) for item in whole.items]
    monkeypatch.setattr(graph.common, "MOST_LINKS", 2)
    assert find_common(toy(), [INFARCTION, HEMOPTYSIS]).truncated


@pytest.mark.parametrize(
    ("concepts", "max_hops", "said"),
    [
        ([], 3, "concept="),
        ([PE], 3, "concept="),
        ([PE, PE], 3, "2 to 10 different concepts"),
        ([PE, "etio:nothing"], 3, "etio:nothing"),
        ([PE, HEMOPTYSIS], 0, "max_hops=0"),
        ([PE, HEMOPTYSIS], 5, "max_hops=5"),
    ],
)
def test_a_question_that_cannot_be_asked_is_an_error(concepts: Sequence[str], max_hops: int, said: str) -> None:
    with pytest.raises(InvalidArgument, match=said):
        find_common(toy(), concepts, max_hops=max_hops)


NAMES = ("a", "b", "c", "d", "e", "f")


@given(
    st.lists(
        st.tuples(
            st.sampled_from(NAMES),
            st.sampled_from([Predicate.CAUSES, Predicate.HAS_SYMPTOM, Predicate.IS_A]),
            st.sampled_from(NAMES),
            st.sampled_from([("x",), ("x", "y")]),
        ).filter(lambda row: row[0] != row[2]),
        max_size=14,
        unique_by=lambda row: row[:3],
    ),
    st.sets(st.sampled_from(NAMES[:4]), min_size=2, max_size=3),
    st.sampled_from(["causes", "effects"]),
    st.integers(1, 4),
)
def test_every_chain_is_the_best_of_all_simple_paths_and_nothing_common_is_missing(
    links: list[tuple[str, Predicate, str, tuple[str, ...]]], asked: set[str], side: Side, max_hops: int
) -> None:
    concepts = [Concept(f"etio:{name}", name, (Kind.MECHANISM,)) for name in NAMES]
    claims = [claim_between(subject, predicate, target, articles=of) for subject, predicate, target, of in links]
    articles = [Article(id=name, title=name, text="x", format="text") for name in ("x", "y")]
    network = Network.build(concepts, claims, articles)
    walked: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    walked.add_nodes_from(network.concepts)
    for claim in network.claims.values():
        if claim.predicate in CAUSAL:
            ends = (claim.object, claim.subject) if side == "causes" else (claim.subject, claim.object)
            walked.add_edge(*ends, belief=claim.belief)
    best: dict[tuple[str, str], tuple[int, float]] = {}
    starts = sorted(f"etio:{name}" for name in asked)
    for start, other in product(starts, network.concepts):
        paths = nx.all_simple_edge_paths(walked, start, other, cutoff=max_hops) if start != other else ()
        edges = cast("Iterable[list[tuple[str, str, int]]]", paths)
        places = [(len(path), -math.prod(walked.edges[edge]["belief"] for edge in path)) for path in edges]
        if places:
            best[start, other] = min(places)
    expected = {
        other: [best[start, other] for start in starts]
        for other in network.concepts
        if other not in starts and all((start, other) in best for start in starts)
    }
    answer = find_common(network, starts, side=side, max_hops=max_hops, limit=100)
    found = {item.concept.id: [(len(chain.hops), -chain.score) for chain in item.chains] for item in answer.items}
    assert found.keys() == expected.keys()
    for concept, chains in expected.items():
        assert [hops for hops, _ in found[concept]] == [hops for hops, _ in chains]
        assert [belief for _, belief in found[concept]] == pytest.approx([belief for _, belief in chains], abs=1e-6)
    reached = [[chain.nodes[-1 if side == "causes" else 0].id for chain in item.chains] for item in answer.items]
    assert reached == [starts] * len(answer.items)
    assert [item.score for item in answer.items] == sorted((item.score for item in answer.items), reverse=True)
