"""A concept's card as HTML: what it is called, then what articles say of it, red flags first."""

from collections import Counter
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final
from urllib.parse import quote

from api.cards import DENIED, DENIED_TITLE, SECTIONS, Card, Section, reads
from api.html import Html, join, tag
from api.showing import address_of, claim_address, many, show_concept, show_kinds, show_sentences, show_standing
from graph.knowledge import KnowledgeGraph
from graph.neighbours import Neighbour
from ontology.claim import Concept
from ontology.terms import MappingRelation, expand

NAMES_AT_ONCE: Final = 8
"""More names than this are folded away."""

LINKS_AT_ONCE: Final = 12
"""Links of a section that a card shows; a page of the section alone has them all."""

_SAYING: Final = frozenset({"mechanisms", "conditions"})
"""Sections of several relations."""

_MAPPED: Final[Mapping[MappingRelation, str]] = MappingProxyType(
    {
        MappingRelation.EXACT: "Same as",
        MappingRelation.CLOSE: "Close to",
        MappingRelation.BROAD: "Narrower than",
    }
)


def show_card(network: KnowledgeGraph, found: Card) -> Iterator[Html]:
    """Everything that is known of a concept, red flags first."""
    of = found.concept
    yield tag("div", *_head(of), class_="head")
    sections = _sections(found)
    if not sections:
        yield tag("p", "No article says anything of it yet.")
    if len(sections) > 1:
        yield _contents(sections)
    yield tag("div", *(_section(network, of, section) for section in sections), class_="sections")


def shown_claims(found: Card) -> Iterator[str]:
    """The ids of the claims that a card shows, some of them several times."""
    for section in _sections(found):
        for link in section.links[:LINKS_AT_ONCE]:
            yield from (claim.id for claim in link.claims)


def show_links(network: KnowledgeGraph, of: Concept, section: Section) -> Html:
    """The links of a section, each with its relation where there may be several or a concept comes twice."""
    often = Counter(link.concept.id for link in section.links)
    told = section.name in _SAYING or max(often.values(), default=0) > 1
    return tag("ul", *(_link(network, of, link, section.name, told=told) for link in section.links), class_="links")


def section_address(of: Concept, name: str) -> str:
    """Where a section has a page of its own."""
    return f"{address_of(of.id)}?section={name}"


def _head(of: Concept) -> Iterator[Html]:
    yield tag("h1", of.label)
    drawn = tag("a", "Draw what is around it", href=f"/graph?concept={quote(of.id, safe=':')}")
    yield tag("p", show_kinds(of.kinds), tag("code", of.id), drawn, class_="standing")
    if of.definition:
        yield tag("p", of.definition, class_="lead")
    if of.synonyms:
        yield _names(of.synonyms)
    if of.mappings:
        yield tag("p", *_mappings(of), class_="soft mappings")
    if of.provisional:
        yield tag("p", "In no vocabulary: named in an article's own words.", class_="soft")


def _names(names: tuple[str, ...]) -> Html:
    if len(names) <= NAMES_AT_ONCE:
        return tag("p", "Also called: ", "; ".join(names))
    return tag("details", tag("summary", f"Also called: {len(names)} other names"), tag("p", "; ".join(names)))


def _mappings(of: Concept) -> Iterator[Html | str]:
    parted = ""
    for relation, words in _MAPPED.items():
        curies = [row.curie for row in of.mappings if row.relation is relation]
        for number, curie in enumerate(curies):
            yield f"{parted}{words} " if number == 0 else ", "
            yield tag("a", curie, href=expand(curie), rel="external noreferrer")
            parted = "; "


def _sections(found: Card) -> tuple[Section, ...]:
    denied = (Section(DENIED, DENIED_TITLE, found.denied),) if found.denied else ()
    return (*found.sections, *denied)


def _contents(sections: tuple[Section, ...]) -> Html:
    rows = (
        tag("li", tag("a", section.title, href=f"#{section.name}"), f" {len(section.links) + section.more:,}")
        for section in sections
    )
    return tag("nav", tag("ul", *rows), class_="contents", aria_label="On this page")


def _section(network: KnowledgeGraph, of: Concept, section: Section) -> Html:
    shown = Section(section.name, section.title, section.links[:LINKS_AT_ONCE])
    left = len(section.links) + section.more - len(shown.links)
    more = tag("p", tag("a", f"{left:,} more", href=section_address(of, section.name)), class_="more") if left else ""
    return tag(
        "section",
        tag("h2", section.title, id=section.name),
        show_links(network, of, shown),
        more,
        class_=section.name,
        aria_labelledby=section.name,
    )


def _link(network: KnowledgeGraph, of: Concept, link: Neighbour, section: str, *, told: bool) -> Html:
    claim = link.claims[0]
    said = "" if link.of.id == of.id and section in SECTIONS and section != "more" else f"{link.of.label} "
    verb = tag("span", f"{said}{reads(link)} ", class_="soft") if said or told else ""
    return tag(
        "li",
        tag("p", verb, tag("span", show_concept(network, link.concept), class_="name")),
        tag("p", show_standing(claim), class_="standing"),
        tag(
            "details",
            tag("summary", many(len({(row.article, row.start) for row in claim.evidence}), "sentence")),
            show_sentences(network, claim),
            *(join(show_sentences(network, other)) for other in link.claims[1:]),
            tag("p", tag("a", "the claim", href=claim_address(claim.id))),
        ),
    )
