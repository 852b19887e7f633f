"""What takes a view elsewhere: the REST call and the SPARQL query that give the same, and its export."""

from collections.abc import Iterator, Sequence
from shlex import quote as quoted
from typing import Final
from urllib.parse import urlencode

from fastapi import Request

from api.html import Html, tag
from graph.export.formats import FORMATS

Values = Sequence[tuple[str, str]]

_LONGEST_LINK: Final = 8_000
"""Longer queries are copied, not linked to."""


def take(
    request: Request,
    *,
    rest: str,
    values: Values = (),
    also: Sequence[str] = (),
    body: str | None = None,
    sparql: str | None,
    exported: Values | None = None,
) -> Html:
    """Buttons and links for what the view shows.

    `rest` and `values` are the address and the parameters that answer it as JSON, `also` further addresses that answer
    the rest of it, `body` what is posted there,
    `exported` the parameters of the export; None where nothing exports just that, as `sparql` where no query does.
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
        _exports(exported) if exported is not None else "",
        class_="take",
        aria_labelledby="take",
    )


def _sparql(query: str) -> Iterator[Html]:
    yield tag("button", "Copy as SPARQL", type="button", data_copy=query)
    editor = "/sparql?" + urlencode({"query": query})
    if len(editor) < _LONGEST_LINK:
        yield tag("a", "Open in the SPARQL editor", href=editor)


def _exports(values: Values) -> Html:
    links = (
        tag("li", tag("a", f"{name} ({known.suffix})", href="/v1/export?" + urlencode([("format", name), *values])))
        for name, known in FORMATS.items()
    )
    return tag("details", tag("summary", "Export as a file"), tag("ul", *links, class_="formats"))
