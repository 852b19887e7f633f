"""The links of one concept and the figures of a graph, read from arrays of all links."""

from collections.abc import Mapping
from typing import Final

import numpy as np

from graph.adjacency.arrays import Adjacency
from graph.knowledge import Figures, Link, RelationCounts
from graph.linkarrays import LinkArrays
from graph.numbering import PREDICATES, RELATIONS, kind_bits
from ontology.claim import numbered_claim
from ontology.terms import Certainty, Kind, Predicate

_CERTAINTIES: Final = {certainty.rank: certainty for certainty in Certainty}


def links_at(
    arrays: LinkArrays, concept_id: str, *, outward: bool, predicates: frozenset[Predicate] = frozenset()
) -> tuple[Link, ...]:
    """The claims in short whose subject (outward) or object the concept is, affirmed and denied ones, by id.

    Of `predicates` alone, where there are any: a concept with many other links takes no longer for these.
    """
    node = arrays.names.find(concept_id)
    if node is None:
        return ()
    found: list[Link] = []
    for negated, links in arrays.by_polarity:
        start, others, relations = (
            (links.out_start, links.out_node, links.relation)
            if outward
            else (links.in_start, links.in_node, links.in_relation)
        )
        places = slice(int(start[node]), int(start[node + 1]))
        rows = np.arange(places.start, places.stop)
        if predicates:
            rows = rows[np.isin(relations[places], [PREDICATES.index(each) for each in predicates])]
        numbers = rows if outward else links.in_link[rows]
        for other, relation, certainty, articles, belief, claim in zip(
            others[rows].tolist(),
            relations[rows].tolist(),
            links.certainty[numbers].tolist(),
            links.articles[numbers].tolist(),
            links.belief[numbers].tolist(),
            map(numbered_claim, links.claim[numbers].tolist()),
            strict=True,
        ):
            name = arrays.names.id(other)
            subject, object_ = (concept_id, name) if outward else (name, concept_id)
            known = _CERTAINTIES[certainty], articles, round(belief, 4)
            found.append(Link(claim, subject, PREDICATES[relation], object_, negated, *known))
    return tuple(sorted(found, key=lambda link: link.id))


def relations_at(arrays: LinkArrays, concept_id: str) -> RelationCounts:
    """How many claims of each relation the concept is part of."""
    node = arrays.names.find(concept_id)
    if node is None:
        return RelationCounts({}, {}, {})
    affirmed, denied = arrays.affirmed, arrays.denied
    return RelationCounts(
        outgoing=_counted(_of_node(affirmed, node, outward=True)),
        incoming=_counted(_of_node(affirmed, node, outward=False)),
        denied=_counted(_of_node(denied, node, outward=True) + _of_node(denied, node, outward=False)),
    )


def figures_in(arrays: LinkArrays, *, articles: int, evidence: int) -> Figures:
    """The figures of a graph that has so many articles and statements."""
    number = len(RELATIONS)
    relations = sum(np.bincount(links.relation, minlength=number) for _, links in arrays.by_polarity)
    certainties = sum(np.bincount(links.certainty, minlength=len(Certainty)) for _, links in arrays.by_polarity)
    kinds = {kind: int(np.count_nonzero(arrays.kinds & np.uint16(kind_bits([kind])))) for kind in Kind}
    return Figures(
        articles=articles,
        concepts=len(arrays.names),
        provisional=int(np.count_nonzero(arrays.provisional)),
        claims=arrays.affirmed.links + arrays.denied.links,
        denied=arrays.denied.links,
        evidence=evidence,
        by_predicate=_counted(np.asarray(relations)),
        by_kind={kind: number for kind, number in kinds.items() if number},
        by_certainty={
            _CERTAINTIES[rank]: number for rank, number in enumerate(np.asarray(certainties).tolist()) if number
        },
    )


def _of_node(links: Adjacency, node: int, *, outward: bool) -> "np.ndarray[tuple[int], np.dtype[np.intp]]":
    start, relation = (links.out_start, links.relation) if outward else (links.in_start, links.in_relation)
    return np.bincount(relation[int(start[node]) : int(start[node + 1])], minlength=len(RELATIONS))


def _counted(numbers: "np.ndarray[tuple[int], np.dtype[np.intp]]") -> Mapping[Predicate, int]:
    return {PREDICATES[at]: number for at, number in enumerate(numbers.tolist()) if number}
