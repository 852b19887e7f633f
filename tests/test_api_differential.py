"""`POST /v1/differential` over real stores: whole answers, and questions that cannot be answered."""

import json
import math
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient
from realserver import get, send, serving
from realworld import World
from toygraph import ASSERTED, BLOOD, CLOTS, POSSIBLE

from api.differentialmodels import STATEMENT
from api.settings import LARGEST_BODY, NOTICE

ADDRESS = "/v1/differential"
JSON = {"Content-Type": "application/json"}


def test_the_toy_graph_is_answered_in_full(client: TestClient) -> None:
    answer = client.post(ADDRESS, json={"present": ["Coughing up BLOOD", "HP:0002105"], "limit": 1, "offset": 2}).json()
    (claim,) = client.get("/v1/claims", params={"subject": "PE", "object": "hemoptysis"}).json()["items"]
    weight, specificity = round(POSSIBLE / 2, 4), round(1 / (1 + math.log(3)), 4)
    kinds = {row["id"]: row for row in client.get("/v1/concepts/PE/neighbours").json()["nodes"]}
    concept = client.get("/v1/concepts/hemoptysis").json()
    hemoptysis = {key: concept[key] for key in ("id", "label", "kinds")}
    others = [
        {key: client.get(f"/v1/concepts/{name}").json()[key] for key in ("id", "label", "kinds")}
        for name in ("alveolar hemorrhage", "pneumonia")
    ]
    (item,) = answer.pop("items")
    (test,) = item.pop("tests")
    assert answer == {
        "statement": STATEMENT,
        "red_flags": [],
        "present": [{**hemoptysis, "conditions": 3, "specificity": specificity}],
        "absent": [],
        "limit": 1,
        "offset": 2,
        "total": 3,
        "truncated": False,
        "notice": NOTICE,
    }
    assert item == {
        "rank": 3,
        "condition": kinds["etio:pulmonary-embolism"],
        "score": weight,
        "score_terms": {"explained": weight, "uncontradicted": 1.0},
        "red_flags": [],
        "explains": [
            {
                "finding": hemoptysis,
                "through": hemoptysis,
                "match": "same",
                "weight": weight,
                "weight_terms": {"belief": POSSIBLE, "relation": 1.0, "match": 1.0, "frequency": 0.5},
                "claims": [claim],
                "conditions": 3,
                "specificity": specificity,
            }
        ],
        "unexplained": [],
        "against": [],
        "compared_with": others,
    }
    assert (test["test"]["concept"]["label"], test["tells_from"]) == ("CT pulmonary angiography", others)
    assert test["test"]["claims"][0]["evidence"][0]["quote"] == "CT pulmonary angiography detects a pulmonary embolism."


def test_the_order_is_that_of_the_scores_and_every_quote_stands_in_its_article(client: TestClient) -> None:
    items = client.post(ADDRESS, json={"present": ["hemoptysis"]}).json()["items"]
    assert [(item["rank"], item["condition"]["label"], item["score"]) for item in items] == [
        (1, "alveolar hemorrhage", round(ASSERTED / 2, 4)),
        (2, "pneumonia", round(POSSIBLE / 2, 4)),
        (3, "pulmonary embolism", round(POSSIBLE / 2, 4)),
    ]
    texts = {article.id: article.text for article in (BLOOD, CLOTS)}
    rows = [row for item in items for fit in item["explains"] for claim in fit["claims"] for row in claim["evidence"]]
    assert len(rows) == 3
    assert [texts[row["article"]][row["start"] : row["end"]] for row in rows] == [row["quote"] for row in rows]


@pytest.mark.parametrize("mode", ["none", "count", "full"])
def test_evidence_is_shown_as_much_as_asked(client: TestClient, mode: str) -> None:
    items = client.post(ADDRESS, json={"present": ["hemoptysis"], "evidence": mode}).json()["items"]
    claims = [claim for item in items for fit in item["explains"] for claim in fit["claims"]]
    assert {("evidence" in claim, "evidence_count" in claim) for claim in claims} == {(mode == "full", mode != "none")}


def test_the_tag_is_of_the_graph_and_of_the_body(client: TestClient) -> None:
    one, same, other = (
        client.post(ADDRESS, json={"present": [name]}).headers["etag"] for name in ("hemoptysis", "hemoptysis", "PE")
    )
    assert one == same != other
    hash = client.get("/v1/stats").json()["hash"]
    assert one.startswith(f'"{hash[:16]}-')
    again = client.post(ADDRESS, json={"present": ["hemoptysis"]}, headers={"If-None-Match": one})
    assert again.status_code == 200


