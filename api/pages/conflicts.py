"""`/conflicts`: what articles disagree about, both sides quoted side by side. Which is right is not said."""

from typing import Final, get_args

from fastapi import APIRouter, Request, Response

from api.conflicts import ConflictOut, ConflictQuestion, SideOut, ask_conflicts
from api.html import Html, join, tag
from api.pages.forms import choice, concept_field
from api.pages.frame import answer, asked, failure, notice, page, paging
from api.pages.queries import of_claims
from api.pages.taking import of_shown, take
from api.showing import article_address, claim_address, many, place_address, show_concept
from graph.conflicts import Disagreement
from graph.knowledge import KnowledgeGraph
from graph.wording import VERBS
from ontology.claim import Evidence
from ontology.errors import EtiographError

router = APIRouter(include_in_schema=False)

VIEW: Final = "/conflicts"
_MOST_SENTENCES: Final = 4
_TYPES: Final[dict[Disagreement, str]] = {
    "polarity": "affirmed and denied",
    "frequency": "said to hold differently often",
}


@router.get(VIEW)
async def conflicts(request: Request) -> Response:
    """The conflicts, or those about one concept."""
    return await answer(request, VIEW, lambda network: _conflicts(request, network))


def _conflicts(request: Request, network: KnowledgeGraph) -> Response:
    status = 200
    try:
        content = _answer(request, network, asked(request, ConflictQuestion))
    except EtiographError as error:
        content, status = failure(error)
    return page(
        "Conflicts",
        tag("h1", "Conflicts"),
        tag("p", "Links that articles disagree about, both sides quoted. Which is right is not said.", class_="lead"),
        _form(request),
        content,
        view=VIEW,
        status=status,
    )


def _answer(request: Request, network: KnowledgeGraph, question: ConflictQuestion) -> Html:
    found = ask_conflicts(network, question)
    about = f" about {found.concept.label}" if found.concept else ""
    if not found.items:
        return join(notice(), tag("p", f"No article contradicts another{about}."))
    values = [("concept", found.concept.id)] if found.concept else []
    values += [("type", each) for each in question.type]
    stretch = [("limit", str(question.limit)), ("offset", str(question.offset))]
    claims = dict.fromkeys(side.claim.id for conflict in found.items for side in conflict.sides)
    return join(
        notice(),
        tag("p", f"{many(found.total, 'conflict')}{about}", class_="count"),
        *(_conflict(network, conflict) for conflict in found.items),
        paging(VIEW, values, offset=question.offset, limit=question.limit, total=found.total),
        take(
            request,
            rest="/v1/conflicts",
            values=[*values, *stretch],
            sparql=of_claims(claims),
            exported=of_shown(claims),
        ),
    )


def _conflict(network: KnowledgeGraph, conflict: ConflictOut) -> Html:
    subject, object_ = network.concepts[conflict.subject.id], network.concepts[conflict.object.id]
    return tag(
        "article",
        tag(
            "h2", show_concept(network, subject), f" {VERBS[conflict.predicate].fact} ", show_concept(network, object_)
        ),
        tag("p", _TYPES[conflict.type], class_="soft"),
        tag("div", *(_side(network, side) for side in conflict.sides), class_="sides"),
        class_="conflict",
    )


def _side(network: KnowledgeGraph, side: SideOut) -> Html:
    claim = network.claims[side.claim.id]
    stated = {(row.article, row.start, row.end) for row in side.claim.evidence or ()}
    places = {(row.article, row.start, row.end): row for row in claim.evidence}
    rows = [row for place, row in places.items() if place in stated]
    shown, folded = rows[:_MOST_SENTENCES], rows[_MOST_SENTENCES:]
    more = (
        tag(
            "details",
            tag("summary", f"{len(folded)} more"),
            *(_sentence(network, claim.id, row) for row in folded),
        )
        if folded
        else ""
    )
    return tag(
        "section",
        tag("h3", tag("a", _opinion(side), href=claim_address(claim.id))),
        tag("p", many(len({row.article for row in rows}), "article"), class_="soft"),
        *(_sentence(network, claim.id, row) for row in shown),
        more,
        class_="side denied" if claim.negated else "side",
    )


def _sentence(network: KnowledgeGraph, claim_id: str, row: Evidence) -> Html:
    title = network.articles[row.article].title
    return tag(
        "figure",
        tag("blockquote", tag("p", f"“{row.quote}”")),
        tag("figcaption", tag("a", title or article_address(row.article), href=place_address(claim_id, row))),
        class_="quote",
    )


def _opinion(side: SideOut) -> str:
    if side.frequencies:
        return ", ".join(side.frequencies)
    return "Denied" if side.claim.negated else f"Affirmed ({side.claim.certainty.value})"


def _form(request: Request) -> Html:
    given = request.query_params
    kinds = [("", "all"), *((each, _TYPES[each]) for each in get_args(Disagreement))]
    return tag(
        "form",
        concept_field("concept", "About", given.get("concept", "")),
        choice("type", "Which", kinds, given.get("type", "")),
        tag("button", "Show conflicts", type="submit", class_="main"),
        action=VIEW,
        method="get",
        class_="question panel",
    )
