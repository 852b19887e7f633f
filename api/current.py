"""The graph as it is now: that of the published snapshot, and what every answer from it carries."""

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from threading import Thread
from typing import Annotated, Final, TypeAlias, TypeVar

from fastapi import Depends, Request, Response

from api.keptanswers import KeptAnswers
from api.models import Wire
from api.problems import NotModified
from api.written import encode
from graph.checkpoints import published
from graph.claimjson import Fields
from graph.ownmemory import give_back, own_memory
from graph.storednetwork import StoredNetwork
from ontology.claim import Concept
from ontology.errors import StoreError, StoreMissing

Found = TypeVar("Found")

CHECK_EVERY: Final = 0.25
"""Seconds between two looks at what is published."""

TEND_EVERY: Final = 1.0
"""Seconds between two looks at the memory of this process while it is asked nothing."""

MOST_MEMORY: Final = 160 << 20
"""Bytes that this process may have of its own before it opens the graph anew."""

_GROWTH: Final = 40 << 20
"""How much of that must have come since the graph was opened; what it had before would not go."""


class CurrentGraph:
    """The graph that is published in one data folder.

    A snapshot is opened by the first request that comes after it was published; that takes milliseconds. While the
    names of a newer one are indexed, requests are answered from the one before.

    The engine keeps what it read of a large store in memory, some 200 MB in each process, and has no setting for that.
    So the graph is opened anew once this process has more than `most_memory` of its own.
    """

    def __init__(self, folder: Path, *, most_memory: int = MOST_MEMORY) -> None:
        self.folder = folder
        self._most_memory = most_memory
        self._memory = 0
        self.kept = KeptAnswers()
        self._network: StoredNetwork | None = None
        self._looked = float("-inf")
        self._opening = asyncio.Lock()

    @property
    def opened(self) -> StoredNetwork | None:
        """The graph that was opened last, without waiting for any."""
        return self._network

    async def network(self) -> StoredNetwork:
        """The graph.

        Raises:
            StoreMissing: nothing was published in the folder yet.
        """
        due = time.monotonic() - self._looked >= CHECK_EVERY
        if self._network is None or (due and not self._opening.locked()):
            async with self._opening:
                self._looked = time.monotonic()
                newest = published(self.folder)
                former = self._network
                if newest is not None and (former is None or newest != former.snapshot.name or await self._is_full()):
                    self._network = await _opened(self.folder, former)
                    del former
                    await asyncio.to_thread(give_back)
                    self._memory = own_memory()
        if self._network is None:
            raise StoreMissing(f"nothing was ingested into {self.folder} yet; run: etiograph ingest PATH…")
        return self._network

    async def _is_full(self) -> bool:
        """Whether there is too much memory of this process, and what was only kept for later is not why."""
        if not self._exceeds():
            return False
        await asyncio.to_thread(give_back)
        return self._exceeds()

    def _exceeds(self) -> bool:
        own = own_memory()
        return own > self._most_memory and own - self._memory > _GROWTH

    async def tend(self) -> None:
        """Give back what the last answers took even if no other question comes; until it is cancelled."""
        while True:
            await asyncio.sleep(TEND_EVERY)
            with suppress(StoreError, OSError):  # which the next question tells, or the next look
                if self._network is not None and self._exceeds():
                    await self.network()

    def look_again(self) -> None:
        """Let the next request see what was published just now."""
        self._looked = float("-inf")

    async def warm(self) -> None:
        """Open what is published, if anything is, and its names; an error is left to the first request."""
        with suppress(StoreError):
            network = await self.network()
            await asyncio.to_thread(_prepare, network)


async def _opened(folder: Path, former: StoredNetwork | None) -> StoredNetwork:
    """The graph that is published now, as ready to answer as the one before was.

    No thread is given the one before, which it would hold a little longer than this does: memory that is not let go
    when it is given back stays.
    """
    network = await asyncio.to_thread(StoredNetwork.open, folder)
    if former is not None:
        network.take_over(former)
        if former.lexicon.prepared:
            await asyncio.to_thread(_prepare, network)
    return network


