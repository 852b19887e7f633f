"""`GET /v1/export` and `etiograph export`: what is sent, how it is asked for, and what happens when nobody reads it."""

import asyncio
import os
import signal
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import networkx as nx
import pytest
from exporting import exported, read_graphml
from fastapi.testclient import TestClient
from realserver import get, send, serving
from starlette.types import Message
from toygraph import merged, toy_extractions
from toystore import store_toy
from typer.testing import CliRunner

from api import flowing
from api.app import create_app
from api.cli import command_line
from api.commands import exporting as command
from api.exportquestions import MOST_NAMED, MOST_POSTED
from api.flowing import Places, flow
from api.questions import MOST
from api.settings import Settings
from graph.export.formats import FORMATS
from graph.storednetwork import StoredNetwork
from ontology.claim import claim_iri
from ontology.errors import Busy, StoreError


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("toy")
    store_toy(made)
    return made


@pytest.fixture(scope="module")
def network(folder: Path) -> StoredNetwork:
    return StoredNetwork.open(folder)


@pytest.fixture(scope="module")
def client(folder: Path) -> Any:
    with TestClient(create_app(Settings(data=folder))) as client:
        yield client


@pytest.mark.parametrize("name", list(FORMATS))
def test_every_format_is_sent_whole_with_its_type_and_the_name_of_a_file(
    client: TestClient, network: StoredNetwork, name: str
) -> None:
    answer = client.get("/v1/export", params={"format": name})
    known = FORMATS[name]
    assert answer.status_code == 200
    assert answer.content == exported(network, name)
    assert answer.headers["content-type"].partition(";")[0] == known.media_type
    assert answer.headers["content-disposition"] == f'attachment; filename="etiograph{known.suffix}"'


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("*/*", "text/turtle"),
        ("application/graphml+xml", "application/graphml+xml"),
        ("text/csv;q=0.5, application/gexf+xml", "application/gexf+xml"),
        ("application/json", "application/vnd.cytoscape.cyjs+json"),
        ("text/html, application/n-quads", "application/n-quads"),
    ],
)
def test_the_accept_header_chooses_where_no_format_is_named(client: TestClient, accept: str, media_type: str) -> None:
    answer = client.get("/v1/export", headers={"Accept": accept})
    assert (answer.status_code, answer.headers["content-type"].partition(";")[0]) == (200, media_type)


def test_no_format_that_is_accepted_is_a_406_with_the_list(client: TestClient) -> None:
    for asked in (
        client.get("/v1/export", headers={"Accept": "image/png"}),
        client.get("/v1/export", params={"format": "pdf"}),
    ):
        assert (asked.status_code, asked.headers["content-type"]) == (406, "application/problem+json")
        assert all(name in asked.json()["detail"] for name in FORMATS)


def read(answer: Any) -> "nx.MultiDiGraph[str]":
    assert answer.status_code == 200, answer.text
    return read_graphml(answer.content)


def test_around_a_concept_is_exported_what_neighbours_answers(client: TestClient) -> None:
    asked: dict[str, Any] = {"depth": 2, "predicate": ["causes", "has_symptom"], "min_certainty": "possible"}
    neighbours = client.get("/v1/concepts/PE/neighbours", params={**asked, "limit": 500}).json()
    graph = read(client.get("/v1/export", params={**asked, "concept": "PE", "format": "graphml"}))
    expected = {claim["id"] for item in neighbours["items"] for claim in item["claims"]}
    assert {key for _, _, key in graph.edges(keys=True)} == expected
    assert set(graph.nodes) == {node["id"] for node in neighbours["nodes"]} | {"etio:pulmonary-embolism"}


def test_between_two_concepts_is_exported_what_paths_answers(client: TestClient) -> None:
    for more in ({}, {"k": 1}, {"max_hops": 1}, {"avoid": "pulmonary infarction"}, {"directed": "false"}):
        asked: dict[str, Any] = {"source": "PE", "target": "hemoptysis"} | cast("dict[str, Any]", more)
        paths = client.get("/v1/paths", params=asked).json()
        graph = read(client.get("/v1/export", params={**asked, "format": "graphml"}))
        claims = [claim for item in paths["items"] for hop in item["hops"] for claim in hop["claims"]]
        assert {key for _, _, key in graph.edges(keys=True)} == {row["id"] for row in claims if not row["negated"]}
        assert set(graph.nodes) == {node["id"] for item in paths["items"] for node in item["nodes"]}
        assert len(graph) >= 2


