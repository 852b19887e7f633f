# ruff: noqa: N803, ARG001  # names and arguments are those of NetworkX
"""Links in arrays as a NetworkX backend: `nx.shortest_path(graph, source, target)` on a `LinkGraph` runs here.

Registered as `etiograph` (entry point `networkx.backends`). Each function below answers as the one of its name in
NetworkX does, without weights; of several answers that are equally good it may give another one, always the same.
NetworkX says of every other function that this backend does not implement it; arguments that there is no answer for
raise `networkx.NetworkXNotImplemented`. A NetworkX graph can be asked as well, which turns it into arrays first:
`nx.shortest_path(graph, source, target, backend="etiograph")`.
"""

from collections.abc import Callable, Hashable, Iterator, Sequence
from functools import cached_property
from typing import Any, Final

import networkx as nx
import numpy as np

from graph.adjacency.arrays import Adjacency, Ids, Links
from graph.adjacency.balls import Ball
from graph.adjacency.chains import Chains, ChainSearch
from graph.adjacency.walking import BOTH_WAYS, FORWARD, Rules, Ways
from graph.linkarrays import LinkArrays

Node = Hashable

_NO_BUDGET: Final = 1 << 62


class LinkGraph:
    """Affirmed links as a graph for NetworkX, frozen. Links between the same two nodes are one edge.

    Nodes are CURIEs; an IRI names its node too. It is directed, from subject to object, unless the rules let links be
    walked either way; what the rules leave out is not there.
    """

    __networkx_backend__ = "etiograph"

    def __init__(
        self,
        adjacency: Adjacency,
        find: Callable[[Any], int | None],
        name: Callable[[int], Node],
        rules: Rules = FORWARD,
    ) -> None:
        self.adjacency = adjacency
        self.rules = rules
        self.search = ChainSearch(adjacency)
        self.find = find
        self.name = name

    @classmethod
    def of(cls, links: LinkArrays, rules: Rules = FORWARD) -> "LinkGraph":
        """The affirmed links of a store, under the rules."""
        names = links.names
        return cls(links.affirmed, lambda node: names.find(node) if isinstance(node, str) else None, names.id, rules)

    def number(self, node: Node) -> int:
        """The number of a node.

        Raises:
            networkx.NodeNotFound: there is none.
        """
        number = self.find(node)
        if number is None:
            raise nx.NodeNotFound(f"node {node!r} is not in the graph")
        return number

    def __len__(self) -> int:
        return self.adjacency.nodes

    def __contains__(self, node: object) -> bool:
        return self.find(node) is not None

    def __iter__(self) -> Iterator[Node]:
        return map(self.name, range(len(self)))

    def is_directed(self) -> bool:
        """Whether an edge leads one way only."""
        return self.rules.forward != self.rules.backward

    def is_multigraph(self) -> bool:
        """False."""
        return False

    def number_of_nodes(self) -> int:
        """How many nodes there are."""
        return len(self)

    order = number_of_nodes

    def number_of_edges(self) -> int:
        """How many pairs of nodes are linked; counted when it is first asked for."""
        return self._edges

    def has_node(self, node: Node) -> bool:
        """Whether the node is there."""
        return node in self

    def has_edge(self, u: Node, v: Node) -> bool:
        """Whether an edge leads from one to the other."""
        source, target = self.find(u), self.find(v)
        return source is not None and target is not None and bool(self._ways.steps(source, target))

    def successors(self, node: Node) -> Iterator[Node]:
        """The nodes that an edge leads to from this one."""
        return map(self.name, self._ways.neighbours(self._alone(node)).tolist())

    neighbors = successors

    def predecessors(self, node: Node) -> Iterator[Node]:
        """The nodes that an edge leads from to this one."""
        return map(self.name, self._ways.origins(self._alone(node)).tolist())

    def reached(self, source: Node, cutoff: float | None, *, against: bool = False) -> Iterator[Ids]:
        """The numbers of the nodes at distance 0, 1, 2 …, as far as the cutoff, those of each in order."""
        marks, places = np.zeros(len(self), np.uint32), np.zeros(len(self), np.int32)
        sides = self._ways.back if against else self._ways.onward
        node = self.number(source)
        ball = Ball(node, node, sides, marks, places, None)
        while not ball.exhausted and (cutoff is None or ball.radius <= max(cutoff, 0)):
            yield np.sort(ball.once)
            ball.take(ball.follow())

    @cached_property
    def _ways(self) -> Ways:
        return Ways.under(self.adjacency, self.rules)

    @cached_property
    def _edges(self) -> int:
        pairs = [self._ways.neighbours(np.array([number], np.int32)) for number in range(len(self))]
        ends = sum(map(len, pairs))
        loops = sum(number in near.tolist() for number, near in enumerate(pairs))
        return ends if self.is_directed() else (ends + loops) // 2

    def _alone(self, node: Node) -> Ids:
        number = self.find(node)
        if number is None:
            raise nx.NetworkXError(f"The node {node} is not in the graph.")
        return np.array([number], np.int32)


