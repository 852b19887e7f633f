"""What a write changed in the default graph."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import zip_longest

import pyoxigraph
from pyoxigraph import Quad

from graph.nodes import DEFAULT


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


def compared(before: pyoxigraph.Store, after: pyoxigraph.Store) -> Delta:
    """How two default graphs differ, each looked at from end to end.

    Both come in the order of the engine's keys, which follow from the terms: what waits for its like stays small.
    """
    removed: set[Quad] = set()
    added: set[Quad] = set()
    for old, new in zip_longest(_default(before), _default(after)):
        if old == new:
            continue
        if old is not None:
            (added.remove if old in added else removed.add)(old)
        if new is not None:
            (removed.remove if new in removed else added.add)(new)
    return Delta(removed, added)


def _default(store: pyoxigraph.Store) -> Iterator[Quad]:
    return store.quads_for_pattern(None, None, None, DEFAULT)