def test_what_articles_state_is_exported_with_their_sentences_alone(client: TestClient) -> None:
    for article in ("lung-clots", "coughing-up-blood"):
        stated = client.get(f"/v1/articles/{article}/claims", params={"limit": 500}).json()["items"]
        for negated, which in (("exclude", (False,)), ("include", (False, True)), ("only", (True,))):
            asked = {"article": article, "negated": negated, "format": "graphml"}
            graph = read(client.get("/v1/export", params=asked))
            assert {key for _, _, key in graph.edges(keys=True)} == {
                claim["id"] for claim in stated if claim["negated"] in which
            }
            assert {values["articles"] for *_, values in graph.edges(data=True)} <= {article}
    sure = read(client.get("/v1/export?article=lung-clots&article=coughing-up-blood&min_articles=2&format=graphml"))
    assert [values["article_count"] for *_, values in sure.edges(data=True)] == [2] * len(sure.edges)


def test_named_claims_are_exported_affirmed_or_denied(client: TestClient) -> None:
    denied = next(claim.id for claim in merged(toy_extractions()) if claim.negated)
    affirmed = next(claim for claim in merged(toy_extractions()) if not claim.negated)
    names = [denied.rpartition("/")[2], affirmed.id, claim_iri(affirmed.id)]
    graph = read(client.get("/v1/export", params={"claim": names, "format": "graphml"}))
    assert {key for _, _, key in graph.edges(keys=True)} == {denied, affirmed.id}
    other = next(id for id in ("lung-clots", "coughing-up-blood") if id not in affirmed.articles)
    of_another = client.get("/v1/export", params={"claim": affirmed.id, "article": other, "format": "csv"})
    assert (of_another.status_code, of_another.text.count("\n")) == (200, 1)


@pytest.mark.parametrize(
    ("asked", "status", "said"),
    [
        ("claim=0123456789abcdef", 404, "unknown claim"),
        ("claim=0123456789abcdef&concept=PE", 422, "to go without 'claim'"),
        ("article=lung-clot", 404, "lung-clot"),
        ("article=lung-clots&depth=2", 422, "to go with 'concept'"),
        ("article=lung-clots&via=PE", 422, "to go with 'source' and 'target'"),
        ("&".join(["claim=0123456789abcdef"] * (MOST_NAMED + 1)), 422, "at most"),
    ],
)
def test_what_cannot_be_exported_says_why(client: TestClient, asked: str, status: int, said: str) -> None:
    answer = client.get(f"/v1/export?format=csv&{asked}")
    assert (answer.status_code, said in answer.text) == (status, True), answer.text


def test_concepts_are_exported_alone_without_a_link(client: TestClient) -> None:
    asked = "concept=PE&concept=coughing+up+blood&depth=0"
    graph = read(client.get(f"/v1/export?format=graphml&{asked}"))
    assert (sorted(graph.nodes), list(graph.edges)) == (["etio:hemoptysis", "etio:pulmonary-embolism"], [])
    ids = [row.partition(",")[0] for row in client.get(f"/v1/export?format=csv&{asked}").text.splitlines()]
    assert ids == ["id", "etio:hemoptysis", "etio:pulmonary-embolism"]


