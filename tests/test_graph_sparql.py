import os
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import orjson
import pytest
import rdflib
from graphworld import toy_layer
from toygraph import toy_extractions

from graph.sparql import FORMATS, QueryService, acceptable
from graph.store import Store
from ontology.errors import (
    InvalidArgument,
    QueryError,
    QueryRefused,
    QuerySyntaxError,
    QueryTimeout,
    StoreMissing,
)

CAUSES = "SELECT ?c { ?c etio:hasSymptom|etio:causes etio:hemoptysis } ORDER BY ?c"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o }"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    with Store.open(folder, layer=toy_layer()) as store:
        store.replace(toy_extractions())
    return folder


@pytest.fixture(scope="module")
def service(folder: Path) -> Iterator[QueryService]:
    with QueryService(folder, timeout=10) as service:
        yield service


def children() -> set[int]:
    return {int(pid) for pid in Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()}


@pytest.mark.parametrize(
    ("name", "media_type", "head", "row", "end"),
    [("csv", "text/csv", "c", "{}", "\r\n"), ("tsv", "text/tab-separated-values", "?c", "<{}>", "\n")],
)
def test_rows_come_in_the_format_asked_for(
    service: QueryService, name: str, media_type: str, head: str, row: str, end: str
) -> None:
    names = ["alveolar-hemorrhage", "pneumonia", "pulmonary-embolism"]
    lines = [head, *(row.format(f"https://w3id.org/etiograph/{name}") for name in names)]
    for asked in (name, media_type):
        answer = service.answer(CAUSES, formats=acceptable(asked))
        assert (answer.media_type, answer.body.decode()) == (media_type, "".join(line + end for line in lines))


def test_rows_come_as_json_unless_another_format_is_asked_for(service: QueryService) -> None:
    answer = service.answer(CAUSES)
    assert answer.media_type == "application/sparql-results+json"
    names = [row["c"]["value"].rsplit("/", 1)[1] for row in orjson.loads(answer.body)["results"]["bindings"]]
    assert names == ["alveolar-hemorrhage", "pneumonia", "pulmonary-embolism"]


def test_a_truth_value_comes_as_xml(service: QueryService) -> None:
    answer = service.answer("ASK { etio:pneumonia etio:hasSymptom ?x }", formats=acceptable("application/xml"))
    assert answer.media_type == "application/sparql-results+xml"
    assert b"<boolean>true</boolean>" in answer.body


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")  # rdflib's own JSON-LD parser
@pytest.mark.parametrize(
    ("accept", "media_type", "syntax"),
    [
        ("*/*", "text/turtle", "turtle"),
        ("application/n-triples", "application/n-triples", "nt"),
        ("application/ld+json", "application/ld+json", "json-ld"),
    ],
)
def test_triples_come_in_the_format_asked_for(service: QueryService, accept: str, media_type: str, syntax: str) -> None:
    query = "CONSTRUCT { ?o etio:causedBy ?s } WHERE { ?s etio:causes ?o }"
    answer = service.answer(query, formats=acceptable(accept))
    assert answer.media_type == media_type
    found = {str(s).rsplit("/", 1)[1] for s in rdflib.Graph().parse(data=answer.body, format=syntax).subjects()}
    assert found == {"alveolar-hemorrhage", "hemoptysis", "pulmonary-infarction", "reduced-pulmonary-blood-flow"}


def test_a_format_that_cannot_hold_the_answer_is_refused(service: QueryService) -> None:
    with pytest.raises(InvalidArgument, match="for this query one of text/turtle, application/n-triples"):
        service.answer("DESCRIBE etio:hemoptysis", formats=acceptable("text/csv"))


@pytest.mark.parametrize(
    ("accept", "names"),
    [
        ("*/*", [known.name for known in FORMATS]),
        ("text/turtle;q=0.4, text/csv;q=0.9", ["csv", "turtle"]),
        ("text/*, text/csv;q=0", ["tsv", "turtle"]),
        ("application/json", ["json", "jsonld"]),
        ("csv", ["csv"]),
        ("TEXT/CSV", ["csv"]),
        ("text/html", []),
        ("text/csv;q=much", []),
        ("", []),
    ],
)
def test_an_accept_header_admits(accept: str, names: list[str]) -> None:
    assert [admitted.name for admitted in acceptable(accept)] == names


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
def test_a_malformed_query_says_where(
    service: QueryService, query: str, line: int | None, column: int | None, message: str
) -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        service.answer(query)
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
def test_a_query_that_mentions_service_is_refused_whatever_its_form(service: QueryService, query: str) -> None:
    with pytest.raises(QueryRefused, match="queries that mention SERVICE are refused"):
        service.answer(query)


