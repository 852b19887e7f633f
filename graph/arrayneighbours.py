"""Neighbours found in arrays: what `graph.neighbours` answers, as rows that `graph.rankedlinks` puts in order.

Everything is done to all rows at once; a concept with a hundred thousand neighbours takes milliseconds.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

from graph.adjacency.arrays import Adjacency
from graph.knowledge import KnowledgeGraph
from graph.linkarrays import LinkArrays, places_of
from graph.neighbours import Filter, Negated, Pattern
from graph.numbering import PREDICATES, RELATIONS, kind_bits
from graph.rankedlinks import SURE, WAYS, RankedLinks, Rows, Whole, joined, ranked
from graph.stretches import Stretch
from ontology.terms import Kind

MOST_FOLLOWED: Final = 300_000
"""How many links are followed beyond those of the concept itself; what lies further is left out."""

_NOT_WANTED: Final = -1

_LookedFor: TypeAlias = tuple[npt.NDArray[np.int64], npt.NDArray[np.uint16]]


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for: the patterns, and the bounds of the filter."""

    arrays: LinkArrays
    patterns: tuple[Pattern, ...]
    filter: Filter

    def rows(self, front: Whole, distance: int, *, denied: bool) -> Rows:
        """What the patterns and bounds let through of all claims at these nodes, outgoing ones first."""
        links = self.arrays.denied if denied else self.arrays.affirmed
        going, out_counts = places_of(links.out_start, front)
        coming, in_counts = places_of(links.in_start, front)
        relation = np.concatenate((links.relation[going], links.in_relation[coming]))
        other = np.concatenate((links.out_node[going], links.in_node[coming]))
        link = np.concatenate((going, links.in_link[coming]), dtype=np.int64)
        of = np.repeat(np.concatenate((front, front)), np.concatenate((out_counts, in_counts)))
        outward = np.arange(len(link)) < len(going)
        ways, kinds = _looked_for(self.patterns)
        reads = outward.astype(np.intp), relation
        way = ways[reads]
        certainty, articles = links.certainty[link], links.articles[link]
        fits = (way != _NOT_WANTED) & (certainty >= self.filter.min_certainty.rank)
        if self.filter.min_articles > 1:
            fits &= articles >= self.filter.min_articles
        if any(pattern.kinds for pattern in self.patterns):
            wanted = kinds[reads]
            fits &= (wanted == 0) | ((self.arrays.kinds[other] & wanted) != 0)
        found = Rows(
            of=of,
            other=other.astype(np.int64),
            relation=relation.astype(np.int64),
            way=way,
            link=link,
            outward=outward,
            negated=np.full(len(link), denied),
            certainty=certainty.astype(np.int64),
            articles=articles.astype(np.int64),
            belief=np.rint(links.belief[link] * SURE).astype(np.int64),
            distance=np.full(len(link), distance),
            claim=links.claim[link],
        )
        return found if fits.all() else found.at(fits)


@lru_cache(maxsize=256)
def _looked_for(patterns: tuple[Pattern, ...]) -> _LookedFor:
    """By whether a link leads outward, and by relation: how it reads (its place in `WAYS`), and the bits of kinds."""
    ways = np.full((2, len(RELATIONS)), _NOT_WANTED, np.int64)
    kinds = np.zeros((2, len(RELATIONS)), np.uint16)
    for pattern in patterns:
        for number, predicate in enumerate(PREDICATES):
            for outward in (False, True):
                way = pattern.way(predicate, outward=outward)
                if way is not None:
                    ways[int(outward), number] = WAYS.index(way)
                    kinds[int(outward), number] = kind_bits(pattern.kinds)
    return ways, kinds


def rank_near(
    network: KnowledgeGraph,
    arrays: LinkArrays,
    concept_id: str,
    patterns: tuple[Pattern, ...],
    stretch: Stretch,
    *,
    kinds: frozenset[Kind],
    depth: int,
    filter: Filter,
) -> RankedLinks:
    """The stretch of what `graph.neighbours.find_matching` answers of a concept that is there, not read yet.

    The filter names no articles.
    """
    node = arrays.names.find(concept_id)
    rows, truncated = _met(Search(arrays, patterns, filter), np.array([] if node is None else [node], np.int64), depth)
    return ranked(network, arrays, rows, stretch, kinds=kinds, truncated=truncated)


def _met(search: Search, front: Whole, depth: int) -> tuple[Rows, bool]:
    """The rows that are met, each claim from its nearer end, and whether some were left out.

    Of equally near ends the first by label comes first, and is followed first.
    """
    arrays, negated = search.arrays, search.filter.negated
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
