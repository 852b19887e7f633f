"""Checks RDF against `shapes.ttl` with pyshacl.

The graph handed in is one article's triples with those of the concepts they speak of. What core SHACL cannot say is
checked here: an affirmed claim has its plain triple, and a denied one has none unless another claim affirms it. That
quotes stand where they are said to stand is no business of this module.
"""

from collections.abc import Iterator
from functools import cache
from typing import TypeAlias

import pyshacl
import rdflib
from pyshacl.errors import ReportableRuntimeError
from rdflib.namespace import RDF, SH

from ontology.schema import SHAPES
from ontology.terms import ETIO, contract

_Link: TypeAlias = tuple[rdflib.term.Node, rdflib.term.Node, rdflib.term.Node]


def violations(graph: rdflib.Graph) -> tuple[str, ...]:
    """One line a violation, sorted: what is wrong with which node, and what would do; () when `graph` conforms."""
    try:
        _, report, text = pyshacl.validate(graph, shacl_graph=_shapes(), advanced=False, inference="none")
    except ReportableRuntimeError as error:  # a value that has no place in any order where the shapes ask for one
        return (f"a value cannot be judged by the shapes: {error}",)
    if not isinstance(report, rdflib.Graph):
        return (text,)
    lines = {_line(report, result) for result in report.subjects(RDF.type, SH.ValidationResult)}
    return tuple(sorted(lines.union(_false_links(graph))))


def _false_links(graph: rdflib.Graph) -> Iterator[str]:
    affirmed: set[_Link] = set()
    denied: dict[_Link, str] = {}
    for node in graph.subjects(RDF.type, rdflib.URIRef(ETIO + "Claim")):
        claim = contract(str(node))
        subject, predicate, object_ = (graph.value(node, part) for part in (RDF.subject, RDF.predicate, RDF.object))
        negated = graph.value(node, rdflib.URIRef(ETIO + "negated"))
        if subject is None or predicate is None or object_ is None or not isinstance(negated, rdflib.Literal):
            continue  # the shapes have said so
        link = (subject, predicate, object_)
        if negated.value is True:
            denied[link] = claim
        elif negated.value is False:
            affirmed.add(link)
            if link not in graph:
                yield f"{claim}: affirmed, but its plain triple is missing"
    for link, claim in denied.items():
        if link in graph and link not in affirmed:
            yield f"{claim}: denied, yet its plain triple is stated"


@cache
def _shapes() -> rdflib.Graph:
    return rdflib.Graph().parse(SHAPES, format="turtle")


def _line(report: rdflib.Graph, result: rdflib.term.Node) -> str:
    node = contract(str(report.value(result, SH.focusNode)))
    value = report.value(result, SH.value)
    seen = f" (found {contract(str(value))!r})" if value is not None else ""
    return f"{node}: {report.value(result, SH.resultMessage)}{seen}"
