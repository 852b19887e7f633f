"""Records of claims and concepts say what the triples say, however these came about, or nothing."""

import os
import shutil
import subprocess
import sys
from contextlib import nullcontext, suppress
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from drawn import drawn
from graphworld import IDS, extractions, toy_layer
from hypothesis import given
from hypothesis import strategies as st
from killedwriter import kill_writer_at
from pyoxigraph import Literal, NamedNode, Quad
from recorded import check_records
from toygraph import CONCEPTS

from graph import nodes
from graph.prepared import prepare
from graph.rdf import CLAIM, CONCEPT, HAS_EVIDENCE, TYPE
from graph.records import kept, packing, segment
from graph.records.building import build
from graph.records.kept import FOLDER, WHOLE, Head, Records, segments_in
from graph.records.log import RecordLog
from graph.records.segment import Damaged, Making, Segment
from graph.snapshot import Snapshot
from graph.store import Store
from graph.storednetwork import StoredNetwork
from graph.updating.revision import begin, open_live, undo
from ontology.article import Extraction
from ontology.errors import StoreError, StoreInUse

LAYER = toy_layer()
TESTS = Path(__file__).parent
PREFERRED = nodes.term("skos:prefLabel")
QUOTE = nodes.term("oa:exact")
own = NamedNode("https://example.org/own")
first = nodes.term(CONCEPTS[0].id)
ADDED = (
    Quad(own, TYPE, CONCEPT),
    Quad(own, TYPE, CLAIM),
    Quad(own, PREFERRED, Literal("mine")),
    Quad(first, PREFERRED, Literal("an Arabic label", language="ar")),
    Quad(first, nodes.term("skos:altLabel"), Literal("one more name")),
    Quad(first, TYPE, CLAIM),
    Quad(first, PREFERRED, Literal("elsewhere"), NamedNode("https://example.org/graph")),
)


def put(folder: Path, *given: Extraction, publish: bool = True) -> None:
    with Store.open(folder, layer=LAYER) as store:
        store.put([prepare(extraction, LAYER) for extraction in given])
        if publish:
            store.publish()


def snapshot_of(folder: Path) -> Path:
    with Snapshot.open(folder) as snapshot:
        return snapshot.path


def number_of_things(folder: Path) -> int:
    with Snapshot.open(folder) as snapshot:
        return len(snapshot.concepts()) + len(snapshot.claims())


@given(st.lists(st.tuples(st.integers(0, 40), st.binary(max_size=3000)), max_size=60))
@drawn(50)
def test_a_segment_gives_back_what_was_added_last(rows: list[tuple[int, bytes]]) -> None:
    with TemporaryDirectory() as folder:
        making = Making(Path(folder, "x.rec"))
        for key, content in rows:
            making.add(key * 64, content)  # so that many begin at one slot
        segment = Segment(making.finish())
        expected = {key * 64: content for key, content in rows}
        assert dict(segment.items()) == expected
        assert segment.count == len(expected)
        assert all(segment.find(key) == content for key, content in expected.items())
        assert segment.find(7) is None
        segment.close()


def test_a_segment_that_was_written_little_by_little_gives_all_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(segment, "_WRITTEN_AT_ONCE", 100)
    expected = {key << 40 | key: bytes(key) for key in range(300)}
    making = Making(tmp_path / "x.rec")
    for key, content in expected.items():
        making.add(key, content)
    assert all(making.find(key) == content for key, content in expected.items())
    found = Segment(making.finish())
    assert dict(found.items()) == expected
    assert all(found.find(key) == content for key, content in expected.items())
    assert found.find(1) is None


def test_a_segment_that_is_not_whole_is_not_opened_and_a_changed_record_not_read(tmp_path: Path) -> None:
    path = tmp_path / "x.rec"
    making = Making(path)
    making.add(1, b"one")
    making.add(2, b"two")
    whole = making.finish().read_bytes()
    for content in (b"", whole[:-1], whole[:20], whole[1:]):
        path.write_bytes(content)
        with pytest.raises(Damaged, match=r"x\.rec is not whole"):
            Segment(path)
    path.write_bytes(whole.replace(b"two", b"owt"))
    segment = Segment(path)
    assert segment.find(1) == b"one"
    with pytest.raises(Damaged, match="is not as it was written"):
        segment.find(2)


