"""Queries through real worker processes over a real store on disk."""

import asyncio
import csv
import io
import os
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import orjson
import pytest
import rdflib
from graphworld import toy_layer
from realserver import children_of
from toygraph import toy_extractions

from graph.querying import lanes, sparql
from graph.querying.answer import Answer, Streaming
from graph.querying.formats import acceptable
from graph.querying.sharing import SIZE, WORTHWHILE
from graph.querying.sparql import LARGEST_WHOLE, QueryService, Question
from graph.store import Store
from ontology.errors import (
    Busy,
    InvalidArgument,
    QueryError,
    QueryRefused,
    QuerySyntaxError,
    QueryTimeout,
    StoreMissing,
)

CAUSES = "SELECT ?c { ?c etio:hasSymptom|etio:causes etio:hemoptysis } ORDER BY ?c"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o }"
MANY = "SELECT * { ?a ?b ?c . ?d ?e ?f }"

pytestmark = pytest.mark.anyio


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    with Store.open(folder, layer=toy_layer()) as store:
        store.replace(toy_extractions())
    return folder


@pytest.fixture
async def service(folder: Path) -> AsyncIterator[QueryService]:
    async with QueryService(folder, timeout=10) as service:
        yield service


async def read(service: QueryService, query: str, accept: str = "*/*") -> Answer:
    return await service.read(Question(query, formats=acceptable(accept)))


def count(answer: Answer) -> int:
    """Rows or triples."""
    if answer.media_type == "application/n-triples":
        return answer.body.count(b"\n")
    return len(list(csv.reader(io.StringIO(answer.body.decode(), newline="")))) - 1


def children() -> set[int]:
    return children_of(os.getpid())


@pytest.mark.parametrize(
    ("name", "media_type", "head", "row", "end"),
    [("csv", "text/csv", "c", "{}", "\r\n"), ("tsv", "text/tab-separated-values", "?c", "<{}>", "\n")],
)
async def test_rows_come_in_the_format_asked_for(
    service: QueryService, name: str, media_type: str, head: str, row: str, end: str
) -> None:
    names = ["alveolar-hemorrhage", "pneumonia", "pulmonary-embolism"]
    lines = [head, *(row.format(f"https://w3id.org/etiograph/{name}") for name in names)]
    for asked in (name, media_type):
        answer = await read(service, CAUSES, asked)
        assert (answer.media_type, answer.body.decode()) == (media_type, "".join(line + end for line in lines))


async def test_rows_come_as_json_unless_another_format_is_asked_for(service: QueryService) -> None:
    answer = await read(service, CAUSES)
    assert answer.media_type == "application/sparql-results+json"
    names = [row["c"]["value"].rsplit("/", 1)[1] for row in orjson.loads(answer.body)["results"]["bindings"]]
    assert names == ["alveolar-hemorrhage", "pneumonia", "pulmonary-embolism"]


async def test_a_truth_value_comes_as_xml(service: QueryService) -> None:
    answer = await read(service, "ASK { etio:pneumonia etio:hasSymptom ?x }", "application/xml")
    assert answer.media_type == "application/sparql-results+xml"
    assert b"<boolean>true</boolean>" in answer.body


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")  # rdflib's own JSON-LD parser
@pytest.mark.parametrize(
    ("accept", "media_type", "syntax"),
    [
        ("*/*", "text/turtle", "turtle"),
        ("application/n-triples", "application/n-triples", "nt"),
        ("application/ld+json", "application/ld+json", "json-ld"),
        ("application/rdf+xml", "application/rdf+xml", "xml"),
        ("application/n-quads", "application/n-quads", "nt"),  # no graph but the default one: lines of N-Triples
        ("application/trig", "application/trig", "turtle"),
    ],
)
async def test_triples_come_in_the_format_asked_for(
    service: QueryService, accept: str, media_type: str, syntax: str
) -> None:
    answer = await read(service, "CONSTRUCT { ?o etio:causedBy ?s } WHERE { ?s etio:causes ?o }", accept)
    assert answer.media_type == media_type
    triples = rdflib.Graph().parse(data=answer.body, format=syntax)
    found = {str(s).rsplit("/", 1)[1] for s in triples.subjects()}
    assert found == {"alveolar-hemorrhage", "hemoptysis", "pulmonary-infarction", "reduced-pulmonary-blood-flow"}


async def test_a_format_that_cannot_hold_the_answer_is_refused(service: QueryService) -> None:
    with pytest.raises(InvalidArgument, match="for this query one of text/turtle, application/n-triples"):
        await read(service, "DESCRIBE etio:hemoptysis", "text/csv")


