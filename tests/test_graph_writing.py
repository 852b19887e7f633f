"""Writes through the process that writes: what they leave, and that nothing stays of those that fail."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TypeVar

import pytest
from toystore import store_toy

from graph import sandbox
from graph.checkpoints import published
from graph.contenthash import ContentHash
from graph.store import Snapshot, Store, make_empty
from graph.updating.writing import WriteService, Written
from ontology.errors import (
    InvalidUpdate,
    QueryError,
    QueryRefused,
    QuerySyntaxError,
    QueryTimeout,
    StoreError,
    StoreInUse,
    StoreMissing,
    UnknownGraph,
    UnreadableGraph,
)

_Answer = TypeVar("_Answer")
BASE = "http://example.org/store"
TURTLE = "text/turtle"
CROSS = "INSERT { ?a ?b ?x } WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?x ?y ?z }"


def on(folder: Path, ask: Callable[[WriteService], Awaitable[_Answer]], **options: float) -> _Answer:
    async def run() -> _Answer:
        memory = int(options.get("memory", 4 << 30))
        async with WriteService(folder, timeout=options.get("timeout", 60), memory=memory) as service:
            return await ask(service)

    return asyncio.run(run())


def update(folder: Path, text: str) -> Written:
    return on(folder, lambda service: service.update(text))


def content(folder: Path) -> list[str]:
    with Snapshot.open(folder) as snapshot:
        return snapshot.nquads().decode().splitlines()


def graphs(folder: Path) -> list[str]:
    with Snapshot.open(folder) as snapshot:
        return sorted(str(name) for name in snapshot.store.named_graphs())


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    make_empty(tmp_path / "data")
    return tmp_path / "data"


def test_an_update_is_published_when_it_is_answered(empty: Path) -> None:
    assert content(empty) == []
    written = update(empty, "INSERT DATA { <a:a> <a:b> <a:c> }")
    with Snapshot.open(empty) as snapshot:
        assert written == Written(changed=True, created=False, hash=snapshot.hash)
        assert snapshot.hash == ContentHash().of(snapshot.store)
    assert content(empty) == ["<a:a> <a:b> <a:c> ."]


def test_an_update_that_changes_nothing_publishes_nothing(empty: Path) -> None:
    first = update(empty, "INSERT DATA { <a:a> <a:b> <a:c> }")
    name = published(empty)
    again = update(empty, "INSERT DATA { <a:a> <a:b> <a:c> } ; DELETE WHERE { <a:x> ?p ?o }")
    assert (again, published(empty)) == (Written(changed=False, created=False, hash=first.hash), name)


def test_an_update_that_cannot_be_run_changes_nothing(empty: Path) -> None:
    with pytest.raises(QueryError, match="the graph <a:g> does not exist"):
        update(empty, "INSERT DATA { <a:a> <a:b> <a:c> } ; DROP GRAPH <a:g>")
    with pytest.raises(QuerySyntaxError) as caught:
        update(empty, "INSERT DATA {\n <a:a> <a:b> }")
    assert (caught.value.line, caught.value.column) == (2, 14)
    assert content(empty) == []


def test_the_process_is_kept_and_has_nothing_open_between_two_writes(empty: Path) -> None:
    async def both(service: WriteService) -> tuple[int | None, int | None]:
        await service.update("INSERT DATA { <a:a> <a:b> 1 }")
        first = service.pid
        Store.open_as_it_is(empty).close()
        await service.update("INSERT DATA { <a:a> <a:b> 2 }")
        return first, service.pid

    first, second = on(empty, both)
    assert first is not None
    assert first == second
    assert len(content(empty)) == 2


def test_writes_that_come_at_once_are_done_one_after_the_other(empty: Path) -> None:
    async def many(service: WriteService) -> list[Written]:
        texts = [f"INSERT DATA {{ <a:a> <a:b> {number} }}" for number in range(8)]
        return await asyncio.gather(*(service.update(text) for text in texts))

    assert len({written.hash for written in on(empty, many)}) == 8
    assert len(content(empty)) == 8


def test_patterns_look_at_the_graphs_that_the_protocol_names(empty: Path) -> None:
    update(empty, "INSERT DATA { <a:a> <a:b> 1 GRAPH <a:g> { <a:a> <a:b> 2 } GRAPH <a:h> { <a:a> <a:b> 3 } }")
    text = "INSERT { GRAPH <a:found> { ?s ?p ?o } } WHERE { ?s ?p ?o }"
    on(empty, lambda service: service.update(text, using=["a:g"]))
    text = "INSERT { GRAPH <a:named> { ?s ?p ?o } } WHERE { GRAPH ?g { ?s ?p ?o } }"
    on(empty, lambda service: service.update(text, using_named=["a:h"]))
    found = [line for line in content(empty) if line.endswith(("<a:found> .", "<a:named> ."))]
    number = "http://www.w3.org/2001/XMLSchema#integer"
    assert found == [f'<a:a> <a:b> "2"^^<{number}> <a:found> .', f'<a:a> <a:b> "3"^^<{number}> <a:named> .']


def test_a_graph_is_put_merged_into_and_removed(empty: Path) -> None:
    async def ask(service: WriteService) -> list[tuple[bool, bool]]:
        done = [
            await service.put("a:g", b"<x> <a:b> 1 , 01 .", TURTLE, base=BASE),
            await service.put("a:g", b"<x> <a:b> 1 .", TURTLE, base=BASE),
            await service.post("a:g", b"<x> <a:b> 2 .", TURTLE, base=BASE),
            await service.put("a:g", b"<y> <a:b> 3 .", TURTLE, base=BASE),
            await service.put(None, b"<z> <a:b> 4 .", TURTLE, base=BASE),
            await service.delete("a:g"),
        ]
        return [(written.changed, written.created) for written in done]

    changes = on(empty, ask)
    assert changes == [(True, True), (False, False), (True, False), (True, False), (True, False), (True, False)]
    assert content(empty) == [
        '<http://example.org/z> <a:b> "4"^^<http://www.w3.org/2001/XMLSchema#integer> .',
    ]
    assert graphs(empty) == []
    with pytest.raises(UnknownGraph, match="there is no graph <a:g>"):
        on(empty, lambda service: service.delete("a:g"))
    assert on(empty, lambda service: service.delete(None)).changed
    assert content(empty) == []


def test_a_named_graph_may_be_empty(empty: Path) -> None:
    first = on(empty, lambda service: service.put("a:g", b"", TURTLE, base=BASE))
    assert (first.changed, first.created, graphs(empty)) == (True, True, ["<a:g>"])
    assert not update(empty, "CREATE SILENT GRAPH <a:g>").changed
    assert update(empty, "CREATE GRAPH <a:h>").changed
    assert graphs(empty) == ["<a:g>", "<a:h>"]
    assert update(empty, "DROP GRAPH <a:h> ; CLEAR GRAPH <a:g>").hash == first.hash
    assert on(empty, lambda service: service.delete("a:g")).changed
    assert graphs(empty) == []


def test_every_body_has_blank_nodes_of_its_own(empty: Path) -> None:
    parts = [(b"_:x <a:b> <a:c> .", TURTLE), (b"_:x <a:b> <a:c> .", "application/n-triples")]
    on(empty, lambda service: service.post_all("a:g", parts, base=BASE))
    on(empty, lambda service: service.post("a:g", b"_:x <a:b> <a:c> .", TURTLE, base=BASE))
    update(empty, "INSERT DATA { GRAPH <a:g> { _:x <a:b> <a:c> } }")
    assert len(content(empty)) == 4
    with Snapshot.open(empty) as snapshot:
        assert snapshot.hash == ContentHash().of(snapshot.store)
    assert update(empty, "DELETE { GRAPH <a:g> { ?s ?p ?o } } WHERE { GRAPH <a:g> { ?s ?p ?o } }").changed
    assert content(empty) == []


RDF_XML = b"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:a="a:">
<rdf:Description rdf:about="x"><a:b rdf:datatype="http://www.w3.org/2001/XMLSchema#integer">1</a:b></rdf:Description>
</rdf:RDF>"""
BODIES = {
    "Turtle": (TURTLE, b"<x> <a:b> 1 ."),
    "N-Triples": (
        "application/n-triples",
        b'<http://example.org/x> <a:b> "1"^^<http://www.w3.org/2001/XMLSchema#integer> .',
    ),
    "RDF/XML": (
        "application/rdf+xml",
        RDF_XML,
    ),
    "JSON-LD": ("application/ld+json", b'{"@id": "x", "a:b": 1}'),
}


