"""Tables that were flattened into one line: where such a line is in a text, and its rows.

A page that loses its markup leaves the two columns of a table behind each other: "Signs Share of patients Cleft palate
90% Coloboma - Seizures 3/10". A figure closes a row, a lone dash a row without figure. Only a line with column titles,
or with a lead-in that ends in a colon, is read as a table; running text never is.
"""

import re
from dataclasses import dataclass
from typing import Final

from ingest.sentences import Span


@dataclass(frozen=True, slots=True)
class Row:
    """One row: where it stands with its figure, its name without, and the figure (None for a dash)."""

    span: Span
    name: Span
    figure: str | None


@dataclass(frozen=True, slots=True)
class Table:
    """A flattened table: its column titles or lead-in, and its rows in order, at least one."""

    head: Span
    rows: tuple[Row, ...]

    @property
    def span(self) -> Span:
        """From the head to the end of the last row."""
        return Span(self.head.start, self.rows[-1].span.end)


_TITLES: Final = re.compile(
    r"(?:^|(?<=[.!?] ))[A-Z]\w+(?: [A-Za-z]\w+){0,4}?\s"
    r"(?:(?:(?:Approximate|Estimated) (?:number|percentage|proportion|share)|"
    r"Number|Percent|Percentage|Proportion|Share) (?:of|in) (?:all )?(?:affected )?"
    r"(?:patients|people|persons|individuals|cases|children|adults)|Frequency|Prevalence)"
    r"(?: \([^()]{1,40}\))?\s+(?=[A-Z0-9])"
)
_LEAD_IN: Final = re.compile(r"(?:^|(?<=[.!?] ))[^.:!?]{3,120}:\s+(?=[A-Z0-9])")
_ROW: Final = re.compile(
    r"(?P<name>[A-Za-z0-9](?:(?![.!?][\"')\]]*\s).){0,160}?)\s+"
    r"(?P<figure>\d{1,3}(?:\.\d+)?(?:\s?%?\s?(?:-|to)\s?\d{1,3}(?:\.\d+)?)?\s?%|%|\d+/\d+|\d+ of \d+|[-–])"
    r"(?=\s|[.]?$)\s*"
)
_FEWEST_BELOW_LEAD_IN: Final = 3


def find_table(text: str) -> Table | None:
    """The first flattened table of a text; None where there is none."""
    for match in _TITLES.finditer(text):
        rows = _rows(text, match.end())
        if rows:
            return Table(_trimmed(match), rows)
    for match in _LEAD_IN.finditer(text):
        rows = _rows(text, match.end())
        # A dash alone closes no row here: "Options are: rest - fluids" is a list.
        if sum(row.figure is not None for row in rows) >= _FEWEST_BELOW_LEAD_IN and rows[0].figure is not None:
            return Table(_trimmed(match), rows)
    return None


def _rows(text: str, start: int) -> tuple[Row, ...]:
    found: list[Row] = []
    while (match := _ROW.match(text, start)) is not None:
        figure = match["figure"] if match["figure"][0].isdigit() else None
        found.append(Row(Span(match.start(), match.end("figure")), Span(match.start(), match.end("name")), figure))
        start = match.end()
    return tuple(found)


def _trimmed(match: re.Match[str]) -> Span:
    return Span(match.start(), match.start() + len(match.group().rstrip()))
