"""RDF files into a store on disk: every format, which graph, what is refused, nothing of what is broken or killed."""

import gzip
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from pyoxigraph import NamedNode
from toystore import store_toy

from graph.adjacency.building import scanned
from graph.adjacency.merging import merged
from graph.contenthash import ContentHash
from graph.importing import merging
from graph.importing.importer import Imported, import_files
from graph.importing.parsing import Reading
from graph.importing.sources import GRAPHS, source
from graph.linklog.handed import handed
from graph.store import Snapshot, Store, make_empty
from ontology.article import Extraction
from ontology.errors import InvalidArgument, InvalidUpdate, StoreInUse, UnreadableGraph

G = "http://example.org/g"
TRIPLE = "<http://example.org/s> <http://example.org/p> <http://example.org/o>"
NAMED = f"{TRIPLE} <http://example.org/named> ."
RDF = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://example.org/"'
XML = f'<rdf:RDF {RDF}><rdf:Description rdf:about="http://example.org/s"><e:p rdf:resource="http://example.org/o"/></rdf:Description></rdf:RDF>'
JSON = '{"@id": "http://example.org/s", "http://example.org/p": {"@id": "http://example.org/o"}}'
TEXTS = {
    ".ttl": f"{TRIPLE} .",
    ".nt": f"{TRIPLE} .",
    ".nq": f"{TRIPLE} .",
    ".trig": f"{TRIPLE} .",
    ".rdf": XML,
    ".xml": XML,
    ".owl": XML,
    ".jsonld": JSON,
    ".n3": f"{TRIPLE} .",
}

ALWAYS = ["current", "lock", "snapshots", "store"]


def unseen(_: str, __: Reading) -> None:
    """Tell nobody."""


def file(folder: Path, name: str, text: str | bytes) -> Path:
    path = folder / name
    content = text if isinstance(text, bytes) else text.encode()
    path.write_bytes(gzip.compress(content) if name.endswith(".gz") else content)
    return path


def put(data: Path, *paths: Path, graph: str | None = None, default: bool = False, replace: bool = False) -> Imported:
    sources = [source(path, graph=graph, default=default) for path in paths]
    return import_files(data, sources, replace=replace, tell=unseen)


def content(data: Path) -> list[str]:
    with Snapshot.open(data) as snapshot:
        assert snapshot.hash == ContentHash().of(snapshot.store)
        return snapshot.nquads().decode().splitlines()


def entries(data: Path) -> list[str]:
    return sorted(path.name for path in data.iterdir())


def files_in(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    make_empty(tmp_path / "data")
    return tmp_path / "data"


@pytest.mark.parametrize("packed", ["", ".gz"])
@pytest.mark.parametrize("ending", TEXTS)
def test_every_format_is_known_by_its_ending(tmp_path: Path, data: Path, ending: str, packed: str) -> None:
    path = file(tmp_path, f"a file{ending}{packed}", TEXTS[ending])
    found = put(data, path)
    dataset = ending in (".nq", ".trig")
    graph = f"{GRAPHS}a%20file{ending}"
    assert content(data) == [f"{TRIPLE} ." if dataset else f"{TRIPLE} <{graph}> ."]
    assert (found.triples, found.new, found.removed, found.default) == (1, 1, 0, dataset)
    assert found.graphs == (() if dataset else (graph,))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("x.nq", f"{TRIPLE} .\n{NAMED}\n"),
        ("x.trig", f"{TRIPLE} . <http://example.org/named> {{ {TRIPLE} }}"),
        ("x.jsonld", f'[{JSON}, {{"@id": "http://example.org/named", "@graph": {JSON}}}]'),
    ],
)
def test_named_graphs_of_a_file_stay_and_the_rest_goes_where_it_is_told(
    tmp_path: Path, data: Path, name: str, text: str
) -> None:
    path = file(tmp_path, name, text)
    put(data, path, graph=G)
    assert content(data) == [f"{TRIPLE} <{G}> .", NAMED]
    put(data, path, default=True)
    assert content(data) == [f"{TRIPLE} .", f"{TRIPLE} <{G}> .", NAMED]


def test_a_file_imported_again_makes_its_own_graph_anew_and_adds_to_a_named_one(tmp_path: Path, data: Path) -> None:
    path = file(tmp_path, "x.ttl", "<a> <b> 1, 2 , [] .")
    first = put(data, path)
    assert (first.triples, first.new, first.removed) == (3, 3, 0)
    path.write_text("<a> <b> 01, 3 .")
    second = put(data, path)
    assert (second.triples, second.new, second.removed) == (2, 1, 2)
    assert len(content(data)) == 2
    third = put(data, path)
    assert (third.triples, third.new, third.removed, third.hash) == (2, 0, 0, second.hash)
    beside = file(tmp_path, "y.ttl", f"<{GRAPHS}a> <{GRAPHS}b> 4 .")
    assert put(data, beside, graph=f"{GRAPHS}x.ttl").new == 1
    assert len(content(data)) == 3
    replaced = put(data, beside, graph=f"{GRAPHS}x.ttl", replace=True)
    assert (replaced.new, replaced.removed, len(content(data))) == (0, 2, 1)


