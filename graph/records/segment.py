"""Bytes by key in a file that is written once and looked up where it lies, so that it takes no memory.

    magic, 8 bytes
    a record after the other, each at a multiple of 8: the length and the CRC-32 of its content (4 bytes each), its key
    (8 bytes), then the content
    where the record of each slot is, by 8 (4 bytes), 0 where a slot is empty; the slots are a power of two
    a tag of each slot: the first byte of its key
    how many slots there are, where the slots begin, how many keys, magic (8 bytes each)

A key's slot is the one its last bits name, or the first free one after it. Only the slots are mapped: of 256 keys that
are not there the tags let all but one be passed over without reading. Of records with one key the last counts, and one
without content says that nothing is known of its key. All numbers are little-endian.
"""

import mmap
import os
import struct
import sys
import zlib
from array import array
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final
from weakref import finalize

MAGIC: Final = b"etiorec2"
MOST: Final = 1 << 19
"""Records of one file, so that its slots can be made in little memory."""

_HEAD: Final = struct.Struct("<IIQ")
_FOOT: Final = struct.Struct("<QQQ8s")
_UNIT: Final = 8
_MOST_BYTES: Final = _UNIT << 31
"""Bytes of one file."""

_PLACE: Final = array("I").itemsize
_AT_ONCE: Final = 2048
"""Bytes that are read of a record and its head; most have fewer."""

_TAG_FROM: Final = 56
"""The bit of a key that its tag begins at."""

_FIRST_BYTE: Final = 7 if sys.byteorder == "little" else 0
"""The place of that byte of a key in memory."""

_WRITTEN_AT_ONCE: Final = 1 << 20
_FEWEST: Final = 8
"""Slots that a file begins with; at most half of them are taken before it has twice as many."""


class Damaged(Exception):
    """A file, or a record of it, is not as it was written."""