def test_all_that_is_written_is_recorded_at_once(tmp_path: Path, toy: tuple[Extraction, ...]) -> None:
    opened, later = toy
    put(tmp_path, opened)
    assert check_records(tmp_path) == (number_of_things(tmp_path), True)
    put(tmp_path, later)
    assert check_records(tmp_path) == (number_of_things(tmp_path), True)
    with Store.open(tmp_path, layer=LAYER) as store:
        former = [claim.id for extraction in toy for claim in extraction.claims]
        store.replace([replace(opened, claims=opened.claims[:2])])
        assert check_records(tmp_path, former=former) == (number_of_things(tmp_path), True)
        store.remove(later.article.id)
        assert check_records(tmp_path, former=former) == (number_of_things(tmp_path), True)
        with store.revision():
            store.apply([], ADDED[4:5])
        assert check_records(tmp_path, former=former) == (number_of_things(tmp_path), True)
    assert "one more name" in StoredNetwork.open(tmp_path).concepts[CONCEPTS[0].id].synonyms
    assert not list(tmp_path.glob(".records*"))


def test_answers_need_no_triple_of_what_is_recorded(tmp_path: Path, toy: tuple[Extraction, ...]) -> None:
    put(tmp_path, *toy)
    network = StoredNetwork.open(tmp_path)
    claims = network.snapshot.claims()
    concepts = network.snapshot.concepts()
    network.snapshot.store = network._store = None  # type: ignore[assignment]
    network = StoredNetwork(network.snapshot)
    assert [network._records.claim(claim.id) for claim in claims] == list(claims)
    assert [network.concepts[concept.id] for concept in concepts] == list(concepts)
    network.read_ahead([])
    for claim in claims:
        assert network.claims[claim.id].evidence == claim.evidence
        assert network.articles_of(claim.id) == set(claim.articles)


def test_what_changes_unseen_has_no_records_until_they_are_made(tmp_path: Path, toy: tuple[Extraction, ...]) -> None:
    put(tmp_path, toy[0])
    with Store.open(tmp_path, layer=LAYER) as store:
        with store.revision():
            store.run(
                f"DELETE {{ ?s {PREFERRED} ?o }} INSERT {{ ?s {PREFERRED} 'x' }} WHERE {{ ?s {PREFERRED} ?o }}",
                base=None,
            )
        assert check_records(tmp_path) == (0, False)
        store.remove(toy[0].article.id)
        assert not check_records(tmp_path)[1]
        build(snapshot_of(tmp_path))
        assert check_records(tmp_path) == (number_of_things(tmp_path), True)
        store.replace([toy[1]])
        assert check_records(tmp_path) == (number_of_things(tmp_path), True)


def test_a_change_that_nobody_tells_of_leaves_no_records(tmp_path: Path, toy: tuple[Extraction, ...]) -> None:
    put(tmp_path, toy[0])
    with Store.open(tmp_path, layer=LAYER) as store, store.revision():
        store.live.add(ADDED[4])
        store._content.add([str(ADDED[4]).encode()])
    assert check_records(tmp_path) == (0, False)


