"""A snapshot that is open in a worker, and what a request asks of it: the engine, its columns, its description."""

import fcntl
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pyoxigraph
from pyoxigraph import NamedNode

from graph.querying.amending import amended
from graph.querying.cutting import JSON
from ontology.terms import PREFIXES

if TYPE_CHECKING:
    from graph.columnar.aggregatequery import AggregateQuery
    from graph.columnar.columns import Columns

RESULTS: Final = {
    "application/sparql-results+json": pyoxigraph.QueryResultsFormat.JSON,
    "application/sparql-results+xml": pyoxigraph.QueryResultsFormat.XML,
    "text/csv": pyoxigraph.QueryResultsFormat.CSV,
    "text/tab-separated-values": pyoxigraph.QueryResultsFormat.TSV,
}
GRAPHS: Final = {
    "text/turtle": pyoxigraph.RdfFormat.TURTLE,
    "application/n-triples": pyoxigraph.RdfFormat.N_TRIPLES,
    "application/ld+json": pyoxigraph.RdfFormat.JSON_LD,
    "application/rdf+xml": pyoxigraph.RdfFormat.RDF_XML,
    "application/n-quads": pyoxigraph.RdfFormat.N_QUADS,
    "application/trig": pyoxigraph.RdfFormat.TRIG,
}

_DESCRIPTION: Final = re.compile(r"\bvoid:|rdfs\.org/ns/void#|ldf\.fi/void-ext#|\betio(?:graph/|:)void\b")
_AGGREGATES: Final = re.compile(r"\b(?:COUNT|SUM|AVG|MIN|MAX)\s*\(", re.IGNORECASE)


class Failure(Exception):
    """A request that has no answer: `error` is one of the words of the protocol."""

    def __init__(self, error: str, message: str) -> None:
        self.error = error
        self.message = message
        super().__init__(message)


class Opened:
    """The snapshot that is open, and the lock that keeps its files."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._columns: Columns | None = None
        self._described: pyoxigraph.Store | None = None
        try:
            self._lock = path.with_name(f"{path.name}.lock").open("rb")
            fcntl.flock(self._lock, fcntl.LOCK_SH)
            self.store = pyoxigraph.Store.read_only(os.fspath(path))
        except OSError as error:
            raise Failure("gone", str(error)) from error

    @property
    def columns(self) -> "Columns | None":
        """The snapshot's columns; None where they are not there yet."""
        os.environ["OPENBLAS_NUM_THREADS"] = "1"  # its threads would reserve memory, and nothing here uses them
        from graph.columnar.columns import Columns  # costs more than most queries take

        self._columns = self._columns or Columns.find(self.path)
        return self._columns

    def described(self) -> pyoxigraph.Store:
        """The snapshot with its VoID description, which is made if it was not."""
        os.environ["OPENBLAS_NUM_THREADS"] = "1"
        from graph.describing.described import NotCounted, described

        if self._described is None:
            try:
                self._described = described(self.path, self.store)
            except NotCounted as error:
                raise Failure("later", str(error)) from error
        return self._described

    def close(self) -> None:
        """Give up the files."""
        self._lock.close()


@dataclass(frozen=True, slots=True)
class Asked:
    """A query as the engine is to be asked it, of which store; `counts` is what the columns may answer of it."""

    text: str
    store: pyoxigraph.Store
    options: dict[str, Any]
    counts: "tuple[AggregateQuery, ...]"


def prepared(opened: Opened, request: dict[str, Any]) -> Asked:
    """What the request asks.

    Raises:
        Failure: the query is malformed, or the description that it asks for is not counted yet.
    """
    default, named = request["default_graphs"], request["named_graphs"]
    options: dict[str, Any] = {"base_iri": request["base"], "prefixes": PREFIXES}
    store = opened.store
    is_stated = default is not None or named is not None
    if is_stated:
        options |= {
            "default_graph": [NamedNode(name) for name in default or ()],
            "named_graphs": [NamedNode(name) for name in named or ()],
        }
    elif _DESCRIPTION.search(request["query"]):
        store = opened.described()
    with _read_by_the_engine():
        query = amended(request["query"], store, options)
    counts: tuple[AggregateQuery, ...] = ()
    if not is_stated and store is opened.store and _AGGREGATES.search(query) and opened.columns is not None:
        from graph.columnar.aggregatereading import read

        counts = read(query, PREFIXES)
    return Asked(query, store, options, counts)


def find_counted(opened: Opened, asked: Asked, request: dict[str, Any]) -> bytes | None:
    """The whole answer as JSON, where that is wanted and the columns alone have it."""
    wanted = next((name for name in request["formats"] if name in RESULTS), None)
    if not asked.counts or opened.columns is None or wanted != JSON:
        return None
    from graph.columnar.counting import find_counts

    return find_counts(asked.text, asked.counts, opened.columns, rows=request["rows"])


def evaluated(opened: Opened, asked: Asked) -> Any:
    """The engine's result, with what the columns know in place.

    Raises:
        Failure: the query is malformed.
    """
    with _read_by_the_engine():
        if asked.counts and opened.columns is not None:
            from graph.columnar.aggregates import find_rewriting

            rewritten = find_rewriting(asked.text, asked.counts, opened.columns)
            with suppress(SyntaxError):  # of the query, which is to be shown as it was asked
                if rewritten is not None:
                    return asked.store.query(rewritten, **asked.options)
        return asked.store.query(asked.text, **asked.options)


@contextmanager
def _read_by_the_engine() -> Iterator[None]:
    """Make what the engine complains of when it reads a query the failure that it is."""
    try:
        yield
    except SyntaxError as error:
        raise Failure("syntax", str(error)) from error
    except ValueError as error:
        raise Failure("syntax", f"not Unicode text: {error}") from error
