"""The Graph Store Protocol at `/store`, against the real server over a store that began with nothing."""

import json
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from pyoxigraph import CanonicalizationAlgorithm, Dataset, RdfFormat, parse
from realserver import Got, get, send, serving

from api.scopes import Scope
from api.settings import LARGEST_GRAPH
from api.tokens import Tokens
from graph.checkpoints import find_pointer
from graph.store import make_empty

TURTLE, NTRIPLES = "text/turtle", "application/n-triples"
G = "http://example.org/g"
ONE = "<http://example.org/s> <http://example.org/p> 1 ."


@dataclass(frozen=True, slots=True)
class Served:
    """A server over a store, and a token that may write to it."""

    address: str
    folder: Path
    token: str

    @property
    def hash(self) -> str:
        """Of the graph that is published."""
        pointer = find_pointer(self.folder)
        assert pointer is not None
        return pointer.hash

    def send(self, method: str, path: str, body: bytes | str | None = None, *, kind: str | None = TURTLE) -> Got:
        """The answer to a write to `/store` and what follows it."""
        headers = {"Authorization": f"Bearer {self.token}"}
        return send(
            method, f"{self.address}/store{path}", headers=headers | ({"Content-Type": kind} if kind else {}), body=body
        )

    def read(self, path: str, accept: str = NTRIPLES, **headers: str) -> Got:
        """What is read there."""
        return send("GET", f"{self.address}/store{path}", headers={"Accept": accept, **headers})


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("graphs")
    make_empty(folder)
    with serving(folder, "--empty") as (_, address):
        assert get(f"{address}/health/ready")[0] == 200
        yield Served(address, folder, Tokens(folder).create("me", Scope.UPDATE))


@pytest.fixture(autouse=True)
def _fresh(served: Served) -> None:
    headers = {"Authorization": f"Bearer {served.token}", "Content-Type": "application/sparql-update"}
    assert send("POST", f"{served.address}/update", headers=headers, body="DROP ALL").status == 204


def named(iri: str) -> str:
    return f"?graph={quote(iri, safe='')}"


def same(one: bytes, other: str) -> bool:
    """Whether both are the same triples, whatever the blank nodes are called."""

    def canonical(text: bytes | str) -> Dataset:
        dataset = Dataset(parse(text, format=RdfFormat.N_TRIPLES))
        dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
        return dataset

    return canonical(one) == canonical(other)


@pytest.mark.parametrize("path", [named(G), "/person/1.ttl", "/"])
def test_a_graph_is_created_replaced_read_and_deleted(served: Served, path: str) -> None:
    if path == "/":
        path = named(served.address + "/store")
    assert served.read(path).status == 404
    assert served.send("HEAD", path).status == 404
    assert served.send("PUT", path, ONE).status == 201
    assert served.read(path).body.decode() == ONE.replace("1", '"1"^^<http://www.w3.org/2001/XMLSchema#integer>') + "\n"
    assert served.send("PUT", path, ONE.replace("1", "'two'")).status == 204
    assert served.read(path).body == b'<http://example.org/s> <http://example.org/p> "two" .\n'
    assert served.send("DELETE", path).status == 204
    assert (served.read(path).status, served.send("DELETE", path).status) == (404, 404)


def test_what_is_posted_is_merged_and_blank_nodes_stay_apart(served: Served) -> None:
    blank = "_:b <http://example.org/p> 'x' ."
    assert [served.send("POST", named(G), blank).status for _ in range(2)] == [201, 204]
    assert same(
        served.read(named(G)).body, blank.replace("'", '"') + "\n" + blank.replace("_:b", "_:c").replace("'", '"')
    )


def test_a_graph_that_nobody_named_gets_a_name_that_is_its_address(served: Served) -> None:
    got = served.send("POST", "", "<> <p> <x> .")
    location = got.headers["location"]
    assert (got.status, location.rpartition("/")[0]) == (201, f"{served.address}/store")
    triple = f"<{location}> <{served.address}/store/p> <{served.address}/store/x> .\n"
    for path in (named(location), location.removeprefix(f"{served.address}/store")):
        assert served.read(path).body.decode() == triple
    assert served.send("POST", "/", "<> <p> <x> .").headers["location"] != location