@pytest.mark.parametrize(
    ("query", "line", "column", "message"),
    [
        ("SELECT * { ?s ?p", 1, 17, "malformed query at line 1, column 17, at the end of the line: expected"),
        ("SELECT * {\n  ?s foo:bar 1 }", 2, 13, "malformed query at line 2, column 13: the prefix of 'foo:bar' is not"),
        ("hello", 1, None, "malformed query at line 1, column"),
        (" ", 1, 1, "the query is empty; ask for something"),
        ('SELECT * { ?s ?p "\ud800" }', None, None, "malformed query: not Unicode text"),
    ],
)
async def test_a_malformed_query_says_where(
    service: QueryService, query: str, line: int | None, column: int | None, message: str
) -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        await read(service, query)
    assert str(caught.value).startswith(message)
    assert caught.value.line == line
    assert column is None or caught.value.column == column


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://a.example/> { ?s ?p ?o } }",
        "SELECT * { sErViCe ?x { ?s ?p ?o } }",
        "SELECT * { ?s ?p 'customer service' }",
        "# service\nASK {}",
    ],
)
async def test_a_query_that_mentions_service_is_refused_whatever_its_form(service: QueryService, query: str) -> None:
    with pytest.raises(QueryRefused, match="queries that mention SERVICE are refused"):
        await read(service, query)


async def test_the_word_can_be_asked_for_with_an_escape(service: QueryService) -> None:
    answer = await read(service, 'SELECT (STR("\\u0073ervice") AS ?word) {}', "csv")
    assert answer.body == b"word\r\nservice\r\n"


