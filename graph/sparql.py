"""SPARQL over the published snapshot: read-only, in processes that can be killed.

A query that has started cannot be cancelled and its memory has no bound, so it runs in a worker process
(`graph.worker`) that is killed at the limit of time and cannot grow past the limit of memory. Federation is refused:
it opens connections and Oxigraph cannot be told not to. Prefixes of `ontology.terms.PREFIXES` need no declaration.
"""

import os
import queue
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Final

from graph.checkpoints import find_pointer, missing
from graph.process import Ended, Process
from ontology.errors import InvalidArgument, QueryError, QueryRefused, QuerySyntaxError, QueryTimeout
from ontology.terms import PREFIXES

LARGEST_ANSWER: Final = 64 << 20
"""Bytes of the largest answer."""

_UPDATE: Final = re.compile(
    r"(?:\s|#[^\n]*\n|PREFIX\s+\S*:\s*<[^>]*>|BASE\s*<[^>]*>)*"
    r"(?:INSERT|DELETE|LOAD|CLEAR|CREATE|DROP|COPY|MOVE|ADD|WITH)\b",
    re.IGNORECASE,
)
_AT: Final = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
_NAME: Final = re.compile(r"[\w.-]*:\S*\s*\Z")
_ATTEMPTS: Final = 20


@dataclass(frozen=True, slots=True)
class Format:
    """A format of answers; `graph` when it holds the triples of a CONSTRUCT or DESCRIBE, else rows or a truth value."""

    name: str
    media_type: str
    graph: bool = False
    aliases: tuple[str, ...] = ()


FORMATS: Final = (
    Format("json", "application/sparql-results+json", aliases=("application/json",)),
    Format("xml", "application/sparql-results+xml", aliases=("application/xml", "text/xml")),
    Format("csv", "text/csv"),
    Format("tsv", "text/tab-separated-values"),
    Format("turtle", "text/turtle", graph=True, aliases=("application/x-turtle",)),
    Format("ntriples", "application/n-triples", graph=True),
    Format("jsonld", "application/ld+json", graph=True, aliases=("application/json",)),
)
"""All formats; of those that fit a query the first is its default."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a query answers, serialised."""

    media_type: str
    body: bytes


def acceptable(accept: str) -> tuple[Format, ...]:
    """The formats that an HTTP `Accept` header, or the name of a format, admits, best first; () when none.

    Quality decides, then the order of `FORMATS`; a range or an alias admits what it covers. A part that cannot be
    read admits nothing.
    """
    quality: dict[Format, tuple[float, int]] = {}
    for part in accept.split(","):
        media_range, *parameters = (piece.strip().lower() for piece in part.split(";"))
        value = next((text[2:] for text in parameters if text.startswith("q=")), "1")
        try:
            wanted = float(value)
        except ValueError:
            continue
        for known in FORMATS:
            precision = _precision(media_range, known)
            if precision and precision >= quality.get(known, (0.0, 0))[1]:
                quality[known] = (wanted, precision)
    admitted = [known for known in FORMATS if quality.get(known, (0.0, 0))[0] > 0]
    return tuple(sorted(admitted, key=lambda known: -quality[known][0]))


