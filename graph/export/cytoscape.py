"""Cytoscape JSON, as Cytoscape.js and Cytoscape read it."""

import orjson

from graph.export.table import Table


def cytoscape(table: Table) -> bytes:
    """The table as one JSON object, `{"elements": {"nodes": […], "edges": […]}}`, indented, in UTF-8."""
    elements = {
        "nodes": [{"data": {"id": node.id, **node.values}} for node in table.nodes],
        "edges": [
            {"data": {"id": edge.id, "source": edge.source, "target": edge.target, **edge.values}}
            for edge in table.edges
        ],
    }
    whole = {"data": {"name": "etiograph"}, "elements": elements}
    return orjson.dumps(whole, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
