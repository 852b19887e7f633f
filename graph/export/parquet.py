"""An edge list in Apache Parquet, as pandas, Polars, DuckDB, Spark and R's arrow read it. Needs the package pyarrow."""

from collections.abc import Mapping
from typing import IO, Any, Final

from graph.batches import batches
from graph.export.edgelist import columns_of, rows
from graph.export.table import Table, Type
from ontology.errors import InvalidArgument

_AT_ONCE: Final = 10_000
"""Rows of a row group."""


def parquet(table: Table, out: IO[bytes]) -> None:
    """Write the edges as one file of typed columns, compressed with zstd; a value that is not there is null.

    Raises:
        InvalidArgument: pyarrow is not installed.
    """
    try:
        import pyarrow as arrow
        from pyarrow.parquet import ParquetWriter
    except ImportError as error:
        expected = "a format that needs no more packages, or pyarrow: pip install 'etiograph[parquet]'"
        raise InvalidArgument("format", "parquet", expected) from error
    types: Mapping[Type, Any] = {
        "string": arrow.string(),
        "int": arrow.int64(),
        "double": arrow.float64(),
        "boolean": arrow.bool_(),
    }
    schema = arrow.schema([(name, types[type_]) for name, type_ in columns_of(table).items()])
    with ParquetWriter(out, schema, compression="zstd") as writer:
        for some in batches(rows(table), _AT_ONCE):
            writer.write_table(arrow.Table.from_pylist(some, schema=schema))
