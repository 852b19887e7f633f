"""The SPARQL protocol over a real store of the toy graph."""

import json

import pytest
from fastapi.testclient import TestClient
from pyoxigraph import RdfFormat, parse

from api.questioning import prefers_page

CONDITIONS = "SELECT ?c { ?c etio:hasSymptom|etio:causes <https://w3id.org/etiograph/hemoptysis> } ORDER BY ?c"
TRIPLES = "CONSTRUCT { ?s etio:causes ?o } WHERE { ?s etio:causes ?o }"
FOUND = [
    "https://w3id.org/etiograph/alveolar-hemorrhage",
    "https://w3id.org/etiograph/pneumonia",
    "https://w3id.org/etiograph/pulmonary-embolism",
]
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


def test_conditions_are_found_and_no_denied_claim_is_a_link(client: TestClient) -> None:
    answer = client.get("/sparql", params={"query": CONDITIONS}).json()
    assert [row["c"]["value"] for row in answer["results"]["bindings"]] == FOUND
    ask = client.get("/sparql", params={"query": "ASK { etio:anticoagulants etio:causes etio:hemoptysis }"}).json()
    assert ask["boolean"] is False


def test_get_and_both_ways_to_post_answer_the_same(client: TestClient) -> None:
    direct = {"Content-Type": "application/sparql-query; charset=utf-8"}
    answers = [
        client.get("/sparql", params={"query": CONDITIONS}),
        client.post("/sparql", data={"query": CONDITIONS}),
        client.post("/sparql", content=CONDITIONS, headers=direct),
    ]
    assert len({answer.content for answer in answers}) == 1
    assert {answer.status_code for answer in answers} == {200}


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        (None, "application/sparql-results+json"),
        ("*/*", "application/sparql-results+json"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/csv", "text/csv; charset=utf-8"),
        ("text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
        ("text/csv;q=0.5, application/sparql-results+xml;q=0.9", "application/sparql-results+xml"),
        ("text/turtle, text/csv;q=0.1", "text/csv; charset=utf-8"),
        ("application/json", "application/sparql-results+json"),
    ],
)
def test_rows_come_in_the_format_that_is_accepted(client: TestClient, accept: str | None, expected: str) -> None:
    headers = {"Accept": accept} if accept else {}
    answer = client.get("/sparql", params={"query": CONDITIONS}, headers=headers)
    assert (answer.status_code, answer.headers["content-type"]) == (200, expected)


@pytest.mark.parametrize(
    ("format", "media_type", "syntax"),
    [
        ("turtle", "text/turtle; charset=utf-8", RdfFormat.TURTLE),
        ("ntriples", "application/n-triples", RdfFormat.N_TRIPLES),
        ("jsonld", "application/ld+json", RdfFormat.JSON_LD),
    ],
)
def test_triples_come_in_three_formats_that_say_the_same(
    client: TestClient, format: str, media_type: str, syntax: RdfFormat
) -> None:
    answer = client.get("/sparql", params={"query": TRIPLES, "format": format})
    assert answer.headers["content-type"] == media_type
    assert {(quad.subject.value, quad.object.value) for quad in parse(answer.content, format=syntax)} == {
        ("https://w3id.org/etiograph/pulmonary-embolism", "https://w3id.org/etiograph/reduced-pulmonary-blood-flow"),
        ("https://w3id.org/etiograph/reduced-pulmonary-blood-flow", "https://w3id.org/etiograph/pulmonary-infarction"),
        ("https://w3id.org/etiograph/pulmonary-infarction", "https://w3id.org/etiograph/alveolar-hemorrhage"),
        ("https://w3id.org/etiograph/alveolar-hemorrhage", "https://w3id.org/etiograph/hemoptysis"),
    }


def test_a_parameter_outweighs_the_accept_header(client: TestClient) -> None:
    answer = client.get("/sparql", params={"query": CONDITIONS, "format": "csv"}, headers={"Accept": BROWSER})
    assert answer.text.split() == ["c", *FOUND]


@pytest.mark.parametrize(
    ("asked", "status", "said"),
    [
        ({"query": " "}, 400, "parameter 'query' is missing"),
        ({"query": CONDITIONS, "format": "pdf"}, 406, "'pdf'"),
        ({"query": CONDITIONS, "format": "turtle"}, 406, "expected"),
        ({"query": "SELECT ?c {\n ?c etio:causes }"}, 400, ""),
        ({"query": "DELETE WHERE { ?s ?p ?o }"}, 403, ""),
        ({"query": "SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }"}, 403, ""),
        ({"query": CONDITIONS, "update": "CLEAR ALL"}, 403, "takes no update"),
        (
            {"query": CONDITIONS, "default-graph-uri": "a graph"},
            400,
            "default-graph-uri='a graph': expected an absolute",
        ),
        ({"query": CONDITIONS, "using-graph-uri": "http://a.example/"}, 400, "is for updates"),
        ({"query": CONDITIONS, "timeout": "soon"}, 400, "timeout='soon': expected a number of seconds above 0"),
        ({"query": CONDITIONS, "timeout": "nan"}, 400, "timeout='nan'"),
        ({"query": CONDITIONS, "rows": "-1"}, 400, "rows='-1': expected a whole number above 0"),
        ({"query": [CONDITIONS, CONDITIONS]}, 400, "given more than once"),
    ],
)
def test_what_cannot_be_answered_is_a_problem(
    client: TestClient, asked: dict[str, str], status: int, said: str
) -> None:
    answer = client.get("/sparql", params=asked)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert said in answer.json()["detail"]


