"""All claims of a graph in the order of belief, a stretch at a time.

Best believed first; equal ones by the IRI of the subject, the relation, the IRI of the object, affirmed before denied.
That is the order in which arrays number links, so that of ten million only those of the stretch are put in order.
"""

import heapq
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np

from graph.adjacency.arrays import Adjacency
from graph.knowledge import Link
from graph.linkarrays import LinkArrays, relation_numbers
from graph.numbering import RELATIONS
from ontology.claim import numbered_claim
from ontology.terms import Certainty, Predicate, expand

Place: TypeAlias = tuple[float, str, str, str, bool]

_SURE: Final = 10_000
"""Beliefs are told apart to so many parts of one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimBounds:
    """Which claims count: of which relations (any, if empty), affirmed or denied (None: both), how well stated."""

    predicates: frozenset[Predicate] = frozenset()
    negated: bool | None = None
    min_certainty: Certainty = Certainty.UNLIKELY
    min_articles: int = 1

    def holds(self, link: Link) -> bool:
        """Whether the claim counts."""
        return (
            (not self.predicates or link.predicate in self.predicates)
            and (self.negated is None or link.negated is self.negated)
            and link.certainty.rank >= self.min_certainty.rank
            and link.articles >= self.min_articles
        )


def claim_order(link: Link) -> Place:
    """What claims are sorted by."""
    return (-link.belief, expand(link.subject), link.predicate.value, expand(link.object), link.negated)


def in_order(links: Iterable[Link], bounds: ClaimBounds) -> tuple[Link, ...]:
    """Those of the claims that count, in order."""
    return tuple(sorted(filter(bounds.holds, links), key=claim_order))


def ranked(arrays: LinkArrays, bounds: ClaimBounds, offset: int, limit: int) -> tuple[int, tuple[str, ...]]:
    """How many claims count, and the ids of at most `limit` of them from `offset` on, in order."""
    wanted = [(negated, links) for negated, links in arrays.by_polarity if bounds.negated in (None, negated)]
    chosen = [(negated, links, _counting(links, bounds)) for negated, links in wanted]
    total = sum(len(numbers) for _, _, numbers in chosen)
    end = min(offset + limit, total)
    merged = heapq.merge(*(_first(arrays, links, numbers, end, negated=negated) for negated, links, numbers in chosen))
    stretch = [id for place, (_, id) in zip(range(end), merged, strict=False) if place >= offset]
    return total, tuple(stretch)


def _counting(links: Adjacency, bounds: ClaimBounds) -> "np.ndarray[tuple[int], np.dtype[np.intp]]":
    """The numbers of the links that count, in their order."""
    counting = links.certainty >= bounds.min_certainty.rank
    if bounds.min_articles > 1:
        counting &= links.articles >= bounds.min_articles
    if bounds.predicates:
        counting &= np.isin(links.relation, sorted(relation_numbers(bounds.predicates)))
    return np.flatnonzero(counting)


def _first(
    arrays: LinkArrays,
    links: Adjacency,
    numbers: "np.ndarray[tuple[int], np.dtype[np.intp]]",
    end: int,
    *,
    negated: bool,
) -> Iterator[tuple[Place, str]]:
    """The first so many of these links, each as its place among all claims and its id."""
    doubt = _SURE - np.rint(links.belief[numbers] * _SURE).astype(np.int16)
    if end < len(numbers):
        last = np.partition(doubt, end)[end]
        near = np.flatnonzero(doubt <= last)
        numbers, doubt = numbers[near], doubt[near]
    for place in np.argsort(doubt, kind="stable")[:end].tolist():
        number = int(numbers[place])
        subject = arrays.names.id(int(links.subjects(np.array([number]))[0]))
        object_ = arrays.names.id(int(links.out_node[number]))
        relation = RELATIONS[int(links.relation[number])]
        belief = round(float(links.belief[number]), 4)
        where = (-belief, expand(subject), relation, expand(object_), negated)
        yield where, numbered_claim(int(links.claim[number]))
