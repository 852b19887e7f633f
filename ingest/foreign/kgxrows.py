"""The rows of a file of KGX, one at a time: tab-separated or JSON Lines, plain or `.gz`."""

import gzip
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, Final, TypeAlias

import orjson

from ontology.errors import UnreadableArticle

Row: TypeAlias = dict[str, str]
"""Texts by column; several values of one are joined by `|`, as in KGX's tables."""

FORMATS: Final = (".tsv", ".jsonl", ".tsv.gz", ".jsonl.gz")


def rows(path: Path, columns: Sequence[str]) -> Iterator[Row]:
    """What the rows hold, in the order of the file.

    Raises:
        UnreadableArticle: the file is missing, empty, in another format, not UTF-8, lacks one of `columns`, or breaks
            off; the reason names the line.
    """
    name = path.name.lower()
    if not name.endswith(FORMATS):
        raise UnreadableArticle(path.name, f"no file of KGX: expected a name that ends in {', '.join(FORMATS)}")
    line = 0
    try:
        with _opened(path) as file:
            found = _of_json(file, columns) if ".jsonl" in name else _of_table(file, columns)
            for number, row in found:
                yield row
                line = number
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise UnreadableArticle(path.name, f"breaks off or is damaged after line {line}: {error}") from error
    except UnicodeDecodeError as error:
        raise UnreadableArticle(path.name, f"is not UTF-8 after line {line}: {error.reason}") from error
    except _Broken as broken:
        raise UnreadableArticle(path.name, str(broken)) from None
    except OSError as error:
        raise UnreadableArticle(path.name, f"cannot be read: {error.strerror or error}") from error
    if not line:
        raise UnreadableArticle(path.name, "holds no rows; expected nodes or edges of KGX")


class _Broken(Exception):
    """What is wrong with a line."""


def _opened(path: Path) -> IO[str]:
    if path.name.lower().endswith(".gz"):
        return gzip.open(path, "rt", encoding="utf-8", newline="\n")
    return path.open(encoding="utf-8", newline="\n")


def _of_table(file: IO[str], columns: Sequence[str]) -> Iterator[tuple[int, Row]]:
    header = file.readline().rstrip("\r\n").split("\t")
    if header != [""]:
        _check(header, columns, 1)
    for number, line in enumerate(file, 2):
        values = line.rstrip("\r\n").split("\t")
        if len(values) != len(header):
            raise _Broken(f"line {number} has {len(values)} columns, the first line {len(header)}")
        yield number, dict(zip(header, values, strict=True))


def _of_json(file: IO[str], columns: Sequence[str]) -> Iterator[tuple[int, Row]]:
    for number, line in enumerate(file, 1):
        try:
            value = orjson.loads(line)
        except orjson.JSONDecodeError as error:
            raise _Broken(f"line {number} is no JSON: {error.msg}") from error
        if not isinstance(value, dict):
            raise _Broken(f"line {number} is no object of JSON")
        row = {name: _text(each) for name, each in value.items() if each is not None}
        _check(row, columns, number)
        yield number, row


def _text(value: object) -> str:
    return "|".join(map(str, value)) if isinstance(value, list) else str(value)


def _check(seen: Sequence[str] | Row, columns: Sequence[str], number: int) -> None:
    missing = [column for column in columns if column not in seen]
    if missing:
        raise _Broken(
            f"line {number} lacks {', '.join(missing)}; expected {', '.join(columns)}, seen {', '.join(seen) or 'none'}"
        )
