"""Paths found and ranked by numbers: what `graph.paths` answers, of which only what is shown is read.

Chains come from `graph.adjacency.chains`, the shortest first, at most `MOST_CHAINS` of them. Each is given bounds of
its score from arrays; from the highest on, chains are scored as in memory, until none that is left can be better.
"""

from bisect import insort
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Final

import numpy as np

from graph.arraybounds import bounds_of
from graph.arrayhops import Hops
from graph.hidden import hidden_by
from graph.knowledge import KnowledgeGraph
from graph.linkarrays import LinkArrays
from graph.linksbetween import Numbers
from graph.numbering import kind_bits
from graph.ranks import Place, Ranking, RankName, coherence, place_of, ranking
from graph.steps import Step, Walk

MOST_CHAINS: Final = 5_000
"""How many chains are ranked."""

MOST_LINKS: Final = 200_000
"""How many links a search looks at."""

MOST_READ: Final = 200
"""How many claims are looked up for the articles that state them, before the rest is ranked without."""

_SLACK: Final = 2e-3
"""How far rounding may take a score from its bounds, as a part of it."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """The best chains, best first, each hop with the other steps between the two; what else there was."""

    best: tuple[tuple[tuple[Step, tuple[Step, ...]], ...], ...]
    total: int
    pruned: Counter[str]
    truncated: bool


def ranked_chains(
    network: KnowledgeGraph,
    arrays: LinkArrays,
    source: str,
    target: str,
    walk: Walk,
    *,
    max_hops: int,
    k: int,
    rank: RankName,
) -> Ranked:
    """The `k` best chains between two concepts; see `graph.paths.find_paths`."""
    start, end = arrays.names.find(source), arrays.names.find(target)
    if start is None or end is None:
        return Ranked((), 0, Counter(), truncated=False)
    rules = arrays.rules(walk)
    found = arrays.chains.chains(start, end, rules, max_hops=max_hops, at_most=MOST_CHAINS + 1, budget=MOST_LINKS)
    pruned, whole = hidden_by(arrays, walk, start, end, max_hops, budget=MOST_LINKS)
    truncated = found.truncated or len(found.chains) > MOST_CHAINS or not whole
    kept = passing(arrays, walk, by_length(found.chains[:MOST_CHAINS]), pruned)
    if not kept:
        return Ranked((), 0, pruned, truncated)
    hops = Hops.between(arrays, rules, kept, rank)
    best = _Best(network, hops, ranking(network, rank), k, coherent=rank == "explanation")
    for high, row in _from_the_highest(arrays, hops, rank, k):
        if best.decided(high):
            break
        best.offer(high, row)
    chains = tuple(tuple(best.hop(place) for place in row) for _, row in best.kept)
    return Ranked(chains, sum(map(len, kept)), pruned, truncated or best.unread)


@dataclass(slots=True)
class _Best:
    """The best chains of those offered, as the places of their hops."""

    network: KnowledgeGraph
    hops: Hops
    ranked: Ranking
    k: int
    coherent: bool
    kept: list[tuple[Place, tuple[int, ...]]] = field(default_factory=list)
    unread: bool = False
    _steps: dict[int, Step] = field(default_factory=dict)
    _hops: dict[int, tuple[Step, tuple[Step, ...]]] = field(default_factory=dict)
    _articles: dict[str, frozenset[str]] = field(default_factory=dict)

    def decided(self, high: float) -> bool:
        """Whether no chain whose score is at most so high belongs to the best."""
        return len(self.kept) == self.k and high * (1 + _SLACK) < -self.kept[-1][0][0]

    def offer(self, high: float, row: tuple[int, ...]) -> None:
        """Score the chain, whose score is at most `high`."""
        steps = tuple(self._step(place, in_chain=len(row) > 1) for place in row)
        if self.coherent and self.decided(high * coherence(steps)):
            return
        insort(self.kept, (place_of(self.ranked, steps), row))
        del self.kept[self.k :]

    def hop(self, place: int) -> tuple[Step, tuple[Step, ...]]:
        """The step of a hop and the others between its ends."""
        known = self._hops.get(place)
        if known is None:
            others = (self.hops.step(place, column, _nowhere) for column in self.hops.others(place))
            known = self._hops[place] = self._step(place, in_chain=False), tuple(others)
        return known

    def _step(self, place: int, *, in_chain: bool) -> Step:
        stated = in_chain and self.coherent
        step = self._steps.get(place)
        if step is None or (stated and not step.articles):
            wanted = self._stating if stated else _nowhere
            step = self._steps[place] = self.hops.step(place, int(self.hops.best[place]), wanted)
        return step

    def _stating(self, claim_id: str) -> frozenset[str]:
        found = self._articles.get(claim_id)
        if found is None:
            if len(self._articles) == MOST_READ:
                self.unread = True
                return frozenset()
            found = self._articles[claim_id] = self.network.articles_of(claim_id)
        return found


def _nowhere(claim_id: str) -> frozenset[str]:  # noqa: ARG001  # where articles do not matter
    return frozenset()


def by_length(chains: tuple[tuple[int, ...], ...]) -> list[Numbers]:
    """The chains, those of each length as rows of one array; they come in order of length."""
    return [np.array(list(rows), np.int64) for _, rows in groupby(chains, key=len)]


def passing(arrays: LinkArrays, walk: Walk, chains: list[Numbers], pruned: Counter[str]) -> list[Numbers]:
    """The chains that pass what they must; the others are counted in `pruned`."""
    via = [number for name in walk.via for number in [arrays.names.find(name)] if number is not None]
    kept = []
    for rows in chains:
        between = rows[:, 1:-1]
        there = np.ones(len(rows), np.bool_)
        for node in via:
            there &= (between == node).any(axis=1)
        of_kind = np.ones(len(rows), np.bool_)
        for kind in walk.via_kinds:
            of_kind &= ((arrays.kinds[between] & kind_bits([kind])) != 0).any(axis=1)
        pruned["via"] += int(np.count_nonzero(~there))
        pruned["via_kinds"] += int(np.count_nonzero(there & ~of_kind))
        if (there & of_kind).any():
            kept.append(rows[there & of_kind])
    for name in ("via", "via_kinds"):
        if not pruned[name]:
            del pruned[name]
    return kept


def _from_the_highest(
    arrays: LinkArrays, hops: Hops, rank: RankName, k: int
) -> Iterator[tuple[float, tuple[int, ...]]]:
    """The chains that may be among the best k, each after the upper bound of its score, the highest first."""
    bounds = [bounds_of(arrays, hops, group, rank) for group in hops.groups]
    low = np.concatenate([low for low, _ in bounds])
    high = np.concatenate([high for _, high in bounds])
    if len(low) > k:
        least = np.partition(low, len(low) - k)[len(low) - k]
        candidates = np.flatnonzero(high * (1 + _SLACK) >= least * (1 - _SLACK))
    else:
        candidates = np.arange(len(low))
    first = np.cumsum([0, *(len(group.hops) for group in hops.groups)])
    for place in candidates[np.argsort(-high[candidates], kind="stable")].tolist():
        group = int(np.searchsorted(first, place, side="right")) - 1
        yield float(high[place]), tuple(hops.groups[group].hops[place - int(first[group])].tolist())
