"""Links put in order by what arrays say of them, so that only the claims that are shown need be read.

A row stands for one claim as it is met from one end. Rows of the same two concepts, relation and way are one link, as
in `graph.neighbours`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final, Literal, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from graph.knowledge import KnowledgeGraph
from graph.linkarrays import IdsOf, LinkArrays
from graph.neighbours import Neighbour
from graph.numbering import PREDICATES, RELATIONS, kind_bits, kinds_of
from graph.stretches import Facets, Neighbourhood, Stretch, articles_of
from ontology.claim import numbered_claim
from ontology.terms import Certainty, Kind

Whole: TypeAlias = npt.NDArray[np.int64]

WAYS: Final[tuple[Literal["in"], Literal["out"]]] = ("in", "out")

SURE: Final = 10_000
"""Beliefs are told apart to so many parts of one."""

_CERTAINTIES: Final = {certainty.rank: certainty for certainty in Certainty}
_NOT_MEANT: Final = -1


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
    claim: npt.NDArray[np.uint64]

    def __len__(self) -> int:
        return len(self.of)

    def at(self, places: npt.NDArray[Any] | slice) -> "Rows":
        """The rows at these places, or where these are true."""
        return Rows(*(getattr(self, name)[places] for name in Rows.__slots__))


def joined(parts: Sequence[Rows]) -> Rows:
    """All rows in their order; there is at least one part."""
    if len(parts) == 1:
        return parts[0]
    return Rows(*(np.concatenate([getattr(part, name) for part in parts]) for name in Rows.__slots__))


class RankedLink(NamedTuple):
    """A link by the numbers of its ends; `claims`: whether each has `of` as subject, and its number."""

    other: int
    relation: int
    way: int
    of: int
    distance: int
    belief: int
    """In parts of `SURE`."""

    certainty: int
    claims: tuple[tuple[bool, int], ...]

    @property
    def sure(self) -> Certainty:
        """The certainty whose rank that is."""
        return _CERTAINTIES[self.certainty]


@dataclass(frozen=True, slots=True, eq=False)
class RankedLinks:
    """A `Neighbourhood` of which nothing was read yet."""

    arrays: LinkArrays
    total: int
    links: Sequence[RankedLink]
    facets: Facets
    truncated: bool

    def read(self, network: KnowledgeGraph) -> Neighbourhood:
        """The same with the claims."""
        ids = IdsOf(self.arrays.names)
        network.read_ahead(numbered_claim(number) for link in self.links for _, number in link.claims)
        links = tuple(_read(network, ids, link) for link in self.links)
        return Neighbourhood(self.total, links, self.facets, self.truncated)


def ranked(
    network: KnowledgeGraph,
    arrays: LinkArrays,
    rows: Rows,
    stretch: Stretch,
    *,
    kinds: frozenset[Kind],
    truncated: bool,
) -> RankedLinks:
    """The stretch of the links that the rows make, affirmed rows before denied ones, to concepts of any of the kinds.

    Claims are read only where an order by articles needs them.
    """
    if kinds:
        rows = rows.at((arrays.kinds[rows.other] & kind_bits(kinds)) != 0)
    if not len(rows):
        return RankedLinks(arrays, 0, (), Facets({}, {}, {}), truncated)
    grouped = _Grouped.of(rows, len(arrays.names))
    chosen = _chosen(network, arrays, grouped, stretch)
    return RankedLinks(arrays, len(grouped), grouped.links(chosen), _facets(arrays, grouped), truncated)


@dataclass(frozen=True, slots=True, eq=False)
class _Grouped:
    """The first row of each link, its belief and certainty; where links have several, all rows and where they begin."""

    lead: Rows
    belief: Whole
    certainty: Whole
    rows: Rows
    first: Whole | None = None
    """None where each link has but one."""

    @classmethod
    def of(cls, rows: Rows, nodes: int) -> "_Grouped":
        """At least one row, affirmed before denied ones."""
        key = (((rows.of * nodes + rows.other) * len(RELATIONS) + rows.relation) << 1) | rows.way
        order = np.argsort(key, kind="stable")
        key = key[order]
        differs = key[1:] != key[:-1]
        if differs.all():
            return cls(rows, rows.belief, rows.certainty, rows)
        rows = rows.at(order)
        first = np.flatnonzero(np.concatenate([[True], differs]))
        meant = rows.negated == np.repeat(rows.negated[first], np.diff(first, append=len(rows)))
        return cls(
            rows.at(first),
            np.maximum.reduceat(np.where(meant, rows.belief, _NOT_MEANT), first),
            np.maximum.reduceat(np.where(meant, rows.certainty, _NOT_MEANT), first),
            rows,
            first,
        )

    def __len__(self) -> int:
        return len(self.lead)

    def links(self, places: npt.NDArray[np.intp]) -> list[RankedLink]:
        """Those at these places."""
        lead = self.lead
        columns = (lead.other, lead.relation, lead.way, lead.of, lead.distance, self.belief, self.certainty)
        claims: Iterable[tuple[tuple[bool, int], ...]]
        if self.first is None:
            claims = zip(zip(lead.outward[places].tolist(), lead.claim[places].tolist(), strict=True), strict=True)
        else:
            claims = self._claims(self.first, places)
        return list(map(RankedLink, *(column[places].tolist() for column in columns), claims))

    def several(self) -> npt.NDArray[np.intp]:
        """The places of the links with several claims."""
        if self.first is None:
            return np.zeros(0, np.intp)
        return np.flatnonzero(np.diff(self.first, append=len(self.rows)) > 1)

    def _claims(self, first: Whole, places: npt.NDArray[np.intp]) -> list[tuple[tuple[bool, int], ...]]:
        begin = first[places]
        counts = np.append(first[1:], len(self.rows))[places] - begin
        within = np.repeat(begin - np.cumsum(counts) + counts, counts) + np.arange(int(counts.sum()))
        rows = zip(self.rows.outward[within].tolist(), self.rows.claim[within].tolist(), strict=True)
        return [tuple(islice(rows, count)) for count in counts.tolist()]


def _chosen(network: KnowledgeGraph, arrays: LinkArrays, grouped: _Grouped, stretch: Stretch) -> npt.NDArray[np.intp]:
    """The places of the links of the stretch, in its order."""
    link = grouped.lead
    label = arrays.label[link.other].astype(np.int64)
    lead = link.distance << 1 | (grouped.certainty == Certainty.UNLIKELY.rank)
    lead = lead << 14 | (SURE - grouped.belief)
    lead = (lead << 2 | (Certainty.ASSERTED.rank - grouped.certainty)) << 4 | link.relation
    lead = lead << 31 | label
    match stretch.sort:
        case "belief":
            major = lead
        case "label":
            major = arrays.folded[link.other].astype(np.int64)
        case "articles":
            major = -_articles(network, arrays, grouped)
    if stretch.end is None or stretch.end >= len(lead):
        order = np.lexsort((arrays.label[link.of], link.way, lead, major))
    else:  # what comes later need not be put in order
        last = np.partition(major, stretch.end - 1)[stretch.end - 1]
        places = np.flatnonzero(major <= last)
        order = places[np.lexsort((arrays.label[link.of[places]], link.way[places], lead[places], major[places]))]
    return order[stretch.offset : stretch.end]


def _articles(network: KnowledgeGraph, arrays: LinkArrays, grouped: _Grouped) -> Whole:
    """How many articles state or deny each link; one article may do so in several claims, which must be read then."""
    articles, several = grouped.lead.articles.copy(), grouped.several()
    found = RankedLinks(arrays, len(several), grouped.links(several), Facets({}, {}, {}), truncated=False).read(network)
    articles[several] = [articles_of(link) for link in found.links]
    return articles


def _read(network: KnowledgeGraph, ids: IdsOf, link: RankedLink) -> Neighbour:
    return Neighbour(
        concept=network.concepts[ids[link.other]],
        predicate=PREDICATES[link.relation],
        direction=WAYS[link.way],
        claims=tuple(network.claims[numbered_claim(number)] for _, number in link.claims),
        of=network.concepts[ids[link.of]],
        distance=link.distance,
    )


def _facets(arrays: LinkArrays, grouped: _Grouped) -> Facets:
    of_kind = dict.fromkeys(Kind, 0)
    for bits, number in _counted(arrays.kinds[grouped.lead.other]):
        for kind in kinds_of(bits):
            of_kind[kind] += number
    return Facets(
        predicates={PREDICATES[at]: number for at, number in _counted(grouped.lead.relation)},
        kinds={kind: number for kind, number in of_kind.items() if number},
        certainties={_CERTAINTIES[at]: number for at, number in _counted(grouped.certainty)},
    )


def _counted(values: npt.NDArray[np.integer[Any]]) -> Iterable[tuple[int, int]]:
    """How often each value, which is small, occurs."""
    counts = np.bincount(values)
    found = np.flatnonzero(counts)
    return zip(found.tolist(), counts[found].tolist(), strict=True)
