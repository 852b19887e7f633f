"""The memory that this process shares with no other, and giving back what it does not use any more."""

import ctypes
import os
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

_STATM = Path("/proc/self/statm")
_ARENA_MAX = -8
"""`M_ARENA_MAX` of glibc's `malloc.h`; others do not know it and do nothing."""


def own_memory() -> int:
    """Bytes in memory that are this process's own, those of mapped files left out; 0 where the system does not say."""
    try:
        _, resident, shared, *_ = _STATM.read_text().split()
    except OSError:
        return 0
    return (int(resident) - int(shared)) * os.sysconf("SC_PAGE_SIZE")


def give_back() -> None:
    """Have the system take what was freed but kept for later, where the C library can."""
    trim = _trim()
    if trim is not None:
        trim(0)


def keep_together() -> None:
    """Have threads that start from now on take memory from one heap, where the C library can.

    With a heap a thread, as glibc has them, each keeps what its own questions needed at most.
    """
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).mallopt(_ARENA_MAX, 1)


@cache
def _trim() -> Any:
    with suppress(OSError, AttributeError):
        return ctypes.CDLL(None).malloc_trim
    return None
