from fastapi.testclient import TestClient
from prometheus_client.parser import text_string_to_metric_families


def sample(client: TestClient, name: str, **labels: str) -> float | None:
    families = text_string_to_metric_families(client.get("/metrics").text)
    found = [row.value for family in families for row in family.samples if (row.name, row.labels) == (name, labels)]
    return found[0] if found else None


def test_answers_are_counted_by_the_pattern_of_their_address(client: TestClient) -> None:
    place = {"method": "GET", "path": "/v1/concepts/{id:path}", "status": "200"}
    before = sample(client, "etiograph_http_requests_total", **place) or 0
    client.get("/v1/concepts/hemoptysis")
    client.get("/v1/concepts/pneumonia")
    client.request("BREW", "/coffee")
    assert sample(client, "etiograph_http_requests_total", **place) == before + 2
    assert sample(client, "etiograph_http_requests_total", method="other", path="other", status="404") == 1


def test_queries_are_counted_by_how_they_ended(client: TestClient) -> None:
    for query in (
        "ASK { ?s etio:isA ?metrics }",
        "ASK { ?s etio:isA ?metrics }",
        "ASK {",
        "SELECT * { SERVICE <x:y> {} }",
    ):
        client.get("/sparql", params={"query": query})
    client.get("/sparql", params={"query": "SELECT * { ?s ?p ?metrics }", "rows": "3"})
    outcomes = ("answered", "kept", "truncated", "QuerySyntaxError", "QueryRefused")
    assert [sample(client, "etiograph_sparql_queries_total", outcome=outcome) for outcome in outcomes] == [
        1,
        1,
        1,
        1,
        1,
    ]
    assert sample(client, "etiograph_sparql_cache_total", outcome="hit") == 1
    assert sample(client, "etiograph_sparql_cache_answers") == 2
