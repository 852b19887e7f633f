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
