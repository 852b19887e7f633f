"""Which links a search may walk, and where they lead from many nodes at once.

Nodes and relations are numbers (`graph.adjacency.arrays`). A link is walked forward from subject to object, backward
from object to subject; rules say which relations may be walked which way. A search that starts at the target walks
against the rules: it asks where one may come from.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

import numpy as np
import numpy.typing as npt

from graph.adjacency.arrays import Adjacency, Ids, Starts
from ontology.errors import InvalidArgument

Mask: TypeAlias = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What may be walked.

    `forward` and `backward` hold the numbers of the relations that may be walked from subject to object and from
    object to subject; None stands for all. A link of lower certainty (its rank), of fewer articles, or that `links`,
    one truth a link, leaves out is never walked; nor is one that touches a node of `barred`. A node for which
    `passable`, one truth a node, is False may be an end of a chain, never between its ends.
    """

    forward: frozenset[int] | None = None
    backward: frozenset[int] | None = frozenset()
    min_certainty: int = 0
    min_articles: int = 0
    barred: frozenset[int] = frozenset()
    passable: Mask | None = field(default=None, compare=False)
    links: Mask | None = field(default=None, compare=False)


FORWARD: Final = Rules()
"""Every link from its subject to its object."""

BOTH_WAYS: Final = Rules(backward=None)
"""Every link, either way."""


@dataclass(frozen=True, slots=True, eq=False)
class Fan:
    """The links that may be walked from some nodes: the node each leads to, in order of the nodes they leave.

    `ends` holds for each of the nodes how many places its links and those before it take; `places`, where not None,
    tells which of these places are left in `node`.
    """

    node: Ids
    ends: Starts | None
    places: npt.NDArray[np.intp] | None

    def owners(self, chosen: npt.NDArray[np.intp]) -> npt.NDArray[np.intp]:
        """For each of the chosen links, by its place in `node`, which of the nodes it leaves."""
        if self.ends is None:
            return np.zeros(len(chosen), np.intp)
        places = chosen if self.places is None else self.places[chosen]
        return np.searchsorted(self.ends, places, side="right")


@dataclass(frozen=True, slots=True, eq=False)
class Side:
    """One direction of the arrays under the rules.

    `link` is None where the place of a link is its number, `wanted` where all relations are, `bounds` where the rules
    ask for nothing else of a link.
    """

    start: Starts
    node: Ids
    relation: npt.NDArray[np.uint8]
    link: Ids | None
    inverted: bool
    wanted: Mask | None
    bounds: "_Bounds | None"

    def counts(self, nodes: Ids) -> tuple[Starts, Starts]:
        """Where the links of each node begin, and how many there are before the rules."""
        begin = self.start[nodes]
        return begin, self.start[nodes + 1] - begin

    def fan(self, begin: Starts, count: Starts) -> Fan:
        """Where the links lead that begin at these places, so many for each node."""
        places: slice | npt.NDArray[np.int64]
        if len(begin) == 1:
            first = int(begin[0])
            places, ends = slice(first, first + int(count[0])), None
        else:
            ends = count.cumsum()
            places = np.arange(ends[-1] if len(ends) else 0)
            places += (begin - ends + count).repeat(count)
        kept = self._kept(places)
        if kept is None:
            return Fan(self.node[places], ends, None)
        left = kept.nonzero()[0]
        return Fan(self.node[places][left], ends, left)

    def along(self, start: int, end: int) -> list[int]:
        """Where the links of one node lead that lie from one place up to another."""
        nodes = self.node[start:end]
        if self.wanted is not None or self.bounds is not None:
            nodes = nodes[self._kept(slice(start, end))]
        led: list[int] = nodes.tolist()
        return led

    def steps(self, of: int, to: int) -> list["Step"]:
        """The links between two nodes, by relation."""
        start, end = int(self.start[of]), int(self.start[of + 1])
        places = start + (self.node[start:end] == to).nonzero()[0]
        kept = self._kept(places)
        places = places if kept is None else places[kept]
        numbers = places if self.link is None else self.link[places]
        relations = self.relation[places].tolist()
        return [Step(*step, self.inverted) for step in zip(numbers.tolist(), relations, strict=True)]

    def _kept(self, places: slice | npt.NDArray[np.int64]) -> Mask | None:
        """Which of the links at these places the rules leave; None for all."""
        kept = None if self.wanted is None else self.wanted[self.relation[places]]
        if self.bounds is None:
            return kept
        within = self.bounds.within(places if self.link is None else self.link[places])
        return within if kept is None else kept & within


