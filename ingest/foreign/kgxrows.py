"""The rows of a file of KGX, one at a time: tab-separated or JSON Lines, plain or `.gz`."""

import gzip
import io
import re
import stat
import zlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, Final, TypeAlias, cast

import orjson

from ontology.errors import UnreadableArticle

Row: TypeAlias = dict[str, str]
"""Texts by column; several values of one are joined by `|`, as in KGX's tables."""

Advance: TypeAlias = Callable[[int], None]
"""Told of the bytes of the file that were read since it was last told."""

FORMATS: Final = (".tsv", ".jsonl", ".tsv.gz", ".jsonl.gz")

LONGEST_LINE: Final = 10_000_000
"""Bytes of a line, its end included; a file with a longer one is refused."""

_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_TELL_EVERY: Final = 1 << 20


def rows(path: Path, columns: Sequence[str], *, advance: Advance | None = None) -> Iterator[Row]:
    """What the rows hold, in the order of the file.

    A table that ends without a line break is taken for one that breaks off: the last value may be half of one. What
    ends after a whole row cannot be told from a whole file, unless it is packed.

    Raises:
        UnreadableArticle: the file is missing, empty, in another format, not UTF-8, lacks one of `columns`, or breaks
            off; the reason names the line.
    """
    name = path.name.lower()
    if not name.endswith(FORMATS):
        raise UnreadableArticle(path.name, f"no file of KGX: expected a name that ends in {', '.join(FORMATS)}")
    line = 0
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise _Broken("is no file: expected nodes or edges of KGX, not a folder or a device")
        with path.open("rb") as raw:
            lines = _lines(raw, packed=name.endswith(".gz"), advance=advance)
            for number, row in _of_json(lines, columns) if ".jsonl" in name else _of_table(lines, columns):
                line = number
                yield row
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise UnreadableArticle(path.name, f"breaks off or is damaged after line {line}: {error}") from error
    except _Broken as broken:
        raise UnreadableArticle(path.name, str(broken)) from None
    except OSError as error:
        raise UnreadableArticle(path.name, f"cannot be read: {error.strerror or error}") from error
    if not line:
        raise UnreadableArticle(path.name, "holds no rows; expected nodes or edges of KGX")


def one_line(text: str) -> str:
    """The text without control characters, single spaces between its words."""
    text = " ".join(text.split())
    return text if text.isprintable() else " ".join(_CONTROL.sub(" ", text).split())


class _Broken(Exception):
    """What is wrong with a file or one of its lines."""


def _lines(raw: BinaryIO, *, packed: bool, advance: Advance | None) -> Iterator[tuple[int, bytes]]:
    """Each line with its number, from 1, and its end."""
    file = io.BufferedReader(cast("io.RawIOBase", gzip.GzipFile(fileobj=raw)), _TELL_EVERY) if packed else raw
    told = number = 0
    while line := file.readline(LONGEST_LINE + 1):
        number += 1
        if len(line) > LONGEST_LINE:
            raise _Broken(f"line {number} is longer than {LONGEST_LINE:,} bytes; expected a row of KGX")
        yield number, line
        if advance is not None and raw.tell() - told >= _TELL_EVERY:
            advance(raw.tell() - told)
            told = raw.tell()
    if advance is not None:
        advance(raw.tell() - told)


def _of_table(lines: Iterator[tuple[int, bytes]], columns: Sequence[str]) -> Iterator[tuple[int, Row]]:
    header: list[str] = []
    for number, line in lines:
        values = _decoded(line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line, number).split("\t")
        if not header:
            header = values
            _check(header, columns, number)
            continue
        if len(values) != len(header):
            raise _Broken(f"line {number} has {len(values)} columns, the first line {len(header)}")
        if not line.endswith(b"\n"):
            raise _Broken(
                f"line {number} has no end: the file breaks off, or its last line break is missing; "
                "get it again, or add the line break if it is whole"
            )
        yield number, dict(zip(header, values, strict=True))


def _of_json(lines: Iterator[tuple[int, bytes]], columns: Sequence[str]) -> Iterator[tuple[int, Row]]:
    for number, line in lines:
        try:
            value = orjson.loads(_decoded(line, number))
        except orjson.JSONDecodeError as error:
            raise _Broken(f"line {number} is no JSON: {error.msg}") from error
        if not isinstance(value, dict):
            raise _Broken(f"line {number} is no object of JSON")
        row = {name: _text(each) for name, each in value.items() if each is not None}
        _check(row, columns, number)
        yield number, row


def _decoded(line: bytes, number: int) -> str:
    try:
        return line.decode().rstrip("\r\n")
    except UnicodeDecodeError as error:
        raise _Broken(f"line {number} is not UTF-8: {error.reason} at its byte {error.start + 1}") from error


def _text(value: object) -> str:
    return "|".join(map(str, value)) if isinstance(value, list) else str(value)


def _check(seen: Sequence[str] | Row, columns: Sequence[str], number: int) -> None:
    missing = [column for column in columns if column not in seen]
    if missing:
        raise _Broken(
            f"line {number} lacks {', '.join(missing)}; expected {', '.join(columns)}, seen {', '.join(seen) or 'none'}"
        )
