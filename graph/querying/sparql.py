"""SPARQL over the published snapshot: read-only, in processes that can be killed.

A query that has started cannot be cancelled and its memory has no bound, so it runs in a worker process
(`worker`) that is killed at the limit of time, or when nobody waits any more, and cannot grow past the limit of
memory. Federation is refused: it opens connections and Oxigraph cannot be told not to; a worker has no network
besides. Prefixes of `ontology.terms.PREFIXES` need no declaration.
"""

import asyncio
import os
import re
from collections import Counter
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import Final

from graph.checkpoints import Pointer, PointerWatch, missing
from graph.querying.answer import Answer, Streaming
from graph.querying.answercache import AnswerCache, Key
from graph.querying.formats import FORMATS, Format
from graph.querying.lanes import Lanes, Lease
from graph.querying.process import Ended, Head
from graph.querying.syntax import refuse_query, syntax_error
from ontology.errors import EtiographError, InvalidArgument, QueryError, QueryTimeout

LARGEST_ANSWER: Final = 64 << 20
"""Bytes of the largest answer that has a limit of rows."""

LARGEST_WHOLE: Final = 1 << 20
"""Bytes of the largest answer that is read as a whole before it is sent, and that may be kept."""

VARYING: Final = re.compile("RAND|NOW|UUID|BNODE", re.IGNORECASE)
"""Where a query mentions one of these, asking again may answer otherwise."""

_ATTEMPTS: Final = 20
_LATER: Final = 0.3
"""Seconds until the first processes start unasked: at once, they would keep the first answer of a server waiting."""

_OWN_LIMIT: Final = re.compile(
    r"^[^#\n]*\bLIMIT\s+(\d{1,9})(?:\s+OFFSET\s+\d+)?\s*(?:#[^\n]*(?:\n\s*|\Z))*\Z", re.IGNORECASE | re.MULTILINE
)
"""A query's last words but for comments, on a line where no comment can have begun before them."""


@dataclass(frozen=True, slots=True)
class Question:
    """A query, the dataset that the protocol states for it, the formats that are welcome, best first, and limits.

    `base` is the IRI against which relative ones are resolved, None to refuse them. `default_graphs` and
    `named_graphs` are IRIs, both None where the request states no dataset. `timeout` is in seconds and `rows` a number
    of rows or triples; both lower the service's limits and never raise them.
    """

    query: str
    base: str | None = None
    default_graphs: tuple[str, ...] | None = None
    named_graphs: tuple[str, ...] | None = None
    formats: tuple[Format, ...] = FORMATS
    timeout: float | None = None
    rows: int | None = None


@dataclass(frozen=True, slots=True)
class Posed:
    """A question posed of what is published now; `key` is None where the same question has many answers."""

    question: Question
    pointer: Pointer
    key: Key | None

    @property
    def tag(self) -> str | None:
        """The entity tag of the answer; None where the same question has many."""
        return None if self.key is None else f'"{self.key.hash[:16]}-{self.key.digest[:16]}"'