@pytest.mark.parametrize(
    ("path", "base"),
    [
        (named("http://example.org/a/b"), "http://example.org/a/"),
        ("/a/b.ttl", "{address}/store/a/"),
        ("?default", "{address}/"),
    ],
)
@pytest.mark.parametrize("method", ["PUT", "POST"])
def test_relative_iris_are_relative_to_the_graph(served: Served, path: str, base: str, method: str) -> None:
    assert served.send(method, path, "<x> <y> <z> .").status in (201, 204)
    base = base.format(address=served.address)
    assert served.read(path).body.decode() == f"<{base}x> <{base}y> <{base}z> .\n"


def test_the_default_graph_is_read_and_written_by_its_own_name(served: Served) -> None:
    assert served.read("?default").body == b""
    assert [served.send("PUT", "?default", ONE).status, served.send("POST", "?default=", ONE).status] == [204, 204]
    assert served.read("?default").body.count(b"\n") == 1
    assert served.read(named(G)).status == 404
    assert served.send("DELETE", "?default").status == 204
    assert (served.read("?default").status, served.read("?default").body) == (200, b"")


def test_the_name_of_a_graph_is_decoded_once(served: Served) -> None:
    first, second = "?graph=http://example.org/%31", "?graph=http://example.org/%2531"
    assert served.send("PUT", first, ONE).status == 201
    assert served.send("PUT", second, ONE.replace("1", "2")).status == 201
    assert [b'"1"' in served.read(path).body for path in (first, named("http://example.org/1"), second)] == [
        True, True, False,
    ]  # fmt: skip
    assert served.send("PUT", "/%C3%BC%20x", ONE).status == 201
    assert served.read(named(f"{served.address}/store/%C3%BC%20x")).status == 200


def test_a_graph_may_be_called_service(served: Served) -> None:
    assert served.send("PUT", named("http://example.org/SERVICE"), ONE).status == 201
    assert served.read(named("http://example.org/SERVICE")).status == 200


FORM = "multipart/form-data; boundary=edge"


def form(*files: tuple[str, str]) -> str:
    rows = []
    for number, (kind, content) in enumerate(files):
        rows += ["--edge", f'Content-Disposition: form-data; name="f{number}"; filename="f{number}"']
        rows += [f"Content-Type: {kind}", "", content]
    return "\r\n".join([*rows, "--edge--", ""])


def test_the_files_of_a_form_are_added_together(served: Served) -> None:
    served.send("PUT", named(G), ONE)
    body = form((f"{TURTLE}; charset=utf-8", "_:b <http://e/p> 'a' ."), (NTRIPLES, '_:b <http://e/p> "b" .'))
    assert served.send("POST", named(G), body, kind=FORM).status == 204
    assert served.read(named(G)).body.count(b"\n") == 3
    assert same(
        served.read(named(G)).body,
        ONE.replace("1 .", '"1"^^<http://www.w3.org/2001/XMLSchema#integer> .')
        + '\n_:x <http://e/p> "a" .\n_:y <http://e/p> "b" .\n',
    )


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (form((TURTLE, ONE), (TURTLE, "<a> <b>")), FORM, 400),
        (form((TURTLE, ONE), ("application/trig", ONE)), FORM, 415),
        ("--edge\r\nContent-Disposition: form-data; name=a\r\n\r\nx\r\n--edge--\r\n", FORM, 400),
        ("no form", FORM, 400),
        (form((TURTLE, ONE)), "multipart/form-data", 400),
    ],
)
def test_a_form_is_added_whole_or_not_at_all(served: Served, body: str, kind: str, status: int) -> None:
    assert served.send("POST", named(G), body, kind=kind).status == status
    assert served.read(named(G)).status == 404