class QueryService:
    """Answers queries over the newest snapshot of a data folder; safe to share between threads.

    `timeout` is the time a query may take in seconds, `memory` the bytes it may use, `workers` how many run at once;
    one more waits for a turn, within its own time. Processes are started when they are needed; a context manager.
    """

    def __init__(self, folder: Path, *, timeout: float = 30, memory: int = 2 << 30, workers: int = 2) -> None:
        self._folder = folder
        self._timeout = timeout
        self._memory = memory
        self._idle: queue.LifoQueue[Process | None] = queue.LifoQueue()
        for _ in range(workers):
            self._idle.put(None)
        self._workers = workers
        self._closed = False

    def answer(self, query: str, *, formats: tuple[Format, ...] = FORMATS) -> Answer:
        """What the query answers, in the first of `formats` that fits it.

        Raises:
            QuerySyntaxError: with line and column where the parser gave them.
            QueryRefused: it is an update, or mentions SERVICE.
            QueryTimeout: it was stopped at its limit of time, memory or size of the answer.
            InvalidArgument: none of `formats` can hold its answer.
            StoreMissing: nothing was published yet.
        """
        refuse(query)
        deadline = time.monotonic() + self._timeout
        request = {
            "query": query,
            "prefixes": PREFIXES,
            "formats": [wanted.media_type for wanted in formats],
            "memory": self._memory,
            "largest": LARGEST_ANSWER,
            "seconds": self._timeout + 5,
        }
        for _ in range(_ATTEMPTS):
            pointer = find_pointer(self._folder)
            if pointer is None:
                raise missing(self._folder)
            request["snapshot"] = os.fspath((self._folder / "snapshots" / pointer.name).absolute())
            head, body = self._ask(request, deadline)
            if head.get("error") != "gone":  # else replaced and deleted since the pointer was read
                break
        if "error" in head:
            raise _error(str(head["error"]), str(head["message"]), query)
        return Answer(str(head["media_type"]), body)

    def close(self) -> None:
        """End the processes, one that is answering as soon as it has."""
        self._closed = True
        for _ in range(self._workers):
            process = self._idle.get()
            if process is not None:
                process.kill()

    def __enter__(self) -> "QueryService":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _ask(self, request: dict[str, object], deadline: float) -> tuple[dict[str, object], bytes]:
        with self._process(deadline) as process:
            try:
                return process.ask(request, deadline)
            except TimeoutError as error:
                raise QueryTimeout(
                    f"the query was stopped after {self._timeout:g} s; ask for less, or name more of what is known"
                ) from error
            except Ended as error:
                raise QueryTimeout(
                    f"the query was stopped: it needs more than {self._memory >> 20} MiB of memory, or is nested too "
                    "deeply; ask for less"
                ) from error

    @contextmanager
    def _process(self, deadline: float) -> Iterator[Process]:
        if self._closed:
            raise QueryError("the query service was closed")
        try:
            process = self._idle.get(timeout=max(0.0, deadline - time.monotonic()))
        except queue.Empty as error:
            raise QueryTimeout("other queries left no time for this one; ask again later") from error
        if process is not None and not process.alive:
            process.kill()
            process = None
        kept = None
        try:
            process = process or Process()
            yield process
            kept = process
        finally:
            if kept is None and process is not None:
                process.kill()
            self._idle.put(kept)


def refuse(query: str) -> None:
    """Nothing, unless the text may not be run at all.

    Raises:
        QueryRefused: it contains the word "service", in any case and place, or is an update.
        QuerySyntaxError: it is empty.
    """
    if not query.strip():
        raise QuerySyntaxError("the query is empty; ask for something, such as: SELECT * { ?s etio:causes ?o }", 1, 1)
    if "service" in query.casefold():
        raise QueryRefused(
            "queries that mention SERVICE are refused: this endpoint asks no other one; in a text write "
            '"\\u0073ervice" for the word'
        )
    if _UPDATE.match(query):
        raise QueryRefused("this endpoint is read-only: it answers SELECT, ASK, CONSTRUCT and DESCRIBE")


def _precision(media_range: str, format: Format) -> int:
    """How precisely a range admits a format: 4 by type, 3 by another name, 2 by its main type, 1 by */*, 0 not."""
    if media_range in (format.media_type, format.name):
        return 4
    if media_range in format.aliases:
        return 3
    if media_range == format.media_type.partition("/")[0] + "/*":
        return 2
    return int(media_range == "*/*")


def _error(error: str, message: str, query: str) -> QueryError | InvalidArgument:
    match error:
        case "syntax":
            return _syntax_error(message, query)
        case "format":
            return InvalidArgument("format", "none that fits", f"for this query one of {message}")
        case "size":
            return QueryTimeout(f"the query was stopped: its answer exceeds {int(message) >> 20} MiB; add a LIMIT")
        case "memory":
            return QueryTimeout("the query was stopped at its limit of memory; ask for less")
        case "gone":
            return QueryError("the graph is being replaced too fast to be read; ask again")
        case _:
            return QueryError(f"the query failed: {message}")


def _syntax_error(message: str, query: str) -> QuerySyntaxError:
    match = _AT.match(message)
    if match is None:
        return QuerySyntaxError(f"malformed query: {message}")
    line, column = int(match[1]), int(match[2])
    lines = query.split("\n")
    text = lines[line - 1] if line <= len(lines) else ""
    where = f"malformed query at line {line}, column {column}"
    named = _NAME.search(text[: column - 1])
    if "Prefix not found" in match[3] and named:
        return QuerySyntaxError(f"{where}: the prefix of {named[0].strip()!r} is not declared", line, column)
    rest = text[column - 1 :].strip()
    near = f"before {rest[:40]!r}" if rest else "at the end of the line"
    return QuerySyntaxError(f"{where}, {near}: {_expected(match[3])}", line, column)


def _expected(detail: str) -> str:
    """The words and signs that the parser names, without its classes of characters."""
    found = re.findall(r"\b[A-Z]{2,}\b|\"[^\"\s]+\"", re.sub(r"\[[^\]]*\]", "", detail))
    signs = list(dict.fromkeys(found))
    listed = " or ".join(signs[:6]) + (" …" if len(signs) > 6 else "")
    return f"expected {listed}" if signs else "not expected here"
