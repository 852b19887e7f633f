"""Names that their neighbours show to be everyday words: "over a period of years" is no menstruation.

The rows stand in `misreadings.yaml`, each with an example of either sense.
"""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from ingest.sentences import Span


@dataclass(frozen=True, slots=True)
class Misreading:
    """One row: a name, the words before or behind it that tell the other sense, and a text of either sense."""

    name: re.Pattern[str]
    before: re.Pattern[str]
    after: re.Pattern[str]
    example: str
    meant: str


def is_misread(text: str, span: Span) -> bool:
    """Tell whether the words of a span are everyday words here and no name."""
    words = span.of(text)
    if words[:1].isupper() and re.search(r"[A-Z][\w']+-$", text[max(0, span.start - 40) : span.start]):
        return True  # part of a double-barrelled name: Charcot-Marie-Tooth
    return any(
        row.name.fullmatch(words)
        and (row.before.search(text[max(0, span.start - 40) : span.start]) or row.after.match(text, span.end))
        for row in misreadings()
    )


@cache
def misreadings() -> tuple[Misreading, ...]:
    """All rows of the table, in its order."""
    rows = yaml.safe_load((Path(__file__).parent / "misreadings.yaml").read_text(encoding="utf-8"))
    return tuple(
        Misreading(
            name=re.compile(row["name"], re.IGNORECASE),
            before=re.compile(rf"\b{row['before']}\s$", re.IGNORECASE),
            after=re.compile(rf"\s{row['after']}\b", re.IGNORECASE),
            example=row["example"],
            meant=row["meant"],
        )
        for row in rows
    )
