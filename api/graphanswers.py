"""What `/store` answers to those who read: the triples of one graph, in the format they accept."""

from typing import Final

from fastapi import Request, Response
from fastapi.concurrency import run_in_threadpool

from api.current import check_unchanged, tag_of
from api.problems import Refused
from graph.checkpoints import find_pointer
from graph.sparql import FORMATS, QueryService, acceptable
from ontology.errors import UnknownGraph

_FORMATS: Final = tuple(known for known in FORMATS if known.graph)
_NAMES: Final = ", ".join(known.name for known in _FORMATS)


async def answer_graph(request: Request, graph: str | None, format: str | None) -> Response:
    """All triples of the named graph, or of the default graph for None, in the first format that is accepted.

    Raises:
        Refused: 406, no format for triples is.
        UnknownGraph: no graph has this name.
        NotModified: the client has the answer already.
    """
    accept = format or request.headers.get("accept") or "*/*"
    formats = tuple(known for known in acceptable(accept) if known.graph)
    if not formats:
        raise Refused(406, f"no graph can be given as {accept[:200]!r}; there are: {_NAMES}")
    pointer = find_pointer(request.app.state.current.folder)
    tag = tag_of(request, pointer.hash) if pointer else '""'
    service: QueryService = request.app.state.sparql
    if graph is not None:
        found = await run_in_threadpool(service.answer, f"ASK {{ GRAPH {_iri(graph)} {{}} }}", formats=_TRUTH)
        if b"true" not in found.body:
            raise UnknownGraph(graph)
    check_unchanged(request, tag)
    pattern = "?s ?p ?o" if graph is None else f"GRAPH {_iri(graph)} {{ ?s ?p ?o }}"
    answer = await run_in_threadpool(service.answer, f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {pattern} }}", formats=formats)
    media_type = f"{answer.media_type}; charset=utf-8" if answer.media_type.startswith("text/") else answer.media_type
    return Response(answer.body, media_type=media_type, headers={"ETag": tag, "Cache-Control": "no-cache"})


_TRUTH: Final = tuple(known for known in FORMATS if known.name == "json")


def _iri(graph: str) -> str:
    """The IRI for a query, in which the word "service" would otherwise have it refused."""
    return "<" + "".join(letter if letter not in "sS" else f"\\u{ord(letter):04x}" for letter in graph) + ">"
