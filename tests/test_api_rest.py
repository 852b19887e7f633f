"""The REST interface over a real store of the toy graph, whole answers compared."""

import pytest
from fastapi.testclient import TestClient
from toygraph import BLOOD, CLOTS, POSSIBLE

from api.settings import NOTICE

PE, HEMOPTYSIS = "etio:pulmonary-embolism", "etio:hemoptysis"


def labels(answer: dict[str, list[dict[str, dict[str, str]]]]) -> list[str]:
    return [item["concept"]["label"] for item in answer["items"]]


@pytest.mark.parametrize(
    "asked",
    [
        "hemoptysis",
        "Coughing up BLOOD",
        "haemoptysis",
        "etio:hemoptysis",
        "https://w3id.org/etiograph/hemoptysis",
        "https%3A%2F%2Fw3id.org%2Fetiograph%2Fhemoptysis",
        "coughing%20up%20blood",
        "HP:0002105",
        "http://purl.obolibrary.org/obo/HP_0002105",
    ],
)
def test_every_way_to_name_a_concept_reaches_it(client: TestClient, asked: str) -> None:
    answer = client.get(f"/v1/concepts/{asked}")
    assert (answer.status_code, answer.json()["id"]) == (200, HEMOPTYSIS)


def test_a_concept_says_what_it_is_and_what_is_known_of_it(client: TestClient) -> None:
    answer = client.get(f"/v1/concepts/{HEMOPTYSIS}").json()
    assert (answer["label"], answer["kinds"][0], answer["iri"]) == (
        "hemoptysis",
        "Symptom",
        "https://w3id.org/etiograph/hemoptysis",
    )
    assert {"text": "coughing up blood", "type": "lay"} in answer["names"]
    assert answer["relations"] == [
        {"predicate": "causes", "outgoing": 0, "incoming": 1, "denied": 1},
        {"predicate": "has_symptom", "outgoing": 0, "incoming": 2, "denied": 0},
    ]
    assert answer["notice"] == NOTICE


def test_search_forgives_typing_errors_and_says_which_name_matched(client: TestClient) -> None:
    answer = client.get("/v1/concepts", params={"q": "coughng up blod", "kind": "Symptom"}).json()
    first = answer["items"][0]
    assert (first["id"], first["name"]) == (HEMOPTYSIS, "coughing up blood")


def test_concepts_are_listed_in_stretches_of_one_order(client: TestClient) -> None:
    whole = client.get("/v1/concepts", params={"limit": 500, "kind": "Treatment"}).json()
    parts = [
        client.get("/v1/concepts", params={"limit": 3, "offset": offset, "kind": "Treatment"}).json()
        for offset in range(0, whole["total"], 3)
    ]
    assert "anticoagulants" in [item["label"] for item in whole["items"]]
    assert whole["items"][: 3 * len(parts)] == [item for part in parts for item in part["items"]][:500]
    assert {part["total"] for part in parts} == {whole["total"]}


def test_neighbours_carry_claims_with_sentences_and_the_nodes(client: TestClient) -> None:
    answer = client.get("/v1/concepts/PE/neighbours", params={"predicate": "has_symptom"}).json()
    start = BLOOD.text.index("A pulmonary embolism may")
    quote = "A pulmonary embolism may make a person cough up blood."
    (item,) = answer["items"]
    (claim,) = item.pop("claims")
    (evidence,) = claim.pop("evidence")
    (iri,) = claim.pop("has_evidence")
    assert iri.startswith("https://w3id.org/etiograph/evidence/")
    nodes = {node["id"]: node for node in answer["nodes"]}
    assert item == {
        "concept": nodes[HEMOPTYSIS],
        "predicate": "has_symptom",
        "direction": "out",
        "of": nodes[PE],
        "distance": 1,
        "belief": POSSIBLE,
        "certainty": "possible",
        "negated": False,
    }
    assert client.get(f"/v1/claims/{claim.pop('id')}").json()["subject"] == PE
    assert claim == {
        "subject": PE,
        "subject_label": "pulmonary embolism",
        "predicate": "has_symptom",
        "object": HEMOPTYSIS,
        "object_label": "hemoptysis",
        "negated": False,
        "certainty": "possible",
        "belief": POSSIBLE,
        "publications": ["https://w3id.org/etiograph/article/coughing-up-blood"],
        "primary_knowledge_source": "infores:etiograph",
        "evidence_count": 1,
    }
    assert evidence == {
        "article": "coughing-up-blood",
        "quote": quote,
        "start": start,
        "end": start + len(quote),
        "section": [],
        "certainty": "possible",
        "certainty_cue": "may",
        "rule": "toy",
        "extractor": "toy 1",
        "subject_mention": "pulmonary embolism",
        "object_mention": "cough up blood",
    }
    assert answer["concept"] == nodes[PE]
    assert (answer["limit"], answer["offset"], answer["total"], answer["notice"]) == (20, 0, 1, NOTICE)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"direction": "in"}, ["CT pulmonary angiography", "anticoagulants"]),
        ({"direction": "out"}, ["reduced pulmonary blood flow", "hemoptysis"]),
        ({"predicate": "treated_by"}, ["anticoagulants"]),
        ({"kind": ["Symptom", "Test"]}, ["CT pulmonary angiography", "hemoptysis"]),
        ({"article": "coughing-up-blood"}, ["hemoptysis"]),
        ({"min_certainty": "asserted", "direction": "out"}, ["reduced pulmonary blood flow"]),
        ({"min_articles": 2}, []),
        ({"negated": "only"}, []),
        (
            {"depth": 2, "direction": "out", "predicate": "causes"},
            ["reduced pulmonary blood flow", "pulmonary infarction"],
        ),
        ({"sort": "label", "limit": 2, "offset": 1}, ["CT pulmonary angiography", "hemoptysis"]),
    ],
)
def test_neighbours_obey_every_filter(client: TestClient, asked: dict[str, str | int], expected: list[str]) -> None:
    assert labels(client.get("/v1/concepts/PE/neighbours", params=asked).json()) == expected


