"""The benchmark of paths, small: its peers are asked the same and answer alike, and what is silent is ended."""

import argparse
import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parent / "bench"))

import paths
from paths import OURS, Measured, Peer


@pytest.fixture
def chosen() -> argparse.Namespace:
    return argparse.Namespace(
        pairs=12,
        rounds=1,
        seed=3,
        seconds=30.0,
        python=Path(sys.executable),
        without=["igraph", "rustworkx", "SciPy", "GANDALF"],
    )


def test_networkx_answers_every_question_as_the_arrays_do(
    tmp_path: Path, chosen: argparse.Namespace, capsys: pytest.CaptureFixture[str]
) -> None:
    figures = paths.measure(3_000, tmp_path, chosen)
    said = capsys.readouterr().out
    assert "≠" not in said
    peers = figures["peers"]
    assert isinstance(peers, dict)
    assert {name: sorted(row) for name, row in peers.items()} == {
        OURS: ["chains", "filtered", "hop", "shortest", "three"],
        "NetworkX": ["chains", "filtered", "hop", "shortest"],
    }


def test_a_library_that_is_missing_is_not_ready(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    peer = Peer(Path(sys.executable), "rustworkx", tmp_path)
    try:
        assert peer.loading is None
        assert peer.ask("hop", 0, 1, 5.0) is None
    finally:
        peer.close()
    assert not capsys.readouterr().out


def test_a_cell_says_how_many_pairs_were_asked_where_not_all_were() -> None:
    assert str(Measured()) == "–"
    assert str(Measured(remark="> 60 s")) == "> 60 s"
    assert str(Measured([1.0, 2.0, 30.0])) == "2 / 30"
    assert str(Measured([1.0], "60 s were over")) == "1 / 1 (1 pairs; 60 s were over)"
