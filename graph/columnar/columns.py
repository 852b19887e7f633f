"""Columns: the default graph of one snapshot as sorted arrays of numbers, mapped from files.

    DATA/snapshots/NAME/columns/    made under another name and renamed; deleted with the snapshot
        subjects.npy objects.npy           the triples by predicate, subject, object
        by_object.npy of_object.npy        the same by predicate, object, subject: objects, subjects
        predicates.npy starts.npy          which predicates there are, and where the triples of each begin
        terms.bin ends.npy                 every term in N-Triples, in order; a term's place in it is its number
        sorts.npy values.npy               what sort of term it is, and its value where it is a number

`graph.columnar.columnbuilding` makes them. Numbers are kept as 64-bit integers: integers as they are, decimals in
millionths, doubles by their bits.
"""

import mmap
import re
from collections.abc import Sequence
from enum import IntEnum
from errno import ENOMEM
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

Ids = npt.NDArray[np.int32]
"""Numbers of terms."""

FOLDER: Final = "columns"
DECIMAL_ONE: Final = 1_000_000
"""How a decimal 1 is kept."""

_XSD: Final = b"http://www.w3.org/2001/XMLSchema#"
_LITERAL: Final = re.compile(rb'"((?:[^"\\]|\\.)*)"(?:@(.+)|\^\^<(.+)>)?', re.DOTALL)
_INTEGER: Final = re.compile(rb"-?[0-9]{1,18}")
_DECIMAL: Final = re.compile(rb"-?[0-9]{1,12}(?:\.[0-9]{1,6})?")


class Sort(IntEnum):
    """What sort of term: one that has an order and a sum, or `OTHER`, whose value the columns do not know."""

    OTHER = 0
    IRI = 1
    STRING = 2
    TAGGED = 3
    INTEGER = 4
    DECIMAL = 5
    DOUBLE = 6


NUMBERS: Final = (Sort.INTEGER, Sort.DECIMAL, Sort.DOUBLE)


class Columns:
    """The columns of one snapshot, read-only. Numbers of terms are in the order of their N-Triples (`sort_key`)."""

    def __init__(self, folder: Path) -> None:
        def load(name: str) -> npt.NDArray[np.generic]:
            array: npt.NDArray[np.generic] = np.load(folder / f"{name}.npy", mmap_mode="r")
            return array.view(np.ndarray)

        self.subjects: Ids = load("subjects").view(np.int32)
        self.objects: Ids = load("objects").view(np.int32)
        self.by_object: Ids = load("by_object").view(np.int32)
        self.of_object: Ids = load("of_object").view(np.int32)
        self.predicates: Ids = load("predicates").view(np.int32)
        self.starts: npt.NDArray[np.int64] = load("starts").view(np.int64)
        self.sorts: npt.NDArray[np.int8] = load("sorts").view(np.int8)
        self.values: npt.NDArray[np.int64] = load("values").view(np.int64)
        self._ends: npt.NDArray[np.int64] = load("ends").view(np.int64)
        self._text: mmap.mmap | bytes = b""
        if len(self._ends):
            with (folder / "terms.bin").open("rb") as file:
                self._text = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)

    def among(self, ids: Ids) -> npt.NDArray[np.bool_]:
        """For each term whether it is among the ids."""
        found = np.zeros(self.terms, np.bool_)
        found[ids] = True
        return found

    @classmethod
    def find(cls, snapshot: Path) -> "Columns | None":
        """The columns of a snapshot's folder; None where there are none (yet), or no room in memory to map them."""
        folder = snapshot / FOLDER
        if not folder.exists():
            return None
        try:
            return cls(folder)
        except OSError as error:
            if error.errno == ENOMEM:
                return None
            raise

    @property
    def terms(self) -> int:
        """How many terms there are: their numbers are below."""
        return len(self._ends)

    @property
    def triples(self) -> int:
        """How many triples there are."""
        return len(self.subjects)

    def bounds(self, predicate: int) -> tuple[int, int]:
        """Where the triples of a predicate begin and end, in both orders; (0, 0) where there are none."""
        place = int(np.searchsorted(self.predicates, predicate))
        if place == len(self.predicates) or int(self.predicates[place]) != predicate:
            return 0, 0
        return int(self.starts[place]), int(self.starts[place + 1])

    def find_id(self, term: str) -> int | None:
        """The number of a term, given as N-Triples; None where no triple has it."""
        wanted = sort_key(term.encode())
        low, high = 0, self.terms
        while low < high:
            middle = (low + high) // 2
            if sort_key(self._bytes(middle)) < wanted:
                low = middle + 1
            else:
                high = middle
        return low if low < self.terms and self._bytes(low) == term.encode() else None

    def texts(self, ids: Sequence[int]) -> list[str]:
        """The terms as N-Triples, in the order given."""
        ends, text = self._ends, self._text
        return [text[int(ends[place - 1]) if place else 0 : int(ends[place])].decode() for place in ids]

    def _bytes(self, place: int) -> bytes:
        return self._text[int(self._ends[place - 1]) if place else 0 : int(self._ends[place])]


def sort_key(term: bytes) -> bytes:
    """What terms are in order of: N-Triples without the last bracket, so that IRIs and strings lie by code point."""
    return term[:-1] if term.endswith((b">", b'"')) else term


def sort_and_value(term: bytes) -> tuple[Sort, int]:
    """What sort of term this is, and its value as it is kept, 0 where it has none."""
    if term.startswith(b"<") and not term.startswith(b"<<"):
        return Sort.IRI, 0
    found = _LITERAL.fullmatch(term)
    if found is None:
        return Sort.OTHER, 0
    lexical, tag, datatype = found.groups()
    if tag is not None:
        return Sort.TAGGED, 0
    if datatype is None:  # escapes have another place in the order than what they stand for
        return (Sort.OTHER if b"\\" in lexical else Sort.STRING), 0
    return _number(lexical, datatype)


def _number(lexical: bytes, datatype: bytes) -> tuple[Sort, int]:
    match datatype.removeprefix(_XSD):
        case b"integer" if _INTEGER.fullmatch(lexical):
            return Sort.INTEGER, int(lexical)
        case b"decimal" if _DECIMAL.fullmatch(lexical):
            whole, _, part = lexical.decode().partition(".")
            return Sort.DECIMAL, int(whole + part.ljust(6, "0"))
        case b"double":
            value = np.float64(lexical.decode())
            if np.isfinite(value) and value != 0:  # zero has two signs
                return Sort.DOUBLE, int(value.view(np.int64))
    return Sort.OTHER, 0
