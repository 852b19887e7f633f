"""What lies within a number of steps of a node, level by level: the two halves of a search for chains.

A ball writes into an array that it borrows, one number a node: 0 for a node not reached, its distance + 1 for one that
is, the highest there is for one that no chain may touch.
"""

from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from graph.adjacency.arrays import Ids, Starts
from graph.adjacency.walking import Fan, Mask, Side

Marks: TypeAlias = npt.NDArray[np.uint8] | npt.NDArray[np.uint32]


class Ball:
    """The nodes within `radius` steps of one, along `sides`.

    `marks` is all 0 but for barred nodes when it is lent, and again once `close` was called; `places`, of one number
    a node, may hold anything. `fans` holds by level the links that were followed from it. `passable` is as in `Rules`;
    `other` is the other end of the chains, which may be reached in any case.
    """

    __slots__ = (
        "_barred",
        "_cost",
        "_counts",
        "_levels",
        "_other",
        "_passable",
        "_places",
        "_unique",
        "fans",
        "front",
        "marks",
        "radius",
        "sides",
    )

    def __init__(
        self, node: int, other: int, sides: tuple[Side, ...], marks: Marks, places: Ids, passable: Mask | None
    ) -> None:
        self.sides = sides
        self.marks = marks
        self.radius = 0
        self.fans: list[tuple[tuple[Ids, Fan], ...]] = []
        self.front: Ids = np.array([node], np.int32)
        self._places = places
        self._passable = passable
        self._other = other
        self._levels = [self.front]
        self._unique = True
        self._counts: tuple[tuple[Starts, Starts], ...] | None = None
        self._cost = 0
        self._barred = (1 << 8 * marks.itemsize) - 1
        marks[node] = 1

    @property
    def exhausted(self) -> bool:
        """Whether no step leads any further."""
        return not len(self.front)

    @property
    def once(self) -> Ids:
        """The outermost nodes, each once."""
        self._ready()
        return self.front

    def among(self, nodes: Ids) -> Mask:
        """Which of the nodes are in the ball."""
        # one comparison instead of two: in unsigned numbers 0 − 1 is the highest
        among: Mask = self.marks[nodes] - self.marks.dtype.type(1) < self._barred - 1
        return among

    @property
    def cost(self) -> int:
        """How many links the next step follows."""
        self._ready()
        return self._cost

    def follow(self) -> tuple[Ids, ...]:
        """Where the links of the outermost nodes lead: every node once for each link. `take` takes them in."""
        fans = tuple((self.front, side.fan(*counts)) for side, counts in zip(self.sides, self._ready(), strict=True))
        self.fans.append(fans)
        return tuple(fan.node for _, fan in fans)

    def take(self, reached: tuple[Ids, ...]) -> None:
        """Make those of the nodes reached that are new the outermost ones."""
        self.radius += 1
        fresh = [self._fresh(nodes) for nodes in reached]
        self.front = fresh[0] if len(fresh) == 1 else np.concatenate([*fresh, self.front[:0]])
        self.marks[self.front] = self.radius + 1
        self._levels.append(self.front)
        self._unique, self._counts = False, None

    def close(self) -> None:
        """Leave the marks as they were lent."""
        for level in self._levels:
            self.marks[level] = 0

    def _fresh(self, nodes: Ids) -> Ids:
        fresh: Ids = nodes[self.marks[nodes] == 0]
        return fresh if self._passable is None else fresh[self._passable[fresh] | (fresh == self._other)]

    def _ready(self) -> tuple[tuple[Starts, Starts], ...]:
        """Where the links of the outermost nodes begin and how many they are, each node taken once."""
        if not self._unique:
            numbers = np.arange(len(self.front), dtype=np.int32)
            self._places[self.front] = numbers  # of equal nodes one stays: cheaper than to sort them
            self.front = self.front[self._places[self.front] == numbers]
            self._unique = True
        if self._counts is None:
            self._counts = tuple(side.counts(self.front) for side in self.sides)
            self._cost = sum(int(np.add.reduce(count)) for _, count in self._counts)
        return self._counts