def test_more_than_can_be_read_again_has_no_record_until_it_is_made(
    tmp_path: Path, toy: tuple[Extraction, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graph.records.log.MOST_READ", 3)
    put(tmp_path, toy[0])
    found, whole = check_records(tmp_path)
    assert not whole
    assert 0 < found < number_of_things(tmp_path)
    build(snapshot_of(tmp_path))
    assert check_records(tmp_path) == (number_of_things(tmp_path), True)
    files = segments_in(snapshot_of(tmp_path) / FOLDER)
    build(snapshot_of(tmp_path))
    assert segments_in(snapshot_of(tmp_path) / FOLDER) == files


def test_records_that_mean_something_else_are_not_read_and_made_anew(
    tmp_path: Path, toy: tuple[Extraction, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, toy[0])
    monkeypatch.setattr(packing, "_VERSION", packing._VERSION + 1)
    assert not any(Records(snapshot_of(tmp_path)).has(concept.id) for concept in CONCEPTS)
    put(tmp_path, toy[1])
    assert not (snapshot_of(tmp_path) / FOLDER / WHOLE).exists()
    build(snapshot_of(tmp_path))
    assert check_records(tmp_path) == (number_of_things(tmp_path), True)


def test_keys_that_meet_hide_a_record_and_never_give_another_one(
    tmp_path: Path, toy: tuple[Extraction, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Those of concepts, among themselves and with that of a claim: no two claims have one key."""
    key, met = Head.key, toy[0].claims[0].id
    monkeypatch.setattr(Head, "key", lambda head, of: key(head, of if of.startswith("etio:claim/") else met))
    put(tmp_path, *toy)
    (snapshot_of(tmp_path) / FOLDER / WHOLE).unlink()
    found, _ = check_records(tmp_path)
    claims = len({claim.id for extraction in toy for claim in extraction.claims})
    assert claims - 1 <= found <= claims
    network = StoredNetwork.open(tmp_path)
    assert sorted(network.claims) == sorted(claim.id for claim in network.snapshot.claims())


@pytest.mark.parametrize("damage", ["cut", "changed", "gone"])
def test_a_damaged_record_is_read_from_the_triples(tmp_path: Path, toy: tuple[Extraction, ...], damage: str) -> None:
    put(tmp_path, *toy)
    path = segments_in(snapshot_of(tmp_path) / FOLDER)[-1]
    content = path.read_bytes()
    path.unlink()
    match damage:
        case "cut":
            path.write_bytes(content[:-1])
        case "changed":
            path.write_bytes(content.replace(b'"', b"'"))
    (snapshot_of(tmp_path) / FOLDER / WHOLE).unlink()
    assert check_records(tmp_path) == (0, False)
    network = StoredNetwork.open(tmp_path)
    assert {id: claim.evidence for id, claim in network.claims.items()} == {
        claim.id: claim.evidence for claim in network.snapshot.claims()
    }
    assert tuple(network.concepts.values()) == network.snapshot.concepts()


def test_many_small_segments_become_few(tmp_path: Path, toy: tuple[Extraction, ...]) -> None:
    put(tmp_path, *toy)
    with Store.open(tmp_path, layer=LAYER) as store:
        for number in range(24):
            store.replace([replace(toy[0], claims=toy[0].claims[: 1 + number % 5])])
            assert check_records(tmp_path) == (number_of_things(tmp_path), True)
            assert len(segments_in(snapshot_of(tmp_path) / FOLDER)) <= 5


def test_without_hard_links_there_are_no_records(
    tmp_path: Path, toy: tuple[Extraction, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError

    put(tmp_path, toy[0])
    monkeypatch.setattr(os, "link", refuse)
    put(tmp_path, toy[1])
    assert check_records(tmp_path) == (0, False)
    assert not (snapshot_of(tmp_path) / FOLDER).exists()


def test_records_that_come_late_are_found_by_who_has_the_snapshot_open(
    tmp_path: Path, toy: tuple[Extraction, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept, "_LOOK_EVERY", 0.0)
    put(tmp_path, *toy)
    snapshot = snapshot_of(tmp_path)
    shutil.rmtree(snapshot / FOLDER)
    records, id = Records(snapshot), toy[0].claims[0].id
    assert records.claim(id) is None
    done = subprocess.run([sys.executable, "-m", "graph.records.building", str(snapshot)], check=False)
    assert done.returncode == 0
    assert records.claim(id) is not None
    assert check_records(tmp_path) == (number_of_things(tmp_path), True)


@pytest.mark.parametrize(
    "step", ["store.finish", "RecordLog._settle", "RecordLog._begin", "checkpoints.write_synced", "RecordLog.published"]
)
def test_a_writer_killed_at_a_step_leaves_no_record_that_is_not_so(
    tmp_path: Path, toy: tuple[Extraction, ...], step: str
) -> None:
    kill_writer_at(tmp_path, step)
    former = [claim.id for extraction in toy for claim in extraction.claims]
    check_records(tmp_path, former=former)
    with Store.open(tmp_path, layer=LAYER) as store:
        check_records(tmp_path, former=former)
        store.replace([toy[1]])
        check_records(tmp_path, former=former)
        store.remove(toy[0].article.id)
    check_records(tmp_path, former=former)
    assert not list(tmp_path.glob(".records*"))


ids = st.sampled_from(["one", "two", "three"])
STEPS = st.one_of(
    st.tuples(st.just("put"), st.lists(extractions(ids), min_size=1, max_size=3)),
    st.tuples(st.just("replace"), st.lists(extractions(ids), min_size=1, max_size=2)),
    st.tuples(st.just("left"), st.lists(extractions(ids), min_size=1, max_size=2)),
    st.tuples(st.just("remove"), st.integers(0, 2)),
    st.tuples(
        st.sampled_from(["apply", "fail"]), st.tuples(st.lists(st.integers(0, 9999)), st.sets(st.sampled_from(ADDED)))
    ),
    st.tuples(st.just("requote"), st.integers(0, 99)),
    st.tuples(st.just("run"), st.just("DELETE WHERE { ?s etio:evidence ?o }")),
    st.tuples(st.just("build"), st.none()),
)


@given(st.lists(STEPS, min_size=1, max_size=6))
@drawn(20)
def test_whatever_is_written_records_say_what_the_triples_say(steps: list[tuple[str, Any]]) -> None:
    with TemporaryDirectory() as name:
        folder, former, damaged = Path(name), set(IDS), False
        put(folder)
        for step, what in steps:
            with suppress(StoreError, KeyError, ValueError) if damaged else nullcontext():
                take(folder, step, what)
            if step in ("put", "replace", "left"):
                former |= {claim.id for extraction in what for claim in extraction.claims}
            damaged = damaged or step in ("apply", "requote", "run")
            check_records(folder, former=former)


class Refused(Exception):
    """What makes a revision fail."""


def test_a_claim_without_evidence_has_no_record(tmp_path: Path, toy: tuple[Extraction, ...]) -> None:
    put(tmp_path, *toy)
    with Store.open(tmp_path, layer=LAYER) as store:
        stated = list(store.live.quads_for_pattern(None, HAS_EVIDENCE, None))
        with store.revision():
            store.apply(stated, [])
    check_records(tmp_path, former=set(IDS))


def test_what_fails_while_it_is_published_leaves_the_store_as_it_was(
    tmp_path: Path, toy: tuple[Extraction, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, *toy)

    def fail(*_: object) -> None:
        raise Refused

    def say(store: Store) -> None:
        with store.revision():
            store.apply([], [Quad(own, PREFERRED, Literal("mine"))])

    with Store.open(tmp_path, layer=LAYER) as store:
        before = set(store.live)
        with monkeypatch.context() as patched:
            patched.setattr(RecordLog, "hand_over", fail)
            with pytest.raises(Refused):
                say(store)
        assert set(store.live) == before
        say(store)
        assert len(set(store.live) - before) == 1
    check_records(tmp_path, former=set(IDS))


def test_nothing_is_put_back_beneath_one_who_has_the_store_open(tmp_path: Path, toy: tuple[Extraction, ...]) -> None:
    put(tmp_path, *toy)
    begin(tmp_path)
    engine = open_live(tmp_path)
    with pytest.raises(StoreInUse):
        undo(tmp_path)
    before = set(engine)
    del engine
    with Store.open(tmp_path, layer=LAYER) as store:
        assert set(store.live) == before


def take(folder: Path, step: str, what: Any) -> None:
    if step in ("put", "left"):
        put(folder, *what, publish=step == "put")
    elif step == "build":
        build(snapshot_of(folder))
    else:
        change(folder, step, what)


def change(folder: Path, step: str, what: Any) -> None:
    with suppress(Refused), Store.open(folder, layer=LAYER) as store:
        match step, what:
            case "replace", [*given]:
                store.replace(given)
            case "remove", int(place):
                known = store.articles()
                if known:
                    store.remove(known[place % len(known)])
            case "run", str(update):
                with store.revision():
                    store.run(update, base=None)
            case "requote", int(place):
                quotes = sorted(store.live.quads_for_pattern(None, QUOTE, None), key=str)
                if quotes:
                    quote = quotes[place % len(quotes)]
                    with store.revision():
                        store.apply([quote], [Quad(quote.subject, QUOTE, Literal("other words"))])
            case "apply" | "fail", (places, added):
                with store.revision():
                    ours = [quad for quad in store.live if quad.graph_name == nodes.DEFAULT and _speaks_of_things(quad)]
                    ours.sort(key=str)
                    store.apply([ours[place % len(ours)] for place in places], added)
                    if step == "fail":
                        raise Refused


def _speaks_of_things(quad: Quad) -> bool:
    subject = quad.subject
    return isinstance(subject, NamedNode) and (
        subject.value.startswith((nodes.CLAIMS, nodes.EVIDENCE)) or quad.predicate in (PREFERRED, TYPE, HAS_EVIDENCE)
    )
