"""Columns on disk: what they hold, when they are made, and that the query service answers from them."""

import asyncio
import fcntl
import os
import shutil
import time
from pathlib import Path
from urllib.parse import urlencode

import orjson
import pyoxigraph
import pytest
from aggregateworld import graphs, stored
from drawn import drawn
from graphworld import toy_layer
from hypothesis import given
from pyoxigraph import DefaultGraph
from realserver import get, serving
from recorded import check_records
from toygraph import toy_extractions

from graph.columnar.columnbuilding import REFUSED, build
from graph.columnar.columnkeeping import ColumnKeeper
from graph.columnar.columns import FOLDER, Columns, Sort, sort_and_value, sort_key
from graph.columnar.matching import LEAST_ROWS
from graph.querying.sparql import QueryService, Question
from graph.records import kept
from graph.store import Store, published

KINDS = "SELECT ?t (COUNT(*) AS ?n) { ?s a ?t } GROUP BY ?t ORDER BY DESC(?n) ?t"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with Store.open(tmp_path, layer=toy_layer()) as store:
        store.replace(toy_extractions())
    return tmp_path


def snapshot_of(folder: Path) -> Path:
    name = published(folder)
    assert name is not None
    return folder / "snapshots" / name


async def asked(folder: Path, query: str) -> object:
    async with QueryService(folder) as service:
        return orjson.loads((await service.read(Question(query))).body)


@drawn(20)
@given(turtle=graphs())
def test_the_columns_hold_every_triple_in_both_orders(tmp_path_factory: pytest.TempPathFactory, turtle: str) -> None:
    store, columns = stored(turtle, tmp_path_factory.mktemp("snapshot"))
    names = columns.texts(range(columns.terms))
    assert names == sorted(names, key=lambda name: sort_key(name.encode()))
    assert [columns.find_id(name) for name in names] == list(range(columns.terms))
    held, turned = [], []
    for predicate in columns.predicates.tolist():
        start, end = columns.bounds(predicate)
        held += [
            (predicate, *pair) for pair in zip(columns.subjects[start:end], columns.objects[start:end], strict=True)
        ]
        turned += [
            (predicate, *pair) for pair in zip(columns.by_object[start:end], columns.of_object[start:end], strict=True)
        ]
    assert turned == sorted((predicate, object, subject) for predicate, subject, object in held)
    assert held == sorted(held)
    expected = {
        (str(quad.predicate), str(quad.subject), str(quad.object))
        for quad in store.quads_for_pattern(None, None, None, DefaultGraph())
    }
    assert {(names[p], names[s], names[o]) for p, s, o in held} == expected
    assert len(held) == len(expected) == columns.triples


@pytest.mark.parametrize(
    ("term", "known"),
    [
        ("<https://example.org/a>", (Sort.IRI, 0)),
        ("_:b", (Sort.OTHER, 0)),
        ('"a"', (Sort.STRING, 0)),
        ('"a\\"b"', (Sort.OTHER, 0)),
        ('"a"@en-gb', (Sort.TAGGED, 0)),
        ('"-7"^^<http://www.w3.org/2001/XMLSchema#integer>', (Sort.INTEGER, -7)),
        ('"-0.25"^^<http://www.w3.org/2001/XMLSchema#decimal>', (Sort.DECIMAL, -250_000)),
        ('"0.1234567"^^<http://www.w3.org/2001/XMLSchema#decimal>', (Sort.OTHER, 0)),
        ('"0"^^<http://www.w3.org/2001/XMLSchema#double>', (Sort.OTHER, 0)),
        ('"NaN"^^<http://www.w3.org/2001/XMLSchema#double>', (Sort.OTHER, 0)),
        ('"2020-01-02"^^<http://www.w3.org/2001/XMLSchema#date>', (Sort.OTHER, 0)),
        ('"1"^^<https://example.org/integer>', (Sort.OTHER, 0)),
    ],
)
def test_a_term_whose_value_the_columns_cannot_keep_exactly_is_of_no_sort(term: str, known: tuple[Sort, int]) -> None:
    assert sort_and_value(term.encode()) == known


def test_what_a_killed_process_left_half_made_is_made_anew(folder: Path) -> None:
    snapshot = snapshot_of(folder)
    (snapshot / f"{FOLDER}.making").mkdir()
    (snapshot / f"{FOLDER}.making" / "terms.bin").write_bytes(b"half")
    assert Columns.find(snapshot) is None
    assert build(snapshot)
    assert Columns.find(snapshot) is not None
    assert not (snapshot / f"{FOLDER}.making").exists()


def test_a_graph_above_the_bound_is_left_to_the_engine_and_a_note_says_so(folder: Path) -> None:
    snapshot = snapshot_of(folder)
    assert not build(snapshot, most_triples=10)
    assert not build(snapshot, most_text=10)
    assert Columns.find(snapshot) is None
    assert (snapshot / REFUSED).exists()


def test_columns_are_deleted_with_their_snapshot(folder: Path) -> None:
    snapshot = snapshot_of(folder)
    assert build(snapshot)
    first, *_ = toy_extractions()
    with Store.open(folder, layer=toy_layer()) as store:
        for _ in range(2):
            store.remove(first.article.id)
            store.replace((first,))
    assert not snapshot.exists()