class QueryService:
    """Answers queries over the newest snapshot of a data folder; an asynchronous context manager, for one event loop.

    `timeout` is the time a query may take in seconds, waiting included, `memory` the bytes it may use, `rows` how many
    rows or triples it may answer (None: any number), `workers` how many new queries run at once, by default one a
    processor, `slow` how many long ones beside them, and `cache` the bytes of the answers that are kept. `outcomes`
    counts the queries that ended, by "answered", "truncated", "kept" (an answer from memory), "abandoned" (by who
    asked) or the name of the error.
    """

    def __init__(
        self,
        folder: Path,
        *,
        timeout: float = 30,
        memory: int = 1 << 30,
        rows: int | None = 100_000,
        workers: int | None = None,
        slow: int = 8,
        cache: int = 64 << 20,
    ) -> None:
        self._folder = folder
        self._snapshots = os.fspath((folder / "snapshots").absolute())
        self._watch = PointerWatch(folder)
        self._timeout = timeout
        self._memory = memory
        self._rows = rows
        self.cache = AnswerCache(cache)
        self.outcomes: Counter[str] = Counter()
        self.lanes = Lanes(fast=workers or os.cpu_count() or 1, slow=slow, opening=self._opening)
        self._closed = False

    @property
    def timeout(self) -> float:
        """Seconds that a query may take."""
        return self._timeout

    def pose(self, question: Question) -> Posed:
        """The question of the graph as it is now, for `find_kept` and `answer`.

        Raises:
            StoreMissing: nothing was published yet.
            QueryError: the service was closed.
        """
        if self._closed:
            raise QueryError("the query service was closed")
        pointer = self.pointer()
        return Posed(question, pointer, self._key(question, pointer))

    def find_kept(self, posed: Posed) -> Answer | None:
        """The answer, if it was asked for before of the same graph and is kept in memory."""
        kept = self.cache.find(posed.key)
        if kept is not None:
            self.outcomes["kept"] += 1
        return kept

    async def answer(self, posed: Posed, *, client: str = "") -> Answer | Streaming:
        """What the query answers, in the first of the formats that fits it; `client` is whose turn is counted.

        An answer that is larger than `LARGEST_WHOLE` comes as a stream. When the caller is cancelled the query ends.

        Raises:
            QuerySyntaxError: with line and column where the parser gave them.
            QueryRefused: it is an update, or mentions SERVICE.
            QueryTimeout: it was stopped at its limit of time, memory or size of the answer.
            Busy: too many queries wait.
            InvalidArgument: none of the formats can hold its answer.
        """
        outcome = "abandoned"
        try:
            answer = await self._answer(posed, client)
            outcome = "truncated" if answer.truncated else "answered"
            return answer
        except EtiographError as error:
            outcome = type(error).__name__
            raise
        finally:
            self.outcomes[outcome] += 1

    async def _answer(self, posed: Posed, client: str) -> Answer | Streaming:
        question = posed.question
        refuse_query(question.query)
        began = asyncio.get_running_loop().time()
        seconds = min(self._timeout, question.timeout or self._timeout)
        lease = await self._turn(client, began + seconds)
        queue = (asyncio.get_running_loop().time() - began) * 1000
        answer: Answer | Streaming | QueryError | InvalidArgument | None = None
        try:
            answer, pointer = await self._asked(lease, posed, queue, began, seconds)
        finally:
            if not isinstance(answer, Streaming):
                lease.release(keep=answer is not None)
        if isinstance(answer, QueryError | InvalidArgument):
            raise answer
        if isinstance(answer, Answer):
            self.cache.keep(posed.key if pointer is posed.pointer else self._key(question, pointer), answer)
        return answer

    async def read(self, question: Question, *, client: str = "") -> Answer:
        """The answer, all of it in memory however large it is; one that was kept comes from memory.

        Raises:
            StoreMissing: nothing was published yet; and what `answer` raises.
        """
        posed = self.pose(question)
        answer = self.find_kept(posed) or await self.answer(posed, client=client)
        if isinstance(answer, Answer):
            return answer
        async with answer as parts:
            body = b"".join([part async for part in parts])
        return Answer(answer.media_type, body, answer.truncated, answer.engine, answer.queue)

    def pointer(self) -> Pointer:
        """What is published now.

        Raises:
            StoreMissing: nothing yet.
        """
        pointer = self._watch.find()
        if pointer is None:
            raise missing(self._folder)
        return pointer

    def close(self) -> None:
        """End the processes, whatever they do."""
        self._closed = True
        self.lanes.close()

    async def __aenter__(self) -> "QueryService":
        asyncio.get_running_loop().call_later(_LATER, self.lanes.refill)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    async def _turn(self, client: str, deadline: float) -> Lease:
        try:
            async with asyncio.timeout_at(deadline):
                return await self.lanes.lease(client)
        except TimeoutError as error:
            raise QueryTimeout("other queries left no time for this one; ask again later") from error

    async def _asked(
        self, lease: Lease, posed: Posed, queue: float, began: float, seconds: float
    ) -> tuple[Answer | Streaming | QueryError | InvalidArgument, Pointer]:
        """The answer, or the error in its place after which the process is as good as new, and of which snapshot."""
        question, pointer = posed.question, posed.pointer
        try:
            async with asyncio.timeout_at(began + seconds):
                for _ in range(_ATTEMPTS):
                    head = await lease.process.ask(self._request(question, pointer, seconds))
                    if head.get("error") != "gone":  # else replaced and deleted since the pointer was read
                        break
                    pointer = self.pointer()
                if "error" in head:
                    return _error(str(head["error"]), str(head["message"]), question.query), pointer
                return await _received(lease, head, queue, began + seconds), pointer
        except TimeoutError as error:
            raise QueryTimeout(
                f"the query was stopped after {seconds:g} s; ask for less, or name more of what is known"
            ) from error
        except Ended as error:
            raise lease.refused or QueryTimeout(
                f"the query was stopped: it needs more than {self._memory >> 20} MiB of memory, or is nested too "
                "deeply; ask for less"
            ) from error

    def _request(self, question: Question, pointer: Pointer, seconds: float) -> dict[str, object]:
        rows = self._limit(question)
        limited = _OWN_LIMIT.search(question.query)
        streams = rows is None or (limited is not None and int(limited[1]) <= rows)
        return {
            "snapshot": self._path(pointer),
            "query": question.query,
            "base": question.base,
            "default_graphs": question.default_graphs,
            "named_graphs": question.named_graphs,
            "formats": [wanted.media_type for wanted in question.formats],
            "rows": None if streams else rows,
            "largest": LARGEST_ANSWER,
            "memory": self._memory,
            "seconds": seconds + 5,
        }

    def _opening(self) -> dict[str, object] | None:
        pointer = self._watch.find()
        if pointer is None:
            return None
        return {"snapshot": self._path(pointer), "query": None, "memory": self._memory, "seconds": 60}

    def _path(self, pointer: Pointer) -> str:
        return os.path.join(self._snapshots, pointer.name)  # noqa: PTH118  # for every query

    def _limit(self, question: Question) -> int | None:
        stated = [rows for rows in (self._rows, question.rows) if rows is not None]
        return min(stated, default=None)

    def _key(self, question: Question, pointer: Pointer) -> Key | None:
        if VARYING.search(question.query):
            return None
        asked = (
            question.query,
            question.base,
            question.default_graphs,
            question.named_graphs,
            tuple(wanted.name for wanted in question.formats),
            self._limit(question),
        )
        return Key(pointer.hash, sha256(repr(asked).encode(errors="surrogatepass")).hexdigest())