@pytest.mark.parametrize(
    ("media_type", "body"),
    [
        (TURTLE, "<http://e/s> <http://e/p> 'ü' ."),
        ("text/turtle; charset=utf-8", "<http://e/s> <http://e/p> 'ü' ."),
        ("application/x-turtle", "<http://e/s> <http://e/p> 'ü' ."),
        (NTRIPLES, '<http://e/s> <http://e/p> "ü" .'),
        ("application/ld+json", '{"@id": "http://e/s", "http://e/p": "ü"}'),
        (
            "application/rdf+xml",
            (
                '<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://e/">'
                '<r:Description r:about="http://e/s"><e:p>ü</e:p></r:Description></r:RDF>'
            ),
        ),
    ],
)
def test_every_format_of_a_graph_is_read(served: Served, media_type: str, body: str) -> None:
    assert served.send("PUT", named(G), body.encode(), kind=media_type).status == 201
    assert served.read(named(G)).body.decode() == '<http://e/s> <http://e/p> "ü" .\n'


@pytest.mark.parametrize(
    ("accept", "found"),
    [
        ("*/*", "text/turtle; charset=utf-8"),
        ("text/turtle", "text/turtle; charset=utf-8"),
        ("text/html,application/xhtml+xml,*/*;q=0.8", "text/turtle; charset=utf-8"),
        (NTRIPLES, NTRIPLES),
        ("application/rdf+xml", "application/rdf+xml"),
        ("application/ld+json, text/turtle;q=0.5", "application/ld+json"),
        ("application/n-quads", "application/n-quads"),
        ("application/trig", "application/trig"),
    ],
)
def test_a_graph_is_given_in_the_format_that_is_accepted(served: Served, accept: str, found: str) -> None:
    served.send("PUT", named(G), ONE)
    got = served.read(named(G), accept)
    known = RdfFormat.from_media_type(found.partition(";")[0])
    assert (got.status, got.headers["content-type"]) == (200, found)
    assert known is not None
    assert len(list(parse(got.body, format=known, base_iri=G))) == 1


def test_a_format_can_be_asked_for_by_name_and_another_is_not_acceptable(served: Served) -> None:
    served.send("PUT", named(G), ONE)
    got = served.read(f"{named(G)}&format=jsonld")
    assert got.headers["content-type"] == "application/ld+json"
    assert [served.read(named(G), accept).status for accept in ("image/png", "text/csv", "text/html")] == [406] * 3


def test_who_has_the_graph_already_gets_it_once(served: Served) -> None:
    served.send("PUT", named(G), ONE)
    tag = served.read(named(G)).headers["etag"]
    again = served.read(named(G), **{"If-None-Match": tag})
    assert (again.status, again.body) == (304, b"")
    served.send("POST", named(G), ONE.replace("1", "2"))
    assert served.read(named(G), **{"If-None-Match": tag}).status == 200


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "", 400),
        ("PUT", "", 400),
        ("DELETE", "/", 400),
        ("GET", "?default&graph=http://example.org/g", 400),
        ("POST", "?graph=http://example.org/g&graph=http://example.org/h", 400),
        ("POST", "?grpah=http://example.org/g", 400),
        ("PUT", "/x?default", 400),
        ("PUT", "/x?graph=http://example.org/g", 400),
        ("PUT", "?graph=g", 400),
        ("PUT", "?graph=", 400),
        ("PUT", "?graph=http://example.org/%3E%20%7B", 400),
        ("PATCH", "?graph=http://example.org/g", 405),
        ("PATCH", "/x", 405),
    ],
)
def test_a_request_that_names_no_one_graph_changes_nothing(served: Served, method: str, path: str, status: int) -> None:
    before = served.hash
    got = served.send(method, path, ONE)
    assert (got.status, json.loads(got.body)["status"], served.hash) == (status, status, before)


