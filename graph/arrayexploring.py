"""What lies between two ends that no path joins, looked for in arrays of all links within a budget."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np

from graph.adjacency.walking import Mask, Ways
from graph.arraypaths import by_length, passing
from graph.hidden import FAR, Distances, distances
from graph.linkarrays import LinkArrays
from graph.nopath import MOST_NEAREST, Front, Loosened
from graph.steps import Walk

MOST_LINKS: Final = 50_000
"""How many links are looked at from one end, and how many for the shortest path without a filter."""

MOST_CHAINS: Final = 1_000
"""Among how many chains one is looked for that passes what it must."""


@dataclass(frozen=True, slots=True)
class ArrayExplorer:
    """A `graph.nopath.Explorer` of links in arrays."""

    arrays: LinkArrays
    source: str
    target: str

    def front(self, walk: Walk, max_hops: int, free: Loosened, *, onward: bool) -> tuple[Front, bool]:
        """How far one comes from the source, or back from the target, and whether all of that was looked at."""
        start, other = (self.source, self.target) if onward else (self.target, self.source)
        passable = self._passable(walk, walk.avoid)
        near, whole = self._distances(start, walk, max_hops, passable, onward=onward)
        found = (near < FAR) & passable
        found[list(self.arrays.numbers((start, other)))] = False
        numbers = np.flatnonzero(found)
        if not len(numbers):
            return Front(0, 0, ()), whole
        beside = self._passable(free.walk, (start,))
        left, all_left = self._distances(other, free.walk, free.max_hops, beside, onward=not onward)
        order = np.lexsort((-self.arrays.degree[numbers], near[numbers], left[numbers]))[:MOST_NEAREST]
        rows = tuple(
            (self.arrays.names.id(number), int(near[number]), int(left[number]) if left[number] < FAR else None)
            for number in numbers[order].tolist()
        )
        return Front(len(numbers), int(near[numbers].max()), rows), whole and all_left

    def fewest(self, question: Loosened) -> tuple[int | None, bool]:
        """How many hops the shortest path has, None where none was found, and whether all was looked at."""
        start, end = self.arrays.names.find(self.source), self.arrays.names.find(self.target)
        if start is None or end is None:
            return None, True
        walk, search = question.walk, self.arrays.chains
        rules = self.arrays.rules(walk)
        if not walk.via and not walk.via_kinds:
            found = search.find_shortest(start, end, rules, max_hops=question.max_hops, budget=MOST_LINKS)
            return (len(found.chains[0]) - 1 if found.chains else None), not found.truncated
        found = search.chains(start, end, rules, max_hops=question.max_hops, at_most=MOST_CHAINS + 1, budget=MOST_LINKS)
        kept = passing(self.arrays, walk, by_length(found.chains[:MOST_CHAINS]), Counter())
        whole = not found.truncated and len(found.chains) <= MOST_CHAINS
        return (kept[0].shape[1] - 1 if kept else None), whole

    def _distances(
        self, start: str, walk: Walk, furthest: int, passable: Mask, *, onward: bool
    ) -> tuple[Distances, bool]:
        nodes = len(self.arrays.names)
        number = self.arrays.names.find(start)
        if number is None:
            return np.full(nodes, FAR, np.int8), True
        ways = Ways.under(self.arrays.affirmed, self.arrays.rules(walk))
        sides, budget = ways.onward if onward else ways.back, MOST_LINKS // ways.price
        found, followed = distances(sides, number, nodes, furthest, passable, budget)
        return found, followed == furthest

    def _passable(self, walk: Walk, but: Iterable[str]) -> Mask:
        """Which nodes may be passed, without some."""
        passable = self.arrays.passable(walk).copy()
        passable[list(self.arrays.numbers(but))] = False
        return passable
