"""`/graph`: what is around a concept, or the chains between two, as a drawing; without JavaScript as a list."""

from collections.abc import Iterator
from typing import Final, get_args
from urllib.parse import urlencode

import orjson
from fastapi import APIRouter, Request, Response

from api.cards import reads
from api.html import Html, join, tag
from api.pages.chains import show_chain
from api.pages.drawn import AT_FIRST, MOST_LINKS, OF_EXPANDED, VIEW, Drawn, GraphQuestion, look_around
from api.pages.forms import choice, choices, concept_field
from api.pages.frame import answer, asked, notice, page
from api.pages.nopath import show_no_path
from api.pages.queries import of_claims
from api.pages.taking import of_shown, take
from api.pages.why import EXAMPLE, WhyQuestion, parameters
from api.paths import ask_paths
from api.showing import kind_name, many, show_concept, show_sentences, show_standing
from graph.knowledge import KnowledgeGraph
from graph.neighbours import MAX_DEPTH, Negated, Neighbour
from graph.wording import VERBS
from ontology.claim import Concept
from ontology.terms import Certainty, Kind, Predicate

router = APIRouter(include_in_schema=False)

_LISTED: Final = 500
"""Links that the list shows; a drawing may show more."""
_ARTICLES: Final = 40
"""Articles that the filter offers."""
_DENIED: Final[dict[Negated, str]] = {"include": "shown, marked", "exclude": "left out", "only": "they alone"}


@router.get(VIEW)
async def graph(request: Request) -> Response:
    """The graph around `concept` or of the chains from `source` to `target`; without either the form."""

    def make(network: KnowledgeGraph) -> Response:
        if any(request.query_params.get(end, "").strip() for end in EXAMPLE):
            return _chains(request, network, asked(request, WhyQuestion))
        question = asked(request, GraphQuestion)
        if question.concept is None:
            return _beginning(question)
        return _neighbourhood(request, network, network.lexicon.get(question.concept), question)

    return await answer(request, VIEW, make)


def _beginning(question: GraphQuestion) -> Response:
    hint = tag("p", "Name a concept to see what articles link it to.", class_="lead")
    return page("Graph", tag("h1", "Graph"), hint, _form(question, None), view=VIEW)


def _neighbourhood(request: Request, network: KnowledgeGraph, of: Concept, question: GraphQuestion) -> Response:
    drawn = look_around(network, of, question)
    places = (drawn.middle, *drawn.expanded)
    sources = [address for place in places for address in place.addresses(question)]
    claims = dict.fromkeys(claim.id for link in drawn.links for claim in link.claims)
    exported = of_shown(claims, articles=question.article)
    if drawn.is_whole and (question.depth == 1 or not drawn.expanded):
        depth = [("depth", str(question.depth))] if question.depth > 1 else []
        exported = [*(("concept", place.concept.id) for place in places), *depth, *question.filters()]
    return page(
        f"Around {of.label}",
        tag("h1", "Around ", show_concept(network, of)),
        _form(question, drawn),
        _live("graph-count", *_count(drawn, question)),
        _drawing(sources, drawn.articles, focus=of.id),
        notice(),
        _live("graph-list", *_list(network, drawn, question)),
        _live(
            "graph-take",
            take(request, rest=sources[0], also=sources[1:], sparql=of_claims(claims), exported=exported),
        ),
        view=VIEW,
    )


def _chains(request: Request, network: KnowledgeGraph, question: WhyQuestion) -> Response:
    found = ask_paths(network, question)
    values = parameters(question)
    claims = {claim.id for path in found.items for hop in path.hops for claim in hop.claims}
    articles = {id: network.articles[id].title for claim in claims for id in network.claims[claim].articles}
    title = f"{found.source.label} → {found.target.label}"
    return page(
        title,
        tag("h1", title),
        show_no_path(found, found.no_path, values) if found.no_path else "",
        tag("p", many(len(found.items), "chain"), class_="count") if found.items else "",
        _drawing([f"/v1/paths?{urlencode(values)}"], dict(sorted(articles.items()))) if found.items else "",
        notice(),
        tag("p", tag("a", "Filters, and what they hide", href=f"/?{urlencode(values)}")),
        *(show_chain(network, path) for path in found.items),
        take(
            request,
            rest="/v1/paths",
            values=values,
            sparql=of_claims(sorted(claims)),
            exported=[(name, value) for name, value in values if name != "evidence"],
        )
        if claims
        else "",
        view=VIEW,
    )


def _drawing(sources: list[str], titles: object, *, focus: str = "") -> Html:
    return tag(
        "div",
        tag("p", "The drawing needs JavaScript; below is the same as a list.", class_="soft"),
        data_graph="",
        data_source=" ".join(sources),
        data_focus=focus,
        data_titles=orjson.dumps(titles).decode(),
        class_="wide",
    )


