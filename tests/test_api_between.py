"""`/v1/subgraph` and `/v1/common` over real stores."""

import json
from collections.abc import Mapping
from itertools import pairwise

import pytest
from fastapi.testclient import TestClient
from realserver import get, serving
from realworld import World
from toygraph import ASSERTED, POSSIBLE

from api.settings import NOTICE

Asked = Mapping[str, str | int | list[str]]
PE, HEMOPTYSIS = "etio:pulmonary-embolism", "etio:hemoptysis"


def test_a_part_has_its_links_with_claims_and_all_its_concepts(client: TestClient) -> None:
    asked: Asked = {"source": ["PE", "pneumonia", "pulmonary embolism"], "target": "coughing up blood", "limit": 2}
    answer = client.get("/v1/subgraph", params=asked).json()
    claims = [
        client.get("/v1/claims", params={"subject": name, "object": "hemoptysis"}).json()["items"]
        for name in ("pneumonia", "PE")
    ]
    nodes = {node["id"]: node for node in answer.pop("nodes")}
    assert answer == {
        "limit": 2,
        "offset": 0,
        "total": 6,
        "items": [{"hops": 1, "claims": claims[0]}, {"hops": 1, "claims": claims[1]}],
        "notice": NOTICE,
        "sources": [nodes[PE], nodes["etio:pneumonia"]],
        "targets": [nodes[HEMOPTYSIS]],
        "truncated": False,
        "pruned": {},
    }
    assert sorted(node["label"] for node in nodes.values()) == [
        "alveolar hemorrhage", "hemoptysis", "pneumonia", "pulmonary embolism", "pulmonary infarction",
        "reduced pulmonary blood flow",
    ]  # fmt: skip
    rest = client.get("/v1/subgraph", params={**asked, "limit": 500, "offset": 2}).json()["items"]
    assert [item["hops"] for item in rest] == [4, 4, 4, 4]


@pytest.mark.parametrize(
    ("asked", "count", "pruned"),
    [
        ({}, 5, {}),
        ({"max_hops": 3}, 1, {}),
        ({"predicate": "causes"}, 4, {"predicate": 1}),
        ({"avoid": "lung infarction"}, 1, {"avoid": 2}),
        ({"min_certainty": "asserted"}, 0, {"min_certainty": 2}),
        ({"min_articles": 2}, 0, {"min_articles": 5}),
        ({"source": "anticoagulants"}, 0, {"negated": 1}),
        ({"source": "CTPA", "directed": "false", "max_hops": 2}, 2, {}),
    ],
)
def test_a_part_obeys_every_filter_and_says_what_it_hid(
    client: TestClient, asked: dict[str, str | int], count: int, pruned: dict[str, int]
) -> None:
    answer = client.get("/v1/subgraph", params={"source": "PE", "target": "hemoptysis", **asked}).json()
    assert (answer["total"], len(answer["items"]), answer["pruned"]) == (count, count, pruned)


def test_common_causes_come_with_a_quoted_chain_to_each(client: TestClient) -> None:
    asked = {"concept": ["lung infarction", "haemoptysis"], "evidence": "full"}
    answer = client.get("/v1/common", params=asked).json()
    first = answer["items"][0]
    chains = [
        client.get("/v1/paths", params={"source": "PE", "target": target, "rank": "belief", "k": 1}).json()["items"][0]
        for target in ("lung infarction", "hemoptysis")
    ]
    assert first.pop("chains") == chains
    assert first.pop("score_terms") == {
        "belief of chain 1": round(ASSERTED * POSSIBLE, 6),
        "belief of chain 2": POSSIBLE,
        "brevity": 0.6667,
        "specificity": 0.9129,
    }
    assert first == {"rank": 1, "score": first["score"], "concept": chains[0]["nodes"][0]}
    assert [concept["label"] for concept in answer["concepts"]] == ["pulmonary infarction", "hemoptysis"]
    assert (answer["side"], answer["limit"], answer["offset"], answer["total"], answer["truncated"]) == (
        "causes", 20, 0, 2, False,
    )  # fmt: skip
    effects = client.get("/v1/common", params={"concept": ["PE", "pneumonia"], "side": "effects"}).json()
    assert [item["concept"]["label"] for item in effects["items"]] == ["hemoptysis"]


@pytest.mark.parametrize(
    ("address", "status", "said"),
    [
        ("common", 422, "query concept: "),
        ("common?concept=PE", 422, "query concept: "),
        ("common?concept=PE&concept=pulmonary embolism", 422, "2 to 10 different concepts"),
        ("common?" + "&".join(["concept=PE"] * 1000), 422, "query concept: list should have at most 10"),
        ("common?concept=PE&concept=hemoptsis", 404, "unknown concept 'hemoptsis'"),
        ("common?concept=PE&concept=hemoptysis&max_hops=99", 422, "query max_hops: "),
        ("common?concept=PE&concept=hemoptysis&predicate=coses", 422, "predicate='coses'"),
        ("common?concept=PE&concept=hemoptysis&side=left", 422, "query side: "),
        ("subgraph", 422, "query source: "),
        ("subgraph?source=PE&target=PE", 422, "target='etio:pulmonary-embolism'"),
        ("subgraph?source=PE&target=hemoptysis&max_hops=99", 422, "query max_hops: "),
        ("subgraph?source=PE&target=hemoptysis&k=3", 422, "query k: unknown parameter"),
        ("subgraph?source=PE&target=hemoptysis&avoid=PE", 422, "avoid="),
        ("subgraph?source=PE&target=hemoptsis", 404, "unknown concept 'hemoptsis'"),
        (
            "subgraph?target=PE&" + "&".join(["source=hemoptysis"] * 51),
            422,
            "query source: list should have at most 50",
        ),
    ],
)
def test_a_question_that_has_no_answer_is_a_problem_that_says_why(
    client: TestClient, address: str, status: int, said: str
) -> None:
    answer = client.get(f"/v1/{address}")
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert said in answer.json()["detail"]


def test_the_bundled_articles_answer_both(bundled: World) -> None:
    with serving(bundled.data) as (_, address):
        part = json.loads(get(f"{address}/v1/subgraph?source=PE&target=hemoptysis&max_hops=5")[1])
        shared = json.loads(get(f"{address}/v1/common?concept=hemoptysis&concept=chest+pain&kind=Condition")[1])
    joined = {(row["claims"][0]["subject"], row["claims"][0]["object"]) for row in part["items"]}
    chain = [PE, "etio:pulmonary-artery-blockage", "etio:reduced-pulmonary-blood-flow", "etio:pulmonary-infarction"]
    chain += ["etio:alveolar-hemorrhage", HEMOPTYSIS]
    assert set(pairwise(chain)) <= joined
    assert [item["concept"]["label"] for item in shared["items"]][:2] == ["lung cancer", "pulmonary embolism"]
    rows = [row for link in part["items"] for claim in link["claims"] for row in claim["evidence"]]
    rows += [
        row
        for item in shared["items"]
        for path in item["chains"]
        for hop in path["hops"]
        for claim in hop["claims"]
        for row in claim["evidence"]
    ]
    assert bundled.misquoted(rows) == []
    assert len(rows) > 40
