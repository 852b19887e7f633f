import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pyoxigraph
import pytest
import rdflib
from graphworld import toy_layer
from toygraph import BLOOD, CLOTS, CONCEPTS, merged

from graph.checkpoints import find_pointer
from graph.contenthash import ContentHash
from graph.layer import Layer, bundled
from graph.network import Network
from graph.paths import find_paths
from graph.prepared import prepare
from graph.rdf import concept_triples, own_triples
from graph.store import Snapshot, Store, published
from ontology.article import Extraction
from ontology.claim import Concept
from ontology.errors import InvalidClaims, StoreError, StoreInUse, StoreMissing, UnknownArticle
from ontology.terms import Kind

LAYER = toy_layer()
TESTS = Path(__file__).parent


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path, layer=LAYER) as store:
        yield store


def content(folder: Path) -> bytes:
    with Snapshot.open(folder) as snapshot:
        return snapshot.nquads()


def counted_anew(nquads: bytes) -> str:
    """The hash of a store of these lines, as `graph.contenthash` says."""
    return f"{sum(int.from_bytes(sha256(line).digest()) for line in nquads.splitlines()) % (1 << 256):064x}"


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / "snapshots").iterdir())


def test_what_was_stored_is_read_from_the_snapshot(store: Store, tmp_path: Path, toy: tuple[Extraction, ...]) -> None:
    store.replace(toy)
    with Snapshot.open(tmp_path) as snapshot:
        claims = snapshot.claims()
        assert (claims, [claim.evidence for claim in claims]) == (
            merged(toy),
            [claim.evidence for claim in merged(toy)],
        )
        assert snapshot.articles() == (BLOOD, CLOTS)
        assert [concept.id for concept in snapshot.concepts()] == [concept.id for concept in CONCEPTS]
        assert snapshot.hash == counted_anew(snapshot.nquads())
    assert store.articles() == ("coughing-up-blood", "lung-clots")


def test_the_hash_that_is_kept_up_to_date_is_the_one_that_counting_anew_gives(
    store: Store, tmp_path: Path, toy: tuple[Extraction, ...]
) -> None:
    def is_right() -> bool:
        with Snapshot.open(tmp_path) as snapshot:
            return snapshot.hash == counted_anew(snapshot.nquads()) == ContentHash().of(snapshot.store)

    known = [str(triple) for triple in own_triples(toy[0])]
    with store.revision():  # a user may have said already what an article will bring
        store.run(f"INSERT DATA {{ {' . '.join(sorted(known)[:5])} . <a:a> <a:b> 01 , 'x\\r\\u2028' }}", base=None)
    assert is_right()
    store.put([prepare(extraction, LAYER) for extraction in toy])
    store.publish()
    assert is_right()
    store.replace([replace(toy[1], claims=toy[1].claims[:2])])
    assert is_right()
    store.remove("lung-clots")
    assert is_right()
    store.close()
    with Store.open(tmp_path, layer=Layer.of(())):
        assert is_right()


def test_a_new_store_is_published_with_the_vocabulary_and_nothing_else(store: Store, tmp_path: Path) -> None:
    with Snapshot.open(tmp_path) as snapshot:
        assert (snapshot.claims(), snapshot.articles(), len(snapshot.concepts())) == ((), (), len(CONCEPTS))
    assert store.articles() == ()


def test_the_bundled_vocabulary_is_what_a_store_begins_with(tmp_path: Path) -> None:
    Store.open(tmp_path).close()
    with Snapshot.open(tmp_path) as snapshot:
        assert set(snapshot.triples()) == bundled().triples
        assert len(snapshot.concepts()) == len(bundled().concepts) >= 250
    assert not any(isinstance(triple.subject, pyoxigraph.BlankNode) for triple in bundled().triples)


def test_ingesting_twice_changes_and_publishes_nothing(
    store: Store, tmp_path: Path, toy: tuple[Extraction, ...]
) -> None:
    store.replace(toy)
    before, name = content(tmp_path), published(tmp_path)
    store.replace(toy)
    assert (content(tmp_path), published(tmp_path)) == (before, name)


