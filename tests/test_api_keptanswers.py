"""An answer that was given before is given again as it was, as long as the graph is the same."""

from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from toygraph import toy_extractions

from api import current
from api.app import create_app
from api.keptanswers import KeptAnswers
from api.settings import Settings
from graph.store import Store


def test_the_same_question_has_the_same_answer_and_headers(client: TestClient) -> None:
    address = "/v1/concepts/etio:hemoptysis/neighbours?evidence=count"
    first, second = client.get(address), client.get(address)
    assert (first.status_code, first.content, first.headers["etag"]) == (
        second.status_code,
        second.content,
        second.headers["etag"],
    )
    assert client.get(address, headers={"If-None-Match": first.headers["etag"]}).status_code == 304
    assert client.get(address + "&limit=1").json()["limit"] == 1


def test_an_answer_goes_with_the_graph_it_came_from(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(current, "CHECK_EVERY", 0.0)
    first, second = toy_extractions()
    with TestClient(create_app(Settings(data=tmp_path))) as client, Store.open(tmp_path) as store:
        store.replace([first])
        before = [client.get("/v1/stats").json()["articles"] for _ in range(2)]
        store.replace([second])
        assert (before, client.get("/v1/stats").json()["articles"]) == ([1, 1], 2)


def test_a_parameter_that_is_not_known_is_refused_however_often_it_comes(client: TestClient) -> None:
    assert [client.get("/v1/stats?x=1").status_code for _ in range(2)] == [422, 422]


def test_answers_are_kept_by_graph_and_question_and_large_ones_not_at_all() -> None:
    kept = KeptAnswers()
    kept.keep("one", "asked", b"answer")
    kept.keep("one", "much", bytes(1 << 21))
    assert (kept.find("one", "asked"), kept.find("two", "asked"), kept.find("one", "much")) == (b"answer", None, None)
    kept.keep("two", "else", b"other")
    assert (kept.find("one", "asked"), kept.find("two", "asked"), kept.find("two", "else")) == (None, None, b"other")


def test_an_answer_is_kept_only_where_the_request_was_right(client: TestClient) -> None:
    address = "/v1/concepts/etio:hemoptysis/neighbours?limit=3"
    first = client.get(address)
    assert client.get(address + "&nonsense=1").status_code == 422
    assert client.get(address + "&nonsense=1", headers={"If-None-Match": first.headers["etag"]}).status_code == 422
    assert client.get(address).content == first.content