def test_the_word_can_be_asked_for_with_an_escape(service: QueryService) -> None:
    answer = service.answer('SELECT (STR("\\u0073ervice") AS ?word) {}', formats=acceptable("csv"))
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
def test_an_update_is_refused(service: QueryService, query: str) -> None:
    with pytest.raises(QueryRefused, match="this endpoint is read-only"):
        service.answer(query)


def test_a_query_that_takes_too_long_is_stopped_and_the_next_one_is_answered(folder: Path) -> None:
    others = children()
    with QueryService(folder, timeout=1, workers=1) as service:
        service.answer(CAUSES)
        (first,) = children() - others
        began = time.monotonic()
        with pytest.raises(QueryTimeout, match="the query was stopped after 1 s"):
            service.answer(ENDLESS)
        assert time.monotonic() - began < 3
        assert service.answer(CAUSES).body
        assert first not in children()


def test_a_query_that_needs_too_much_memory_ends_its_worker_alone(folder: Path) -> None:
    with QueryService(folder, timeout=60, memory=100 << 20) as service:
        with pytest.raises(QueryTimeout, match="it needs more than 100 MiB of memory"):
            service.answer("SELECT DISTINCT ?a ?c ?d ?f ?g ?i { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?a")
        assert service.answer(CAUSES).body


def test_an_answer_that_is_too_large_is_stopped(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graph.sparql.LARGEST_ANSWER", 1 << 20)
    with QueryService(folder) as service:
        with pytest.raises(QueryTimeout, match="its answer exceeds 1 MiB; add a LIMIT"):
            service.answer("SELECT * { ?a ?b ?c . ?d ?e ?f }")
        assert service.answer(CAUSES).body


def test_a_worker_that_was_killed_from_outside_is_replaced(folder: Path) -> None:
    others = children()
    with QueryService(folder, workers=1) as service:
        service.answer(CAUSES)
        (first,) = children() - others
        os.kill(first, signal.SIGKILL)
        os.waitid(os.P_PID, first, os.WEXITED | os.WNOWAIT)
        assert service.answer(CAUSES).body
        assert first not in children()


def test_queries_wait_for_a_turn_and_are_all_answered(folder: Path) -> None:
    answers: list[bytes] = []
    with QueryService(folder, workers=2) as service:
        threads = [threading.Thread(target=lambda: answers.append(service.answer(CAUSES).body)) for _ in range(12)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert len(answers) == 12
    assert len(set(answers)) == 1


def stopped(service: QueryService) -> None:
    with pytest.raises(QueryTimeout):
        service.answer(ENDLESS)


def test_a_query_that_gets_no_turn_says_so(folder: Path) -> None:
    with QueryService(folder, timeout=1, workers=1) as service:
        thread = threading.Thread(target=stopped, args=(service,))
        thread.start()
        time.sleep(0.3)
        service._timeout = 0.2
        with pytest.raises(QueryTimeout, match="other queries left no time for this one"):
            service.answer(CAUSES)
        thread.join()


def test_a_newer_snapshot_is_what_the_next_query_reads(tmp_path: Path) -> None:
    count = "SELECT (COUNT(*) AS ?n) { ?x a etio:Article }"
    with Store.open(tmp_path, layer=toy_layer()) as store, QueryService(tmp_path, workers=1) as service:
        counts = [service.answer(count, formats=acceptable("csv")).body]
        for extraction in toy_extractions():
            store.replace([extraction])
            counts.append(service.answer(count, formats=acceptable("csv")).body)
    assert counts == [b"n\r\n0\r\n", b"n\r\n1\r\n", b"n\r\n2\r\n"]


def test_a_folder_without_a_snapshot_says_what_to_do(tmp_path: Path) -> None:
    with QueryService(tmp_path) as service, pytest.raises(StoreMissing, match="nothing was ingested into"):
        service.answer(CAUSES)


def test_a_closed_service_leaves_no_process_and_answers_nothing(folder: Path) -> None:
    before = children()
    service = QueryService(folder)
    service.answer(CAUSES)
    assert len(children() - before) == 1
    service.close()
    assert children() == before
    with pytest.raises(QueryError, match="was closed"):
        service.answer(CAUSES)


def test_a_worker_inherits_no_open_file_but_its_pipes(folder: Path) -> None:
    read, write = os.pipe()
    os.set_inheritable(read, True)  # noqa: FBT003  # os takes it so
    others = children()
    try:
        with QueryService(folder) as service:
            service.answer(CAUSES)
            (worker,) = children() - others
            own = Path(f"/proc/self/fd/{read}").readlink()
            opened = {path.readlink() for path in Path(f"/proc/{worker}/fd").iterdir()}
            assert own not in opened
            assert not any(path.name.startswith("socket:") for path in opened)
    finally:
        os.close(read)
        os.close(write)
