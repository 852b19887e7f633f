"""What takes a view elsewhere: the REST call and the SPARQL query that give the same, and its export."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from shlex import quote as quoted
from typing import Final
from urllib.parse import urlencode

from fastapi import Request

from api.doors import LONGEST_ADDRESS
from api.exportquestions import MOST_NAMED, MOST_POSTED
from api.html import Html, tag
from api.questions import MOST
from graph.export.formats import FORMATS

Values = Sequence[tuple[str, str]]

_LONGEST_LINK: Final = 8_000
"""Longer queries are copied, not linked to."""

_REST_OF_ADDRESS: Final = 200
"""Bytes that the address of an export has beside its claims, at most."""

_SHORT: Final = 20
"""With more parameters exports are asked for by a form, which has them once and not once a format."""


def take(
    request: Request,
    *,
    rest: str,
    values: Values = (),
    also: Sequence[str] = (),
    body: str | None = None,
    sparql: str | None,
    exported: Values | None = None,
    exports: str = "Export as a file",
    around: Values | None = None,
) -> Html:
    """Buttons and links for what the view shows.

    `rest` and `values` are the address and the parameters that answer it as JSON, `also` further addresses that answer
    the rest of it, `body` what is posted there,
    `exported` the parameters of the export, which is called `exports`; None where nothing exports just that, as
    `sparql` where no query does.
    `around` are those of an export of more than is shown.
    """
    address = f"{rest}?{urlencode(values)}" if values else rest
    server = f"{request.url.scheme}://{request.url.netloc}"
    call = " ".join(quoted(server + each) for each in (address, *also))
    posted = f" -H 'Content-Type: application/json' -d {quoted(body)}" if body else ""
    tools = (
        tag("button", "Copy as REST call", type="button", data_copy=f"curl {call}{posted}"),
        "" if body else tag("a", "Open as JSON", href=address),
        *(_sparql(sparql) if sparql else ()),
    )
    return tag(
        "section",
        tag("h2", "Take it with you", id="take"),
        tag("div", *tools, class_="tools"),
        _exports(exports, exported) if exported is not None else "",
        _exports("Export all that is linked to it", around) if around is not None else "",
        class_="take",
        aria_labelledby="take",
    )


def of_shown(claims: Iterable[str], *, articles: Iterable[str] = ()) -> Values | None:
    """The parameters that export these claims, or what these articles say of them.

    None where there are no claims, or more than are exported by name.
    """
    named = dict.fromkeys(claim.rpartition("/")[2] for claim in claims)
    values = [*(("article", article) for article in articles), *(("claim", claim) for claim in named)]
    return values if 0 < len(named) <= MOST_POSTED else None


def of_listed(concept_ids: Iterable[str]) -> Values | None:
    """The parameters that export these concepts alone; None where there are none."""
    values = [("concept", id) for id in concept_ids]
    return [*values, ("depth", "0")] if values else None


def _sparql(query: str) -> Iterator[Html]:
    yield tag("button", "Copy as SPARQL", type="button", data_copy=query)
    editor = "/sparql?" + urlencode({"query": query})
    if len(editor) < _LONGEST_LINK:
        yield tag("a", "Open in the SPARQL editor", href=editor)


def _exports(title: str, values: Values) -> Html:
    if len(values) > _SHORT:
        return tag("details", tag("summary", title), _form(values))
    links = (
        tag("li", tag("a", f"{name} ({known.suffix})", href="/v1/export?" + urlencode([("format", name), *values])))
        for name, known in FORMATS.items()
    )
    return tag("details", tag("summary", title), tag("ul", *links, class_="formats"))


def _form(values: Values) -> Html:
    named = (tag("input", type="hidden", name=name, value=value) for name, value in values)
    formats = (
        tag("li", tag("button", f"{name} ({known.suffix})", name="format", value=name))
        for name, known in FORMATS.items()
    )
    method = "get" if _fits(values) else "post"
    return tag("form", *named, tag("ul", *formats, class_="formats"), action="/v1/export", method=method)


def _fits(values: Values) -> bool:
    """Whether an address has room for the values, each named as often as one may."""
    number = Counter(name for name, _ in values)
    few = number["claim"] <= MOST_NAMED and number["concept"] <= MOST and number["article"] <= MOST
    return few and len(urlencode(values)) < LONGEST_ADDRESS - _REST_OF_ADDRESS
