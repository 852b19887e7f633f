"""Triples as an rdflib graph, for what asks rdflib; a module of its own, because rdflib takes long to import."""

from collections.abc import Iterable

import rdflib
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from ontology.terms import PREFIXES


def rdflib_graph(triples: Iterable[Triple]) -> rdflib.Graph:
    """The same triples for a reader that wants an rdflib graph."""
    graph = rdflib.Graph(bind_namespaces="none")
    for triple in triples:
        graph.add((_rdflib(triple.subject), _rdflib(triple.predicate), _rdflib(triple.object)))
    return graph


def _rdflib(term: object) -> rdflib.URIRef | rdflib.BNode | rdflib.Literal:
    match term:
        case NamedNode():
            return rdflib.URIRef(term.value)
        case BlankNode():
            return rdflib.BNode(term.value)
        case Literal(language=str() as language):
            return rdflib.Literal(term.value, lang=language)
        case Literal():
            plain = term.datatype.value == PREFIXES["xsd"] + "string"
            return rdflib.Literal(term.value, datatype=None if plain else rdflib.URIRef(term.datatype.value))
        case _:
            raise TypeError(f"a term that plain RDF has not: {term!r}")
