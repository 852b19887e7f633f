"""What articles disagree about, shown and not resolved.

Two kinds of disagreement: one (subject, relation, object) is both affirmed and denied (`polarity`), or is affirmed with
different frequencies (`frequency`). Two frequencies are the same where they have the same HPO class or, where one has
no class, are the same word. Statements that give no frequency disagree with none.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain
from typing import Final, Literal

import numpy as np

from graph.adjacency.walking import FORWARD
from graph.batches import batches
from graph.frequencies import said
from graph.knowledge import KnowledgeGraph
from graph.linkarrays import LinkArrays
from graph.linksbetween import Column, links_between
from graph.numbering import PREDICATES
from ontology.claim import Claim, Concept, Evidence, claim_id, numbered_claim
from ontology.terms import Predicate

Disagreement = Literal["polarity", "frequency"]

_AT_ONCE: Final = 500
_MOST_READ: Final = 5_000
"""Claims of one concept that are read to see whether they vary."""


@dataclass(frozen=True, slots=True)
class Side:
    """One of the opinions: the claim with only the statements that share it.

    `frequencies` are their words for how often, sorted, and `frequency_class` the HPO class of these; both empty where
    the conflict is one of polarity.
    """

    claim: Claim
    frequencies: tuple[str, ...] = ()
    frequency_class: str | None = None


@dataclass(frozen=True, slots=True)
class Conflict:
    """One link that articles disagree about.

    There are at least two sides. In order: the affirmed one, then the denied one; frequencies from the highest class to
    the lowest, then those without a class by word.
    """

    type: Disagreement
    subject: Concept
    predicate: Predicate
    object: Concept
    sides: tuple[Side, ...]


def find_conflicts(
    network: KnowledgeGraph, concept_id: str | None = None, *, types: frozenset[Disagreement] = frozenset()
) -> tuple[Conflict, ...]:
    """The conflicts in the graph, or those about links of one concept; of the given types, all if there are none given.

    Polarity before frequency, then those whose less believed side is believed most; ties by label of subject, relation,
    label of object, ids. () where all agree.

    Raises:
        InvalidArgument: an unknown concept id.
    """
    if concept_id is not None:
        network.concept(concept_id)
    found: list[Conflict] = []
    if not types or "polarity" in types:
        found += _of_polarity(network, _denied(network, concept_id))
    if not types or "frequency" in types:
        found += _of_frequency(network, _affirmed(network, concept_id))
    return tuple(sorted(found, key=_order))


def _denied(network: KnowledgeGraph, concept_id: str | None) -> Iterable[Claim]:
    arrays = network.arrays()
    if concept_id is None and arrays is not None:
        return _read(network, _disputed(arrays))
    if concept_id is None:
        return network.denied.values()
    return _read(network, _links(network, concept_id, negated=True))


def _disputed(arrays: LinkArrays) -> Iterator[str]:
    """The ids of the denied claims that are affirmed too, found without reading any."""
    denied = arrays.denied
    numbers = np.arange(denied.links)
    subjects, objects, relations = denied.subjects(numbers), denied.out_node[numbers], denied.relation[numbers]
    for relation in range(len(PREDICATES)):
        here = np.flatnonzero(relations == relation)
        ends = subjects[here], objects[here]
        there = links_between(arrays.affirmed, [Column(relation, backward=False)], *ends, FORWARD)[:, 0] >= 0
        yield from map(numbered_claim, denied.claim[here[there]].tolist())


def _affirmed(network: KnowledgeGraph, concept_id: str | None) -> Iterable[Claim]:
    if concept_id is None:
        return _read(network, network.varying())
    links = _links(network, concept_id, negated=False)
    if len(links) > _MOST_READ:  # to look at all statements of the graph once takes less
        varying = frozenset(network.varying())
        links = tuple(link for link in links if link in varying)
    return _read(network, links)


def _links(network: KnowledgeGraph, concept_id: str, *, negated: bool) -> tuple[str, ...]:
    """The ids of the claims that the concept is part of, each once."""
    links = chain(network.links_from(concept_id), network.links_to(concept_id))
    return tuple(dict.fromkeys(link.id for link in links if link.negated == negated))


def _read(network: KnowledgeGraph, ids: Iterable[str]) -> Iterator[Claim]:
    """The claims with these ids, read many at once."""
    for some in batches(ids, _AT_ONCE):
        network.read_ahead(some)
        yield from (network.claims[claim] for claim in some)


def _of_polarity(network: KnowledgeGraph, denied: Iterable[Claim]) -> Iterator[Conflict]:
    for some in batches(denied, _AT_ONCE):
        same = [claim_id(against.subject, against.predicate, against.object, negated=False) for against in some]
        network.read_ahead(same)
        for against, affirmed in zip(some, map(network.claims.get, same), strict=True):
            if affirmed is not None:
                yield _conflict(network, "polarity", (Side(affirmed), Side(against)))


def _of_frequency(network: KnowledgeGraph, affirmed: Iterable[Claim]) -> Iterator[Conflict]:
    for claim in affirmed:
        groups: defaultdict[str, list[Evidence]] = defaultdict(list)
        for row in claim.evidence:
            frequency = said(row.frequency, row.frequency_class)
            if frequency is not None:
                groups[frequency].append(row)
        if len(groups) > 1:
            sides = (_side(claim, tuple(rows)) for rows in groups.values())
            in_order = sorted(
                sides, key=lambda side: (side.frequency_class is None, side.frequency_class or "", side.frequencies)
            )
            yield _conflict(network, "frequency", tuple(in_order))


def _side(claim: Claim, rows: tuple[Evidence, ...]) -> Side:
    words = {row.frequency for row in rows if row.frequency}
    return Side(replace(claim, evidence=rows), tuple(sorted(words)), rows[0].frequency_class)


def _conflict(network: KnowledgeGraph, type: Disagreement, sides: tuple[Side, ...]) -> Conflict:
    claim = sides[0].claim
    return Conflict(type, network.concepts[claim.subject], claim.predicate, network.concepts[claim.object], sides)


def _order(conflict: Conflict) -> tuple[bool, float, str, str, str, str, str]:
    return (
        conflict.type != "polarity",
        -min(side.claim.belief for side in conflict.sides),
        conflict.subject.label,
        conflict.predicate.value,
        conflict.object.label,
        conflict.subject.id,
        conflict.object.id,
    )
