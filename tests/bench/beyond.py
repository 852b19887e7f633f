"""How long the questions beyond one pair take on a store, and how often a differential finds what it was asked about.

    python tests/bench/beyond.py FOLDER [--conditions N] [--seed N]

Random conditions of the store are asked about by five of the findings that they show, taken by chance. The condition
the findings are of is the one looked for: this says how well a ranking tells conditions apart by what the store itself
says of them, and nothing about patients. Times are of the first asking, in-process.
"""

import argparse
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from graph.between import find_between
from graph.common import find_common
from graph.conflicts import find_conflicts
from graph.differential import find_differential
from graph.storednetwork import StoredNetwork
from ontology.terms import Predicate

FINDINGS = 5
SHOWN = 20


def cases(network: StoredNetwork, number: int, chance: random.Random) -> Iterator[tuple[str, list[str]]]:
    """So many conditions, each with five of the findings that it shows."""
    conditions = sorted({link.subject for link in network.links() if link.predicate is Predicate.HAS_SYMPTOM})
    chance.shuffle(conditions)
    for condition in conditions:
        found = {
            link.object
            for link in network.links_from(condition)
            if link.predicate is Predicate.HAS_SYMPTOM and not link.negated
        }
        if len(found) >= FINDINGS and number > 0:
            number -= 1
            yield condition, chance.sample(sorted(found), FINDINGS)


def timed(name: str, questions: Iterable[Callable[[], object]]) -> None:
    """Ask all and print how long they took."""
    taken = []
    for ask in questions:
        began = time.perf_counter()
        ask()
        taken.append(1000 * (time.perf_counter() - began))
    cuts = statistics.quantiles(taken, n=100) if len(taken) > 1 else taken * 99
    sys.stdout.write(
        f"{name}: {len(taken)} asked, p50 {cuts[49]:.1f} ms, p95 {cuts[94]:.1f} ms, most {max(taken):.1f} ms\n"
    )


def main() -> None:
    """Ask everything of the store in a folder."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--conditions", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    network = StoredNetwork.open(asked.folder)
    chosen = tuple(cases(network, asked.conditions, random.Random(asked.seed)))  # noqa: S311
    ranks: list[int | None] = []

    def differential(condition: str, findings: list[str]) -> None:
        found = find_differential(network, findings, limit=SHOWN)
        ranks.append(next((row.rank for row in found.candidates if row.concept.id == condition), None))

    timed("differential of five findings", [partial(differential, *case) for case in chosen])
    first, ten = (sum(rank is not None and rank <= most for rank in ranks) for most in (1, 10))
    sys.stdout.write(f"the condition was ranked first {first} times, among the first ten {ten} times\n")
    timed("common causes of two, three hops", [partial(find_common, network, found[:2]) for _, found in chosen])
    timed(
        "chains to five, three hops", [partial(find_between, network, [of], found, max_hops=3) for of, found in chosen]
    )
    timed("conflicts about one", [partial(find_conflicts, network, of) for of, _ in chosen])
    timed("all conflicts", [partial(find_conflicts, network)])


if __name__ == "__main__":
    main()
