"""The canonical table: concepts as nodes and affirmed claims as edges, every value a scalar.

A denied claim is no edge, here as elsewhere. Lists are joined with `|`; control characters are removed, line breaks
and tabs become spaces; a value that is not there is left out. Rows are sorted by id.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from graph.export.part import Part
from ontology.claim import Claim, Concept

Scalar = str | int | float | bool
Type = Literal["string", "int", "double", "boolean"]

_SPACE: Final = re.compile(r"[\t\n\r\x85\u2028\u2029]+")
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")

NODE_COLUMNS: Final[Mapping[str, Type]] = {
    "label": "string",
    "kinds": "string",
    "synonyms": "string",
    "mappings": "string",
    "definition": "string",
    "provisional": "boolean",
}
"""Name and type of what is said of a node, in order."""

EDGE_COLUMNS: Final[Mapping[str, Type]] = {
    "predicate": "string",
    "certainty": "string",
    "frequency": "string",
    "belief": "double",
    "article_count": "int",
    "articles": "string",
    "quote": "string",
}
"""Name and type of what is said of an edge, in order; `quote` is its first piece of evidence."""


@dataclass(frozen=True, slots=True)
class Node:
    """A concept; `values` has the keys of `NODE_COLUMNS` that have a value, in their order."""

    id: str
    values: Mapping[str, Scalar]


@dataclass(frozen=True, slots=True)
class Edge:
    """An affirmed claim; `values` has the keys of `EDGE_COLUMNS` that have a value, in their order."""

    id: str
    source: str
    target: str
    values: Mapping[str, Scalar]


@dataclass(frozen=True, slots=True)
class Table:
    """Nodes and edges. A concept is a node when an edge touches it, or when the part has no edges at all."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


def table(part: Part) -> Table:
    """The part as a table."""
    edges = tuple(_edge(claim) for claim in part.claims if not claim.negated)
    linked = {end for edge in edges for end in (edge.source, edge.target)}
    return Table(tuple(_node(concept) for concept in part.concepts if concept.id in linked or not linked), edges)


def _node(concept: Concept) -> Node:
    values: dict[str, Scalar] = {
        "label": _clean(concept.label),
        "kinds": "|".join(kind.value for kind in concept.kinds),
        "synonyms": "|".join(_clean(name) for name in concept.synonyms),
        "mappings": "|".join(f"{mapping.relation.value} {mapping.curie}" for mapping in concept.mappings),
        "definition": _clean(concept.definition or ""),
        "provisional": concept.provisional,
    }
    return Node(concept.id, _present(values))


def _edge(claim: Claim) -> Edge:
    values: dict[str, Scalar] = {
        "predicate": claim.predicate.value,
        "certainty": claim.certainty.value,
        "frequency": _clean(claim.frequency or ""),
        "belief": claim.belief,
        "article_count": len(claim.articles),
        "articles": "|".join(_clean(article) for article in claim.articles),
        "quote": _clean(claim.evidence[0].quote),
    }
    return Edge(claim.id, claim.subject, claim.object, _present(values))


def _present(values: Mapping[str, Scalar]) -> dict[str, Scalar]:
    return {name: value for name, value in values.items() if value != ""}


def _clean(text: str) -> str:
    return _CONTROL.sub("", _SPACE.sub(" ", text)).strip()
