"""What a query answers, read from any format it can be written in, expected or received."""

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    RdfFormat,
    Triple,
    parse,
    parse_query_results,
)

from conformance.cases import Document
from conformance.documents import RDF, Described, Term, text

RS: Final = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"
CSV: Final = "text/csv"

Row = tuple[Term | None, ...]


@dataclass(frozen=True, slots=True)
class Rows:
    """The solutions of a SELECT, values in the order of sorted variables; `ordered` where the suite numbers them."""

    variables: tuple[str, ...]
    rows: tuple[Row, ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Truth:
    """The answer of an ASK."""

    value: bool


@dataclass(frozen=True, slots=True)
class Triples:
    """The graph that a CONSTRUCT or DESCRIBE makes."""

    rows: frozenset[Row]


Answer = Rows | Truth | Triples

_RESULTS: Final = {
    ".srx": QueryResultsFormat.XML,
    ".srj": QueryResultsFormat.JSON,
    ".tsv": QueryResultsFormat.TSV,
    ".csv": QueryResultsFormat.CSV,
}


def wanted(expected: Document | None) -> tuple[QueryResultsFormat, RdfFormat]:
    """The formats to ask for: those in which the expected answer is written, so that all of them are tried."""
    suffix = "" if expected is None else expected.path.suffix
    graph = RdfFormat.RDF_XML if suffix == ".rdf" else RdfFormat.TURTLE
    return _RESULTS.get(suffix, QueryResultsFormat.JSON), graph


def read(body: bytes, media_type: str, base: str) -> Answer:
    """An answer from what was received.

    Raises:
        ValueError, SyntaxError: the body is not what its media type says.
    """
    bare = media_type.partition(";")[0].strip()
    if bare == CSV:
        return _cells(body.decode())
    results = QueryResultsFormat.from_media_type(bare)
    if results is not None:
        return _solutions(body, results)
    graph = RdfFormat.from_media_type(bare)
    if graph is None:
        raise ValueError(f"unknown media type {media_type!r}")
    return (
        _graph(Described(statements), statements)
        if (statements := _triples(body, graph, base))
        else Triples(frozenset())
    )


def expected(document: Document) -> Answer:
    """The answer that a file of the suites holds."""
    results, graph = wanted(document)
    media_type = results.media_type if document.path.suffix in _RESULTS else graph.media_type
    return read(document.path.read_bytes(), media_type, document.iri)


def rows(variables: list[str], solutions: list[Callable[[str], Term | None]], *, ordered: bool = False) -> Rows:
    """The solutions as rows, by sorted variables."""
    names = tuple(sorted(variables))
    return Rows(names, tuple(tuple(value(name) for name in names) for value in solutions), ordered)


def _solutions(body: bytes, format: QueryResultsFormat) -> Rows | Truth:
    found = parse_query_results(body, format)
    if isinstance(found, QueryBoolean):
        return Truth(bool(found))
    variables = [variable.value for variable in found.variables]
    return rows(variables, [solution.__getitem__ for solution in found])


def _cells(body: str) -> Rows:
    """CSV tells IRIs from literals no more: all are literals but blank nodes, and what is empty is unbound."""
    head, *lines = csv.reader(io.StringIO(body, newline=""))
    solutions = [dict(zip(head, line, strict=True)) for line in lines]
    return rows(head, [lambda name, one=one: _cell(one[name]) for one in solutions])  # type: ignore[misc]


def _cell(value: str) -> Term | None:
    if value.startswith("_:"):
        return BlankNode(value[2:])
    return Literal(value) if value else None


def _triples(body: bytes, format: RdfFormat, base: str) -> list[Triple]:
    return [quad.triple for quad in parse(body, format=format, base_iri=base)]


def _graph(read: Described, statements: list[Triple]) -> Answer:
    sets = read.subjects(RDF + "type", NamedNode(RS + "ResultSet"))
    if not sets:
        return Triples(frozenset((one.subject, one.predicate, one.object) for one in statements))
    truth = read.find(sets[0], RS + "boolean")
    if truth is not None:
        return Truth(text(truth) in ("true", "1"))
    found: list[tuple[int, dict[str, Term]]] = []
    for solution in read.all(sets[0], RS + "solution"):
        values = {
            text(read.get(one, RS + "variable")): read.get(one, RS + "value")
            for one in read.all(solution, RS + "binding")
        }
        index = read.find(solution, RS + "index")
        found.append((0 if index is None else int(text(index)), values))
    found.sort(key=lambda one: one[0])
    variables = [text(one) for one in read.all(sets[0], RS + "resultVariable")]
    return rows(variables, [values.get for _, values in found], ordered=any(index for index, _ in found))
