"""What processes of their own add to the folder of a published snapshot: each sort is made by one process at a time."""

import fcntl
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from graph.checkpoints import Hold


def add_to(snapshot: Path, add: Callable[[Path], object]) -> None:
    """Have `add` add something to the folder of a published snapshot, which stays meanwhile, unless it is gone."""
    try:
        hold = Hold(snapshot.with_name(f"{snapshot.name}.lock"))
    except FileNotFoundError:
        return
    with closing(hold):
        if snapshot.exists():
            add(snapshot)


@contextmanager
def turn(snapshot: Path, sort: str, *, wait: bool = True) -> Iterator[bool]:
    """Whether this process is the one that makes things of this sort; without `wait` False where another one is."""
    with (snapshot / f"{sort}.lock").open("ab") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True


def make_at_once(module: str, snapshot: Path) -> bool:
    """Whether a process of this module, which somebody waits for, has done its work on a snapshot's folder."""
    made = subprocess.run(  # noqa: S603  # this very program
        [sys.executable, "-P", "-m", module, str(snapshot.absolute()), "at once"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    return made.returncode == 0
