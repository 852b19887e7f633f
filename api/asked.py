"""What a request to `/sparql` asks, after the SPARQL 1.1 Protocol: from its address, its form or its body."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from fastapi import Request
from pyoxigraph import NamedNode

from api.accepting import get_formats
from api.bodies import FORM, fields, media_type, own_address, read_body, text
from api.problems import Refused
from api.settings import LARGEST_BODY
from graph.querying.sparql import Question
from ontology.errors import QueryRefused

DIRECT: Final = "application/sparql-query"

_ONCE: Final = ("query", "timeout", "rows")
_FORMAT: Final = ("format", "output", "results")
"""By the first that a request has it names its format; SPARQLWrapper sends all three, and each twice."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The parameters of a request: each name with its values in their order; names that mean nothing here too."""

    values: dict[str, tuple[str, ...]]

    @classmethod
    def of(cls, pairs: Sequence[tuple[str, str]]) -> "Asked":
        """The parameters as they stand in an address or a form.

        Raises:
            QueryRefused: one of them is an update.
            Refused: 400, one that may be given once is given more often.
        """
        values: dict[str, tuple[str, ...]] = {}
        for name, value in pairs:
            values[name] = (*values.get(name, ()), value)
        if "update" in values:
            raise QueryRefused("this address answers queries and takes no update; send it to /update")
        for name in _ONCE:
            if len(values.get(name, ())) > 1:
                raise Refused(400, f"parameter {name!r} was given more than once")
        for name in ("using-graph-uri", "using-named-graph-uri"):
            if name in values:
                raise Refused(
                    400, f"parameter {name!r} is for updates; queries take default-graph-uri, named-graph-uri"
                )
        return cls(values)

    def find(self, name: str) -> str | None:
        """The value of a parameter that may be given once, if it is."""
        return next(iter(self.values.get(name, ())), None)

    @property
    def format(self) -> str | None:
        """The name of a format, if one is given; several, parted by commas, if they are."""
        return next((",".join(self.values[name]) for name in _FORMAT if name in self.values), None)

    def question(self, request: Request) -> Question:
        """The question; its format is what the parameters name, else what the Accept header admits.

        Relative IRIs are resolved against the address of the request.

        Raises:
            Refused: 400, there is no query, or a parameter has a value it cannot have; 406, no format of ours is asked
                for.
        """
        query = self.find("query")
        if query is None or not query.strip():
            raise Refused(400, "parameter 'query' is missing")
        default, named = self._graphs("default-graph-uri"), self._graphs("named-graph-uri")
        return Question(
            query,
            base=own_address(request),
            default_graphs=default,
            named_graphs=named,
            formats=get_formats(request, self.format),
            timeout=self._number("timeout"),
            rows=self._rows(),
        )

    def _graphs(self, name: str) -> tuple[str, ...] | None:
        graphs = self.values.get(name)
        for graph in graphs or ():
            try:
                NamedNode(graph)
            except ValueError as error:
                raise Refused(400, f"{name}={graph[:200]!r}: expected an absolute IRI") from error
        return graphs

    def _number(self, name: str) -> float | None:
        text = self.find(name)
        if text is None:
            return None
        try:
            value = float(text)
        except ValueError:
            value = math.nan
        if not 0 < value < math.inf:
            raise Refused(400, f"{name}={text[:80]!r}: expected a number of seconds above 0")
        return value

    def _rows(self) -> int | None:
        text = self.find("rows")
        if text is None:
            return None
        if not (text.isascii() and text.isdigit()) or not int(text[:19]) > 0:
            raise Refused(400, f"rows={text[:80]!r}: expected a whole number above 0")
        return int(text[:19])


async def asked_in_body(request: Request) -> Asked:
    """The parameters of a POST, whose body is a form or the query itself.

    Raises:
        Refused: 400, it asks twice, or is no UTF-8; 413, it is too long; 415, it is of another type.
        QueryRefused: it is an update.
    """
    header = request.headers.get("content-type", "")
    stated = request.query_params.multi_items()
    match media_type(header):
        case "application/sparql-query":
            asked = Asked.of(stated)
            if "query" in asked.values:
                raise Refused(400, "a query in the body and another in the address; send one")
            return Asked({**asked.values, "query": (await _text(request, header),)})
        case "application/x-www-form-urlencoded":
            return Asked.of([*stated, *fields(await _text(request, header))])
        case "application/sparql-update":
            raise QueryRefused("this address answers queries and takes no update; send it to /update")
        case other:
            raise Refused(415, f"a body of type {other or 'unknown'}; send {DIRECT} or {FORM}")


async def _text(request: Request, header: str) -> str:
    return text(await read_body(request, largest=LARGEST_BODY), header)
