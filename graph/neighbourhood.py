"""What a concept is linked to, a stretch at a time: ranked in arrays where there are any, else all read and cut."""

from collections.abc import Callable
from typing import Concatenate, ParamSpec, TypeAlias

from graph.arraylookups import WALKS, rank_walked
from graph.arrayneighbours import rank_near
from graph.knowledge import KnowledgeGraph
from graph.lookups import PATTERNS, Lookup
from graph.neighbours import EVERYTHING, Filter, Pattern, check, find_matching
from graph.rankedlinks import RankedLinks
from graph.stretches import Neighbourhood, Stretch, cut
from ontology.terms import Kind

_Asked = ParamSpec("_Asked")

Unread: TypeAlias = Neighbourhood | RankedLinks
"""What was found, of which nothing was read yet where arrays ranked it."""


def find_near(
    network: KnowledgeGraph,
    concept_id: str,
    patterns: tuple[Pattern, ...],
    stretch: Stretch,
    *,
    kinds: frozenset[Kind] = frozenset(),
    depth: int = 1,
    filter: Filter = EVERYTHING,
) -> Unread:
    """The stretch of what `graph.neighbours.find_matching` answers.

    Raises:
        InvalidArgument: as there.
    """
    arrays = network.arrays()
    if arrays is None or filter.articles:  # the arrays do not know which article says what
        found = find_matching(network, concept_id, patterns, kinds=kinds, depth=depth, filter=filter)
        return cut(found, stretch)
    network.concept(concept_id)
    check(patterns, depth)
    return rank_near(network, arrays, concept_id, patterns, stretch, kinds=kinds, depth=depth, filter=filter)


def look_up(
    network: KnowledgeGraph,
    lookup: Lookup,
    concept_id: str,
    stretch: Stretch,
    *,
    kinds: frozenset[Kind] = frozenset(),
    filter: Filter = EVERYTHING,
) -> Unread:
    """The stretch of what a look-up answers, of concepts of one of `kinds` (any, if empty)."""
    patterns = PATTERNS.get(lookup)
    if patterns is not None:
        return find_near(network, concept_id, patterns, stretch, kinds=kinds, filter=filter)
    arrays = network.arrays()
    if lookup in WALKS and arrays is not None and not filter.articles:
        network.concept(concept_id)
        return rank_walked(network, arrays, lookup, concept_id, stretch, kinds=kinds, filter=filter)
    found = lookup(network, concept_id, filter)
    return cut(tuple(link for link in found if not kinds or kinds & set(link.concept.kinds)), stretch)


def read(network: KnowledgeGraph, found: Unread) -> Neighbourhood:
    """What was found, with its claims."""
    return found.read(network) if isinstance(found, RankedLinks) else found


def _reading(
    find: Callable[Concatenate[KnowledgeGraph, _Asked], Unread],
) -> Callable[Concatenate[KnowledgeGraph, _Asked], Neighbourhood]:
    """What finds the same and reads it."""

    def found(network: KnowledgeGraph, /, *asked: _Asked.args, **named: _Asked.kwargs) -> Neighbourhood:
        return read(network, find(network, *asked, **named))

    return found


near = _reading(find_near)
"""What `find_near` finds, read."""

looked_up = _reading(look_up)
"""What `look_up` finds, read."""
