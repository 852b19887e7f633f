"""Checks RDF against `shapes.ttl` with pyshacl.

The graph handed in is one article's triples with those of the concepts they speak of. What shapes cannot say, that
quotes stand where they are said to stand, is no business of this module.
"""

from functools import cache
from pathlib import Path
from typing import Final

import pyshacl
import rdflib
from rdflib.namespace import RDF, SH

from ontology.terms import contract

SHAPES: Final = Path(__file__).with_name("shapes.ttl")
"""The shapes, in Turtle."""


def violations(graph: rdflib.Graph) -> tuple[str, ...]:
    """One line a violation, sorted: what is wrong with which node, and what would do; () when `graph` conforms."""
    conforms, report, text = pyshacl.validate(graph, shacl_graph=_shapes(), advanced=False, inference="none")
    if conforms:
        return ()
    if not isinstance(report, rdflib.Graph):
        return (text,)
    return tuple(sorted({_line(report, result) for result in report.subjects(RDF.type, SH.ValidationResult)}))


@cache
def _shapes() -> rdflib.Graph:
    return rdflib.Graph().parse(SHAPES, format="turtle")


def _line(report: rdflib.Graph, result: rdflib.term.Node) -> str:
    node = contract(str(report.value(result, SH.focusNode)))
    value = report.value(result, SH.value)
    seen = f" (found {contract(str(value))!r})" if value is not None else ""
    return f"{node}: {report.value(result, SH.resultMessage)}{seen}"
