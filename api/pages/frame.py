"""What every page has: its policy, its answer to an error, and the graph as it is."""

from collections.abc import Callable, Sequence
from typing import Annotated, Final, TypeVar, get_origin
from urllib.parse import urlencode

from fastapi import Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse
from pydantic import BaseModel, ValidationError

from api.current import CurrentGraph
from api.html import Html, document, join, tag
from api.problems import describe
from api.settings import LONGEST_NAME, NOTICE
from api.showing import address_of, article_address
from graph.knowledge import KnowledgeGraph
from ontology.errors import AmbiguousName, EtiographError, InvalidArgument, UnknownArticle, UnknownConcept

CSP: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
Words = Annotated[str, Query(max_length=LONGEST_NAME)]
Asked = TypeVar("Asked", bound=BaseModel)


async def answer(request: Request, view: str, make: Callable[[KnowledgeGraph], Response]) -> Response:
    """What `make` answers for the graph as it is, made in a thread; the page of the error where it fails."""
    current: CurrentGraph = request.app.state.current
    try:
        network = await current.network()
        return await run_in_threadpool(make, network)
    except EtiographError as error:
        content, status = failure(error)
        title = "Not found" if status == 404 else "No answer"
        return page(title, tag("h1", title), content, view=view, status=status)


def page(
    title: str,
    *body: Html | str,
    view: str = "",
    head: Html | str = "",
    searched: str = "",
    status: int = 200,
) -> Response:
    """The page as a response."""
    content = document(title, *body, view=view, head=head, searched=searched)
    return HTMLResponse(content, status, headers={"Content-Security-Policy": CSP})


def asked(request: Request, model: type[Asked], **defaults: str) -> Asked:
    """The question in the address. Fields that a form left empty count as not given; other names mean nothing.

    Raises:
        InvalidArgument: a value that the field cannot have, or none where one is needed.
    """
    given: dict[str, object] = {**defaults}
    for name, field in model.model_fields.items():
        values = [value for value in map(str.strip, request.query_params.getlist(name)) if value]
        if values:
            given[name] = values if get_origin(field.annotation) is list else values[-1]
    try:
        return model.model_validate(given)
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0])
        message = first["msg"].removeprefix("Input should be ")
        raise InvalidArgument(name, str(first["input"])[:80], message[:1].lower() + message[1:]) from error


def notice() -> Html:
    """What stands beside every answer."""
    return tag("p", NOTICE, class_="disclaimer")


def failure(error: EtiographError) -> tuple[Html, int]:
    """An error in words with what was perhaps meant, and its status."""
    suggestions: tuple[tuple[str, str], ...] = ()
    match error:
        case UnknownConcept():
            suggestions = tuple((name, address_of(name)) for name in error.suggestions)
            said = f"No concept is called “{error.name}”."
        case AmbiguousName():
            suggestions = tuple((label, address_of(id)) for id, label in error.candidates)
            said = f"“{error.name}” may mean several things."
        case UnknownArticle():
            suggestions = tuple((id, article_address(id)) for id in error.suggestions)
            said = f"No article is called “{error.article}”."
        case InvalidArgument() if error.argument == "target":
            said = "Choose two different concepts."
        case _:
            said = str(error)
    links = tag("ul", *(tag("li", tag("a", text, href=address)) for text, address in suggestions), class_="suggestions")
    meant = join(tag("p", "Did you mean:"), links) if suggestions else ""
    return tag("div", tag("p", said), meant, class_="failure", role="alert"), describe(error).status


def paging(path: str, values: Sequence[tuple[str, str]], *, offset: int, limit: int, total: int) -> Html | str:
    """Links to the stretches before and after, where there are any, with these parameters."""
    if total <= limit and not offset:
        return ""

    def at(place: int) -> str:
        return f"{path}?{urlencode([*values, ('offset', str(place))])}"

    before = at(max(0, offset - limit)) if offset else None
    after = at(offset + limit) if offset + limit < total else None
    last = min(offset + limit, total)
    return tag(
        "nav",
        tag("a", "← Before", href=before, rel="prev") if before else tag("span", "← Before", class_="soft"),
        tag("span", f"{min(offset + 1, total):,}–{last:,} of {total:,}"),
        tag("a", "After →", href=after, rel="next") if after else tag("span", "After →", class_="soft"),
        class_="paging",
        aria_label="Pages",
    )