def _prepare(network: StoredNetwork) -> None:
    """Open the names; where they are many and were not made yet, only those who ask for one wait for them."""
    names = network.lexicon
    if names.at_hand:
        names.prepare()
    else:
        Thread(target=names.prepare, daemon=True).start()  # a server that stops meanwhile stops


@dataclass(frozen=True, slots=True)
class Reading:
    """One request's view of the graph, and the tag of the answer."""

    network: StoredNetwork
    etag: str
    kept: KeptAnswers | None = None
    asked: str = ""

    def find_kept(self) -> bytes | None:
        """The answer, if it was given before and is kept."""
        return None if self.kept is None else self.kept.find(self.network.hash, self.asked)

    async def concept(self, asked: str) -> Concept:
        """The concept with this CURIE, IRI, exactly mapped CURIE or name; others are answered while names are indexed.

        Raises:
            UnknownConcept: nothing is called so; carries up to three near names.
            AmbiguousName: more than one concept is.
        """
        names = self.network.lexicon
        return names.get(asked) if names.prepared else await asyncio.to_thread(names.get, asked)

    async def ask(self, question: Callable[[], Found], *, quick: bool) -> Found:
        """The answer to the question, which takes no time where it is quick and links lie in arrays.

        Others are answered while it is looked for otherwise.
        """
        if quick and self.network.arrays() is not None:
            return question()
        return await asyncio.to_thread(question)

    def send(self, answer: Wire | Fields | bytes) -> Response:
        """The answer as JSON, with its tag."""
        match answer:
            case bytes():
                content = answer
            case Wire():
                content = answer.encode()
            case _:
                content = encode(answer)
        if self.kept is not None:
            self.kept.keep(self.network.hash, self.asked, content)
        return as_json(content, self.etag)


async def reading(request: Request) -> Reading:
    """The graph as it is for this request, whose answer the client does not have.

    Raises:
        StoreMissing: nothing was published yet.
        NotModified: the client has the answer already.
    """
    found = await view(request)
    check_unchanged(request, found.etag)
    return found


async def view(request: Request) -> Reading:
    """The graph as it is for this request.

    Raises:
        StoreMissing: nothing was published yet.
    """
    current: CurrentGraph = request.app.state.current
    network = await current.network()
    asked = _asked(request)
    return Reading(network, _tag(network.hash, asked), current.kept, asked)


def check_unchanged(request: Request, etag: str) -> None:
    """Pass over an answer that the client does not have.

    Raises:
        NotModified: it has the one with this tag.
    """
    known = {tag.strip().removeprefix("W/") for tag in request.headers.get("if-none-match", "").split(",")}
    if etag in known:
        raise NotModified(etag)


def tag_of(request: Request, hash: str, body: bytes = b"") -> str:
    """The entity tag of the answer to this request, with this body, from the graph with this hash."""
    return _tag(hash, _asked(request), body)


def _tag(hash: str, asked: str, body: bytes = b"") -> str:
    return f'"{hash[:16]}-{sha256(asked.encode() + body).hexdigest()[:8]}"'


def _asked(request: Request) -> str:
    """What the answer depends on, beside the graph and a body. No query has a space, and no header a new line."""
    scope, accepted = request.scope, request.headers.get("accept", "")
    return f"{request.app.version} {scope['query_string'].decode('latin-1')} {accepted}\n{scope['path']}"


def as_json(content: bytes, etag: str) -> Response:
    """The response with this JSON and its tag."""
    headers = {"ETag": etag, "Cache-Control": "no-cache"}
    return Response(content, media_type="application/json", headers=headers)


Current: TypeAlias = Annotated[Reading, Depends(reading)]
"""A parameter of an endpoint that reads the graph."""
