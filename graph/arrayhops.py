"""The hops of many chains at once: what a chain may take from one node to the next, and which of these is best.

A hop that several chains share is looked at once. Its steps stand in columns (`graph.linksbetween`); the best is chosen
by merit, certainty and the claim's id, as `graph.search.moves_of` does.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from graph.adjacency.arrays import Adjacency
from graph.adjacency.walking import Rules
from graph.knowledge import Link
from graph.linkarrays import IdsOf, LinkArrays
from graph.linksbetween import Column, Numbers, links_between
from graph.numbering import PREDICATES
from graph.ranks import FORCE, RankName
from graph.steps import Step
from ontology.claim import numbered_claim
from ontology.terms import Certainty

Measures = npt.NDArray[np.float64]

_CERTAINTIES: Final = {certainty.rank: certainty for certainty in Certainty}
_FORCE: Final = np.array([FORCE[predicate] for predicate in PREDICATES])


@dataclass(frozen=True, slots=True, eq=False)
class Group:
    """Chains of one length: a row each of their nodes, and of the places of their hops."""

    nodes: Numbers
    hops: Numbers


@dataclass(frozen=True, slots=True, eq=False)
class Hops:
    """All hops of some chains, each once; `link` has the number of each step's link by hop and column, −1 for none.

    `best` is the column of the best step of each hop.
    """

    arrays: LinkArrays
    columns: tuple[Column, ...]
    groups: tuple[Group, ...]
    source: Numbers
    target: Numbers
    link: Numbers
    merit: Measures
    best: Numbers
    ids: IdsOf

    @classmethod
    def between(cls, arrays: LinkArrays, rules: Rules, chains: Sequence[Numbers], rank: RankName) -> "Hops":
        """The hops of chains that were found under these rules; `chains` holds those of each length as rows."""
        nodes = len(arrays.names)
        keys = [(rows[:, :-1].astype(np.int64) * nodes + rows[:, 1:]) for rows in chains]
        unique, places = _numbered(np.concatenate([key.ravel() for key in keys]))
        ends = np.cumsum([key.size for key in keys])[:-1]
        parts = np.split(places, ends)
        groups = tuple(
            Group(rows, part.reshape(key.shape)) for rows, key, part in zip(chains, keys, parts, strict=True)
        )
        source, target = np.divmod(unique, nodes)
        columns = tuple(
            Column(relation, backward)
            for backward, relations in ((False, rules.forward), (True, rules.backward))
            for relation in sorted((relations or frozenset()) & arrays.present)
        )
        link = links_between(arrays.affirmed, columns, source, target, rules)
        merit = _merits(arrays, columns, source, target, link, rank)
        certainty = np.where(link >= 0, arrays.affirmed.certainty[np.maximum(link, 0)], 0)
        order = np.where(link >= 0, merit, -np.inf)
        top = order == order.max(axis=1, keepdims=True)
        sure = np.where(top, certainty.astype(np.int16), -1)
        top &= sure == sure.max(axis=1, keepdims=True)
        best = top.argmax(axis=1)
        hops = cls(arrays, columns, groups, source, target, link, merit, best, IdsOf(arrays.names))
        for place in np.flatnonzero(top.sum(axis=1) > 1):
            best[place] = min(np.flatnonzero(top[place]), key=lambda column: hops.short(int(place), int(column)).id)
        return hops

    def short(self, place: int, column: int) -> Link:
        """The claim of a step in short."""
        number = int(self.link[place, column])
        ends = (self.ids[int(self.source[place])], self.ids[int(self.target[place])])
        subject, object_ = reversed(ends) if self.columns[column].backward else ends
        links = self.arrays.affirmed
        return Link(
            id=numbered_claim(int(links.claim[number])),
            subject=subject,
            predicate=PREDICATES[self.columns[column].relation],
            object=object_,
            negated=False,
            certainty=_CERTAINTIES[int(links.certainty[number])],
            articles=int(links.articles[number]),
            belief=round(float(links.belief[number]), 4),
        )

    def step(self, place: int, column: int, articles: Callable[[str], frozenset[str]]) -> Step:
        """A step, with the articles that state its claim."""
        link = self.short(place, column)
        inverted = self.columns[column].inverted
        source, target = (link.object, link.subject) if self.columns[column].backward else (link.subject, link.object)
        return Step(source, target, link, inverted, link.belief, articles(link.id))

    def others(self, place: int) -> list[int]:
        """The columns of the other steps of a hop, the best first."""
        columns = [int(column) for column in np.flatnonzero(self.link[place] >= 0) if column != self.best[place]]
        links = {column: self.short(place, column) for column in columns}
        return sorted(
            columns,
            key=lambda column: (-self.merit[place, column], -links[column].certainty.rank, links[column].id),
        )


def _numbered(keys: Numbers) -> tuple[Numbers, Numbers]:
    """The keys in order, each once, and for each of those given its place among them; `np.unique` takes longer."""
    order = np.argsort(keys, kind="stable")
    ordered = keys[order]
    first = np.concatenate([[True], ordered[1:] != ordered[:-1]])
    places = np.empty(len(keys), np.int64)
    places[order] = np.cumsum(first) - 1
    return ordered[first], places


def beliefs(links: Adjacency, numbers: Numbers) -> Measures:
    """The belief of each link as claims have it, in four places."""
    return np.rint(links.belief[numbers].astype(np.float64) * 10_000) / 10_000


def forces(columns: Sequence[Column], chosen: Numbers) -> Measures:
    """How much the step in each of the chosen columns explains, as `graph.ranks` has it."""
    force = np.array([_FORCE[column.relation] / (2 if column.inverted else 1) for column in columns])
    return force[chosen]


def _merits(
    arrays: LinkArrays, columns: Sequence[Column], source: Numbers, target: Numbers, link: Numbers, rank: RankName
) -> Measures:
    links = arrays.affirmed
    if rank == "specificity":
        merits = np.zeros(link.shape)
        for place, column in enumerate(columns):
            there = np.flatnonzero(link[:, place] >= 0)
            merits[there, place] = _dampings(links, column, source[there], target[there])
        return merits
    belief = beliefs(links, np.maximum(link, 0)) if links.links else np.zeros(link.shape)
    return belief * forces(columns, np.arange(len(columns))) if rank == "explanation" else belief


def _dampings(links: Adjacency, column: Column, source: Numbers, target: Numbers) -> Measures:
    subject, object_ = (target, source) if column.backward else (source, target)
    out = _number(links.out_start, links.relation, subject, column.relation)
    into = _number(links.in_start, links.in_relation, object_, column.relation)
    return np.round(np.maximum(out * into, 1) ** -0.5, 4)


def _number(start: Numbers, relations: Numbers, nodes: Numbers, relation: int) -> Measures:
    """How many links of the relation each node has; they lie in order of relations."""
    bounds = []
    for wanted in (relation, relation + 1):
        low, high = start[nodes].copy(), start[nodes + 1].copy()
        while (searching := low < high).any():
            middle = np.minimum((low + high) >> 1, max(len(relations) - 1, 0))
            before = relations[middle] < wanted
            low, high = np.where(searching & before, middle + 1, low), np.where(searching & ~before, middle, high)
        bounds.append(low)
    return (bounds[1] - bounds[0]).astype(np.float64)
