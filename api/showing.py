"""Cards and chains as HTML: what the pages show of a concept, and of how one concept leads to another."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final
from urllib.parse import quote

from api.cards import Card, Section, reads
from api.html import Html, join, tag
from api.models import PathOut
from graph.knowledge import KnowledgeGraph
from graph.neighbours import Neighbour
from graph.quoting import is_bare, surest
from graph.wording import VERBS
from ontology.claim import Claim, Concept, Evidence
from ontology.lexicon import Hit
from ontology.terms import MappingRelation

NAMES_AT_ONCE: Final = 8
"""More names than this are folded away."""

_MAPPED: Final[Mapping[MappingRelation, str]] = MappingProxyType(
    {
        MappingRelation.EXACT: "Same as",
        MappingRelation.CLOSE: "Close to",
        MappingRelation.BROAD: "Narrower than",
    }
)


def address_of(id: str) -> str:
    """Where the page of a concept is."""
    return "/concepts/" + quote(id, safe=":")


def show_card(network: KnowledgeGraph, found: Card) -> Iterable[Html]:
    """Everything that is known of a concept, red flags first."""
    of = found.concept
    yield tag("h1", of.label)
    yield tag("p", ", ".join(of.kinds), tag("span", f" · {of.id}", class_="soft"))
    if of.definition:
        yield tag("p", of.definition)
    if of.synonyms:
        yield _names(of.synonyms)
    if of.mappings:
        yield tag("p", _mappings(of), class_="soft")
    if of.provisional:
        yield tag("p", "In no vocabulary: named in an article's own words.", class_="soft")
    for section in found.sections:
        yield _section(network, section)
    if found.denied:
        yield _section(network, Section("denied", "What articles deny", found.denied))
    if not found.sections and not found.denied:
        yield tag("p", "No article says anything of it yet.")
    yield tag("p", tag("a", "as JSON", href="/v1" + address_of(of.id)))


def show_hits(hits: Iterable[Hit]) -> Html:
    """Concepts that a search found, each with the name that matched."""
    rows = (
        tag(
            "li",
            tag("a", hit.concept.label, href=address_of(hit.concept.id)),
            tag("span", f" {', '.join(hit.concept.kinds)}", class_="soft"),
            tag("span", f" – found as “{hit.name}”", class_="soft") if hit.name != hit.concept.label else "",
        )
        for hit in hits
    )
    return tag("ul", *rows, class_="links")


def show_chain(network: KnowledgeGraph, path: PathOut) -> Html:
    """One chain: in words, then hop by hop with the sentence behind each."""
    hops = []
    for hop in path.hops:
        start, end = network.concepts[hop.subject], network.concepts[hop.object]
        hops.append(
            tag(
                "li",
                tag("a", start.label, href=address_of(start.id)),
                f" {VERBS[hop.predicate].fact} ",
                tag("a", end.label, href=address_of(end.id)),
                tag("span", f" ({hop.claims[0].certainty})", class_="soft"),
                *(_sentences(network, network.claims[claim.id]) for claim in hop.claims),
            )
        )
    return join(tag("h2", f"{path.rank}. {path.text}."), tag("ol", *hops, class_="chain"))


def _names(names: tuple[str, ...]) -> Html:
    if len(names) <= NAMES_AT_ONCE:
        return tag("p", "Also called: ", "; ".join(names))
    return tag("details", tag("summary", f"Also called: {len(names)} other names"), tag("p", "; ".join(names)))


def _mappings(of: Concept) -> str:
    groups = {
        words: [row.curie for row in of.mappings if row.relation is relation] for relation, words in _MAPPED.items()
    }
    return "; ".join(f"{words} {', '.join(curies)}" for words, curies in groups.items() if curies)


def _section(network: KnowledgeGraph, section: Section) -> Html:
    links = tag("ul", *(_link(network, link) for link in section.links), class_="links")
    more = tag("p", f"… and {section.more:,} more", class_="soft") if section.more else ""
    return tag("section", tag("h2", section.title), links, more, class_=section.name)


def _link(network: KnowledgeGraph, link: Neighbour) -> Html:
    claim = link.claims[0]
    said = ", ".join(filter(None, [claim.certainty.value, claim.frequency]))
    return tag(
        "li",
        tag("span", f"{link.of.label} {reads(link)} ", class_="soft"),
        tag("a", link.concept.label, href=address_of(link.concept.id)),
        tag("span", f" ({said})", class_="soft"),
        _sentences(network, claim),
    )


def _sentences(network: KnowledgeGraph, claim: Claim) -> Html:
    """The claim's surest statement, the others folded below it; the same sentence is shown once."""
    first = surest(claim)
    others = {(row.article, row.start, row.end): row for row in claim.evidence}
    del others[first.article, first.start, first.end]
    shown = _quote(network, first, denied=claim.negated)
    if not others:
        return shown
    count = tag("summary", f"{len(others)} more")
    return join(shown, tag("details", count, *(_quote(network, row, denied=claim.negated) for row in others.values())))


def _quote(network: KnowledgeGraph, row: Evidence, *, denied: bool) -> Html:
    source = network.articles[row.article].title
    if is_bare(row) and row.section and row.section[-1] != source:
        source += f", under “{row.section[-1]}”"
    return tag("blockquote", "Denied: " if denied else "", f"“{row.quote}” ", tag("cite", f"– {source}"))
