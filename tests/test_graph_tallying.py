"""What is counted beside a snapshot is what its engine counts, whoever counts it."""

from pathlib import Path

import pytest
from toystore import store_toy

from graph import storedthings
from graph.adjacency.building import make_links
from graph.counting import figures_of
from graph.store import make_empty
from graph.storednetwork import StoredNetwork
from graph.tallying import FOLDER, Tally, build, make_tally


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    store_toy(tmp_path)
    return tmp_path


def told(network: StoredNetwork) -> tuple[object, ...]:
    return network.figures(), network.sizes(), list(network.articles), len(network.articles)


def test_a_tally_says_what_the_engine_says(folder: Path) -> None:
    network = StoredNetwork.open(folder)
    expected = told(network)
    assert make_links(network.snapshot.path)
    build(network.snapshot.path)
    counted = StoredNetwork.open(folder)
    tally = Tally.find(network.snapshot.path)
    assert tally is not None
    assert (told(counted), counted.figures()) == (expected, figures_of(counted.snapshot.store))
    assert ([id.decode() for id in tally.articles], tally.statements) == (expected[2], counted.figures().evidence)


def test_a_large_graph_is_counted_by_a_process_of_its_own(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    network = StoredNetwork.open(folder)
    expected = told(network)
    path = network.snapshot.path
    assert make_links(path)
    small = StoredNetwork.open(folder)
    assert (told(small), (path / FOLDER).exists()) == (expected, False)
    monkeypatch.setattr(storedthings, "MOST_LOADED", 0)
    large = StoredNetwork.open(folder)
    assert (told(large), (path / FOLDER).exists()) == (expected, True)


def test_a_tally_that_is_not_whole_is_none(folder: Path) -> None:
    network = StoredNetwork.open(folder)
    expected = told(network)
    assert make_links(network.snapshot.path)
    assert make_tally(network.snapshot.path) is not None
    (network.snapshot.path / FOLDER / "statements").write_text("")
    assert Tally.find(network.snapshot.path) is None
    assert told(StoredNetwork.open(folder)) == expected


def test_an_empty_store_has_none_of_anything(tmp_path: Path) -> None:
    make_empty(tmp_path)
    path = StoredNetwork.open(tmp_path).snapshot.path
    build(path)
    build(path)
    tally = Tally.find(path)
    assert tally is not None
    assert (list(tally.articles), tally.statements) == ([], 0)