def _live(id: str, *content: Html | str) -> Html:
    """A part of the page that is brought up to date while the drawing changes."""
    return tag("div", *content, id=id, data_live="")


def _count(drawn: Drawn, question: GraphQuestion) -> Iterator[Html]:
    found = drawn.middle.found
    shown = len(found.links)
    more = min(question.limit + AT_FIRST, MOST_LINKS)
    if shown < found.total:
        step = (
            tag("a", f"Show {more - question.limit} more", href=question.address(limit=more), data_step="")
            if question.limit < MOST_LINKS
            else "Filters show others."
        )
        said = (
            f"{shown:,} of {many(found.total, 'link')}, the nearest and best believed; {found.total - shown:,} hidden. "
        )
        yield tag("p", said, step, class_="count", role="status")
    else:
        yield tag("p", f"{many(shown, 'link')} around {drawn.middle.concept.label}", class_="count", role="status")
    if found.truncated:
        yield tag("p", "More lies within this distance than is looked at.", class_="soft")
    for around in drawn.expanded:
        hidden = around.found.total - len(around.found.links)
        if hidden:
            link = tag("a", "centre on it", href=question.address(concept=around.concept.id, expanded=[]))
            yield tag(
                "p", f"{around.concept.label}: {OF_EXPANDED} of {around.found.total:,} links; ", link, class_="soft"
            )


def _list(network: KnowledgeGraph, drawn: Drawn, question: GraphQuestion) -> Iterator[Html]:
    if not drawn.links:
        yield tag("p", "Nothing that was asked for is linked here. Fewer filters may show more.")
        return
    opened = {around.concept.id for around in drawn.expanded}
    rows = (_row(network, link, question, opened) for link in drawn.links[:_LISTED])
    yield tag(
        "details",
        tag("summary", "The same as a list"),
        tag("ul", *rows, class_="links"),
        open="" if len(drawn.links) <= AT_FIRST else None,
    )


def _row(network: KnowledgeGraph, link: Neighbour, question: GraphQuestion, opened: set[str]) -> Html:
    claim = link.claims[0]
    id = link.concept.id
    others = [other for other in question.expanded if other != id]
    step = (
        tag("a", "collapse", href=question.address(expanded=others), data_step="")
        if id in opened
        else tag("a", "expand", href=question.address(expanded=[*others, id]), data_step="")
    )
    return tag(
        "li",
        tag(
            "p",
            show_concept(network, link.of),
            tag("span", f" {reads(link)} ", class_="soft"),
            tag("span", show_concept(network, link.concept), class_="name"),
            tag("strong", " (denied)") if claim.negated else "",
        ),
        tag("p", show_standing(claim), step, class_="standing"),
        tag(
            "details",
            tag("summary", many(sum(len(each.evidence) for each in link.claims), "sentence")),
            *(join(show_sentences(network, each)) for each in link.claims),
        ),
    )


def _form(question: GraphQuestion, drawn: Drawn | None) -> Html:
    filters = _filters(question, drawn) if drawn else ()
    return tag(
        "form",
        tag(
            "div",
            concept_field("concept", "Concept", question.concept or ""),
            tag("button", "Show", type="submit", class_="main"),
            class_="question",
        ),
        tag("details", tag("summary", "Filters"), _live("graph-filters", *filters), class_="filtering")
        if filters
        else "",
        action=VIEW,
        method="get",
        class_="ask-why",
        data_graph_form="",
    )


def _filters(question: GraphQuestion, drawn: Drawn) -> tuple[Html, ...]:
    facets = drawn.facets
    relations = [
        (each.value, f"{VERBS[each].fact} ({facets.predicates[each]:,})")
        for each in Predicate
        if each in facets.predicates
    ]
    kinds = [(each.value, f"{kind_name(each)} ({facets.kinds[each]:,})") for each in Kind if each in facets.kinds]
    opened = [(around.concept.id, around.concept.label) for around in drawn.expanded]
    articles = list(drawn.articles.items())[:_ARTICLES]
    return (
        tag(
            "div",
            choice(
                "depth", "Links away", [(str(each), str(each)) for each in range(1, MAX_DEPTH + 1)], str(question.depth)
            ),
            choice(
                "min_certainty",
                "Certainty at least",
                [(each.value, each.value) for each in reversed(Certainty)],
                question.min_certainty.value,
            ),
            choice("negated", "Denied links", [(each, _DENIED[each]) for each in get_args(Negated)], question.negated),
            choices("predicate", "Only these relations", relations, question.predicate),
            choices("kind", "Only these kinds", kinds, [each.value for each in question.kind]),
            choices("expanded", "Expanded", opened, question.expanded) if opened else "",
            choices("article", "Only what these articles say", articles, question.article),
            class_="filters",
        ),
    )