def test_a_denied_claim_is_shown_on_request_and_never_otherwise(client: TestClient) -> None:
    address = "/v1/concepts/anticoagulants/neighbours"
    shown = client.get(address, params={"negated": "only"}).json()["items"]
    assert [(item["concept"]["label"], item["negated"]) for item in shown] == [("hemoptysis", True)]
    assert labels(client.get(address).json()) == ["pulmonary embolism"]


@pytest.mark.parametrize("mode", ["none", "count", "full"])
def test_evidence_is_shown_as_much_as_asked(client: TestClient, mode: str) -> None:
    answer = client.get("/v1/concepts/PE/neighbours", params={"evidence": mode}).json()
    shown = {("evidence" in claim, "evidence_count" in claim) for item in answer["items"] for claim in item["claims"]}
    assert shown == {(mode == "full", mode != "none")}


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("conditions/PE/symptoms", ["hemoptysis"]),
        ("conditions/pulmonary infarction/causes", ["reduced pulmonary blood flow"]),
        (
            "conditions/pulmonary embolism/mechanisms",
            ["reduced pulmonary blood flow", "pulmonary infarction", "alveolar hemorrhage"],
        ),
        ("conditions/PE/tests", ["CT pulmonary angiography"]),
        ("conditions/PE/treatments", ["anticoagulants"]),
        ("conditions/PE/risk-factors", []),
        ("conditions/pulmonary infarction/complications", ["alveolar hemorrhage"]),
        ("conditions/PE/red-flags", []),
        ("symptoms/coughing up blood/conditions", ["alveolar hemorrhage", "pneumonia", "pulmonary embolism"]),
        ("symptoms/hemoptysis/tests", []),
        ("symptoms/hemoptysis/red-flags", []),
    ],
)
def test_look_ups_answer_conditions_and_symptoms(client: TestClient, address: str, expected: list[str]) -> None:
    answer = client.get(f"/v1/{address}")
    assert (answer.status_code, labels(answer.json())) == (200, expected)


def test_a_look_up_states_frequency_and_sentence(client: TestClient) -> None:
    items = client.get("/v1/symptoms/hemoptysis/conditions", params={"kind": "Condition", "sort": "label"}).json()[
        "items"
    ]
    stated = [(item["concept"]["label"], item["certainty"], item.get("frequency_qualifier")) for item in items]
    assert stated == [
        ("alveolar hemorrhage", "asserted", None),
        ("pneumonia", "possible", "often"),
        ("pulmonary embolism", "possible", None),
    ]
    texts = {article.id: article.text for article in (BLOOD, CLOTS)}
    evidence = [row for item in items for claim in item["claims"] for row in claim["evidence"]]
    assert [texts[row["article"]][row["start"] : row["end"]] for row in evidence] == [row["quote"] for row in evidence]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"subject": "PE", "object": ["hemoptysis", "pneumonia"]}, [(PE, "has_symptom", HEMOPTYSIS)]),
        ({"negated": "true"}, [("etio:anticoagulants", "causes", HEMOPTYSIS)]),
        ({"predicate": "treats"}, [("etio:anticoagulants", "treats", PE)]),
        ({"q": "not always"}, [("etio:pneumonia", "has_symptom", HEMOPTYSIS)]),
        ({"article": "coughing-up-blood", "negated": "false", "subject": "PE"}, [(PE, "has_symptom", HEMOPTYSIS)]),
        ({"min_articles": 2}, []),
    ],
)
def test_claims_are_found_by_what_they_say(
    client: TestClient, asked: dict[str, str], expected: list[tuple[str, str, str]]
) -> None:
    items = client.get("/v1/claims", params=asked).json()["items"]
    assert [(item["subject"], item["predicate"], item["object"]) for item in items] == expected


