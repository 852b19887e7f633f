"""What the formats with separated values share: rows of text, quoted as RFC 4180 says where they must be."""

import codecs
import csv
from collections.abc import Callable, Sequence
from typing import IO

from graph.export.table import Scalar
from graph.export.xml import text_of


def writer(out: IO[bytes], delimiter: str) -> Callable[[Sequence[Scalar | None]], None]:
    """A function that writes one row in UTF-8, each ending with a line feed; None is an empty field."""
    rows = csv.writer(codecs.getwriter("utf-8")(out), delimiter=delimiter, lineterminator="\n")

    def write(row: Sequence[Scalar | None]) -> None:
        rows.writerow(["" if value is None else text_of(value) for value in row])

    return write
