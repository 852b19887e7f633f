"""`/concepts` and `/concepts/{id}`: the search, and a concept's card, for programs in any form that they ask for."""

from collections.abc import Sequence
from typing import Annotated, Final
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Path, Query, Request, Response
from fastapi.responses import RedirectResponse

from api.cards import card, section
from api.concepts import find_concepts
from api.descriptions import HTML, JSON, MEDIA_TYPES, encode, form_asked_for
from api.html import Html, join, search_form, tag
from api.pages.cards import show_card, show_links, shown_claims
from api.pages.frame import Words, answer, asked, notice, page, paging
from api.pages.queries import about_concept, of_claims, of_concepts
from api.pages.taking import of_listed, of_shown, take
from api.questions import ConceptQuestion, Paging
from api.settings import LONGEST_NAME
from api.showing import address_of, kind_name, show_concept, show_kinds
from graph.knowledge import KnowledgeGraph
from graph.lookups import CONDITION_LOOKUPS, SYMPTOM_LOOKUPS
from graph.stretches import Stretch
from ontology.claim import Concept
from ontology.lexicon import Hit
from ontology.terms import Kind, expand

router = APIRouter(include_in_schema=False)

VIEW: Final = "/concepts"
OTHER_HITS: Final = 5
_AT_ONCE: Final = 50
_OF_A_SECTION: Final = 100
_MATCHED: Final = "found as"


@router.get(VIEW)
async def search(request: Request, q: Words = "") -> Response:
    """Concepts with a name like `q`, without one all of them; the one concept's own page where the name is its."""
    return await answer(request, VIEW, lambda network: _search(request, network, q))


@router.get("/concepts/{id:path}")
async def concept(
    request: Request,
    id: Annotated[str, Path(max_length=LONGEST_NAME)],
    q: Words = "",
    format: Annotated[str | None, Query(max_length=LONGEST_NAME)] = None,
) -> Response:
    """The concept's card; `q` is the search that led here, whose other hits are named."""
    form = form_asked_for(request.headers.get("accept"), format)

    def make(network: KnowledgeGraph) -> Response:
        found = network.lexicon.get(id)
        if form != HTML:
            return Response(encode(network, card(network, found), form), media_type=MEDIA_TYPES[form])
        if "section" in request.query_params:
            return _section(request, network, found)
        return _card(request, network, found, q)

    if form == HTML:
        return await answer(request, VIEW, make)
    return make(await request.app.state.current.network())


def show_hits(network: KnowledgeGraph, hits: Sequence[Hit]) -> Html:
    """Concepts that a search found, each with its kinds and the name that matched."""
    rows = (
        tag(
            "li",
            tag("span", show_concept(network, hit.concept), class_="name"),
            tag("span", show_kinds(hit.concept.kinds), class_="standing"),
            tag("span", f"{_MATCHED} “{hit.name}”", class_="soft") if hit.name != hit.concept.label else "",
        )
        for hit in hits
    )
    return tag("ul", *rows, class_="hits")


def _search(request: Request, network: KnowledgeGraph, q: str) -> Response:
    exact = network.lexicon.find(q) if q.strip() else ()
    question = asked(request, ConceptQuestion, limit=str(_AT_ONCE))
    if len(exact) == 1 and not question.kind and not question.offset:
        return RedirectResponse(f"{address_of(exact[0].id)}?q={quote(q)}", status_code=303)
    found = find_concepts(network, question)
    hits = found[question.offset : question.offset + question.limit]
    kept = [("q", q)] if question.q else []
    chosen = [("kind", kind.value) for kind in question.kind]
    none = tag("p", "No concept has a name like this.") if question.q else tag("p", "There are no concepts yet.")
    return page(
        f"Search: {q}" if question.q else "Concepts",
        tag("h1", "Search" if question.q else "Concepts"),
        search_form(q, label="Search all names", id="names"),
        _kinds(question, kept),
        show_hits(network, hits) if hits else none,
        paging(VIEW, [*kept, *chosen], offset=question.offset, limit=question.limit, total=len(found)),
        take(
            request,
            rest="/v1/concepts",
            values=(*kept, *chosen, ("limit", str(question.limit)), ("offset", str(question.offset))),
            sparql=of_concepts(hit.concept.id for hit in hits) if hits else None,
            exported=of_listed(dict.fromkeys(hit.concept.id for hit in hits)),
        ),
        view=VIEW,
        searched=q,
    )


def _kinds(question: ConceptQuestion, kept: list[tuple[str, str]]) -> Html:
    rows = [tag("a", "all", href=f"/concepts?{urlencode(kept)}", aria_current=None if question.kind else "true")]
    for kind in Kind:
        address = f"/concepts?{urlencode([*kept, ('kind', kind.value)])}"
        rows.append(tag("a", kind_name(kind), href=address, aria_current="true" if question.kind == [kind] else None))
    return tag("nav", tag("ul", *(tag("li", row) for row in rows)), class_="contents", aria_label="Kinds")


def _card(request: Request, network: KnowledgeGraph, found: Concept, q: str) -> Response:
    hits = network.lexicon.search(q, limit=OTHER_HITS + 1) if q.strip() else ()
    others = tuple(hit for hit in hits if hit.concept.id != found.id)[:OTHER_HITS]
    shown = card(network, found)
    more = (tag("h2", f"Other names like “{q}”"), show_hits(network, others)) if others else ()
    return page(
        found.label,
        *show_card(network, shown),
        notice(),
        *more,
        take(
            request,
            rest=f"/v1{address_of(found.id)}/neighbours",
            values=(("negated", "include"), ("limit", "500")),
            sparql=about_concept(found.id),
            exported=of_shown(shown_claims(shown)),
            around=(("concept", found.id), ("negated", "include")),
        ),
        head=_alternates(found),
        searched=q,
    )


def _section(request: Request, network: KnowledgeGraph, found: Concept) -> Response:
    name = request.query_params["section"]
    offset = asked(request, Paging).offset
    shown = section(network, found, name, Stretch(offset=offset, limit=_OF_A_SECTION))
    total = len(shown.links) + shown.more
    claims = [claim.id for link in shown.links for claim in link.claims]
    return page(
        f"{shown.title}: {found.label}",
        tag("h1", tag("a", found.label, href=address_of(found.id)), f": {shown.title}"),
        notice(),
        show_links(network, found, shown),
        paging(address_of(found.id), [("section", name)], offset=offset, limit=_OF_A_SECTION, total=total),
        take(
            request,
            rest=_rest(found, name),
            values=(("limit", str(_OF_A_SECTION)), ("offset", str(offset))),
            sparql=of_claims(claims) if claims else None,
            exported=of_shown(claims),
        ),
        head=_alternates(found),
    )


def _rest(of: Concept, section: str) -> str:
    """The look-up that answers a section, or all neighbours where there is none."""
    address = quote(of.id, safe=":")
    if section in CONDITION_LOOKUPS:
        return f"/v1/conditions/{address}/{section}"
    if section in SYMPTOM_LOOKUPS:
        return f"/v1/symptoms/{address}/{section}"
    return f"/v1/concepts/{address}/neighbours"


def _alternates(found: Concept) -> Html:
    address = address_of(found.id)
    return join(
        tag("link", rel="canonical", href=address),
        *(
            tag("link", rel="alternate", type=media_type, href=f"{address}?format={name}")
            for name, media_type in MEDIA_TYPES.items()
            if name in ("turtle", "jsonld", "ntriples", "rdfxml", JSON)
        ),
        tag("link", rel="describes", href=expand(found.id)),
    )
