"""Many articles in one step: the same store as one by one, whatever the batches and whatever interrupts them."""

import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pyoxigraph
import pytest
from drawn import drawn
from graphworld import extractions, toy_layer
from hypothesis import given
from hypothesis import strategies as st
from toygraph import merged

import graph.known
import graph.store
from graph.journal import begun, note
from graph.prepared import prepare
from graph.store import Snapshot, Store
from ontology.article import Extraction
from ontology.errors import InvalidClaims

LAYER = toy_layer()
TESTS = Path(__file__).parent
ids = st.sampled_from(["one", "two", "three", "four"])


def content(folder: Path) -> list[bytes]:
    with Snapshot.open(folder) as snapshot:
        return snapshot.nquads().splitlines()


def stored(folder: Path, batches: list[list[Extraction]], removed: tuple[str, ...] = ()) -> list[bytes]:
    with Store.open(folder, layer=LAYER) as store:
        for batch in batches:
            store.put([prepare(extraction, LAYER) for extraction in batch])
        for article in removed:
            store.remove(article)
        store.publish()
    return content(folder)


@given(st.lists(st.lists(extractions(ids), max_size=3), max_size=4))
@drawn(20)
def test_batches_of_any_size_and_order_make_the_store_that_single_articles_make(
    batches: list[list[Extraction]],
) -> None:
    last = {extraction.article.id: extraction for batch in batches for extraction in batch}
    with TemporaryDirectory() as folder:
        worked = stored(Path(folder, "worked"), batches)
        with Store.open(Path(folder, "single"), layer=LAYER) as store:
            store.replace(sorted(last.values(), key=lambda extraction: extraction.article.id, reverse=True))
        assert worked == content(Path(folder, "single"))


def test_a_writer_that_no_longer_remembers_its_claims_looks_them_up(
    toy: tuple[Extraction, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    again = tuple(
        replace(
            one,
            article=replace(one.article, id=f"{one.article.id}-again"),
            claims=tuple(
                replace(claim, evidence=tuple(replace(row, article=f"{row.article}-again") for row in claim.evidence))
                for claim in one.claims
            ),
        )
        for one in toy
    )
    batches = [[one] for one in (*toy, *again)]
    remembered = stored(tmp_path / "remembered", batches)
    monkeypatch.setattr(graph.known, "_MOST_COUNTED", 1)
    assert stored(tmp_path / "looked-up", batches) == remembered


class Watched:
    """A store of the engine that remembers being put in order."""

    def __init__(self, engine: pyoxigraph.Store) -> None:
        self.engine = engine
        self.optimized = 0

    def __getattr__(self, name: str) -> object:
        return getattr(self.engine, name)

    def optimize(self) -> None:
        self.engine.optimize()
        self.optimized += 1


@pytest.mark.parametrize(("much", "size", "times"), [(0, 0, 1), (1 << 40, 0, 0), (0, 1 << 40, 0)])
def test_what_much_was_loaded_into_is_put_in_order_when_it_is_published(
    much: int, size: int, times: int, toy: tuple[Extraction, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(graph.store, "_MUCH", much)
    monkeypatch.setattr(graph.store, "bytes_in", lambda _: size)
    with Store.open(tmp_path, layer=LAYER) as store:
        store.put([prepare(extraction, LAYER) for extraction in toy])
        watched = Watched(store.live)
        monkeypatch.setattr(Store, "live", watched)
        store.publish()
        store.publish()
    assert watched.optimized == times
    with Snapshot.open(tmp_path) as snapshot:
        assert len(snapshot.articles()) == len(toy)


@given(st.lists(extractions(ids), max_size=4, unique_by=lambda extraction: extraction.article.id), st.data())
@drawn(10)
def test_what_was_added_in_a_batch_can_be_removed_without_a_trace(given: list[Extraction], data: st.DataObject) -> None:
    gone = tuple(each.article.id for each in given if data.draw(st.booleans()))
    with TemporaryDirectory() as folder:
        rest = [each for each in given if each.article.id not in gone]
        assert stored(Path(folder, "a"), [given], gone) == stored(Path(folder, "b"), [[each] for each in rest])


def test_what_violates_the_shapes_cannot_be_prepared(toy: tuple[Extraction, ...]) -> None:
    with pytest.raises(InvalidClaims):
        prepare(Extraction(toy[1].article, (), toy[0].claims), LAYER)


def test_the_store_knows_an_article_by_all_that_is_said_of_it_and_by_what_read_it(
    tmp_path: Path, toy: tuple[Extraction, ...]
) -> None:
    (first, second) = (Extraction(e.article, e.concepts, e.claims, e.sentences, "rules 1") for e in toy)
    with Store.open(tmp_path, layer=LAYER) as store:
        store.put([prepare(first, LAYER)])
        assert store.holds(first.article, "rules 1")
        assert not store.holds(first.article, "rules 2")
        assert not store.holds(second.article, "rules 1")
        assert store.concepts() >= {concept.id for concept in first.concepts}


KILLED = """
import os, signal, sys
from pathlib import Path
import pyoxigraph
from graphworld import toy_layer
from toygraph import toy_extractions
from graph import store as graph_store
from graph.change import Change
from graph.prepared import prepare

def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)

layer = toy_layer()
store = graph_store.Store.open(Path(sys.argv[1]), layer=layer)
first, second = (prepare(extraction, layer) for extraction in toy_extractions())
store.put([first])
place, name = sys.argv[2].split(".")
setattr({"store": graph_store, "Change": Change}[place], name, die)
store.put([second])
"""


@pytest.mark.parametrize(
    ("step", "articles"),
    [("store.note", 1), ("Change.as_update", 1), ("store.finish", 2)],
    ids=["before the load", "between load and change", "after the change"],
)
def test_a_writer_killed_in_a_batch_leaves_all_of_it_or_nothing(
    tmp_path: Path, toy: tuple[Extraction, ...], step: str, articles: int
) -> None:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(TESTS), str(TESTS.parent)])}
    ended = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path), step], env=environment, check=False)
    assert ended.returncode == -signal.SIGKILL
    assert begun(tmp_path) == (() if step == "store.note" else ("lung-clots",))
    Store.open(tmp_path, layer=LAYER).close()
    assert begun(tmp_path) == ()
    with Snapshot.open(tmp_path) as snapshot:
        assert snapshot.claims() == merged(toy[:articles])
    assert content(tmp_path) == stored(tmp_path / "whole", [list(toy[:articles])])


def test_what_was_begun_is_listed_until_it_is_finished(tmp_path: Path) -> None:
    assert begun(tmp_path) == ()
    note(tmp_path, ["two", "one"])
    assert begun(tmp_path) == ("one", "two")
