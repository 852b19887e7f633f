"""What the formats in JSON share: rows written one after another, each on a line."""

from collections.abc import Iterable, Mapping
from typing import IO

import orjson


def write_rows(rows: Iterable[Mapping[str, object]], out: IO[bytes]) -> None:
    """Write the rows as a JSON array, a line each."""
    before = b"[\n"
    for row in rows:
        out.write(before + orjson.dumps(row))
        before = b",\n"
    out.write(b"[]" if before == b"[\n" else b"\n]")
