"""What is asked rightly is answered without FastAPI's own reading of the request, and just as with it."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from fastapi import Request
from fastapi.testclient import TestClient
from realworld import World

from api.app import create_app
from api.keptroute import Parameters
from api.settings import Settings

CONCEPT = "/v1/concepts/etio:hemoptysis"
CHAIN = "/v1/paths?source=PE&target=coughing up blood"
RIGHT = (
    "/v1/concepts",
    "/v1/concepts?q=blood&kind=Symptom&kind=Condition&limit=3",
    CONCEPT,
    "/v1/concepts/coughing%20up%20blood",
    f"{CONCEPT}/neighbours",
    f"{CONCEPT}/neighbours?predicate=causes&predicate=has_symptom&kind=Condition&negated=include&depth=2&limit=7",
    f"{CONCEPT}/neighbours?min_certainty=possible&min_articles=1&evidence=count&sort=label&offset=2",
    "/v1/concepts/PE/neighbours?min_certainty=possible&min_articles=1&evidence=count&sort=label&offset=2",
    f"{CHAIN}&k=2&evidence=none&directed=false",
    f"{CHAIN}&directed=0&via_kind=Mechanism&rank=belief",
    "/v1/claims?negated=true&limit=2",
    "/v1/articles",
    "/v1/articles/hemoptysis-in-pulmonary-embolism/claims?limit=2",
    "/v1/conflicts",
    "/v1/stats",
)
WRONG = (
    "/v1/concepts?limit=0",
    "/v1/concepts?kind=",
    "/v1/concepts/nothing-is-called-so",
    f"/v1/concepts/{'x' * 3000}",
    f"{CONCEPT}?limit=3",
    f"{CONCEPT}/neighbours?limit=3&limit=4",
    f"{CONCEPT}/neighbours?limit=many",
    f"{CONCEPT}/neighbours?dept=2",
    f"{CONCEPT}/neighbours?predicate=nonsense",
    f"{CONCEPT}/neighbours?{'kind=symptom&' * 51}",
    f"{CHAIN}&k=0",
    f"{CHAIN}&max_hops=99",
    f"{CHAIN}&directed=perhaps",
    f"{CHAIN}&via=",
    "/v1/paths?source=PE",
    "/v1/paths?source=PE&target=PE",
    "/v1/articles/none",
)


@pytest.fixture(scope="module")
def clients(bundled: World) -> Iterator[tuple[TestClient, TestClient]]:
    """Two servers of the same data, each with what it was asked before of its own."""
    direct, usual = (TestClient(create_app(Settings(data=bundled.data))) for _ in range(2))
    with direct, usual:
        yield direct, usual


@pytest.mark.parametrize("address", [*RIGHT, *WRONG])
def test_what_is_asked_is_answered_as_by_fastapi(
    clients: tuple[TestClient, TestClient], address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    direct, usual = clients
    found: list[Mapping[str, Any] | None] = []
    find = Parameters.find

    def noted(parameters: Parameters, request: Request) -> Mapping[str, Any] | None:
        found.append(find(parameters, request))
        return found[-1]

    monkeypatch.setattr(Parameters, "find", noted)
    answer = direct.get(address)
    monkeypatch.setattr(Parameters, "find", lambda *_: None)
    expected = usual.get(address)
    assert (answer.status_code, answer.content) == (expected.status_code, expected.content)
    assert answer.headers.get("etag") == expected.headers.get("etag")
    assert (answer.status_code == 200) == (address in RIGHT)
    assert address in WRONG or found[0] is not None
