"""Updates over HTTP, after the SPARQL 1.1 Protocol, against the real server: how they come and what is refused."""

import json
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from realserver import send
from writable import DIRECT, INSERT, Served, basic, toy_served

from api.scopes import Scope
from api.settings import LARGEST_UPDATE
from graph.store import Store

FORM = "application/x-www-form-urlencoded"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with toy_served(tmp_path_factory.mktemp("toy")) as served:
        yield served


TEXT = "INSERT DATA {{ GRAPH <http://example.org/{name}> {{ <http://example.org/s> <http://example.org/p> {value} }} }}"


@pytest.mark.parametrize(
    ("kind", "encoded"),
    [
        (DIRECT, False),
        ("application/sparql-update; charset=UTF-8", False),
        ("APPLICATION/SPARQL-UPDATE;charset=utf-8", False),
        (FORM, True),
        (f"{FORM}; charset=utf-8", True),
    ],
)
def test_both_ways_to_post_change_the_graph_and_the_next_read_sees_it(served: Served, kind: str, encoded: bool) -> None:
    name = f"way{hash(kind)}"
    text = TEXT.format(name=name, value="'ü € 😀 + & = %41'")
    got = served.post(urlencode({"update": text, "extra": "is passed over"}) if encoded else text, kind=kind)
    assert got.status == 204
    assert served.ask(f"ASK {{ GRAPH <http://example.org/{name}> {{ ?s ?p 'ü € 😀 + & = %41' }} }}")


@pytest.mark.parametrize(
    ("body", "kind", "query", "status", "said"),
    [
        (INSERT, None, "", 415, "a body of type 'unknown'; send application/sparql-update or"),
        (INSERT, "text/plain", "", 415, "a body of type 'text/plain'"),
        (INSERT, "text/turtle", "", 415, "send application/sparql-update or"),
        (INSERT, "application/sparql-query", "", 415, "a body of type 'application/sparql-query'"),
        (INSERT, "nonsense", "", 415, "unknown"),
        (urlencode({"update": INSERT}), None, "", 415, "unknown"),
        (INSERT.encode("utf-16"), f"{DIRECT}; charset=UTF-16", "", 400, "a body in 'UTF-16'; send UTF-8"),
        (b"INSERT DATA { <a:a> <a:b> '\xff' }", DIRECT, "", 400, "the body is not UTF-8: byte 27"),
        (b"update=%FF", FORM, "", 400, "the form cannot be read"),
        ("update=CLEAR%20NAMED&update=CLEAR%20DEFAULT", FORM, "", 400, "2 fields 'update'; send one"),
        ("other=CLEAR%20NAMED", FORM, "", 400, "no fields 'update'"),
        ("", FORM, "", 400, "no fields 'update'"),
        (INSERT, DIRECT, "?update=CLEAR%20ALL", 400, "the update is in the address; send it in the body"),
        ("", FORM, "?update=CLEAR%20ALL", 400, "the update is in the address"),
        (urlencode({"update": INSERT, "query": "ASK {}"}), FORM, "", 400, "'query' belongs to a query"),
        (INSERT, DIRECT, "?default-graph-uri=http://example.org/g", 400, "'default-graph-uri' belongs to a query"),
        (INSERT, DIRECT, "?named-graph-uri=http://example.org/g", 400, "'named-graph-uri' belongs to a query"),
        (INSERT, DIRECT, "?using-graph-uri=g", 400, "using-graph-uri='g' is no absolute IRI"),
        (INSERT, DIRECT, "?using-named-graph-uri=a:%20", 400, "is no absolute IRI"),
        (INSERT, DIRECT, "?timeout=0", 400, "timeout='0': expected seconds, more than 0"),
        (INSERT, DIRECT, "?timeout=nan", 400, "timeout='nan'"),
        (INSERT, DIRECT, "?timeout=soon", 400, "timeout='soon'"),
        ("SELECT * { ?s ?p ?o }", DIRECT, "", 400, "malformed update at line 1, column"),
        ("update=CLEAR%20XYZ", FORM, "", 400, "malformed update at line 1, column"),
        ("LOAD <http://127.0.0.1/x>", DIRECT, "", 403, "LOAD"),
        ("INSERT { ?s ?p ?o } WHERE { SERVICE <http://127.0.0.1/x> { ?s ?p ?o } }", DIRECT, "", 403, "SERVICE"),
    ],
)  # fmt: skip
def test_what_is_no_update_is_refused_and_changes_nothing(
    served: Served, body: bytes | str, kind: str | None, query: str, status: int, said: str
) -> None:
    before = served.hash
    got = served.post(body, kind=kind, query=query)
    problem = json.loads(got.body)
    assert (got.status, problem["status"], got.headers["content-type"]) == (status, status, "application/problem+json")
    assert said in problem["detail"]
    assert served.hash == before


def test_an_update_may_not_be_longer_than_16_mib(served: Served) -> None:
    before = served.hash
    announced = {"Content-Length": str(LARGEST_UPDATE + 1)}
    for headers, body in ((announced, None), ({}, iter([b"#" * LARGEST_UPDATE, b"\n"]))):
        got = served.post(body, headers=headers)
        problem = json.loads(got.body)
        said = "the body is longer than 16,777,216 bytes"
        assert (got.status, problem["detail"], served.hash) == (413, said, before)


def test_a_syntax_error_says_where(served: Served) -> None:
    problem = json.loads(served.post("INSERT DATA {\n  <http://example.org/s> oops }").body)
    assert (problem["title"], problem["line"]) == ("Query syntax error", 2)
    assert problem["column"] > 1


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "PATCH"])
def test_only_post_updates(served: Served, method: str) -> None:
    before = served.hash
    got = send(method, f"{served.address}/update?update=CLEAR%20ALL", headers={"Authorization": basic("x")})
    assert (got.status, got.headers["allow"], served.hash) == (405, "POST, OPTIONS", before)


