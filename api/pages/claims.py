"""`/claims/{id}`: what is claimed, every sentence that says so, what contradicts it, and how its belief comes about."""

from itertools import groupby
from typing import Annotated, Final

from fastapi import APIRouter, Path, Request, Response

from api.claims import get_claim
from api.html import Html, join, tag
from api.models import OneClaim, StatementTerm
from api.pages.frame import answer, notice, page
from api.pages.queries import of_claims
from api.pages.taking import of_shown, take
from api.showing import address_of, article_address, claim_address, many, show_kinds, show_quote, show_standing
from api.wire import one_claim
from graph.knowledge import KnowledgeGraph
from graph.wording import verb
from ontology.claim import Claim, Evidence, claim_id

router = APIRouter(include_in_schema=False)

VIEW: Final = "/claims"


@router.get("/claims/{id:path}")
async def claim(request: Request, id: Annotated[str, Path(max_length=200)]) -> Response:
    """The claim with this CURIE, IRI or hash."""
    return await answer(request, VIEW, lambda network: _claim(request, network, id))


def _claim(request: Request, network: KnowledgeGraph, id: str) -> Response:
    found = get_claim(network, id)
    subject, object_ = network.concepts[found.subject], network.concepts[found.object]
    words = f"{subject.label} {verb(found)} {object_.label}"
    denied = "Denied: " if found.negated else ""
    opposite = network.claims.get(claim_id(found.subject, found.predicate, found.object, negated=not found.negated))
    return page(
        denied + words,
        tag(
            "h1",
            denied,
            tag("a", subject.label, href=address_of(subject.id)),
            f" {verb(found)} ",
            tag("a", object_.label, href=address_of(object_.id)),
        ),
        tag("p", show_standing(found), tag("code", found.id), class_="standing"),
        tag("p", show_kinds(subject.kinds[:1]), "→", show_kinds(object_.kinds[:1]), class_="standing soft"),
        notice(),
        _opposite(opposite) if opposite else "",
        *(
            _article(network, found, article, tuple(rows))
            for article, rows in groupby(found.evidence, key=lambda row: row.article)
        ),
        _belief(one_claim(network, found)),
        take(
            request, rest="/v1" + claim_address(found.id), sparql=of_claims([found.id]), exported=of_shown([found.id])
        ),
    )


def _opposite(claim: Claim) -> Html:
    said = "Also denied" if claim.negated else "Also affirmed"
    return tag("p", tag("a", f"{said}: {many(len(claim.articles), 'article')}", href=claim_address(claim.id)))


def _article(network: KnowledgeGraph, claim: Claim, article: str, rows: tuple[Evidence, ...]) -> Html:
    return tag(
        "section",
        tag("h2", tag("a", network.articles[article].title, href=article_address(article))),
        *(_statement(network, claim, row) for row in rows),
    )


def _statement(network: KnowledgeGraph, claim: Claim, row: Evidence) -> Html:
    cue = f"{row.certainty.value} (“{row.certainty_cue}”)" if row.certainty_cue else row.certainty.value
    known = (
        ("how sure", cue),
        ("how often", row.frequency),
        ("in which case", row.qualifier),
        ("read by", row.rule),
        ("under", " › ".join(row.section)),
    )
    terms = (join(tag("dt", name), tag("dd", value)) for name, value in known if value)
    return tag("div", show_quote(network, claim, row), tag("dl", *terms, class_="facts"), class_="statement")


def _belief(claim: OneClaim) -> Html:
    rows = (
        tag(
            "tr",
            tag("th", term.article, scope="row"),
            tag("td", "; ".join(map(_weighed, term.statements))),
            tag("td", f"{term.weight:g}"),
        )
        for term in claim.belief_terms
    )
    head = tag("tr", *(tag("th", name, scope="col") for name in ("article", "statements", "weight")))
    return tag(
        "section",
        tag("h2", f"Belief {claim.belief:g}"),
        tag("p", "How often claims read like this one turn out right: 1 − Π(1 − weight) over its articles."),
        tag("div", tag("table", tag("thead", head), tag("tbody", *rows)), class_="scroll", tabindex="0"),
    )


def _weighed(row: StatementTerm) -> str:
    weight = f"{row.rule} {row.rule_weight:g} × {row.certainty_factor:g}"
    return weight if row.counted else f"{weight}, not counted"
