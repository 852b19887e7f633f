"""What a process gives up that runs what strangers wrote: memory without end, network, programs, outliving its parent.

All but the first on Linux only. The seccomp filter (seccomp(2), classic BPF) refuses the system calls below with
EPERM, in every thread of the process and all that they start, and cannot be taken back. Files stay open to it:
RocksDB needs them.
"""

import ctypes
import errno
import os
import platform
import resource
import signal
import struct
import sys
from pathlib import Path
from typing import Final

_SIZES: Final = Path("/proc/self/statm")

_CALLS: Final = {
    # name: (x86_64, aarch64), from the kernel's tables
    "socket": (41, 198),
    "socketpair": (53, 199),
    "connect": (42, 203),
    "bind": (49, 200),
    "listen": (50, 201),
    "accept": (43, 202),
    "accept4": (288, 242),
    "sendto": (44, 206),
    "sendmsg": (46, 211),
    "execve": (59, 221),
    "execveat": (322, 281),
    "ptrace": (101, 117),
    "process_vm_writev": (311, 271),
    "io_uring_setup": (425, 425),
}
_MACHINES: Final = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}
"""Column of `_CALLS`, and the architecture's number in a filter."""

_SECCOMP: Final = {"x86_64": 317, "aarch64": 277}
_PR_SET_PDEATHSIG: Final = 1
_PR_SET_NO_NEW_PRIVS: Final = 38
_SET_MODE_FILTER: Final = 1
_FLAG_TSYNC: Final = 1
_X32: Final = 0x40000000
_ALLOW: Final = 0x7FFF0000
_REFUSE: Final = 0x00050000 | errno.EPERM
_KILL: Final = 0x80000000

# Classic BPF: load a word of `struct seccomp_data`, jump where equal or not below, return.
_LOAD: Final = 0x20
_EQUAL: Final = 0x15
_NOT_BELOW: Final = 0x35
_RETURN: Final = 0x06
_NUMBER_AT: Final = 0
_MACHINE_AT: Final = 4


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_char_p))


def limit_memory(memory: int) -> None:
    """Let the process grow by so many bytes of address space beyond what it has now."""
    pages = int(_SIZES.read_text().split()[0]) if _SIZES.exists() else 0
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    wanted = pages * resource.getpagesize() + memory
    resource.setrlimit(resource.RLIMIT_AS, (wanted if hard < 0 else min(wanted, hard), hard))


def die_with_parent(parent: int | None = None) -> None:
    """Have the kernel kill this process when its parent ends, whatever ends it; nothing elsewhere than on Linux.

    `parent` is the parent's id, where it may have ended before this is called.
    """
    if sys.platform == "linux":
        parent = parent or os.getppid()
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        if os.getppid() != parent:  # it has ended
            os.kill(os.getpid(), signal.SIGKILL)


def seal() -> bool:
    """Whether the process was cut off; False where the system has no such filter (another than Linux, an old one)."""
    machine = platform.machine()
    if sys.platform != "linux" or machine not in _MACHINES:
        return False
    code = _filter(machine)
    program = _Program(len(code) // 8, code)
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        return False
    return int(libc.syscall(_SECCOMP[machine], _SET_MODE_FILTER, _FLAG_TSYNC, ctypes.byref(program))) == 0


def _filter(machine: str) -> bytes:
    column, number = _MACHINES[machine]
    refused = sorted(numbers[column] for numbers in _CALLS.values())
    code = [
        (_LOAD, 0, 0, _MACHINE_AT),
        (_EQUAL, 1, 0, number),
        (_RETURN, 0, 0, _KILL),  # calls of another architecture have other numbers
        (_LOAD, 0, 0, _NUMBER_AT),
        (_NOT_BELOW, len(refused) + 1, 0, _X32),
    ]
    code += [(_EQUAL, len(refused) - place, 0, call) for place, call in enumerate(refused)]
    code += [(_RETURN, 0, 0, _ALLOW), (_RETURN, 0, 0, _REFUSE)]
    return b"".join(struct.pack("=HBBI", *instruction) for instruction in code)