def test_a_browser_elsewhere_may_ask_what_it_may_send(served: Served) -> None:
    got = send("OPTIONS", f"{served.address}/update")
    assert (got.status, got.headers["access-control-allow-methods"]) == (204, "POST, OPTIONS")
    assert "Authorization" in got.headers["access-control-allow-headers"]


def test_queries_are_not_updated_with_at_the_address_of_queries(served: Served) -> None:
    before = served.hash
    headers = {"Authorization": f"Bearer {served.tokens[Scope.ADMIN]}"}
    for kind, body in ((DIRECT, INSERT), (FORM, urlencode({"update": "CLEAR ALL"}))):
        got = send("POST", f"{served.address}/sparql", headers={**headers, "Content-Type": kind}, body=body)
        assert (got.status, served.hash) == (403, before)


def test_relative_iris_and_our_prefixes_are_understood(served: Served) -> None:
    text = "INSERT DATA { GRAPH <http://example.org/base> { <test> a etio:Note } }"
    assert served.post(text).status == 204
    iri = f"<{served.address}/test>"
    assert served.ask(f"ASK {{ GRAPH <http://example.org/base> {{ {iri} a <https://w3id.org/etiograph/Note> }} }}")


PEOPLE = "PREFIX x: <http://example.org/x/> " + " ; ".join(
    f"INSERT DATA {{ GRAPH <http://example.org/d{number}> {{ <http://example.org/d{number}> a <a:Document> }} }}"
    for number in (1, 2, 3)
)
COPY = "INSERT {{ GRAPH <http://example.org/{name}> {{ ?s a <a:Seen> }} }} WHERE {{ {pattern} }}"


@pytest.mark.parametrize(
    ("name", "pattern", "parameters", "seen"),
    [
        ("u1", "?s a <a:Document>", [("using-graph-uri", "1")], {1}),
        ("u2", "?s a <a:Document>", [("using-graph-uri", "1"), ("using-graph-uri", "2")], {1, 2}),
        ("u3", "GRAPH ?g { ?s a <a:Document> }", [("using-named-graph-uri", "2")], {2}),
        ("u4", "?s a <a:Document>", [("using-named-graph-uri", "2")], set()),
        ("u5", "{ ?s a <a:Document> } UNION { GRAPH ?g { ?s a <a:Document> } }",
         [("using-graph-uri", "1"), ("using-named-graph-uri", "3")], {1, 3}),
    ],
)  # fmt: skip
@pytest.mark.parametrize("in_form", [False, True])
def test_the_protocol_says_which_graphs_the_patterns_see(
    served: Served, name: str, pattern: str, parameters: list[tuple[str, str]], seen: set[int], in_form: bool
) -> None:
    name = f"{name}{in_form}"
    text = f"{PEOPLE} ; {COPY.format(name=name, pattern=pattern)}"
    stated = [(parameter, f"http://example.org/d{number}") for parameter, number in parameters]
    if in_form:
        got = served.post(urlencode([("update", text), *stated]), kind=FORM)
    else:
        got = served.post(text, query=f"?{urlencode(stated)}")
    assert got.status == 204, got.body
    found = {
        number
        for number in (1, 2, 3)
        if served.ask(f"ASK {{ GRAPH <http://example.org/{name}> {{ <http://example.org/d{number}> a <a:Seen> }} }}")
    }
    assert found == seen


@pytest.mark.parametrize(
    "text",
    [
        "WITH <a:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
        "DELETE { ?s ?p ?o } USING <a:g> WHERE { ?s ?p ?o }",
        "INSERT { ?s ?p ?o } USING NAMED <a:g> WHERE { GRAPH ?g { ?s ?p ?o } }",
    ],
)
@pytest.mark.parametrize("parameter", ["using-graph-uri", "using-named-graph-uri"])
def test_graphs_stated_twice_are_refused(served: Served, text: str, parameter: str) -> None:
    before = served.hash
    got = served.post(text, query=f"?{parameter}=http://example.org/d1")
    assert (got.status, served.hash) == (400, before)


def test_an_update_that_breaks_the_graph_is_refused_with_the_report(served: Served) -> None:
    before = served.hash
    got = served.post("DELETE WHERE { ?claim etio:evidence ?evidence }")
    problem = json.loads(got.body)
    assert (got.status, problem["title"], served.hash) == (409, "Invalid update", before)
    assert problem["violations"]
    assert all(set(row) == {"where", "message"} for row in problem["violations"])


def test_a_runaway_update_is_stopped_at_the_limit_it_asks_for(served: Served) -> None:
    before = served.hash
    runaway = "INSERT { <a:a> <a:b> ?n } WHERE { SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } }"
    got = served.post(runaway, query="?timeout=0.5")
    assert (got.status, got.headers["retry-after"], served.hash) == (503, "5", before)
    assert served.post(INSERT).status == 204


def test_a_write_is_seen_by_the_rest_interface_and_the_pages_at_once(served: Served) -> None:
    before = send("GET", f"{served.address}/v1/stats")
    assert served.post(TEXT.format(name="rest", value="1")).status == 204
    after = send("GET", f"{served.address}/v1/stats", headers={"If-None-Match": before.headers["etag"]})
    assert (after.status, json.loads(after.body)["hash"]) == (200, served.hash)


def test_who_finds_another_writer_at_work_is_told_to_come_again(served: Served) -> None:
    with Store.open_as_it_is(served.folder):
        got = served.post(INSERT)
        assert (got.status, got.headers["retry-after"]) == (503, "5")
        assert json.loads(got.body)["title"] == "Store in use"
    assert served.post(INSERT).status == 204
