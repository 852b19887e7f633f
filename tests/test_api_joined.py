"""Neighbours put together from what lies written are the bytes that are written of what was read."""

import shutil
from collections.abc import Iterator
from itertools import product
from typing import get_args

import pytest
from drawn import drawn
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st
from realworld import World
from toynetworks import SMALL, Ranked, networks

from api import joined, written
from api.app import create_app
from api.questions import NeighbourQuestion
from api.settings import Settings
from graph.adjacency.building import make_links
from graph.claimjson import EvidenceMode
from graph.neighbourhood import find_near
from graph.neighbours import Negated, Pattern
from graph.network import Network
from graph.rankedlinks import RankedLinks
from graph.records.kept import FOLDER
from graph.snapshot import Snapshot

MODES = get_args(EvidenceMode)
ASKED = [
    f"/v1/concepts/{name}/neighbours?evidence={mode}&{others}"
    for name, mode, others in product(
        ("hemoptysis", "pulmonary embolism", "cervical cancer"),
        MODES,
        ("", "depth=3&negated=include&limit=500", "sort=label&limit=3&offset=2", "sort=articles", "offset=900"),
    )
] + [
    f"/v1/{lookup}?evidence={mode}"
    for lookup, mode in product(
        ("symptoms/hemoptysis/red-flags", "conditions/pulmonary embolism/mechanisms", "symptoms/hemoptysis/conditions"),
        MODES,
    )
]


@pytest.fixture(scope="module")
def usual(bundled: World) -> Iterator[TestClient]:
    with TestClient(create_app(Settings(data=bundled.data))) as client:
        yield client


@pytest.fixture(scope="module", params=["recorded", "without records"])
def ranked(request: pytest.FixtureRequest, bundled: World, tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    """A server of the same data that has the arrays of its links."""
    folder = tmp_path_factory.mktemp("ranked") / "data"
    shutil.copytree(bundled.data, folder, symlinks=True)
    with Snapshot.open(folder) as snapshot:
        assert make_links(snapshot.path)
        if request.param == "without records":
            shutil.rmtree(snapshot.path / FOLDER)
    return TestClient(create_app(Settings(data=folder)))


def test_what_is_put_together_is_what_is_written(usual: TestClient, ranked: TestClient) -> None:
    found = set[bool]()
    with ranked:
        for address in ASKED:
            answer = ranked.get(address)
            assert answer.status_code == 200, answer.text
            assert answer.content == usual.get(address).content, address
            found.add(answer.json()["items"] == [])
    assert found == {False, True}


@drawn(100)
@given(networks(), st.sampled_from(MODES), st.sampled_from(get_args(Negated)), st.integers(1, 3), st.integers(1, 5))
def test_links_of_several_claims_are_put_together_as_they_are_written(
    network: Network, mode: EvidenceMode, negated: Negated, depth: int, limit: int
) -> None:
    network = Ranked.like(network)
    question = NeighbourQuestion(evidence=mode, negated=negated, depth=depth, limit=limit)
    for concept in SMALL:
        found = find_near(network, concept.id, (Pattern(),), question.stretch, depth=depth, filter=question.filter)
        assert isinstance(found, RankedLinks)
        expected = written.neighbourhood(concept, found.read(network), limit=limit, offset=0, mode=mode)
        assert joined.neighbourhood(network, concept, found, question) == written.encode(expected)