async def _received(lease: Lease, head: Head, queue: float, deadline: float) -> Answer | Streaming:
    media_type, truncated = str(head["media_type"]), head.get("truncated")
    length, engine = head.get("length"), head["milliseconds"]
    assert isinstance(engine, float)  # noqa: S101  # the worker's own protocol
    assert length is None or isinstance(length, int)  # noqa: S101
    assert truncated is None or isinstance(truncated, str)  # noqa: S101
    if length is None or length > LARGEST_WHOLE:
        return Streaming(media_type, length, truncated, engine, queue, lease, deadline)
    body = await lease.process.body(length, shared="shared" in head)
    return Answer(media_type, body, truncated, engine, queue)


def _error(error: str, message: str, query: str) -> QueryError | InvalidArgument:
    match error:
        case "syntax":
            return syntax_error(message, query)
        case "format":
            return InvalidArgument("format", "none that fits", f"for this query one of {message}")
        case "size":
            return QueryTimeout(f"the query was stopped: its answer exceeds {int(message) >> 20} MiB; add a LIMIT")
        case "memory":
            return QueryTimeout("the query was stopped at its limit of memory; ask for less")
        case "later":
            return QueryTimeout(message)
        case "gone":
            return QueryError("the graph is being replaced too fast to be read; ask again")
        case _:
            return QueryError(f"the query failed: {message}")