def test_graphs_of_which_a_file_says_nothing_are_not_replaced(tmp_path: Path, data: Path) -> None:
    put(data, file(tmp_path, "x.nq", f"{TRIPLE} .\n{TRIPLE} <{G}> .\n"))
    for name, text in (("y.nq", NAMED), ("z.nq", ""), ("x.jsonld", f'{{"@id": "a:g", "@graph": {JSON}}}')):
        found = put(data, file(tmp_path, name, text), replace=True)
        assert (found.removed, found.default, GRAPHS + name in found.graphs) == (0, False, False)
    assert content(data) == [f"{TRIPLE} .", f"{TRIPLE} <a:g> .", f"{TRIPLE} <{G}> .", NAMED]


def test_blank_nodes_of_two_files_are_never_one(tmp_path: Path, data: Path) -> None:
    paths = [file(tmp_path, f"{name}.nt", "_:same <http://example.org/p> _:same .\n") for name in "ab"]
    assert put(data, *paths, graph=G).new == 2
    assert len({line.split()[0] for line in content(data)}) == 2


def test_all_files_are_imported_or_none(tmp_path: Path, data: Path) -> None:
    before = content(data)
    good, bad = file(tmp_path, "good.ttl", f"{TRIPLE} ."), file(tmp_path, "bad.nt", f"{TRIPLE} .\n" * 50_000 + "<x\n")
    with pytest.raises(UnreadableGraph, match=r"bad\.nt, line 50001, column 1: not ntriples: ") as caught:
        put(data, good, bad)
    assert (caught.value.line, content(data), entries(data)) == (50_001, before, ALWAYS)


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        (
            "x.ttl",
            "<a:a> <a:b> 'caf\xe9' .".encode("latin-1"),
            r"x\.ttl, line 1, column \d+: not turtle: Invalid UTF-8",
        ),
        ("x.ttl", "<a:a> <a:b> 1 .".encode("utf-16"), r"x\.ttl, line 1, column 1: not turtle: Invalid UTF-8"),
        ("x.nt", "\n\n<a> <b> <c> .", r"x\.nt, line 3, column 1: not ntriples: "),
        ("x.jsonld", "", r"x\.jsonld, line 1, column 1: not jsonld: "),
        (
            "x.jsonld",
            '{"@context": "http://127.0.0.1:1/", "@id": "a:a"}',
            "nothing is fetched; put the context into it",
        ),
        ("x.jsonld", '{"@context": {"@version": 1.1, "@import": "file:///etc/passwd"}}', "nothing is fetched"),
        ("x.jsonld", '{"a:b":' * 100_000, "Max stack size"),
        ("x.rdf", "<rdf:RDF", r"x\.rdf, line 1 or before: not rdfxml: "),
        ("x.rdf", '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + XML, "not rdfxml: "),
        ("x.nt", b'<a:a> <a:b> "' + b"x" * 20_000_000, "a single statement or term of more than 16 MiB"),
        ("x.ttl.gz", b"", "x.ttl.gz, line 1 or before"),
        ("x.n3", "{ <a:a> <a:b> <a:c> } => { <a:a> <a:b> <a:d> } . ?x <a:b> <a:c> .", "variables are not allowed"),
    ],
)
def test_what_is_not_what_its_name_says_is_told_with_its_place(
    tmp_path: Path, data: Path, name: str, text: str | bytes, said: str
) -> None:
    path = file(tmp_path, name, text)
    if name.endswith(".gz"):
        path.write_bytes(gzip.compress(f"{TRIPLE} .\n".encode() * 9_000)[:-20])
        said = r"x\.ttl\.gz: Compressed file ended"
    with pytest.raises(UnreadableGraph, match=said):
        put(data, path)
    assert content(data) == []


@pytest.mark.parametrize("name", ["x.ttl", "x.nt", "x.rdf"])
def test_an_empty_file_makes_an_empty_graph(tmp_path: Path, data: Path, name: str) -> None:
    found = put(data, file(tmp_path, name, ""))
    assert (found.triples, found.new, found.graphs) == (0, 0, (f"{GRAPHS}{name}",))
    with Snapshot.open(data) as snapshot:
        assert list(snapshot.store.named_graphs()) == [NamedNode(f"{GRAPHS}{name}")]
    assert put(data, file(tmp_path, name, "")).hash == found.hash


