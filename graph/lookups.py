"""The questions people ask of a condition or a symptom, each one look-up in the network.

Every look-up takes a concept's id and the options of `Filter`, and answers `Neighbour`s: nearest first, then the
best believed, ties by predicate, label, id. Denied claims are answered only when the filter asks for them.
Only what is stated of the very concept counts, unless the docstring says otherwise: nothing is inherited.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final, Literal, TypeAlias

from graph.knowledge import KnowledgeGraph
from graph.neighbours import EVERYTHING, Filter, Neighbour, links_of, report
from ontology.claim import Concept
from ontology.terms import Kind, Predicate

Lookup: TypeAlias = Callable[[KnowledgeGraph, str, Filter], tuple[Neighbour, ...]]

MECHANISM_STEPS: Final = 3
"""How many `causes` links a mechanism may be away from its condition."""

REASSURANCE: Final = "etio:no-need-to-worry"
"""What a text says a finding calls for when it calls for nothing; the claim is kept, but it is no red flag."""


def symptoms_of(network: KnowledgeGraph, condition: str, filter: Filter = EVERYTHING) -> tuple[Neighbour, ...]:
    """What the condition shows: objects of `has_symptom`, and Symptoms that it causes or is complicated by."""
    of = network.concept(condition)
    shown = _direct(network, of, "out", {Predicate.HAS_SYMPTOM}, filter)
    caused = _direct(network, of, "out", {Predicate.CAUSES, Predicate.HAS_COMPLICATION}, filter)
    return report([*shown, *_of_kind(caused, Kind.SYMPTOM)], negated=filter.negated)


def causes_of(network: KnowledgeGraph, condition: str, filter: Filter = EVERYTHING) -> tuple[Neighbour, ...]:
    """What brings it about: subjects of `causes`."""
    of = network.concept(condition)
    return report(_direct(network, of, "in", {Predicate.CAUSES}, filter), negated=filter.negated)


def mechanisms_of(network: KnowledgeGraph, condition: str, filter: Filter = EVERYTHING) -> tuple[Neighbour, ...]:
    """How it comes and what it sets going.

    Subjects of kind Mechanism that cause it ("in"), and objects of kind Mechanism that it causes ("out"), those in
    turn followed for up to `MECHANISM_STEPS` links, through affirmed claims and mechanisms alone. Each is answered
    once for every link that leads to it.
    """
    start = network.concept(condition)
    found = list(_of_kind(_direct(network, start, "in", {Predicate.CAUSES}, filter), Kind.MECHANISM))
    front, reached = [start], {start.id}
    for distance in range(1, MECHANISM_STEPS + 1):
        following: dict[str, Concept] = {}
        for of in front:
            for link in _of_kind(_direct(network, of, "out", {Predicate.CAUSES}, filter), Kind.MECHANISM):
                if link.concept.id != start.id:
                    found.append(replace(link, distance=distance))
                    if not link.claims[0].negated:
                        following[link.concept.id] = link.concept
        front = [following[key] for key in sorted(following.keys() - reached)]
        reached |= following.keys()
    return report(found, negated=filter.negated)


def diagnosed_by(network: KnowledgeGraph, concept: str, filter: Filter = EVERYTHING) -> tuple[Neighbour, ...]:
    """What detects or confirms it: subjects of `diagnoses`."""
    of = network.concept(concept)
    return report(_direct(network, of, "in", {Predicate.DIAGNOSES}, filter), negated=filter.negated)


def treatments_for(network: KnowledgeGraph, concept: str, filter: Filter = EVERYTHING) -> tuple[Neighbour, ...]:
    """What it is treated with: subjects of `treats`."""
    of = network.concept(concept)
    return report(_direct(network, of, "in", {Predicate.TREATS}, filter), negated=filter.negated)


def risk_factors_for(network: KnowledgeGraph, concept: str, filter: Filter = EVERYTHING) -> tuple[Neighbour, ...]:
    """What makes it likelier or worse: subjects of `increases_risk_of`."""
    of = network.concept(concept)
    return report(_direct(network, of, "in", {Predicate.INCREASES_RISK_OF}, filter), negated=filter.negated)


def complications_of(network: KnowledgeGraph, condition: str, filter: Filter = EVERYTHING) -> tuple[Neighbour, ...]:
    """What it may lead to: objects of `has_complication`, and objects of kind Condition that it causes."""
    of = network.concept(condition)
    stated = _direct(network, of, "out", {Predicate.HAS_COMPLICATION}, filter)
    caused = _direct(network, of, "out", {Predicate.CAUSES}, filter)
    return report([*stated, *_of_kind(caused, Kind.CONDITION)], negated=filter.negated)


def red_flags_of(network: KnowledgeGraph, concept: str, filter: Filter = EVERYTHING) -> tuple[Neighbour, ...]:
    """The care it calls for: objects of `warrants`, of the concept itself and of every more specific one.

    A more specific one is what affirmed `is_a` claims lead to it from, over any number of them; then `of` names it
    and `distance` counts the `is_a` links too. `REASSURANCE` is left out.
    """
    start = network.concept(concept)
    found: list[Neighbour] = []
    front, reached, distance = [start], {start.id}, 0
    while front:
        distance += 1
        for of in front:
            links = _direct(network, of, "out", {Predicate.WARRANTS}, filter)
            found.extend(replace(link, distance=distance) for link in links if link.concept.id != REASSURANCE)
        narrower = {
            claim.subject for of in front for claim in network.incoming(of.id) if claim.predicate is Predicate.IS_A
        }
        front = [network.concepts[key] for key in sorted(narrower - reached)]
        reached |= narrower
    return report(found, negated=filter.negated)


def conditions_with(network: KnowledgeGraph, symptom: str, filter: Filter = EVERYTHING) -> tuple[Neighbour, ...]:
    """Which conditions show it: subjects of kind Condition of `has_symptom` or `causes`.

    A concept that is both Condition and Symptom (a nosebleed) counts.
    """
    of = network.concept(symptom)
    found = _direct(network, of, "in", {Predicate.HAS_SYMPTOM, Predicate.CAUSES}, filter)
    return report(found, negated=filter.negated, kinds=frozenset({Kind.CONDITION}))


CONDITION_LOOKUPS: Final[Mapping[str, Lookup]] = MappingProxyType(
    {
        "symptoms": symptoms_of,
        "causes": causes_of,
        "mechanisms": mechanisms_of,
        "tests": diagnosed_by,
        "treatments": treatments_for,
        "risk-factors": risk_factors_for,
        "complications": complications_of,
        "red-flags": red_flags_of,
    }
)
"""What may be asked of a condition, by the last part of its address."""

SYMPTOM_LOOKUPS: Final[Mapping[str, Lookup]] = MappingProxyType(
    {"conditions": conditions_with, "tests": diagnosed_by, "red-flags": red_flags_of}
)
"""What may be asked of a symptom, by the last part of its address."""


def _direct(
    network: KnowledgeGraph, of: Concept, direction: Literal["out", "in"], predicates: set[Predicate], filter: Filter
) -> list[Neighbour]:
    return list(links_of(network, of, direction=direction, predicates=frozenset(predicates), filter=filter))


def _of_kind(links: Iterable[Neighbour], kind: Kind) -> list[Neighbour]:
    return [link for link in links if kind in link.concept.kinds]
