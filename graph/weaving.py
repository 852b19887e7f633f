"""Which links chains between two sets of concepts may go over, and which of them chains do go over."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from graph.budget import Budget
from graph.knowledge import KnowledgeGraph
from graph.steps import Walk
from graph.strides import Stride, arriving, leaving


@dataclass(frozen=True, slots=True)
class Ends:
    """Where chains may begin, and where they may end."""

    sources: frozenset[str]
    targets: frozenset[str]


def gathered(
    network: KnowledgeGraph, ends: Ends, walk: Walk, max_hops: int, budget: Budget, *, filtered: bool = True
) -> tuple[Stride, ...]:
    """The strides among which all are that lie on a chain of at most `max_hops`, each once.

    Where they are not filtered, those that a filter forbids and denied ones are walked too.
    """
    found: dict[tuple[str, str, str], Stride] = {}
    fronts = {"ahead": set(ends.sources), "behind": set(ends.targets)}
    known = {side: set(front) for side, front in fronts.items()}
    for _ in range(max_hops):
        side = min(fronts, key=lambda side: (len(fronts[side]), side))
        reached: set[str] = set()
        for concept in sorted(fronts[side]):
            if budget.exhausted:
                break
            if concept not in (ends.sources if side == "ahead" else ends.targets) and not walk.passes(network, concept):
                continue
            strides = leaving(network, concept, walk) if side == "ahead" else arriving(network, concept, walk)
            wanted = [stride for stride in strides if not filtered or not walk.reasons(stride.link)]
            for stride in budget.take(wanted):
                found[stride.source, stride.target, stride.link.id] = stride
                reached.add(stride.target if side == "ahead" else stride.source)
        fronts[side] = reached - known[side]
        known[side] |= reached
    return tuple(found.values())


@dataclass(frozen=True, slots=True)
class Way:
    """One direction of all moves: where they lead from a concept, towards which ends, and how far those are.

    `hops` has the fewest to an end, over concepts that a chain `passes`; concepts that lead to none are not in it.
    """

    ends: frozenset[str]
    following: Mapping[str, Sequence[str]]
    passes: Callable[[str], bool]
    hops: Mapping[str, int]

    @classmethod
    def of(cls, ends: frozenset[str], moves: Iterable[tuple[str, str]], passes: Callable[[str], bool]) -> "Way":
        """The way along the moves, each (from, to), that lead to the ends."""
        following: defaultdict[str, list[str]] = defaultdict(list)
        before: defaultdict[str, list[str]] = defaultdict(list)
        for start, to in moves:
            following[start].append(to)
            before[to].append(start)
        hops = dict.fromkeys(sorted(ends), 0)
        front = set(ends)
        while front:
            passed = [concept for concept in front if before[concept] and (concept in ends or passes(concept))]
            distance = hops[next(iter(front))] + 1
            front = {other for concept in passed for other in before[concept]} - hops.keys()
            hops |= dict.fromkeys(front, distance)
        in_order = {start: sorted(others, key=lambda to: (hops.get(to, 0), to)) for start, others in following.items()}
        return cls(ends, in_order, passes, hops)

    def out(self, concept: str, room: int, taken: frozenset[str], visits: Budget) -> Iterator[tuple[str, ...]]:
        """Every chain from the concept to an end of at most `room` hops that visits none of `taken`, shortest first."""
        if concept in self.ends:
            yield (concept,)
        if not self.passes(concept):
            return
        for other in self.following.get(concept, ()):
            if other not in taken and self.hops.get(other, room) < room and visits.take((other,)):
                for rest in self.out(other, room - 1, taken | {concept}, visits):
                    yield (concept, *rest)


class Moves:
    """Strides by their moves from one concept to another, the way back to the sources and that on to the targets."""

    def __init__(self, network: KnowledgeGraph, ends: Ends, walk: Walk, strides: Iterable[Stride]) -> None:
        self.strides: defaultdict[tuple[str, str], list[Stride]] = defaultdict(list)
        for stride in strides:
            self.strides[stride.source, stride.target].append(stride)

        @cache
        def passes(concept: str) -> bool:
            return walk.passes(network, concept)

        self.back = Way.of(ends.sources, [(target, source) for source, target in self.strides], passes)
        self.on = Way.of(ends.targets, self.strides, passes)

    def shortest(self, source: str, target: str) -> int | None:
        """The hops of the shortest walk over a move, which may pass a concept twice; None where there is none."""
        if source not in self.back.hops or target not in self.on.hops:
            return None
        may_leave = source in self.back.ends or self.back.passes(source)
        may_arrive = target in self.on.ends or self.on.passes(target)
        return self.back.hops[source] + 1 + self.on.hops[target] if may_leave and may_arrive else None

    def find_chain(self, source: str, target: str, max_hops: int, visits: Budget) -> tuple[str, ...]:
        """The concepts of a chain over the move, which has a `shortest` walk; () where there is none."""
        room = max_hops - 1 - self.on.hops[target]
        for begin in self.back.out(source, room, frozenset({target}), visits):
            for end in self.on.out(target, max_hops - len(begin), frozenset(begin), visits):
                return (*begin[::-1], *end)
        return ()


@dataclass(frozen=True, slots=True)
class Woven:
    """A stride over which a chain goes: the hops of the shortest walk over it, and those before it."""

    hops: int
    before: int
    stride: Stride


def on_chains(moves: Moves, max_hops: int, visits: Budget) -> tuple[Woven, ...]:
    """The strides over which a chain goes, each link once, in no order."""
    woven: set[tuple[str, str]] = set()
    for source, target in moves.strides:
        if (source, target) not in woven and (moves.shortest(source, target) or max_hops + 1) <= max_hops:
            woven.update(pairwise(moves.find_chain(source, target, max_hops, visits)))
    best: dict[str, Woven] = {}
    for source, target in sorted(woven):
        before = moves.back.hops[source]
        for stride in moves.strides[source, target]:
            found = Woven(before + 1 + moves.on.hops[target], before, stride)
            known = best.setdefault(stride.link.id, found)
            if (found.hops, found.before) < (known.hops, known.before):
                best[stride.link.id] = found
    return tuple(best.values())