def test_a_byte_order_mark_is_passed_over(tmp_path: Path, data: Path) -> None:
    put(data, file(tmp_path, "x.ttl", f"\ufeff{TRIPLE} ."), graph=G)
    assert put(data, file(tmp_path, "y.ttl.gz", f"\ufeff{TRIPLE} ."), graph=G).new == 0
    assert content(data) == [f"{TRIPLE} <{G}> ."]


def test_a_line_of_ten_megabytes_is_read(tmp_path: Path, data: Path) -> None:
    objects = ", ".join(f"<http://example.org/{number:08}>" for number in range(340_000))
    path = file(tmp_path, "x.ttl", f"<http://example.org/s> <http://example.org/p> {objects} .\n")
    assert path.stat().st_size > 10_000_000
    assert put(data, path).new == 340_000
    literal = file(tmp_path, "y.nt", f'<http://example.org/s> <http://example.org/p> "{"x" * 10_000_000}" .\n')
    assert put(data, literal).new == 1


def test_relative_iris_are_relative_to_the_graph_or_to_the_base(tmp_path: Path, data: Path) -> None:
    path = file(tmp_path, "x.ttl", "<#s> <p> <http://example.org/o> .")
    put(data, path)
    assert content(data) == [f"<{GRAPHS}x.ttl#s> <{GRAPHS}p> <http://example.org/o> <{GRAPHS}x.ttl> ."]
    with pytest.raises(UnreadableGraph, match="a relative IRI; say with --base IRI what it is relative to"):
        put(data, path, default=True)
    given = source(path, default=True, base="http://example.org/base")
    import_files(data, [given], replace=False, tell=unseen)
    assert "<http://example.org/base#s> <http://example.org/p> <http://example.org/o> ." in content(data)


@pytest.mark.parametrize(("option", "value"), [("graph", "not an IRI"), ("graph", ""), ("base", "x")])
def test_a_name_that_is_no_iri_is_refused(tmp_path: Path, option: str, value: str) -> None:
    path = file(tmp_path, "x.ttl", "")
    with pytest.raises(InvalidArgument, match=f"--{option}=.*: expected an absolute IRI"):
        source(path, graph=value if option == "graph" else None, base=value if option == "base" else None)


def test_values_are_counted_in_the_form_that_the_store_keeps(tmp_path: Path, data: Path) -> None:
    path = file(
        tmp_path,
        "x.ttl",
        '@prefix x: <http://www.w3.org/2001/XMLSchema#> . <a> <b> 1, 01, "a"@EN-us, "1"^^x:boolean, true .',
    )
    assert (put(data, path).triples, len(content(data))) == (5, 3)


def test_what_is_there_already_is_not_new(tmp_path: Path) -> None:
    data = tmp_path / "data"
    store_toy(data)
    before = content(data)
    path = file(tmp_path, "x.nq", "\n".join(before) + f"\n{NAMED}\n")
    found = put(data, path)
    assert (found.triples, found.new, found.removed) == (len(before) + 1, 1, 0)
    assert content(data) == sorted([*before, NAMED])


def test_an_export_imported_into_an_empty_store_is_the_same_graph(tmp_path: Path, data: Path) -> None:
    store_toy(tmp_path / "toy")
    exported = content(tmp_path / "toy")
    put(data, file(tmp_path, "x.nq", "\n".join(exported)))
    assert content(data) == exported
    put(tmp_path / "new", file(tmp_path, "x.nt", "\n".join(exported)), default=True)
    assert content(tmp_path / "new") == exported


def test_what_comes_into_the_default_graph_is_handed_over_to_the_arrays(
    tmp_path: Path, toy: tuple[Extraction, ...]
) -> None:
    with Store.open(tmp_path / "first") as store:
        store.replace(toy[:1])
    with Store.open(tmp_path / "both") as store:
        store.replace(toy)
    data = tmp_path / "data"
    first = file(tmp_path, "first.nq", "\n".join([*content(tmp_path / "first"), NAMED]))
    both = file(tmp_path, "both.nq", "\n".join(content(tmp_path / "both")))
    for path in (first, both):
        put(data, path, replace=True)
        with Snapshot.open(data) as snapshot:
            scan, rows = tmp_path / f"{path.stem}-scan", tmp_path / f"{path.stem}-rows"
            scan.mkdir()
            rows.mkdir()
            scanned(snapshot.store, tmp_path / f"{path.stem}-scans").save(scan)
            with handed(snapshot.path) as given:
                assert given is not None
                merged(given).save(rows)
            assert files_in(rows) == files_in(scan)


