"""The hash of what a store holds, kept up to date by what is added and removed.

It is the sum, modulo 2^256, of the SHA-256 of every line of the canonical N-Quads (without its line feed), and of
`graph NAME` for every named graph, an empty one too. A sum does not care for order: the same content has the same
hash whatever way it came about, and one more triple costs one more SHA-256. It tells versions of a graph apart; it is
no proof against somebody who builds a graph to have a certain hash, for sums can be solved for.
"""

import os
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import IO, Final, cast

import pyoxigraph
from pyoxigraph import NamedNode, Quad, RdfFormat, Triple, parse, serialize

from graph.nodes import ARTICLES, CLAIMS, DEFAULT, EVIDENCE

COUNTED_ANEW: Final = 64 << 20
"""Bytes on disk up to which a store's content is counted anew after a change that was not looked at."""

_MODULUS: Final = 1 << 256
_OURS: Final = tuple(f"<{namespace}".encode() for namespace in (ARTICLES, CLAIMS, EVIDENCE))


class ContentHash:
    """The sum over the quads of one store; `None` as long as nobody knows it.

    `changes` counts the lines that were taken account of.
    """

    def __init__(self, sum: int | None = None) -> None:
        self._sum = sum
        self.changes = 0

    @classmethod
    def published(cls, hash: str, store: pyoxigraph.Store) -> "ContentHash":
        """That of a store whose content has this hash."""
        return cls((int(hash, 16) - _names(store)) % _MODULUS)

    def add(self, lines: Iterable[bytes]) -> None:
        """Take account of lines of N-Quads, without their line feeds, none of which was in the store."""
        self._take(lines, 1)

    def remove(self, lines: Iterable[bytes]) -> None:
        """Take account of lines that were in the store and are no more."""
        self._take(lines, -1)

    def add_counted(self, counted: "Counted") -> None:
        """Take account of lines that were counted before, none of which was in the store."""
        self.changes += counted.lines
        if self._sum is not None:
            self._sum = (self._sum + counted.sum) % _MODULUS

    def forget(self) -> None:
        """Have it counted anew when it is asked for next."""
        self._sum = None

    def lose_track(self, change: bytes, *, size: int) -> None:
        """Take account of a change that was not looked at, of a store that had so many bytes on disk.

        The content is counted anew, or else the sum becomes a new one that follows from it, the change and chance.
        """
        if size <= COUNTED_ANEW:
            self.forget()
        elif self._sum is not None:
            parts = self._sum.to_bytes(32, "big"), sha256(change).digest(), os.urandom(32)
            self._sum = int.from_bytes(sha256(b"".join(parts)).digest(), "big")

    def of(self, store: pyoxigraph.Store) -> str:
        """The hash of the store, 64 hex digits."""
        if self._sum is None:
            counting = _Counting()
            store.dump(cast("IO[bytes]", counting), format=RdfFormat.N_QUADS)
            self._sum = counting.sum % _MODULUS
        return f"{(self._sum + _names(store)) % _MODULUS:064x}"

    def _take(self, lines: Iterable[bytes], sign: int) -> None:
        lines = list(lines)
        self.changes += len(lines)
        if self._sum is not None:
            self._sum = (self._sum + sign * _sum(lines)) % _MODULUS


@dataclass(frozen=True, slots=True)
class Counted:
    """Lines of canonical N-Quads, all different: how many there are, and the sum of their hashes."""

    lines: int
    sum: int

    @classmethod
    def of(cls, content: bytes) -> "Counted":
        """Those of these lines, each with its line feed."""
        lines = content.splitlines()
        return cls(len(lines), _sum(lines) % _MODULUS)


def lines_of(statements: Iterable[Quad] | Iterable[Triple]) -> list[bytes]:
    """Their canonical N-Quads, without line feeds, in their order."""
    return (serialize(statements, format=RdfFormat.N_QUADS) or b"").splitlines()


def new_lines(store: pyoxigraph.Store, pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The lines of these N-Triples that the store has not, each once, without line feeds, in no order.

    What they say of claims, statements and articles must be said of new ones: it is not looked for. Others may say
    nothing of these (`graph.updating.consistency.may_stand`), so the store has none of it.
    """
    ours: set[bytes] = set()
    by_subject: defaultdict[bytes, set[bytes]] = defaultdict(set)
    for piece in pieces:
        for line in piece.splitlines():
            if line.startswith(_OURS):
                ours.add(line)
            else:
                by_subject[line.partition(b" ")[0]].add(line)
    yield from ours
    for subject, lines in by_subject.items():
        node = NamedNode(subject[1:-1].decode())
        if next(store.quads_for_pattern(node, None, None, DEFAULT), None) is None:
            yield from lines
        else:
            yield from lines_of(
                quad for quad in parse(b"\n".join(lines), format=RdfFormat.N_TRIPLES) if quad not in store
            )


def _names(store: pyoxigraph.Store) -> int:
    return _sum(f"graph {name}".encode() for name in store.named_graphs())


def _sum(lines: Iterable[bytes]) -> int:
    return sum(int.from_bytes(sha256(line).digest(), "big") for line in lines)


class _Counting:
    """A file that sums up the lines written to it; each ends with a line feed and may come in several writes."""

    def __init__(self) -> None:
        self.sum = 0
        self._rest = b""

    def write(self, content: bytes) -> int:
        *lines, self._rest = (self._rest + content).split(b"\n")
        self.sum += _sum(lines)
        return len(content)

    def flush(self) -> None:
        """Do nothing; a file has this."""
