"""All chains between two sets, merged: exactly the links that some chain goes over."""

from collections.abc import Iterable, Sequence
from typing import cast

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from toygraph import CONCEPTS, claim_between, merged, toy_extractions

import graph.between
from graph.between import Part, claims_of, find_between
from graph.network import Network
from graph.paths import find_paths
from graph.steps import EXPLAINING, Walk
from ontology.article import Article
from ontology.claim import Claim, Concept
from ontology.errors import InvalidArgument
from ontology.terms import SYMMETRIC, Certainty, Kind, Predicate

PE, HEMOPTYSIS, PNEUMONIA = "etio:pulmonary-embolism", "etio:hemoptysis", "etio:pneumonia"


def toy(*more: Claim, concepts: tuple[Concept, ...] = ()) -> Network:
    articles = [extraction.article for extraction in toy_extractions()]
    others = {row.article for claim in more for row in claim.evidence}
    articles += [Article(id=name, title=name, text="x", format="text") for name in sorted(others)]
    return Network.build((*CONCEPTS, *concepts), [*merged(toy_extractions()), *more], articles)


def told(network: Network, part: Part) -> list[tuple[int, str, str, str]]:
    labels = {key: concept.label for key, concept in network.concepts.items()}
    return [
        (row.hops, labels[row.link.subject], row.link.predicate.value, labels[row.link.object]) for row in part.links
    ]


def test_the_toy_graph_between_two_conditions_and_a_symptom() -> None:
    network = toy()
    part = find_between(network, [PE, PNEUMONIA], [HEMOPTYSIS])
    assert told(network, part) == [
        (1, "pneumonia", "has_symptom", "hemoptysis"),
        (1, "pulmonary embolism", "has_symptom", "hemoptysis"),
        (4, "pulmonary embolism", "causes", "reduced pulmonary blood flow"),
        (4, "reduced pulmonary blood flow", "causes", "pulmonary infarction"),
        (4, "pulmonary infarction", "causes", "alveolar hemorrhage"),
        (4, "alveolar hemorrhage", "causes", "hemoptysis"),
    ]
    assert [concept.label for concept in part.nodes] == [
        "alveolar hemorrhage", "hemoptysis", "pneumonia", "pulmonary embolism", "pulmonary infarction",
        "reduced pulmonary blood flow",
    ]  # fmt: skip
    assert (part.pruned, part.truncated) == ({}, False)
    assert [row.hops for row in find_between(network, [PE, PNEUMONIA], [HEMOPTYSIS], max_hops=3).links] == [1, 1]


def test_a_link_that_only_a_walk_in_a_circle_goes_over_is_left_out() -> None:
    network = toy(
        claim_between("pulmonary-infarction", Predicate.CAUSES, "reduced-pulmonary-blood-flow"),
        claim_between("hemoptysis", Predicate.CAUSES, "alveolar-hemorrhage"),
    )
    plain = find_between(toy(), [PE], [HEMOPTYSIS], max_hops=6)
    around = find_between(network, [PE], [HEMOPTYSIS], max_hops=6)
    assert {row.link.id for row in around.links} == {row.link.id for row in plain.links}
    assert len(around.links) == 5


def test_what_filters_hide_is_counted_and_a_denial_stands_beside_its_link() -> None:
    network = toy(
        claim_between("anticoagulants", Predicate.CAUSES, "hemoptysis"),
        claim_between("pneumonia", Predicate.CAUSES, "hemoptysis", negated=True),
    )
    sure = find_between(network, [PE, PNEUMONIA], [HEMOPTYSIS], walk=Walk(min_certainty=Certainty.ASSERTED))
    assert (sure.links, sure.pruned) == ((), {"min_certainty": 3, "negated": 1})
    (affirmed,) = find_between(network, ["etio:anticoagulants"], [HEMOPTYSIS]).links
    assert [claim.negated for claim in claims_of(network, affirmed.link)] == [False, True]


def test_no_chain_passes_what_is_only_an_attribute_but_may_begin_or_end_there() -> None:
    pink = Concept("etio:pink", "pink", (Kind.APPEARANCE,))
    network = toy(
        claim_between("pneumonia", Predicate.ASSOCIATED_WITH, "pink"),
        claim_between("pink", Predicate.ASSOCIATED_WITH, "pulmonary-embolism"),
        concepts=(pink,),
    )
    assert find_between(network, [PNEUMONIA], [PE]).links == ()
    assert len(find_between(network, [PNEUMONIA], [PE], walk=Walk(via=frozenset({pink.id}))).links) == 2
    assert len(find_between(network, [pink.id, PNEUMONIA], [PE]).links) == 1


def test_at_its_limits_the_search_says_that_links_may_be_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(graph.between, "MOST_LINKS", 2)
    few = find_between(toy(), [PE], [HEMOPTYSIS])
    assert (few.truncated, [row.hops for row in few.links]) == (True, [1])
    monkeypatch.undo()
    monkeypatch.setattr(graph.between, "MOST_VISITS", 1)
    assert find_between(toy(), [PE], [HEMOPTYSIS]).truncated


