"""The questions people ask of a condition or a symptom, each one look-up in the network.

Every look-up takes a concept's id and the options of `Filter`, and answers `Neighbour`s: nearest first, then the
best believed, ties by predicate, label, id. Denied claims are answered only when the filter asks for them.
Only what is stated of the very concept counts, unless the docstring says otherwise: nothing is inherited.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final, TypeAlias

from graph.knowledge import KnowledgeGraph
from graph.neighbours import EVERYTHING, Filter, Neighbour, Pattern, find_matching, links_of, report, stated_links
from ontology.claim import Concept
from ontology.terms import Kind, Predicate

SYMPTOMS: Final = (
    Pattern("out", frozenset({Predicate.HAS_SYMPTOM})),
    Pattern("out", frozenset({Predicate.CAUSES, Predicate.HAS_COMPLICATION}), frozenset({Kind.SYMPTOM})),
)
CAUSES: Final = (Pattern("in", frozenset({Predicate.CAUSES})),)
TESTS: Final = (Pattern("in", frozenset({Predicate.DIAGNOSES})),)
TREATMENTS: Final = (Pattern("in", frozenset({Predicate.TREATS})),)
RISK_FACTORS: Final = (Pattern("in", frozenset({Predicate.INCREASES_RISK_OF})),)
COMPLICATIONS: Final = (
    Pattern("out", frozenset({Predicate.HAS_COMPLICATION})),
    Pattern("out", frozenset({Predicate.CAUSES}), frozenset({Kind.CONDITION})),
)
CONDITIONS: Final = (Pattern("in", frozenset({Predicate.HAS_SYMPTOM, Predicate.CAUSES}), frozenset({Kind.CONDITION})),)
CAUSING: Final = Pattern("in", frozenset({Predicate.CAUSES}), frozenset({Kind.MECHANISM}))
CAUSED: Final = Pattern("out", frozenset({Predicate.CAUSES}), frozenset({Kind.MECHANISM}))
WARRANTED: Final = Pattern("out", frozenset({Predicate.WARRANTS}))
NARROWER: Final = Pattern("in", frozenset({Predicate.IS_A}))

Lookup: TypeAlias = Callable[[KnowledgeGraph, str, Filter], tuple[Neighbour, ...]]

MECHANISM_STEPS: Final = 3
"""How many `causes` links a mechanism may be away from its condition."""

REASSURANCE: Final = "etio:no-need-to-worry"
"""What a text says a finding calls for when it calls for nothing; the claim is kept, but it is no red flag."""


def symptoms_of(network: KnowledgeGraph, condition: str, filter: Filter = EVERYTHING) -> tuple[Neighbour, ...]:
    """What the condition shows: objects of `has_symptom`, and Symptoms that it causes or is complicated by."""
    return find_matching(network, condition, SYMPTOMS, filter=filter)


def causes_of(network: KnowledgeGraph, condition: str, filter: Filter = EVERYTHING) -> tuple[Neighbour, ...]:
    """What brings it about: subjects of `causes`."""
    return find_matching(network, condition, CAUSES, filter=filter)


def mechanisms_of(network: KnowledgeGraph, condition: str, filter: Filter = EVERYTHING) -> tuple[Neighbour, ...]:
    """How it comes and what it sets going.

    Subjects of kind Mechanism that cause it ("in"), and objects of kind Mechanism that it causes ("out"), those in
    turn followed for up to `MECHANISM_STEPS` links, through affirmed claims and mechanisms alone. Each is answered
    once for every link that leads to it.
    """
    start = network.concept(condition)
    found = list(links_of(network, start, CAUSING, filter))
    front, reached = [start], {start.id}
    for distance in range(1, MECHANISM_STEPS + 1):
        following: dict[str, Concept] = {}
        for of in front:
            for link in links_of(network, of, CAUSED, filter):
                if link.concept.id != start.id:
                    found.append(replace(link, distance=distance))
                    if not link.claims[0].negated:
                        following[link.concept.id] = link.concept
        front = [following[key] for key in sorted(following.keys() - reached)]
        reached |= following.keys()
    return report(found, negated=filter.negated)


def diagnosed_by(network: KnowledgeGraph, concept: str, filter: Filter = EVERYTHING) -> tuple[Neighbour, ...]:
    """What detects or confirms it: subjects of `diagnoses`."""
    return find_matching(network, concept, TESTS, filter=filter)


def treatments_for(network: KnowledgeGraph, concept: str, filter: Filter = EVERYTHING) -> tuple[Neighbour, ...]:
    """What it is treated with: subjects of `treats`."""
    return find_matching(network, concept, TREATMENTS, filter=filter)


def risk_factors_for(network: KnowledgeGraph, concept: str, filter: Filter = EVERYTHING) -> tuple[Neighbour, ...]:
    """What makes it likelier or worse: subjects of `increases_risk_of`."""
    return find_matching(network, concept, RISK_FACTORS, filter=filter)


def complications_of(network: KnowledgeGraph, condition: str, filter: Filter = EVERYTHING) -> tuple[Neighbour, ...]:
    """What it may lead to: objects of `has_complication`, and objects of kind Condition that it causes."""
    return find_matching(network, condition, COMPLICATIONS, filter=filter)


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
            links = links_of(network, of, WARRANTED, filter)
            found.extend(replace(link, distance=distance) for link in links if link.concept.id != REASSURANCE)
        narrower = {
            link.subject for of in front for link, _ in stated_links(network, of.id, NARROWER) if not link.negated
        }
        front = [network.concepts[key] for key in sorted(narrower - reached)]
        reached |= narrower
    return report(found, negated=filter.negated)


def conditions_with(network: KnowledgeGraph, symptom: str, filter: Filter = EVERYTHING) -> tuple[Neighbour, ...]:
    """Which conditions show it: subjects of kind Condition of `has_symptom` or `causes`.

    A concept that is both Condition and Symptom (a nosebleed) counts.
    """
    return find_matching(network, symptom, CONDITIONS, filter=filter)


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

PATTERNS: Final[Mapping[Lookup, tuple[Pattern, ...]]] = MappingProxyType(
    {
        symptoms_of: SYMPTOMS,
        causes_of: CAUSES,
        diagnosed_by: TESTS,
        treatments_for: TREATMENTS,
        risk_factors_for: RISK_FACTORS,
        complications_of: COMPLICATIONS,
        conditions_with: CONDITIONS,
    }
)
"""The look-ups that are answered by what is one link away: the patterns that they look for."""
