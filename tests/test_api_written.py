"""What is written without its model is what the model writes, byte for byte."""

from collections.abc import Iterator
from itertools import permutations

import pytest
from fastapi.testclient import TestClient
from realworld import World

from api.app import create_app
from api.models import ClaimOut, Neighbourhood, Page, Paths, Wire
from api.settings import Settings

MODES = ("none", "count", "full")
NAMES = ("hemoptysis", "pulmonary embolism", "chronic bronchitis", "anticoagulants", "cervical cancer")


@pytest.fixture(scope="module")
def articles(bundled: World) -> Iterator[TestClient]:
    with TestClient(create_app(Settings(data=bundled.data))) as client:
        yield client


def written(client: TestClient, address: str, model: type[Wire], **asked: str) -> bytes:
    answer = client.get(address, params=asked)
    assert answer.status_code == 200, answer.text
    assert model.model_validate_json(answer.content).encode() == answer.content
    return answer.content


@pytest.mark.parametrize("mode", MODES)
def test_neighbours_are_written_as_their_model_writes_them(articles: TestClient, mode: str) -> None:
    found = [
        written(
            articles,
            f"/v1/concepts/{name}/neighbours",
            Neighbourhood,
            evidence=mode,
            depth=depth,
            negated="include",
            limit="500",
        )
        for name in NAMES
        for depth in ("1", "2")
    ]
    for field in (b'"frequency_qualifier"', b'"negated":true', b'"distance":2'):
        assert any(field in answer for answer in found)


@pytest.mark.parametrize("mode", MODES)
def test_claims_are_written_as_their_model_writes_them(articles: TestClient, mode: str) -> None:
    found = written(articles, "/v1/claims", Page[ClaimOut], evidence=mode, limit="500")
    for field in (b'"certainty_cue"', b'"frequency_class"', b'"qualifier"', b'"has_evidence"'):
        assert (field in found) == (mode == "full")
    assert (b'"evidence_count"' in found) == (mode != "none")


@pytest.mark.parametrize("mode", MODES)
def test_paths_and_the_want_of_one_are_written_as_their_model_writes_them(articles: TestClient, mode: str) -> None:
    found = [
        written(articles, "/v1/paths", Paths, source=source, target=target, evidence=mode, directed=directed, k="3")
        for source, target in permutations(NAMES, 2)
        for directed in ("true", "false")
    ]
    assert {b'"no_path"' in answer for answer in found} == {True, False}
    for field, modes in ((b'"explanation"', ("full",)), (b'"evidence_count"', ("count",)), (b'"quote"', ("full",))):
        assert any(field in answer for answer in found) == (mode in modes)
