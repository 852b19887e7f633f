"""What the command line prints: plain lines to a pipe, colours and wrapping only on a terminal.

Quotes go out on one line, whole, with control characters made visible, so that a text can neither break a line nor
steer the terminal.
"""

import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Final

import orjson
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from api.models import Wire

_BREAKS: Final = re.compile(r"\s*[\r\n\x0b\x0c\x85\u2028\u2029]+\s*")
_CONTROLS: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def printable(text: str) -> str:
    """The text on one line, line breaks as spaces and other control characters as U+FFFD."""
    return _CONTROLS.sub("\ufffd", _BREAKS.sub(" ", text))


class Screen:
    """Standard output, or standard error where `error`."""

    def __init__(self, *, error: bool = False) -> None:
        self.console = Console(stderr=error, highlight=False, emoji=False, markup=False)
        self.wide = not (sys.stderr if error else sys.stdout).isatty()

    def line(self, text: str = "", style: str = "", *, indent: int = 0) -> None:
        """One line; on a terminal it may wrap, keeping its indent."""
        self.parts((text, style), indent=indent)

    def parts(self, *parts: tuple[str, str], indent: int = 0) -> None:
        """One line of pieces, each with its style."""
        text = Text.assemble(*((printable(piece), style) for piece, style in parts))
        if self.wide:
            self.console.print(Text(" " * indent) + text, soft_wrap=True)
        else:
            self.console.print(Padding(text, (0, 0, 0, indent)))

    def table(self, headings: Sequence[str], rows: Iterable[Sequence[object]], *, numbers: frozenset[str]) -> None:
        """A table; the columns named in `numbers` are set to the right. To a pipe, columns are padded with spaces."""
        cells = [[printable(str(cell)) for cell in row] for row in rows]
        if not self.wide:
            table = Table(box=None, pad_edge=False, header_style="bold")
            for heading in headings:
                table.add_column(heading, justify="right" if heading in numbers else "left", overflow="fold")
            for row in cells:
                table.add_row(*(Text(cell) for cell in row))
            self.console.print(table)
            return
        widths = [max(len(row[column]) for row in [list(headings), *cells]) for column in range(len(headings))]
        for row in [list(headings), *cells]:
            padded = [
                cell.rjust(width) if heading in numbers else cell.ljust(width)
                for cell, width, heading in zip(row, widths, headings, strict=True)
            ]
            self.line("  ".join(padded).rstrip())


def print_json(answer: "Wire | Mapping[str, object]") -> None:
    """The answer as indented JSON on standard output."""
    if isinstance(answer, Mapping):
        print_bytes([orjson.dumps(answer, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)])
    else:
        sys.stdout.write(answer.model_dump_json(indent=2, exclude_none=True) + "\n")


def print_bytes(content: Iterable[bytes]) -> None:
    """The bytes on standard output, as they are."""
    sys.stdout.flush()
    for chunk in content:
        sys.stdout.buffer.write(chunk)
    sys.stdout.buffer.flush()
