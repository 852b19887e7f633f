"""`sparql`: queries for the graph."""

import asyncio
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from api.commands.options import Data
from ontology.errors import InvalidArgument

if TYPE_CHECKING:
    from graph.querying.answer import Answer


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command()(sparql)


def sparql(
    query: Annotated[
        str, typer.Argument(metavar="QUERY|FILE", help="A query, a file with one, or - for standard input.")
    ],
    *,
    format: Annotated[
        Literal["table", "json", "xml", "csv", "tsv", "turtle", "ntriples", "jsonld", "rdfxml"],
        typer.Option("--format", help="Rows: table, json, xml, csv, tsv. Triples: turtle, ntriples, jsonld, rdfxml."),
    ] = "table",
    as_json: Annotated[bool, typer.Option("--json", help="The same as --format json, or jsonld for triples.")] = False,
    data: Data = None,
) -> None:
    """Ask the store a SPARQL query. The usual prefixes (etio, skos, HP, …) need no declaration."""
    from api.settings import load_settings
    from api.terminal import print_bytes
    from graph.querying.formats import FORMATS
    from graph.querying.sparql import QueryService, Question

    settings = load_settings(data=data)
    wanted = {"table": ("json", "turtle")}.get(format, (format,))
    if as_json:
        wanted = ("json", "jsonld")
    formats = tuple(known for known in FORMATS if known.name in wanted)
    question = Question(read_query(query), formats=formats)

    async def ask() -> "Answer":
        async with QueryService(
            settings.data, timeout=settings.query_timeout, memory=settings.query_memory, rows=None, workers=1
        ) as service:
            return await service.read(question)

    answer = asyncio.run(ask())
    if format == "table" and not as_json and answer.media_type != "text/turtle":
        _table(answer)
    else:
        print_bytes([answer.body if answer.body.endswith(b"\n") else answer.body + b"\n"])


def read_query(asked: str) -> str:
    """The query itself: the argument, the content of the file it names, or standard input.

    Raises:
        InvalidArgument: it looks like the name of a file that cannot be read.
    """
    if asked == "-":
        return sys.stdin.read()
    if any(sign in asked for sign in "{\n") or len(asked) > 1000:
        return asked
    try:
        return Path(asked).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        if " " in asked.strip():  # words, though no query that could be answered: the parser says why
            return asked
        reason = "UTF-8 text" if isinstance(error, UnicodeDecodeError) else "a query or a file that can be read"
        raise InvalidArgument("query", asked, reason) from error


def _table(answer: "Answer") -> None:
    import orjson

    from api.terminal import Screen
    from ontology.terms import contract

    result = orjson.loads(answer.body)
    screen = Screen()
    if "boolean" in result:
        screen.line("yes" if result["boolean"] else "no")
        return
    names = result["head"]["vars"]
    rows = [
        [
            contract(row[name]["value"])
            if name in row and row[name]["type"] == "uri"
            else row.get(name, {}).get("value", "")
            for name in names
        ]
        for row in result["results"]["bindings"]
    ]
    screen.table(names, rows, numbers=frozenset())
