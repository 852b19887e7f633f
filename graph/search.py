"""Enumerates simple paths: which move leads where, and every chain of moves from one concept to another."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from graph.ranks import Ranking
from graph.steps import Region, Step

MOST_VISITS: Final = 100_000
"""How often a search comes to a concept before it stops."""


@dataclass(frozen=True, slots=True)
class Move:
    """From one concept to the next: the step of most merit, and the others between the two, best first."""

    step: Step
    others: tuple[Step, ...]


Moves = Mapping[str, tuple[Move, ...]]


def moves_of(near: Region, ranked: Ranking) -> Moves:
    """By concept, the moves from it, best first."""
    moves: dict[str, tuple[Move, ...]] = {}
    for concept_id, steps in near.steps.items():
        by_target: defaultdict[str, list[tuple[float, int, str, Step]]] = defaultdict(list)
        for step in steps:
            place = (-ranked.merit(step), -step.claim.certainty.rank, step.claim.id)
            by_target[step.target].append((*place, step))
        ordered = sorted(sorted(options, key=lambda option: option[:3]) for options in by_target.values())
        moves[concept_id] = tuple(Move(options[0][3], tuple(step for *_, step in options[1:])) for options in ordered)
    return moves


@dataclass(slots=True)
class Search:
    """Depth-first by growing length, never further from the target than the hops that are left."""

    moves: Moves
    source: str
    target: str
    truncated: bool = False
    most: int = field(default_factory=lambda: MOST_VISITS)
    _visits: int = 0
    _distance: dict[str, int] = field(default_factory=dict)

    def paths(self, max_hops: int) -> Iterator[tuple[Step, ...]]:
        """Every path of 1, 2 … `max_hops` hops, until `most` concepts were visited."""
        self._distance = self._distances()
        for length in range(self._distance.get(self.source, max_hops + 1), max_hops + 1):
            yield from self._of_length(length)
            if self.truncated:
                return

    def _of_length(self, length: int) -> Iterator[tuple[Step, ...]]:
        chain: list[Step] = []
        visited = {self.source}
        untried = [iter(self.moves.get(self.source, ()))]
        while untried:
            move = next(untried[-1], None)
            if move is None:
                untried.pop()
                if chain:
                    visited.discard(chain.pop().target)
                continue
            step, left = move.step, length - len(untried)
            if step.target == self.target:
                if left == 0:
                    yield (*chain, step)
            elif left >= self._distance.get(step.target, length) and left > 0 and step.target not in visited:
                self._visits += 1
                if self._visits > self.most:
                    self.truncated = True
                    return
                chain.append(step)
                visited.add(step.target)
                untried.append(iter(self.moves.get(step.target, ())))

    def _distances(self) -> dict[str, int]:
        arriving: defaultdict[str, list[str]] = defaultdict(list)
        for concept_id, moves in self.moves.items():
            for move in moves:
                arriving[move.step.target].append(concept_id)
        distances = {self.target: 0}
        front = [self.target]
        while front:
            reached = {before for concept_id in front for before in arriving[concept_id]} - distances.keys()
            distances |= dict.fromkeys(reached, distances[front[0]] + 1)
            front = list(reached)
        return distances
