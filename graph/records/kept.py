"""The records of a snapshot: its claims and concepts, each found by its id in one look instead of thirty.

    DATA/snapshots/NAME/records/head         what the bytes mean, and the salt that keys are made with
    DATA/snapshots/NAME/records/000000.rec … `graph.records.segment`; of one thing the last file says how it is
    DATA/snapshots/NAME/records/whole        exists where all that can have a record has one

They say again what the triples say, to be faster. Whatever has no record, or one that is not as it was written, is read
from the triples. Writers hand records on with every publication (`graph.records.log`), and `graph.records.building`
adds those that are missing.
"""

import os
import re
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import Final

from graph import claimjson
from graph.records.packing import id_in, meaning, unpack_articles, unpack_claim, unpack_concept
from graph.records.segment import Damaged, Segment
from ontology.claim import Claim, Concept, claim_number

FOLDER: Final = "records"
WHOLE: Final = "whole"
_HEAD: Final = "head"
_KEY: Final = (1 << 64) - 1
_OF_CLAIM: Final = re.compile("etio:claim/[0-9a-f]{16}")
_LOOK_EVERY: Final = 1.0
"""Seconds between two looks for records that another process makes."""


@dataclass(frozen=True, slots=True)
class Head:
    """What all records of a folder have in common. The salt is chance, so that nobody makes ids whose keys meet."""

    salt: bytes
    _factor: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_factor", int.from_bytes(self.salt[:8], "little") | 1)

    @classmethod
    def made(cls) -> "Head":
        """That of a new folder."""
        return cls(os.urandom(16))

    @classmethod
    def find(cls, folder: Path) -> "Head | None":
        """That of a folder of records; None where there is none or its bytes mean something else."""
        with suppress(OSError, ValueError):
            said, salt = (folder / _HEAD).read_text(encoding="ascii").split()
            if said == meaning():
                return cls(bytes.fromhex(salt))
        return None

    def save(self, folder: Path) -> None:
        """Write it into a folder."""
        with (folder / _HEAD).open("w", encoding="ascii") as file:
            file.write(f"{meaning()} {self.salt.hex()}\n")
            file.flush()
            os.fsync(file.fileno())

    def claim_key(self, number: int) -> int:
        """The key of the claim with this number: different ones have different keys.

        A secret factor moves the first bits of the number to the last ones of the key, which tell its slot.
        """
        mixed = number * self._factor & _KEY
        return mixed ^ mixed >> 32

    def key(self, id: str) -> int:
        """The key of what has this id."""
        if _OF_CLAIM.fullmatch(id):
            return self.claim_key(claim_number(id))
        return int.from_bytes(blake2b(id.encode(), digest_size=8, key=self.salt).digest(), "little")


def segments_in(folder: Path) -> list[Path]:
    """The files of records, oldest first."""
    return sorted(folder.glob("*.rec"))


def next_segment(folder: Path) -> Path:
    """Where the next file of records goes."""
    last = segments_in(folder)[-1:]
    return folder / f"{int(last[0].stem) + 1 if last else 0:06}.rec"


class Records:
    """What is known at once of a snapshot's claims and concepts, found though it comes late. Threads may share it."""

    def __init__(self, snapshot: Path) -> None:
        self._folder = snapshot / FOLDER
        self._head: Head | None = None
        self._segments: tuple[Segment, ...] = ()
        self._whole = False
        self._looked = float("-inf")

    def claim(self, id: str) -> Claim | None:
        """The claim with this id; None where only the triples can tell."""
        packed = self._find(id)
        return unpack_claim(packed, id) if packed else None

    def written(self, numbers: Iterable[int]) -> list[bytes | None]:
        """Each claim as `graph.claimjson.written` has it, by number; None where only the triples can tell."""
        head = self._opened()
        if head is None:
            return [None for _ in numbers]
        found = [self._at(head.claim_key(number)) for number in numbers]
        return [packed if packed and claimjson.is_written(packed) else None for packed in found]

    def concept(self, id: str) -> Concept | None:
        """The concept with this id; None where only the triples can tell."""
        packed = self._find(id)
        return unpack_concept(packed, id) if packed else None

    def articles(self, claim_id: str) -> frozenset[str] | None:
        """The ids of the articles that state the claim; None where only the triples can tell."""
        packed = self._find(claim_id)
        return unpack_articles(packed, claim_id) if packed else None

    def packed(self, id: str) -> bytes | None:
        """The record of what has this id; None where there is none."""
        return self._find(id) or None

    def has(self, id: str) -> bool:
        """Whether there is a record of what has this id."""
        return self.packed(id) is not None

    def ids(self) -> set[str]:
        """The ids of all that has a record; all records are read for it.

        Raises:
            Damaged: a record is not as it was written.
        """
        self._look()
        known: dict[int, str] = {}
        for segment in reversed(self._segments):
            for key, packed in segment.items():
                known[key] = id_in(packed) if packed else ""
        return set(known.values()) - {""}

    def _find(self, id: str) -> bytes | None:
        head = self._opened()
        return None if head is None else self._at(head.key(id))

    def _opened(self) -> Head | None:
        """The head, once there is one; what others have made since is opened now and then."""
        if not self._whole and time.monotonic() - self._looked >= _LOOK_EVERY:
            self._look()
        return self._head

    def _at(self, key: int) -> bytes | None:
        for segment in self._segments:
            try:
                packed = segment.find(key)
            except Damaged:
                return None
            if packed is not None:
                return packed
        return None

    def _look(self) -> None:
        """Open what there is by now."""
        self._looked = time.monotonic()
        self._head = self._head or Head.find(self._folder)
        if self._head is None:
            return
        whole = (self._folder / WHOLE).exists()
        known = {segment.path: segment for segment in self._segments}
        with suppress(Damaged, OSError):
            opened = [known.get(path) or Segment(path) for path in segments_in(self._folder)]
            self._segments = tuple(reversed(opened))
            self._whole = whole
