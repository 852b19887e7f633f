"""The answer on the page of `/sparql`, as a table or as text. Works without JavaScript.

With it the script of `api/web` puts an editor in the place of the form's text area and shows the answers itself.
"""

from collections.abc import Container, Iterator
from functools import lru_cache
from typing import Final

import orjson
from fastapi import Response

from api.html import Html, join, tag
from api.problems import describe
from api.showing import address_of
from api.workbench import workbench
from graph.querying.formats import FORMATS
from graph.querying.sparql import QueryService, Question
from ontology.errors import EtiographError
from ontology.terms import contract

MOST_ROWS: Final = 1000
_SHOWN: Final = tuple(known for known in FORMATS if known.name in ("json", "turtle"))


@lru_cache(maxsize=256)
def prefers_page(accept: str) -> bool:
    """Whether an Accept header is that of a browser: it names HTML, and no format of ours before it."""
    qualities: dict[str, float] = {}
    for part in accept.lower().split(","):
        media_range, *parameters = (piece.strip() for piece in part.split(";"))
        value = next((text[2:] for text in parameters if text.startswith("q=")), "1")
        qualities[media_range] = float(value) if value.replace(".", "", 1).isdigit() else 0.0
    page = qualities.get("text/html", 0.0)
    ours = {name for known in FORMATS for name in (known.media_type, *known.aliases)}
    return page > 0 and page >= max((qualities[name] for name in ours & qualities.keys()), default=0.0)


async def answer_page(service: QueryService, query: str | None, concepts: Container[str], *, client: str) -> Response:
    """The form and, where there is a query, its answer below; `concepts` are the ids that have a page."""
    answer, status = join(), 200
    if query is not None and query.strip():
        answer, status = await _answer(service, query, concepts, client)
    return workbench(query, answer, status)


async def _answer(service: QueryService, query: str, concepts: Container[str], client: str) -> tuple[Html, int]:
    try:
        found = await service.read(Question(query, formats=_SHOWN, rows=MOST_ROWS), client=client)
    except EtiographError as error:
        return tag("p", str(error), role="alert"), describe(error).status
    if found.media_type == "text/turtle":
        shown = f"the first {MOST_ROWS} triples" if found.truncated else ""
        return join(tag("p", shown) if shown else "", tag("pre", found.body.decode())), 200
    result = orjson.loads(found.body)
    if "boolean" in result:
        return tag("p", "yes" if result["boolean"] else "no"), 200
    return join(*_table(result["head"]["vars"], result["results"]["bindings"], concepts, cut=found.truncated)), 200


def _table(
    names: list[str], rows: list[dict[str, dict[str, str]]], concepts: Container[str], *, cut: str | None
) -> Iterator[Html]:
    count = f"{len(rows)} {'row' if len(rows) == 1 else 'rows'}"
    yield tag("p", f"the first {count}" if cut else count)
    head = tag("tr", *(tag("th", name, scope="col") for name in names))
    body = (tag("tr", *(tag("td", _cell(row.get(name), concepts)) for name in names)) for row in rows)
    yield tag("div", tag("table", tag("thead", head), tag("tbody", *body)), class_="scroll")


def _cell(value: dict[str, str] | None, concepts: Container[str]) -> Html | str:
    if value is None:
        return ""
    if value["type"] != "uri":
        return value["value"]
    curie = contract(value["value"])
    return tag("a", curie, href=address_of(curie)) if curie in concepts else curie
