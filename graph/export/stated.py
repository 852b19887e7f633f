"""Which claims and concepts are exported where they are named, or the articles that state them."""

from collections.abc import Iterable
from typing import Final

from graph.batches import batches
from graph.export.selection import Selection
from graph.knowledge import KnowledgeGraph
from graph.neighbours import Filter
from ontology.claim import Claim

_AT_ONCE: Final = 500
"""Claims that are read together."""


def alone(concept_ids: Iterable[str]) -> Selection:
    """These concepts without any link."""
    return Selection(tuple(sorted(set(concept_ids))), (), (), linked=False)


def these(claims: Iterable[Claim], *, articles: frozenset[str] = frozenset()) -> Selection:
    """These claims, denied ones as edges too, and the concepts that they are about.

    Where any of `articles` are named, claims are reduced to what these state, and those that none states left out.
    """
    concepts: set[str] = set()
    ids: set[str] = set()
    for claim in claims:
        if articles and articles.isdisjoint(claim.articles):
            continue
        concepts |= {claim.subject, claim.object}
        ids.add(claim.id)
    in_order = tuple(sorted(ids))
    return Selection(tuple(sorted(concepts)), in_order, in_order, articles)


def stated_by(network: KnowledgeGraph, filter: Filter) -> Selection:
    """All that the articles of the filter state and it lets through; they take a piece of memory a claim."""
    stated = sorted(frozenset().union(*map(network.stated_in, filter.articles)))
    return these(_passing(network, stated, filter), articles=filter.articles)


def _passing(network: KnowledgeGraph, ids: Iterable[str], filter: Filter) -> Iterable[Claim]:
    for some in batches(ids, _AT_ONCE):
        network.read_ahead(some)
        for claim in map(network.claims.__getitem__, some):
            wanted = filter.negated == "include" or claim.negated == (filter.negated == "only")
            if wanted and filter.narrow(claim) is not None:
                yield claim
