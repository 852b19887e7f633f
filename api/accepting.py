"""In which formats a request wants its answer: the name of one, or its Accept header."""

from typing import Final

from fastapi import Request

from api.problems import Refused
from graph.querying.formats import FORMATS, Format, acceptable

NAMES: Final = ", ".join(known.name for known in FORMATS)
MEDIA_TYPES: Final = ", ".join(known.media_type for known in FORMATS)
GRAPHS: Final = tuple(known for known in FORMATS if known.graph)
GRAPH_NAMES: Final = ", ".join(known.name for known in GRAPHS)


def get_formats(request: Request, name: str | None) -> tuple[Format, ...]:
    """The formats that `name` or, without one, the Accept header admits, best first.

    Raises:
        Refused: 406, none.
    """
    accept = _accept(request, name)
    admitted = acceptable(accept)
    if not admitted:
        raise Refused(406, f"no answer can be given as {accept[:200]!r}; there are: {NAMES} ({MEDIA_TYPES})")
    return admitted


def get_graph_format(request: Request, name: str | None) -> Format:
    """The best format for triples that `name` or, without one, the Accept header admits.

    Raises:
        Refused: 406, none.
    """
    accept = _accept(request, name)
    chosen = next((known for known in acceptable(accept) if known.graph), None)
    if chosen is None:
        raise Refused(406, f"no triples can be given as {accept[:200]!r}; there are: {GRAPH_NAMES}")
    return chosen


def _accept(request: Request, name: str | None) -> str:
    return name or request.headers.get("accept") or "*/*"
