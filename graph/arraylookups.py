"""Look-ups that walk further than one link, answered from arrays: only the claims that are shown are read.

They answer what `graph.lookups` answers, as `graph.arrayneighbours` does for one link, and follow as many links.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final, TypeAlias

import numpy as np

from graph import arrayneighbours
from graph.arrayneighbours import Search, followed, polarities
from graph.knowledge import KnowledgeGraph
from graph.linkarrays import LinkArrays
from graph.lookups import (
    CAUSED,
    CAUSING,
    MECHANISM_STEPS,
    NARROWER,
    REASSURANCE,
    WARRANTED,
    Lookup,
    mechanisms_of,
    red_flags_of,
)
from graph.neighbours import EVERYTHING, Filter
from graph.rankedlinks import RankedLinks, Rows, Whole, joined, ranked
from graph.stretches import Stretch
from ontology.terms import Kind

Walked: TypeAlias = tuple[Rows, bool]
"""The rows of a walk, affirmed before denied ones of each link, and whether some were left out."""

MOST_STEPS: Final = 1_000
"""How far more specific concepts are followed."""


def rank_walked(
    network: KnowledgeGraph,
    arrays: LinkArrays,
    lookup: Lookup,
    concept_id: str,
    stretch: Stretch,
    *,
    kinds: frozenset[Kind],
    filter: Filter,
) -> RankedLinks:
    """The stretch of what the look-up, one of `WALKS`, answers of a concept that is there, not read yet.

    The filter names no articles.
    """
    node = arrays.names.find(concept_id)
    front = np.array([] if node is None else [node], np.int64)
    rows, truncated = WALKS[lookup](arrays, front, filter)
    return ranked(network, arrays, rows, stretch, kinds=kinds, truncated=truncated)


def _mechanisms(arrays: LinkArrays, front: Whole, filter: Filter) -> Walked:
    causing, caused = Search(arrays, (CAUSING,), filter), Search(arrays, (CAUSED,), filter)
    start, wanted = front, polarities(filter.negated)
    met = [causing.rows(front, 1, denied=denied) for denied in wanted]
    reached = np.zeros(len(arrays.names), np.bool_)
    reached[front] = True
    left, truncated = arrayneighbours.MOST_FOLLOWED, False
    for distance in range(1, MECHANISM_STEPS + 1):
        if distance > 1:
            whole = len(front)
            front, left = followed(arrays, front, left)
            truncated = truncated or len(front) < whole
        met += [_without(caused.rows(front, distance, denied=denied), start) for denied in wanted]
        front = _new(caused.rows(front, distance, denied=False), outward=True, reached=reached)
    return joined(met), truncated


def _red_flags(arrays: LinkArrays, front: Whole, filter: Filter) -> Walked:
    warranted, narrower = Search(arrays, (WARRANTED,), filter), Search(arrays, (NARROWER,), EVERYTHING)
    wanted = polarities(filter.negated)
    reached = np.zeros(len(arrays.names), np.bool_)
    reached[front] = True
    nothing = np.array([*arrays.numbers([REASSURANCE])], np.int64)
    met: list[Rows] = []
    left, truncated = arrayneighbours.MOST_FOLLOWED, False
    for distance in range(1, MOST_STEPS + 1):
        if distance > 1:
            whole = len(front)
            front, left = followed(arrays, front, left)
            truncated = truncated or len(front) < whole
        if not len(front):
            return joined(met), truncated
        met += [_without(warranted.rows(front, distance, denied=denied), nothing) for denied in wanted]
        front = _new(narrower.rows(front, distance, denied=False), outward=False, reached=reached)
    return joined(met), True


def _without(rows: Rows, nodes: Whole) -> Rows:
    return rows.at(~np.isin(rows.other, nodes))


def _new(rows: Rows, *, outward: bool, reached: "np.ndarray[tuple[int], np.dtype[np.bool_]]") -> Whole:
    """The nodes at the other ends of these rows that were not reached before, which they are now."""
    found: Whole = np.unique(rows.other[rows.outward == outward])
    fresh: Whole = found[~reached[found]]
    reached[fresh] = True
    return fresh


WALKS: Final[Mapping[Lookup, Callable[[LinkArrays, Whole, Filter], Walked]]] = MappingProxyType(
    {mechanisms_of: _mechanisms, red_flags_of: _red_flags}
)
"""The look-ups that are answered by a walk."""
