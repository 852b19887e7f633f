"""How long paths take that are asked for the first time, in-process: `coldpaths.py FOLDER [--pairs 200] [--seed 1]`.

Random pairs of a condition that has a symptom and a symptom that a condition has, each pair asked once a question of a
graph that was opened for the question and has answered one other pair, in a process that looks for garbage as a server
does. The links must lie in arrays and claims have records, as `etiograph serve` makes them. Prints the wall time and
the processor time of the asking thread, and how many answers were cut short.
"""

import argparse
import random
import statistics
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

sys.path.insert(0, str(Path(__file__).parents[2]))

from graph.ownmemory import look_seldom_for_garbage
from graph.paths import find_paths
from graph.storednetwork import StoredNetwork
from ontology.terms import Certainty, Predicate

QUESTIONS: Final[Mapping[str, Mapping[str, Any]]] = {
    "explanation": {},
    "specificity": {"rank": "specificity"},
    "either way": {"directed": False},
    "either way, specificity": {"directed": False, "rank": "specificity"},
    "either way, 50 chains": {"directed": False, "k": 50},
    "asserted, 3 hops": {"min_certainty": Certainty.ASSERTED, "max_hops": 3},
    "20 articles": {"min_articles": 20, "directed": False},
}


def pairs(folder: Path, number: int, chance: random.Random) -> list[tuple[str, str]]:
    """So many pairs and one more."""
    shown = [link for link in StoredNetwork.open(folder).links() if link.predicate is Predicate.HAS_SYMPTOM]
    conditions, symptoms = (sorted({getattr(link, end) for link in shown}) for end in ("subject", "object"))
    return [(chance.choice(conditions), chance.choice(symptoms)) for _ in range(number + 1)]


def line(name: str, taken: list[float]) -> str:
    """The median, the 99th percentile and the most, in milliseconds."""
    cuts = statistics.quantiles(taken, n=100)
    return f"{name} p50 {1000 * cuts[49]:.1f}, p99 {1000 * cuts[98]:.1f}, most {1000 * max(taken):.1f} ms"


def main() -> None:
    """Ask every question about every pair."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pairs", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    chosen = pairs(asked.folder, asked.pairs, random.Random(asked.seed))  # noqa: S311
    look_seldom_for_garbage()
    for name, options in QUESTIONS.items():
        network = StoredNetwork.open(asked.folder)
        find_paths(network, *chosen[-1], **options)
        wall, processor, truncated, empty = [], [], 0, 0
        for source, target in chosen[:-1]:
            began, of_thread = time.perf_counter(), time.thread_time()
            answer = find_paths(network, source, target, **options)
            wall.append(time.perf_counter() - began)
            processor.append(time.thread_time() - of_thread)
            truncated += answer.truncated
            empty += not answer.paths
        sys.stdout.write(f"{name}: {line('wall', wall)}; {line('processor', processor)}; ")
        sys.stdout.write(f"{truncated} cut short, {empty} without a path\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
