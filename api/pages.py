"""The pages for people: `/`, `/concepts` and `/concepts/{id}`. Plain HTML that works without JavaScript.

They show what the REST interface answers; nothing is asked of another server.
"""

from collections.abc import Sequence
from pathlib import Path as File
from typing import Annotated, Final
from urllib.parse import quote

from fastapi import APIRouter, Path, Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import FileResponse, HTMLResponse, RedirectResponse

from api.cards import card
from api.current import CurrentGraph
from api.html import Html, document, join, tag
from api.models import Paths
from api.paths import ask_paths
from api.problems import describe
from api.questions import PathQuestion
from api.settings import LONGEST_NAME
from api.showing import address_of, show_card, show_chain, show_hits
from graph.knowledge import KnowledgeGraph
from ontology.claim import Concept
from ontology.errors import AmbiguousName, EtiographError, InvalidArgument, UnknownConcept
from ontology.lexicon import Hit

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

CSP: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
OTHER_HITS: Final = 5
_EXAMPLE: Final = ("pulmonary embolism", "hemoptysis")
_LONGEST: Final = Query(max_length=LONGEST_NAME)
Words = Annotated[str, _LONGEST]


@router.get("/style.css")
async def style() -> Response:
    """The style sheet of all pages."""
    return FileResponse(File(__file__).parent / "style.css", media_type="text/css")


@router.get("/")
async def home(request: Request, source: Words = _EXAMPLE[0], target: Words = _EXAMPLE[1]) -> Response:
    """What this is, the search, and the answer to one question: how `source` leads to `target`."""
    try:
        network = await _network(request)
    except EtiographError as error:
        return _failed(error)
    try:
        answer: Html = await run_in_threadpool(_chains, network, source, target)
        status = 200
    except EtiographError as error:
        answer, status = _failure(error)
    return _page(
        "Etiograph",
        tag("h1", "Etiograph"),
        tag(
            "p",
            "A graph of what health articles say: which condition causes what, shows which symptom, is found by which "
            "test and treated how. Every answer shows the sentence it rests on.",
        ),
        _search(""),
        tag("h2", "How does one thing lead to another?"),
        tag(
            "form",
            _field("source", source, "from"),
            _field("target", target, "to"),
            tag("button", "Show the chain", type="submit"),
            action="/",
            method="get",
        ),
        answer,
        await run_in_threadpool(_figures, network),
        status=status if (source, target) != _EXAMPLE else 200,
    )


@router.get("/concepts")
async def search(request: Request, q: Words = "") -> Response:
    """Concepts with a name like `q`; the one concept's own page where the name is exactly its."""
    try:
        network = await _network(request)
        exact, hits = await run_in_threadpool(_named, network, q, limit=50)
    except EtiographError as error:
        return _failed(error)
    if len(exact) == 1:
        return RedirectResponse(f"{address_of(exact[0].id)}?q={quote(q)}", status_code=303)
    none = tag("p", "No concept has a name like this.") if q.strip() else tag("p", "Type a name to search for.")
    return _page(f"Search: {q}", tag("h1", "Search"), _search(q), show_hits(hits) if hits else none)


@router.get("/concepts/{id:path}")
async def concept(request: Request, id: Annotated[str, Path(max_length=LONGEST_NAME)], q: Words = "") -> Response:
    """The concept's card; `q` is the search that led here, whose other hits are named."""
    try:
        network = await _network(request)
        return await run_in_threadpool(_concept, network, id, q)
    except EtiographError as error:
        return _failed(error)


def _concept(network: KnowledgeGraph, id: str, q: str) -> Response:
    found = card(network, network.lexicon.get(id))
    _, hits = _named(network, q, limit=OTHER_HITS + 1)
    others = tuple(hit for hit in hits if hit.concept.id != found.concept.id)[:OTHER_HITS]
    more = (tag("h2", f"Other names like “{q}”"), show_hits(others)) if others else ()
    return _page(found.concept.label, _search(q), *show_card(network, found), *more)


def _named(network: KnowledgeGraph, q: str, *, limit: int) -> tuple[tuple[Concept, ...], Sequence[Hit]]:
    """The concepts whose very name it is, and those with a name like it; none for no words."""
    if not q.strip():
        return (), ()
    return network.lexicon.find(q), network.lexicon.search(q, limit=limit)


async def _network(request: Request) -> KnowledgeGraph:
    current: CurrentGraph = request.app.state.current
    return await current.network()


def _chains(network: KnowledgeGraph, source: str, target: str) -> Html:
    answer: Paths = ask_paths(network, PathQuestion(source=source, target=target, k=3))
    if not answer.items:
        return tag("p", f"No article says how {answer.source.label} leads to {answer.target.label}.")
    return join(*(show_chain(network, path) for path in answer.items))


def _figures(network: KnowledgeGraph) -> Html:
    figures = network.sizes()
    said = f"{_many(figures.articles, 'article')}, {_many(figures.claims, 'claim')}"
    denied = f" ({figures.denied} denied)" if figures.denied else ""
    links = (tag("a", "the articles", href="/v1/articles"), " and ", tag("a", "all figures", href="/v1/stats"))
    return tag("p", f"In the graph: {said}{denied}; ", *links, " as JSON.", class_="soft")


def _many(number: int, thing: str) -> str:
    return f"{number:,} {thing}" if number == 1 else f"{number:,} {thing}s"


def _search(q: str) -> Html:
    box = tag(
        "input",
        type="search",
        name="q",
        value=q,
        aria_label="Concept",
        placeholder="a condition, a symptom …",
        data_complete="concept",
    )
    return tag("form", box, tag("button", "Search", type="submit"), action="/concepts", method="get", role="search")


def _field(name: str, value: str, label: str) -> Html:
    return tag(
        "label", f"{label} ", tag("input", name=name, value=value, maxlength=str(LONGEST_NAME), data_complete="concept")
    )


def _failed(error: EtiographError) -> Response:
    content, status = _failure(error)
    return _page("Not found" if status == 404 else "Error", tag("h1", "No answer"), content, _search(""), status=status)


def _failure(error: EtiographError) -> tuple[Html, int]:
    suggestions: tuple[tuple[str, str], ...] = ()
    match error:
        case UnknownConcept():
            suggestions = tuple((name, name) for name in error.suggestions)
            said = f"No concept is called “{error.name}”."
        case AmbiguousName():
            suggestions = error.candidates
            said = f"“{error.name}” may mean several things."
        case InvalidArgument() if error.argument == "target":
            said = "Choose two different concepts."
        case _:
            said = str(error)
    links = tag("ul", *(tag("li", tag("a", text, href=address_of(key))) for key, text in suggestions))
    return join(tag("p", said), links if suggestions else ""), describe(error).status


def _page(title: str, *body: Html, status: int = 200) -> Response:
    return HTMLResponse(document(title, *body), status, headers={"Content-Security-Policy": CSP})
