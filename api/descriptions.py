"""A concept's description for programs: what its page shows, as RDF or as JSON, by Accept header or by name."""

from typing import Final

import pyoxigraph
from pyoxigraph import NamedNode, RdfFormat, Triple

from api.cards import Card
from api.problems import Refused
from api.wire import card_out
from graph.knowledge import KnowledgeGraph
from graph.layer import sorted_triples
from graph.nodes import term
from graph.querying.formats import FORMATS
from graph.rdf import article_triples, claim_triples, concept_triples, evidence_triples
from ontology.terms import PREFIXES

HTML: Final = "html"
JSON: Final = "json"
MEDIA_TYPES: Final = {
    **{known.name: known.media_type for known in FORMATS if known.graph},
    JSON: "application/json",
}
"""Name → media type of every form but HTML."""

_OFFERED: Final = {
    **{alias: known.name for known in FORMATS if known.graph for alias in (known.media_type, *known.aliases)},
    "application/json": JSON,
    "text/html": HTML,
    "application/xhtml+xml": HTML,
}
_RANGES: Final = {"*/*": HTML, "text/*": HTML, "application/*": JSON}
_TITLE: Final = term("dcterms:title")
_LABEL: Final = term("skos:prefLabel")


def form_asked_for(accept: str | None, name: str | None) -> str:
    """The name of the form that `name` or, without one, the Accept header asks for; HTML where neither says.

    Raises:
        Refused: 406, it asks for none that there is.
    """
    if name is not None:
        if name != HTML and name not in MEDIA_TYPES:
            raise Refused(406, f"there is no description as {name[:80]!r}; there are: {HTML}, {', '.join(MEDIA_TYPES)}")
        return name
    wanted: list[tuple[float, bool, bool, str]] = []
    for part in (accept or "*/*").lower().split(","):
        media_range, *parameters = (piece.strip() for piece in part.split(";"))
        form = _OFFERED.get(media_range) or _RANGES.get(media_range)
        quality = _quality(parameters)
        if form and quality > 0:
            wanted.append((quality, media_range in _OFFERED, form == HTML, form))
    if not wanted:
        offered = ", ".join(["text/html", *MEDIA_TYPES.values()])
        raise Refused(406, f"no description can be given as {(accept or '')[:200]!r}; there are: {offered}")
    return max(wanted, key=lambda row: row[:3])[3]


def encode(network: KnowledgeGraph, found: Card, form: str) -> bytes:
    """The card in a form that is not HTML."""
    if form == JSON:
        return card_out(network, found).encode()
    prefixes = PREFIXES if form in ("turtle", "trig", "rdfxml") else {}
    format = RdfFormat.from_media_type(MEDIA_TYPES[form])
    return pyoxigraph.serialize(sorted_triples(triples(network, found)), format=format, prefixes=prefixes) or b""


def triples(network: KnowledgeGraph, found: Card) -> set[Triple]:
    """What is known of the concept, the claims of its card with their statements, and what these speak of by name."""
    links = [link for section in found.sections for link in section.links] + list(found.denied)
    claims = {claim.id: claim for link in links for claim in link.claims}
    described = concept_triples(found.concept)
    for link in links:
        described |= _only(_LABEL, concept_triples(link.concept) | concept_triples(link.of))
    for claim in claims.values():
        described |= claim_triples(claim)
        for row in claim.evidence:
            article = network.articles[row.article]
            described |= evidence_triples(claim.id, row, article) | _only(_TITLE, article_triples(article))
    return described


def _only(predicate: NamedNode, rows: set[Triple]) -> set[Triple]:
    return {row for row in rows if row.predicate == predicate}


def _quality(parameters: list[str]) -> float:
    stated = next((text[2:] for text in parameters if text.startswith("q=")), "1")
    return float(stated) if stated.replace(".", "", 1).isdigit() else 0.0
