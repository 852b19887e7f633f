"""An edge list in comma- or tab-separated values, as pandas, R, Gephi and spreadsheets read it.

Of concepts that were asked for without links it is a list of concepts.
"""

from collections.abc import Iterator, Mapping
from typing import IO, Final

from graph.export.delimited import writer
from graph.export.table import EDGE_COLUMNS, NODE_COLUMNS, Scalar, Table, Type

COLUMNS: Final[Mapping[str, Type]] = {
    "source": "string",
    "target": "string",
    "id": "string",
    "source_label": "string",
    "target_label": "string",
    **EDGE_COLUMNS,
}
"""Name and type of each column, in order."""

_OF_CONCEPTS: Final[Mapping[str, Type]] = {"id": "string", **NODE_COLUMNS}


def edge_list(table: Table, out: IO[bytes], *, delimiter: str) -> None:
    """Write a heading and a row an edge; a value that is not there is an empty field.

    Values are as they are, `=1+1` too: a spreadsheet should import them as text.
    """
    write = writer(out, delimiter)
    columns = list(columns_of(table))
    write(columns)
    for row in rows(table):
        write([row.get(name) for name in columns])


def columns_of(table: Table) -> Mapping[str, Type]:
    """The columns of the rows."""
    return COLUMNS if table.linked else _OF_CONCEPTS


def rows(table: Table) -> Iterator[dict[str, Scalar]]:
    """The edges, with the labels of both ends, or the concepts; values that are not there are left out."""
    if not table.linked:
        yield from ({"id": node.id, **node.values} for node in table.nodes)
    for edge in table.edges:
        yield {
            "source": edge.source,
            "target": edge.target,
            "id": edge.id,
            "source_label": table.label(edge.source),
            "target_label": table.label(edge.target),
            **edge.values,
        }
