"""Times every example query in the engine itself: `examples.py FOLDER [--again 7]`, slowest first, in milliseconds.

FOLDER is a data folder, such as one of the bundled articles or the one that `hpo.py` writes. Each time is the median
of so many runs, all rows read; a query that takes longer than five seconds is run once.
"""

import argparse
import sys
import time
from pathlib import Path
from statistics import median

import pyoxigraph

sys.path.insert(0, str(Path(__file__).parents[2]))

from graph.describing.example import Example, examples
from graph.snapshot import Snapshot


def timed(store: pyoxigraph.Store, example: Example, again: int) -> tuple[float, int]:
    """Milliseconds and rows, triples or truth values."""
    times: list[float] = []
    rows = 0
    while len(times) < again and (not times or times[0] < 5000):
        began = time.perf_counter()
        answer = store.query(example.query)
        rows = 1 if isinstance(answer, pyoxigraph.QueryBoolean) else sum(1 for _ in answer)
        times.append((time.perf_counter() - began) * 1000)
    return median(times), rows


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--again", type=int, default=7)
    given = parser.parse_args()
    with Snapshot.open(given.folder) as snapshot:
        found = [
            (*timed(snapshot.store, example, given.again), example.name)
            for example in examples()
            if not example.federates_with
        ]
    for milliseconds, rows, name in sorted(found, reverse=True):
        sys.stdout.write(f"{milliseconds:10.2f} {rows:8} {name}\n")


if __name__ == "__main__":
    main()
