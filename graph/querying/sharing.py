"""Memory that two processes share: some hundred kilobytes go through it in a tenth of the time that a pipe takes."""

import mmap
import os
from collections.abc import Sequence
from typing import Final

SIZE: Final = 1 << 20
"""Bytes; not more than the largest answer that is read as a whole, since a stream is not shared."""

WORTHWHILE: Final = 1 << 15
"""Bytes from which it is faster than a pipe."""


class Shared:
    """A piece of memory with a file descriptor, by which a child process finds it.

    One process puts a body there and tells the other how long it is; nothing else may be put before it was taken.
    """

    def __init__(self, descriptor: int) -> None:
        self.descriptor = descriptor
        self._memory = mmap.mmap(descriptor, SIZE)

    @classmethod
    def make(cls) -> "Shared | None":
        """A new piece; None where the system has none."""
        if not hasattr(os, "memfd_create"):
            return None
        descriptor = os.memfd_create("answers")
        os.ftruncate(descriptor, SIZE)
        return cls(descriptor)

    def put(self, parts: Sequence[bytes]) -> bool:
        """Whether the parts, one after the other, stand there now: they are many and have room."""
        length = sum(map(len, parts))
        if not WORTHWHILE <= length <= SIZE:
            return False
        self._memory.seek(0)
        for part in parts:
            self._memory.write(part)
        return True

    def take(self, length: int) -> bytes:
        """A copy of the first so many bytes."""
        return self._memory[:length]

    def close(self) -> None:
        """Give it up."""
        self._memory.close()
        os.close(self.descriptor)