@pytest.mark.parametrize(
    ("sources", "targets", "max_hops", "avoid", "said"),
    [
        ([], [PE], 4, [], "source='0 concepts'"),
        ([PE], [], 4, [], "target='0 concepts'"),
        ([PE], [PE], 4, [], "target='etio:pulmonary-embolism'"),
        ([PE], ["etio:nothing"], 4, [], "target='etio:nothing'"),
        ([PE], [HEMOPTYSIS], 0, [], "max_hops=0"),
        ([PE], [HEMOPTYSIS], 99, [], "max_hops=99"),
        ([PE], [HEMOPTYSIS], 4, [PE], "avoid='etio:pulmonary-embolism'"),
        ([PE], [HEMOPTYSIS], 4, ["etio:nothing"], "avoid='etio:nothing'"),
        ([PE] * 3, [f"etio:{number}" for number in range(51)], 4, [], "target='51 concepts'"),
    ],
)
def test_a_question_that_cannot_be_asked_is_an_error(
    sources: Sequence[str], targets: Sequence[str], max_hops: int, avoid: Iterable[str], said: str
) -> None:
    with pytest.raises(InvalidArgument, match=said):
        find_between(toy(), sources, targets, max_hops=max_hops, walk=Walk(avoid=frozenset(avoid)))


NAMES = ("a", "b", "c", "d", "e", "f", "g")
KINDS = {"f": (Kind.APPEARANCE,), "g": (Kind.CARE_ACTION, Kind.SYMPTOM)}
LINKS = st.lists(
    st.tuples(
        st.sampled_from(NAMES),
        st.sampled_from([Predicate.CAUSES, Predicate.IS_A, Predicate.ASSOCIATED_WITH, Predicate.TREATS]),
        st.sampled_from(NAMES),
        st.booleans(),
        st.sampled_from(Certainty),
    ).filter(lambda row: row[0] != row[2] and (row[1] not in SYMMETRIC or row[0] < row[2])),
    max_size=16,
    unique_by=lambda row: row[:4],
)
WALKS = st.builds(
    Walk,
    directed=st.booleans(),
    predicates=st.sampled_from([frozenset(), frozenset({Predicate.CAUSES, Predicate.ASSOCIATED_WITH})]),
    min_certainty=st.sampled_from(Certainty),
    avoid=st.sampled_from([frozenset(), frozenset({"etio:e"})]),
)
ENDS = st.sets(st.sampled_from(NAMES[:4]), min_size=1, max_size=3)


def random_network(links: list[tuple[str, Predicate, str, bool, Certainty]], kinds: bool = True) -> Network:  # noqa: FBT002
    concepts = [
        Concept(f"etio:{name}", name, KINDS.get(name, (Kind.MECHANISM,)) if kinds else (Kind.MECHANISM,))
        for name in NAMES
    ]
    claims = [
        claim_between(subject, predicate, target, negated=negated, certainty=certainty)
        for subject, predicate, target, negated, certainty in links
    ]
    return Network.build(concepts, claims, [Article(id="more", title="more", text="x", format="text")])


def every_chain(network: Network, source: str, target: str, walk: Walk, max_hops: int) -> set[str]:
    """The ids of all claims that NetworkX finds on simple paths between the two."""
    walked: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    walked.add_nodes_from(network.concepts)
    relations = walk.predicates or (EXPLAINING if walk.directed else frozenset(Predicate))
    for claim in network.claims.values():
        if claim.predicate in relations and not walk.reasons(claim):
            walked.add_edge(claim.subject, claim.object, key=claim.id)
            if claim.predicate in SYMMETRIC or not walk.directed:
                walked.add_edge(claim.object, claim.subject, key=claim.id)
    found: set[str] = set()
    paths = cast("Iterable[list[tuple[str, str, str]]]", nx.all_simple_edge_paths(walked, source, target, max_hops))
    for path in paths:
        if all(walk.passes(network, start) for start, _, _ in path[1:]):
            found.update(key for _, _, key in path)
    return found


@given(LINKS, WALKS, ENDS, ENDS, st.integers(1, 6))
def test_the_part_is_exactly_what_all_simple_paths_of_networkx_go_over(
    links: list[tuple[str, Predicate, str, bool, Certainty]],
    walk: Walk,
    sources: set[str],
    targets: set[str],
    max_hops: int,
) -> None:
    network = random_network(links)
    begin, end = ([f"etio:{name}" for name in sorted(names)] for names in (sources, targets))
    if len({*begin, *end}) == 1:
        return
    part = find_between(network, begin, end, max_hops=max_hops, walk=walk)
    expected = set().union(
        *(every_chain(network, one, other, walk, max_hops) for one in begin for other in end if one != other)
    )
    assert sorted(row.link.id for row in part.links) == sorted(expected)
    assert {concept.id for concept in part.nodes} == {
        key for row in part.links for key in (row.link.subject, row.link.object)
    }
    assert not part.truncated
    assert all(1 <= row.hops <= max_hops for row in part.links)


@given(LINKS, WALKS, st.integers(1, 5))
def test_filters_hide_as_many_links_as_they_hide_from_paths(
    links: list[tuple[str, Predicate, str, bool, Certainty]], walk: Walk, max_hops: int
) -> None:
    network = random_network(links, kinds=False)
    part = find_between(network, ["etio:a"], ["etio:b"], max_hops=max_hops, walk=walk)
    paths = find_paths(
        network,
        "etio:a",
        "etio:b",
        max_hops=max_hops,
        predicates=walk.predicates,
        avoid=walk.avoid,
        min_certainty=walk.min_certainty,
        directed=walk.directed,
    )
    assert part.pruned == paths.pruned