def convert_from_nx(graph: "nx.Graph[Any]", **_: object) -> LinkGraph:
    """The same nodes and edges in arrays, without attributes."""
    nodes: Sequence[Node] = list(graph)
    numbers = {node: number for number, node in enumerate(nodes)}
    pairs = {(numbers[u], numbers[v]) for u, v in graph.edges()}
    ends = np.array(sorted(pairs), np.int32).reshape(-1, 2)
    one = np.ones(len(ends), np.uint8)
    links = Links(ends[:, 0], one - 1, ends[:, 1], one, one, one.astype(np.float32))
    adjacency = Adjacency.of(len(nodes), links, ("edge",))
    rules = FORWARD if graph.is_directed() else BOTH_WAYS
    return LinkGraph(adjacency, numbers.get, nodes.__getitem__, rules)


def convert_to_nx(graph: LinkGraph, **_: object) -> "nx.Graph[Any]":
    """The same nodes and edges in memory; for up to some million edges."""
    made: nx.Graph[Any] = nx.DiGraph() if graph.is_directed() else nx.Graph()
    made.add_nodes_from(graph)
    made.add_edges_from((node, other) for node in graph for other in graph.successors(node))
    return made


def shortest_path(
    G: LinkGraph, source: Node = None, target: Node = None, weight: object = None, method: str = "dijkstra"
) -> list[Node]:
    """One of the shortest chains; both ends must be given."""
    if source is None or target is None:
        raise nx.NetworkXNotImplemented("shortest paths from or to all nodes; give both source and target")
    return _names(G, _shortest(G, source, target, weight))


def bidirectional_shortest_path(G: LinkGraph, source: Node, target: Node) -> list[Node]:
    """One of the shortest chains."""
    return _names(G, _shortest(G, source, target, None))


def shortest_path_length(
    G: LinkGraph, source: Node = None, target: Node = None, weight: object = None, method: str = "dijkstra"
) -> int:
    """How many edges the shortest chains have; both ends must be given."""
    return len(shortest_path(G, source, target, weight, method)) - 1


def has_path(G: LinkGraph, source: Node, target: Node) -> bool:
    """Whether there is a chain."""
    ends = G.number(source), G.number(target)
    return bool(G.search.find_shortest(*ends, G.rules, budget=_NO_BUDGET).chains)


def all_shortest_paths(
    G: LinkGraph, source: Node, target: Node, weight: object = None, method: str = "dijkstra"
) -> Iterator[list[Node]]:
    """All of the shortest chains, in order of their nodes' IRIs."""
    _unweighted(weight)
    ends = G.number(source), G.number(target)
    found = G.search.all_shortest(*ends, G.rules, at_most=_NO_BUDGET, budget=_NO_BUDGET)
    if not found.chains:
        raise _no_path(source, target)
    for chain in found.chains:
        yield [G.name(number) for number in chain]


def all_simple_paths(G: LinkGraph, source: Node, target: Node, cutoff: int | None = None) -> Iterator[list[Node]]:
    """All chains of at most `cutoff` edges, which must be given, by length and then in order of their nodes' IRIs."""
    if cutoff is None:
        raise nx.NetworkXNotImplemented("simple paths of any length; give a cutoff")
    ends = G.number(source), G.number(target)
    if cutoff >= 0:
        for chain in G.search.each(*ends, G.rules, max_hops=cutoff):
            yield [G.name(number) for number in chain]


def single_source_shortest_path_length(G: LinkGraph, source: Node, cutoff: float | None = None) -> dict[Node, int]:
    """The distance from `source` of every node that can be reached, nearest first."""
    levels = enumerate(G.reached(source, cutoff))
    return {G.name(number): distance for distance, level in levels for number in level.tolist()}


def single_target_shortest_path_length(G: LinkGraph, target: Node, cutoff: float | None = None) -> dict[Node, int]:
    """The distance to `target` of every node that it can be reached from, nearest first."""
    levels = enumerate(G.reached(target, cutoff, against=True))
    return {G.name(number): distance for distance, level in levels for number in level.tolist()}


def descendants_at_distance(G: LinkGraph, source: Node, distance: int) -> set[Node]:
    """The nodes whose distance from `source` is this."""
    _known(G, source)
    levels = enumerate(G.reached(source, distance))
    return {G.name(number) for far, level in levels if far == distance for number in level.tolist()}


def descendants(G: LinkGraph, source: Node) -> set[Node]:
    """The nodes that can be reached from this one."""
    _known(G, source)
    return set(single_source_shortest_path_length(G, source)) - {source}


def ancestors(G: LinkGraph, source: Node) -> set[Node]:
    """The nodes that this one can be reached from."""
    _known(G, source)
    return set(single_target_shortest_path_length(G, source)) - {source}


def _shortest(graph: LinkGraph, source: Node, target: Node, weight: object) -> Chains:
    _unweighted(weight)
    found = graph.search.find_shortest(graph.number(source), graph.number(target), graph.rules, budget=_NO_BUDGET)
    if not found.chains:
        raise _no_path(source, target)
    return found


def _names(graph: LinkGraph, found: Chains) -> list[Node]:
    return [graph.name(number) for number in found.chains[0]]


def _no_path(source: Node, target: Node) -> nx.NetworkXNoPath:
    return nx.NetworkXNoPath(f"No path between {source} and {target}.")


def _known(graph: LinkGraph, node: Node) -> None:
    if node not in graph:
        raise nx.NetworkXError(f"The node {node} is not in the graph.")


def _unweighted(weight: object) -> None:
    if weight is not None:
        raise nx.NetworkXNotImplemented("weighted paths; links have no weight here")
