"""The pages for people: `/`, `/concepts` and `/concepts/{id}`. Plain HTML that works without JavaScript.

They show what the REST interface answers; nothing is asked of another server.
"""

from collections.abc import Iterable
from pathlib import Path as File
from typing import Annotated, Final
from urllib.parse import quote

from fastapi import APIRouter, Path, Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import FileResponse, HTMLResponse, RedirectResponse

from api.cards import Card, Section, card, reads, surest
from api.current import CurrentGraph
from api.html import Html, document, join, tag
from api.models import PathOut, Paths
from api.paths import ask_paths
from api.problems import describe
from api.questions import PathQuestion
from api.settings import LONGEST_NAME
from graph.neighbours import Neighbour
from graph.network import Network
from graph.wording import VERBS
from ontology.claim import Evidence
from ontology.errors import AmbiguousName, EtiographError, InvalidArgument, UnknownConcept

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

CSP: Final = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
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
        status=status if (source, target) != _EXAMPLE else 200,
    )


@router.get("/concepts")
async def search(request: Request, q: Words = "") -> Response:
    """Concepts with a name like `q`; the one concept's own page where the name is exactly its."""
    try:
        network = await _network(request)
    except EtiographError as error:
        return _failed(error)
    exact = network.lexicon.find(q) if q.strip() else ()
    if len(exact) == 1:
        return RedirectResponse(address_of(exact[0].id), status_code=303)
    hits = network.lexicon.search(q, limit=50)
    found = tag(
        "ul",
        *(
            tag(
                "li",
                tag("a", hit.concept.label, href=address_of(hit.concept.id)),
                tag("span", f" {', '.join(hit.concept.kinds)}", class_="soft"),
                tag("span", f" – found as “{hit.name}”", class_="soft") if hit.name != hit.concept.label else "",
            )
            for hit in hits
        ),
        class_="links",
    )
    none = tag("p", "No concept has a name like this.") if q.strip() else tag("p", "Type a name to search for.")
    return _page(f"Search: {q}", tag("h1", "Search"), _search(q), found if hits else none)


@router.get("/concepts/{id:path}")
async def concept(request: Request, id: Annotated[str, Path(max_length=LONGEST_NAME)]) -> Response:
    """The concept's card."""
    try:
        network = await _network(request)
        found = card(network, network.lexicon.get(id))
    except EtiographError as error:
        return _failed(error)
    return _page(found.concept.label, *_card(network, found))


async def _network(request: Request) -> Network:
    current: CurrentGraph = request.app.state.current
    return await current.network()


def _chains(network: Network, source: str, target: str) -> Html:
    answer: Paths = ask_paths(network, PathQuestion(source=source, target=target, k=3))
    if not answer.items:
        return tag("p", f"No article says how {answer.source.label} leads to {answer.target.label}.")
    return join(*(_chain(network, path) for path in answer.items))


def _chain(network: Network, path: PathOut) -> Html:
    hops = []
    for hop in path.hops:
        start, end = network.concepts[hop.subject], network.concepts[hop.object]
        verb = VERBS[hop.predicate].fact
        hops.append(
            tag(
                "li",
                tag("a", start.label, href=address_of(start.id)),
                f" {verb} ",
                tag("a", end.label, href=address_of(end.id)),
                tag("span", f" ({hop.claims[0].certainty})", class_="soft"),
                *(
                    _quote(row.quote, row.article, denied=claim.negated)
                    for claim in hop.claims
                    for row in (claim.evidence or ())[:1]
                ),
            )
        )
    return join(tag("h2", f"{path.rank}. {path.text}."), tag("ol", *hops, class_="chain"))


def _card(network: Network, found: Card) -> Iterable[Html]:
    of = found.concept
    yield tag("h1", of.label)
    yield tag("p", ", ".join(of.kinds), tag("span", f" · {of.id}", class_="soft"))
    if of.definition:
        yield tag("p", of.definition)
    if of.synonyms:
        yield tag("p", "Also called: ", "; ".join(of.synonyms))
    if of.mappings:
        yield tag("p", "; ".join(f"{row.relation} {row.curie}" for row in of.mappings), class_="soft")
    for section in found.sections:
        yield _section(network, section)
    if found.denied:
        yield _section(network, Section("denied", "What articles deny", found.denied))
    if not found.sections and not found.denied:
        yield tag("p", "No article says anything of it yet.")
    yield tag("p", tag("a", "as JSON", href="/v1" + address_of(of.id)))


def _section(network: Network, section: Section) -> Html:
    links = tag("ul", *(_link(network, link) for link in section.links), class_="links")
    return tag("section", tag("h2", section.title), links, class_=section.name)


def _link(network: Network, link: Neighbour) -> Html:
    claim = link.claims[0]
    row: Evidence = surest(claim)
    said = ", ".join(filter(None, [claim.certainty.value, claim.frequency]))
    more = len(claim.evidence) - 1
    return tag(
        "li",
        tag("span", f"{link.of.label} {reads(link)} ", class_="soft"),
        tag("a", link.concept.label, href=address_of(link.concept.id)),
        tag("span", f" ({said})", class_="soft"),
        _quote(row.quote, network.articles[row.article].title, denied=claim.negated),
        tag("span", f"and {more} more", class_="soft") if more else "",
    )


def _quote(quote: str, source: str, *, denied: bool) -> Html:
    return tag("blockquote", "Denied: " if denied else "", f"“{quote}” ", tag("cite", f"– {source}"))


def _search(q: str) -> Html:
    box = tag("input", type="search", name="q", value=q, aria_label="Concept", placeholder="a condition, a symptom …")
    return tag("form", box, tag("button", "Search", type="submit"), action="/concepts", method="get", role="search")


def _field(name: str, value: str, label: str) -> Html:
    return tag("label", f"{label} ", tag("input", name=name, value=value, maxlength=str(LONGEST_NAME)))


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


def address_of(id: str) -> str:
    """Where the page of a concept is."""
    return "/concepts/" + quote(id, safe=":")


def _page(title: str, *body: Html, status: int = 200) -> Response:
    return HTMLResponse(document(title, *body), status, headers={"Content-Security-Policy": CSP})
