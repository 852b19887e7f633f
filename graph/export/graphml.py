"""GraphML 1.0, as Gephi, Cytoscape, yEd, igraph and networkx read it."""

from collections.abc import Mapping
from typing import IO, Final

from lxml import etree

from graph.export.table import EDGE_COLUMNS, NODE_COLUMNS, Scalar, Table, Type
from graph.export.xml import element, lines, text_of

_NAMESPACE: Final = "http://graphml.graphdrawing.org/xmlns"
_LOCATION: Final = f"{_NAMESPACE} {_NAMESPACE}/1.0/graphml.xsd"


def graphml(table: Table, out: IO[bytes]) -> None:
    """Write the table as one directed graph in UTF-8; every node and edge has its id, every value its type.

    Ids are those of the graph. The format's schema allows no `/` in one, which every edge's has; readers take it.
    """
    with etree.xmlfile(out, encoding="UTF-8", close=False) as file:
        file.write_declaration()
        with lines(file, "graphml", {}, namespace=_NAMESPACE, location=_LOCATION):
            for of, columns in (("node", NODE_COLUMNS), ("edge", EDGE_COLUMNS)):
                for key in _keys(of, columns):
                    file.write(key, "\n")
            with lines(file, "graph", {"id": "etiograph", "edgedefault": "directed"}, namespace=_NAMESPACE):
                for node in table.nodes:
                    file.write(_row("node", {"id": node.id}, node.values), "\n")
                for edge in table.edges:
                    ends = {"id": edge.id, "source": edge.source, "target": edge.target}
                    file.write(_row("edge", ends, edge.values), "\n")


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