@pytest.mark.parametrize(("media_type", "body"), BODIES.values(), ids=BODIES)
def test_a_body_is_read_by_its_media_type(empty: Path, media_type: str, body: bytes) -> None:
    on(empty, lambda service: service.put(None, body, media_type, base=BASE))
    assert content(empty) == ['<http://example.org/x> <a:b> "1"^^<http://www.w3.org/2001/XMLSchema#integer> .']


BAD = {
    "a mistake in its last line": (TURTLE, b"<a:a> <a:b> <a:c> .\n" * 20_000 + b"<a:a> <a:b> .\n", (20_001, 13)),
    "not what the type says": ("application/rdf+xml", b"<a:a> <a:b> <a:c> .", (None, None)),
    "no text": ("application/n-triples", b"\xff\xfe\x00", (1, 1)),
    "JSON-LD that refers to a context elsewhere": (
        "application/ld+json",
        b'{"@context": "http://127.0.0.1:9/context", "@id": "a:a", "name": "x"}',
        (None, None),
    ),
    "a type that is none": ("text/html", b"<p>", (None, None)),
}


@pytest.mark.parametrize(("media_type", "body", "place"), BAD.values(), ids=BAD)
def test_nothing_stays_of_a_body_that_cannot_be_read(
    empty: Path, media_type: str, body: bytes, place: tuple[int | None, int | None]
) -> None:
    update(empty, "INSERT DATA { GRAPH <a:g> { <a:a> <a:b> 1 } }")
    before = content(empty)
    with pytest.raises(UnreadableGraph) as caught:
        on(empty, lambda service: service.put("a:g", body, media_type, base=BASE))
    assert (caught.value.line, caught.value.column) == place
    parts = [(b"<a:a> <a:b> 2 .", TURTLE), (body, media_type)]
    with pytest.raises(UnreadableGraph):
        on(empty, lambda service: service.post_all("a:g", parts, base=BASE))
    assert content(empty) == before