@pytest.mark.anyio
async def test_the_keeper_supplies_the_current_snapshot_and_the_answers_stay_the_same(folder: Path) -> None:
    before = await asked(folder, KINDS)
    snapshot = snapshot_of(folder)
    assert Columns.find(snapshot) is None
    async with ColumnKeeper(folder, quiet=0):
        while Columns.find(snapshot) is None:
            await asyncio.sleep(0.05)
    assert await asked(folder, KINDS) == before


@pytest.mark.anyio
async def test_records_that_take_long_do_not_keep_a_newer_snapshot_waiting(folder: Path) -> None:
    shutil.rmtree(snapshot_of(folder) / kept.FOLDER)
    with (snapshot_of(folder) / f"{kept.FOLDER}.lock").open("ab") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)  # whoever makes the records waits for ever
        async with ColumnKeeper(folder, quiet=0):
            while Columns.find(snapshot_of(folder)) is None:
                await asyncio.sleep(0.05)
            with Store.open(folder, layer=toy_layer()) as store:
                store.remove(store.articles()[0])
            while Columns.find(snapshot_of(folder)) is None:
                await asyncio.sleep(0.05)


@pytest.mark.anyio
async def test_records_that_are_missing_are_made_in_the_background(folder: Path) -> None:
    shutil.rmtree(snapshot_of(folder) / kept.FOLDER)
    async with ColumnKeeper(folder, quiet=0):
        while not (snapshot_of(folder) / kept.FOLDER / kept.WHOLE).exists():
            await asyncio.sleep(0.05)
    assert check_records(folder)[1]


@pytest.mark.anyio
async def test_the_service_answers_counts_over_the_default_graph_from_columns(folder: Path, tmp_path: Path) -> None:
    """Columns of another graph, put in their place, show where an answer comes from."""
    (tmp_path / "other").mkdir()
    stored("\n".join(f"etio:a{number} a etio:Test ." for number in range(LEAST_ROWS)), tmp_path / "other")
    expected = await asked(folder, KINDS)
    shutil.move(tmp_path / "other" / "snapshot" / FOLDER, snapshot_of(folder) / FOLDER)
    counts = "SELECT (COUNT(*) AS ?n) { ?s a ?t }"
    assert await _number(folder, Question(counts)) == LEAST_ROWS
    assert await _number(folder, Question(counts.replace("(*)", "(*) * 1"))) == LEAST_ROWS
    assert 1 < await _number(folder, Question(counts.replace("?t }", "?t OPTIONAL { ?t a ?u } }"))) < LEAST_ROWS
    assert await _number(folder, Question(counts, default_graphs=("https://example.org/none",))) == 0
    assert await asked(folder, KINDS) != expected


@pytest.mark.anyio
async def test_what_comes_to_few_solutions_is_left_to_the_engine(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    stored("\n".join(f"etio:a{number} a etio:Test ." for number in range(LEAST_ROWS - 1)), tmp_path / "other")
    shutil.move(tmp_path / "other" / "snapshot" / FOLDER, snapshot_of(folder) / FOLDER)
    assert 1 < await _number(folder, Question("SELECT (COUNT(*) * 1 AS ?n) { ?s a ?t }")) < LEAST_ROWS - 1


async def _number(folder: Path, question: Question) -> int:
    async with QueryService(folder) as service:
        answer = orjson.loads((await service.read(question)).body)
    return int(answer["results"]["bindings"][0]["n"]["value"])


def test_a_store_without_triples_has_empty_columns(tmp_path: Path) -> None:
    live = pyoxigraph.Store(os.fspath(tmp_path / "live"))
    live.backup(os.fspath(tmp_path / "snapshot"))
    assert build(tmp_path / "snapshot")
    columns = Columns.find(tmp_path / "snapshot")
    assert columns is not None
    assert (columns.terms, columns.triples, columns.find_id("<a:b>"), columns.bounds(0)) == (0, 0, None, (0, 0))


@pytest.mark.anyio
async def test_columns_that_find_no_room_in_memory_leave_the_answer_to_the_engine(folder: Path) -> None:
    """A file that is mapped counts whole against the limit, holes too."""
    expected = await asked(folder, KINDS)
    snapshot = snapshot_of(folder)
    assert build(snapshot)
    with (snapshot / FOLDER / "terms.bin").open("ab") as file:
        file.truncate(1 << 31)
    async with QueryService(folder, memory=1 << 30) as service:
        assert orjson.loads((await service.read(Question(KINDS))).body) == expected


def test_a_server_makes_columns_and_its_answers_stay_the_same(folder: Path) -> None:
    snapshot = snapshot_of(folder)
    with serving(folder) as (_, address):
        question = f"{address}/sparql?{urlencode({'query': KINDS})}"
        first = get(question, accept="application/sparql-results+json")
        while Columns.find(snapshot) is None:
            time.sleep(0.1)
        assert get(f"{question}%20%23", accept="application/sparql-results+json") == first
