"""Records that a writer makes while it writes, and hands on with every publication.

New articles say themselves what they bring. Of what else changes it is taken down what is touched, and that is read
once more before the publication. What changes unseen is lost: the next snapshot then has no records until others make
them (`graph.records.building`).
"""

import os
import shutil
from collections.abc import Collection, Mapping
from contextlib import closing, suppress
from itertools import chain
from pathlib import Path
from typing import Final

import pyoxigraph
from pyoxigraph import NamedNode, Quad, Triple

from graph import nodes
from graph.records.kept import FOLDER, WHOLE, Head, next_segment, segments_in
from graph.records.packing import pack, unpack_claim
from graph.records.reading import thing_at
from graph.records.segment import Damaged, Making, Segment
from graph.records.touched import Touched
from ontology.claim import Claim

MOST_READ: Final = 50_000
"""Claims and concepts that are read once more for one publication; of more is said that nothing is known."""

MOST_JOINED: Final = 1 << 18
"""Records up to which two files become one."""

_NAME: Final = ".records"


class RecordLog:
    """The log of one data folder, whose only writer has it. `lost`: its store is not as the parent has it.

    `parent` is the folder of the snapshot that the store was published as, None where it holds nothing yet.
    """

    def __init__(self, folder: Path, parent: Path | None, *, lost: bool) -> None:
        self._folder = folder
        for path in folder.glob(f"{_NAME}.*"):
            path.unlink()
        self._begin(parent, lost=lost)

    def add(self, records: Mapping[str, bytes | None]) -> None:
        """Take down the records of claims and concepts as they are now, by id; None where they can have none."""
        if not self._lost:
            self._touched.forget(records)
            for id, packed in records.items():
                self._record(id, packed or b"")

    def claim(self, id: str) -> Claim | None:
        """A claim that was taken down since the last publication; None where it was not, or may not be so any more."""
        if self._lost or not self._touched.leaves(id):
            return None
        key = self._head.key(id)
        for making in reversed(self._makings):
            packed = making.find(key)
            if packed is not None:
                return unpack_claim(packed, id) if packed else None
        return None

    def touch(self, statements: Collection[Triple] | Collection[Quad]) -> None:
        """Take down statements that go or come."""
        if not self._lost:
            self._touched.look(statements)

    def lose(self) -> None:
        """Take down that something changes unseen."""
        self._lost = True
        self._drop()

    def hand_over(self, live: pyoxigraph.Store, snapshot: Path) -> None:
        """Have the records of `live` in the folder of a snapshot of it, which is being made."""
        if self._lost:
            return
        folder, base = snapshot / FOLDER, None if self._parent is None else self._parent / FOLDER
        if base is not None and Head.find(base) != self._head:
            base = None
        whole = self._settle(live) and (self._parent is None or (base is not None and (base / WHOLE).exists()))
        try:
            folder.mkdir()
            self._head.save(folder)
            if base is not None:
                for path in segments_in(base):
                    os.link(path, folder / path.name)
            for making in self._makings:
                making.finish().rename(next_segment(folder))
            self._makings.clear()
            _join_last(folder)
            if whole:
                (folder / WHOLE).touch()
        except OSError:  # such as no hard links; what is not there is not missed
            shutil.rmtree(folder, ignore_errors=True)

    def published(self, parent: Path | None) -> None:
        """Begin again after the snapshot that is current now."""
        self._drop()
        self._begin(parent, lost=False)

    def _begin(self, parent: Path | None, *, lost: bool) -> None:
        head = None if parent is None else Head.find(parent / FOLDER)
        self._head = head or Head.made()
        self._parent = parent
        self._touched = Touched()
        self._makings: list[Making] = []
        self._made = 0
        self._lost = lost

    def _settle(self, live: pyoxigraph.Store) -> bool:
        """Add a record for each thing that was touched: what it is now. Whether all were read."""
        things = self._touched.things(live)
        for number, iri in enumerate(things):
            node = NamedNode(iri)
            thing = thing_at(live, node) if number < MOST_READ else None
            self._record(nodes.curie(node), (pack(thing) if thing is not None else None) or b"")
        return len(things) <= MOST_READ

    def _record(self, id: str, packed: bytes) -> None:
        if not self._makings or self._makings[-1].is_full:
            self._makings.append(Making(self._folder / f"{_NAME}.{self._made}"))
            self._made += 1
        self._makings[-1].add(self._head.key(id), packed)

    def _drop(self) -> None:
        for making in self._makings:
            making.drop()
        self._makings = []


def _join_last(folder: Path) -> None:
    """Make one of the last two files, as long as the former is not much larger, so that there are never many small."""
    with suppress(Damaged):
        while len(paths := segments_in(folder)) > 1 and _joined(paths[-2], paths[-1], folder / "joining"):
            pass


def _joined(former: Path, last: Path, making: Path) -> bool:
    """Whether the two files were to become one, and have; `making` is where it is made."""
    with closing(Segment(former)) as before, closing(Segment(last)) as since:
        if before.count > 2 * since.count or before.count + since.count > MOST_JOINED:
            return False
        joined = Making(making)
        try:
            for key, content in chain(before.items(), since.items()):
                joined.add(key, content)
        except Damaged:
            joined.drop()
            raise
    joined.finish().replace(former)
    last.unlink()
    return True