def test_a_body_of_many_megabytes_is_taken(empty: Path) -> None:
    body = b"".join(b'<a:s%d> <a:p> "%d %s" .\n' % (number, number, b"x" * 100) for number in range(80_000))
    assert len(body) > 10_000_000
    written = on(empty, lambda service: service.put("a:g", body, "application/n-triples", base=BASE))
    assert (written.created, len(content(empty))) == (True, 80_000)
    with Snapshot.open(empty) as snapshot:
        assert written.hash == ContentHash().of(snapshot.store)


def test_a_runaway_update_is_stopped_and_the_next_write_works(empty: Path) -> None:
    update(empty, "INSERT DATA { " + " . ".join(f"<a:{n}> <a:p> <a:{n + 1}>" for n in range(300)) + " }")
    before = content(empty)

    async def ask(service: WriteService) -> Written:
        with pytest.raises(QueryTimeout, match="was stopped after 2 s and changed nothing"):
            await service.update(CROSS, timeout=2)
        assert content(empty) == before
        return await service.update("INSERT DATA { <a:a> <a:b> 1 }")

    assert on(empty, ask).changed
    assert len(content(empty)) == len(before) + 1


def test_an_update_that_wants_too_much_memory_is_stopped_and_the_next_write_works(empty: Path) -> None:
    update(empty, "INSERT DATA { " + " . ".join(f"<a:{n}> <a:p> <a:{n + 1}>" for n in range(300)) + " }")
    before = content(empty)

    async def ask(service: WriteService) -> Written:
        with pytest.raises(QueryTimeout, match="limit of memory"):
            await service.update("INSERT { ?a ?x ?c } WHERE { SELECT DISTINCT * { ?a ?b ?c . ?d ?e ?f . ?x ?y ?z } }")
        return await service.update("INSERT DATA { <a:a> <a:b> 1 }")

    assert on(empty, ask, memory=768 << 20).changed
    assert len(content(empty)) == len(before) + 1


def test_a_process_that_cannot_even_start_is_told_of(empty: Path) -> None:
    with pytest.raises(StoreError, match="could not be started with "):
        on(empty, lambda service: service.update("INSERT DATA { <a:a> <a:b> 1 }"), memory=1 << 70)


def test_one_who_no_longer_waits_for_a_write_does_not_end_it(empty: Path) -> None:
    async def ask(service: WriteService) -> None:
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(service.update("INSERT DATA { <a:a> <a:b> 1 }"), 0.001)
        await service.update("INSERT DATA { <a:a> <a:b> 2 }")

    on(empty, ask)
    assert len(content(empty)) == 2


