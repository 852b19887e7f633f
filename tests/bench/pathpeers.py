"""One graph library answering path questions: `pathpeers.py LIBRARY FOLDER`, run by the Python that has it.

FOLDER holds `subject.npy`, `object.npy`, `relation.npy`, `certainty.npy`, `articles.npy` and `nodes.txt`. A line
`{"ready", "bytes"}` says how many seconds and bytes the library took for the graph. Then each line of standard input,
`{"question", "source", "target"}`, is answered by one, `{"milliseconds", "answer"}`, or `{"none": why}` where the
library has nothing that answers it. Only what the library itself computes is timed.
"""

import json
import sys
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import Any, Final

import numpy as np

CHAINS: Final = 10
MOST_HOPS: Final = 5
NEIGHBOURS: Final = 50
RELATIONS: Final = frozenset(range(1, 9))
"""What the filtered question walks, with a certainty of at least one: most links are of relation 0."""


class Arrays:
    """The links as they came."""

    def __init__(self, folder: Path) -> None:
        names = ("subject", "object", "relation", "certainty", "articles")
        self.subject, self.object, self.relation, self.certainty, self.articles = (
            np.load(folder / f"{name}.npy") for name in names
        )
        self.nodes = int((folder / "nodes.txt").read_text())
        self.kept = np.isin(self.relation, list(RELATIONS)) & (self.certainty >= 1)


class NotOffered(Exception):
    """The library has nothing that answers the question."""


class NetworkX:
    """`networkx.DiGraph`: parallel links are one."""

    def __init__(self, arrays: Arrays) -> None:
        import networkx as nx

        self._nx = nx
        self._graph: nx.DiGraph[int] = nx.DiGraph()
        self._graph.add_nodes_from(range(arrays.nodes))
        rows = zip(
            arrays.subject.tolist(), arrays.object.tolist(), arrays.articles.tolist(), arrays.kept.tolist(), strict=True
        )
        for subject, object_, articles, kept in rows:
            known = self._graph.get_edge_data(subject, object_)
            self._graph.add_edge(
                subject, object_, articles=articles, kept=kept or (known is not None and known["kept"])
            )

    def hop(self, source: int, _: int) -> int:
        return len([(other, data["articles"]) for other, data in islice(self._graph.adj[source].items(), NEIGHBOURS)])

    def shortest(self, source: int, target: int) -> int:
        return len(self._nx.bidirectional_shortest_path(self._graph, source, target)) - 1

    def chains(self, source: int, target: int) -> list[int]:
        return self._chains(self._graph, source, target)

    def filtered(self, source: int, target: int) -> list[int]:
        view = self._nx.subgraph_view(self._graph, filter_edge=lambda one, other: self._graph[one][other]["kept"])
        return self._chains(view, source, target)

    def _chains(self, graph: Any, source: int, target: int) -> list[int]:
        try:
            chains = islice(self._nx.shortest_simple_paths(graph, source, target), CHAINS)
            return [length for chain in chains if (length := len(chain) - 1) <= MOST_HOPS]
        except self._nx.NetworkXNoPath:
            return []


class IGraph:
    """`igraph.Graph`, directed."""

    def __init__(self, arrays: Arrays) -> None:
        import igraph

        pairs = np.unique(arrays.subject.astype(np.int64) * arrays.nodes + arrays.object)
        self._graph = igraph.Graph(n=arrays.nodes, edges=np.stack(np.divmod(pairs, arrays.nodes), 1), directed=True)
        kept = np.unique((arrays.subject.astype(np.int64) * arrays.nodes + arrays.object)[arrays.kept])
        self._kept = np.flatnonzero(np.isin(pairs, kept)).tolist()

    def hop(self, source: int, _: int) -> int:
        return len(self._graph.successors(source)[:NEIGHBOURS])

    def shortest(self, source: int, target: int) -> int:
        return len(self._graph.get_shortest_path(source, target)) - 1

    def chains(self, source: int, target: int) -> list[int]:
        found = self._graph.get_k_shortest_paths(source, target, k=CHAINS, mode="out", output="vpath")
        return [len(chain) - 1 for chain in found if 1 < len(chain) <= MOST_HOPS + 1]

    def filtered(self, source: int, target: int) -> list[int]:
        part = self._graph.subgraph_edges(self._kept, delete_vertices=False)
        found = part.get_k_shortest_paths(source, target, k=CHAINS, mode="out", output="vpath")
        return [len(chain) - 1 for chain in found if 1 < len(chain) <= MOST_HOPS + 1]


