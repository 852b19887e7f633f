"""The first of the shortest chains, where few links need be looked at: with sets, for which nothing is to be prepared.

The search goes from both ends, level by level, on from the end that has fewer nodes before it. It looks where the links
of a level lead before it makes the next level of them, so the last one, the largest, is never made.
"""

from collections.abc import Mapping
from typing import Final, TypeAlias

from graph.adjacency.walking import Rules, Side, Ways

FEW: Final = 6_000
"""Links that are looked at; where more are needed, marks in arrays are quicker."""

_Led: TypeAlias = Mapping[int, list[int]]
"""Where the links of each node lead."""


class TooMany(Exception):
    """More links than a few would have to be looked at."""


class Half:
    """What lies before one end: where the links of each level lead, and `front`, the level that comes next."""

    def __init__(self, node: int, other: int, sides: tuple[Side, ...], rules: Rules) -> None:
        self.levels: list[_Led] = []
        self._other = other
        self._sides = [(side.start.data, side) for side in sides]  # which gives one number sooner than an array does
        self._before: list[set[int]] = [set(rules.barred)]
        self._passable = None if rules.passable is None else rules.passable.data
        self.front = {node}
        self._bounds: list[tuple[Side, list[tuple[int, int, int]]]] = []

    def cost(self) -> int:
        """How many links lead on from the front, before the rules."""
        front = self.front
        self._bounds = [(side, [(node, start[node], start[node + 1]) for node in front]) for start, side in self._sides]
        return sum([end - start for _, bounds in self._bounds for _, start, end in bounds])

    def follow(self) -> _Led:
        """Where the links of the front, whose cost is known, lead; it is the last of the levels then."""
        (side, bounds), *others = self._bounds
        led = {node: side.along(start, end) for node, start, end in bounds}
        for side, bounds in others:
            for node, start, end in bounds:
                led[node] += side.along(start, end)
        self.levels.append(led)
        return led

    def take(self) -> None:
        """Make the front of what the last level leads to that was not reached before."""
        fresh = set[int]().union(*self.levels[-1].values())
        self._before.append(self.front)
        for nodes in self._before:
            fresh -= nodes
        if self._passable is not None:
            fresh = {node for node in fresh if self._passable[node] or node == self._other}
        self.front = fresh


def find_shortest(ways: Ways, source: int, target: int, max_hops: int) -> tuple[int, ...] | None:
    """The first of the shortest chains of at most so many hops between two different nodes; None where there is none.

    Raises:
        TooMany: more than a few links would have to be looked at.
    """
    if not ways.onward:
        return None
    ahead, behind = Half(source, target, ways.onward, ways.rules), Half(target, source, ways.back, ways.rules)
    left = FEW
    for _ in range(max_hops):
        half, other = (behind, ahead) if len(behind.front) < len(ahead.front) else (ahead, behind)
        cost = half.cost()
        if cost > left:
            half, other = other, half
            cost = half.cost()
            if cost > left:
                raise TooMany
        left -= cost
        led = half.follow()
        met = {node for node, leads in led.items() if not other.front.isdisjoint(leads)}
        if met:
            return _first(ahead, behind, met, met_ahead=half is ahead)
        half.take()
        if not half.front:
            return None
    return None


def _first(ahead: Half, behind: Half, met: set[int], *, met_ahead: bool) -> tuple[int, ...]:
    """The first chain where links of the nodes `met`, of the last level of one half, lead to the front of the other."""
    if met_ahead:
        onward = ahead.levels.pop()
        passed = [met]
    else:
        onward = {}
        passed = [set[int]().union(*(ahead.front.intersection(behind.levels[-1][node]) for node in met))]
    for level in reversed(ahead.levels):
        passed.append({node for node, leads in level.items() if not passed[-1].isdisjoint(leads)})
    chain = list(passed.pop())
    for level in ahead.levels:
        chain.append(min(passed.pop().intersection(level[chain[-1]])))
    if met_ahead:
        chain.append(min(behind.front.intersection(onward[chain[-1]])))
    for level in reversed(behind.levels):
        chain.append(min(node for node, leads in level.items() if chain[-1] in leads))
    return tuple(chain)
