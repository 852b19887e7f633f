"""Neighbours ranked by numbers: what `graph.neighbours` answers, of which only the claims that are shown are read.

A row stands for one claim as it is met from one end. Rows of the same two concepts, relation and way are one link, as
there. Everything is done to all rows at once; a concept with a hundred thousand neighbours takes milliseconds.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any, Final, Literal, TypeAlias

import numpy as np
import numpy.typing as npt

from graph.adjacency.arrays import Adjacency
from graph.knowledge import KnowledgeGraph
from graph.linkarrays import IdsOf, LinkArrays, places_of
from graph.neighbours import Filter, Negated, Neighbour, Pattern
from graph.numbering import PREDICATES, RELATIONS, kind_bits
from graph.stretches import Facets, Neighbourhood, Stretch, articles_of
from ontology.claim import claim_id
from ontology.terms import Certainty, Kind, Predicate

Whole: TypeAlias = npt.NDArray[np.int64]

_CERTAINTIES: Final = {certainty.rank: certainty for certainty in Certainty}
WAYS: Final[tuple[Literal["in"], Literal["out"]]] = ("in", "out")
MOST_FOLLOWED: Final = 300_000
"""How many links are followed beyond those of the concept itself; what lies further is left out."""

_SURE: Final = 10_000
"""Beliefs are told apart to so many parts of one."""

NOTHING: Final = Neighbourhood(0, (), Facets({}, {}, {}))
"""No links at all."""


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """Claims as they are met: `of` has them as subject where `outward`, `other` is at the other end."""

    of: Whole
    other: Whole
    relation: Whole
    way: Whole
    link: Whole
    outward: npt.NDArray[np.bool_]
    negated: npt.NDArray[np.bool_]
    certainty: Whole
    articles: Whole
    belief: Whole
    distance: Whole

    def __len__(self) -> int:
        return len(self.of)

    def at(self, places: npt.NDArray[Any] | slice) -> "Rows":
        """The rows at these places, or where these are true."""
        return Rows(*(getattr(self, name)[places] for name in Rows.__slots__))


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for: the patterns, and the bounds of the filter."""

    arrays: LinkArrays
    patterns: tuple[Pattern, ...]
    filter: Filter

    def rows(self, front: Whole, distance: int, *, denied: bool) -> Rows:
        """What the patterns and bounds let through of all claims at these nodes, outgoing ones first."""
        links = self.arrays.denied if denied else self.arrays.affirmed
        parts = []
        for outward in (True, False):
            start = links.out_start if outward else links.in_start
            places, counts = places_of(start, front)
            relation = (links.relation if outward else links.in_relation)[places]
            other = (links.out_node if outward else links.in_node)[places]
            link: Whole = places if outward else links.in_link[places].astype(np.int64)
            way, kinds = self._looked_for(outward=outward)
            fits = way[relation] >= 0
            wanted = kinds[relation]
            fits &= (wanted == 0) | ((self.arrays.kinds[other] & wanted) != 0)
            fits &= links.certainty[link] >= self.filter.min_certainty.rank
            fits &= links.articles[link] >= self.filter.min_articles
            link, number = link[fits], int(np.count_nonzero(fits))
            parts.append(
                Rows(
                    of=np.repeat(front, counts)[fits],
                    other=other[fits].astype(np.int64),
                    relation=relation[fits].astype(np.int64),
                    way=way[relation[fits]],
                    link=link,
                    outward=np.full(number, outward),
                    negated=np.full(number, denied),
                    certainty=links.certainty[link].astype(np.int64),
                    articles=links.articles[link].astype(np.int64),
                    belief=np.rint(links.belief[link] * _SURE).astype(np.int64),
                    distance=np.full(number, distance),
                )
            )
        return joined(parts)

    def _looked_for(self, *, outward: bool) -> tuple[Whole, npt.NDArray[np.uint16]]:
        """By relation: how it reads (its place in `WAYS`), −1 where it is not looked for, and the bits of kinds."""
        ways, kinds = np.full(len(RELATIONS), -1, np.int64), np.zeros(len(RELATIONS), np.uint16)
        for pattern in self.patterns:
            for number, predicate in enumerate(PREDICATES):
                way = pattern.way(predicate, outward=outward)
                if way is not None:
                    ways[number], kinds[number] = WAYS.index(way), kind_bits(pattern.kinds)
        return ways, kinds


def find_near(
    network: KnowledgeGraph,
    arrays: LinkArrays,
    concept_id: str,
    patterns: tuple[Pattern, ...],
    stretch: Stretch,
    *,
    kinds: frozenset[Kind],
    depth: int,
    filter: Filter,
) -> Neighbourhood:
    """The stretch of what `graph.neighbours.find_matching` answers; the filter names no articles."""
    node = arrays.names.find(concept_id)
    if node is None:
        return NOTHING
    rows, truncated = _met(Search(arrays, patterns, filter), node, depth)
    return stretch_of(network, arrays, rows, stretch, kinds=kinds, truncated=truncated)


