"""A concept's card: all that is known of it, in the order in which a reader needs it. Red flags come first.

The card is what `etiograph ask` prints and what a concept's page shows.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from graph.knowledge import KnowledgeGraph
from graph.lookups import (
    causes_of,
    complications_of,
    conditions_with,
    diagnosed_by,
    mechanisms_of,
    red_flags_of,
    risk_factors_for,
    symptoms_of,
    treatments_for,
)
from graph.neighbours import Neighbour, find_neighbours
from graph.wording import VERBS
from ontology.claim import Concept
from ontology.terms import Kind, Predicate


@dataclass(frozen=True, slots=True)
class Section:
    """One heading of a card with its links, nearest and best believed first."""

    name: str
    title: str
    links: tuple[Neighbour, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """A concept with what the articles say of it; `denied` is what they deny. Empty sections are left out."""

    concept: Concept
    sections: tuple[Section, ...]
    denied: tuple[Neighbour, ...]


def lookalikes_of(network: KnowledgeGraph, concept: str) -> tuple[Neighbour, ...]:
    """What it can be taken for: `mimics`, either way."""
    return find_neighbours(network, concept, direction="out", predicates=frozenset({Predicate.MIMICS}))


def appearance_of(network: KnowledgeGraph, concept: str) -> tuple[Neighbour, ...]:
    """What it looks like: objects of `presents_as`."""
    return find_neighbours(network, concept, direction="out", predicates=frozenset({Predicate.PRESENTS_AS}))


SECTIONS: Final[Mapping[str, tuple[str, Callable[[KnowledgeGraph, str], tuple[Neighbour, ...]]]]] = MappingProxyType(
    {
        "red-flags": ("Red flags", red_flags_of),
        "conditions": ("Conditions that show it", conditions_with),
        "causes": ("Causes", causes_of),
        "mechanisms": ("Mechanisms", mechanisms_of),
        "symptoms": ("Symptoms", symptoms_of),
        "tests": ("Tests", diagnosed_by),
        "treatments": ("Treatments", treatments_for),
        "risk-factors": ("Risk factors", risk_factors_for),
        "complications": ("Complications", complications_of),
        "look-alikes": ("Look-alikes", lookalikes_of),
        "appearance": ("Appearance", appearance_of),
        "more": ("More", find_neighbours),
    }
)
"""Name → title and look-up of the sections, in order. What one section showed, a later one does not repeat."""


def card(network: KnowledgeGraph, concept: Concept) -> Card:
    """The card of a concept of the network."""
    shown: set[str] = set()
    sections = []
    for name, (title, lookup) in SECTIONS.items():
        if name == "conditions" and Kind.SYMPTOM not in concept.kinds:
            continue
        links = tuple(link for link in lookup(network, concept.id) if link.claims[0].id not in shown)
        shown.update(claim.id for link in links for claim in link.claims)
        if links:
            sections.append(Section(name, title, links))
    return Card(concept, tuple(sections), find_neighbours(network, concept.id, negated="only"))


def reads(link: Neighbour) -> str:
    """The link as words from `of` to the concept: `causes`, `is treated with`."""
    verb = VERBS[link.predicate]
    return verb.fact if link.direction == "out" else verb.inverse
