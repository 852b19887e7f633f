"""Tables as rows: "name: value; value", so that each row reads as an item under its name."""

from collections.abc import Callable
from itertools import islice
from typing import Final

from lxml import etree

from ingest.blocks import RawKind
from ingest.readers.html.line import Line
from ingest.readers.html.tree import words_of

_MOST_LABEL_WORDS: Final = 12
_LONGEST_VALUE: Final = 500
_PARTS: Final = frozenset(("thead", "tbody", "tfoot"))
_CELLS: Final = frozenset(("td", "th"))
_STRUCTURE: Final = ("table", "h1", "h2", "h3", "h4", "h5", "h6")


def table_rows(
    table: etree._Element, skipped: frozenset[etree._Element], words_of_cell: Callable[[etree._Element], str]
) -> tuple[Line, ...] | None:
    """The rows of a table in order, its caption first; None for one that only arranges parts of the page.

    The first cell names what the others say of it. A row of headers, and a row with a whole sentence first, become
    paragraphs.
    """
    children = [part for part in table if part not in skipped]
    rows = [row for part in children for row in (part if part.tag in _PARTS else [part]) if row.tag == "tr"]
    cells = [[cell for cell in row if cell.tag in _CELLS and cell not in skipped] for row in rows]
    if table.get("role") in {"presentation", "none"} or all(len(row) < 2 for row in cells):
        return None
    if any(_arranges(cell) for row in cells for cell in row):
        return None
    captions = [words_of_cell(part) for part in children if part.tag == "caption"]
    found = [Line(RawKind.PARAGRAPH, words) for words in captions if words]
    for row in cells:
        said = [words for cell in row if (words := words_of_cell(cell))]
        found.extend(_row(said, header=all(cell.tag == "th" for cell in row)))
    return tuple(found)


def _arranges(cell: etree._Element) -> bool:
    """Tell whether a cell holds a part of the page and not a value."""
    paragraphs = sum(1 for _ in islice(cell.iter("p", "div"), 2))
    return paragraphs > 1 or next(cell.iter(*_STRUCTURE), None) is not None or len(words_of(cell)) > _LONGEST_VALUE


def _row(said: list[str], *, header: bool) -> list[Line]:
    if len(said) > 1 and header:
        return [Line(RawKind.PARAGRAPH, "; ".join(said).rstrip(".") + ".")]
    named = said[0].rstrip(" :") if said else ""
    if len(said) > 1 and len(named.split()) <= _MOST_LABEL_WORDS and not named.endswith((".", "?", "!")):
        return [Line(RawKind.ITEM, f"{named}: {'; '.join(said[1:])}", 1)]
    return [Line(RawKind.PARAGRAPH, words) for words in said]
