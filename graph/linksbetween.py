"""The links between the two nodes of many pairs, by relation and way, looked for in all pairs at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from graph.adjacency.arrays import Adjacency
from graph.adjacency.walking import Rules
from graph.linkarrays import places_of
from graph.numbering import PREDICATES, RELATIONS
from ontology.terms import SYMMETRIC

Numbers = npt.NDArray[np.integer[Any]]

_FEW: Final = 1024
"""Links of a node that are all looked at; among more, those to the other node are searched for."""


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """A relation and a way: from object to subject where `backward`, which is `inverted` unless it is symmetric."""

    relation: int
    backward: bool

    @property
    def inverted(self) -> bool:
        """Whether a step of it reads the other way round."""
        return self.backward and PREDICATES[self.relation] not in SYMMETRIC


def links_between(
    links: Adjacency, columns: Sequence[Column], source: Numbers, target: Numbers, rules: Rules
) -> Numbers:
    """By pair of nodes and column the number of the link between the two, −1 where there is none that the rules allow.

    Of each pair the node with fewer links tells.
    """
    found = np.full((len(source), len(columns)), -1)
    if not links.links or not len(source):
        return found
    for backward in (False, True):
        places = [place for place, column in enumerate(columns) if column.backward == backward]
        if places:
            subject, object_ = (target, source) if backward else (source, target)
            relations = [columns[place].relation for place in places]
            found[:, places] = _one_way(links, relations, subject, object_)
    number = np.maximum(found, 0)
    allowed = links.certainty[number] >= rules.min_certainty
    allowed &= links.articles[number] >= rules.min_articles
    return np.where(allowed, found, -1)


def _one_way(links: Adjacency, relations: Sequence[int], subject: Numbers, object_: Numbers) -> Numbers:
    """By pair and relation the number of the link from subject to object, −1 where there is none."""
    out = links.out_start[subject + 1] - links.out_start[subject]
    into = links.in_start[object_ + 1] - links.in_start[object_]
    found = np.full((len(subject), len(RELATIONS)), -1)
    for outward in (True, False):
        pairs = np.flatnonzero((out <= into) == outward)
        pairs = pairs[(out if outward else into)[pairs] <= _FEW]
        start, node = (links.out_start, links.out_node) if outward else (links.in_start, links.in_node)
        near, far = (subject, object_) if outward else (object_, subject)
        places, counts = places_of(start, near[pairs])
        met = np.flatnonzero(node[places] == np.repeat(far[pairs], counts))
        number = places[met] if outward else links.in_link[places[met]]
        found[np.repeat(pairs, counts)[met], links.relation[number]] = number
    found = found[:, relations]
    many = np.flatnonzero(np.minimum(out, into) > _FEW)
    if len(many):
        found[many] = _searched(links, relations, subject[many], object_[many])
    return found


def _searched(links: Adjacency, relations: Sequence[int], subject: Numbers, object_: Numbers) -> Numbers:
    """The same by halving what a subject has, which lies in order of relations and objects."""
    wanted = np.array(relations, np.int64)
    object_ = object_[:, None]
    shape = (len(subject), len(wanted))
    low, high = (np.broadcast_to(links.out_start[subject + more][:, None], shape) for more in (0, 1))
    end = high
    while (searching := low < high).any():
        middle = np.minimum((low + high) >> 1, links.links - 1)
        relation = links.relation[middle]
        before = (relation < wanted) | ((relation == wanted) & (links.out_node[middle] < object_))
        low = np.where(searching & before, middle + 1, low)
        high = np.where(searching & ~before, middle, high)
    place = np.minimum(low, links.links - 1)
    there = (low < end) & (links.relation[place] == wanted) & (links.out_node[place] == object_)
    return np.where(there, place, -1)