@dataclass(frozen=True, slots=True, eq=False)
class _Bounds:
    """What the rules ask of a link besides its relation."""

    adjacency: Adjacency
    rules: Rules

    @classmethod
    def find(cls, adjacency: Adjacency, rules: Rules) -> "_Bounds | None":
        """The bounds; None where there are none."""
        bound = rules.min_certainty > 0 or rules.min_articles > 1 or rules.links is not None
        return cls(adjacency, rules) if bound else None

    def within(self, links: slice | npt.NDArray[np.integer[Any]]) -> Mask:
        """Which of these links are."""
        within = self.adjacency.certainty[links] >= self.rules.min_certainty
        if self.rules.min_articles > 1:
            within &= self.adjacency.articles[links] >= self.rules.min_articles
        if self.rules.links is not None:
            within &= self.rules.links[links]
        return within


@dataclass(frozen=True, slots=True)
class Step:
    """One link as it may be walked between two nodes; `inverted` when from its object to its subject."""

    link: int
    relation: int
    inverted: bool


@dataclass(frozen=True, slots=True, eq=False)
class Ways:
    """The sides of an adjacency that may be walked: `onward` from a node to where one may go, `back` to where from."""

    adjacency: Adjacency
    rules: Rules
    onward: tuple[Side, ...]
    back: tuple[Side, ...]

    @classmethod
    def under(cls, adjacency: Adjacency, rules: Rules) -> "Ways":
        """The ways that the rules leave.

        Raises:
            InvalidArgument: the rules name a relation or a node that is not there.
        """
        out_forward, in_forward = _sides(adjacency, rules, rules.forward, inverted=False)
        out_backward, in_backward = _sides(adjacency, rules, rules.backward, inverted=True)
        if any(not 0 <= node < adjacency.nodes for node in rules.barred):
            raise InvalidArgument("barred", sorted(rules.barred), f"numbers of nodes below {adjacency.nodes}")
        return cls(adjacency, rules, (*out_forward, *in_backward), (*in_forward, *out_backward))

    @property
    def price(self) -> int:
        """What it costs to look at a link: 2 where the rules look at more of it than where it leads."""
        return 1 if all(side.wanted is None and side.bounds is None for side in self.onward) else 2

    def steps(self, source: int, target: int) -> tuple[Step, ...]:
        """The links that may be walked from one node to another: those as stated first, by relation."""
        return tuple(step for side in self.onward for step in side.steps(source, target))

    def neighbours(self, nodes: Ids) -> Ids:
        """Every node that one step leads to from any of these, in order."""
        return _beyond(self.onward, nodes)

    def origins(self, nodes: Ids) -> Ids:
        """Every node that one step leads from to any of these, in order."""
        return _beyond(self.back, nodes)


def _beyond(sides: tuple[Side, ...], nodes: Ids) -> Ids:
    found = np.concatenate([nodes[:0], *(side.fan(*side.counts(nodes)).node for side in sides)])
    return np.unique(found)


def _sides(
    adjacency: Adjacency, rules: Rules, relations: Iterable[int] | None, *, inverted: bool
) -> tuple[tuple[Side, ...], tuple[Side, ...]]:
    """The outgoing and the incoming links of these relations; () for each when there is no relation."""
    wanted = None if relations is None else np.zeros(len(adjacency.relations), np.bool_)
    if relations is not None and wanted is not None:
        for relation in relations:
            if not 0 <= relation < len(wanted):
                raise InvalidArgument("relation", relation, f"a number below {len(wanted)}")
            wanted[relation] = True
        if not wanted.any():
            return (), ()
        wanted = None if wanted.all() else wanted
    bounds = _Bounds.find(adjacency, rules)
    outgoing = (adjacency.out_start, adjacency.out_node, adjacency.relation, None)
    incoming = (adjacency.in_start, adjacency.in_node, adjacency.in_relation, adjacency.in_link)
    return (Side(*outgoing, inverted, wanted, bounds),), (Side(*incoming, inverted, wanted, bounds),)
