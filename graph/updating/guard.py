"""Which updates may be run at all: well-formed ones that open no socket and no file.

SERVICE is refused as it is in queries, wherever the word stands.
LOAD may stand in a literal or a name: where the text can still be read with another word in its place, it is no
keyword. LOAD SILENT is left out, for it may fail without saying so; any other LOAD is refused.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import pyoxigraph
from pyoxigraph import NamedNode

from graph.querying.syntax import find_complaint, refuse_federation
from graph.tokens import Kind
from graph.updating.operations import Operation, declared_first, operations
from graph.updating.templates import modify
from ontology.errors import QueryError, QueryRefused, QuerySyntaxError
from ontology.terms import PREFIXES

_LOAD: Final = re.compile(r"load", re.IGNORECASE)
_NO_KEYWORD: Final = "loax"


@dataclass(frozen=True, slots=True)
class Guarded:
    """An update that may be run, whole or cut into `operations`; these are None where the cut is unclear."""

    text: str
    operations: tuple[Operation, ...] | None


def guarded(text: bytes, *, base: str | None, using: Sequence[str] = (), using_named: Sequence[str] = ()) -> Guarded:
    """The update, if it may be run; its patterns look at the graphs `using` and `using_named`, if any are given.

    Raises:
        QueryRefused: it mentions SERVICE, or loads something.
        QuerySyntaxError: it is not UTF-8, or malformed, or graphs were given and it says itself which it looks at.
    """
    try:
        update = text.decode()
    except UnicodeDecodeError as error:
        raise QuerySyntaxError("the update is not Unicode text") from error
    refuse_federation(update, what="updates")
    update = declared_first(update)
    cut = operations(update)
    problem = find_problem(update, base)
    if problem is not None:
        kept = _without_loads(update, cut or (), problem, base)
        return guarded(_joined(kept).encode(), base=base, using=using, using_named=using_named)
    if using or using_named:
        clauses = "".join(f" USING <{_iri(iri)}>" for iri in using)
        clauses += "".join(f" USING NAMED <{_iri(iri)}>" for iri in using_named)
        return guarded(_looking_at(clauses, cut).encode(), base=base)
    if cut and _LOAD.search(update) and any(find_problem(part.text, base) for part in cut):
        cut = None
    return Guarded(update, cut)


def find_problem(update: str, base: str | None) -> QuerySyntaxError | None:
    """Why the text is no update that may be run, a LOAD being none; None where it is one."""
    try:
        pyoxigraph.Store().update(_LOAD.sub(_NO_KEYWORD, update), base_iri=base, prefixes=PREFIXES)
    except SyntaxError as error:
        return _malformed(str(error), update)
    except ValueError as error:
        return QuerySyntaxError(f"malformed update: {error}")
    except RuntimeError:
        pass  # it was read, and an empty store has not what it asks for
    return None


def _without_loads(
    update: str, cut: tuple[Operation, ...], problem: QuerySyntaxError, base: str | None
) -> tuple[Operation, ...]:
    loads = [part for part in cut if part.begins("LOAD")]
    if not loads or not all(_is_whole(part) for part in loads):
        raise problem
    for load in loads:
        text = load.slice(load.tokens)
        update = update.replace(text, "CLEAR ALL".ljust(len(text)), 1)
    other = find_problem(update, base)
    if other is not None:
        raise other
    if any(not part.begins("LOAD", "SILENT") for part in loads):
        raise QueryRefused("LOAD is refused: this store fetches nothing; send the triples to the graph store instead")
    return tuple(part for part in cut if not part.begins("LOAD"))


def _is_whole(load: Operation) -> bool:
    """Whether a LOAD is well-formed."""
    source, *into = load.tokens[2 if load.begins("LOAD", "SILENT") else 1 :] or (None,)
    if source is None or source.kind not in (Kind.IRI, Kind.NAME):
        return False
    return not into or (
        len(into) == 3 and into[0].says("INTO") and into[1].says("GRAPH") and into[2].kind in (Kind.IRI, Kind.NAME)
    )


def _looking_at(clauses: str, cut: tuple[Operation, ...] | None) -> str:
    if cut is None:
        raise QueryError("using-graph-uri cannot be put into this update; write USING into it instead")
    return (cut[-1].prologue if cut else "") + " ;\n".join(_with_using(part, clauses) for part in cut)


def _with_using(part: Operation, clauses: str) -> str:
    changes = modify(part)
    if changes is None:
        if part.tokens[0].says("WITH", "INSERT", "DELETE") and not part.tokens[1].says("DATA"):
            raise QueryError("using-graph-uri cannot be put into this update; write USING into it instead")
        return part.slice(part.tokens)
    if changes.using or changes.into:
        raise QuerySyntaxError(
            "the update says itself which graphs it looks at (USING or WITH), so using-graph-uri and "
            "using-named-graph-uri must not be given"
        )
    pattern = part.slice(changes.pattern)
    if part.begins("DELETE", "WHERE"):
        return f"DELETE {pattern}{clauses} WHERE {pattern}"
    head = part.source[part.tokens[0].start : changes.pattern[0].start].rstrip()
    head = head[: -len("WHERE")].rstrip()
    return f"{head}{clauses} WHERE {pattern}"


def _joined(parts: Sequence[Operation]) -> str:
    """One text of the operations; the engine knows declarations at its beginning alone."""
    return (parts[-1].prologue if parts else "") + " ;\n".join(part.slice(part.tokens) for part in parts)


def _iri(text: str) -> str:
    try:
        return NamedNode(text).value
    except ValueError as error:
        raise QueryError(f"using-graph-uri: {text[:200]!r} is no IRI: {error}") from error


def _malformed(message: str, update: str) -> QuerySyntaxError:
    found = find_complaint(message, update)
    if found is None:
        return QuerySyntaxError(f"malformed update: {message}")
    where = f"malformed update at line {found.line}, column {found.column}"
    return QuerySyntaxError(f"{where}, {found.near}: {found.detail}", found.line, found.column)