def test_the_default_graph_stays_consistent(tmp_path: Path) -> None:
    data = tmp_path / "data"
    store_toy(data)
    before = content(data)
    etio = "https://w3id.org/etiograph/"
    link = f"<{etio}anticoagulants> <{etio}causes> <{etio}hemoptysis>"
    path = file(tmp_path, "x.nt", f"{link} .")
    with pytest.raises(InvalidUpdate) as caught:
        put(data, path, default=True)
    assert caught.value.report == (f"link without an affirmed claim: {link}",)
    with pytest.raises(InvalidUpdate, match="belongs to the vocabulary and cannot be removed"):
        put(data, path, default=True, replace=True)
    assert content(data) == before
    put(data, path)
    assert content(data) == sorted([*before, f"{link} <{GRAPHS}x.nt> ."])


def test_more_of_the_default_graph_than_can_be_judged_is_refused(
    tmp_path: Path, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(merging, "MOST_JUDGED", 2)
    path = file(tmp_path, "x.ttl", "<a:a> <a:b> 1, 2, 3 .")
    with pytest.raises(InvalidUpdate, match="more than 2 triples of the default graph would change; name a graph"):
        put(data, path, default=True)
    assert content(data) == []


def test_a_small_file_that_comes_to_very_much_is_stopped(
    tmp_path: Path, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(merging, "ALWAYS_WRITTEN", 1 << 20)
    monkeypatch.setattr(merging, "MOST_TIMES", 100)
    path = file(tmp_path, "x.nt.gz", f"{TRIPLE} .\n" * 100_000)
    with pytest.raises(UnreadableGraph, match=r"x\.nt\.gz: stopped, for it comes to more than 100 times its size"):
        put(data, path)
    assert content(data) == []


def test_one_writes_at_a_time(tmp_path: Path, data: Path) -> None:
    with Store.open_as_it_is(data), pytest.raises(StoreInUse, match="is being written to by another process"):
        put(data, file(tmp_path, "x.ttl", ""))


def test_a_new_store_gets_the_vocabulary_and_one_without_stays_so(tmp_path: Path, data: Path) -> None:
    path = file(tmp_path, "x.ttl", f"{TRIPLE} .")
    put(data, path)
    assert len(content(data)) == 1
    put(tmp_path / "new", path)
    assert len(content(tmp_path / "new")) > 10_000


KILLED = """
import os, signal, sys
from pathlib import Path
from graph import store
from graph.importing import importer
from graph.importing.sources import source

def killed(*arguments, **options):
    os.kill(os.getpid(), signal.SIGKILL)

def killed_after(step):
    def then(*arguments, **options):
        step(*arguments, **options)
        os.kill(os.getpid(), signal.SIGKILL)
    return then

where, when = sys.argv[3:]
module, name = where.split(".")
module = {"importer": importer, "store": store, "Store": store.Store}[module]
setattr(module, name, killed if when == "before" else killed_after(getattr(module, name)))
source = source(Path(sys.argv[2]), graph="http://example.org/g")
importer.import_files(Path(sys.argv[1]), [source], replace=True, tell=lambda doing, reading: None)
"""


@pytest.mark.parametrize(
    ("where", "when", "done"),
    [
        ("importer.read_all", "after", False),
        ("importer.differing", "after", False),
        ("store.begin", "after", False),
        ("Store.exchange", "before", False),
        ("Store.exchange", "after", False),
        ("importer.judge", "after", False),
        ("store.publish", "before", False),
        ("store.publish", "after", True),
        ("store.finish_revision", "after", True),
    ],
)
def test_an_import_killed_anywhere_leaves_the_store_from_before_or_after(
    tmp_path: Path, data: Path, where: str, when: str, done: bool
) -> None:
    old = file(tmp_path, "old.nt", "".join(f"<a:old> <a:b> <a:{number}> .\n" for number in range(6_000)))
    new = file(tmp_path, "new.nt", "".join(f"<a:new> <a:b> <a:{number}> .\n" for number in range(6_000)))
    put(data, old, graph=G)
    before = content(data)
    after = sorted(f"{line} <{G}> ." for line in new.read_text().replace(" .\n", "\n").splitlines())
    root = os.fspath(Path(__file__).parents[1])
    command = [sys.executable, "-c", KILLED, os.fspath(data), os.fspath(new), where, when]
    ended = subprocess.run(command, env={**os.environ, "PYTHONPATH": root}, check=False, capture_output=True)
    assert ended.returncode == -signal.SIGKILL, ended.stderr
    assert content(data) == (after if done else before)
    Store.open_as_it_is(data).close()
    assert content(data) == (after if done else before)
    assert entries(data) == ALWAYS
    assert put(data, new, graph=G, replace=True).new == (0 if done else 6_000)
    assert content(data) == after
