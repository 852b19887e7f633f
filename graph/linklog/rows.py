"""Rows that say what a link or a concept has become, packed as they are read into arrays.

A file of rows is chunks one after the other, so two files put together are one. A chunk is a header, the lengths of the
names, the names (IRIs, UTF-8), the rows of links, those of concepts, and the labels one after the other. Names stand in
rows as their places in the chunk. Of rows about the same thing the last one holds. All numbers are little-endian.

This module needs no numpy: it is part of every writer. `graph.adjacency.logreading` reads the files.
"""

import struct
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple

from ontology.terms import expand

MAGIC: Final = b"etiorows"
HEADER: Final = struct.Struct("<8s6QI")
"""Magic, then how many names, bytes of names, links, concepts and bytes of labels there are, then the length of what
follows and its CRC-32."""

LINK: Final = struct.Struct("<QIIIfBB")
"""Number of the claim, places of subject and object, number of articles, belief, number of the relation, state."""

CONCEPT: Final = struct.Struct("<IIHH")
"""Place of the name, bytes of the label, kinds (`graph.numbering.kind_bits`), state."""

STANDS: Final = 1
"""The bit of a state that is set when the link or concept is there; without it the row says that it is not."""

DENIED: Final = 2
"""The bit of a link's state for a denied one; above it stands the certainty's rank."""

CERTAINTY: Final = 2
"""By how many bits the rank is shifted."""

PROVISIONAL: Final = 2
"""The bit of a concept's state for a provisional one."""

MOST: Final = 1 << 18
"""Names or concepts of a chunk, at most or a few more."""

MOST_LINKS: Final = 1 << 20
"""The same of links, which have few names: each chunk names its own anew."""


class LinkRow(NamedTuple):
    """Which link: its ends (CURIEs or IRIs), the number of the relation, that of its claim, and whether that denies."""

    subject: str
    relation: int
    object: str
    claim: int
    negated: bool


@dataclass(frozen=True, slots=True)
class Figures:
    """What is known of a link: the certainty's rank, how many articles state it, the belief in it."""

    certainty: int
    articles: int
    belief: float


@dataclass(frozen=True, slots=True)
class Described:
    """What is known of a concept: its label, its kinds as `graph.numbering.kind_bits` has them, whether made up."""

    label: str
    kinds: int
    provisional: bool


class Rows:
    """A file of rows that is written as they come, made with the first chunk."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._begun = False
        self._begin_chunk()

    def __bool__(self) -> bool:
        """Whether there is any row."""
        return self._begun or bool(self._links or self._concepts)

    def link(self, link: LinkRow, figures: Figures | None) -> None:
        """Add what is known of a link; None where it is not there."""
        state = DENIED if link.negated else 0
        which = link.claim, self._place(link.subject), self._place(link.object)
        if figures is None:
            self._links += LINK.pack(*which, 0, 0.0, link.relation, state)
        else:
            state |= STANDS | figures.certainty << CERTAINTY
            self._links += LINK.pack(*which, figures.articles, figures.belief, link.relation, state)
        self._made_room()

    def concept(self, concept: str, described: Described | None) -> None:
        """Add what is known of a concept (a CURIE or IRI); None where it is none."""
        place = self._place(concept)
        if described is None:
            self._concepts += CONCEPT.pack(place, 0, 0, 0)
        else:
            label = described.label.encode()
            state = STANDS | (PROVISIONAL if described.provisional else 0)
            self._concepts += CONCEPT.pack(place, len(label), described.kinds, state)
            self._labels += label
        self._made_room()

    def finish(self, path: Path) -> None:
        """Have the file, which has a row at least, under this name."""
        self._write_chunk()
        self._path.replace(path)
        self._begun = False

    def drop(self) -> None:
        """Forget all rows; the file is gone."""
        self._begin_chunk()
        self._begun = False
        self._path.unlink(missing_ok=True)

    def _place(self, name: str) -> int:
        place = self._places.get(name)
        if place is None:
            place = self._places[name] = len(self._places)
        return place

    def _made_room(self) -> None:
        if len(self._places) >= MOST or len(self._links) >= MOST_LINKS * LINK.size or len(self._concepts) >= MOST * 12:
            self._write_chunk()

    def _begin_chunk(self) -> None:
        self._places: dict[str, int] = {}
        self._links, self._concepts, self._labels = bytearray(), bytearray(), bytearray()

    def _write_chunk(self) -> None:
        names = [_iri(name).encode() for name in self._places]
        written = b"".join(names)
        lengths = struct.pack(f"<{len(names)}I", *map(len, names))
        body = b"".join((lengths, written, self._links, self._concepts, self._labels))
        counts = len(self._links) // LINK.size, len(self._concepts) // CONCEPT.size, len(self._labels)
        header = HEADER.pack(MAGIC, len(names), len(written), *counts, len(body), zlib.crc32(body))
        with self._path.open("ab" if self._begun else "wb") as file:
            file.write(header)
            file.write(body)
        self._begun = True
        self._begin_chunk()


def _iri(name: str) -> str:
    try:
        return expand(name)
    except ValueError:  # an IRI of a scheme that is none of the usual ones
        return name
