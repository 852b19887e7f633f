"""A SPARQL update run on a store so that what it changes is known exactly, as far as that can be had.

Data is read by the engine into an empty store first. What a pattern writes is asked for with CONSTRUCT. The quads are
then removed and added, and are known. The rest is run as it is: managing graphs, blank nodes in templates, graphs that
a variable names, and very many quads.
"""

from typing import Any, Final

import pyoxigraph
from pyoxigraph import NamedNode, Quad

from graph.nodes import DEFAULT
from graph.querying.amending import amended
from graph.store import Store
from graph.updating.delta import Delta
from graph.updating.guard import Guarded
from graph.updating.operations import Operation, Placed
from graph.updating.templates import Modify, Template, modify
from ontology.errors import InvalidUpdate, QueryError
from ontology.terms import PREFIXES

MOST_ASKED: Final = 300_000
"""Quads of one operation that are looked at one by one."""


def run(store: Store, update: Guarded, *, base: str | None) -> Delta:
    """What the update did to the default graph; within a `revision`.

    Raises:
        QueryError: it cannot be run.
        InvalidUpdate: it clears the default graph, where the vocabulary is.
    """
    delta = Delta()
    if update.operations is None:
        _run(store, update.text, base)
        delta.clear = False
    else:
        for operation in update.operations:
            _operation(store, operation, base, delta)
    return delta


def _operation(store: Store, operation: Operation, base: str | None, delta: Delta) -> None:
    if operation.begins("INSERT", "DATA"):
        delta.then(store.apply((), _data(operation, base)))
    elif operation.begins("DELETE", "DATA"):
        delta.then(store.apply(_data(operation, base), ()))
    elif operation.tokens[0].says("CLEAR", "DROP") and store.layer.triples and _manages_default(operation):
        raise InvalidUpdate((f"the vocabulary cannot be removed: {operation.slice(operation.tokens)[:200]}",))
    else:
        changes = modify(operation)
        written = _written(store.live, changes, base) if changes and changes.can_be_asked else None
        if written is not None:
            delta.then(store.apply(*written))
        else:
            _run(store, operation.text, base)
            touched = _manages_default(operation) if changes is None else changes.touches_default
            delta.clear = delta.clear and not touched


def _run(store: Store, text: str, base: str | None) -> None:
    try:
        store.run(text, base=base)
    except (RuntimeError, ValueError) as error:
        raise QueryError(f"nothing was changed: {str(error)[:1].lower()}{str(error)[1:]}") from error


def _data(operation: Operation, base: str | None) -> list[Quad]:
    """The quads of an INSERT DATA or DELETE DATA."""
    read = pyoxigraph.Store()
    data = operation.slice(operation.tokens[1:])
    read.update(f"{operation.prologue}INSERT {data}", base_iri=base, prefixes=PREFIXES)
    return list(read)


def _written(live: pyoxigraph.Store, changes: Modify, base: str | None) -> tuple[list[Quad], list[Quad]] | None:
    """What it removes and what it adds; None where the engine must tell."""
    removed: list[Quad] = []
    added: list[Quad] = []
    for template in changes.templates:
        quads = _constructed(live, changes, template, base)
        if quads is None:
            return None
        (removed if template.verb == "DELETE" else added).extend(quads)
    return removed, added


def _constructed(live: pyoxigraph.Store, changes: Modify, template: Template, base: str | None) -> list[Quad] | None:
    operation = changes.operation
    looking = " ".join("FROM" if token.says("USING") else token.text for token in changes.using)
    query = (
        f"{operation.prologue}CONSTRUCT {{ {operation.slice(template.triples)} }} {looking} "
        f"WHERE {operation.slice(changes.pattern)}"
    )
    into = template.graph or changes.into
    default = _named(operation, changes.into, base) if changes.into and not changes.using else None
    try:
        options: dict[str, Any] = {"base_iri": base, "prefixes": PREFIXES, "default_graph": default}
        triples = live.query(amended(query, live, options), **options)
    except SyntaxError:
        return None
    if not isinstance(triples, pyoxigraph.QueryTriples):
        return None
    graph = DEFAULT if into is None else _named(operation, into, base)
    found: list[Quad] = []
    for triple in triples:
        found.append(Quad(triple.subject, triple.predicate, triple.object, graph))
        if len(found) > MOST_ASKED:
            return None
    return found


def _named(operation: Operation, graph: Placed, base: str | None) -> NamedNode:
    """The graph that an IRI or a prefixed name of the operation stands for."""
    read = pyoxigraph.Store()
    text = f"{operation.prologue}INSERT DATA {{ {graph.text} a {graph.text} }}"
    read.update(text, base_iri=base, prefixes=PREFIXES)
    (quad,) = read
    assert isinstance(quad.subject, NamedNode)  # noqa: S101  # as the grammar has it
    return quad.subject


def _manages_default(operation: Operation) -> bool:
    """Whether an operation on whole graphs, or one that is unclear, may change the default graph."""
    words = [token.text.upper() for token in operation.tokens if not token.says("SILENT")]
    match words:
        case ["CREATE", *_] | ["CLEAR" | "DROP", "NAMED"] | ["CLEAR" | "DROP", "GRAPH", _]:
            return False
        case ["ADD" | "COPY", *_, "TO", target] | ["ADD" | "COPY", *_, "TO", "GRAPH", target]:
            return target == "DEFAULT"
        case ["MOVE", source, *_, target]:
            return "DEFAULT" in (source, target)
    return True
