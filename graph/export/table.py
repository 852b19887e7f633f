"""The canonical table: concepts as nodes and claims as edges, every value a scalar. All but the RDF formats write it.

A denied claim is an edge only where denied claims are asked for, and `negated` says so. Lists are joined with `|` and
stand beside themselves as JSON; control characters are removed, line breaks and tabs become spaces; a value that is not
there is left out. No column is called `id`, which is the row's own. Rows are sorted by id.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Generic, Literal, TypeVar

import orjson

from graph.batches import batches
from graph.export.selection import Rows, Selection
from graph.knowledge import KnowledgeGraph
from ontology.claim import Claim, Concept
from ontology.terms import expand

Scalar = str | int | float | bool
Type = Literal["string", "int", "double", "boolean"]
Watch = Callable[[int, int], None]
"""Is told how many of how many edges are done."""

_AT_ONCE: Final = 500
"""Rows that are read together."""

_SPACE: Final = re.compile(r"[\t\n\r\x85\u2028\u2029]+")
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")

_Item = TypeVar("_Item")
_Row_co = TypeVar("_Row_co", covariant=True)

NODE_COLUMNS: Final[Mapping[str, Type]] = {
    "label": "string",
    "kind": "string",
    "kinds": "string",
    "kinds_json": "string",
    "synonyms": "string",
    "synonyms_json": "string",
    "mappings": "string",
    "mappings_json": "string",
    "definition": "string",
    "provisional": "boolean",
    "iri": "string",
}
"""Name and type of what is said of a node, in order; `kind` is the usual one of its `kinds`."""

EDGE_COLUMNS: Final[Mapping[str, Type]] = {
    "label": "string",
    "interaction": "string",
    "weight": "double",
    "predicate": "string",
    "negated": "boolean",
    "certainty": "string",
    "frequency": "string",
    "belief": "double",
    "article_count": "int",
    "articles": "string",
    "articles_json": "string",
    "evidence_count": "int",
    "quote": "string",
    "quote_article": "string",
}
"""Name and type of what is said of an edge, in order.

`label` is the relation in words, `interaction` its name as Cytoscape wants it, `weight` the belief; `quote` is the
first piece of evidence and `quote_article` where it stands.
"""


@dataclass(frozen=True, slots=True)
class Node:
    """A concept; `values` has the keys of `NODE_COLUMNS` that have a value, in their order."""

    id: str
    values: Mapping[str, Scalar]


@dataclass(frozen=True, slots=True)
class Edge:
    """A claim between two nodes; `values` has the keys of `EDGE_COLUMNS` that have a value, in their order."""

    id: str
    source: str
    target: str
    values: Mapping[str, Scalar]


class RowsOf(Generic[_Row_co]):
    """Rows that are made from their ids, a few at a time and each time anew: they take no memory.

    `ahead` is handed the ids that are come to next, `watch` told how many of how many are done.
    """

    def __init__(
        self,
        ids: Rows[str],
        made: Callable[[str], _Row_co],
        *,
        ahead: Callable[[Iterable[str]], None] | None = None,
        watch: Watch | None = None,
    ) -> None:
        self._ids = ids
        self._made = made
        self._ahead = ahead
        self._watch = watch

    def __iter__(self) -> Iterator[_Row_co]:
        done = 0
        for some in batches(self._ids, _AT_ONCE):
            if self._watch is not None:
                self._watch(done, len(self._ids))
            if self._ahead is not None:
                self._ahead(some)
            yield from map(self._made, some)
            done += len(some)

    def __len__(self) -> int:
        return len(self._ids)


@dataclass(frozen=True, slots=True)
class Table:
    """Nodes and edges. A concept is a node when an edge touches it, or when it was asked for.

    `label` gives the label of a node by its id, for formats that name the ends of an edge. `linked` is False where
    concepts alone were asked for.
    """

    nodes: Rows[Node]
    edges: Rows[Edge]
    label: Callable[[str], str]
    linked: bool = True


def table_of(network: KnowledgeGraph, selection: Selection, watch: Watch | None = None) -> Table:
    """The selected part of the graph as a table, each row read when it is come to.

    `watch` is told how many of how many edges are done.
    """
    concepts, claims = network.concepts, network.claims
    return Table(
        RowsOf(selection.concepts, lambda one: node_of(concepts[one])),
        RowsOf(
            selection.edges, lambda one: edge_of(selection.narrowed(claims[one])), ahead=network.read_ahead, watch=watch
        ),
        lambda one: clean(concepts[one].label),
        selection.linked,
    )


def node_of(concept: Concept) -> Node:
    """The row of a concept."""
    mappings = [f"{mapping.relation.value} {mapping.curie}" for mapping in concept.mappings]
    values: dict[str, Scalar] = {
        "label": clean(concept.label),
        "kind": concept.kinds[0].value if concept.kinds else "",
        **_listed("kinds", [kind.value for kind in concept.kinds]),
        **_listed("synonyms", concept.synonyms),
        **_listed("mappings", mappings),
        "definition": clean(concept.definition or ""),
        "provisional": concept.provisional,
        "iri": expand(concept.id),
    }
    return Node(concept.id, _present(values))


def edge_of(claim: Claim) -> Edge:
    """The row of a claim, which has evidence."""
    first, belief = claim.evidence[0], claim.belief
    values: dict[str, Scalar] = {
        "label": claim.predicate.reading,
        "interaction": claim.predicate.value,
        "weight": belief,
        "predicate": claim.predicate.value,
        "negated": claim.negated,
        "certainty": claim.certainty.value,
        "frequency": clean(claim.frequency or ""),
        "belief": belief,
        "article_count": len(claim.articles),
        **_listed("articles", claim.articles),
        "evidence_count": len(claim.evidence),
        "quote": clean(first.quote),
        "quote_article": clean(first.article),
    }
    return Edge(claim.id, claim.subject, claim.object, _present(values))


def clean(text: str) -> str:
    """The text on one line, without control characters and without space at its ends."""
    return _CONTROL.sub("", _SPACE.sub(" ", text)).strip()


def _listed(name: str, items: Iterable[str]) -> dict[str, Scalar]:
    cleaned = [item for item in map(clean, items) if item]
    return {name: "|".join(cleaned), f"{name}_json": orjson.dumps(cleaned).decode() if cleaned else ""}


def _present(values: Mapping[str, Scalar]) -> dict[str, Scalar]:
    return {name: value for name, value in values.items() if value != ""}