@pytest.mark.parametrize(
    ("body", "status", "said"),
    [
        ({}, 422, "body present: field required"),
        ({"present": []}, 422, "body present: list should have at least 1 item"),
        ({"present": "hemoptysis"}, 422, "body present: input should be a valid"),
        ({"present": [""]}, 422, "body present 0: string should have at least 1 character"),
        ({"present": [7]}, 422, "body present 0: input should be a valid string"),
        ({"present": ["x" * 201]}, 422, "body present 0: string should have at most 200 characters"),
        ({"present": ["hemoptysis"] * 1000}, 422, "body present: list should have at most 50 items"),
        (
            {"present": ["hemoptysis"], "absent": ["fever"] * 1000},
            422,
            "body absent: list should have at most 50 items",
        ),
        ({"present": ["hemoptysis"], "limit": 0}, 422, "body limit: "),
        ({"present": ["hemoptysis"], "limit": 501}, 422, "body limit: "),
        ({"present": ["hemoptysis"], "patient": "a"}, 422, "body patient: extra inputs are not permitted"),
        (
            {"present": ["hemoptysis"], "absent": ["coughing up blood"]},
            422,
            "absent='hemoptysis': expected what is not",
        ),
        ({"present": ["hemoptsis"]}, 404, "unknown concept 'hemoptsis' (did you mean 'hemoptysis'"),
        ({"present": ["hemoptysis"], "absent": ["fevr"]}, 404, "unknown concept 'fevr'"),
        ([], 422, "body: input should be "),
        (None, 422, "body: input should be "),
    ],
)
def test_a_question_that_has_no_answer_is_a_problem_that_says_why(
    client: TestClient, body: object, status: int, said: str
) -> None:
    answer = client.post(ADDRESS, content=json.dumps(body), headers=JSON)
    problem = answer.json()
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert said in problem["detail"]
    assert len(answer.content) < 5000


@pytest.mark.parametrize(
    ("content", "headers", "status"),
    [
        (b"", JSON, 422),
        (b"{", JSON, 422),
        (b"\xff\xfe", JSON, 422),
        (b'{"present": ["\\ud800"]}', JSON, 422),
        (b"[" * 100_000, JSON, 422),
        (b'{"present": ["hemoptysis"]}', {"Content-Type": "text/plain"}, 415),
        (b'{"present": ["hemoptysis"]}', {"Content-Type": "application/x-www-form-urlencoded"}, 415),
        (b'{"present": ["' + b"x" * LARGEST_BODY + b'"]}', JSON, 413),
    ],
)
def test_a_body_that_is_none_is_refused(
    client: TestClient, content: bytes, headers: dict[str, str], status: int
) -> None:
    answer = client.post(ADDRESS, content=content, headers=headers)
    assert (answer.status_code, answer.json()["status"], len(answer.content) < 5000) == (status, status, True)


def test_a_body_without_length_is_read_up_to_its_limit(server: str) -> None:
    def endless() -> Iterator[bytes]:
        for _ in range(3):
            yield b" " * (LARGEST_BODY // 2)

    assert send("POST", server + ADDRESS, headers=JSON, body=endless()).status == 413


def test_only_post_is_answered_and_other_origins_may_ask(client: TestClient) -> None:
    refused = client.get(ADDRESS)
    assert (refused.status_code, refused.headers["allow"]) == (405, "POST, OPTIONS")
    asked = {
        "Origin": "https://example.org",
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "content-type",
    }
    preflight = client.options(ADDRESS, headers=asked)
    assert (preflight.status_code, preflight.headers["access-control-allow-methods"]) == (204, "POST, OPTIONS")
    unknown = client.post(ADDRESS, params={"limit": 3}, json={"present": ["hemoptysis"]})
    assert (unknown.status_code, unknown.json()["detail"]) == (
        422,
        "query limit: unknown parameter; this address takes none",
    )


def test_the_question_and_the_answer_are_described(client: TestClient) -> None:
    operation = client.get("/openapi.json").json()["paths"][ADDRESS]["post"]
    body = operation["requestBody"]["content"]["application/json"]["schema"]
    assert set(body["properties"]) == {
        "present", "absent", "limit", "offset", "min_certainty", "min_articles", "evidence"
    }  # fmt: skip
    assert body["examples"][0]["present"][0] == "coughing up blood"
    assert all(row.get("description") for row in body["properties"].values())
    assert operation["responses"]["200"]["content"]["application/json"]["schema"]["$ref"].endswith("/DifferentialOut")


def test_the_example_of_the_description_is_answered_from_the_bundled_articles(bundled: World) -> None:
    with serving(bundled.data) as (_, address):
        described = json.loads(get(f"{address}/openapi.json")[1])["paths"][ADDRESS]["post"]
        example = described["requestBody"]["content"]["application/json"]["schema"]["examples"][0]
        got = send("POST", address + ADDRESS, headers=JSON, body=json.dumps(example))
    answer = json.loads(got.body)
    assert got.status == 200
    ranked = [item["condition"]["label"] for item in answer["items"]]
    assert ranked[:2] == ["pulmonary embolism", "lung cancer"]
    assert {flag["concept"]["label"] for flag in answer["red_flags"]} >= {"seek emergency care"}
    first = answer["items"][0]
    assert {row["finding"]["label"] for row in first["explains"]} == {"hemoptysis", "chest pain", "dyspnea"}
    assert (first["unexplained"], first["against"]) == ([], [])
    assert "CT pulmonary angiography" in [row["test"]["concept"]["label"] for row in first["tests"]]
    (pneumonia,) = [item for item in answer["items"] if item["condition"]["label"] == "pneumonia"]
    assert [(row["reason"], row["finding"]["label"]) for row in pneumonia["against"]] == [("absent", "fever")]
    rows = list(evidence_in(answer))
    assert bundled.misquoted(rows) == []
    assert len(rows) > 40


def evidence_in(answer: Any) -> Iterator[dict[str, Any]]:
    """Every statement anywhere in the answer."""
    if isinstance(answer, dict):
        yield from answer.get("evidence", ())
        for value in answer.values():
            yield from evidence_in(value)
    elif isinstance(answer, list):
        for value in answer:
            yield from evidence_in(value)
