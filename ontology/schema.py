"""The fourteen relations as `etiograph.ttl` describes them: which kinds they join, how they read backwards."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

import pyoxigraph

from ontology.errors import InvalidVocabulary
from ontology.terms import PREFIXES, Kind, Predicate, contract

ONTOLOGY: Final = Path(__file__).with_name("etiograph.ttl")
"""The ontology, in Turtle."""

SHAPES: Final = ONTOLOGY.with_name("shapes.ttl")
"""The shapes, in Turtle."""

_RDF: Final = PREFIXES["rdf"]
_RDFS: Final = PREFIXES["rdfs"]
_OWL: Final = PREFIXES["owl"]
_SKOS: Final = PREFIXES["skos"]
_KINDS: Final = {kind.iri: kind for kind in Kind}
_CAPITAL: Final = re.compile(r"(?<=[a-z])([A-Z])")


@dataclass(frozen=True, slots=True)
class Relation:
    """One relation: `inverse` is its name in JSON read backwards, `biolink` the CURIE told to Biolink's clients.

    A claim fits when its subject has any kind of `domain` and its object any of `range`. A symmetric relation is its
    own inverse.
    """

    predicate: Predicate
    label: str
    definition: str
    domain: frozenset[Kind]
    range: frozenset[Kind]
    inverse: str
    inverse_label: str
    symmetric: bool
    biolink: str | None


@cache
def schema() -> Mapping[Predicate, Relation]:
    """Every relation by its predicate, in the order of `Predicate`.

    Raises:
        InvalidVocabulary: the ontology leaves out what a relation must have.
    """
    graph = _Graph(ONTOLOGY)
    return MappingProxyType({predicate: _relation(graph, predicate) for predicate in Predicate})


@cache
def categories() -> Mapping[Kind, str]:
    """The category of Biolink that is told to its clients for a kind, as a CURIE; kinds that have none are left out."""
    graph = _Graph(ONTOLOGY)
    close = {kind: graph.objects(kind.iri, _SKOS + "closeMatch") for kind in Kind}
    return MappingProxyType({kind: contract(found[0]) for kind, found in close.items() if found})


class _Graph:
    """The ontology's triples: subject → predicate → objects, all as strings in file order."""

    def __init__(self, path: Path) -> None:
        self._objects: dict[str, dict[str, list[str]]] = {}
        for triple in pyoxigraph.parse(path=path, format=pyoxigraph.RdfFormat.TURTLE):
            of_subject = self._objects.setdefault(_text(triple.subject), {})
            of_subject.setdefault(triple.predicate.value, []).append(_text(triple.object))

    def objects(self, subject: str, predicate: str) -> tuple[str, ...]:
        return tuple(self._objects.get(subject, {}).get(predicate, ()))

    def get(self, subject: str, predicate: str) -> str:
        found = self.objects(subject, predicate)
        if len(found) != 1:
            raise InvalidVocabulary(
                f"{ONTOLOGY.name}: {contract(subject)} has {len(found)} values of {contract(predicate)}; one is needed"
            )
        return found[0]

    def subject(self, predicate: str, object: str) -> str | None:
        found = [subject for subject, of_subject in self._objects.items() if object in of_subject.get(predicate, ())]
        return found[0] if found else None

    def kinds(self, subject: str, predicate: str) -> frozenset[Kind]:
        item = self.get(self.get(subject, predicate), _OWL + "unionOf")
        members: set[Kind] = set()
        while item != _RDF + "nil":
            members.add(_KINDS[self.get(item, _RDF + "first")])
            item = self.get(item, _RDF + "rest")
        return frozenset(members)


def _relation(graph: _Graph, predicate: Predicate) -> Relation:
    iri = predicate.iri
    symmetric = _OWL + "SymmetricProperty" in graph.objects(iri, _RDF + "type")
    inverse = iri if symmetric else graph.subject(_OWL + "inverseOf", iri)
    if inverse is None:
        raise InvalidVocabulary(f"{ONTOLOGY.name}: {contract(iri)} is neither symmetric nor has an inverse")
    biolink = graph.objects(iri, _SKOS + "exactMatch")
    return Relation(
        predicate=predicate,
        label=graph.get(iri, _RDFS + "label"),
        definition=graph.get(iri, _SKOS + "definition"),
        domain=graph.kinds(iri, _RDFS + "domain"),
        range=graph.kinds(iri, _RDFS + "range"),
        inverse=_CAPITAL.sub(lambda match: "_" + match[1].lower(), contract(inverse).removeprefix("etio:")),
        inverse_label=graph.get(inverse, _RDFS + "label"),
        symmetric=symmetric,
        biolink=contract(biolink[0]) if biolink else None,
    )


def _text(node: object) -> str:
    if isinstance(node, pyoxigraph.BlankNode):
        return f"_:{node.value}"
    if isinstance(node, pyoxigraph.NamedNode | pyoxigraph.Literal):
        return node.value
    raise InvalidVocabulary(f"{ONTOLOGY.name}: {node} is no term of plain RDF")
