"""Other programs that a benchmark starts: their memory, their ports, their end."""

import os
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path


def family(root: int) -> Iterator[int]:
    """The process and all below it."""
    yield root
    with suppress(OSError):
        for task in Path(f"/proc/{root}/task").iterdir():
            for child in (task / "children").read_text().split():
                yield from family(int(child))


def children(pid: int) -> list[int]:
    """The processes that this one started, the first one first."""
    with suppress(OSError):
        return sorted(
            int(child)
            for task in Path(f"/proc/{pid}/task").iterdir()
            for child in (task / "children").read_text().split()
        )
    return []


def resident(pid: int) -> int:
    """Bytes of the process that are in memory, those it shares included."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    except (OSError, IndexError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


def resident_family(root: int) -> int:
    """Bytes of the process and all below it that are in memory."""
    return sum(resident(pid) for pid in family(root))


def private(pid: int) -> int:
    """Bytes of memory that the process shares with no other, mapped files among them; 0 where it has ended."""
    return _rolled_up(pid, ("Private_Clean:", "Private_Dirty:"))


def written(pid: int) -> int:
    """Bytes of these that it has written to: its own, which no file holds too."""
    return _rolled_up(pid, ("Private_Dirty:",))


def _rolled_up(pid: int, names: tuple[str, ...]) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) for line in lines if line.startswith(names)) * 1024


def free_port() -> int:
    """A port of loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(address: str, process: "subprocess.Popen[bytes]", seconds: float) -> None:
    """Return once the address answers anything.

    Raises:
        RuntimeError: the process ended, or it did not answer in time.
    """
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"what should answer at {address} ended with {process.returncode}")
        try:
            with urllib.request.urlopen(address, timeout=5):  # noqa: S310 - an address of loopback
                return
        except urllib.error.HTTPError as error:
            error.close()
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"{address} did not answer within {seconds:g} s")


def end(process: "subprocess.Popen[bytes]") -> None:
    """End the process and wait for it."""
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
