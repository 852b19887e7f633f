"""What pages show of a concept, a claim and a sentence, each with its link: a claim always leads to its sentence."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final
from urllib.parse import quote

from api.html import Html, join, tag
from graph.knowledge import KnowledgeGraph
from graph.lookups import REASSURANCE
from graph.neighbours import Pattern, stated_links
from graph.quoting import is_bare, surest
from graph.wording import verb
from ontology.claim import Claim, Concept, Evidence
from ontology.terms import Certainty, Predicate

FAR: Final = 20_000
"""Links to a place further down an article say where it is, so that a long article is opened there."""

_CALLS_FOR: Final = Pattern("out", frozenset({Predicate.WARRANTS}))
_KINDS: Final[Mapping[str, str]] = MappingProxyType({"RiskFactor": "risk factor", "CareAction": "care"})


def address_of(id: str) -> str:
    """Where the page of a concept is."""
    return "/concepts/" + quote(id, safe=":")


def claim_address(id: str) -> str:
    """Where the page of a claim is."""
    return "/claims/" + _digits(id)


def article_address(id: str) -> str:
    """Where the page of an article is."""
    return "/articles/" + quote(id, safe="")


def anchor(claim_id: str, start: int) -> str:
    """The name of the place where an article states a claim; the first such place is also called `claim-DIGITS`."""
    return f"claim-{_digits(claim_id)}-{start}"


def place_address(claim_id: str, row: Evidence) -> str:
    """Where the sentence stands in its article's page."""
    far = f"?at={row.start}" if row.start > FAR else ""
    return f"{article_address(row.article)}{far}#{anchor(claim_id, row.start)}"


def kind_name(kind: str) -> str:
    """A kind in words: "risk factor"."""
    return _KINDS.get(kind, kind.lower())


def show_kinds(kinds: Iterable[str]) -> Html:
    """The kinds of a concept."""
    return join(*(tag("span", kind_name(kind), class_="kind") for kind in kinds))


def show_concept(network: KnowledgeGraph, concept: Concept) -> Html:
    """The concept as a link; marked where it calls for care."""
    link = tag("a", concept.label, href=address_of(concept.id))
    return join(link, " ", FLAG) if is_red_flag(network, concept.id) else link


FLAG: Final = tag("span", "red flag", class_="flag")
"""Marks a concept that calls for care."""


def is_red_flag(network: KnowledgeGraph, concept_id: str) -> bool:
    """Whether an article says that the concept itself calls for care."""
    return any(
        not link.negated and link.object != REASSURANCE for link, _ in stated_links(network, concept_id, _CALLS_FOR)
    )


def show_claim(network: KnowledgeGraph, claim: Claim) -> Html:
    """What is claimed, in words, each a link to what it names: "pulmonary embolism may cause hemoptysis"."""
    subject, object_ = (network.concepts[end] for end in (claim.subject, claim.object))
    return join(
        tag("span", "denied: ", class_="no") if claim.negated else "",
        tag("a", subject.label, href=address_of(subject.id)),
        " ",
        tag("a", verb(claim), href=claim_address(claim.id), class_="verb"),
        " ",
        tag("a", object_.label, href=address_of(object_.id)),
    )


def show_standing(claim: Claim) -> Html:
    """How sure the articles are of the claim, how often it holds, and how many they are."""
    return join(
        tag("span", claim.certainty.value, class_=f"certainty {claim.certainty.value}"),
        tag("span", claim.frequency, class_="badge") if claim.frequency else "",
        tag("span", many(len(claim.articles), "article"), class_="badge"),
    )


def show_sentences(network: KnowledgeGraph, claim: Claim) -> Html:
    """The claim's surest statement, the others folded below it; the same sentence is shown once."""
    first, others = statements(claim)
    shown = show_quote(network, claim, first)
    if not others:
        return shown
    rows = (show_quote(network, claim, row) for row in others)
    return join(shown, tag("details", tag("summary", f"{len(others)} more"), *rows))


def statements(claim: Claim) -> tuple[Evidence, tuple[Evidence, ...]]:
    """The surest statement of a claim, and the others in order, each place once."""
    first = surest(claim)
    places = {(row.article, row.start, row.end): row for row in claim.evidence}
    del places[first.article, first.start, first.end]
    return first, tuple(places.values())


def show_quote(network: KnowledgeGraph, claim: Claim, row: Evidence) -> Html:
    """A sentence and where it stands; a bare name with the heading that it stands under."""
    source = network.articles[row.article].title
    under = f", under “{row.section[-1]}”" if is_bare(row) and row.section and row.section[-1] != source else ""
    return tag(
        "figure",
        tag("blockquote", tag("p", tag("strong", "Denied: ") if claim.negated else "", f"“{row.quote}”")),
        tag("figcaption", tag("a", source, href=place_address(claim.id, row)), under),
        class_="quote",
    )


def hedge(certainty: Certainty) -> str:
    """The class of an arrow that is drawn for a claim of this certainty."""
    return "sure" if certainty is Certainty.ASSERTED else "unsure"


def many(number: int, thing: str) -> str:
    """How many of a thing: "1 article", "2,000 articles"."""
    return f"{number:,} {thing}" if number == 1 else f"{number:,} {thing}s"


def _digits(claim_id: str) -> str:
    return claim_id.rpartition("/")[2]
