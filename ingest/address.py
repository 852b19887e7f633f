"""Addresses to what a server holds there, for someone who asks on the command line.

Time, size and redirections are bounded, whatever the server does: it may drip, never end, or send a small body that
grows without end. The command line alone leads here; nothing that others send over the network ever does, so that a
user may name an address of his own network. A server may not send him there: a redirection from a public address to a
private one is refused.
"""

import asyncio
import re
import socket
import zlib
from dataclasses import dataclass
from email.message import Message
from importlib.metadata import version
from ipaddress import ip_address
from typing import Final

import httpx2

from ingest.files import MAX_BYTES, too_large
from ontology.errors import UnreadableArticle

ADDRESS: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
"""How an address begins and a path does not."""

FORMATS: Final[dict[str, str]] = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/plain": "text",
    "text/markdown": "markdown",
    "text/x-markdown": "markdown",
    "application/xml": "jats",
    "text/xml": "jats",
    "application/jats+xml": "jats",
    "application/vnd.jats+xml": "jats",
}
"""What a server may say it sends → format."""

_CORPORA: Final = ("application/jsonl", "application/x-ndjson", "application/x-jsonlines", "application/jsonlines")
_ACCEPTED: Final = ", ".join(FORMATS)
_GZIP_OR_ZLIB: Final = 47
"""zlib's number for "either, by the header"."""

_REDIRECTIONS: Final = frozenset((301, 302, 303, 307, 308))
_OK: Final = 200


@dataclass(frozen=True, slots=True)
class Bounds:
    """The most that is waited for, in seconds, and taken."""

    connect: float = 10
    read: float = 20
    total: float = 60
    size: int = MAX_BYTES
    redirections: int = 5


@dataclass(frozen=True, slots=True)
class Fetched:
    """What was found: `url` is where it was in the end; `format` and `charset` are what the server says of it."""

    content: bytes
    url: str
    format: str
    charset: str | None


def fetch(url: str, *, bounds: Bounds | None = None) -> Fetched:
    """What the server holds at `url`.

    Raises:
        UnreadableArticle: there is no answer, not in time, not with an article, too large, or it leads elsewhere
            than the user meant; the reason says which.
    """
    bounds = bounds or Bounds()
    try:
        return asyncio.run(_within(url, bounds))
    except TimeoutError as error:
        reason = f"not finished within {bounds.total:g} seconds; try again, or save it with a browser and give the file"
        raise UnreadableArticle(url, reason) from error
    except httpx2.ConnectTimeout as error:
        raise UnreadableArticle(
            url, f"no connection within {bounds.connect:g} seconds; is the address right?"
        ) from error
    except httpx2.TimeoutException as error:
        raise UnreadableArticle(url, f"no answer for {bounds.read:g} seconds; try again later") from error
    except (httpx2.InvalidURL, httpx2.UnsupportedProtocol, httpx2.LocalProtocolError, UnicodeError) as error:
        raise UnreadableArticle(url, f"no address that can be asked ({error})") from error
    except httpx2.ConnectError as error:
        reason = f"no connection ({error}); check the address and the network"
        raise UnreadableArticle(url, reason) from error
    except (httpx2.TransportError, zlib.error) as error:
        raise UnreadableArticle(url, f"the answer broke off or cannot be read ({error}); try again") from error


async def _within(url: str, bounds: Bounds) -> Fetched:
    async with asyncio.timeout(bounds.total):
        return await _fetch(url, bounds)


async def _fetch(url: str, bounds: Bounds) -> Fetched:
    waits = httpx2.Timeout(bounds.read, connect=bounds.connect)
    headers = {
        "User-Agent": f"etiograph/{version('etiograph')}",
        "Accept": f"{_ACCEPTED}, */*;q=0.1",
        "Accept-Encoding": "gzip",
    }
    at = _asked(url, url)
    at_home = await _is_private(at)
    async with httpx2.AsyncClient(timeout=waits, headers=headers, follow_redirects=False) as client:
        for _ in range(bounds.redirections + 1):
            async with client.stream("GET", at) as response:
                if response.status_code not in _REDIRECTIONS or "location" not in response.headers:
                    return await _answer(url, response, bounds)
                at = _asked(url, str(at.join(response.headers["location"])))
            if not at_home and await _is_private(at):
                reason = (
                    f"redirected to {at}, an address of a private network; give that address yourself if you mean it"
                )
                raise UnreadableArticle(url, reason)
    reason = f"redirected more than {bounds.redirections} times, last to {at}; give the address where the article is"
    raise UnreadableArticle(url, reason)


async def _answer(url: str, response: httpx2.Response, bounds: Bounds) -> Fetched:
    if response.status_code != _OK:
        status = f"{response.status_code} {response.reason_phrase}".strip()
        raise UnreadableArticle(url, f"the server answers {status}; check the address")
    sent = Message()
    sent["content-type"] = response.headers.get("content-type", "")
    sort = sent.get_content_type() if response.headers.get("content-type") else "nothing of its kind"
    if sort in _CORPORA:
        raise UnreadableArticle(url, f"a corpus ({sort}); download it and give the file")
    if sort not in FORMATS:
        reason = f"the server says it sends {sort}, which is not read from an address; read are {_ACCEPTED}"
        raise UnreadableArticle(url, reason)
    charset = sent.get_param("charset")
    stated = charset if isinstance(charset, str) and charset else None
    return Fetched(await _content(url, response, bounds), str(response.url), FORMATS[sort], stated)


async def _content(url: str, response: httpx2.Response, bounds: Bounds) -> bytes:
    """The body, unpacked no further than the limit."""
    packing = response.headers.get("content-encoding", "identity").strip().lower() or "identity"
    if packing not in {"identity", "gzip", "x-gzip", "deflate"}:
        raise UnreadableArticle(url, f"the server packs its answer as {packing!r}, which was not asked for")
    content = bytearray()
    unpacking = zlib.decompressobj(_GZIP_OR_ZLIB)
    async for piece in response.aiter_raw():
        content += piece if packing == "identity" else unpacking.decompress(piece, bounds.size + 1 - len(content))
        if len(content) > bounds.size:
            raise too_large(url, f"more than {bounds.size:,} bytes")
    if packing != "identity" and not unpacking.eof:
        raise UnreadableArticle(url, "the answer broke off; try again")
    return bytes(content)


def _asked(url: str, target: str) -> httpx2.URL:
    """The address to ask, if it is one of the web."""
    address = httpx2.URL(target)
    if address.scheme not in {"http", "https"} or not address.host:
        said = "" if target == url else f"redirected to {target}: "
        raise UnreadableArticle(url, f"{said}only http:// and https:// addresses are fetched")
    return address


async def _is_private(address: httpx2.URL) -> bool:
    """Tell an address of the user's own machine or network; one whose name is unknown here is none."""
    loop = asyncio.get_running_loop()
    try:
        found = await loop.getaddrinfo(address.host, address.port or 0, type=socket.SOCK_STREAM)
    except OSError:
        return False
    return any(not ip_address(str(each[4][0]).partition("%")[0]).is_global for each in found)