def test_a_folder_without_a_store_is_not_written_to(tmp_path: Path) -> None:
    with pytest.raises(StoreMissing):
        update(tmp_path / "nowhere", "INSERT DATA { <a:a> <a:b> 1 }")
    assert not (tmp_path / "nowhere").exists()


def test_a_write_waits_a_little_for_another_writer_and_then_gives_up(empty: Path) -> None:
    with Store.open_as_it_is(empty), pytest.raises(StoreInUse, match="is being written to by another process"):
        on(empty, lambda service: service.update("INSERT DATA { <a:a> <a:b> 1 }"), timeout=1)
    holder = Store.open_as_it_is(empty)
    threading.Timer(1.5, holder.close).start()
    assert update(empty, "INSERT DATA { <a:a> <a:b> 1 }").changed


def test_what_breaks_the_claims_comes_back_as_a_report_and_changes_nothing(tmp_path: Path) -> None:
    store_toy(tmp_path)
    before = content(tmp_path)
    with pytest.raises(InvalidUpdate) as caught:
        update(tmp_path, "INSERT DATA { etio:anticoagulants etio:causes etio:hemoptysis }")
    etio = "https://w3id.org/etiograph/"
    assert caught.value.report == (
        f"link without an affirmed claim: <{etio}anticoagulants> <{etio}causes> <{etio}hemoptysis>",
    )
    assert content(tmp_path) == before
    written = update(tmp_path, "INSERT DATA { GRAPH <a:g> { etio:anticoagulants etio:causes etio:hemoptysis } }")
    assert (written.changed, len(content(tmp_path))) == (True, len(before) + 1)


KILLED = """
import os, signal, sys
from pathlib import Path
from graph import checkpoints, store
from graph.updating import edits, revision

def killed(*arguments, **options):
    os.kill(os.getpid(), signal.SIGKILL)

def killed_after(step):
    def then(*arguments, **options):
        step(*arguments, **options)
        os.kill(os.getpid(), signal.SIGKILL)
    return then

folder, where, when = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
module, name = where.split(".")
module = {"edits": edits, "store": store, "checkpoints": checkpoints, "revision": revision}[module]
setattr(module, name, killed if when == "before" else killed_after(getattr(module, name)))
request = {"action": "update", "base": None, "using": [], "using_named": []}
with store.Store.open_as_it_is(folder) as opened:
    edits.edit(opened, request, b"CLEAR ALL ; INSERT DATA { <a:new> <a:b> 1 . etio:x etio:causes etio:y }"
               if where.startswith("revision") else b"CLEAR ALL ; INSERT DATA { <a:new> <a:b> 1 }")
"""
OLD, NEW = (
    ['<a:old> <a:b> "1"^^<http://www.w3.org/2001/XMLSchema#integer> .'],
    ['<a:new> <a:b> "1"^^<http://www.w3.org/2001/XMLSchema#integer> .'],
)


@pytest.mark.parametrize(
    ("where", "when", "left"),
    [
        ("store.begin", "before", OLD),
        ("store.begin", "after", OLD),
        ("edits.judge", "before", OLD),
        ("edits.judge", "after", OLD),
        ("store.publish", "before", OLD),
        ("checkpoints.write_synced", "before", OLD),
        ("checkpoints.write_synced", "after", NEW),
        ("store.finish_revision", "before", NEW),
        ("store.undo", "before", OLD),
        ("revision._restore", "before", OLD),
        ("revision._restore", "after", OLD),
        ("revision.finish", "before", OLD),
    ],
)
def test_a_writer_killed_anywhere_leaves_the_former_or_the_new_graph(
    empty: Path, where: str, when: str, left: list[str]
) -> None:
    update(empty, "INSERT DATA { <a:old> <a:b> 1 }")
    root = os.fspath(Path(__file__).parents[1])
    command = [sys.executable, "-c", KILLED, os.fspath(empty), where, when]
    ended = subprocess.run(command, env={**os.environ, "PYTHONPATH": root}, check=False, capture_output=True)
    assert ended.returncode == -signal.SIGKILL, ended.stderr
    assert content(empty) == left
    Store.open_as_it_is(empty).close()
    assert content(empty) == left
    assert update(empty, "INSERT DATA { <a:z> <a:b> 2 }").changed
    assert len(content(empty)) == 2
    assert sorted(path.name for path in empty.iterdir()) == ["current", "lock", "snapshots", "store"]


