import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

import pytest

from graph.store import Snapshot, Store, make_empty
from graph.writing import WriteService, Written
from ontology.errors import QueryError, QuerySyntaxError

_Answer = TypeVar("_Answer")


def on(folder: Path, ask: Callable[[WriteService], Awaitable[_Answer]], **options: float) -> _Answer:
    async def run() -> _Answer:
        async with WriteService(folder, timeout=options.get("timeout", 30)) as service:
            return await ask(service)

    return asyncio.run(run())


def content(folder: Path) -> list[str]:
    with Snapshot.open(folder) as snapshot:
        return snapshot.nquads().decode().splitlines()


def test_an_update_is_published_when_it_is_answered(tmp_path: Path) -> None:
    make_empty(tmp_path)
    assert content(tmp_path) == []
    written = on(tmp_path, lambda service: service.update("INSERT DATA { <a:a> <a:b> <a:c> }"))
    with Snapshot.open(tmp_path) as snapshot:
        assert written == Written(changed=True, created=False, hash=snapshot.hash)
    assert content(tmp_path) == ["<a:a> <a:b> <a:c> ."]


def test_an_update_that_cannot_be_run_changes_nothing(tmp_path: Path) -> None:
    make_empty(tmp_path)
    with pytest.raises(QueryError, match="the graph <a:g> does not exist"):
        on(tmp_path, lambda service: service.update("INSERT DATA { <a:a> <a:b> <a:c> } ; DROP GRAPH <a:g>"))
    with pytest.raises(QuerySyntaxError) as caught:
        on(tmp_path, lambda service: service.update("INSERT DATA {\n <a:a> <a:b> }"))
    assert (caught.value.line, caught.value.column) == (2, 14)
    assert content(tmp_path) == []


def test_a_writer_closes_the_store_between_two_writes(tmp_path: Path) -> None:
    make_empty(tmp_path)

    async def both(service: WriteService) -> tuple[int | None, int | None]:
        await service.update("INSERT DATA { <a:a> <a:b> 1 }")
        first = service.pid
        Store.open_as_it_is(tmp_path).close()
        await service.update("INSERT DATA { <a:a> <a:b> 2 }")
        return first, service.pid

    first, second = on(tmp_path, both)
    assert first is not None
    assert first == second
    assert len(content(tmp_path)) == 2
