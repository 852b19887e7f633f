"""GraphML 1.0, as Gephi, Cytoscape, yEd and networkx read it."""

import xml.etree.ElementTree as ElementTree
from collections.abc import Mapping
from typing import Final

from graph.export.table import EDGE_COLUMNS, NODE_COLUMNS, Scalar, Table, Type

_NAMESPACE: Final = "http://graphml.graphdrawing.org/xmlns"


def graphml(table: Table) -> bytes:
    """The table as one directed graph in UTF-8; every node and edge has its id, every value its type."""
    root = ElementTree.Element("graphml", {"xmlns": _NAMESPACE})
    _declare(root, "node", NODE_COLUMNS)
    _declare(root, "edge", EDGE_COLUMNS)
    drawn = ElementTree.SubElement(root, "graph", {"id": "etiograph", "edgedefault": "directed"})
    for node in table.nodes:
        _fill(ElementTree.SubElement(drawn, "node", {"id": node.id}), "node", node.values)
    for edge in table.edges:
        ends = {"id": edge.id, "source": edge.source, "target": edge.target}
        _fill(ElementTree.SubElement(drawn, "edge", ends), "edge", edge.values)
    ElementTree.indent(root)
    written: bytes = ElementTree.tostring(root, encoding="UTF-8", xml_declaration=True)
    return written + b"\n"


def _declare(root: ElementTree.Element, of: str, columns: Mapping[str, Type]) -> None:
    for name, type_ in columns.items():
        key = {"id": f"{of}_{name}", "for": of, "attr.name": name, "attr.type": type_}
        ElementTree.SubElement(root, "key", key)


def _fill(element: ElementTree.Element, of: str, values: Mapping[str, Scalar]) -> None:
    for name, value in values.items():
        text = str(value).lower() if isinstance(value, bool) else str(value)
        ElementTree.SubElement(element, "data", {"key": f"{of}_{name}"}).text = text