@contextmanager
def listener() -> Iterator[tuple[int, list[object]]]:
    """A port on loopback, and who connected to it."""
    came: list[object] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def take() -> None:
            while True:
                try:
                    connection, address = server.accept()
                except OSError:
                    return
                came.append(address)
                connection.close()

        thread = threading.Thread(target=take)
        thread.start()
        yield server.getsockname()[1], came
        server.shutdown(socket.SHUT_RDWR)
        thread.join()


HOSTILE = (
    "LOAD <{url}>",
    "LOAD SILENT <{url}>",
    "load silent <{url}> into graph <a:g>",
    "PREFIX l: <{url}> LOAD SILENT l:x",
    "BASE <{url}> LOAD <x>",
    "LOAD <file://{file}>",
    "LOAD SILENT <file://{file}> INTO GRAPH <a:g>",
    "INSERT DATA {{ <a:a> <a:b> 'x' }} ; LOAD SILENT <{url}> ; INSERT DATA {{ <a:a> <a:b> 'y' }}",
    "INSERT DATA {{ <a:a> <a:b> '; LOAD <{url}> ;' }}",
    "INSERT DATA {{ <a:a> <a:b> ''' ' }} ; LOAD <{url}> ; # ''' }}",
    "L\\u004FAD <{url}>",
    "INSERT {{ ?s ?p ?o }} WHERE {{ SERVICE <{url}> {{ ?s ?p ?o }} }}",
    "INSERT {{ ?s ?p ?o }} WHERE {{ SERVICE SILENT <{url}> {{ ?s ?p ?o }} }}",
    "INSERT {{ ?s ?p ?o }} WHERE {{ \\u0053ERVICE <{url}> {{ ?s ?p ?o }} }}",
    "INSERT {{ ?s ?p ?o }} USING <{url}> WHERE {{ ?s ?p ?o }}",
    "INSERT {{ ?s ?p ?o }} USING NAMED <file://{file}> WHERE {{ GRAPH ?g {{ ?s ?p ?o }} }}",
    "COPY <{url}> TO <a:g>",
    "ADD SILENT <{url}> TO DEFAULT",
    "MOVE SILENT <file://{file}> TO <a:g>",
    "INSERT {{ ?s <a:b> 1 }} WHERE {{ ?s <{url}> ?o FILTER(<{url}>(?o)) }}",
)


def test_no_update_opens_a_connection_or_a_file(empty: Path, tmp_path: Path) -> None:
    canary = tmp_path / "canary.ttl"
    canary.write_text('<a:canary> <a:b> "the canary sang" .')

    async def ask(service: WriteService, port: int) -> None:
        for text in HOSTILE:
            with suppress(QueryError):
                await service.update(text.format(url=f"http://127.0.0.1:{port}/x.ttl", file=canary))
        for body, kind in (
            (b'{"@context": "http://127.0.0.1:%d/c", "@id": "a:a", "x": "y"}' % port, "application/ld+json"),
            (b'<!DOCTYPE r [<!ENTITY e SYSTEM "file://%s">]><r>&e;</r>' % os.fsencode(canary), "application/rdf+xml"),
        ):
            with pytest.raises(UnreadableGraph):
                await service.post("a:g", body, kind, base=BASE)

    with listener() as (port, came):
        on(empty, lambda service: ask(service, port))
    assert came == []
    assert not [line for line in content(empty) if "canary sang" in line]


def test_the_process_that_writes_is_sealed(empty: Path) -> None:
    async def ask(service: WriteService) -> str:
        await service.update("INSERT DATA { <a:a> <a:b> 1 }")
        return Path(f"/proc/{service.pid}/status").read_text()

    if not sys.platform.startswith("linux") or not hasattr(sandbox, "seal"):
        pytest.skip("there is no seal on this system")
    assert "Seccomp:\t2" in on(empty, ask)


def test_a_silent_load_does_nothing_and_any_other_is_refused(empty: Path) -> None:
    assert not update(empty, "LOAD SILENT <http://127.0.0.1:9/x>").changed
    with pytest.raises(QueryRefused):
        update(empty, "LOAD <http://127.0.0.1:9/x>")
