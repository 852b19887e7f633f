"""The ids of a whole graph's claims and of what they join, told by the arrays of its links: the store is not asked.

Arrays are mapped, so that this takes no memory of its own; the engine keeps an index of every file that it reads.
"""

from collections.abc import Collection, Iterator

import numpy as np
import numpy.typing as npt

from graph.adjacency.arrays import Adjacency
from graph.linkarrays import LinkArrays, NodeNames
from graph.numbering import PREDICATES
from ontology.claim import claim_id


def linked_claims(arrays: LinkArrays, denied: Collection[bool]) -> Iterator[str]:
    """The ids of the affirmed claims, the denied ones or both, in no order."""
    for negated, links in arrays.by_polarity:
        if negated in denied:
            yield from _claims(arrays.names, links, negated=negated)


def linked_concepts(arrays: LinkArrays, denied: Collection[bool]) -> Iterator[str]:
    """The ids of the concepts that these claims are about."""
    linked: npt.NDArray[np.bool_] = np.zeros(len(arrays.names), np.bool_)
    for negated, links in arrays.by_polarity:
        if negated in denied:
            for start in (links.out_start, links.in_start):
                linked |= np.diff(start) > 0
    return map(arrays.names.id, np.flatnonzero(linked).tolist())


def _claims(names: NodeNames, links: Adjacency, *, negated: bool) -> Iterator[str]:
    for node in np.flatnonzero(np.diff(links.out_start)).tolist():
        subject = names.id(node)
        places = slice(int(links.out_start[node]), int(links.out_start[node + 1]))
        for other, relation in zip(links.out_node[places].tolist(), links.relation[places].tolist(), strict=True):
            yield claim_id(subject, PREDICATES[relation], names.id(other), negated=negated)