def test_a_syntax_error_says_where(client: TestClient) -> None:
    problem = client.get("/sparql", params={"query": "SELECT ?c {\n ?c etio:causes }"}).json()
    assert (problem["line"], problem["column"] > 1) == (2, True)


@pytest.mark.parametrize(
    ("content_type", "body", "status"),
    [
        ("application/sparql-update", b"CLEAR ALL", 403),
        ("text/plain", CONDITIONS.encode(), 415),
        ("application/sparql-query", b"\xff\xfe", 400),
        ("application/sparql-query", b"", 400),
        ("application/x-www-form-urlencoded", b"quer=x", 400),
    ],
)
def test_a_body_of_another_kind_is_refused(client: TestClient, content_type: str, body: bytes, status: int) -> None:
    answer = client.post("/sparql", content=body, headers={"Content-Type": content_type})
    assert (answer.status_code, answer.json()["status"]) == (status, status)


def test_the_graph_is_the_same_after_every_refusal(client: TestClient) -> None:
    before = client.get("/v1/stats").json()["hash"]
    for query in ("CLEAR ALL", "INSERT DATA { <a:b> <a:c> <a:d> }"):
        assert client.post("/sparql", data={"query": query}).status_code in (400, 403)
    assert client.get("/v1/stats").json()["hash"] == before


def test_a_browser_gets_a_form_and_a_table_of_the_answer(client: TestClient) -> None:
    form = client.get("/sparql", headers={"Accept": BROWSER})
    answer = client.get("/sparql", params={"query": CONDITIONS}, headers={"Accept": BROWSER})
    assert (form.status_code, answer.status_code) == (200, 200)
    assert '<textarea name="query"' in form.text
    assert answer.text.count("<tr>") == 4
    assert '<a href="/concepts/etio:pneumonia">etio:pneumonia</a>' in answer.text
    relation = client.get(
        "/sparql", params={"query": "SELECT ?p { ?s ?p etio:pneumonia }"}, headers={"Accept": BROWSER}
    )
    assert ("rdf:subject" in relation.text, 'href="/concepts/rdf:subject"' in relation.text) == (True, False)
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    wrong = client.get("/sparql", params={"query": "<script>"}, headers={"Accept": BROWSER})
    assert (wrong.status_code, "<script>" in wrong.text, "&lt;script&gt;" in wrong.text) == (400, False, True)


@pytest.mark.parametrize(
    ("accept", "page"),
    [
        (BROWSER, True),
        ("text/html", True),
        ("*/*", False),
        ("application/sparql-results+json", False),
        ("application/sparql-results+json, text/html;q=0.5", False),
        ("text/csv;q=0.5, text/html", True),
        ("text/html;q=0", False),
        ("text/html;q=x", False),
    ],
)
def test_a_page_is_for_those_who_prefer_it(accept: str, *, page: bool) -> None:
    assert prefers_page(accept) is page


def test_results_are_valid_json_with_the_variables_named(client: TestClient) -> None:
    answer = client.get("/sparql", params={"query": "SELECT (1 AS ?one) (2 AS ?two) {}"})
    assert json.loads(answer.content)["head"]["vars"] == ["one", "two"]


def test_who_has_the_answer_already_is_told_so(client: TestClient) -> None:
    first = client.get("/sparql", params={"query": CONDITIONS})
    tag = first.headers["etag"]
    again = client.get("/sparql", params={"query": CONDITIONS}, headers={"If-None-Match": f'"other", {tag}'})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    as_csv = client.get("/sparql", params={"query": CONDITIONS, "format": "csv"}, headers={"If-None-Match": tag})
    assert as_csv.status_code == 200
    assert as_csv.headers["etag"] != tag
    assert "etag" not in client.get("/sparql", params={"query": "SELECT (RAND() AS ?x) {}"}).headers


def test_a_cut_answer_says_so_in_its_head(client: TestClient) -> None:
    parameters = {"query": "SELECT * { ?s ?p ?o }", "format": "tsv"}
    cut = client.get("/sparql", params={**parameters, "rows": "5"})
    assert (cut.headers["truncated"], cut.text.count("\n")) == ("rows", 6)
    whole = client.get("/sparql", params={**parameters, "query": "SELECT * { ?s ?p ?o } LIMIT 5"})
    assert ("truncated" in whole.headers, whole.text.count("\n")) == (False, 6)


def test_the_head_is_answered_without_the_body(client: TestClient) -> None:
    answer = client.head("/sparql", params={"query": CONDITIONS})
    assert (answer.status_code, answer.headers["content-type"], answer.content) == (
        200,
        "application/sparql-results+json",
        b"",
    )


def test_what_other_clients_send_along_is_let_pass(client: TestClient) -> None:
    parameters = {"query": CONDITIONS, "output": "csv", "results": "csv", "ac": "1", "debug": "on"}
    assert client.get("/sparql", params=parameters).headers["content-type"] == "text/csv; charset=utf-8"


def test_the_dataset_of_the_protocol_is_what_is_asked(client: TestClient) -> None:
    count = "SELECT (COUNT(*) AS ?n) FROM <http://a.example/other> { ?s ?p ?o }"
    parameters = {"query": count, "default-graph-uri": ["http://a.example/1", "http://a.example/2"], "format": "csv"}
    assert client.get("/sparql", params=parameters).text == "n\r\n0\r\n"
    assert client.post("/sparql", data=parameters).text == "n\r\n0\r\n"
