"""An edge list in comma- or tab-separated values, as pandas, R, Gephi and spreadsheets read it."""

from collections.abc import Iterator
from typing import IO, Final

from graph.export.delimited import writer
from graph.export.table import EDGE_COLUMNS, Scalar, Table, Type

COLUMNS: Final[dict[str, Type]] = {
    "source": "string",
    "target": "string",
    "id": "string",
    "source_label": "string",
    "target_label": "string",
    **EDGE_COLUMNS,
}
"""Name and type of each column, in order."""


def edge_list(table: Table, out: IO[bytes], *, delimiter: str) -> None:
    """Write a heading and a row an edge; a value that is not there is an empty field.

    Values are as they are, `=1+1` too: a spreadsheet should import them as text.
    """
    write = writer(out, delimiter)
    write(list(COLUMNS))
    for row in rows(table):
        write([row.get(name) for name in COLUMNS])


def rows(table: Table) -> Iterator[dict[str, Scalar]]:
    """The edges, with the labels of both ends; values that are not there are left out."""
    for edge in table.edges:
        yield {
            "source": edge.source,
            "target": edge.target,
            "id": edge.id,
            "source_label": table.label(edge.source),
            "target_label": table.label(edge.target),
            **edge.values,
        }
