"""`/v1/paths` over a real store of the toy graph."""

import pytest
from fastapi.testclient import TestClient
from toygraph import CLOTS

PE, HEMOPTYSIS = "etio:pulmonary-embolism", "etio:hemoptysis"
BLEEDING = "The infarction leads to bleeding into the air sacs, and that bleeding causes hemoptysis."


def test_a_path_by_name_shows_the_chain_with_a_sentence_behind_every_hop(client: TestClient) -> None:
    answer = client.get("/v1/paths?source=PE&target=coughing up blood").json()
    first = answer["items"][0]
    assert [node["label"] for node in first["nodes"]] == [
        "pulmonary embolism",
        "reduced pulmonary blood flow",
        "pulmonary infarction",
        "alveolar hemorrhage",
        "hemoptysis",
    ]
    assert [set(item) for item in answer["items"]] == 2 * [
        {"rank", "score", "score_terms", "weakest", "nodes", "hops", "text", "explanation", "sparql"}
    ]
    start = CLOTS.text.index(BLEEDING)
    claim = first["hops"][3].pop("claims")
    assert first["hops"][3] == {
        "subject": "etio:alveolar-hemorrhage",
        "predicate": "causes",
        "object": HEMOPTYSIS,
        "inverted": False,
    }
    assert claim == [
        {
            "id": claim[0]["id"],
            "negated": False,
            "certainty": "asserted",
            "evidence": [
                {
                    "article": "lung-clots",
                    "quote": BLEEDING,
                    "start": start,
                    "end": start + len(BLEEDING),
                    "section": [],
                }
            ],
        }
    ]
    assert (answer["limit"], answer["offset"], answer["total"], answer["pruned"]) == (10, 0, 2, {})
    assert (answer["source"]["id"], answer["target"]["id"], answer["truncated"]) == (PE, HEMOPTYSIS, False)
    assert first["weakest"]["hop"] == 2


def test_the_terms_of_a_path_make_its_score(client: TestClient) -> None:
    for rank in ("explanation", "length", "belief", "specificity"):
        items = client.get("/v1/paths", params={"source": "PE", "target": "hemoptysis", "rank": rank}).json()["items"]
        for item in items:
            product = 1.0
            for term in item["score_terms"].values():
                product *= term
            assert item["score"] == pytest.approx(product, abs=1e-6)
        assert len(items) == 2


def test_the_query_of_a_path_finds_its_sentences_again(client: TestClient) -> None:
    path = client.get("/v1/paths?source=PE&target=hemoptysis&k=1").json()["items"][0]
    found = client.get("/sparql", params={"query": path["sparql"], "format": "json"}).json()
    quotes = [row["quote"]["value"] for row in found["results"]["bindings"]]
    assert quotes == [row["quote"] for hop in path["hops"] for claim in hop["claims"] for row in claim["evidence"]]
    assert len(quotes) == 4


@pytest.mark.parametrize(
    ("asked", "hops", "pruned"),
    [
        ({"max_hops": 1}, [1], {}),
        ({"predicate": "causes"}, [4], {"predicate": 1}),
        ({"via": "lung infarction"}, [4], {"via": 1}),
        ({"via_kind": "Mechanism"}, [4], {"via_kinds": 1}),
        ({"avoid": ["alveolar hemorrhage"]}, [1], None),
        ({"min_certainty": "asserted"}, [], None),
        ({"k": 1}, [4], {}),
    ],
)
def test_paths_obey_every_filter_and_say_what_it_hid(
    client: TestClient, asked: dict[str, str | int], hops: list[int], pruned: dict[str, int] | None
) -> None:
    answer = client.get("/v1/paths", params={"source": "PE", "target": "hemoptysis", **asked}).json()
    assert [len(item["hops"]) for item in answer["items"]] == hops
    assert answer["pruned"] == pruned if pruned is not None else answer["pruned"]


def test_where_there_is_no_path_the_answer_says_how_far_it_came_and_what_is_in_the_way(client: TestClient) -> None:
    asked = {"source": "PE", "target": "hemoptysis", "min_certainty": "asserted"}
    answer = client.get("/v1/paths", params=asked).json()
    assert (answer["items"], answer["pruned"]) == ([], {"min_certainty": 2})
    assert answer["no_path"] == {
        "text": "No chain of at most 8 hops leads from pulmonary embolism to hemoptysis. "
        "Without min_certainty=asserted there is one of 1 hop.",
        "source": {
            "total": 1,
            "furthest": 1,
            "nearest": [
                {
                    "id": "etio:reduced-pulmonary-blood-flow",
                    "label": "reduced pulmonary blood flow",
                    "kinds": ["Mechanism"],
                    "hops": 1,
                    "to_go": 3,
                }
            ],
        },
        "target": {
            "total": 2,
            "furthest": 2,
            "nearest": [
                {
                    "id": "etio:pulmonary-infarction",
                    "label": "pulmonary infarction",
                    "kinds": ["Condition", "Mechanism"],
                    "hops": 2,
                    "to_go": 2,
                },
                {
                    "id": "etio:alveolar-hemorrhage",
                    "label": "alveolar hemorrhage",
                    "kinds": ["Mechanism", "Condition"],
                    "hops": 1,
                    "to_go": 3,
                },
            ],
        },
        "without": [{"filters": ["min_certainty"], "hops": 1}],
        "truncated": False,
    }
    assert "no_path" not in client.get("/v1/paths?source=PE&target=hemoptysis").json()


def test_the_page_shows_it_too(client: TestClient) -> None:
    page = client.get("/?source=hemoptysis&target=PE").text
    assert "<p>From hemoptysis nothing can be reached.</p><p>To pulmonary embolism nothing leads.</p>" in page
    page = client.get("/?source=PE&target=hemoptysis&min_certainty=asserted").text
    link = '<a href="/?source=PE&amp;target=hemoptysis&amp;k=3">Ask without min_certainty</a>: a chain of 1 hop'
    assert link in page
    assert '<a href="/concepts/etio:reduced-pulmonary-blood-flow">reduced pulmonary blood flow</a>' in page


def test_paths_are_told_by_the_articles_asked_for_alone(client: TestClient) -> None:
    asked = {"source": "PE", "target": HEMOPTYSIS, "article": CLOTS.id}
    answer = client.get("/v1/paths", params=asked).json()
    told = {row["article"] for path in answer["items"] for hop in path["hops"] for row in hop["claims"][0]["evidence"]}
    assert (answer["total"], told) == (1, {CLOTS.id})
    unknown = client.get("/v1/paths", params=asked | {"article": "lung-clot"})
    assert (unknown.status_code, unknown.json()["detail"]) == (
        404,
        "unknown article 'lung-clot' (did you mean 'lung-clots'?)",
    )
    page = client.get("/", params=asked).text
    assert '<input type="checkbox" name="article" value="lung-clots" checked="">' in page
