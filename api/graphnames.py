"""Which graph a request to `/store` is about: one that a parameter names, the default graph, or the address itself."""

import secrets
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from fastapi import Request

from api.bodies import check_iri
from api.problems import Refused

STORE: Final = "/store"

_KNOWN: Final = ("graph", "default", "format")


@dataclass(frozen=True, slots=True)
class Target:
    """The graph that a request is about, None for the default graph, and the base of relative IRIs in a body."""

    graph: str | None
    base: str


def get_target(request: Request) -> Target:
    """The graph that the request names.

    Raises:
        Refused: 400, it names none or several, or by what is no absolute IRI, or has another parameter.
    """
    target = find_target(request)
    if target is None:
        raise Refused(400, "no graph is named; add ?graph=IRI, or ?default for the default graph")
    return target


def find_target(request: Request) -> Target | None:
    """The graph that the request names, None where it names none; raises otherwise what `get_target` does."""
    given = request.query_params.multi_items()
    for name, _ in given:
        if name not in _KNOWN:
            raise Refused(400, f"unknown parameter {name[:80]!r}; known: {', '.join(_KNOWN)}")
    graphs = [value for name, value in given if name == "graph"]
    is_default = any(name == "default" for name, _ in given)
    is_direct = request.url.path.rstrip("/") != STORE
    if len(graphs) + is_default + is_direct > 1:
        raise Refused(400, "several graphs are named; name one by ?graph=IRI, by ?default or by the address itself")
    if graphs:
        check_iri("graph", graphs[0])
        return Target(graphs[0], graphs[0])
    if is_default:
        return Target(None, _address(request, STORE))
    if not is_direct:
        return None
    itself = _address(request, (request.scope.get("raw_path") or quote(request.url.path).encode()).decode("ascii"))
    return Target(itself, itself)


def new_target(request: Request) -> Target:
    """A graph that nobody has named before; its IRI is an address of this server at which it can be read."""
    itself = f"{_address(request, STORE)}/{secrets.token_hex(8)}"
    return Target(itself, itself)


def _address(request: Request, path: str) -> str:
    address = f"{request.url.scheme}://{request.url.netloc}{path}"
    check_iri("the address", address)
    return address
