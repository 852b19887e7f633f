"""The tests of the protocols put to a served store."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from pyoxigraph import RdfFormat
from realserver import Got

from conformance.answers import Answer, Rows, Triples, Truth, read
from conformance.cases import Case, Kind
from conformance.comparing import same
from conformance.exchanges import Exchange, conversation
from conformance.judging import Outcome, Verdict
from conformance.served import QUERY, UPDATE, Served

HOST: Final = "www.example"
"""The host that the tests speak to: it is sent as `Host`, so that addresses and IRIs of graphs agree."""

_FORMS: Final = {"boolean": Truth, "tabular": Rows, "RDF": Triples}


def converse(suites: Path, case: Case, target: Served) -> Verdict:
    """How a served store does in a test of the protocol or of the graph store protocol."""
    told = conversation(suites, case)
    target.fill(told.data)
    signs: dict[str, str] = {}
    for number, exchange in enumerate(told.exchanges, 1):
        sent = _addressed(case, exchange, signs)
        body = exchange.body if case.kind is Kind.PROTOCOL or exchange.body is None else _ours(exchange.body)
        got = target.send(exchange.method, sent, {"Host": HOST, **dict(exchange.headers)}, body)
        wrong = _find_wrong(exchange, got, f"http://{HOST}{sent}")
        if wrong is not None:
            return Verdict(case, Outcome.FAILED, f"request {number}, {exchange.method} {sent}: {wrong}")
        if exchange.expected.location is not None:
            signs[exchange.expected.location] = got.headers["location"]
    return Verdict(case, Outcome.PASSED)


def _addressed(case: Case, exchange: Exchange, signs: Mapping[str, str]) -> str:
    """The path of the tests turned into ours."""
    path = exchange.path
    for sign, value in signs.items():
        path = path.replace(sign, value)
    if path.startswith("http"):
        path = urlsplit(path).path
    if case.kind is Kind.GRAPH_STORE:
        return _ours(path.encode()).decode()
    stated = dict(exchange.headers).get("content-type", "")
    asks = stated.startswith(QUERY) or (not stated.startswith(UPDATE) and "update" not in case.name)
    return re.sub(r"^/sparql/", "/sparql" if asks else "/update", path)


def _ours(message: bytes) -> bytes:
    return re.sub(rb"(/|%2F)gsp\b", rb"\1store", message)


def _find_wrong(exchange: Exchange, got: Got, base: str) -> str | None:
    """What is not as it must be."""
    expected = exchange.expected
    if not any(got.status in statuses for statuses in expected.statuses):
        return f"status {got.status}: {got.body[:200].decode(errors='replace')}"
    if expected.location is not None and "location" not in got.headers:
        return "no Location"
    for name, value in expected.headers:
        if not _agrees(got.headers.get(name, ""), value):
            return f"{name} is {got.headers.get(name)!r} for {value!r}"
    if expected.body is not None:
        hoped = read(_ours(expected.body.encode()), RdfFormat.TURTLE.media_type, base)
        if not _same_graph(hoped, read(got.body, got.headers["content-type"], base)):
            return f"the graph is {got.body.decode()!r}"
    if expected.form is not None:
        found = read(got.body, got.headers.get("content-type", ""), base)
        if not isinstance(found, _FORMS[expected.form]):
            return f"answered with {type(found).__name__} for {expected.form}"
        if expected.truth is not None and found != Truth(expected.truth):
            return f"answered {found}"
    return None


def _agrees(got: str, hoped: str) -> bool:
    """Whether two headers say the same; names of charsets have no case."""
    return got.lower().replace(" ", "") == hoped.lower().replace(" ", "")


def _same_graph(hoped: Answer, found: Answer) -> bool:
    return isinstance(hoped, Triples) and isinstance(found, Triples) and same(hoped.rows, found.rows)
