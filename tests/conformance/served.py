"""A served store, asked and changed over HTTP as any client would, with a token."""

import json
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from pyoxigraph import DefaultGraph, Quad, QueryResultsFormat, RdfFormat
from realserver import Got, get, send, serving

from api.scopes import Scope
from api.tokens import Tokens
from conformance.answers import Row, Rows, read
from conformance.cases import Dataset
from conformance.documents import dataset_quads
from conformance.targets import Malformed, Refused, Reply

QUERY: Final = "application/sparql-query"
UPDATE: Final = "application/sparql-update"

_ALL: Final = "SELECT ?s ?p ?o ?z { { ?s ?p ?o } UNION { GRAPH ?z { ?s ?p ?o } } }"
_MALFORMED: Final = "query-syntax-error"


class Served:
    """The endpoints at an address. What was filled in is kept until another dataset is asked for, or it was changed."""

    def __init__(self, address: str, token: str) -> None:
        self.address = address
        self._token = token
        self._held: Dataset | None = None

    def send(self, method: str, path: str, headers: Mapping[str, str], body: bytes | None) -> Got:
        """The answer to a request with the token, which may change anything."""
        self._held = None
        authorized = {**headers, "Authorization": f"Bearer {self._token}"}
        return send(method, self.address + path, headers=authorized, body=body)

    def fill(self, dataset: Dataset) -> None:
        """Hold this dataset and nothing else, by one update."""
        if dataset == self._held:
            return
        created = "".join(f"CREATE SILENT GRAPH <{name}> ;\n" for name, _ in dataset.named)
        data = "".join(sorted(_written(quad) for quad in dataset_quads(dataset)))
        self.update(f"DROP ALL ;\n{created}INSERT DATA {{\n{data}}}", "")
        self._held = dataset

    def answer(self, query: str, base: str, formats: tuple[QueryResultsFormat, RdfFormat]) -> Reply:
        """The answer to a query that is sent directly."""
        accept = ", ".join(format.media_type for format in formats)
        headers = {"Content-Type": QUERY, "Accept": accept}
        got = send("POST", f"{self.address}/sparql", headers=headers, body=_based(query, base))
        _raise_for(got)
        return Reply(got.headers["content-type"], got.body)

    def update(self, update: str, base: str) -> None:
        """Carry it out."""
        _raise_for(self.send("POST", "/update", {"Content-Type": UPDATE}, _based(update, base)))

    def contents(self) -> Collection[Row]:
        """Every quad, by one query, so that blank nodes are the same in all of them."""
        json_results = QueryResultsFormat.JSON
        reply = self.answer(_ALL, "", (json_results, RdfFormat.TURTLE))
        found = read(reply.body, reply.media_type, "")
        assert isinstance(found, Rows)
        by_name = [dict(zip(found.variables, row, strict=True)) for row in found.rows]
        return [tuple(row[name] for name in "spoz") for row in by_name]


@contextmanager
def served(folder: Path) -> Iterator[Served]:
    """A store that holds nothing, served on loopback, with a token for it."""
    token = Tokens(folder).create("conformance", Scope.UPDATE)
    with serving(folder, "--empty") as (_, address):
        assert get(f"{address}/health/live")[0] == 200
        yield Served(address, token)


def _based(text: str, base: str) -> bytes:
    return f"BASE <{base}>\n{text}".encode() if base else text.encode()


def _written(quad: Quad) -> str:
    triple = f"{quad.subject} {quad.predicate} {quad.object} ."
    return f"{triple}\n" if isinstance(quad.graph_name, DefaultGraph) else f"GRAPH {quad.graph_name} {{ {triple} }}\n"


def _raise_for(got: Got) -> None:
    if got.status < 400:
        return
    problem = json.loads(got.body) if got.headers.get("content-type", "").endswith("json") else {}
    said = f"{got.status} {problem.get('detail', got.body[:200])}"
    raise Malformed(said) if str(problem.get("type", "")).endswith(_MALFORMED) else Refused(said)
