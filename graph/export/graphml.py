"""GraphML 1.0, as Gephi, Cytoscape, yEd, igraph and networkx read it.

The format's schema wants an id to be a name token: no `/` (which every claim's has), no bracket, no comma. An id is
therefore written as `token` gives it, which leaves nearly every concept's CURIE as it is, and the CURIE itself stands
in a column: `curie` of a node, `claim` of an edge.
"""

import re
from collections.abc import Mapping
from typing import IO, Final

from lxml import etree

from graph.export.table import EDGE_COLUMNS, NODE_COLUMNS, Scalar, Table, Type
from graph.export.xml import element, lines, text_of

_NAMESPACE: Final = "http://graphml.graphdrawing.org/xmlns"
_LOCATION: Final = f"{_NAMESPACE} {_NAMESPACE}/1.0/graphml.xsd"
_OUTSIDE: Final = re.compile(r"[^A-Za-z0-9:.-]")
_NODE_ID: Final = "curie"
_EDGE_ID: Final = "claim"


def graphml(table: Table, out: IO[bytes]) -> None:
    """Write the table as one directed graph in UTF-8; every node and edge has its id, every value its type."""
    with etree.xmlfile(out, encoding="UTF-8", close=False) as file:
        file.write_declaration()
        with lines(file, "graphml", {}, namespace=_NAMESPACE, location=_LOCATION):
            for of, columns in (
                ("node", {_NODE_ID: "string", **NODE_COLUMNS}),
                ("edge", {_EDGE_ID: "string", **EDGE_COLUMNS}),
            ):
                for key in _keys(of, columns):
                    file.write(key, "\n")
            with lines(file, "graph", {"id": "etiograph", "edgedefault": "directed"}, namespace=_NAMESPACE):
                for node in table.nodes:
                    file.write(_row("node", {"id": token(node.id)}, {_NODE_ID: node.id, **node.values}), "\n")
                for edge in table.edges:
                    ends = {"id": token(edge.id), "source": token(edge.source), "target": token(edge.target)}
                    file.write(_row("edge", ends, {_EDGE_ID: edge.id, **edge.values}), "\n")


def token(id: str) -> str:
    """The id as a name token, another for every id: all but ASCII letters, digits, `:`, `.` and `-` as `_hex_`.

    `etio:hemoptysis` stays as it is, `etio:claim/8c1d` becomes `etio:claim_2F_8c1d`.
    """
    return _OUTSIDE.sub(lambda found: f"_{ord(found[0]):X}_", id)


def _keys(of: str, columns: Mapping[str, Type]) -> list[etree._Element]:
    return [
        element(_NAMESPACE, "key", {"id": f"{of}_{name}", "for": of, "attr.name": name, "attr.type": type_})
        for name, type_ in columns.items()
    ]


def _row(of: str, attributes: Mapping[str, str], values: Mapping[str, Scalar]) -> etree._Element:
    row = element(_NAMESPACE, of, attributes)
    for name, value in values.items():
        etree.SubElement(row, f"{{{_NAMESPACE}}}data", {"key": f"{of}_{name}"}).text = text_of(value)
    return row
