"""A real server over the toy graph, with tokens for it: for tests of what is written over HTTP."""

import base64
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from realserver import Got, get, send, serving
from toystore import store_toy

from api.scopes import Scope
from api.tokens import Tokens
from graph.checkpoints import find_pointer

DIRECT = "application/sparql-update"
INSERT = "INSERT DATA { GRAPH <http://example.org/g> { <http://example.org/s> <http://example.org/p> 1 } }"


@dataclass(frozen=True, slots=True)
class Served:
    """A server over a store of the toy graph, and tokens for it by scope."""

    address: str
    folder: Path
    tokens: dict[Scope, str]

    @property
    def hash(self) -> str:
        """Of the graph that is published."""
        pointer = find_pointer(self.folder)
        assert pointer is not None
        return pointer.hash

    def post(
        self,
        body: bytes | str | Iterator[bytes] | None,
        *,
        kind: str | None = DIRECT,
        query: str = "",
        token: str | None = None,
        headers: dict[str, str] | None = None,
    ) -> Got:
        """The answer to a POST to `/update` with the token that may."""
        given = {"Authorization": f"Bearer {token or self.tokens[Scope.UPDATE]}", **(headers or {})}
        return send(
            "POST", f"{self.address}/update{query}", headers=given | ({"Content-Type": kind} if kind else {}), body=body
        )

    def ask(self, query: str) -> bool:
        """The truth value of an ASK."""
        got = send("GET", f"{self.address}/sparql?query={quote(query)}")
        return bool(json.loads(got.body)["boolean"])


@contextmanager
def toy_served(folder: Path) -> Iterator[Served]:
    """A server over a new store of the toy graph in this folder, with a token of each scope."""
    store_toy(folder)
    tokens = Tokens(folder)
    made = {scope: tokens.create(scope, scope) for scope in Scope}
    with serving(folder) as (_, address):
        assert get(f"{address}/health/ready")[0] == 200
        yield Served(address, folder, made)


def basic(password: str, user: str = "any") -> str:
    """A header that sends the password."""
    return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()
