"""The graph as it is now: the network of the published snapshot, and what every answer from it carries."""

import asyncio
import gc
import time
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Final, TypeAlias

from fastapi import Depends, Request, Response

from api.models import Wire
from api.problems import NotModified
from graph.dumping import default_digest
from graph.network import Network
from graph.store import Snapshot, published
from ontology.errors import StoreError, StoreMissing

CHECK_EVERY: Final = 0.25
"""Seconds between two looks at what is published."""


class CurrentGraph:
    """The newest published network of one data folder.

    A newer snapshot is loaded in a thread by the first request that comes after it was published; requests that
    come meanwhile are answered from the one before. Where only named graphs changed the network stays the same one.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._network: Network | None = None
        self._digest = b""
        self._published: str | None = None
        self._looked = float("-inf")
        self._loading = asyncio.Lock()

    @property
    def loaded(self) -> Network | None:
        """The network that was loaded last, without waiting for any."""
        return self._network

    async def network(self) -> Network:
        """The network.

        Raises:
            StoreMissing: nothing was published in the folder yet.
        """
        due = time.monotonic() - self._looked >= CHECK_EVERY
        if self._network is None or (due and not self._loading.locked()):
            async with self._loading:
                self._looked = time.monotonic()
                newest = published(self.folder)
                if newest is not None and newest != self._published:
                    former = self._network
                    network, self._digest = await asyncio.to_thread(_load, self.folder, former, self._digest)
                    if former is None or network.claims is not former.claims:
                        _spare_from_collection()
                    self._network, self._published = network, newest
        if self._network is None:
            raise StoreMissing(f"nothing was ingested into {self.folder} yet; run: etiograph ingest PATH…")
        return self._network

    def look_again(self) -> None:
        """Let the next request see what was published just now."""
        self._looked = float("-inf")

    async def warm(self) -> None:
        """Load what is published, if anything is; an error is left to the first request."""
        with suppress(StoreError):
            await self.network()


def _spare_from_collection() -> None:
    """Keep the garbage collector from looking through the network, millions of objects that stay, again and again."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()


def _load(folder: Path, former: Network | None, digest: bytes) -> tuple[Network, bytes]:
    """The network and the digest of what it is made from, given those that were there before."""
    with Snapshot.open(folder) as snapshot:
        now = default_digest(snapshot)
        if former is not None and now == digest:
            return former.at(snapshot.hash), now
        return Network.load(snapshot), now


@dataclass(frozen=True, slots=True)
class Reading:
    """One request's view of the graph: the network and the tag of the answer."""

    network: Network
    etag: str

    def send(self, answer: Wire) -> Response:
        """The answer as JSON, with its tag."""
        headers = {"ETag": self.etag, "Cache-Control": "no-cache"}
        return Response(answer.encode(), media_type="application/json", headers=headers)


async def reading(request: Request) -> Reading:
    """The graph as it is for this request.

    Raises:
        StoreMissing: nothing was published yet.
        NotModified: the client has the answer already.
    """
    current: CurrentGraph = request.app.state.current
    network = await current.network()
    etag = tag_of(request, network.hash)
    check_unchanged(request, etag)
    return Reading(network, etag)


def check_unchanged(request: Request, etag: str) -> None:
    """Pass over an answer that the client does not have.

    Raises:
        NotModified: it has the one with this tag.
    """
    known = {tag.strip().removeprefix("W/") for tag in request.headers.get("if-none-match", "").split(",")}
    if etag in known:
        raise NotModified(etag)


def tag_of(request: Request, hash: str) -> str:
    """The entity tag of the answer to this request from the graph with this hash."""
    asked = f"{request.app.version} {request.url.path}?{request.url.query} {request.headers.get('accept', '')}"
    return f'"{hash[:16]}-{sha256(asked.encode()).hexdigest()[:8]}"'


Current: TypeAlias = Annotated[Reading, Depends(reading)]
"""A parameter of an endpoint that reads the graph."""
