"""Corpora of JSON lines, plain or compressed with gzip: one article a line, read as a stream.

A row is an object with `id` and `text`, and may have `title`, `url` and `publisher`; other keys are passed over.
The article's text is exactly the row's `text`, so offsets count in it and not in the file. No more than one line is
held, so a corpus may be of any size; a line, and what a compressed file grows to, are bounded.
"""

import gzip
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Final, cast

import orjson

from ontology.article import Source
from ontology.errors import NothingToRead, UnreadableArticle

ENDINGS: Final = (".jsonl", ".jsonl.gz")
"""File name endings (lower case) of a corpus."""

MAX_LINE: Final = 20_000_000
"""Longest line read, in bytes."""

MAX_GROWTH: Final = 200
"""How many times its compressed size a file may grow to beyond `FREE_GROWTH`; that of text is under 20."""

FREE_GROWTH: Final = 64_000_000
"""Bytes that any compressed file may grow to."""

_PIECE: Final = 1 << 20

Advance = Callable[[int], None]
"""Told how many more bytes of the input, as it lies on disk, have been read."""


@dataclass(frozen=True, slots=True)
class Row:
    """One article of a corpus; `source` is file and line."""

    source: str
    id: str
    text: str
    about: Source


def is_corpus(path: Path) -> bool:
    """Whether the file's name is that of a corpus."""
    return path.name.lower().endswith(ENDINGS)


def read_rows(path: Path, *, advance: Advance | None = None) -> Iterator[Row | UnreadableArticle]:
    """One row, or the error that says why it is no article, for each line; blank lines are passed over.

    Errors name file and line. What ends the file early (damage, a size out of all proportion) is the last error.

    Raises:
        OSError: the file cannot be opened or read.
    """
    with path.open("rb") as raw:
        stream = _decompressed(raw) if path.name.lower().endswith(".gz") else raw
        empty, told = True, 0
        lines = _lines(stream, raw, path)
        for number, line in lines:
            if advance is not None:
                advance(raw.tell() - told)
                told = raw.tell()
            source = f"{path}:{number}"
            try:
                if isinstance(line, UnreadableArticle):
                    raise line
                if line.strip():
                    empty = False
                    yield _row(line, source)
            except UnreadableArticle as error:
                empty = False
                yield error
        if empty:
            yield NothingToRead(str(path), "a corpus without articles; expected is one JSON object a line")


def _lines(stream: IO[bytes], raw: IO[bytes], path: Path) -> Iterator[tuple[int, bytes | UnreadableArticle]]:
    """The lines with their numbers, from 1; an error in place of one that cannot be had."""
    number, read = 0, 0
    while True:
        number += 1
        try:
            line = stream.readline(MAX_LINE + 1)
            read += len(line)
            length = len(line)
            while not line.endswith(b"\n") and length > MAX_LINE and not _bomb(stream, raw, read):
                piece = stream.readline(_PIECE)
                read += len(piece)
                length += len(piece)
                if not piece or piece.endswith(b"\n"):
                    break
        except (EOFError, gzip.BadGzipFile, zlib.error) as error:
            yield number, UnreadableArticle(f"{path}:{number}", f"damaged from here on, not read further ({error})")
            return
        if _bomb(stream, raw, read):
            yield (
                number,
                UnreadableArticle(
                    f"{path}:{number}",
                    f"not read further: {raw.tell():,} compressed bytes have grown to more than {read:,}, "
                    f"over {MAX_GROWTH} times as much; if it is no zip bomb, decompress it first",
                ),
            )
            return
        if not line:
            return
        if length > MAX_LINE:
            reason = f"too large: {length:,} bytes in one line; at most {MAX_LINE:,} are read, so split the article"
            yield number, UnreadableArticle(f"{path}:{number}", reason)
        else:
            yield number, line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line


def _decompressed(raw: IO[bytes]) -> IO[bytes]:
    return cast("IO[bytes]", gzip.GzipFile(fileobj=raw))  # readable as one, though not declared as one


def _bomb(stream: IO[bytes], raw: IO[bytes], read: int) -> bool:
    return stream is not raw and read > FREE_GROWTH and read > MAX_GROWTH * raw.tell()


def _row(line: bytes, source: str) -> Row:
    try:
        row: Any = orjson.loads(line.strip())  # whatever the line holds; looked at key by key below
    except orjson.JSONDecodeError as error:
        raise UnreadableArticle(
            source, f"no JSON: {error.msg} at {error.pos}; expected is one JSON object a line, in UTF-8"
        ) from error
    if not isinstance(row, dict):
        raise UnreadableArticle(source, f"{type(row).__name__} in JSON, expected an object with 'id' and 'text'")
    about = Source(
        _find(row, "title", source), publisher=_find(row, "publisher", source), url=_find(row, "url", source)
    )
    return Row(source, id=_get(row, "id", source), text=_get(row, "text", source), about=about)


def _get(row: dict[str, Any], key: str, source: str) -> str:
    value = _find(row, key, source)
    if value is None or not value.strip().strip("\ufeff\u200b"):
        raise UnreadableArticle(source, f"no {key!r}; expected is an object with 'id' and 'text'")
    return value


def _find(row: dict[str, Any], key: str, source: str) -> str | None:
    value = row.get(key)
    if value is None:
        return None
    if not isinstance(value, str):
        raise UnreadableArticle(source, f"{key!r} is {type(value).__name__}, expected a text")
    if "\0" in value:
        raise UnreadableArticle(source, f"binary: a NUL character at offset {value.index(chr(0))} of {key!r}")
    return value
