"""NetworkX asked of arrays answers what NetworkX answers of its own graphs; what it cannot, it says."""

from collections.abc import Callable
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any, TypeAlias

import networkx as nx
import pytest
from drawn import drawn
from hypothesis import given
from hypothesis import strategies as st
from toygraph import CONCEPTS, merged, toy_extractions
from toystore import store_toy

from graph.adjacency.backend import LinkGraph, convert_from_nx, convert_to_nx
from graph.adjacency.building import build, find_links
from graph.adjacency.walking import Rules
from graph.linkarrays import LinkArrays
from graph.network import Network
from graph.numbering import RELATIONS
from graph.snapshot import Snapshot
from ontology.terms import Certainty, Predicate

Graph: TypeAlias = Any
"""A graph of either engine: NetworkX has no type for what it hands on."""

PE, FLOW, INFARCTION, BLEEDING, BLOOD, CT, THINNERS, PNEUMONIA = (
    f"etio:{name}"
    for name in (
        "pulmonary-embolism",
        "reduced-pulmonary-blood-flow",
        "pulmonary-infarction",
        "alveolar-hemorrhage",
        "hemoptysis",
        "ct-pulmonary-angiography",
        "anticoagulants",
        "pneumonia",
    )
)
NODES = range(7)


def toy_network() -> Network:
    extractions = toy_extractions()
    return Network.build(CONCEPTS, merged(extractions), [extraction.article for extraction in extractions])


def in_networkx(network: Network) -> Graph:
    return nx.DiGraph(network.multigraph)


def in_arrays(network: Network) -> Graph:
    return LinkGraph.of(LinkArrays.of(network.concepts.values(), network.links()))


@pytest.fixture(params=[in_networkx, in_arrays])
def toy_graph(request: pytest.FixtureRequest) -> Graph:
    """The toy graph in either engine; denied claims are no edges."""
    engine: Callable[[Network], Graph] = request.param
    return engine(toy_network())


def test_chains_of_the_toy_graph(toy_graph: Graph) -> None:
    told = [PE, FLOW, INFARCTION, BLEEDING, BLOOD]
    assert nx.shortest_path(toy_graph, THINNERS, BLOOD) == [THINNERS, PE, BLOOD]
    assert nx.bidirectional_shortest_path(toy_graph, FLOW, BLOOD) == told[1:]
    assert nx.shortest_path_length(toy_graph, source=CT, target=BLEEDING) == 4
    assert list(nx.all_shortest_paths(toy_graph, PE, BLOOD)) == [[PE, BLOOD]]
    assert sorted(nx.all_simple_paths(toy_graph, PE, BLOOD, cutoff=4)) == [[PE, BLOOD], told]
    assert list(nx.all_simple_paths(toy_graph, PE, BLOOD, cutoff=3)) == [[PE, BLOOD]]
    assert nx.shortest_path(toy_graph, PE, PE) == [PE]
    assert [nx.has_path(toy_graph, *ends) for ends in ((PE, BLOOD), (BLOOD, PE), (CT, THINNERS), (CT, CT))] == [
        True,
        False,
        False,
        True,
    ]


def test_distances_in_the_toy_graph(toy_graph: Graph) -> None:
    assert nx.single_source_shortest_path_length(toy_graph, PE, cutoff=2) == {PE: 0, FLOW: 1, BLOOD: 1, INFARCTION: 2}
    assert nx.single_target_shortest_path_length(toy_graph, PE) == {PE: 0, CT: 1, THINNERS: 1}
    assert nx.descendants_at_distance(toy_graph, THINNERS, 2) == {FLOW, BLOOD}
    assert nx.descendants_at_distance(toy_graph, THINNERS, 9) == set()
    assert nx.descendants(toy_graph, INFARCTION) == {BLEEDING, BLOOD}
    assert nx.ancestors(toy_graph, FLOW) == {PE, CT, THINNERS}


def test_the_toy_graph_as_nodes_and_edges(toy_graph: Graph) -> None:
    assert (toy_graph.is_directed(), toy_graph.is_multigraph()) == (True, False)
    assert (nx.number_of_nodes(toy_graph), nx.number_of_edges(toy_graph), len(toy_graph)) == (8, 8, 8)
    assert sorted(toy_graph) == sorted(concept.id for concept in CONCEPTS)
    assert (sorted(toy_graph.successors(PE)), sorted(toy_graph.predecessors(PE))) == ([BLOOD, FLOW], [THINNERS, CT])
    assert [toy_graph.has_edge(PE, BLOOD), toy_graph.has_edge(BLOOD, PE), toy_graph.has_edge("x", PE)] == [
        True,
        False,
        False,
    ]
    assert [PE in toy_graph, "etio:nothing" in toy_graph, 7 in toy_graph, toy_graph.has_node(PE)] == [
        True,
        False,
        False,
        True,
    ]


