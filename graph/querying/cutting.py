"""Serialised rows cut after so many: how an answer gets a limit of rows and of bytes without the query being read.

Oxigraph's own serialisers write far faster than rows can be taken one by one, so the limit is applied to the bytes.
Each format has a mark that stands at least once a row and is cheap to count; only where there are too many marks are
the ends of rows found exactly.
"""

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice
from typing import Final

JSON: Final = "application/sparql-results+json"
XML: Final = "application/sparql-results+xml"
CSV: Final = "text/csv"
TSV: Final = "text/tab-separated-values"

_MARKS: Final = {JSON: b"},{", XML: b"</result>", CSV: b"\r\n", TSV: b"\n"}
_CLOSING: Final = {JSON: b"]}}", XML: b"</results></sparql>", CSV: b"", TSV: b""}
_BINDINGS: Final = b'"bindings":['
_RESULTS: Final = b"<results>"
_DEEPEST: Final = 12
"""Levels of objects in a row of JSON: a row, its terms, and triples in triples, which no term of ours is."""
_RECORD: Final = re.compile(rb'(?:[^"\r\n]++|"(?:[^"]++|"")*+")*+\r\n')


_AT_ONCE: Final = 1 << 16
"""Bytes in which marks are counted at once."""


class Cut(Exception):
    """The answer has more rows or bytes than it may: `text` is what there is room for, `reason` "rows" or "bytes"."""

    def __init__(self, text: bytes, reason: str) -> None:
        self.text = text
        self.reason = reason
        super().__init__(reason)


class Bounded:
    """A file that keeps the serialised rows that are written to it, at most `rows` of them in at most `largest` bytes.

    Raises `Cut` from `write`, or from `close`, when there are more.
    """

    def __init__(self, media_type: str, *, rows: int, largest: int) -> None:
        self._media_type = media_type
        self._rows = rows
        self._largest = largest
        self._mark = _MARKS[media_type]
        self._parts: list[bytes] = []
        self._length = 0
        self._counted = 0
        self._looked_at = 0
        self._marks = 0
        self._tail = b""
        self._suspicious = rows

    def write(self, part: bytes) -> int:
        """Keep the part."""
        part = bytes(part)
        self._parts.append(part)
        self._length += len(part)
        if self._length - self._looked_at >= _AT_ONCE or self._length > self._largest:
            self._count()
        if self._marks > self._suspicious:
            self._look()
            self._suspicious = self._marks + self._marks // 8  # the marks stood in texts: look again, not at once
        if self._length > self._largest:
            raise Cut(_whole_rows(self._media_type, b"".join(self._parts)[: self._largest]), "bytes")
        return len(part)

    def flush(self) -> None:
        """Nothing to do."""

    def close(self) -> list[bytes]:
        """The parts, once all is written."""
        self._count()
        if self._marks >= self._rows:
            self._look()
        return self._parts

    def _count(self) -> None:
        """Count the marks in what came since the last time."""
        seen = b"".join((self._tail, *self._parts[self._counted :]))
        self._counted, self._looked_at = len(self._parts), self._length
        self._marks += seen.count(self._mark)
        self._tail = seen[1 - len(self._mark) :] if len(self._mark) > 1 else b""

    def _look(self) -> None:
        text = b"".join(self._parts)
        ends = list(islice(_ends(self._media_type, text), self._rows + 2))
        if len(ends) == self._rows + 2:
            raise Cut(text[: ends[-2]] + _CLOSING[self._media_type], "rows")


def _whole_rows(media_type: str, text: bytes) -> bytes:
    """The rows that are whole, closed as the format wants it."""
    end = 0
    for end in _ends(media_type, text):  # noqa: B007  # the last is what is wanted
        pass
    return text[:end] + _CLOSING[media_type]


def _ends(media_type: str, text: bytes) -> Iterator[int]:
    """Where the head of a serialised answer ends, then where each row that is whole does."""
    match media_type:
        case "application/sparql-results+json":
            yield from _ends_in_json(text)
        case "application/sparql-results+xml":
            start = text.index(_RESULTS) + len(_RESULTS)
            yield start
            yield from (match.end() for match in re.compile(_MARKS[XML]).finditer(text, start))
        case "text/csv":
            yield from (match.end() for match in _RECORD.finditer(text))
        case _:
            yield from (match.end() for match in re.finditer(rb"\n", text))


def _ends_in_json(text: bytes) -> Iterator[int]:
    end = text.index(_BINDINGS) + len(_BINDINGS)
    yield end
    row = _row_in_json()
    while match := row.match(text, end):
        end = match.end()
        yield end


@cache
def _row_in_json() -> re.Pattern[bytes]:
    """One object with all that is in it, behind the comma that parts it from the one before."""
    text = rb'"(?:[^"\\]++|\\.)*+"'
    inner = b""
    for _ in range(_DEEPEST):
        inner = rb"\{(?:" + text + rb'|[^{}"]++' + (b"|" + inner if inner else b"") + rb")*+\}"
    return re.compile(rb",?" + inner, re.DOTALL)
