"""What a write changed in the default graph."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import zip_longest
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import pyoxigraph
from pyoxigraph import Quad, RdfFormat, parse

from graph.nodes import DEFAULT

MANY: Final = 5_000
"""Quads from which on loading in bulk is faster; it is no transaction, but a revision is undone as a whole."""

_BUFFER: Final = 1 << 20


@dataclass(slots=True)
class Delta:
    """Quads of the default graph that went and that came; `clear` is False where there may be others."""

    removed: set[Quad] = field(default_factory=set)
    added: set[Quad] = field(default_factory=set)
    clear: bool = True

    @classmethod
    def of(cls, removed: Iterable[Quad], added: Iterable[Quad]) -> "Delta":
        """That of quads that were there and went, and of those that were not and came; of any graphs."""
        return cls(
            {quad for quad in removed if quad.graph_name == DEFAULT},
            {quad for quad in added if quad.graph_name == DEFAULT},
        )

    def then(self, later: "Delta") -> None:
        """Take account of what changed afterwards."""
        self.removed, self.added = (
            (self.removed - later.added) | (later.removed - self.added),
            (self.added - later.removed) | (later.added - self.removed),
        )
        self.clear = self.clear and later.clear


def exchanged(
    live: pyoxigraph.Store, removed: Iterable[Quad], added: Iterable[Quad]
) -> tuple[frozenset[Quad], frozenset[Quad]]:
    """Those quads that were there and went, and that were not and came, once `removed` and `added` were."""
    wanted = as_stored(added)
    gone = frozenset(quad for quad in as_stored(removed) if quad in live and quad not in wanted)
    come = frozenset(quad for quad in wanted if quad not in live)
    for quad in gone:
        live.remove(quad)
    (live.extend if len(come) < MANY else live.bulk_extend)(come)
    return gone, come


def as_stored(quads: Iterable[Quad]) -> frozenset[Quad]:
    """The quads as the engine stores them: the lexical form of numbers and dates is normalised."""
    read = pyoxigraph.Store()
    read.extend(quads)
    return frozenset(read)


def compared(before: pyoxigraph.Store, after: pyoxigraph.Store) -> Delta:
    """How two default graphs differ, each written out and looked at from end to end.

    Both come in the order of the engine's keys, which follow from the terms: what waits for its like stays small.
    """
    removed: set[bytes] = set()
    added: set[bytes] = set()
    with TemporaryDirectory() as folder:
        paths = Path(folder, "before"), Path(folder, "after")
        for store, path in zip((before, after), paths, strict=True):
            with path.open("wb", buffering=_BUFFER) as file:
                store.dump(file, format=RdfFormat.N_TRIPLES, from_graph=DEFAULT)
        with paths[0].open("rb") as olds, paths[1].open("rb") as news:
            for old, new in zip_longest(olds, news):
                if old == new:
                    continue
                if old is not None:
                    (added.remove if old in added else removed.add)(old)
                if new is not None:
                    (removed.remove if new in removed else added.add)(new)
    return Delta(_read(removed), _read(added))


def _read(lines: set[bytes]) -> set[Quad]:
    return set(parse(b"".join(lines), format=RdfFormat.N_TRIPLES))