def stretch_of(
    network: KnowledgeGraph,
    arrays: LinkArrays,
    rows: Rows,
    stretch: Stretch,
    *,
    kinds: frozenset[Kind],
    truncated: bool,
) -> Neighbourhood:
    """The stretch of the links that the rows make, affirmed rows before denied ones; only its claims are read."""
    if kinds:
        rows = rows.at((arrays.kinds[rows.other] & kind_bits(kinds)) != 0)
    if not len(rows):
        return replace(NOTHING, truncated=truncated)
    grouped = _Grouped.of(rows, len(arrays.names))
    chosen = _links(arrays, grouped, _chosen(network, arrays, grouped, stretch))
    network.read_ahead(claim for link in chosen for claim in link.claims)
    links = tuple(link.read(network) for link in chosen)
    return Neighbourhood(len(grouped.first), links, _facets(arrays, grouped), truncated)


@dataclass(frozen=True, slots=True, eq=False)
class _Grouped:
    """Rows in order of their links, where each link begins and ends, and the belief and certainty of each."""

    rows: Rows
    first: Whole
    end: Whole
    belief: Whole
    certainty: Whole

    @classmethod
    def of(cls, rows: Rows, nodes: int) -> "_Grouped":
        """At least one row, affirmed before denied ones."""
        key = (((rows.of * nodes + rows.other) * len(RELATIONS) + rows.relation) << 1) | rows.way
        order = np.argsort(key, kind="stable")
        rows, key = rows.at(order), key[order]
        first = np.flatnonzero(np.concatenate([[True], key[1:] != key[:-1]]))
        end = np.append(first[1:], len(key))
        meant = rows.negated == np.repeat(rows.negated[first], end - first)
        return cls(
            rows,
            first,
            end,
            belief=np.maximum.reduceat(np.where(meant, rows.belief, -1), first),
            certainty=np.maximum.reduceat(np.where(meant, rows.certainty, -1), first),
        )


@dataclass(frozen=True, slots=True)
class _Link:
    """A link by the ids of its ends and of its claims, in the order of its rows."""

    other: str
    predicate: Predicate
    way: Literal["in", "out"]
    claims: tuple[str, ...]
    of: str
    distance: int

    def read(self, network: KnowledgeGraph) -> Neighbour:
        """The link with its claims."""
        return Neighbour(
            concept=network.concepts[self.other],
            predicate=self.predicate,
            direction=self.way,
            claims=tuple(network.claims[claim] for claim in self.claims),
            of=network.concepts[self.of],
            distance=self.distance,
        )


def _met(search: Search, node: int, depth: int) -> tuple[Rows, bool]:
    """The rows that are met, each claim from its nearer end, and whether some were left out.

    Of equally near ends the first by label comes first, and is followed first.
    """
    arrays, negated = search.arrays, search.filter.negated
    front = np.array([node], np.int64)
    wanted = polarities(negated)
    if depth == 1:
        return joined([search.rows(front, 1, denied=denied) for denied in wanted]), False
    met: list[Rows] = []
    reached = np.zeros(len(arrays.names), np.bool_)
    seen = {denied: np.zeros(links.links, np.bool_) for denied, links in arrays.by_polarity}
    left, truncated = MOST_FOLLOWED, False
    for distance in range(1, depth + 1):
        reached[front] = True
        if distance > 1:
            whole = len(front)
            front, left = followed(arrays, front, left)
            truncated = truncated or len(front) < whole
        affirmed, *others = (
            _unseen(search.rows(front, distance, denied=denied), front, seen[denied])
            for denied in sorted({False, *wanted})
        )
        met += [affirmed, *others] if False in wanted else others
        met_now = np.zeros(len(reached), np.bool_)
        met_now[affirmed.other] = True
        found = np.flatnonzero(met_now & ~reached)
        front = found[np.argsort(arrays.label[found])]
    return joined(met), truncated


def polarities(negated: Negated) -> list[bool]:
    """Whether claims are denied that are wanted: affirmed ones first."""
    return [denied for denied in (False, True) if negated == "include" or denied == (negated == "only")]


def followed(arrays: LinkArrays, front: Whole, left: int) -> tuple[Whole, int]:
    """The first nodes that together have no more than the links that are left to follow, and how many are left then."""
    links = np.cumsum(_degrees(arrays.affirmed, front))
    within = int(np.searchsorted(links, left, side="right"))
    return front[:within], left - (int(links[within - 1]) if within else 0)