@pytest.mark.parametrize(
    "query",
    [
        "INSERT DATA { <http://a.example/> <http://a.example/> 1 }",
        "# note\nPREFIX a: <http://a.example/>\n delete where { ?s ?p ?o }",
        "BASE <http://a.example/> LOAD <x>",
        "CLEAR ALL",
        "WITH <http://a.example/> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    ],
)
async def test_an_update_is_refused(service: QueryService, query: str) -> None:
    with pytest.raises(QueryRefused, match="this endpoint is read-only"):
        await read(service, query)


async def test_the_dataset_of_the_request_takes_the_place_of_the_store_s(service: QueryService) -> None:
    count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    answer = await service.read(Question(count, default_graphs=("http://a.example/g",), formats=acceptable("csv")))
    assert answer.body == b"n\r\n0\r\n"


async def test_a_query_that_takes_too_long_is_stopped_and_the_next_one_is_answered(folder: Path) -> None:
    others = children()
    async with QueryService(folder, timeout=2, workers=1) as service:
        await read(service, CAUSES)
        (first,) = children() - others
        with pytest.raises(QueryTimeout, match="the query was stopped after 2 s"):
            await read(service, ENDLESS)
        assert (await read(service, CAUSES)).body
        assert first not in children()


async def test_a_question_can_lower_the_limit_of_time_and_not_raise_it(folder: Path) -> None:
    async with QueryService(folder, timeout=3, workers=1) as service:
        for asked, given in ((0.8, "0.8"), (99, "3")):
            await read(service, CAUSES)  # the process is there, and all of the time is the question's
            with pytest.raises(QueryTimeout, match=f"stopped after {given} s"):
                await service.read(Question(ENDLESS, timeout=asked))


async def test_a_query_that_needs_too_much_memory_ends_its_worker_alone(folder: Path) -> None:
    async with QueryService(folder, timeout=60, memory=100 << 20) as service:
        with pytest.raises(QueryTimeout, match="it needs more than 100 MiB of memory"):
            await read(service, "SELECT DISTINCT ?a ?c ?d ?f ?g ?i { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?a")
        assert (await read(service, CAUSES)).body


@pytest.mark.parametrize("query", [MANY, "CONSTRUCT { ?a ?b ?f } { ?a ?b ?c . ?d ?e ?f }"])
async def test_an_answer_is_cut_at_the_limit_of_rows_and_says_so(folder: Path, query: str) -> None:
    async with QueryService(folder, rows=500) as service:
        cut = await service.answer(service.pose(Question(query, formats=acceptable("ntriples, csv"))))
        fewer = await service.read(Question(query, rows=20, formats=acceptable("ntriples, csv")))
        more = await service.read(Question(query, rows=600, formats=acceptable("ntriples, csv")))
        whole = await read(service, CAUSES)
    assert isinstance(cut, Answer)
    assert [count(answer) for answer in (cut, fewer, more)] == [500, 20, 500]
    assert [answer.truncated for answer in (cut, fewer, more, whole)] == ["rows", "rows", "rows", None]


async def test_a_query_with_a_limit_of_its_own_that_is_low_enough_comes_as_it_is_made(folder: Path) -> None:
    async with QueryService(folder, rows=50_000) as service:
        answer = await service.answer(service.pose(Question(f"{MANY} LIMIT 30000", formats=acceptable("csv"))))
        assert isinstance(answer, Streaming)
        assert answer.length is None
        async with answer as parts:
            body = b"".join([part async for part in parts])
        assert count(Answer("text/csv", body)) == 30_000
        commented = await service.read(Question(f"{MANY} # LIMIT 3", rows=7, formats=acceptable("csv")))
        assert (count(commented), commented.truncated) == (7, "rows")


async def test_an_answer_that_is_too_large_is_cut_or_where_it_cannot_be_stopped(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sparql, "LARGEST_ANSWER", 1 << 20)
    async with QueryService(folder) as service:
        cut = await read(service, MANY)
        assert (cut.truncated, len(cut.body) < 1 << 20) == ("bytes", True)
        assert orjson.loads(cut.body)["head"]["vars"] == ["a", "b", "c", "d", "e", "f"]
        with pytest.raises(QueryTimeout, match="its answer exceeds 1 MiB; add a LIMIT"):
            await read(service, "CONSTRUCT { ?a ?b ?f } { ?a ?b ?c . ?d ?e ?f }", "ntriples")
        assert (await read(service, CAUSES)).body


async def test_leaving_a_stream_early_ends_its_process(folder: Path) -> None:
    others = children()
    async with QueryService(folder, workers=1) as service:
        answer = await service.answer(service.pose(Question(f"{MANY} LIMIT 90000")))
        assert isinstance(answer, Streaming)
        busy = answer.lease.process.pid
        async with answer as parts:
            assert await anext(parts)
        assert busy not in children() - others
        assert (await read(service, CAUSES)).body


async def test_a_query_that_nobody_waits_for_is_ended(folder: Path) -> None:
    others = children()
    async with QueryService(folder, workers=1) as service:
        before = children() - others
        asking = asyncio.ensure_future(read(service, ENDLESS))
        await asyncio.sleep(0.1)
        asking.cancel()
        await asyncio.wait({asking})
        assert not before & children()
        assert (await read(service, CAUSES)).body


async def test_a_process_that_was_not_ready_when_its_client_left_is_ended(folder: Path) -> None:
    others = children()
    async with QueryService(folder, workers=1) as service:
        service.lanes.refill()
        (first,) = children() - others
        asking = asyncio.ensure_future(read(service, CAUSES))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        asking.cancel()
        await asyncio.wait({asking})
        assert first not in children()
        assert (await read(service, CAUSES)).body


async def test_a_worker_that_was_killed_from_outside_is_replaced(folder: Path) -> None:
    others = children()
    async with QueryService(folder, workers=1) as service:
        await read(service, CAUSES)
        (first,) = children() - others
        os.kill(first, signal.SIGKILL)
        os.waitid(os.P_PID, first, os.WEXITED | os.WNOWAIT)
        assert (await read(service, f"{CAUSES} # again")).body
        assert first not in children()


async def test_queries_wait_for_a_turn_and_are_all_answered(folder: Path) -> None:
    async with QueryService(folder, workers=2, cache=0) as service:
        answers = await asyncio.gather(*(read(service, CAUSES) for _ in range(12)))
    assert len({answer.body for answer in answers}) == 1


async def test_short_queries_are_answered_while_more_long_ones_run_than_there_are_places(folder: Path) -> None:
    async with QueryService(folder, timeout=8, workers=1, slow=4) as service:
        long = [asyncio.ensure_future(read(service, f"{ENDLESS} # {number}")) for number in range(5)]
        await asyncio.sleep(1.5)
        short = [await read(service, f"{CAUSES} # {number}") for number in range(20)]
        assert not any(task.done() for task in long)
        errors = await asyncio.gather(*long, return_exceptions=True)
    assert len({answer.body for answer in short}) == 1
    assert [type(error) for error in errors] == [QueryTimeout] * 5


async def test_a_client_with_too_many_long_queries_is_told_to_come_again(folder: Path) -> None:
    async with QueryService(folder, timeout=5, workers=1, slow=1) as service:
        long = [asyncio.ensure_future(read(service, f"{ENDLESS} # {number}")) for number in range(3)]
        done, waiting = await asyncio.wait(long, timeout=3, return_when=asyncio.FIRST_COMPLETED)
        (refused,) = done
        with pytest.raises(Busy, match="wait for a turn already; ask again later") as caught:
            refused.result()
        assert caught.value.retry_after >= 1
        for task in waiting:
            task.cancel()
        await asyncio.wait(waiting)


async def test_a_query_that_gets_no_turn_says_so(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lanes, "TRIAL", 60)
    async with QueryService(folder, timeout=2, workers=1) as service:
        long = asyncio.ensure_future(read(service, ENDLESS))
        await asyncio.sleep(0.2)
        with pytest.raises(QueryTimeout, match="other queries left no time for this one"):
            await service.read(Question(CAUSES, timeout=0.2))
        await asyncio.wait({long})


async def test_what_was_asked_before_is_answered_from_memory_until_the_graph_changes(tmp_path: Path) -> None:
    count = "SELECT (COUNT(*) AS ?n) { ?x a etio:Article }"
    with Store.open(tmp_path, layer=toy_layer()) as store:
        async with QueryService(tmp_path, workers=1) as service:
            seen = [await read(service, count, "csv")]
            tags = [service.pose(Question(count)).tag]
            for extraction in toy_extractions():
                store.replace([extraction])
                seen += [await read(service, count, "csv"), await read(service, count, "csv")]
                tags.append(service.pose(Question(count)).tag)
            assert (service.cache.hits, service.cache.misses) == (2, 3)
    assert [answer.body for answer in seen] == [b"n\r\n%d\r\n" % number for number in (0, 1, 1, 2, 2)]
    assert [answer.engine is None for answer in seen] == [False, False, True, False, True]
    assert len(set(tags)) == 3


async def test_what_may_be_answered_otherwise_each_time_is_never_answered_from_memory(service: QueryService) -> None:
    query = "SELECT (STRUUID() AS ?id) {}"
    assert (await read(service, query)).body != (await read(service, query)).body
    assert service.pose(Question(query)).tag is None


async def test_the_answers_in_memory_have_a_limit_of_bytes(folder: Path) -> None:
    async with QueryService(folder, workers=1, cache=100_000) as service:
        for number in range(1, 100):
            await read(service, f"SELECT * {{ ?s ?p ?o }} LIMIT {number}")
        assert 50_000 < service.cache.size <= 100_000
        assert len(service.cache) < 60


async def test_a_folder_without_a_snapshot_says_what_to_do(tmp_path: Path) -> None:
    async with QueryService(tmp_path) as service:
        with pytest.raises(StoreMissing, match="nothing was ingested into"):
            await read(service, CAUSES)


async def test_a_closed_service_leaves_no_process_and_answers_nothing(folder: Path) -> None:
    before = children()
    async with QueryService(folder, workers=3) as service:
        service.lanes.refill()
        await read(service, CAUSES)
        assert len(children() - before) == 3
    assert children() == before
    with pytest.raises(QueryError, match="was closed"):
        await read(service, CAUSES)


async def test_a_worker_inherits_no_open_file_but_its_pipes(folder: Path) -> None:
    read_end, write_end = os.pipe()
    os.set_inheritable(read_end, True)  # noqa: FBT003  # os takes it so
    others = children()
    try:
        async with QueryService(folder, workers=1) as service:
            await read(service, CAUSES)
            (worker,) = children() - others
            own = Path(f"/proc/self/fd/{read_end}").readlink()
            opened = {path.readlink() for path in Path(f"/proc/{worker}/fd").iterdir()}
            assert own not in opened
            assert not any(path.name.startswith("socket:") for path in opened)
    finally:
        os.close(read_end)
        os.close(write_end)


@pytest.mark.anyio
@pytest.mark.parametrize("characters", [WORTHWHILE - 1, WORTHWHILE, SIZE // 2, SIZE, SIZE + 1])
async def test_answers_of_any_size_come_whole(folder: Path, characters: int) -> None:
    async with QueryService(folder, workers=1, rows=None) as service:
        for letter in "ab":  # the same memory serves one answer after the other
            text = letter * characters
            found = await service.read(Question(f'SELECT ("{text}" AS ?text) {{}}'))
            assert orjson.loads(found.body)["results"]["bindings"] == [{"text": {"type": "literal", "value": text}}]


def test_what_is_shared_is_never_more_than_what_is_read_as_a_whole() -> None:
    assert SIZE <= LARGEST_WHOLE
