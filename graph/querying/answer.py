"""The answer to a SPARQL query, whole or still on its way from the process that makes it."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

from graph.querying.lanes import Lease
from graph.querying.process import Ended
from ontology.errors import QueryTimeout


@dataclass(frozen=True, slots=True)
class Answer:
    """What a query answers, serialised.

    `truncated` is "rows" or "bytes" where a limit cut it, else None; `engine` and `queue` are the milliseconds that
    the engine took until the first byte and that the query waited for its turn, None where the answer was kept.
    """

    media_type: str
    body: bytes
    truncated: str | None = None
    engine: float | None = None
    queue: float | None = None


@dataclass(slots=True)
class Streaming:
    """An answer that is too large to be held, as an asynchronous context manager around an iterator of its parts.

    `length` is the number of bytes where it is known already. Leaving early ends the process that makes the answer.
    """

    media_type: str
    length: int | None
    truncated: str | None
    engine: float
    queue: float
    lease: Lease = field(repr=False)
    deadline: float = field(repr=False)

    async def __aenter__(self) -> AsyncIterator[bytes]:
        return self._parts()

    async def __aexit__(self, *_: object) -> None:
        self.lease.release(keep=False)

    async def _parts(self) -> AsyncIterator[bytes]:
        """The parts.

        Raises:
            QueryTimeout: the limit of time or memory came before the end.
        """
        parts = self.lease.process.parts(self.length)
        try:
            while True:
                async with asyncio.timeout_at(self.deadline):
                    part = await anext(parts, b"")
                if not part:
                    break
                yield part
        except (TimeoutError, Ended) as error:
            raise QueryTimeout("the answer broke off: the query was stopped at its limit of time or memory") from error
        self.lease.release(keep=True)
