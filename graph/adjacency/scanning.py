"""Queries of a store answered into files, some at once, and read from there as arrays.

A store answers without holding Python up; what came before is turned into numbers meanwhile.
"""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any, Final, TypeVar

import numpy as np
import numpy.typing as npt
import pyoxigraph
from pyoxigraph import QueryResultsFormat

from ontology.terms import PREFIXES

_AT_ONCE: Final = 6
"""Most queries at once; the engine takes one processor for each."""

_BLOCK: Final = 4 << 20

_Value = TypeVar("_Value")


class Remembered(dict[bytes, _Value]):
    """Values by the text they were read from, each read once: columns have few different ones."""

    def __init__(self, made: Callable[[bytes], _Value]) -> None:
        super().__init__()
        self._made = made

    def __missing__(self, text: bytes) -> _Value:
        value = self[text] = self._made(text)
        return value


class Numbered(dict[bytes, int]):
    """The numbers of nodes by their IRIs in brackets; −1 for what is none of them."""

    def __missing__(self, text: bytes) -> int:
        return -1


class Scans:
    """Queries under way; a context manager. `scratch` is a folder for what they answer."""

    def __init__(self, store: pyoxigraph.Store, scratch: Path) -> None:
        self._store = store
        self._scratch = scratch
        self._pool = ThreadPoolExecutor(max(2, min(_AT_ONCE, os.cpu_count() or 1)))
        self._files = 0

    def __enter__(self) -> "Scans":
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.shutdown(cancel_futures=True)

    def begin(self, pattern: str, *names: str) -> "Scan":
        """The values of these variables wherever the pattern is found, in the order the store has."""
        self._files += 1
        path = self._scratch / f"{self._files}.tsv"
        query = f"SELECT {' '.join(names)} {{ {pattern} }}"
        return Scan(self._pool.submit(self._write, query, path))

    def _write(self, query: str, path: Path) -> Path:
        solutions = self._store.query(query, prefixes=PREFIXES)
        if not isinstance(solutions, pyoxigraph.QuerySolutions):
            raise TypeError(f"no solutions: {query}")
        solutions.serialize(os.fspath(path), format=QueryResultsFormat.TSV)
        return path


class Scan:
    """What one query answers, to be read once."""

    def __init__(self, written: Future[Path]) -> None:
        self._written = written

    def lines(self) -> Iterator[list[bytes]]:
        """The rows as tab-separated values (SPARQL 1.1 Query Results TSV), many at a time."""
        path = self._written.result()
        with path.open("rb") as file:
            file.readline()
            rest = b""
            while block := file.read(_BLOCK):
                lines = (rest + block).split(b"\n")
                rest = lines.pop()
                yield lines
        path.unlink()

    def column(self, values: dict[bytes, Any], type_: type[np.generic]) -> npt.NDArray[Any]:
        """The values as an array, each looked up in `values` by its text."""
        parts = [np.fromiter(map(values.__getitem__, lines), type_, len(lines)) for lines in self.lines()]
        return np.concatenate(parts) if parts else np.empty(0, type_)


def lexical(literal: bytes) -> bytes:
    r"""What stands between the quotes of a literal without escapes, or all of it where it has none: 0.5 and "1"^^….

    >>> lexical(b'"1"^^<http://www.w3.org/2001/XMLSchema#decimal>'), lexical(b"0.5")
    (b'1', b'0.5')
    """
    return literal[1:].partition(b'"')[0] if literal.startswith(b'"') else literal


def is_english(literal: bytes) -> bool:
    """Whether it is a literal in English or in no language, as `graph.reading.english` asks."""
    language = literal.rpartition(b'"')[2]
    return not literal.startswith((b"<", b"_:")) and (not language.startswith(b"@") or language == b"@en")


def text_of(literal: bytes) -> str:
    """The text of a string literal, escapes undone."""
    if b"\\" in literal:
        line = b"<a:a> <a:a> " + literal + b" ."
        value = next(iter(pyoxigraph.parse(line, format=pyoxigraph.RdfFormat.N_TRIPLES))).object
        return value.value if isinstance(value, pyoxigraph.Literal) else str(value)
    return lexical(literal).decode()
