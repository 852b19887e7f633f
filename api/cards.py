"""A concept's card: all that is known of it, in the order in which a reader needs it. Red flags come first.

The card is what `etiograph ask` prints and what a concept's page shows.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from graph.knowledge import KnowledgeGraph
from graph.lookups import (
    Lookup,
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
from graph.neighbourhood import looked_up, near
from graph.neighbours import Filter, Neighbour, Pattern
from graph.stretches import Neighbourhood, Stretch
from graph.wording import VERBS
from ontology.claim import Concept
from ontology.errors import InvalidArgument
from ontology.terms import Kind, Predicate


@dataclass(frozen=True, slots=True)
class Section:
    """One heading of a card with its links, best believed first; `more` counts those left out at its end."""

    name: str
    title: str
    links: tuple[Neighbour, ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class Card:
    """A concept with what the articles say of it; `denied` is what they deny. Empty sections are left out."""

    concept: Concept
    sections: tuple[Section, ...]
    denied: tuple[Neighbour, ...]


SECTIONS: Final[Mapping[str, tuple[str, Lookup | tuple[Pattern, ...]]]] = MappingProxyType(
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
        "look-alikes": ("Look-alikes", (Pattern("out", frozenset({Predicate.MIMICS})),)),
        "appearance": ("Appearance", (Pattern("out", frozenset({Predicate.PRESENTS_AS})),)),
        "more": ("More", (Pattern(),)),
    }
)
"""Name → title and what is looked up, in order. What one section showed, a later one does not repeat."""

DENIED: Final = "denied"
DENIED_TITLE: Final = "What articles deny"

MOST: Final = 200
"""The most links of a section."""


def card(network: KnowledgeGraph, concept: Concept) -> Card:
    """The card of a concept of the network."""
    shown: set[str] = set()
    sections = []
    for name, (title, wanted) in SECTIONS.items():
        if name == "conditions" and Kind.SYMPTOM not in concept.kinds:
            continue
        found = _found(network, concept.id, wanted, Stretch(limit=MOST))
        links = tuple(link for link in found.links if link.claims[0].id not in shown)
        shown.update(claim.id for link in links for claim in link.claims)
        if links:
            sections.append(Section(name, title, links, found.total - len(found.links)))
    denied = near(network, concept.id, (Pattern(),), Stretch(limit=MOST), filter=Filter(negated="only"))
    return Card(concept, tuple(sections), denied.links)


def _found(
    network: KnowledgeGraph, concept_id: str, wanted: Lookup | tuple[Pattern, ...], stretch: Stretch
) -> Neighbourhood:
    if isinstance(wanted, tuple):
        return near(network, concept_id, wanted, stretch)
    return looked_up(network, wanted, concept_id, stretch)


def section(network: KnowledgeGraph, concept: Concept, name: str, stretch: Stretch) -> Section:
    """One section of the card alone, any stretch of it; what other sections show too is not left out.

    Raises:
        InvalidArgument: there is no section of this name.
    """
    if name == DENIED:
        found = near(network, concept.id, (Pattern(),), stretch, filter=Filter(negated="only"))
        return Section(name, DENIED_TITLE, found.links, found.total - len(found.links))
    if name not in SECTIONS:
        raise InvalidArgument("section", name, "one of " + ", ".join([*SECTIONS, DENIED]))
    title, wanted = SECTIONS[name]
    found = _found(network, concept.id, wanted, stretch)
    return Section(name, title, found.links, found.total - len(found.links))


def reads(link: Neighbour) -> str:
    """The link as words from `of` to the concept: `causes`, `is treated with`."""
    verb = VERBS[link.predicate]
    return verb.fact if link.direction == "out" else verb.inverse
