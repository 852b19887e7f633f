"""The columns of a snapshot, made from its triples: `python -m graph.columnar.columnbuilding SNAPSHOT`.

One pass over the triples numbers the terms, then they are sorted. Takes a second for some 300,000 triples and memory
for the terms once, so there is a bound: above it no columns are made, and a note says so.
"""

import os
import shutil
import sys
from array import array
from itertools import accumulate, pairwise
from pathlib import Path
from typing import IO, Final, cast

import numpy as np
import numpy.typing as npt
import pyoxigraph
from pyoxigraph import DefaultGraph, RdfFormat

from graph.columnar.columns import FOLDER, Ids, sort_and_value, sort_key
from graph.sandbox import die_with_parent
from graph.turns import add_to, turn

LARGEST: Final = 10_000_000
"""Most triples of a graph that is given columns."""

LARGEST_TEXT: Final = 512 << 20
"""Most bytes of all its terms together."""

REFUSED: Final = f"{FOLDER}.refused"
"""The file in a snapshot that says it is too large for columns."""


class TooLarge(Exception):
    """The graph is above the bounds."""


class _Numbered:
    """A file of N-Triples that numbers the terms of each line written to it in the order they come in."""

    def __init__(self, most_triples: int, most_text: int) -> None:
        self.numbers: dict[bytes, int] = {}
        self.rows = (array("i"), array("i"), array("i"))
        self._text = 0
        self._most_triples = most_triples
        self._most_text = most_text
        self._rest = b""

    def write(self, part: bytes) -> int:
        lines = (self._rest + bytes(part)).split(b"\n")
        self._rest = lines.pop()
        numbers = self.numbers
        add_subject, add_predicate, add_object = (column.append for column in self.rows)
        for line in lines:
            subject, predicate, rest = line.split(b" ", 2)
            add_subject(numbers.setdefault(subject, len(numbers)))
            add_predicate(numbers.setdefault(predicate, len(numbers)))
            add_object(numbers.setdefault(rest[:-2], len(numbers)))
            self._text += len(rest)
        if len(self.rows[0]) > self._most_triples or self._text > self._most_text:
            raise TooLarge
        return len(part)

    def flush(self) -> None:
        """Nothing to do."""


def build(snapshot: Path, *, most_triples: int = LARGEST, most_text: int = LARGEST_TEXT) -> bool:
    """Whether the snapshot has columns now: made, unless they are there; False when it is larger than they may be."""
    if (snapshot / FOLDER).exists():
        return True
    making = snapshot / f"{FOLDER}.making"
    shutil.rmtree(making, ignore_errors=True)
    store = pyoxigraph.Store.read_only(os.fspath(snapshot))
    numbered = _Numbered(most_triples, most_text)
    try:
        store.dump(cast("IO[bytes]", numbered), format=RdfFormat.N_TRIPLES, from_graph=DefaultGraph())
    except TooLarge:
        (snapshot / REFUSED).touch()
        return False
    making.mkdir()
    try:
        _write(making, numbered)
        making.rename(snapshot / FOLDER)
    finally:
        shutil.rmtree(making, ignore_errors=True)
    return True


def _write(folder: Path, numbered: _Numbered) -> None:
    terms = list(numbered.numbers)
    numbered.numbers.clear()
    keys = [sort_key(term) for term in terms]
    order = sorted(range(len(terms)), key=keys.__getitem__)
    del keys
    terms = [terms[place] for place in order]
    renumbered = np.empty(len(order), np.int32)
    renumbered[order] = np.arange(len(order), dtype=np.int32)
    with (folder / "terms.bin").open("wb") as file:
        file.writelines(terms)
    np.save(folder / "ends.npy", np.fromiter(accumulate(map(len, terms)), np.int64, len(terms)))
    known = [sort_and_value(term) for term in terms]
    np.save(folder / "sorts.npy", np.fromiter((sort for sort, _ in known), np.int8, len(terms)))
    np.save(folder / "values.npy", np.fromiter((value for _, value in known), np.int64, len(terms)))
    del known, terms
    subjects, predicates, objects = (renumbered[np.frombuffer(column, np.int32)] for column in numbered.rows)
    _write_triples(folder, subjects, predicates, objects)


def _write_triples(folder: Path, subjects: Ids, predicates: Ids, objects: Ids) -> None:
    place = np.argsort(predicates, kind="stable")
    subjects, predicates, objects = subjects[place], predicates[place], objects[place]
    present, starts = np.unique(predicates, return_index=True)
    starts = np.append(starts, len(predicates)).astype(np.int64)
    np.save(folder / "predicates.npy", present)
    np.save(folder / "starts.npy", starts)
    for first, second, names in (
        (subjects, objects, ("subjects", "objects")),
        (objects, subjects, ("by_object", "of_object")),
    ):
        pairs: npt.NDArray[np.int64] = (first.astype(np.int64) << 32) | second
        for start, end in pairwise(starts.tolist()):
            pairs[start:end].sort()
        np.save(folder / f"{names[0]}.npy", (pairs >> 32).astype(np.int32))
        np.save(folder / f"{names[1]}.npy", (pairs & 0xFFFFFFFF).astype(np.int32))


def build_in_turn(snapshot: Path) -> bool:
    """Whether the snapshot has columns now: made, or found when another process that was at it has finished.

    The caller holds the snapshot's lock.
    """
    with turn(snapshot, FOLDER):
        return build(snapshot)


def main(snapshot: Path) -> None:
    """Make the columns of a published snapshot, unless it is gone or another process is at it."""
    add_to(snapshot, _build_at_once)


def _build_at_once(snapshot: Path) -> None:
    with turn(snapshot, FOLDER, wait=False) as mine:
        if mine:
            build(snapshot)


if __name__ == "__main__":
    die_with_parent()
    os.nice(19)  # whatever else is to be done comes first
    main(Path(sys.argv[1]))