def test_removing_an_article_restores_the_former_graph_byte_for_byte(
    store: Store, tmp_path: Path, toy: tuple[Extraction, ...]
) -> None:
    states = [content(tmp_path)]
    for extraction in toy:
        store.replace([extraction])
        states.append(content(tmp_path))
    assert len(set(states)) == 3
    for extraction, former in zip(reversed(toy), reversed(states[:-1]), strict=True):
        store.remove(extraction.article.id)
        assert content(tmp_path) == former


def test_an_article_ingested_again_with_other_content_replaces_the_former(
    store: Store, tmp_path: Path, toy: tuple[Extraction, ...]
) -> None:
    store.replace(toy)
    shorter = replace(toy[1], claims=toy[1].claims[:2])
    store.replace([shorter])
    with Snapshot.open(tmp_path) as snapshot:
        assert snapshot.claims() == merged([toy[0], shorter])


def test_two_rebuilds_in_any_order_give_identical_nquads(tmp_path: Path, toy: tuple[Extraction, ...]) -> None:
    for folder, extractions in (("one", toy), ("two", toy[::-1])):
        with Store.open(tmp_path / folder, layer=LAYER) as store:
            store.replace(extractions)
    assert content(tmp_path / "one") == content(tmp_path / "two")


def test_no_denied_claim_is_a_plain_link(store: Store, tmp_path: Path, toy: tuple[Extraction, ...]) -> None:
    store.replace(toy)
    with Snapshot.open(tmp_path) as snapshot:
        rows = snapshot.store.query(
            "PREFIX etio: <https://w3id.org/etiograph/> PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>"
            "SELECT ?negated (COUNT(?claim) AS ?all) (SUM(IF(EXISTS { ?s ?p ?o }, 1, 0)) AS ?linked) WHERE {"
            " ?claim rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; etio:negated ?negated } GROUP BY ?negated"
        )
        assert isinstance(rows, pyoxigraph.QuerySolutions)
        counted = {row["negated"].value: (row["all"].value, row["linked"].value) for row in rows}
    assert counted == {"true": ("1", "0"), "false": ("8", "8")}


def test_an_invalid_article_changes_nothing_and_the_others_are_stored(
    store: Store, tmp_path: Path, toy: tuple[Extraction, ...]
) -> None:
    broken = replace(toy[0], article=replace(BLOOD, text=BLOOD.text[1:]))
    with pytest.raises(InvalidClaims) as caught:
        store.replace([broken, toy[1]])
    assert (caught.value.source, len(caught.value.report)) == ("coughing-up-blood", 3)
    with Snapshot.open(tmp_path) as snapshot:
        assert snapshot.claims() == merged(toy[1:])
    before = content(tmp_path)
    with pytest.raises(InvalidClaims) as caught:
        store.replace([broken, replace(broken, article=replace(broken.article, id="other"))])
    assert caught.value.source == "coughing-up-blood, other"
    assert content(tmp_path) == before


def test_removing_an_unknown_article_names_those_that_look_like_it(store: Store, toy: tuple[Extraction, ...]) -> None:
    store.replace(toy)
    with pytest.raises(UnknownArticle, match=r"unknown article 'lung-clot' \(did you mean 'lung-clots'\?\)"):
        store.remove("lung-clot")


def test_only_one_may_write_to_a_folder(store: Store, tmp_path: Path) -> None:
    with pytest.raises(StoreInUse, match="is being written to by another process; wait until it has finished"):
        Store.open(tmp_path, layer=LAYER)
    store.close()
    Store.open(tmp_path, layer=LAYER).close()


def test_a_closed_store_says_so(store: Store, toy: tuple[Extraction, ...]) -> None:
    store.close()
    with pytest.raises(StoreError, match="was closed; open it again"):
        store.replace(toy)


