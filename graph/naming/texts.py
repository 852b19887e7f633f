"""Many sorted texts as two files: their bytes one after the other, and where each ends."""

import mmap
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate
from pathlib import Path
from typing import overload

import numpy as np
import numpy.typing as npt


class Texts(Sequence[bytes]):
    """Texts in UTF-8 in the order of their bytes, which is that of their code points; equal ones stand together.

    `letters` are all their bytes (uint8), text n up to `ends[n]` (int64).
    """

    __slots__ = ("_data", "ends", "letters")

    def __init__(self, data: bytes | mmap.mmap, ends: npt.NDArray[np.int64]) -> None:
        self._data = data
        self.ends = ends
        self.letters: npt.NDArray[np.uint8] = np.frombuffer(data, np.uint8)

    @classmethod
    def of(cls, texts: Sequence[bytes]) -> "Texts":
        """These texts, which are sorted."""
        return cls(b"".join(texts), np.fromiter(accumulate(map(len, texts)), np.int64, len(texts)))

    @classmethod
    def encoded(cls, texts: Iterable[str]) -> "Texts":
        """The same of sorted strings."""
        return cls.of([utf8(text) for text in texts])

    def save(self, stem: Path) -> None:
        """Write `stem`.bin and `stem`.npy."""
        stem.with_suffix(".bin").write_bytes(self._data)
        np.save(stem.with_suffix(".npy"), self.ends)

    @classmethod
    def load(cls, stem: Path) -> "Texts":
        """What `save` wrote, mapped."""
        ends = np.load(stem.with_suffix(".npy"), mmap_mode="r").view(np.ndarray)
        if not len(ends) or not ends[-1]:  # nothing cannot be mapped
            return cls(b"", ends)
        with stem.with_suffix(".bin").open("rb") as file:
            return cls(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ), ends)

    def __len__(self) -> int:
        return len(self.ends)

    @overload
    def __getitem__(self, place: int) -> bytes: ...
    @overload
    def __getitem__(self, place: slice) -> list[bytes]: ...
    def __getitem__(self, place: int | slice) -> bytes | list[bytes]:
        if isinstance(place, slice):
            return [self[one] for one in range(*place.indices(len(self)))]
        if not 0 <= place < len(self.ends):
            raise IndexError(place)
        return self._data[self.start(place) : int(self.ends[place])]

    def start(self, place: int) -> int:
        """Where the bytes of a text begin among all."""
        return int(self.ends[place - 1]) if place else 0

    def equal(self, text: bytes) -> range:
        """The places of this text; an empty range where it is missing."""
        first = bisect_left(self, text)
        if first < len(self) and self[first] == text:
            return range(first, bisect_right(self, text, lo=first))
        return range(first, first)

    def beginning(self, prefix: bytes) -> range:
        """The places of the texts that begin with `prefix`."""
        first = bisect_left(self, prefix)
        return range(first, bisect_right(self, prefix, lo=first, key=lambda text: text[: len(prefix)]))

    def has_beginning(self, prefix: bytes) -> bool:
        """Whether one of the texts begins with `prefix`."""
        first = bisect_left(self, prefix)
        return first < len(self) and self[first].startswith(prefix)


def utf8(text: str) -> bytes:
    """The bytes of a text; half a surrogate pair, which no stored text has, is none that fails."""
    return text.encode("utf-8", "surrogatepass")