def test_errors_are_those_of_networkx(toy_graph: Graph) -> None:
    for ask in (nx.shortest_path, nx.bidirectional_shortest_path, nx.shortest_path_length):
        with pytest.raises(nx.NetworkXNoPath):
            ask(toy_graph, BLOOD, PE)
        with pytest.raises(nx.NodeNotFound):
            ask(toy_graph, "etio:nothing", PE)
    with pytest.raises(nx.NetworkXNoPath):
        list(nx.all_shortest_paths(toy_graph, BLOOD, PE))
    with pytest.raises(nx.NodeNotFound):
        list(nx.all_simple_paths(toy_graph, "etio:nothing", PE, cutoff=2))
    for kin in (nx.descendants, nx.ancestors):
        with pytest.raises(nx.NetworkXError):
            kin(toy_graph, "etio:nothing")
    with pytest.raises(nx.NetworkXError):
        nx.descendants_at_distance(toy_graph, "etio:nothing", 1)
    with pytest.raises(nx.NetworkXError):
        list(toy_graph.successors("etio:nothing"))


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        (lambda graph: nx.pagerank(graph), "'pagerank' is not implemented by ..?etiograph"),
        (lambda graph: nx.shortest_path(graph, PE), "give both source and target"),
        (lambda graph: nx.shortest_path(graph, PE, BLOOD, weight="belief"), "links have no weight here"),
        (lambda graph: list(nx.all_simple_paths(graph, PE, BLOOD)), "give a cutoff"),
    ],
)
def test_what_the_arrays_cannot_answer_says_so(ask: Callable[[Graph], object], message: str) -> None:
    with pytest.raises((NotImplementedError, nx.NetworkXNotImplemented), match=message):
        ask(in_arrays(toy_network()))


def test_rules_of_a_graph_leave_out_what_they_say() -> None:
    network = toy_network()
    links = LinkArrays.of(network.concepts.values(), network.links())
    causes = frozenset({RELATIONS.index(Predicate.CAUSES)})
    causal: Graph = LinkGraph.of(links, Rules(forward=causes))
    assert nx.shortest_path(causal, PE, BLOOD) == [PE, FLOW, INFARCTION, BLEEDING, BLOOD]
    sure: Graph = LinkGraph.of(links, Rules(forward=causes, min_certainty=Certainty.ASSERTED.rank))
    assert not nx.has_path(sure, PE, BLOOD)
    either_way: Graph = LinkGraph.of(links, Rules(backward=None))
    assert nx.shortest_path(either_way, CT, PNEUMONIA) == [CT, PE, BLOOD, PNEUMONIA]
    assert (either_way.is_directed(), nx.number_of_edges(either_way)) == (False, 8)


def test_the_links_of_a_store_are_asked_by_curie_or_iri(tmp_path: Path) -> None:
    store_toy(tmp_path)
    with Snapshot.open(tmp_path) as snapshot:
        build(snapshot.path)
        links = find_links(snapshot.path)
        assert links is not None
        graph: Graph = LinkGraph.of(links)
        assert nx.shortest_path(graph, "https://w3id.org/etiograph/pulmonary-embolism", BLOOD) == [PE, BLOOD]


def test_the_backend_is_registered_and_answers_for_graphs_of_networkx() -> None:
    (found,) = entry_points(group="networkx.backends", name="etiograph")
    assert found.value == "graph.adjacency.backend"
    ring = nx.cycle_graph(9)
    assert nx.shortest_path_length(ring, 0, 5, backend="etiograph") == 4


@st.composite
def graphs(draw: st.DrawFn) -> Graph:
    graph: Graph = draw(st.sampled_from([nx.DiGraph, nx.Graph, nx.MultiDiGraph, nx.MultiGraph]))()
    graph.add_nodes_from(f"n{node}" for node in draw(st.permutations(NODES)))
    ends = st.sampled_from(NODES).map("n{}".format)
    graph.add_edges_from(draw(st.lists(st.tuples(ends, ends), max_size=20)))
    return graph


@drawn(100)
@given(graphs(), st.sampled_from(NODES), st.sampled_from(NODES), st.integers(-1, 7))
def test_any_graph_answers_the_same_in_both_engines(graph: Graph, first: int, last: int, cutoff: int) -> None:
    ours: Graph = convert_from_nx(graph)
    plain: Graph = nx.DiGraph(graph) if graph.is_directed() else nx.Graph(graph)
    source, target = f"n{first}", f"n{last}"
    reachable = nx.has_path(plain, source, target)
    assert nx.has_path(ours, source, target) == reachable
    if reachable:
        assert nx.shortest_path_length(ours, source, target) == nx.shortest_path_length(plain, source, target)
        assert sorted(nx.all_shortest_paths(ours, source, target)) == sorted(
            nx.all_shortest_paths(plain, source, target)
        )
    assert sorted(nx.all_simple_paths(ours, source, target, cutoff=cutoff)) == sorted(
        nx.all_simple_paths(plain, source, target, cutoff=cutoff)
    )
    for ask in (nx.single_source_shortest_path_length, nx.single_target_shortest_path_length):
        assert ask(ours, source, cutoff=cutoff) == ask(plain, source, cutoff=cutoff)
    assert nx.descendants_at_distance(ours, source, 2) == nx.descendants_at_distance(plain, source, 2)
    assert nx.descendants(ours, source) == nx.descendants(plain, source)
    assert nx.ancestors(ours, source) == nx.ancestors(plain, source)
    assert nx.number_of_edges(ours) == nx.number_of_edges(plain)
    assert sorted(ours.predecessors(source)) == sorted(
        plain.predecessors(source) if plain.is_directed() else plain.neighbors(source)
    )
    back = convert_to_nx(ours)
    assert (set(back), nx.utils.edges_equal(back.edges, plain.edges, directed=plain.is_directed())) == (
        set(plain),
        True,
    )
