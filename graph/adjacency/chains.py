"""Chains between two nodes: the shortest, all of the shortest, or the first so many by length.

A chain visits no node twice; links that lie between the same two nodes are one step. Chains come in order of their
length, then of the numbers of their nodes. The search goes from both ends at once, always on from the end that has
fewer links before it (Pohl, Bi-directional search, Machine Intelligence 6, 1971), until the two meet. Then chains are
written out from the source, never to a node from which the target is too far. Every search has a budget of links
that it may look at; what it found by then is right, and in order, but may not be all.
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import lru_cache, partial
from typing import Final

from graph.adjacency import nearby
from graph.adjacency.arrays import Adjacency
from graph.adjacency.meeting import Chain, Chains, Meeting, Room
from graph.adjacency.walking import FORWARD, Rules, Ways
from ontology.errors import InvalidArgument

__all__ = ["ChainSearch", "Chains"]

MOST_LINKS: Final = 2_000_000
"""How many links a search looks at before it stops; half as many where the rules look at more than where they lead."""

_AMPLE: Final = 10 * nearby.FEW
"""A budget that a search which looks at few links cannot come near."""

_NARROW: Final = 250
"""The most hops that one byte a node can count."""


_RULES: Final = 16
"""Different rules whose ways are remembered."""


class ChainSearch:
    """Finds chains in one adjacency; many threads may ask at once.

    Six bytes a node are kept for each question that was ever asked at the same time.
    """

    def __init__(self, adjacency: Adjacency) -> None:
        self.adjacency = adjacency
        self._rooms: list[Room] = []
        self._under = lru_cache(_RULES)(partial(Ways.under, adjacency))

    def find_shortest(
        self, source: int, target: int, rules: Rules = FORWARD, *, max_hops: int | None = None, budget: int = MOST_LINKS
    ) -> Chains:
        """The first of the shortest chains, alone; none where there is no chain.

        Raises:
            InvalidArgument: a node that is not there, or a bound out of range.
        """
        ways = self._ways(source, target, rules, max_hops)
        if source != target and rules.barred.isdisjoint((source, target)) and budget >= _AMPLE:
            with suppress(nearby.TooMany):
                most = self.adjacency.nodes if max_hops is None else max_hops
                chain = nearby.find_shortest(ways, source, target, most)
                return Chains(() if chain is None else (chain,))
        return self._asked(source, target, rules, max_hops, budget, Meeting.shortest, shortest=True)

    def all_shortest(
        self,
        source: int,
        target: int,
        rules: Rules = FORWARD,
        *,
        max_hops: int | None = None,
        at_most: int = 1_000,
        budget: int = MOST_LINKS,
    ) -> Chains:
        """The chains that have the fewest hops, the first `at_most` of them.

        Raises:
            InvalidArgument: a node that is not there, or a bound out of range.
        """

        def ask(meeting: Meeting) -> Chains:
            return meeting.chains(at_most, shortest=True)

        return self._asked(source, target, rules, max_hops, budget, ask, shortest=True)

    def chains(
        self,
        source: int,
        target: int,
        rules: Rules = FORWARD,
        *,
        max_hops: int,
        at_most: int,
        budget: int = MOST_LINKS,
    ) -> Chains:
        """The first `at_most` chains of at most `max_hops` hops.

        Raises:
            InvalidArgument: a node that is not there, or a bound out of range.
        """

        def ask(meeting: Meeting) -> Chains:
            return meeting.chains(at_most, shortest=False)

        return self._asked(source, target, rules, max_hops, budget, ask, shortest=False)

    def each(self, source: int, target: int, rules: Rules = FORWARD, *, max_hops: int) -> Iterator[Chain]:
        """Every chain of at most `max_hops` hops, found as it is asked for; nothing bounds how many there are.

        Raises:
            InvalidArgument: a node that is not there, or a bound out of range.
        """
        ways = self._ways(source, target, rules, max_hops)
        if source == target or not rules.barred.isdisjoint((source, target)):
            yield from self._settled(source, target, rules).chains
            return
        most = min(max_hops, self.adjacency.nodes)
        room = (Room.narrow if most <= _NARROW else Room.wide)(self.adjacency.nodes)
        yield from Meeting(ways, source, target, room, most, sys.maxsize).each(shortest=False)

    def _asked(
        self,
        source: int,
        target: int,
        rules: Rules,
        max_hops: int | None,
        budget: int,
        ask: Callable[[Meeting], Chains],
        *,
        shortest: bool,
    ) -> Chains:
        ways = self._ways(source, target, rules, max_hops)
        if source == target or not rules.barred.isdisjoint((source, target)):
            return self._settled(source, target, rules)
        nodes = self.adjacency.nodes
        most = nodes if max_hops is None else min(max_hops, nodes)
        if most <= _NARROW or shortest:
            room = self._rooms.pop() if self._rooms else Room.narrow(nodes)
            meeting = Meeting(ways, source, target, room, min(most, _NARROW), budget)
            answer = ask(meeting)
            meeting.close()
            self._rooms.append(room)  # not one that an error left dirty
            if most <= _NARROW or meeting.is_over:
                return answer
        return ask(Meeting(ways, source, target, Room.wide(nodes), most, budget))

    def _ways(self, source: int, target: int, rules: Rules, max_hops: int | None) -> Ways:
        nodes = self.adjacency.nodes
        for name, node in (("source", source), ("target", target)):
            if not 0 <= node < nodes:
                raise InvalidArgument(name, node, f"the number of a node, below {nodes}")
        if max_hops is not None and max_hops < 0:
            raise InvalidArgument("max_hops", max_hops, "0 or more")
        if rules.passable is None and rules.links is None:  # which do not count when rules are compared
            return self._under(rules)
        return Ways.under(self.adjacency, rules)

    def _settled(self, source: int, target: int, rules: Rules) -> Chains:
        """What there is to find where nothing is to be searched."""
        return Chains(() if {source, target} & rules.barred else ((source,),))
