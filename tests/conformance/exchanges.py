"""The tests of the protocols: requests and what must come back, as the manifests describe them in RDF (HTTP in RDF)."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pyoxigraph import NamedNode

from conformance.cases import Case, Dataset, Kind
from conformance.documents import Described, Term, text
from conformance.manifests import MF, UT, manifest, named_document

HT: Final = "http://www.w3.org/2011/http#"
CNT: Final = "http://www.w3.org/2011/content#"

_STATUSES: Final = {
    "OK": range(200, 201),
    "Created": range(201, 202),
    "NoContent": range(204, 205),
    "NotFound": range(404, 405),
    "StatusCode2xx": range(200, 300),
    "StatusCode3xx": range(300, 400),
    "StatusCode4xx": range(400, 500),
}


@dataclass(frozen=True, slots=True)
class Expected:
    """What must come back; `location` is the sign by which later requests name the Location of this answer."""

    statuses: tuple[range, ...]
    truth: bool | None = None
    form: str | None = None
    headers: tuple[tuple[str, str], ...] = ()
    body: str | None = None
    location: str | None = None


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request and what it must bring."""

    method: str
    path: str
    headers: tuple[tuple[str, str], ...]
    body: bytes | None
    expected: Expected


@dataclass(frozen=True, slots=True)
class Conversation:
    """The exchanges of a test in their order, and the dataset before the first."""

    data: Dataset
    exchanges: tuple[Exchange, ...]


def conversation(suites: Path, case: Case) -> Conversation:
    """What a test of a protocol says."""
    direct = case.kind is Kind.GRAPH_STORE and case.name.endswith("_direct")
    files = {Kind.PROTOCOL: ("manifest",), Kind.GRAPH_STORE: ("manifest-direct" if direct else "manifest-indirect",)}
    read, _ = manifest(suites, case.suite, f"{case.group}/{files[case.kind][0]}.ttl")
    (entry,) = (one for one in read.having(MF + "action") if text(one).endswith("#" + case.name))
    data = Dataset(
        named=tuple(named_document(suites, case.suite, read, one, UT) for one in read.all(entry, UT + "graphData"))
    )
    requests = read.items(read.get(read.get(entry, MF + "action"), HT + "requests"))
    return Conversation(data, tuple(_exchange(read, one) for one in requests))


def _exchange(read: Described, request: Term) -> Exchange:
    body = read.find(request, HT + "body")
    response = read.get(request, HT + "resp")
    content = read.find(response, HT + "body")
    truth, form = read.find(response, MF + "expectedBoolean"), read.find(response, MF + "expectedFormat")
    location = read.find(response, MF + "expectedLocation")
    return Exchange(
        text(read.get(request, HT + "methodName")),
        text(read.get(request, HT + "absolutePath")),
        _headers(read, request),
        None
        if body is None
        else text(read.get(body, CNT + "chars")).encode(text(read.get(body, CNT + "characterEncoding"))),
        Expected(
            tuple(_STATUSES[text(one).rpartition("#")[2]] for one in read.all(response, MF + "expectedStatus")),
            None if truth is None else text(truth) == "true",
            None if form is None else text(form),
            _headers(read, response),
            None if content is None else text(read.get(content, CNT + "chars")),
            None if location is None else text(location),
        ),
    )


def _headers(read: Described, message: Term) -> tuple[tuple[str, str], ...]:
    listed = read.find(message, HT + "headers")
    if listed is None or listed == NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#nil"):
        return ()
    return tuple(
        (text(read.get(one, HT + "fieldName")), text(read.get(one, HT + "fieldValue"))) for one in read.items(listed)
    )
