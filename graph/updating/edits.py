"""What a write asks for, done to an open store: a SPARQL update, a graph replaced, merged into or removed."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pyoxigraph
from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, parse

from graph.layer import EMPTY
from graph.nodes import DEFAULT
from graph.store import Snapshot, Store
from graph.updating.consistency import violations
from graph.updating.delta import Delta, compared
from graph.updating.guard import guarded
from graph.updating.handover import Written
from graph.updating.updates import run
from ontology.errors import InvalidUpdate, UnknownGraph, UnreadableGraph


def edit(store: Store, request: Mapping[str, Any], body: bytes) -> Written:
    """What came of the request, which `graph.updating.writing` made.

    Raises:
        EtiographError: why nothing was written.
    """
    if request["action"] == "update":
        return _update(store, body, request)
    graph = _name(request["graph"])
    if request["action"] == "delete":
        return _remove(store, graph)
    quads = list(_parsed(graph, _parts(body, request), request["base"]))
    return _replace(store, graph, quads) if request["action"] == "put" else _merge(store, graph, quads)


def _update(store: Store, text: bytes, request: Mapping[str, Any]) -> Written:
    base: str | None = request["base"]
    update = guarded(text, base=base, using=request["using"], using_named=request["using_named"])
    before = store.hash
    with store.revision():
        judge(store, run(store, update, base=base))
    return Written(changed=store.hash != before, created=False, hash=store.hash)


def _replace(store: Store, graph: NamedNode | DefaultGraph, quads: Sequence[Quad]) -> Written:
    before, known = store.hash, _knows(store.live, graph)
    with store.revision():
        judge(store, store.replace_graph(graph, quads))
    return Written(changed=store.hash != before, created=not known, hash=store.hash)


def _merge(store: Store, graph: NamedNode | DefaultGraph, quads: Sequence[Quad]) -> Written:
    before, known = store.hash, _knows(store.live, graph)
    with store.revision():
        if isinstance(graph, NamedNode):
            store.live.add_graph(graph)
        judge(store, store.apply((), quads))
    return Written(changed=store.hash != before, created=not known, hash=store.hash)


def _remove(store: Store, graph: NamedNode | DefaultGraph) -> Written:
    if isinstance(graph, DefaultGraph):
        return _replace(store, graph, ())
    if not _knows(store.live, graph):
        raise UnknownGraph(graph.value)
    before = store.hash
    with store.revision():
        store.remove_graph(graph)
    return Written(changed=store.hash != before, created=False, hash=store.hash)


def judge(store: Store, delta: Delta) -> None:
    """Pass over a change, made within a `revision`, after which the store holds what it must.

    Raises:
        InvalidUpdate: it does not.
    """
    if not delta.clear and store.layer == EMPTY and _is_empty(store.live):
        return
    if not delta.clear:
        with Snapshot.open(store.folder) as before:
            delta = compared(before.store, store.live)
    report = violations(store.live, store.layer, delta)
    if report:
        raise InvalidUpdate(report)


def _is_empty(live: pyoxigraph.Store) -> bool:
    return next(live.quads_for_pattern(None, None, None, DEFAULT), None) is None


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