def test_a_claim_is_found_by_curie_iri_and_digits(client: TestClient) -> None:
    curie = client.get("/v1/claims", params={"predicate": "treats"}).json()["items"][0]["id"]
    digits = curie.rpartition("/")[2]
    answers = [
        client.get(f"/v1/claims/{asked}").json()
        for asked in (curie, digits, f"https://w3id.org/etiograph/claim/{digits}")
    ]
    assert [answer["evidence"][0]["quote"] for answer in answers] == 3 * ["Anticoagulants treat it."]


def test_articles_are_listed_shown_and_questioned(client: TestClient) -> None:
    listed = client.get("/v1/articles").json()
    assert [(item["id"], item["claims"]) for item in listed["items"]] == [("coughing-up-blood", 3), ("lung-clots", 6)]
    shown = client.get("/v1/articles/lung-clots").json()
    assert (shown["text"], shown["publisher"], shown["licence"]) == (CLOTS.text, "Toy Press", "CC BY 4.0")
    said = client.get("/v1/articles/lung-clots/claims").json()["items"]
    starts = [item["evidence"][0]["start"] for item in said]
    assert (len(starts), starts) == (6, sorted(starts))


def test_stats_count_what_is_there(client: TestClient) -> None:
    answer = client.get("/v1/stats").json()
    assert (answer["articles"], answer["claims"], answer["denied_claims"], answer["evidence"]) == (2, 9, 1, 9)
    assert answer["claims_by_predicate"] == {"causes": 5, "diagnoses": 1, "has_symptom": 2, "treats": 1}


def test_the_schema_names_ten_kinds_and_fourteen_relations(client: TestClient) -> None:
    answer = client.get("/v1/schema").json()
    relations = {row["predicate"]: row for row in answer["relations"]}
    assert (len(answer["kinds"]), len(relations)) == (10, 14)
    assert (relations["causes"]["inverse"], relations["mimics"]["symmetric"]) == ("caused_by", True)


def test_health_is_live_and_ready_with_the_hash(client: TestClient) -> None:
    assert client.get("/health/live").json() == {"status": "ok"}
    assert client.get("/health/ready").json() == {"status": "ok", "hash": client.get("/v1/stats").json()["hash"]}


def test_the_same_question_is_not_answered_twice(client: TestClient) -> None:
    first = client.get("/v1/concepts/PE")
    again = client.get("/v1/concepts/PE", headers={"If-None-Match": f'"other", W/{first.headers["etag"]}'})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", first.headers["etag"])
    assert first.headers["etag"].strip('"').startswith(client.get("/v1/stats").json()["hash"][:16])
    other = client.get("/v1/concepts/hemoptysis", headers={"If-None-Match": first.headers["etag"]})
    assert other.status_code == 200


def test_reads_are_open_to_every_origin(client: TestClient) -> None:
    answer = client.get("/v1/stats", headers={"Origin": "https://example.org"})
    assert answer.headers["access-control-allow-origin"] == "*"
    asked = {"Origin": "https://example.org", "Access-Control-Request-Method": "GET"}
    preflight = client.options("/v1/stats", headers=asked)
    assert (preflight.status_code, preflight.headers["access-control-allow-methods"]) == (204, "GET, HEAD, OPTIONS")
    assert "POST" in client.options("/sparql", headers=asked).headers["access-control-allow-methods"]


def test_head_answers_as_get_without_a_body(client: TestClient) -> None:
    got, headed = client.get("/v1/stats"), client.head("/v1/stats")
    assert (headed.status_code, headed.content) == (200, b"")
    assert headed.headers["content-length"] == str(len(got.content))
    assert headed.headers["etag"] == got.headers["etag"]


def test_no_answer_holds_null(client: TestClient) -> None:
    addresses = ["concepts", "concepts/PE", "concepts/PE/neighbours", "paths?source=PE&target=hemoptysis"]
    addresses += ["claims", "articles", "articles/lung-clots", "stats", "schema", "concepts/nothing"]
    assert [address for address in addresses if b"null" in client.get(f"/v1/{address}").content] == []


def test_the_belief_in_a_claim_can_be_done_again_from_its_terms(client: TestClient) -> None:
    (item,) = client.get("/v1/claims", params={"subject": "PE", "object": "hemoptysis"}).json()["items"]
    claim = client.get(f"/v1/claims/{item['id']}").json()
    (row,) = claim["evidence"]
    (term,) = claim["belief_terms"]
    (statement,) = term["statements"]
    weight = statement.pop("rule_weight") * statement.pop("certainty_factor")
    assert statement == {
        "start": row["start"],
        "end": row["end"],
        "rule": "toy",
        "certainty": "possible",
        "counted": True,
    }
    assert (term["article"], term["weight"], claim["belief"]) == ("coughing-up-blood", round(weight, 4), POSSIBLE)
    assert "belief_terms" not in item
