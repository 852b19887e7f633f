"""The ids of a whole graph's claims and of what they join, told by the arrays of its links: the store is not asked.

Arrays are mapped, so that this takes no memory of its own; the engine keeps an index of every file that it reads.
"""

from collections.abc import Collection, Iterator
from typing import Final

import numpy as np
import numpy.typing as npt

from graph.linkarrays import LinkArrays
from ontology.claim import numbered_claim

_AT_ONCE: Final = 1 << 16
"""Numbers that are read together."""


def linked_claims(arrays: LinkArrays, denied: Collection[bool]) -> Iterator[str]:
    """The ids of the affirmed claims, the denied ones or both, in no order."""
    for negated, links in arrays.by_polarity:
        if negated in denied:
            for first in range(0, links.links, _AT_ONCE):
                yield from map(numbered_claim, links.claim[first : first + _AT_ONCE].tolist())


def linked_concepts(arrays: LinkArrays, denied: Collection[bool]) -> Iterator[str]:
    """The ids of the concepts that these claims are about."""
    linked: npt.NDArray[np.bool_] = np.zeros(len(arrays.names), np.bool_)
    for negated, links in arrays.by_polarity:
        if negated in denied:
            for start in (links.out_start, links.in_start):
                linked |= np.diff(start) > 0
    return map(arrays.names.id, np.flatnonzero(linked).tolist())
