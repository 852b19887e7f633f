"""Cytoscape JSON, as Cytoscape.js and Cytoscape read it."""

from typing import IO

from graph.export.jsonrows import write_rows
from graph.export.table import Edge, Node, Table


def cytoscape(table: Table, out: IO[bytes]) -> None:
    """Write the table as one JSON object, `{"data": …, "elements": {"nodes": […], "edges": […]}}`, in UTF-8.

    Nodes and edges have a `name` besides, which Cytoscape shows: the label, or the label of source, relation in
    parentheses, label of target.
    """
    out.write(b'{"data": {"name": "etiograph"},\n"elements": {"nodes": ')
    write_rows(map(_node, table.nodes), out)
    out.write(b',\n"edges": ')
    write_rows((_edge(edge, table) for edge in table.edges), out)
    out.write(b"}}\n")


def _node(node: Node) -> dict[str, object]:
    return {"data": {"id": node.id, "name": node.values.get("label", node.id), **node.values}}


def _edge(edge: Edge, table: Table) -> dict[str, object]:
    name = f"{table.label(edge.source)} ({edge.values['interaction']}) {table.label(edge.target)}"
    return {"data": {"id": edge.id, "source": edge.source, "target": edge.target, "name": name, **edge.values}}
