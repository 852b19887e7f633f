"""Node-link JSON, as D3 and networkx read it."""

from typing import IO

from graph.export.jsonrows import write_rows
from graph.export.table import Table


def nodelink(table: Table, out: IO[bytes]) -> None:
    """Write the table as one JSON object with `nodes` and `links`; `key` is an edge's id once more, for networkx."""
    out.write(b'{"directed": true, "multigraph": true, "graph": {"name": "etiograph"},\n"nodes": ')
    write_rows(({"id": node.id, **node.values} for node in table.nodes), out)
    out.write(b',\n"links": ')
    write_rows(
        (
            {"id": edge.id, "key": edge.id, "source": edge.source, "target": edge.target, **edge.values}
            for edge in table.edges
        ),
        out,
    )
    out.write(b"}\n")
