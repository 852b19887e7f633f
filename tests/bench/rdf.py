"""Imports a large RDF file whose last line is broken, then the same file mended: what stays, how long, how much memory.

    make bench-rdf ARGS='--megabytes 100'

The file is N-Triples made up of eight properties a thing, every object another text. Time and memory are those of the
command, memory of the largest of its processes.
"""

import argparse
import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).parents[2]))

from graph.store import Snapshot, Store

_LINE = '<http://example.org/thing/{thing}> <http://example.org/property/{property}> "value {number} of a thing" .\n'
_BROKEN = b"<http://example.org/thing/last> <http://example.org/property/0> .\n"


def say(line: str) -> None:
    """Print a line."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def write(path: Path, size: int) -> int:
    """How many triples were written so that the file has `size` bytes or a few more."""
    number = 0
    with path.open("w", encoding="ascii") as file:
        while file.tell() < size:
            rows = range(number, number + 10_000)
            file.writelines(_LINE.format(thing=row // 8, property=row % 8, number=row) for row in rows)
            number += len(rows)
    return number


def imported(path: Path, data: Path) -> tuple[subprocess.CompletedProcess[str], float]:
    """What the command said, and after how many seconds."""
    begun = time.perf_counter()
    command = [
        sys.executable,
        "-c",
        "from api.cli import main; main()",
        "import",
        "rdf",
        str(path),
        "--data",
        str(data),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done, time.perf_counter() - begun


def content(data: Path) -> tuple[str, int]:
    """The hash of the snapshot, and how many named graphs it has."""
    with Snapshot.open(data) as snapshot:
        return snapshot.hash, len(list(snapshot.store.named_graphs()))


def peak() -> int:
    """MB of the largest process that has ended."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024


def main(arguments: Sequence[str]) -> int:
    """0 if nothing of the broken file stayed and all of the mended one came."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--megabytes", type=int, default=1000, help="size of the file")
    given = parser.parse_args(arguments)
    with TemporaryDirectory() as folder:
        path, data = Path(folder, "large.nt"), Path(folder, "data")
        Store.open(data).close()
        before = content(data)
        triples = write(path, given.megabytes * 1_000_000)
        whole = path.stat().st_size
        with path.open("ab") as file:
            file.write(_BROKEN)
        done, seconds = imported(path, data)
        nothing = content(data) == before and not (data / "importing").exists()
        say(f"{whole / 1e6:,.0f} MB, {triples:,} triples, the last line broken: {seconds:.0f} s, {peak():,} MB")
        say(f"  {done.stderr.strip().splitlines()[-1]}")
        say(f"  nothing of it stayed: {nothing}, exit code {done.returncode}")
        with path.open("r+b") as file:
            file.truncate(whole)
        mended, seconds = imported(path, data)
        say(f"mended: {seconds:.0f} s, {triples / seconds:,.0f} triples/s, {peak():,} MB")
        say(mended.stdout.strip() or mended.stderr.strip())
    return 0 if nothing and done.returncode == 1 and mended.returncode == 0 else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