@pytest.mark.parametrize(
    ("body", "kind", "status", "said"),
    [
        (ONE, None, 415, "a body of type 'unknown'"),
        (ONE, "text/plain", 415, "a body of type 'text/plain'"),
        (ONE, "application/trig", 415, "send one of text/turtle"),
        (ONE, "application/n-quads", 415, "send one of text/turtle"),
        (ONE, "application/x-www-form-urlencoded", 415, "send one of text/turtle"),
        (form((TURTLE, ONE)), FORM, 415, "a body of type 'multipart/form-data'"),
        ("<a> <b> ", TURTLE, 400, "line 1"),
        (b"<http://e/s> <http://e/p> '\xff' .", TURTLE, 400, ""),
        ("{", "application/ld+json", 400, ""),
        ('{"@context": "http://127.0.0.1:9/c.jsonld"}', "application/ld+json", 400, ""),
        ("<a/>", "application/rdf+xml", 400, ""),
    ],
)
def test_a_body_that_is_no_graph_changes_nothing(
    served: Served, body: str | bytes, kind: str | None, status: int, said: str
) -> None:
    before = served.hash
    got = served.send("PUT", named(G), body, kind=kind)
    problem = json.loads(got.body)
    assert (got.status, problem["status"], served.hash) == (status, status, before)
    assert said in problem["detail"]


@pytest.mark.parametrize("host", ["a b", "<x>", "[", "x/y?z", "", "\xff"])
def test_a_host_that_is_none_does_no_harm(served: Served, host: str) -> None:
    headers = {"Authorization": f"Bearer {served.token}", "Content-Type": TURTLE, "Host": host}
    for method, path in (("PUT", "/x"), ("POST", ""), ("PUT", "?default"), ("GET", "/x"), ("DELETE", "/x")):
        assert send(method, f"{served.address}/store{path}", headers=headers, body=ONE).status < 500
    update = headers | {"Content-Type": "application/sparql-update"}
    body = "INSERT DATA { <x> <http://example.org/p> 1 }"
    assert send("POST", f"{served.address}/update", headers=update, body=body).status < 500


def test_a_graph_may_not_be_longer_than_64_mib(served: Served) -> None:
    headers = {"Authorization": f"Bearer {served.token}", "Content-Type": TURTLE}
    announced = {**headers, "Content-Length": str(LARGEST_GRAPH + 1)}
    got = send("PUT", f"{served.address}/store{named(G)}", headers=announced)
    assert (got.status, json.loads(got.body)["detail"]) == (413, "the body is longer than 67,108,864 bytes")
    assert served.read(named(G)).status == 404


def test_head_says_what_get_would(served: Served) -> None:
    served.send("PUT", named(G), ONE)
    head, got = (send(method, f"{served.address}/store{named(G)}") for method in ("HEAD", "GET"))
    assert (head.status, head.body) == (200, b"")
    varying = {"date", "server-timing", "transfer-encoding", "content-length"}
    assert {k: v for k, v in head.headers.items() if k not in varying} == {
        k: v for k, v in got.headers.items() if k not in varying
    }


@pytest.mark.parametrize("path", ["", "/x", "?default"])
def test_options_name_the_methods(served: Served, path: str) -> None:
    got = send("OPTIONS", f"{served.address}/store{path}")
    assert (got.status, got.headers["allow"]) == (204, "GET, HEAD, OPTIONS, PUT, POST, DELETE")


def test_a_large_graph_goes_in_and_comes_out_whole(served: Served) -> None:
    lines = [f'<http://example.org/{number}> <http://example.org/p> "{number}" .' for number in range(150_000)]
    assert served.send("PUT", named(G), "\n".join(lines), kind=NTRIPLES).status == 201
    assert sorted(served.read(named(G)).body.decode().splitlines()) == sorted(lines)


def test_reading_goes_on_after_a_reader_left_in_the_middle(served: Served) -> None:
    lines = "\n".join(f'<http://example.org/{n}> <http://example.org/p> "{n:0200}" .' for n in range(50_000))
    assert served.send("PUT", named(G), lines, kind=NTRIPLES).status == 201
    place = urlsplit(served.address)
    for _ in range(20):
        with socket.create_connection((place.hostname or "", place.port or 0), timeout=30) as client:
            client.sendall(f"GET /store{named(G)} HTTP/1.1\r\nHost: {place.netloc}\r\n\r\n".encode())
            assert client.recv(1000).startswith(b"HTTP/1.1 200 OK\r\n")
    assert served.read(named(G)).body.count(b"\n") == 50_000
