"""The arrays of names: what is kept, and how it comes into files and back mapped.

    DATA/snapshots/NAME/names-1/    made under another name and renamed; deleted with the snapshot
        keys/ words/ spellings/ concepts/       one folder for each class below, one or two files for each field

A *key* is a name as names are compared (`ontology.names.name_key`); keys are numbered in order. Concepts are numbered
in the order of their ids. An *entry* says that a concept has a key.
"""

from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Final, TypeVar

import numpy as np
import numpy.typing as npt

from graph.naming.texts import Texts

FOLDER: Final = "names-1"
"""The number is that of the format: what was written in another one is not found and so made anew."""

LONGEST: Final = 0xFFFF
"""Longest name, in characters, that is told from a longer one where lengths count."""

Numbers = npt.NDArray[np.int32]
"""Numbers of keys, entries or concepts."""


@dataclass(frozen=True, slots=True, eq=False)
class Keys:
    """All keys, and whose names they are. Entries are sorted by key, rank, concept; each is there once."""

    texts: Texts
    first_entry: Numbers
    """[keys + 1] Entries of key n are first_entry[n] … first_entry[n + 1]."""
    of_entry: Numbers
    weights: npt.NDArray[np.int32]
    """[entries] 65,536 times the name's rank (`ontology.resolving.name_rank`) and the characters of the key, at most
    `LONGEST`: the less, the sooner it counts."""
    concepts: Numbers
    """[entries]"""
    singulars: Texts
    """The singular of every key that has another one."""
    plurals: Numbers
    """[singulars] The key."""


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """The words of keys but their first, each with all places where it stands, in order of word and place."""

    texts: Texts
    first_place: npt.NDArray[np.int64]
    """[words + 1] The places of word n are first_place[n] … first_place[n + 1]."""
    keys: Numbers
    """[places] In which key."""
    starts: npt.NDArray[np.int64]
    """[places] At which byte of all keys."""


@dataclass(frozen=True, slots=True, eq=False)
class Spellings:
    """The characters of keys, for a comparison of many at once; keys are in order of length, then number.

    A character is a code of one byte. The `alphabet` has the common ones, code 1 for the first; rare ones share the
    codes from `graph.naming.alphabet.SHARED` up.
    """

    alphabet: npt.NDArray[np.uint32]
    """Code points."""
    keys: Numbers
    first: Numbers
    """Keys of n characters stand at first[n] … first[n + 1]."""
    codes: npt.NDArray[np.uint8]
    """The codes of all keys, one key after the other."""
    bags: npt.NDArray[np.uint8]
    """[bins, keys] How often a key has characters of the bin (`graph.naming.alphabet.bins`), at most 255."""


@dataclass(frozen=True, slots=True, eq=False)
class Concepts:
    """The concepts."""

    ids: Texts
    kinds: npt.NDArray[np.uint16]
    """[concepts] One bit a kind, in the order of `Kind`."""
    labelled: Numbers
    """[concepts] The concepts in order of their labels in any case."""


@dataclass(frozen=True, slots=True, eq=False)
class NameArrays:
    """All arrays of one vocabulary."""

    keys: Keys
    words: Words
    spellings: Spellings
    concepts: Concepts

    def save(self, folder: Path) -> None:
        """Write them into a folder that is there and empty."""
        for part in fields(self):
            (folder / part.name).mkdir()
            _save(folder / part.name, getattr(self, part.name))

    @classmethod
    def load(cls, folder: Path) -> "NameArrays":
        """What `save` wrote, mapped read-only."""
        return cls(
            _load(folder / "keys", Keys),
            _load(folder / "words", Words),
            _load(folder / "spellings", Spellings),
            _load(folder / "concepts", Concepts),
        )


_Part = TypeVar("_Part", Keys, Words, Spellings, Concepts)


def _save(folder: Path, part: Keys | Words | Spellings | Concepts) -> None:
    for field in fields(part):
        value = getattr(part, field.name)
        if isinstance(value, Texts):
            value.save(folder / field.name)
        else:
            np.save(folder / f"{field.name}.npy", value)


def _load(folder: Path, part: type[_Part]) -> _Part:
    loaded: list[Any] = [  # the types are those that the fields had when they were saved
        Texts.load(folder / field.name)
        if field.type is Texts
        else np.load(folder / f"{field.name}.npy", mmap_mode="r").view(np.ndarray)
        for field in fields(part)
    ]
    return part(*loaded)
