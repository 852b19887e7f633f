"""The memory that this process shares with no other, and giving back what it does not use any more."""

import ctypes
import gc
import os
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any, Final

_STATM = Path("/proc/self/statm")
_ARENA_MAX = -8
"""`M_ARENA_MAX` of glibc's `malloc.h`; others do not know it and do nothing."""

_SELDOM: Final = (50_000, 20, 100)
"""Things made before Python looks for garbage among them, and such looks before it looks among older ones too.

An answer makes some ten thousand things and leaves next to no garbage; claims that are kept for later answers are old.
To look through all of these takes as long as an answer, and comes upon one out of a hundred.
"""


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


def look_seldom_for_garbage() -> None:
    """Have Python look for garbage as a server should: never among what is there now, seldom among what comes."""
    gc.freeze()
    gc.set_threshold(*_SELDOM)
    gc.enable()


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