def test_a_folder_that_nothing_was_ingested_into_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(StoreMissing, match=r"run `etiograph ingest PATH --data .*`, or `etiograph serve`"):
        Snapshot.open(tmp_path / "nowhere")


def test_a_file_is_no_data_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="cannot be used as a data folder"):
        Store.open(tmp_path / "file", layer=LAYER)


def test_a_damaged_pointer_is_named(tmp_path: Path) -> None:
    (tmp_path / "current").write_text("one two three")
    with pytest.raises(StoreError, match="current is damaged; ingest again into a new folder"):
        Snapshot.open(tmp_path)


def test_a_snapshot_stays_as_it_was_while_newer_ones_are_published(
    store: Store, tmp_path: Path, toy: tuple[Extraction, ...]
) -> None:
    store.replace(toy)
    name = published(tmp_path)
    with Snapshot.open(tmp_path) as snapshot:
        before = snapshot.nquads()
        for _ in range(2):
            for extraction in toy:
                store.remove(extraction.article.id)
            store.replace(toy)
        assert snapshot.nquads() == before
        assert name in files(tmp_path)
    store.remove("lung-clots")
    assert name not in files(tmp_path)


def test_a_snapshot_that_is_garbage_holds_no_files(store: Store, tmp_path: Path, toy: tuple[Extraction, ...]) -> None:
    opened = [Snapshot.open(tmp_path)]
    name = opened[0].name
    del opened[0]
    for extraction in toy:
        store.replace([extraction])
    assert name not in files(tmp_path)


def test_a_snapshot_that_cannot_be_opened_is_named(store: Store, tmp_path: Path) -> None:
    store.close()
    (checkpoint,) = (path for path in (tmp_path / "snapshots").iterdir() if path.is_dir())
    (checkpoint / "CURRENT").unlink()
    with pytest.raises(StoreError, match=r"cannot be opened: .*; ingest again into a new folder"):
        Snapshot.open(tmp_path)


def test_the_two_newest_checkpoints_are_kept(store: Store, tmp_path: Path, toy: tuple[Extraction, ...]) -> None:
    for _ in range(3):
        store.replace(toy)
        store.remove("lung-clots")
    names = [name for name in files(tmp_path) if not name.endswith(".lock")]
    assert ([int(name.partition("-")[0]) for name in names], names[-1]) == ([6, 7], published(tmp_path))
    assert files(tmp_path) == sorted([*names, *(f"{name}.lock" for name in names)])


def test_half_made_checkpoints_and_orphaned_locks_are_cleaned_when_the_store_is_opened(
    store: Store, tmp_path: Path
) -> None:
    store.close()
    before = files(tmp_path)
    (tmp_path / "snapshots" / ".making-000009-abc").mkdir()
    (tmp_path / "snapshots" / "000009-abc.lock").touch()
    Store.open(tmp_path, layer=LAYER).close()
    assert files(tmp_path) == before


KILLED = """
import os, signal, sys
from pathlib import Path
from graphworld import toy_layer
from toygraph import toy_extractions
from graph.store import Store

def killed_after_the_first():
    yield toy_extractions()[0]
    os.kill(os.getpid(), signal.SIGKILL)

Store.open(Path(sys.argv[1]), layer=toy_layer()).replace(killed_after_the_first())
"""


def test_a_killed_writer_leaves_the_last_snapshot_and_what_it_had_stored_is_published_later(
    tmp_path: Path, toy: tuple[Extraction, ...]
) -> None:
    Store.open(tmp_path, layer=LAYER).close()
    before = content(tmp_path)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(TESTS), str(TESTS.parent)])}
    ended = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path)], env=environment, check=False)
    assert ended.returncode == -signal.SIGKILL
    assert content(tmp_path) == before
    Store.open(tmp_path, layer=LAYER).close()
    with Snapshot.open(tmp_path) as snapshot:
        assert snapshot.claims() == merged(toy[:1])


