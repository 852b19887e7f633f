"""The tests that the manifests of the suites list, in their order."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from pyoxigraph import BlankNode, NamedNode

from conformance.cases import Case, Dataset, Document, Kind
from conformance.documents import RDF, RDFS, Described, Term, quads, text

BASES: Final = {
    "sparql10": "http://www.w3.org/2001/sw/DataAccess/tests/data-r2/",
    "sparql11": "http://www.w3.org/2009/sparql/docs/tests/data-sparql11/",
}
MF: Final = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
QT: Final = "http://www.w3.org/2001/sw/DataAccess/tests/test-query#"
UT: Final = "http://www.w3.org/2009/sparql/tests/test-update#"

OUTSIDE: Final = {
    "entailment": "no entailment regime is offered",
    "service": "federation is refused: this endpoint asks no other one",
    "syntax-fed": "federation is refused: this endpoint asks no other one",
}
"""Groups that are counted and not run, with the reason."""

_KINDS: Final = {
    "QueryEvaluationTest": Kind.QUERY,
    "CSVResultFormatTest": Kind.RESULTS,
    "UpdateEvaluationTest": Kind.UPDATE,
    "PositiveSyntaxTest": Kind.QUERY_SYNTAX,
    "PositiveSyntaxTest11": Kind.QUERY_SYNTAX,
    "NegativeSyntaxTest": Kind.NO_QUERY_SYNTAX,
    "NegativeSyntaxTest11": Kind.NO_QUERY_SYNTAX,
    "PositiveUpdateSyntaxTest11": Kind.UPDATE_SYNTAX,
    "NegativeUpdateSyntaxTest11": Kind.NO_UPDATE_SYNTAX,
    "ProtocolTest": Kind.PROTOCOL,
    "GraphStoreProtocolTest": Kind.GRAPH_STORE,
    "ServiceDescriptionTest": Kind.DESCRIPTION,
}
_FORMATS: Final = ("csv-tsv-res", "json-res")
_FROM: Final = re.compile(r"\bFROM\s+(NAMED\s+)?<([^>]*)>", re.IGNORECASE)


def cases(suites: Path) -> tuple[Case, ...]:
    """Every test of both suites, those outside included."""
    found = [
        *_included(suites, "sparql10", "manifest.ttl"),
        *_included(suites, "sparql11", "manifest-all.ttl"),
    ]
    assert len({case.id for case in found}) == len(found)
    return tuple(found)


def manifest(suites: Path, suite: str, name: str) -> tuple[Described, NamedNode]:
    """What a manifest says, and its IRI."""
    document = _document(suites, suite, BASES[suite] + name)
    return Described(quads(document)), NamedNode(document.iri)


def _included(suites: Path, suite: str, name: str) -> Iterator[Case]:
    read, iri = manifest(suites, suite, name)
    for included in read.all(iri, MF + "include"):
        for other in read.items(included):
            yield from _included(suites, suite, text(other).removeprefix(BASES[suite]))
    group = name.rpartition("/")[0]
    for entries in read.all(iri, MF + "entries"):
        for entry in read.items(entries):
            yield _case(suites, suite, group, read, entry)


def _case(suites: Path, suite: str, group: str, read: Described, entry: Term) -> Case:
    kind = _KINDS[next(_local(kind) for kind in read.all(entry, RDF + "type") if _local(kind) in _KINDS)]
    if kind is Kind.QUERY and group in _FORMATS:
        kind = Kind.RESULTS
    name = _local(entry)
    if kind in (Kind.PROTOCOL, Kind.GRAPH_STORE, Kind.DESCRIPTION):
        return Case(suite, group, name, kind)
    action = read.get(entry, MF + "action")
    result = read.find(entry, MF + "result")

    def document(term: Term) -> Document:
        return _document(suites, suite, text(term))

    if kind is Kind.UPDATE:
        assert result is not None
        asked = document(read.get(action, UT + "request"))
        data, after = _stored(suites, suite, read, action), _stored(suites, suite, read, result)
        return Case(suite, group, name, kind, data, asked, after=after)
    if isinstance(action, NamedNode):
        asked = document(action)
        if asked.path.suffix == ".ru" and kind is Kind.NO_QUERY_SYNTAX:  # the suite calls some updates queries
            kind = Kind.NO_UPDATE_SYNTAX
        return Case(suite, group, name, kind, asked=asked)
    asked = document(read.get(action, QT + "query"))
    default = tuple(document(one) for one in read.all(action, QT + "data"))
    named = tuple(named_document(suites, suite, read, one, QT) for one in read.all(action, QT + "graphData"))
    return Case(
        suite,
        group,
        name,
        kind,
        Dataset(default, named) if default or named else _stated(suites, suite, asked),
        asked,
        expected=None if result is None else document(result),
        lax=read.find(entry, MF + "resultCardinality") == NamedNode(MF + "LaxCardinality"),
    )


def _stated(suites: Path, suite: str, asked: Document) -> Dataset:
    """The graphs that a query names in FROM, each a named graph: tests without data mean these."""
    if asked.path.suffix != ".rq":
        return Dataset()
    folder = asked.iri.rpartition("/")[0] + "/"
    names = dict.fromkeys(folder + name for _, name in _FROM.findall(asked.path.read_text()))
    return Dataset(named=tuple((name, _document(suites, suite, name)) for name in names))


def _stored(suites: Path, suite: str, read: Described, node: Term) -> Dataset:
    default = tuple(_document(suites, suite, text(one)) for one in read.all(node, UT + "data"))
    return Dataset(
        default, tuple(named_document(suites, suite, read, one, UT) for one in read.all(node, UT + "graphData"))
    )


def named_document(suites: Path, suite: str, read: Described, node: Term, words: str) -> tuple[str, Document]:
    """The name of a graph, and the document it holds, in the words of query or update tests."""
    if isinstance(node, BlankNode):
        label, graph = read.find(node, RDFS + "label"), read.get(node, words + "graph")
    else:
        label, graph = None, node
    return text(label or graph), _document(suites, suite, text(graph))


def _document(suites: Path, suite: str, iri: str) -> Document:
    return Document(suites / suite / iri.removeprefix(BASES[suite]), iri)


def _local(term: Term) -> str:
    return text(term).rpartition("#")[2]
