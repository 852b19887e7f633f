"""Two CSV files in a zip, as `neo4j-admin database import` reads them."""

import re
from collections.abc import Mapping
from typing import IO, Final

from graph.export.delimited import writer
from graph.export.sink import archive, member
from graph.export.table import EDGE_COLUMNS, NODE_COLUMNS, Table, Type

_TYPES: Final[Mapping[Type, str]] = {"string": "string", "int": "int", "double": "double", "boolean": "boolean"}


def neo4j(table: Table, out: IO[bytes]) -> None:
    """Write `nodes.csv` and `relationships.csv`, their headings saying what each column is and its type.

    Labels are `Concept` and the kinds, types of relationships the relations in capitals (`HAS_SYMPTOM`). A value
    that is not there is an empty field, which the import takes for none.
    """
    with archive(out) as into:
        with member(into, "nodes.csv") as file:
            write = writer(file, ",")
            write(["id:ID", *_columns(NODE_COLUMNS), ":LABEL"])
            for node in table.nodes:
                labels = ";".join(labels_of(str(node.values.get("kinds", ""))))
                write([node.id, *map(node.values.get, NODE_COLUMNS), labels])
        with member(into, "relationships.csv") as file:
            write = writer(file, ",")
            write([":START_ID", ":END_ID", "id:string", *_columns(EDGE_COLUMNS), ":TYPE"])
            for edge in table.edges:
                type_ = type_of(str(edge.values["predicate"]))
                write([edge.source, edge.target, edge.id, *map(edge.values.get, EDGE_COLUMNS), type_])


def labels_of(kinds: str) -> list[str]:
    """The labels of a node that has these kinds, joined with `|`."""
    return ["Concept", *re.findall(r"\w+", kinds)]


def type_of(predicate: str) -> str:
    """The type of a relationship."""
    return predicate.upper()


def _columns(columns: Mapping[str, Type]) -> list[str]:
    return [f"{name}:{_TYPES[type_]}" for name, type_ in columns.items()]
