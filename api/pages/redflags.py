"""Red flags, which come before everything else: the care that concepts call for, with its sentence."""

from collections.abc import Iterable
from typing import Final

from api.html import Html, tag
from api.showing import address_of, show_sentences
from graph.knowledge import KnowledgeGraph
from graph.lookups import red_flags_of
from graph.neighbourhood import looked_up
from graph.neighbours import Neighbour
from graph.stretches import Stretch
from ontology.claim import Concept

MOST: Final = 6
"""Red flags shown at once."""


def show_red_flags(network: KnowledgeGraph, concepts: Iterable[Concept]) -> Html | str:
    """What the concepts, or kinds of them, call for; nothing where no article says that they call for any care."""
    found: dict[str, Neighbour] = {}
    left = 0
    for concept in concepts:
        answer = looked_up(network, red_flags_of, concept.id, Stretch(limit=MOST))
        found |= {link.claims[0].id: link for link in answer.links}
        left += answer.total - len(answer.links)
    if not found:
        return ""
    shown = list(found.values())[:MOST]
    left += len(found) - len(shown)
    rows = (_flag(network, link) for link in shown)
    more = tag("p", f"… and {left:,} more on the cards of these concepts.") if left else ""
    return tag(
        "section",
        tag("h2", "Red flags", id="flags"),
        tag("ul", *rows),
        more,
        class_="red-flags",
        aria_labelledby="flags",
    )


def _flag(network: KnowledgeGraph, link: Neighbour) -> Html:
    claim = link.claims[0]
    return tag(
        "li",
        tag("p", *_ends(link)),
        tag("details", tag("summary", "its sentence"), show_sentences(network, claim)),
    )


def _ends(link: Neighbour) -> tuple[Html | str, ...]:
    of, care = (tag("a", each.label, href=address_of(each.id)) for each in (link.of, link.concept))
    return of, " calls for ", care