class RustworkX:
    """`rustworkx.PyDiGraph`."""

    def __init__(self, arrays: Arrays) -> None:
        import rustworkx

        self._rustworkx = rustworkx
        self._graph = rustworkx.PyDiGraph()
        self._graph.add_nodes_from(range(arrays.nodes))
        self._graph.add_edges_from(
            list(zip(arrays.subject.tolist(), arrays.object.tolist(), arrays.articles.tolist(), strict=True))
        )

    def hop(self, source: int, _: int) -> int:
        return len(list(islice(self._graph.adj_direction(source, False).items(), NEIGHBOURS)))  # noqa: FBT003

    def shortest(self, source: int, target: int) -> int:
        found = self._rustworkx.dijkstra_shortest_paths(self._graph, source, target)
        return len(found[target]) - 1

    def chains(self, *_: int) -> list[int]:
        raise NotOffered("its simple paths come in no order")

    filtered = chains


class SciPy:
    """`scipy.sparse.csgraph`."""

    def __init__(self, arrays: Arrays) -> None:
        from scipy import sparse

        ones = np.ones(len(arrays.subject), np.int8)
        shape = (arrays.nodes, arrays.nodes)
        self._matrix = sparse.csr_array((ones, (arrays.subject, arrays.object)), shape=shape)

    def hop(self, source: int, _: int) -> int:
        start, end = self._matrix.indptr[source], self._matrix.indptr[source + 1]
        return len(self._matrix.indices[start : min(end, start + NEIGHBOURS)].tolist())

    def shortest(self, source: int, target: int) -> int:
        from scipy.sparse.csgraph import breadth_first_order

        _, before = breadth_first_order(self._matrix, source)
        length = 0
        while target != source:
            target, length = int(before[target]), length + 1
        return length

    def chains(self, *_: int) -> list[int]:
        raise NotOffered("it has no chains")

    filtered = chains


class Gandalf:
    """GANDALF's `CSRGraph` and its search for paths of three hops, the only ones of a stated pair that it offers.

    Its arrays are filled from ours: its own loader makes lists of Python objects and would take the memory of several
    machines for ten million links.
    """

    def __init__(self, arrays: Arrays) -> None:
        from gandalf.graph import CSRGraph
        from gandalf.search import path_finder

        self._path_finder = path_finder
        graph = self._graph = CSRGraph.__new__(CSRGraph)
        graph.num_nodes = arrays.nodes
        graph.predicate_to_idx = {f"relation:{number}": number for number in range(int(arrays.relation.max()) + 1)}
        graph.id_to_predicate = {number: name for name, number in graph.predicate_to_idx.items()}
        order = np.lexsort((arrays.relation, arrays.object, arrays.subject))
        graph.fwd_targets = arrays.object[order].astype(np.int32)
        graph.fwd_predicates = arrays.relation[order].astype(np.int32)
        graph.fwd_offsets = self._offsets(arrays.subject, arrays.nodes)
        back = np.lexsort((arrays.relation, arrays.subject, arrays.object))
        graph.rev_sources = arrays.subject[back].astype(np.int32)
        graph.rev_predicates = arrays.relation[back].astype(np.int32)
        graph.rev_offsets = self._offsets(arrays.object, arrays.nodes)

    @staticmethod
    def _offsets(ends: Any, nodes: int) -> Any:
        return np.append(0, np.cumsum(np.bincount(ends, minlength=nodes))).astype(np.int64)

    def hop(self, source: int, _: int) -> int:
        return len(self._graph.get_edges(source)[:NEIGHBOURS])

    def shortest(self, *_: int) -> int:
        raise NotOffered("it has no shortest path")

    def chains(self, *_: int) -> list[int]:
        raise NotOffered("its chains have one length, which is stated")

    filtered = chains

    def three(self, source: int, target: int) -> int:
        graph = self._graph
        swapped = graph.degree(source) > graph.degree(target)
        found = self._path_finder._find_3hop_paths_directed_idx(graph, source, target, start_from_end=swapped)
        return len(found)


PEERS: Final = {
    "NetworkX": NetworkX,
    "igraph": IGraph,
    "rustworkx": RustworkX,
    "SciPy": SciPy,
    "GANDALF": Gandalf,
}


def main(name: str, folder: Path) -> None:
    """Answer questions until there are no more."""
    arrays = Arrays(folder)
    before = _resident()
    began = time.perf_counter()
    peer = PEERS[name](arrays)
    _say({"ready": time.perf_counter() - began, "bytes": _resident() - before})
    for line in sys.stdin:
        asked = json.loads(line)
        answer: Callable[[int, int], object] | None = getattr(peer, asked["question"], None)
        try:
            if answer is None:
                raise NotOffered("it offers nothing of the kind")
            began = time.perf_counter()
            found = answer(asked["source"], asked["target"])
            _say({"milliseconds": (time.perf_counter() - began) * 1000, "answer": found})
        except NotOffered as reason:
            _say({"none": str(reason)})


def _resident() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096


def _say(answer: object) -> None:
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