def test_more_than_an_address_has_room_for_is_asked_for_by_post(client: TestClient) -> None:
    named = [claim.id.rpartition("/")[2] for claim in merged(toy_extractions())]
    many = named * (2 * MOST_NAMED // len(named) + 1)
    graph = read(client.post("/v1/export", data={"format": "graphml", "claim": many}))
    assert {key.rpartition("/")[2] for _, _, key in graph.edges(keys=True)} == set(named)
    posted = client.post("/v1/export", json={"claim": many, "format": "csv"})
    assert posted.text == client.post("/v1/export", data={"claim": many}, headers={"Accept": "text/csv"}).text
    assert posted.text == client.get("/v1/export", params={"format": "csv", "claim": named}).text
    assert posted.headers["content-disposition"] == 'attachment; filename="etiograph.csv"'
    depth = client.post("/v1/export", data={"format": "csv", "concept": "PE", "depth": "2", "negated": "include"})
    assert depth.text == client.get("/v1/export?format=csv&concept=PE&depth=2&negated=include").text
    listed = client.post("/v1/export", json={"format": "csv", "concept": ["PE"] * (MOST + 1), "depth": 0})
    assert (listed.status_code, listed.text.count("\n")) == (200, 2)


@pytest.mark.parametrize(
    ("sent", "status", "said"),
    [
        ({"json": {"format": "pdf"}}, 406, "there are: turtle, trig,"),
        ({"json": {"claims": ["0123456789abcdef"]}}, 422, "claims"),
        ({"json": {"claim": ["0123456789abcdef"]}}, 404, "unknown claim"),
        ({"data": {"claim": ["0123456789abcdef"] * (MOST_POSTED + 1)}}, 422, "at most 20000"),
        ({"data": {"claim": ["x"] * (2 * MOST_POSTED + 1)}}, 400, "the form cannot be read"),
        ({"data": {"depth": ["1", "2"], "concept": "PE"}}, 422, "depth"),
        ({"json": {"concept": ["PE"] * (MOST + 1)}}, 422, "at most 50 with what is linked to them"),
        ({"json": {"concept": ["PE"], "depth": 0, "min_articles": 2}}, 422, "to go with a 'depth' of 1 to 3"),
        ({"json": {}, "params": {"format": "csv"}}, 422, "takes none"),
        ({"content": "format=csv", "headers": {"Content-Type": "text/plain"}}, 415, "application/json"),
        ({"content": b"claim=%FF", "headers": {"Content-Type": "application/x-www-form-urlencoded"}}, 400, "form"),
        ({"content": b"{", "headers": {"Content-Type": "application/json"}}, 422, "JSON"),
        ({"content": b"x" * 1_000_001, "headers": {"Content-Type": "application/json"}}, 413, "longer than"),
    ],
)
def test_what_cannot_be_posted_says_why(client: TestClient, sent: dict[str, Any], status: int, said: str) -> None:
    answer = client.post("/v1/export", **sent)
    assert (answer.status_code, said in answer.text) == (status, True), answer.text[:500]
    assert answer.headers["content-type"] == "application/problem+json"


def test_what_articles_deny_is_exported_where_it_is_asked_for(client: TestClient) -> None:
    denied = [claim for claim in merged(toy_extractions()) if claim.negated]
    asked: dict[str, str]
    for asked in ({}, {"concept": "hemoptysis"}):
        only = read(client.get("/v1/export", params={**asked, "format": "graphml", "negated": "only"}))
        assert [(key, values["negated"]) for _, _, key, values in only.edges(keys=True, data=True)] == [
            (claim.id, True) for claim in denied
        ]
        both = read(client.get("/v1/export", params={**asked, "format": "graphml", "negated": "include"}))
        without = read(client.get("/v1/export", params={**asked, "format": "graphml"}))
        assert both.number_of_edges() == without.number_of_edges() + len(denied)


def test_a_client_that_has_it_is_told_so_and_head_has_no_body(client: TestClient) -> None:
    first = client.get("/v1/export?format=csv")
    again = client.get("/v1/export?format=csv", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    head = client.head("/v1/export?format=csv")
    assert (head.status_code, head.content, head.headers["etag"]) == (200, b"", first.headers["etag"])


def test_a_part_that_is_cut_says_so(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graph.export.near.MOST_FOLLOWED", 2)
    cut = client.get("/v1/export?concept=PE&depth=3&format=csv")
    whole = client.get("/v1/export?concept=PE&format=csv")
    assert (cut.headers["truncated"], "truncated" in whole.headers) == ("links", False)


def test_what_goes_wrong_before_the_first_piece_is_a_problem(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise StoreError("something is missing")

    monkeypatch.setattr("api.exports.export", broken)
    answer = client.get("/v1/export?format=csv")
    assert (answer.status_code, answer.json()["detail"]) == (503, "something is missing")


def written(work: Callable[[Callable[[bytes], object]], None], places: Places, *, taking: int) -> list[bytes]:
    """What a client gets of the answer that goes away after so many pieces."""
    got: list[bytes] = []

    async def send_on(message: Message) -> None:
        if message["type"] == "http.response.body":
            if len(got) >= taking:
                raise OSError("gone")
            got.append(message["body"])

    async def receive() -> Message:
        await asyncio.Event().wait()
        raise AssertionError

    async def ask() -> None:
        response = await flow(work, places, "text/plain", {})
        scope = {"type": "http", "asgi": {"spec_version": "2.4"}, "method": "GET", "path": "/"}
        await response(scope, receive, send_on)

    asyncio.run(ask())
    return got


def test_the_writer_ends_when_the_client_goes_and_gives_its_place_back() -> None:
    ended, places = threading.Event(), Places(1)
    pieces = 0

    def work(write: Callable[[bytes], object]) -> None:
        nonlocal pieces
        try:
            for pieces in range(1_000_000):  # noqa: B007
                write(b"x" * 65_536)
        finally:
            ended.set()

    assert len(written(work, places, taking=3)) == 3
    assert ended.wait(10)
    assert pieces < 100


def test_no_more_are_written_at_once_than_there_are_places() -> None:
    async def ask() -> None:
        places = Places(1)
        waiting = threading.Event()

        def work(write: Callable[[bytes], object]) -> None:
            write(b"x")
            waiting.wait(10)

        first = await flow(work, places, "text/plain", {})
        with pytest.raises(Busy):
            await flow(work, places, "text/plain", {})
        waiting.set()
        async for part in cast("Any", first).body_iterator:
            assert part == b"x"
        await flow(work, places, "text/plain", {})

    asyncio.run(ask())


def test_an_answer_that_breaks_off_has_no_end_and_raises_what_broke_it() -> None:
    def work(write: Callable[[bytes], object]) -> None:
        write(b"x" * 200_000)
        raise StoreError("broken")

    with pytest.raises(StoreError, match="broken"):
        written(work, Places(), taking=100)


def test_a_client_that_does_not_read_is_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flowing, "PATIENCE", 0.05)

    async def ask() -> Places:
        places = Places(1)

        def work(write: Callable[[bytes], object]) -> None:
            write(b"x" * 1_000_000)

        response = await flow(work, places, "text/plain", {})

        async def never(_: Message) -> None:
            await asyncio.Event().wait()

        async def receive() -> Message:
            await asyncio.Event().wait()
            raise AssertionError

        await response({"type": "http", "asgi": {"spec_version": "2.4"}, "method": "GET", "path": "/"}, receive, never)
        for _ in range(100):
            await asyncio.sleep(0.02)
            try:
                places.take()
            except Busy:
                continue
            return places
        raise AssertionError("the place was not given back")

    asyncio.run(ask())


def test_a_real_server_sends_what_the_command_writes(folder: Path, network: StoredNetwork) -> None:
    with serving(folder) as (process, address):
        get(f"{address}/health/ready")
        for name in ("graphml", "obsidian", "trig"):
            answer = send("GET", f"{address}/v1/export?format={name}")
            assert (answer.status, answer.body) == (200, exported(network, name))
        claim = merged(toy_extractions())[0].id.rpartition("/")[2]
        many = "&".join([f"claim={claim}"] * MOST_NAMED)
        assert send("GET", f"{address}/v1/export?format=csv&{many}").body.count(b"\n") == 2
        os.killpg(process.pid, signal.SIGINT)
        process.communicate(timeout=30)


def _claims() -> list[str]:
    return [claim.id for claim in merged(toy_extractions())[:2]]


def run(*arguments: object) -> Any:
    return CliRunner().invoke(command_line(), [str(argument) for argument in arguments])


@pytest.mark.parametrize("name", list(FORMATS))
def test_the_command_takes_the_format_from_the_ending(
    folder: Path, network: StoredNetwork, tmp_path: Path, name: str
) -> None:
    target = tmp_path / f"graph{FORMATS[name].suffix}"
    done = run("export", "--data", folder, "-o", target)
    assert (done.exit_code, done.output) == (0, "")
    assert target.read_bytes() == exported(network, name)
    assert list(tmp_path.iterdir()) == [target]


def test_the_command_exports_the_parts_that_are_asked_for(folder: Path, client: TestClient) -> None:
    for options, asked in (
        (("--concept", "PE", "--depth", "2", "--kind", "Symptom"), {"concept": "PE", "depth": 2, "kind": "Symptom"}),
        (("--source", "PE", "--target", "hemoptysis", "--k", "1"), {"source": "PE", "target": "hemoptysis", "k": 1}),
        (("--source", "PE", "--target", "CTPA", "--undirected"), {"source": "PE", "target": "CTPA", "directed": False}),
        (("--negated", "only"), {"negated": "only"}),
        (("--article", "lung-clots", "--negated", "include"), {"article": "lung-clots", "negated": "include"}),
        (("--claim", _claims()[0], "--claim", _claims()[1]), {"claim": _claims()}),
    ):
        done = run("export", "--format", "csv", "--data", folder, *options)
        assert done.exit_code == 0, done.output
        params = cast("dict[str, Any]", asked) | {"format": "csv"}
        assert done.stdout == client.get("/v1/export", params=params).text


def test_a_file_that_cannot_be_completed_leaves_what_was_there(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "graph.csv"
    target.write_text("as it was")

    def interrupted(*arguments: Any, **_: object) -> None:
        arguments[2](b"half")
        raise KeyboardInterrupt

    monkeypatch.setattr("graph.export.formats.export", interrupted)
    assert run("export", "--data", folder, "-o", target).exit_code != 0
    assert (target.read_text(), list(tmp_path.iterdir())) == ("as it was", [target])


def test_the_help_names_every_format() -> None:
    assert ", ".join(FORMATS) == command.FORMATS
