"""Bytes by key in a file that is written once and looked up where it lies, so that it takes no memory.

    magic, 8 bytes
    a record after the other: its length and the CRC-32 of its content (4 bytes each), then the content
    a table of slots, a power of two: key and offset of its record (8 bytes each), offset 0 where a slot is empty
    a tag of each slot: the first byte of its key, or 1 where that is 0; 0 where the slot is empty
    how many slots there are, the offset of the table, how many keys, magic (8 bytes each)

A key's slot is the one its last bits name, or the first free one after it. Only the tags are mapped: where one is not
that of a key, which of 256 keys that are not there is true of all but one, the slot need not be read. Of records with
one key the last counts, and one without content says that nothing is known of its key. All numbers are little-endian.
"""

import mmap
import os
import struct
import sys
import zlib
from array import array
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from weakref import finalize

MAGIC: Final = b"etiorec2"
MOST: Final = 1 << 19
"""Records of one file, so that its table can be made in little memory."""

_HEAD: Final = struct.Struct("<II")
_SLOT: Final = struct.Struct("<QQ")
_FOOT: Final = struct.Struct("<QQQ8s")
_AT_ONCE: Final = 2040
"""Bytes of a record that are read with its head; most have fewer."""

_TAG_FROM: Final = 56
"""The bit of a key that its tag begins at."""

_WRITTEN_AT_ONCE: Final = 1 << 20
_FEWEST: Final = 8
"""Slots that a table begins with; at most half of them are taken before it has twice as many."""


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
        self._slots, self._table, self.count, _ = _FOOT.unpack(foot)
        tags = self._table + self._slots * _SLOT.size
        if tags + self._slots + _FOOT.size != size:
            raise Damaged(f"{path} is not whole")
        self._tags = _mapped(self._descriptor, tags, self._slots)

    def find(self, key: int) -> bytes | None:
        """The content of the key's record, empty where it says that nothing is known; None where there is no record.

        Raises:
            Damaged: the record is not as it was written.
        """
        tags, last, wanted = self._tags, self._slots - 1, _tag(key)
        place = key & last
        for _ in range(self._slots):
            tag = tags[place]
            if tag == 0:
                return None
            if tag == wanted:
                slot = os.pread(self._descriptor, _SLOT.size, self._table + place * _SLOT.size)
                found, offset = _SLOT.unpack(slot)
                if found == key:
                    return self._content(offset)
            place = (place + 1) & last
        return None

    def items(self) -> Iterator[tuple[int, bytes]]:
        """All keys, each with its content, in no order."""
        table = os.pread(self._descriptor, self._slots * _SLOT.size, self._table)
        for key, offset in _SLOT.iter_unpack(table):
            if offset:
                yield key, self._content(offset)

    def close(self) -> None:
        """Close the file; twice does no harm."""
        self._finalizer()

    def _content(self, offset: int) -> bytes:
        read = os.pread(self._descriptor, _HEAD.size + _AT_ONCE, offset)
        size, crc = _HEAD.unpack_from(read)
        content = read[_HEAD.size : _HEAD.size + size]
        if len(content) < size:
            content += os.pread(self._descriptor, size - len(content), offset + len(read))
        if len(content) != size or zlib.crc32(content) != crc:
            raise Damaged(f"{self.path}: the record at {offset} is not as it was written")
        return content


def _mapped(descriptor: int, start: int, size: int) -> memoryview:
    """Some bytes of a file, mapped."""
    before = start % mmap.ALLOCATIONGRANULARITY
    whole = mmap.mmap(descriptor, before + size, access=mmap.ACCESS_READ, offset=start - before)
    return memoryview(whole)[before:]


def _tag(key: int) -> int:
    return key >> _TAG_FROM or 1


class Making:
    """A file of records that is written as they come, and may be looked up meanwhile; it is one once it is finished."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._table = array("Q", bytes(_FEWEST * _SLOT.size))
        self._tags = bytearray(_FEWEST)
        self._count = 0
        self._waiting = bytearray(MAGIC)
        self._written = 0

    def __len__(self) -> int:
        return self._count

    def add(self, key: int, content: bytes) -> None:
        """Add a record, which is not over 4 GiB."""
        self._put(key, self._written + len(self._waiting))
        self._waiting += _HEAD.pack(len(content), zlib.crc32(content))
        self._waiting += content
        if len(self._waiting) >= _WRITTEN_AT_ONCE:
            self._write()

    def find(self, key: int) -> bytes | None:
        """The content of the key's last record; None where there is none."""
        offset = self._table[self._place(key) + 1]
        if not offset:
            return None
        if offset >= self._written:
            at = offset - self._written
            size, _ = _HEAD.unpack_from(self._waiting, at)
            return bytes(self._waiting[at + _HEAD.size : at + _HEAD.size + size])
        with self._path.open("rb") as file:
            file.seek(offset)
            size, _ = _HEAD.unpack(file.read(_HEAD.size))
            return file.read(size)

    def finish(self) -> Path:
        """Have all of it on disk; the path of it."""
        at, slots = self._written + len(self._waiting), len(self._table) // 2
        if sys.byteorder == "big":
            self._table.byteswap()
        self._waiting += self._table.tobytes()
        self._waiting += self._tags
        self._waiting += _FOOT.pack(slots, at, self._count, MAGIC)
        self._write()
        with self._path.open("rb") as file:
            os.fsync(file.fileno())
        return self._path

    def drop(self) -> None:
        """Have no such file."""
        self._path.unlink(missing_ok=True)

    def _write(self) -> None:
        with self._path.open("ab" if self._written else "wb") as file:
            self._written += file.write(self._waiting)
        self._waiting.clear()

    def _put(self, key: int, offset: int) -> None:
        if 4 * self._count >= len(self._table):
            former = iter(self._table)
            self._table, self._count = array("Q", bytes(2 * len(self._table) * self._table.itemsize)), 0
            self._tags = bytearray(2 * len(self._tags))
            for known, at in zip(former, former, strict=True):
                if at:
                    self._put(known, at)
        place = self._place(key)
        self._count += not self._table[place + 1]
        self._table[place], self._table[place + 1] = key, offset
        self._tags[place // 2] = _tag(key)

    def _place(self, key: int) -> int:
        """Where in the table the key stands, or would."""
        table, last = self._table, len(self._table) - 1
        place = 2 * key & last
        while table[place + 1] and table[place] != key:
            place = place + 2 & last
        return place