def test_another_vocabulary_replaces_the_former_and_keeps_the_articles(
    store: Store, tmp_path: Path, toy: tuple[Extraction, ...]
) -> None:
    store.replace(toy)
    store.close()
    lungs = Concept("etio:lungs", "lungs", (Kind.ANATOMY,))
    other = Layer.of(triple for concept in (*CONCEPTS, lungs) for triple in concept_triples(concept))
    with Store.open(tmp_path, layer=other) as reopened, Snapshot.open(tmp_path) as snapshot:
        assert [concept.id for concept in snapshot.concepts()] == sorted(
            [lungs.id, *(concept.id for concept in CONCEPTS)]
        )
        assert snapshot.claims() == merged(toy)
        for extraction in toy:
            reopened.remove(extraction.article.id)
    with Store.open(tmp_path / "new", layer=other):
        assert content(tmp_path / "new") == content(tmp_path)


def test_a_store_that_is_up_to_date_is_opened_without_a_new_publication(store: Store, tmp_path: Path) -> None:
    store.close()
    name = published(tmp_path)
    Store.open(tmp_path, layer=LAYER).close()
    assert published(tmp_path) == name


def test_the_pointer_names_the_publication_and_the_hash(store: Store, tmp_path: Path) -> None:
    assert store.articles() == ()
    pointer = find_pointer(tmp_path)
    assert pointer is not None
    assert (pointer.name, pointer.hash) == (f"000001-{pointer.hash[:16]}", counted_anew(content(tmp_path)))
    assert (published(tmp_path), published(tmp_path / "nowhere")) == (pointer.name, None)


@pytest.mark.filterwarnings("ignore:Dataset.default_context:DeprecationWarning")  # rdflib's own use of it
def test_rdflib_reads_the_snapshot_and_cannot_write_to_it(
    store: Store, tmp_path: Path, toy: tuple[Extraction, ...]
) -> None:
    store.replace(toy)
    with Snapshot.open(tmp_path) as snapshot:
        dataset = snapshot.dataset()
        rows = dataset.query("SELECT ?c { ?c etio:hasSymptom|etio:causes etio:hemoptysis }")
        names = sorted(str(row[0]).rsplit("/", 1)[1] for row in rows if isinstance(row, rdflib.query.ResultRow))
        assert names == ["alveolar-hemorrhage", "pneumonia", "pulmonary-embolism"]
        node = rdflib.URIRef("https://a.example/")
        writes: list[Callable[[], object]] = [
            lambda: dataset.add((node, node, node)),
            lambda: dataset.remove((node, node, node)),
            lambda: dataset.parse(data="<a:b> <a:b> <a:b> .", format="turtle"),
            lambda: dataset.update("INSERT DATA { <a:b> <a:b> <a:b> }"),
        ]
        for write in writes:
            with pytest.raises(StoreError, match="send updates to /update"):
                write()


def test_the_query_of_a_path_finds_its_hops_and_sentences_again(
    store: Store, tmp_path: Path, toy: tuple[Extraction, ...]
) -> None:
    store.replace(toy)
    with Snapshot.open(tmp_path) as snapshot:
        for path in find_paths(Network.load(snapshot), "etio:pulmonary-embolism", "etio:hemoptysis").paths:
            rows = snapshot.store.query(path.sparql)
            assert isinstance(rows, pyoxigraph.QuerySolutions)
            found = [tuple(row[name].value for name in ("hop", "subject", "object", "quote")) for row in rows]
            etio = "https://w3id.org/etiograph/"
            assert found == [
                (str(number), hop.subject.replace("etio:", etio), hop.object.replace("etio:", etio), statement.quote)
                for number, hop in enumerate(path.hops, start=1)
                for statement in hop.claims[0].evidence
            ]


def test_the_network_of_a_snapshot_carries_its_hash(store: Store, tmp_path: Path, toy: tuple[Extraction, ...]) -> None:
    store.replace(toy)
    with Snapshot.open(tmp_path) as snapshot:
        network = Network.load(snapshot)
        assert (network.hash, tuple(network.claims.values())) == (snapshot.hash, merged(toy))
