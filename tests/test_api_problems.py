"""Whatever goes wrong over HTTP is a problem document that says what would help."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from drawn import drawn
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as some
from toygraph import toy_extractions

from api.app import create_app
from api.problems import STATUS, describe
from api.settings import Settings
from graph.store import Store
from ontology import errors
from ontology.article import Extraction
from ontology.claim import Claim, Concept
from ontology.terms import Kind, Predicate


@pytest.mark.parametrize(
    ("address", "status", "said"),
    [
        ("/v1/concepts/hemoptsis", 404, "unknown concept 'hemoptsis' (did you mean 'hemoptysis'"),
        ("/v1/concepts/https://example.org/x", 404, "unknown concept 'https://example.org/x'"),
        ("/v1/concepts/" + 201 * "x", 422, "path id: string should have at most 200 characters"),
        ("/v1/concepts?limt=3", 422, "query limt: unknown parameter (did you mean 'limit'?)"),
        ("/v1/concepts?limit=0", 422, "query limit: input should be greater than or equal to 1 (got '0')"),
        ("/v1/concepts?limit=501", 422, "query limit: input should be less than or equal to 500 (got '501')"),
        ("/v1/concepts?limit=1&limit=2", 422, "query limit: given more than once"),
        ("/v1/concepts?offset=-1", 422, "query offset: input should be greater than or equal to 0 (got '-1')"),
        ("/v1/concepts?kind=Disease", 422, "query kind 0: input should be 'Condition', 'Symptom'"),
        ("/v1/concepts?q=" + 201 * "x", 422, "query q: string should have at most 200 characters"),
        ("/v1/concepts/PE?verbose=1", 422, "query verbose: unknown parameter; this address takes none"),
        ("/v1/concepts/PE/neighbours?depth=4", 422, "query depth: input should be less than or equal to 3"),
        ("/v1/concepts/PE/neighbours?predicate=cause", 422, "predicate='cause': expected one of"),
        ("/v1/concepts/PE/neighbours?predicate=causes&predicate=treated_by", 422, "names of one direction"),
        (
            "/v1/concepts/PE/neighbours?article=lung-clot",
            404,
            "unknown article 'lung-clot' (did you mean 'lung-clots'?)",
        ),
        ("/v1/concepts/PE/neighbours?" + "&".join(51 * ["kind=Test"]), 422, "query kind: list should have at most 50"),
        ("/v1/conditions/PE/symptoms?direction=in", 422, "query direction: unknown parameter"),
        ("/v1/conditions/PE/symptom", 404, "nothing is served at '/v1/conditions/PE/symptom'"),
        ("/v1/symptoms/hemoptsis/conditions", 404, "unknown concept 'hemoptsis'"),
        ("/v1/paths?source=PE", 422, "query target: field required"),
        ("/v1/paths?source=PE&target=PE", 422, "expected another concept than the source"),
        ("/v1/paths?source=PE&target=hemoptysis&max_hops=0", 422, "query max_hops: input should be greater than"),
        ("/v1/paths?source=PE&target=hemoptysis&max_hops=9", 422, "query max_hops: input should be less than"),
        ("/v1/paths?source=PE&target=hemoptysis&max_hops=99", 422, "query max_hops: input should be less than"),
        ("/v1/paths?source=PE&target=hemoptysis&k=0", 422, "query k: input should be greater than or equal to 1"),
        ("/v1/paths?source=PE&target=hemoptysis&predicate=cause", 422, "predicate='cause': expected one of"),
        ("/v1/paths?source=PE&target=hemoptsis", 404, "unknown concept 'hemoptsis' (did you mean 'hemoptysis'"),
        ("/v1/paths?source=PE&target=hemoptysis&via=hemoptsis", 404, "unknown concept 'hemoptsis'"),
        ("/v1/paths?source=PE&target=hemoptysis&k=51", 422, "query k: input should be less than or equal to 50"),
        ("/v1/paths?source=PE&target=hemoptysis&limit=5", 422, "query limit: unknown parameter"),
        ("/v1/paths?source=PE&target=hemoptysis&avoid=PE", 422, "expected concepts other than source and target"),
        ("/v1/paths?source=PE&target=hemoptysis&rank=best", 422, "query rank: input should be 'explanation'"),
        ("/v1/paths?source=PE&target=hemoptysis&directed=perhaps", 422, "query directed: input should be a valid bool"),
        ("/v1/paths?source=&target=hemoptysis", 422, "query source: string should have at least 1 character"),
        ("/v1/claims/etio:claim/0000000000000000", 404, "unknown claim 'etio:claim/0000000000000000'"),
        ("/v1/claims?subject=nothing of this kind", 404, "unknown concept 'nothing of this kind'"),
        ("/v1/claims?article=x", 404, "unknown article 'x'"),
        ("/v1/articles/lung-clot", 404, "unknown article 'lung-clot' (did you mean 'lung-clots'?)"),
        ("/v1/export?format=pdf", 406, "nothing can be exported as 'pdf'; there are: turtle, trig, nquads,"),
        ("/v1/export?format=turtle&depth=2", 422, "depth=2: expected to go with 'concept'"),
        ("/v1/export?format=turtle&via=PE", 422, "via=['PE']: expected to go with 'source' and 'target'"),
        ("/v1/export?source=PE", 422, "source='PE': expected to go with 'target'"),
        ("/v1/export?source=PE&target=hemoptysis&depth=2", 422, "depth=2: expected to go with 'concept'"),
        ("/v1/export?source=PE&target=hemoptysis&concept=x", 422, "expected to go without 'source' and 'target'"),
        ("/v1/export?source=PE&target=PE", 422, "expected another concept than the source"),
        ("/v1/export?concept=nothing of this kind", 404, "unknown concept 'nothing of this kind'"),
        ("/v1/export?concept=PE&article=x", 404, "unknown article 'x'"),
        ("/v1/export?concept=PE&depth=4", 422, "query depth: input should be less than or equal to 3"),
        ("/v1/stats?x=1", 422, "query x: unknown parameter; this address takes none"),
        ("/v2/concepts", 404, "nothing is served at '/v2/concepts'; /docs lists what is"),
        ("/v1/stats?x=" + 16_001 * "x", 414, "the address is longer than 16,000 bytes"),
    ],
)
def test_a_request_that_cannot_be_answered_is_told_why(
    client: TestClient, address: str, status: int, said: str
) -> None:
    answer = client.get(address)
    problem = answer.json()
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert (problem["status"], said in problem["detail"]) == (status, True), problem["detail"]
    assert {"type", "title"} <= problem.keys()


TEXTS = some.text(some.characters(exclude_categories=["Cs"]), max_size=40)


@drawn(30)
@given(name=TEXTS, other=TEXTS)
def test_no_text_whatever_makes_the_program_fail(client: TestClient, name: str, other: str) -> None:
    asked = [
        client.get("/v1/concepts", params={"q": name}),
        client.get("/v1/concepts/" + quote(name, safe="")),
        client.get(f"/v1/symptoms/{quote(name, safe='')}/conditions"),
        client.get("/v1/paths", params={"source": name, "target": other}),
        client.get("/v1/claims", params={"q": name, "subject": other}),
        client.get("/v1/claims/" + quote(name, safe="")),
        client.get("/v1/articles/" + quote(name, safe="")),
        client.get("/concepts/" + quote(name, safe="")),
        client.get("/concepts", params={"q": name}),
        client.get("/sparql", params={"query": other, "format": name}),
    ]
    assert {answer.status_code for answer in asked} <= {200, 400, 403, 404, 406, 409, 422}


def test_a_fault_of_the_program_is_told_without_its_inside(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    app = create_app(Settings(data=tmp_path))
    with TestClient(app, raise_server_exceptions=False) as client:
        app.state.current = "not a graph"
        answer = client.get("/v1/stats")
    assert (answer.status_code, answer.headers["content-type"]) == (500, "application/problem+json")
    assert answer.json()["detail"] == "a fault of the program; it was logged"
    assert [row.getMessage() for row in caplog.records] == ["fault while answering GET /v1/stats"]


def test_an_ambiguous_name_is_a_conflict_that_lists_what_it_may_mean(tmp_path: Path) -> None:
    first, second = toy_extractions()
    twins = tuple(Concept(f"HP:{number}", "snow cough", (Kind.SYMPTOM,)) for number in ("9999998", "9999999"))
    known = second.claims[0]
    claims = tuple(
        Claim(twin.id, Predicate.CAUSES, known.object, negated=False, evidence=known.evidence) for twin in twins
    )
    article = Extraction(second.article, (*second.concepts, *twins), tuple(sorted(claims, key=lambda row: row.id)))
    with Store.open(tmp_path) as store:
        store.replace([first, article])
    with TestClient(create_app(Settings(data=tmp_path))) as client:
        for address in ("/v1/concepts/Snow Cough", "/v1/paths?source=snow cough&target=hemoptysis"):
            answer = client.get(address)
            assert (answer.status_code, answer.json()["candidates"]) == (
                409,
                [{"id": "HP:9999998", "label": "snow cough"}, {"id": "HP:9999999", "label": "snow cough"}],
            )
        page = client.get("/concepts/snow cough")
        assert (page.status_code, page.text.count('href="/concepts/HP:999999')) == (409, 2)


def test_an_unknown_name_comes_with_suggestions(client: TestClient) -> None:
    problem = client.get("/v1/concepts/hemoptsis").json()
    assert problem["suggestions"][0] == "hemoptysis"
    assert problem["type"] == "https://w3id.org/etiograph/problem/unknown-concept"
    assert problem["title"] == "Unknown concept"


def test_other_methods_are_not_allowed(client: TestClient) -> None:
    answer = client.delete("/v1/articles/lung-clots")
    assert (answer.status_code, answer.json()["detail"]) == (405, "DELETE is not allowed at '/v1/articles/lung-clots'")


def test_a_large_body_is_refused_before_it_is_read(client: TestClient) -> None:
    answer = client.post("/sparql", content=b"x" * 1_000_001, headers={"Content-Type": "application/sparql-query"})
    assert (answer.status_code, answer.json()["detail"]) == (413, "the body is longer than 1,000,000 bytes")


def test_before_the_first_article_every_question_says_what_to_do(tmp_path: Path) -> None:
    with TestClient(create_app(Settings(data=tmp_path / "none"))) as client:
        for address in ("/v1/concepts", "/v1/paths?source=a&target=b", "/v1/stats", "/v1/export?format=nquads"):
            answer = client.get(address)
            assert (answer.status_code, "etiograph ingest" in answer.json()["detail"]) == (503, True)
        ready = client.get("/health/ready")
        assert (ready.status_code, ready.json()["status"]) == (503, "unavailable")
        assert client.get("/health/live").status_code == 200
        assert client.get("/sparql?query=ASK {}").status_code == 503
    assert not (tmp_path / "none").exists()


def test_every_error_of_the_tree_has_a_status() -> None:
    def below(root: type[errors.EtiographError]) -> Iterator[type[errors.EtiographError]]:
        yield root
        for child in root.__subclasses__():
            yield from below(child)

    missing = [
        error for error in below(errors.EtiographError) if error.__module__ == errors.__name__ and error not in STATUS
    ]
    assert missing == []


@pytest.mark.parametrize(
    ("error", "status", "more"),
    [
        (
            errors.AmbiguousName("cold", (("etio:a", "common cold"), ("etio:b", "cold exposure"))),
            409,
            {"candidates": [{"id": "etio:a", "label": "common cold"}, {"id": "etio:b", "label": "cold exposure"}]},
        ),
        (errors.QuerySyntaxError("expected '}'", 2, 7), 400, {"line": 2, "column": 7}),
        (errors.QueryRefused("no updates"), 403, {}),
        (errors.QueryTimeout("stopped"), 503, {}),
        (
            errors.InvalidClaims("a", ("no quote", "no start")),
            422,
            {"violations": [{"where": "a", "message": "no quote"}, {"where": "a", "message": "no start"}]},
        ),
        (errors.StoreInUse("wait"), 503, {}),
        (errors.UnknownArticle("x", ("y",)), 404, {"suggestions": ["y"]}),
    ],
)
def test_an_error_carries_what_it_knows(error: errors.EtiographError, status: int, more: dict[str, object]) -> None:
    problem = describe(error).model_dump(mode="json", exclude_none=True)
    rest = {name: problem[name] for name in problem.keys() - {"type", "title", "status", "detail"}}
    assert (problem["status"], problem["detail"], rest) == (status, str(error), more)
