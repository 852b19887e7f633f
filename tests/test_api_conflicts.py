"""`/v1/conflicts` over real stores."""

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient
from realserver import get, serving
from realworld import World
from toygraph import BLOOD, CLOTS, POSSIBLE, Statement, toy_extraction, toy_extractions

from api.app import create_app
from api.settings import NOTICE, Settings
from graph.store import Store
from ontology.article import Article
from ontology.terms import Certainty, Predicate

AGAIN = Article(
    id="again",
    title="Again",
    text="Anticoagulants cause hemoptysis. Pneumonia rarely causes coughing up blood. PE shows no hemoptysis.",
    format="text",
)


@pytest.fixture(scope="module")
def disputed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The API over the toy graph and one article that contradicts it."""
    folder = tmp_path_factory.mktemp("disputed")
    rows = (
        Statement(
            "anticoagulants",
            Predicate.CAUSES,
            "hemoptysis",
            "Anticoagulants cause hemoptysis.",
            ("Anticoagulants", "hemoptysis"),
        ),
        Statement(
            "pneumonia",
            Predicate.HAS_SYMPTOM,
            "hemoptysis",
            "Pneumonia rarely causes coughing up blood.",
            ("Pneumonia", "coughing up blood"),
            certainty=Certainty.POSSIBLE,
            frequency="rarely",
        ),
        Statement(
            "pulmonary-embolism",
            Predicate.HAS_SYMPTOM,
            "hemoptysis",
            "PE shows no hemoptysis.",
            ("PE", "hemoptysis"),
            negated=True,
        ),
    )
    with Store.open(folder) as store:
        store.replace((*toy_extractions(), toy_extraction(AGAIN, rows)))
    with TestClient(create_app(Settings(data=folder))) as client:
        yield client


def sides(item: dict[str, Any]) -> list[tuple[object, ...]]:
    return [
        (side["claim"]["negated"], side.get("frequencies"), [row["quote"] for row in side["claim"]["evidence"]])
        for side in item["sides"]
    ]


def test_both_sides_are_quoted(disputed: TestClient) -> None:
    answer = disputed.get("/v1/conflicts").json()
    told = [(item["type"], item["subject"]["label"], item["predicate"], sides(item)) for item in answer["items"]]
    affirmed, denied = "A pulmonary embolism may make a person cough up blood.", "PE shows no hemoptysis."
    assert told == [
        (
            "polarity",
            "anticoagulants",
            "causes",
            [
                (False, None, ["Anticoagulants cause hemoptysis."]),
                (True, None, ["Blood thinners do not cause hemoptysis by themselves."]),
            ],
        ),
        ("polarity", "pulmonary embolism", "has_symptom", [(False, None, [affirmed]), (True, None, [denied])]),
        (
            "frequency",
            "pneumonia",
            "has_symptom",
            [
                (False, ["often"], ["Pneumonia often causes coughing up blood, though not always."]),
                (False, ["rarely"], ["Pneumonia rarely causes coughing up blood."]),
            ],
        ),
    ]
    assert (answer["limit"], answer["offset"], answer["total"], answer["notice"]) == (20, 0, 3, NOTICE)
    texts = {article.id: article.text for article in (AGAIN, BLOOD, CLOTS)}
    rows = [row for item in answer["items"] for side in item["sides"] for row in side["claim"]["evidence"]]
    assert [texts[row["article"]][row["start"] : row["end"]] for row in rows] == [row["quote"] for row in rows]


def test_a_side_is_a_claim_with_the_statements_of_that_side_alone(disputed: TestClient) -> None:
    (item,) = disputed.get("/v1/conflicts", params={"type": "frequency", "evidence": "count"}).json()["items"]
    (whole,) = disputed.get("/v1/claims", params={"subject": "pneumonia", "predicate": "has_symptom"}).json()["items"]
    assert [
        (side["claim"]["id"], side["claim"]["belief"], side["claim"]["evidence_count"]) for side in item["sides"]
    ] == [
        (whole["id"], POSSIBLE, 1),
        (whole["id"], POSSIBLE, 1),
    ]
    assert whole["evidence_count"] == 2


def test_conflicts_come_in_stretches_of_one_order_and_about_one_concept(disputed: TestClient) -> None:
    whole = disputed.get("/v1/conflicts").json()["items"]
    parts = [disputed.get("/v1/conflicts", params={"limit": 1, "offset": place}).json() for place in range(3)]
    assert [part["items"] for part in parts] == [[item] for item in whole]
    about = disputed.get("/v1/conflicts", params={"concept": "blood clot in the lung"}).json()
    assert (about["concept"]["id"], about["total"], about["items"]) == ("etio:pulmonary-embolism", 1, [whole[1]])


def test_where_all_agree_the_list_is_empty_and_a_wrong_question_is_a_problem(client: TestClient) -> None:
    answer = client.get("/v1/conflicts")
    again = client.get("/v1/conflicts", headers={"If-None-Match": answer.headers["etag"]})
    assert (answer.json()["items"], answer.json()["total"], again.status_code) == ([], 0, 304)
    unknown = client.get("/v1/conflicts", params={"concept": "hemoptsis"})
    assert (unknown.status_code, unknown.json()["suggestions"][0]) == (404, "hemoptysis")
    assert client.get("/v1/conflicts", params={"type": "opinion"}).status_code == 422
    assert client.get("/v1/conflicts", params={"limit": 0}).status_code == 422


def test_the_bundled_articles_disagree_about_how_often_small_volumes_are_seen(bundled: World) -> None:
    with serving(bundled.data) as (_, address):
        status, body = get(f"{address}/v1/conflicts?concept=hemoptysis&type=frequency")
    assert status == 200
    assert b"presents_as" in body