def _degrees(links: Adjacency, nodes: Whole) -> Whole:
    """How many links each node has, whichever way."""
    outgoing: Whole = links.out_start[nodes + 1] - links.out_start[nodes]
    return outgoing + links.in_start[nodes + 1] - links.in_start[nodes]


def _unseen(rows: Rows, front: Whole, seen: npt.NDArray[np.bool_]) -> Rows:
    """The rows of claims that were not seen before, each from the first end in the order of `front`."""
    if not len(rows):
        return rows
    place = np.empty(int(front.max()) + 1, np.int64)
    place[front] = np.arange(len(front))
    met_from = place[rows.of]
    earliest = np.full(len(seen), len(front), np.int64)
    np.minimum.at(earliest, rows.link, met_from)
    fresh = ~seen[rows.link] & (earliest[rows.link] == met_from)
    seen[rows.link] = True
    return rows.at(fresh)


def _chosen(network: KnowledgeGraph, arrays: LinkArrays, grouped: _Grouped, stretch: Stretch) -> list[int]:
    """The places of the links of the stretch, in its order."""
    link = grouped.rows.at(grouped.first)
    label = arrays.label[link.other].astype(np.int64)
    lead = link.distance << 1 | (grouped.certainty == Certainty.UNLIKELY.rank)
    lead = lead << 14 | (_SURE - grouped.belief)
    lead = (lead << 2 | (Certainty.ASSERTED.rank - grouped.certainty)) << 4 | link.relation
    lead = lead << 31 | label
    match stretch.sort:
        case "belief":
            major = lead
        case "label":
            major = arrays.folded[link.other].astype(np.int64)
        case "articles":
            major = -_articles(network, arrays, grouped)
    places = np.arange(len(lead))
    if stretch.end is not None and stretch.end < len(lead):  # what comes later need not be put in order
        last = np.partition(major, stretch.end - 1)[stretch.end - 1]
        places = np.flatnonzero(major <= last)
    keys = (arrays.label[link.of], link.way, lead, major)
    order = np.lexsort(tuple(key[places] for key in keys))
    return [int(place) for place in places[order][stretch.offset : stretch.end]]


def _articles(network: KnowledgeGraph, arrays: LinkArrays, grouped: _Grouped) -> Whole:
    """How many articles state or deny each link; one article may do so in several claims, which must be read then."""
    articles = grouped.rows.articles[grouped.first].copy()
    several = np.flatnonzero(grouped.end - grouped.first > 1).tolist()
    for place, link in zip(several, _links(arrays, grouped, several), strict=True):
        articles[place] = articles_of(link.read(network))
    return articles


def _links(arrays: LinkArrays, grouped: _Grouped, places: Sequence[int]) -> list[_Link]:
    """The links at these places."""
    ids = IdsOf(arrays.names)
    first, counts = grouped.first[places], grouped.end[places] - grouped.first[places]
    lead = grouped.rows.at(first)
    columns = (lead.other, lead.relation, lead.way, lead.of, lead.distance, counts)
    within = np.repeat(first - np.cumsum(counts) + counts, counts) + np.arange(int(counts.sum()))
    rows = zip(grouped.rows.outward[within].tolist(), grouped.rows.negated[within].tolist(), strict=True)
    found = []
    for other, relation, way, of, distance, count in zip(*(column.tolist() for column in columns), strict=True):
        end, start, predicate = ids[other], ids[of], PREDICATES[relation]
        claims = tuple(
            claim_id(start, predicate, end, negated) if outward else claim_id(end, predicate, start, negated)
            for outward, negated in islice(rows, count)
        )
        found.append(_Link(end, predicate, WAYS[way], claims, start, distance))
    return found


def _facets(arrays: LinkArrays, grouped: _Grouped) -> Facets:
    relations = np.bincount(grouped.rows.relation[grouped.first], minlength=len(RELATIONS))
    certainties = np.bincount(grouped.certainty, minlength=len(Certainty))
    kinds = arrays.kinds[grouped.rows.other[grouped.first]]
    of_kind = {kind: int(np.count_nonzero(kinds & kind_bits([kind]))) for kind in Kind}
    return Facets(
        predicates={PREDICATES[at]: int(relations[at]) for at in np.flatnonzero(relations)},
        kinds={kind: number for kind, number in of_kind.items() if number},
        certainties={_CERTAINTIES[int(at)]: int(certainties[at]) for at in np.flatnonzero(certainties)},
    )


def joined(parts: list[Rows]) -> Rows:
    """All rows in their order; there is at least one part."""
    if len(parts) == 1:
        return parts[0]
    return Rows(*(np.concatenate([getattr(part, name) for part in parts]) for name in Rows.__slots__))
