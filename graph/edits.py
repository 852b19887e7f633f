"""What a write asks for, done to an open store: a SPARQL update, a graph replaced, merged into or removed."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pyoxigraph
from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, parse

from graph.guard import guarded
from graph.handover import Written
from graph.store import Store
from ontology.errors import QueryError, UnknownGraph, UnreadableGraph
from ontology.terms import PREFIXES


def edit(store: Store, request: Mapping[str, Any], body: bytes) -> Written:
    """What came of the request, which `graph.writing` made.

    Raises:
        EtiographError: why nothing was written.
    """
    if request["action"] == "update":
        if request["using"] or request["using_named"]:
            raise QueryError("using-graph-uri and using-named-graph-uri are not supported yet")
        return _update(store, body, base=request["base"])
    graph = _name(request["graph"])
    if request["action"] == "delete":
        return _remove(store, graph)
    quads = list(_parsed(graph, _parts(body, request), request["base"]))
    return _replace(store, graph, quads) if request["action"] == "put" else _merge(store, graph, quads)


def _update(store: Store, text: bytes, *, base: str | None) -> Written:
    update = guarded(text, base=base)
    before = store.hash
    with store.revision():
        try:
            store.live.update(update, base_iri=base, prefixes=PREFIXES)
        except (RuntimeError, ValueError) as error:
            raise QueryError(f"the update changed nothing: {str(error)[:1].lower()}{str(error)[1:]}") from error
    return Written(changed=store.hash != before, created=False, hash=store.hash)


def _replace(store: Store, graph: NamedNode | DefaultGraph, quads: Sequence[Quad]) -> Written:
    before = store.hash
    with store.revision():
        known = _knows(store.live, graph)
        if known:
            store.live.clear_graph(graph)
        if isinstance(graph, NamedNode):
            store.live.add_graph(graph)
        store.live.extend(quads)
    return Written(changed=store.hash != before, created=not known, hash=store.hash)


def _merge(store: Store, graph: NamedNode | DefaultGraph, quads: Sequence[Quad]) -> Written:
    before = store.hash
    with store.revision():
        known = _knows(store.live, graph)
        if isinstance(graph, NamedNode):
            store.live.add_graph(graph)
        store.live.extend(quads)
    return Written(changed=store.hash != before, created=not known, hash=store.hash)


def _remove(store: Store, graph: NamedNode | DefaultGraph) -> Written:
    if isinstance(graph, NamedNode) and not _knows(store.live, graph):
        raise UnknownGraph(graph.value)
    before = store.hash
    with store.revision():
        store.live.remove_graph(graph)
    return Written(changed=store.hash != before, created=False, hash=store.hash)


def _knows(live: pyoxigraph.Store, graph: NamedNode | DefaultGraph) -> bool:
    return isinstance(graph, DefaultGraph) or live.contains_named_graph(graph)


def _name(graph: str | None) -> NamedNode | DefaultGraph:
    return DefaultGraph() if graph is None else NamedNode(graph)


def _parts(body: bytes, request: Mapping[str, Any]) -> Iterator[tuple[bytes, str]]:
    at = 0
    for size, media_type in zip(request["sizes"], request["media_types"], strict=True):
        yield body[at : at + size], media_type
        at += size


def _parsed(graph: NamedNode | DefaultGraph, parts: Iterator[tuple[bytes, str]], base: str) -> Iterator[Quad]:
    for body, media_type in parts:
        known = RdfFormat.from_media_type(media_type)
        if known is None:
            raise UnreadableGraph(f"no triples can be read from {media_type!r}")
        try:
            for quad in parse(body, format=known, base_iri=base, without_named_graphs=True, rename_blank_nodes=True):
                yield Quad(quad.subject, quad.predicate, quad.object, graph)
        except SyntaxError as error:
            raise UnreadableGraph(f"not {media_type}: {error.msg}", error.lineno, error.offset) from error
        except ValueError as error:
            raise UnreadableGraph(f"not {media_type}: {error}") from error
