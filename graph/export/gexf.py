"""GEXF 1.3, Gephi's own format."""

from collections.abc import Iterable, Mapping
from typing import IO, Final

from lxml import etree

from graph.export.table import EDGE_COLUMNS, NODE_COLUMNS, Scalar, Table, Type
from graph.export.xml import element, lines, text_of

_NAMESPACE: Final = "http://gexf.net/1.3"
_LOCATION: Final = f"{_NAMESPACE} {_NAMESPACE}/gexf.xsd"
_TYPES: Final[Mapping[Type, str]] = {"string": "string", "int": "integer", "double": "double", "boolean": "boolean"}
_OWN: Final = frozenset({"label", "weight"})
"""Columns that the format has itself; it would not have another of the name."""


def gexf(table: Table, out: IO[bytes]) -> None:
    """Write the table as one directed graph in UTF-8; an edge's `kind` is its relation, so that Gephi merges no two."""
    with etree.xmlfile(out, encoding="UTF-8", close=False) as file:
        file.write_declaration()
        with (
            lines(file, "gexf", {"version": "1.3"}, namespace=_NAMESPACE, location=_LOCATION),
            lines(file, "graph", {"defaultedgetype": "directed", "idtype": "string"}, namespace=_NAMESPACE),
        ):
            file.write(_declared("node", NODE_COLUMNS), "\n", _declared("edge", EDGE_COLUMNS), "\n")
            with lines(file, "nodes", {"count": str(len(table.nodes))}, namespace=_NAMESPACE):
                for node in table.nodes:
                    known = {"id": node.id, "label": str(node.values.get("label", ""))}
                    file.write(_row("node", known, node.values.items()), "\n")
            with lines(file, "edges", {"count": str(len(table.edges))}, namespace=_NAMESPACE):
                for edge in table.edges:
                    known = {
                        "id": edge.id,
                        "source": edge.source,
                        "target": edge.target,
                        "label": str(edge.values["label"]),
                        "weight": str(edge.values["weight"]),
                        "kind": str(edge.values["predicate"]),
                    }
                    file.write(_row("edge", known, edge.values.items()), "\n")


def _declared(of: str, columns: Mapping[str, Type]) -> etree._Element:
    declared = element(_NAMESPACE, "attributes", {"class": of})
    for name, type_ in columns.items():
        if name not in _OWN:
            known = {"id": name, "title": name, "type": _TYPES[type_]}
            etree.SubElement(declared, f"{{{_NAMESPACE}}}attribute", known)
    return declared


def _row(of: str, attributes: Mapping[str, str], values: Iterable[tuple[str, Scalar]]) -> etree._Element:
    row = element(_NAMESPACE, of, attributes)
    all_ = etree.SubElement(row, f"{{{_NAMESPACE}}}attvalues")
    for name, value in values:
        if name not in _OWN:
            etree.SubElement(all_, f"{{{_NAMESPACE}}}attvalue", {"for": name, "value": text_of(value)})
    return row
