"""Imports RDF files into a store, all of them or none, under the rules that hold for every write."""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyoxigraph
from pyoxigraph import BlankNode, NamedNode

from graph.checkpoints import SCRATCH, find_pointer
from graph.importing.merging import Difference, Tell, differing, read_all
from graph.importing.parsing import GraphName, Reading
from graph.importing.sources import Source
from graph.nodes import DEFAULT
from graph.store import Store
from graph.updating.edits import judge

MOST_NAMED: Final = 100
"""Graphs that are named in what an import tells."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did.

    `triples` were read, `new` of them the store did not have, `removed` it has no more. `graphs` are IRIs, at most
    `MOST_NAMED` of the `graphs_in_all` that were written to, sorted; `default` says whether the default graph was.
    `hash` is that of the graph that is published now.
    """

    files: int
    triples: int
    new: int
    removed: int
    graphs: tuple[str, ...]
    graphs_in_all: int
    default: bool
    hash: str


def import_files(folder: Path, sources: Sequence[Source], *, replace: bool, tell: Tell) -> Imported:
    """What came of importing the files into the store of a data folder; a new one gets the vocabulary first.

    What the files put into a graph is added to it. It takes the place of what was there where the graph is a file's
    own, or with `replace`. `tell` is called now and then with what is being done.

    Raises:
        UnreadableGraph: a file is not what its format says.
        InvalidUpdate: ontology, vocabulary and claims would no longer be consistent.
        StoreInUse: another process is writing there.
        StoreError: the disk is nearly full.
    """
    opened = Store.open if find_pointer(folder) is None else Store.open_as_it_is
    with opened(folder) as store:
        scratch = folder / SCRATCH
        scratch.mkdir()
        try:
            return _imported(store, sources, scratch, replace=replace, tell=tell)
        finally:
            shutil.rmtree(scratch, ignore_errors=True)


def recover(folder: Path) -> None:
    """Undo what a killed import left half done.

    Raises:
        StoreInUse: another process is writing there.
    """
    if find_pointer(folder) is not None:
        Store.open_as_it_is(folder).close()


def _imported(store: Store, sources: Sequence[Source], scratch: Path, *, replace: bool, tell: Tell) -> Imported:
    reading = Reading()
    lines = read_all(sources, scratch, reading, tell)
    graphs = reading.graphs
    own: set[GraphName] = {NamedNode(source.graph) for source in sources if source.own and source.graph is not None}
    tell("comparing", reading)
    found = differing(lines, store.live, graphs, graphs if replace else own, scratch)
    missing = _missing(store.live, graphs)
    if found.added or found.removed or missing:
        tell("storing", reading)
        _store(store, found, missing)
    names = sorted(graph.value if isinstance(graph, NamedNode) else str(graph) for graph in graphs - {DEFAULT})
    return Imported(
        files=len(sources),
        triples=reading.triples,
        new=found.added,
        removed=found.removed,
        graphs=tuple(names[:MOST_NAMED]),
        graphs_in_all=len(names),
        default=DEFAULT in graphs,
        hash=store.hash,
    )


def _missing(live: pyoxigraph.Store, graphs: set[GraphName]) -> list[NamedNode | BlankNode]:
    return [
        graph for graph in graphs if isinstance(graph, NamedNode | BlankNode) and not live.contains_named_graph(graph)
    ]


def _store(store: Store, found: Difference, missing: Sequence[NamedNode | BlankNode]) -> None:
    with store.revision():
        for graph in missing:
            store.live.add_graph(graph)
        store.exchange(found.gone, found.come, found.delta)
        judge(store, found.delta)
