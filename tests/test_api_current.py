"""The service answers from the newest published graph, and looks for it seldom."""

import asyncio
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from toygraph import toy_extractions
from toystore import store_toy

from api import current
from api.app import create_app
from api.settings import Settings
from graph.naming import namebuilding
from graph.store import Store
from graph.storednetwork import StoredNetwork
from ontology.errors import StoreMissing


def test_a_newer_graph_is_served_without_a_restart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(current, "CHECK_EVERY", 0.0)
    first, second = toy_extractions()
    with TestClient(create_app(Settings(data=tmp_path))) as client:
        assert client.get("/v1/stats").status_code == 503
        with Store.open(tmp_path) as store:
            store.replace([first])
            before = client.get("/v1/stats").json()
            store.replace([second])
        after = client.get("/v1/stats").json()
        assert (before["articles"], after["articles"], before["hash"] == after["hash"]) == (1, 2, False)
        quads = client.get("/v1/export", params={"format": "nquads"})
        assert (quads.status_code, b"lung-clots" in quads.content) == (200, True)


def test_between_two_looks_the_graph_stays_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(current, "CHECK_EVERY", 600.0)
    first, second = toy_extractions()

    async def articles() -> list[int]:
        graph = current.CurrentGraph(tmp_path)
        with Store.open(tmp_path) as store:
            store.replace([first])
            before = await graph.network()
            store.replace([second])
            after = await graph.network()
        return [len(before.articles), len(after.articles)]

    assert asyncio.run(articles()) == [1, 1]


def test_a_graph_stays_readable_after_newer_ones_were_published(tmp_path: Path) -> None:
    first, second = toy_extractions()

    async def graphs() -> list[StoredNetwork]:
        graph = current.CurrentGraph(tmp_path)
        found = []
        with Store.open(tmp_path) as store:
            for extractions in ([first], [second], []):
                store.replace(extractions)
                graph.look_again()
                found.append(await graph.network())
            for extraction in (first, second):
                store.remove(extraction.article.id)
        return found

    one, two, three = asyncio.run(graphs())
    assert (one.hash == two.hash, two is three) == (False, True)
    assert [list(graph.articles) for graph in (one, two)] == [
        [first.article.id],
        [first.article.id, second.article.id],
    ]


def test_a_process_with_much_memory_of_its_own_opens_the_graph_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(current, "CHECK_EVERY", 0.0)
    monkeypatch.setattr(current, "_GROWTH", -1 << 40)
    store_toy(tmp_path)

    async def opened(most: int) -> tuple[bool, bool, bool]:
        graph = current.CurrentGraph(tmp_path, most_memory=most)
        one = await graph.network()
        figures, articles, claims = one.figures(), list(one.articles), dict(one.claims)
        two = await graph.network()
        same = (list(two.articles), dict(two.claims)) == (articles, claims)
        return one is two, two.figures() is figures, same

    assert asyncio.run(opened(0)) == (False, True, True)
    assert asyncio.run(opened(1 << 40)) == (True, True, True)


def test_memory_is_looked_at_even_if_nothing_is_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(current, "CHECK_EVERY", 0.0)
    monkeypatch.setattr(current, "TEND_EVERY", 0.01)
    monkeypatch.setattr(current, "_GROWTH", -1 << 40)
    store_toy(tmp_path)

    async def opened() -> bool:
        graph = current.CurrentGraph(tmp_path, most_memory=0)
        first = await graph.network()
        tending = asyncio.create_task(graph.tend())
        while graph.opened is first:
            await asyncio.sleep(0.01)
        tending.cancel()
        await asyncio.wait([tending])
        return tending.cancelled()

    assert asyncio.run(asyncio.wait_for(opened(), 60))


def test_names_that_must_be_made_keep_nobody_waiting_but_those_who_ask_for_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(namebuilding, "FEW", 0)
    store_toy(tmp_path)

    async def asked() -> tuple[bool, str, bool]:
        graph = current.CurrentGraph(tmp_path)
        await graph.warm()
        names = (await graph.network()).lexicon
        before = names.prepared
        found = await asyncio.to_thread(names.get, "haemoptysis")
        return before, found.id, names.prepared

    assert asyncio.run(asked()) == (False, "etio:hemoptysis", True)


def test_a_newer_graph_has_its_names_indexed_before_it_answers_if_the_one_before_had(tmp_path: Path) -> None:
    first, second = toy_extractions()

    async def prepared() -> list[bool]:
        graph = current.CurrentGraph(tmp_path)
        found = []
        with Store.open(tmp_path) as store:
            store.replace([first])
            found.append((await graph.network()).lexicon.prepared)
            await graph.warm()
            found.append((await graph.network()).lexicon.prepared)
            store.replace([second])
            graph.look_again()
            found.append((await graph.network()).lexicon.prepared)
        return found

    assert asyncio.run(prepared()) == [False, True, True]


def test_without_a_store_there_is_no_graph(tmp_path: Path) -> None:
    graph = current.CurrentGraph(tmp_path)
    asyncio.run(graph.warm())
    with pytest.raises(StoreMissing):
        asyncio.run(graph.network())
