"""How what files say differs from what the store holds: which quads go and which come, in files, however many."""

import heapq
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, islice
from pathlib import Path
from typing import Final

import pyoxigraph
from pyoxigraph import Quad, RdfFormat, parse, serialize

from graph.importing.parsing import GraphName, Reading, nquads_of
from graph.importing.sources import Source
from graph.nodes import DEFAULT
from graph.sorting import SortedLines
from graph.updating.delta import Delta
from ontology.errors import InvalidUpdate, StoreError, UnreadableGraph

MOST_JUDGED: Final = 1_000_000
"""Triples of the default graph that one import may change: each is judged, and they are held in memory for that."""

ALWAYS_WRITTEN: Final = 1 << 30
"""Bytes that files may come to as N-Quads whatever their size."""

MOST_TIMES: Final = 1_000
"""Times their size on disk that they may come to beyond that."""

_AT_ONCE: Final = 5_000
_LEAST_FREE: Final = 1 << 30

Tell = Callable[[str, Reading], None]


@dataclass(slots=True)
class Difference:
    """Files of N-Quads that are to go and to come, how many lines each has, and which of the default graph."""

    gone: Path
    come: Path
    removed: int = 0
    added: int = 0
    delta: Delta = field(default_factory=Delta)


def read_all(sources: Sequence[Source], folder: Path, reading: Reading, tell: Tell) -> SortedLines:
    """All that the files say, canonical N-Quads to be sorted, put away in `folder`; a quad may come several times.

    Raises:
        UnreadableGraph: a file is not what its format says, or a small one comes to very much.
        StoreError: the disk is nearly full.
    """
    lines = SortedLines(folder / "new")
    written = 0
    most = max(ALWAYS_WRITTEN, MOST_TIMES * sum(source.path.stat().st_size for source in sources))
    for source in sources:
        for piece in nquads_of(source, reading):
            written += len(piece)
            if written > most:
                raise UnreadableGraph(
                    f"{source.path}: stopped, for it comes to more than {MOST_TIMES:,} times its size"
                )
            if shutil.disk_usage(folder).free < _LEAST_FREE:
                raise StoreError(f"{source.path}: stopped, for less than 1 GiB is free where {folder.parent} is")
            lines.write(piece)
            tell("reading", reading)
    return lines


def differing(
    lines: SortedLines, live: pyoxigraph.Store, graphs: set[GraphName], replaced: set[GraphName], folder: Path
) -> Difference:
    """What is to go and to come so that the store has these lines too, and nothing else in graphs that are `replaced`.

    `graphs` are all that the lines are in.

    Raises:
        InvalidUpdate: more of the default graph would change than can be judged.
    """
    found = Difference(folder / "gone.nq", folder / "come.nq")
    known = DEFAULT in graphs or any(live.contains_named_graph(graph) for graph in graphs if graph != DEFAULT)
    former = _former(live, replaced, folder / "former")
    with found.gone.open("wb") as gone, found.come.open("wb") as come:
        for new, old in _sides(lines, former):
            fresh = _unknown(new, live) if known else new
            come.writelines(fresh)
            gone.writelines(old)
            found.added += len(fresh)
            found.removed += len(old)
            if DEFAULT in graphs:
                found.delta.added |= _in_default(fresh)
                found.delta.removed |= _in_default(old)
                _check_size(found.delta)
    return found


def _former(live: pyoxigraph.Store, replaced: set[GraphName], folder: Path) -> SortedLines | None:
    """All that the store has in these graphs; None if it has none of them."""
    known = [graph for graph in replaced if graph == DEFAULT or live.contains_named_graph(graph)]
    if not known:
        return None
    lines = SortedLines(folder)
    for graph in known:
        quads = iter(live.quads_for_pattern(None, None, None, graph))
        while piece := list(islice(quads, _AT_ONCE)):
            lines.write(serialize(piece, format=RdfFormat.N_QUADS) or b"")
    return lines


def _sides(lines: SortedLines, former: SortedLines | None) -> Iterator[tuple[list[bytes], list[bytes]]]:
    """Lines that are new alone and lines that are former alone, each once, some at a time."""
    if former is None:
        for chunk in lines.chunks():
            yield [line for line, _ in groupby(chunk.splitlines(keepends=True))], []
        return
    single = _single(heapq.merge(_marked(lines, 0), _marked(former, 1)))
    while piece := list(islice(single, _AT_ONCE)):
        yield [line for line, side in piece if side == 0], [line for line, side in piece if side == 1]


def _single(merged: Iterator[tuple[bytes, int]]) -> Iterator[tuple[bytes, int]]:
    for line, marked in groupby(merged, key=lambda pair: pair[0]):
        sides = {side for _, side in marked}
        if len(sides) == 1:
            yield line, sides.pop()


def _marked(lines: SortedLines, side: int) -> Iterator[tuple[bytes, int]]:
    for chunk in lines.chunks():
        for line in chunk.splitlines(keepends=True):
            yield line, side


def _unknown(lines: list[bytes], live: pyoxigraph.Store) -> list[bytes]:
    return [line for line, quad in zip(lines, _quads(lines), strict=True) if quad not in live]


def _in_default(lines: list[bytes]) -> set[Quad]:
    return {quad for quad in _quads(lines) if quad.graph_name == DEFAULT}


def _quads(lines: list[bytes]) -> Iterator[Quad]:
    return parse(b"".join(lines), format=RdfFormat.N_QUADS)


def _check_size(delta: Delta) -> None:
    if len(delta.added) + len(delta.removed) > MOST_JUDGED:
        raise InvalidUpdate(
            (f"more than {MOST_JUDGED:,} triples of the default graph would change; name a graph with --graph IRI",)
        )
