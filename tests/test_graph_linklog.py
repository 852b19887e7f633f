"""Arrays made from what writers hand over: byte for byte those that a scan of the same snapshot makes."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from drawn import drawn
from graphworld import OUTSIDE, extractions, toy_layer
from hypothesis import given
from hypothesis import strategies as st
from killedwriter import kill_writer_at
from pyoxigraph import BlankNode, Literal, NamedNode, Quad
from toygraph import CONCEPTS

from graph import nodes
from graph.adjacency.building import FOLDER, build, scanned
from graph.adjacency.merging import merged
from graph.contenthash import lines_of
from graph.linklog.handed import FOLDER as HANDED
from graph.linklog.handed import MEANING, handed
from graph.prepared import prepare
from graph.rdf import CONCEPT, TYPE
from graph.snapshot import Snapshot
from graph.store import Store
from graph.updating.delta import exchanged
from graph.updating.edits import edit
from ontology.article import Extraction
from ontology.errors import EtiographError, StoreError
from ontology.terms import Kind, Predicate

LAYER = toy_layer()
TESTS = Path(__file__).parent
UPDATE: dict[str, Any] = {"action": "update", "base": None, "using": [], "using_named": []}

YES = Literal("true", datatype=nodes.term("xsd:boolean"))
own = NamedNode("https://example.org/own")
first, second = (nodes.term(concept.id) for concept in CONCEPTS[:2])
outside = nodes.term(OUTSIDE[0].id)
ODD = (
    Quad(own, TYPE, CONCEPT),
    Quad(own, nodes.term("skos:prefLabel"), Literal("mine", language="en")),
    Quad(own, nodes.term("skos:prefLabel"), Literal("also mine")),
    Quad(own, TYPE, nodes.term(Kind.TEST.iri)),
    Quad(own, nodes.term("etio:provisional"), YES),
    Quad(own, nodes.term(Predicate.CAUSES.iri), first),
    Quad(own, nodes.term("etio:negated"), YES),
    Quad(own, nodes.term("etio:belief"), Literal(1)),
    Quad(first, nodes.term(Predicate.CAUSES.iri), outside),
    Quad(first, nodes.term("skos:prefLabel"), Literal("a second label")),
    Quad(second, TYPE, nodes.term(Kind.AGENT.iri)),
    Quad(second, nodes.term(Predicate.IS_A.iri), BlankNode("b")),
    Quad(outside, nodes.term("etio:provisional"), YES),
)
LINKED = frozenset(quad.predicate for quad in ODD) | {nodes.term(predicate.iri) for predicate in Predicate}


def files(folder: Path) -> dict[str, bytes]:
    """All files in a folder by their names."""
    return {os.fspath(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def check(folder: Path, *, from_rows: bool | None = None, make: bool = True) -> None:
    """What a scan makes of the current snapshot and what rows make of it is the same, whichever there is."""
    with Snapshot.open(folder) as snapshot, TemporaryDirectory() as scratch:
        scan, rows = Path(scratch, "scan"), Path(scratch, "rows")
        scan.mkdir()
        scanned(snapshot.store, Path(scratch, "scans")).save(scan)
        with handed(snapshot.path) as given:
            assert from_rows is None or (given is not None) == from_rows
            if given is not None:
                rows.mkdir()
                merged(given).save(rows)
                assert files(rows) == files(scan)
        if make:
            build(snapshot.path)
            assert files(snapshot.path / FOLDER) == files(scan)
            assert not (snapshot.path / HANDED).exists()


@contextmanager
def opened(folder: Path) -> Iterator[Store]:
    with Store.open(folder, layer=LAYER) as store:
        yield store


def put(folder: Path, *given: Extraction, publish: bool = True) -> None:
    with opened(folder) as store:
        store.put([prepare(extraction, LAYER) for extraction in given])
        if publish:
            store.publish()


def test_every_way_to_write_hands_over_what_it_changes(tmp_path: Path, toy: tuple[Extraction, ...]) -> None:
    opened_first, later = toy
    put(tmp_path, opened_first)
    check(tmp_path, from_rows=True)
    put(tmp_path, later)
    check(tmp_path, from_rows=True)
    with opened(tmp_path) as store:
        store.replace([replace(opened_first, claims=opened_first.claims[:2])])
        check(tmp_path, from_rows=True)
        store.remove(later.article.id)
        check(tmp_path, from_rows=True)
        request = {**UPDATE}
        update = (
            f"INSERT DATA {{ {own} a {CONCEPT}, {nodes.term(Kind.TEST.iri)} ; {nodes.term('skos:prefLabel')} 'mine' }}"
        )
        edit(store, request, update.encode())
        check(tmp_path, from_rows=True)
        body = f"{own} {nodes.term('skos:prefLabel')} 'ours' .".encode()
        asked = {"graph": None, "base": "http://localhost/", "sizes": [len(body)], "media_types": ["text/turtle"]}
        edit(store, {**UPDATE, **asked, "action": "post", "graph": "https://example.org/graph"}, body)
        check(tmp_path, from_rows=True)
        with suppress(EtiographError):
            edit(store, {**UPDATE, **asked, "action": "post"}, body)
        check(tmp_path)
        store.replace([opened_first])
        check(tmp_path)


def test_rows_go_on_where_arrays_were_not_made(tmp_path: Path, toy: tuple[Extraction, ...]) -> None:
    for turn in range(3):
        put(tmp_path, toy[0])
        check(tmp_path, from_rows=True, make=False)
        put(tmp_path, toy[1])
        check(tmp_path, from_rows=True, make=turn == 1)
        with opened(tmp_path) as store:
            for article in store.articles():
                store.remove(article)
        check(tmp_path, from_rows=True, make=False)
    check(tmp_path, from_rows=True)


def test_many_files_of_rows_become_one(
    tmp_path: Path, toy: tuple[Extraction, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graph.linklog.handed.MOST_FILES", 2)
    put(tmp_path, toy[0])
    with opened(tmp_path) as store:
        for claims in (1, 2, 3, 4):
            store.replace([replace(toy[0], claims=toy[0].claims[:claims])])
            check(tmp_path, from_rows=True, make=False)


def test_rows_that_take_much_more_than_the_store_are_not_kept(
    tmp_path: Path, toy: tuple[Extraction, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graph.linklog.handed.LEAST_BYTES", 0)
    monkeypatch.setattr("graph.linklog.handed.SHARE", 1 << 20)
    put(tmp_path, *toy)
    check(tmp_path, from_rows=False)


@pytest.mark.parametrize("chunk", [1, 3])
def test_chunks_of_any_size_say_the_same(
    tmp_path: Path, toy: tuple[Extraction, ...], chunk: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graph.linklog.rows.MOST", chunk)
    monkeypatch.setattr("graph.linklog.rows.MOST_LINKS", chunk)
    for extraction in toy:
        put(tmp_path, extraction)
        check(tmp_path, from_rows=True)
    assert not list(tmp_path.glob(".links*"))


def test_what_changes_unseen_is_scanned_and_gone_on_with(tmp_path: Path, toy: tuple[Extraction, ...]) -> None:
    put(tmp_path, toy[0])
    check(tmp_path)
    with opened(tmp_path) as store:
        with store.revision():
            store.run("DELETE { ?s ?p ?o } INSERT { [] ?p ?o } WHERE { ?s ?p ?o ; a skos:Concept }", base=None)
        check(tmp_path, from_rows=False, make=False)
        with store.revision():
            store.apply([], ODD[:1])
        check(tmp_path, from_rows=False)  # on top of what was not made
        with store.revision():
            store.apply([], ODD[1:2])
        check(tmp_path, from_rows=True)


def test_a_change_that_the_log_is_not_told_of_is_noticed(tmp_path: Path, toy: tuple[Extraction, ...]) -> None:
    put(tmp_path, *toy)
    check(tmp_path)
    with opened(tmp_path) as store:
        with store.revision():
            untold = exchanged(store.live, [], [Quad(first, TYPE, nodes.term(Kind.AGENT.iri))])
            store._content.add(lines_of(untold[1]))
        check(tmp_path, from_rows=False)
        store.remove(toy[0].article.id)
        check(tmp_path, from_rows=True)


def test_arrays_of_the_snapshot_before_are_gone_on_with_though_they_came_late(
    tmp_path: Path, toy: tuple[Extraction, ...]
) -> None:
    put(tmp_path, toy[0])
    with opened(tmp_path) as store:
        with store.revision():
            store.run("INSERT { ?s rdfs:comment ?o } WHERE { ?s skos:prefLabel ?o }", base=None)
        with Snapshot.open(tmp_path) as before:
            store.replace([toy[1]])
            build(before.path)
            check(tmp_path, from_rows=True)


def test_claims_that_are_not_named_as_ours_are_scanned_each_time(tmp_path: Path, toy: tuple[Extraction, ...]) -> None:
    put(tmp_path, toy[0])
    check(tmp_path)
    with opened(tmp_path) as store:
        with store.revision():
            store.apply([], [Quad(first, nodes.term(Predicate.CAUSES.iri), outside), Quad(outside, TYPE, CONCEPT)])
        check(tmp_path, from_rows=False)
        with Snapshot.open(tmp_path) as snapshot:
            assert not (snapshot.path / FOLDER / MEANING).exists()
        store.replace([toy[1]])
        check(tmp_path, from_rows=False)
        with store.revision():
            store.apply([Quad(first, nodes.term(Predicate.CAUSES.iri), outside)], [])
        check(tmp_path, from_rows=False)
        store.remove(toy[0].article.id)
        check(tmp_path, from_rows=True)


@pytest.mark.parametrize("damage", ["cut", "changed", "gone", "other", "base"])
def test_what_was_handed_over_and_is_not_as_it_was_is_not_used(
    tmp_path: Path, toy: tuple[Extraction, ...], damage: str
) -> None:
    put(tmp_path, toy[0])
    check(tmp_path)
    put(tmp_path, toy[1])
    with Snapshot.open(tmp_path) as snapshot:
        folder = snapshot.path / HANDED
        rows = folder / "0000.rows"
        content = rows.read_bytes()
        match damage:
            case "cut":
                rows.write_bytes(content[:-1])
            case "changed":
                rows.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
            case "gone":
                rows.unlink()
            case "other":
                since = folder / "since.json"
                since.write_bytes(since.read_bytes().replace(b'"causes"', b'"has caused"'))
            case _:
                labels = folder / "base" / "labels.bin"
                content = labels.read_bytes()
                labels.unlink()
                labels.write_bytes(content[:-1])
        build(snapshot.path)
    check(tmp_path, from_rows=False)


@pytest.mark.parametrize(
    ("step", "end"),
    [
        ("store.finish", "and there"),
        ("store.publish", "and back"),
        ("LinkLog.hand_over", "and there"),
        ("checkpoints.write_synced", "and there"),
        ("LinkLog.published", "and there"),
        ("LinkLog.published", "and back"),
    ],
)
@pytest.mark.parametrize("made", [True, False])
def test_a_writer_killed_between_steps_leaves_nothing_that_is_taken_for_all(
    tmp_path: Path, toy: tuple[Extraction, ...], step: str, end: str, *, made: bool
) -> None:
    kill_writer_at(tmp_path, step, end=end)
    check(tmp_path, make=made)
    opened_again = Store.open(tmp_path, layer=LAYER)
    check(tmp_path, make=made)
    opened_again.replace([toy[1]])
    check(tmp_path, make=made)
    opened_again.remove(toy[0].article.id)
    opened_again.close()
    check(tmp_path)


ids = st.sampled_from(["one", "two", "three"])
STEPS = st.one_of(
    st.tuples(st.just("put"), st.lists(extractions(ids), min_size=1, max_size=3)),
    st.tuples(st.just("replace"), st.lists(extractions(ids), min_size=1, max_size=2)),
    st.tuples(st.just("left"), st.lists(extractions(ids), min_size=1, max_size=2)),
    st.tuples(st.just("remove"), st.integers(0, 2)),
    st.tuples(
        st.sampled_from(["apply", "fail"]), st.tuples(st.lists(st.integers(0, 99)), st.sets(st.sampled_from(ODD)))
    ),
    st.tuples(st.just("run"), st.just("DELETE WHERE { ?s etio:causes ?o }")),
)


@given(st.lists(st.tuples(STEPS, st.booleans()), min_size=1, max_size=6))
@drawn(20)
def test_whatever_is_written_rows_make_what_a_scan_makes(steps: list[tuple[tuple[str, Any], bool]]) -> None:
    with TemporaryDirectory() as name:
        folder, damaged = Path(name), False
        for (step, what), made in steps:
            with suppress(StoreError) if damaged else nullcontext():  # a claim may lack what says whether it is denied
                take(folder, step, what)
            damaged = damaged or step == "apply"
            check(folder, make=made)


class Refused(Exception):
    """What makes a revision fail."""


def take(folder: Path, step: str, what: Any) -> None:
    match step, what:
        case "put" | "left", [*given]:
            put(folder, *given, publish=step == "put")
        case "replace", [*given]:
            with opened(folder) as store:
                store.replace(given)
        case "remove", int(place):
            with opened(folder) as store:
                known = store.articles()
                if known:
                    store.remove(known[place % len(known)])
        case "run", str(update):
            with opened(folder) as store, store.revision():
                store.run(update, base=None)
        case "apply" | "fail", (places, added):
            with suppress(Refused), opened(folder) as store, store.revision():
                stored = sorted(
                    (q for q in store.live.quads_for_pattern(None, None, None, nodes.DEFAULT) if q.predicate in LINKED),
                    key=str,
                )
                store.apply([stored[place % len(stored)] for place in places], added)
                if step == "fail":
                    raise Refused
