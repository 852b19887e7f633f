"""One search for chains: two balls that grow until they meet, then the chains written out from the source."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

from graph.adjacency.arrays import Ids
from graph.adjacency.balls import Ball, Marks
from graph.adjacency.walking import Ways

Chain: TypeAlias = tuple[int, ...]
"""The numbers of the nodes from source to target."""

_FIRST_PIECE: Final = 512
_LARGEST_PIECE: Final = 65_536
"""How many links are followed at once while chains are written out, at first and at most."""

_SHARE: Final = 4
"""A step that would take more than this part of the budget is not taken whole, only as far as chains are asked for."""


Rows: TypeAlias = npt.NDArray[np.int32]
"""One beginning of a chain a row."""

_NONE: Final = np.iinfo(np.int32).max
_ANY: Final = np.iinfo(np.int64).max


@dataclass(frozen=True, slots=True)
class Chains:
    """The chains found, in order. `truncated` when the budget ended the search: later ones may be missing."""

    chains: tuple[Chain, ...]
    truncated: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Room:
    """What one search at a time writes into: the marks of the two balls, all 0, and a number a node, whatever it is."""

    ahead: Marks
    behind: Marks
    places: Ids

    @classmethod
    def narrow(cls, nodes: int) -> "Room":
        """Room for so many nodes, for chains of at most 250 hops."""
        return cls(np.zeros(nodes, np.uint8), np.zeros(nodes, np.uint8), np.zeros(nodes, np.int32))

    @classmethod
    def wide(cls, nodes: int) -> "Room":
        """Room for so many nodes, however long the chains."""
        return cls(np.zeros(nodes, np.uint32), np.zeros(nodes, np.uint32), np.zeros(nodes, np.int32))


class Meeting:
    """A search between two nodes that may look at `budget` links; `close` gives the room back as it was."""

    def __init__(self, ways: Ways, source: int, target: int, room: Room, max_hops: int, budget: int) -> None:
        self._ways = ways
        self._source = source
        self._target = target
        self._max_hops = max_hops
        self._budget = budget // ways.price
        self._met = False
        self._truncated = False
        self._within: list[Ids] = []
        self._barred = list(ways.rules.barred)
        if self._barred:
            room.ahead[self._barred] = room.behind[self._barred] = np.iinfo(room.ahead.dtype).max
        passable = ways.rules.passable
        self._ahead = Ball(source, target, ways.onward, room.ahead, room.places, passable)
        self._behind = Ball(target, source, ways.back, room.behind, room.places, passable)

    def close(self) -> None:
        """Leave the room as it was."""
        self._forget_within()
        self._ahead.close()
        self._behind.close()
        if self._barred:
            self._ahead.marks[self._barred] = self._behind.marks[self._barred] = 0

    def shortest(self) -> Chains:
        """The first of the shortest chains, alone."""
        while not self._met and self._reach < self._max_hops and not self._ended:
            self._truncated = not self._widen(self._reach + 1, self._budget)
            if self._truncated:
                return Chains((), self._truncated)
        return Chains((self._first_of(self._reach),) if self._met else ())

    def chains(self, at_most: int, *, shortest: bool) -> Chains:
        """The first so many chains, or of the shortest ones."""
        return Chains(tuple(islice(self.each(shortest=shortest), at_most)), self._truncated)

    def each(self, *, shortest: bool) -> Iterator[Chain]:
        """Every chain, or every one of the shortest, as far as the budget goes."""
        found = False
        for length in range(1, self._max_hops + 1):
            if length > 1 and not self._behind.radius:  # which nodes lie before the target must be known in any case
                self._grow(self._behind, self._ahead)
            dearest = self._budget if shortest else self._budget // _SHARE
            whole = self._widen(length, _ANY if length == 1 else dearest)
            if self._ended and not self._met:
                break
            if self._met or not whole:
                for chain in self._of_length(length, whole=whole):
                    found = True
                    yield chain
            if self._truncated or (found and shortest):
                break

    @property
    def is_over(self) -> bool:
        """Whether longer chains would change nothing of the answer to the question for the shortest."""
        return self._met or self._ended or self._truncated

    @property
    def _reach(self) -> int:
        """The balls hold every node of the chains that have so many hops."""
        return self._ahead.radius + self._behind.radius

    @property
    def _ended(self) -> bool:
        return self._ahead.exhausted or self._behind.exhausted

    def _widen(self, length: int, dearest: int) -> bool:
        """Whether the balls reach over chains of this length now; no step that costs more than `dearest` is taken."""
        while self._reach < length:
            ball, other = self._ahead, self._behind
            if other.cost < ball.cost:
                ball, other = other, ball
            if ball.cost > dearest:
                return False
            self._grow(ball, other)
        return True

    def _grow(self, ball: Ball, other: Ball) -> None:
        self._budget -= ball.cost
        reached = ball.follow()
        self._met = self._met or any(other.among(nodes).any() for nodes in reached)
        self._forget_within()
        ball.take(reached)

    def _mark_within(self, length: int) -> None:
        """Mark the nodes of the ball ahead by their distance from the target, as far as chains of this length pass."""
        marks = self._behind.marks
        for left in range(self._behind.radius + 1, length + 1):
            for front, fan in (pair for level in self._ahead.fans[: length - left + 1] for pair in level):
                near = front[fan.owners((marks[fan.node] == left).nonzero()[0])]
                near = near[marks[near] == 0]
                marks[near] = left + 1
                self._within.append(near)

    def _forget_within(self) -> None:
        for nodes in self._within:
            self._behind.marks[nodes] = 0
        self._within.clear()

    def _first_of(self, length: int) -> Chain:
        """The first chain of this length, which no chain is shorter than."""
        self._mark_within(length)
        chain = [self._source]
        for left in range(length - 1, 0, -1):
            near = self._following(np.array(chain[-1:], np.int32))
            chain.append(min(int(nodes[self._behind.marks[nodes] == left + 1].min(initial=_NONE)) for nodes in near))
        return (*chain, self._target)

    def _of_length(self, length: int, *, whole: bool) -> Iterator[Chain]:
        """The chains of this length; `whole` where the balls reach over all of them.

        Rows of nodes that begin chains are kept in order, and the first ones taken further first.
        """
        self._forget_within()
        if whole:
            self._mark_within(length)
            if not self._behind.among(np.array([self._source]))[0]:
                return
        rows = [np.array([[self._source]], np.int32)]
        piece = _FIRST_PIECE
        while rows:
            block = rows.pop()
            left = length - block.shape[1]
            if not left:
                yield from ((*row, self._target) for row in block.tolist())
                continue
            if self._budget <= 0:
                self._truncated = True
                return
            block, rest = self._parted(block, piece)
            if len(rest):
                rows.append(rest)
            block = self._lengthened(block, left, whole=whole)
            if len(block):
                rows.append(block)
            piece = min(piece * 2, _LARGEST_PIECE)

    def _parted(self, block: Rows, piece: int) -> tuple[Rows, Rows]:
        """The first rows, at least one, that some `piece` links lead on from, and the rest."""
        links = sum(side.counts(block[:piece, -1])[1] for side in self._ways.onward)
        taken = np.cumsum(links)
        first = max(1, int(np.searchsorted(taken, piece, side="right")))
        self._budget -= int(taken[first - 1])
        return block[:first], block[first:]

    def _lengthened(self, block: Rows, left: int, *, whole: bool) -> Rows:
        """The rows with each node that may come next, `left` hops before the target at most, in order."""
        marks, keys = self._behind.marks, []
        for side in self._ways.onward:
            fan = side.fan(*side.counts(block[:, -1]))
            seen = marks[fan.node]
            good = seen - seen.dtype.type(2) < left  # not the target itself, which wraps around
            if not whole and left > self._behind.radius:
                passable = self._ways.rules.passable
                good |= (seen == 0) if passable is None else (seen == 0) & passable[fan.node]
            chosen = good.nonzero()[0]
            owner, node = fan.owners(chosen), fan.node[chosen]
            new = (block[owner] != node[:, None]).all(axis=1)
            keys.append(owner[new] * len(marks) + node[new])
        key = np.concatenate(keys)
        key.sort()
        owner, node = np.divmod(key[np.diff(key, prepend=-1) > 0], len(marks))
        return np.column_stack((block[owner], node.astype(np.int32)))

    def _following(self, nodes: Ids) -> list[Ids]:
        return [side.fan(*side.counts(nodes)).node for side in self._ways.onward]
