"""A Cypher script, as Neo4j's `cypher-shell` runs it and Memgraph's `mgconsole` does after its first statement."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import IO, Final, TypeVar

import orjson

from graph.batches import batches
from graph.export.neo4j import labels_of, type_of
from graph.export.table import Edge, Scalar, Table
from graph.export.xml import text_of

_AT_ONCE: Final = 500
"""Rows of a statement, at most."""

_Row = TypeVar("_Row")


def cypher(table: Table, out: IO[bytes]) -> None:
    """Write statements that make the nodes and relationships of the table, in UTF-8; run twice they change nothing.

    Labels are `Concept` and the kinds, types of relationships the relations in capitals (`HAS_SYMPTOM`).
    """
    out.write(b"CREATE CONSTRAINT concept_id IF NOT EXISTS FOR (n:Concept) REQUIRE n.id IS UNIQUE;\n")
    for some in batches(table.nodes, _AT_ONCE):
        for labels, nodes in _grouped((":".join(labels_of(str(row.values.get("kinds", "")))), row) for row in some):
            rows = ",\n".join(_map({"id": node.id, **node.values}) for node in nodes)
            out.write(
                f"UNWIND [\n{rows}\n] AS row MERGE (n:Concept {{id: row.id}}) SET n = row, n:{labels};\n".encode()
            )
    for batch in batches(table.edges, _AT_ONCE):
        for type_, edges in _grouped((type_of(str(edge.values["predicate"])), edge) for edge in batch):
            rows = ",\n".join(_link(edge) for edge in edges)
            out.write(
                f"UNWIND [\n{rows}\n] AS row MATCH (s:Concept {{id: row.s}}), (t:Concept {{id: row.t}}) "
                f"MERGE (s)-[r:{type_} {{id: row.v.id}}]->(t) SET r = row.v;\n".encode()
            )


def _link(edge: Edge) -> str:
    values = _map({"id": edge.id, **edge.values})
    return f"{{s: {_literal(edge.source)}, t: {_literal(edge.target)}, v: {values}}}"


def _map(values: Mapping[str, Scalar]) -> str:
    return "{" + ", ".join(f"{name}: {_literal(value)}" for name, value in values.items()) + "}"


def _literal(value: Scalar) -> str:
    return orjson.dumps(value).decode() if isinstance(value, str) else text_of(value)  # JSON's strings are Cypher's too


def _grouped(rows: Iterable[tuple[str, _Row]]) -> Iterator[tuple[str, list[_Row]]]:
    """The rows by their word, in order of the words."""
    grouped: defaultdict[str, list[_Row]] = defaultdict(list)
    for word, row in rows:
        grouped[word].append(row)
    yield from sorted(grouped.items())