class Segment:
    """A finished file, open until it is closed or garbage; looked up without being read. Threads may share it.

    Raises:
        Damaged: it is not whole.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._descriptor = os.open(path, os.O_RDONLY)
        self._finalizer = finalize(self, os.close, self._descriptor)
        size = os.fstat(self._descriptor).st_size
        foot = os.pread(self._descriptor, _FOOT.size, max(0, size - _FOOT.size))
        if len(foot) != _FOOT.size or not foot.endswith(MAGIC):
            raise Damaged(f"{path} is not whole")
        slots, start, self.count, _ = _FOOT.unpack(foot)
        if start % _UNIT or start + slots * (_PLACE + 1) + _FOOT.size != size or slots & (slots - 1):
            raise Damaged(f"{path} is not whole")
        mapped = _mapped(self._descriptor, start, slots * (_PLACE + 1))
        self._places, self._tags = _numbers(mapped[: slots * _PLACE]), mapped[slots * _PLACE :]

    def find(self, key: int) -> bytes | None:
        """The content of the key's record, empty where it says that nothing is known; None where there is no record.

        Raises:
            Damaged: the record is not as it was written.
        """
        places, tags = self._places, self._tags
        tag, last = key >> _TAG_FROM, len(tags) - 1
        slot = key & last
        for _ in range(len(tags)):
            place = places[slot]
            if not place:
                return None
            if tags[slot] == tag:
                found, content = self._read(place * _UNIT)
                if found == key:
                    return content
            slot = (slot + 1) & last
        return None

    def items(self) -> Iterator[tuple[int, bytes]]:
        """All keys, each with its content, in no order."""
        for place in self._places:
            if place:
                yield self._read(place * _UNIT)

    def close(self) -> None:
        """Close the file; twice does no harm."""
        self._finalizer()

    def _read(self, offset: int) -> tuple[int, bytes]:
        """The key and the content of a record."""
        read = os.pread(self._descriptor, _AT_ONCE, offset)
        if len(read) < _HEAD.size:
            raise Damaged(f"{self.path}: there is no record at {offset}")
        size, crc, key = _HEAD.unpack_from(read)
        content = read[_HEAD.size : _HEAD.size + size]
        if len(content) < size:
            content += os.pread(self._descriptor, size - len(content), offset + len(read))
        if zlib.crc32(content) != crc or len(content) != size:
            raise Damaged(f"{self.path}: the record at {offset} is not as it was written")
        return key, content


def _mapped(descriptor: int, start: int, size: int) -> memoryview:
    """Some bytes of a file, mapped."""
    before = start % mmap.ALLOCATIONGRANULARITY
    whole = mmap.mmap(descriptor, before + size, access=mmap.ACCESS_READ, offset=start - before)
    return memoryview(whole)[before:]


def _numbers(mapped: memoryview) -> Sequence[int]:
    """Little-endian numbers."""
    if sys.byteorder == "little":
        return mapped.cast("I")
    numbers = array("I", mapped.tobytes())
    numbers.byteswap()
    return numbers


class Making:
    """A file of records that is written as they come, and may be looked up meanwhile; it is one once it is finished."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._keys = array("Q", bytes(8 * _FEWEST))
        self._places = array("I", bytes(_PLACE * _FEWEST))
        self._count = 0
        self._waiting = bytearray(MAGIC)
        self._written = 0

    def __len__(self) -> int:
        return self._count

    @property
    def is_full(self) -> bool:
        """Whether it has as much as one file may."""
        return self._count >= MOST or self._written + len(self._waiting) >= _MOST_BYTES

    def add(self, key: int, content: bytes) -> None:
        """Add a record, which is not over 4 GiB."""
        self._put(key, self._next() // _UNIT)
        self._waiting += _HEAD.pack(len(content), zlib.crc32(content), key)
        self._waiting += content
        if len(self._waiting) >= _WRITTEN_AT_ONCE:
            self._write()

    def find(self, key: int) -> bytes | None:
        """The content of the key's last record; None where there is none."""
        offset = self._places[self._slot(key)] * _UNIT
        if not offset:
            return None
        if offset >= self._written:
            at = offset - self._written
            size, *_ = _HEAD.unpack_from(self._waiting, at)
            return bytes(self._waiting[at + _HEAD.size : at + _HEAD.size + size])
        with self._path.open("rb") as file:
            file.seek(offset)
            size, *_ = _HEAD.unpack(file.read(_HEAD.size))
            return file.read(size)

    def finish(self) -> Path:
        """Have all of it on disk; the path of it."""
        at, slots = self._next(), len(self._places)
        tags = self._keys.tobytes()[_FIRST_BYTE :: self._keys.itemsize]
        if sys.byteorder == "big":
            self._places.byteswap()
        self._waiting += self._places.tobytes()
        self._waiting += tags
        self._waiting += _FOOT.pack(slots, at, self._count, MAGIC)
        self._write()
        with self._path.open("rb") as file:
            os.fsync(file.fileno())
        return self._path

    def drop(self) -> None:
        """Have no such file."""
        self._path.unlink(missing_ok=True)

    def _next(self) -> int:
        """Where what comes next begins, once there is room before it."""
        self._waiting += bytes(-(self._written + len(self._waiting)) % _UNIT)
        return self._written + len(self._waiting)

    def _write(self) -> None:
        with self._path.open("ab" if self._written else "wb") as file:
            self._written += file.write(self._waiting)
        self._waiting.clear()

    def _put(self, key: int, place: int) -> None:
        if 2 * self._count >= len(self._keys):
            former = zip(self._keys, self._places, strict=True)
            slots = 2 * len(self._keys)
            self._keys, self._places = array("Q", bytes(8 * slots)), array("I", bytes(_PLACE * slots))
            self._count = 0
            for known, at in former:
                if at:
                    self._put(known, at)
        slot = self._slot(key)
        self._count += not self._places[slot]
        self._keys[slot], self._places[slot] = key, place

    def _slot(self, key: int) -> int:
        """The slot in which the key stands, or would."""
        keys, places, last = self._keys, self._places, len(self._keys) - 1
        slot = key & last
        while places[slot] and keys[slot] != key:
            slot = (slot + 1) & last
        return slot
