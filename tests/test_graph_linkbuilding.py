"""Links of a snapshot on disk: the same arrays as are made of its claims in memory, found mapped, deleted with it."""

import asyncio
import os
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from threading import Thread

import pyoxigraph
import pytest
from drawn import drawn
from graphworld import toy_layer
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad
from toygraph import claim_between, toy_extractions
from toystore import stored

from graph import nodes
from graph.adjacency import arrays
from graph.adjacency.building import FOLDER, build, find_links
from graph.adjacency.gathering import curies
from graph.adjacency.nodes import MappedNames
from graph.adjacency.scanning import text_of
from graph.columnar.columnkeeping import ColumnKeeper
from graph.linkarrays import LinkArrays
from graph.network import Network
from graph.reading import Descriptions, read_concept
from graph.snapshot import Snapshot
from graph.store import Store
from graph.stored import about_concept
from ontology.article import Article
from ontology.claim import Claim, Concept
from ontology.errors import StoreError
from ontology.terms import Certainty, Kind, Predicate, contract, expand

ARTICLES = tuple(Article(id=name, title=name, text="x", format="text") for name in ("first", "second", "third"))
CONCEPTS = (
    Concept("etio:a", "same", (Kind.CONDITION, Kind.SYMPTOM)),
    Concept("etio:b", "Same", (Kind.SYMPTOM,)),
    Concept("etio:c", "same", (Kind.MECHANISM,)),
    Concept("etio:d", 'an "other"\n\tof œdema \\', (Kind.CONDITION,), provisional=True),
    Concept("etiop:ä–b", "another", (Kind.TEST, Kind.CONDITION)),
    Concept("HP:0002094", "Dyspnea", (Kind.SYMPTOM,)),
    Concept("https://example.org/x", "zzz", (Kind.AGENT,)),
)
IDS = [concept.id for concept in CONCEPTS]


def everything(links: LinkArrays) -> dict[str, object]:
    """All that the arrays hold, as lists."""
    numbers = range(len(links.names))
    found: dict[str, object] = {"names": [links.names.id(number) for number in numbers]}
    found["nodes"] = links.names.jsons(numbers)
    for name in ("kinds", "label", "folded", "provisional", "degree"):
        found[name] = getattr(links, name).tolist()
    for polarity, adjacency in (("affirmed", links.affirmed), ("denied", links.denied)):
        found[polarity] = (adjacency.relations, *(getattr(adjacency, name).tolist() for name in arrays.ARRAYS))
    return found


def built(snapshot: Snapshot) -> LinkArrays:
    build(snapshot.path)
    links = find_links(snapshot.path)
    assert links is not None
    assert not (snapshot.path / f"{FOLDER}.making").exists()
    return links


def in_memory(snapshot: Snapshot) -> LinkArrays:
    network = Network.load(snapshot)
    return LinkArrays.of(network.concepts.values(), network.links())


@st.composite
def claims(draw: st.DrawFn) -> list[Claim]:
    ends, relations = st.sampled_from(IDS), st.sampled_from(Predicate)
    rows = draw(st.lists(st.tuples(ends, relations, ends, st.booleans()), max_size=30, unique=True))
    certainty, places = st.sampled_from(Certainty), st.sets(st.sampled_from(["first", "second", "third"]), min_size=1)
    return [
        replace(
            claim_between("a", predicate, "b", negated=negated, certainty=draw(certainty), articles=draw(places)),
            subject=subject,
            object=object_,
        )
        for subject, predicate, object_, negated in rows
    ]


@drawn(15)
@given(claims())
def test_the_arrays_of_a_snapshot_are_those_of_its_claims(
    tmp_path_factory: pytest.TempPathFactory, claims: list[Claim]
) -> None:
    snapshot = stored(tmp_path_factory.mktemp("drawn"), CONCEPTS, claims, ARTICLES).snapshot
    assert everything(built(snapshot)) == everything(in_memory(snapshot))


@pytest.fixture
def toy_folder(tmp_path: Path) -> Path:
    with Store.open(tmp_path, layer=toy_layer()) as store:
        store.replace(toy_extractions())
    return tmp_path


def test_the_arrays_of_the_toy_graph_are_found_once_they_are_made(toy_folder: Path) -> None:
    with Snapshot.open(toy_folder) as snapshot:
        assert find_links(snapshot.path) is None
        links = built(snapshot)
        assert everything(links) == everything(in_memory(snapshot))
        made = (snapshot.path / FOLDER).stat().st_mtime_ns
        build(snapshot.path)
        assert (snapshot.path / FOLDER).stat().st_mtime_ns == made
    assert (links.affirmed.links, links.denied.links) == (8, 1)


def test_names_are_found_by_curie_and_iri_and_nothing_else(toy_folder: Path) -> None:
    with Snapshot.open(toy_folder) as snapshot:
        names = built(snapshot).names
    ids = [names.id(number) for number in range(len(names))]
    assert ids == sorted(ids, key=lambda curie: expand(curie).encode())
    assert [names.find(id) for id in ids] == [names.find(expand(id)) for id in ids] == list(range(len(ids)))
    asked = ("etio:", "etio:zzz", "https://example.org/", "unknown:prefix", "no prefix", "etio:coug", "etio:coughs")
    assert [names.find(id) for id in asked] == [None] * len(asked)


def test_a_user_s_own_statements_and_oddly_named_claims_leave_the_links_right(tmp_path: Path) -> None:
    """What is named otherwise than its parts say cannot be found by its name, and is read one by one."""
    claim = claim_between("a", Predicate.CAUSES, "b", articles=["first", "second"])
    other = claim_between("b", Predicate.IS_A, "c", certainty=Certainty.POSSIBLE, articles=["third"])
    stored(tmp_path / "good", CONCEPTS, [claim, other], ARTICLES)
    with Snapshot.open(tmp_path / "good") as snapshot:
        expected = everything(built(snapshot))
        lines = snapshot.nquads().decode()
    own = NamedNode("https://example.org/statement")
    said: dict[str, NamedNode | Literal] = {
        "rdf:subject": NamedNode(expand("etio:a")),
        "etio:belief": Literal("very"),
        "etio:certainty": Literal("possible"),
        "etio:articleCount": Literal(7),
        "skos:prefLabel": Literal("mine", language="en"),
    }
    for name, text in (("own", lines), ("renamed", lines.replace(expand(claim.id), "https://example.org/claim"))):
        store = pyoxigraph.Store(os.fspath(tmp_path / name))
        store.load(text.encode(), format=pyoxigraph.RdfFormat.N_QUADS)
        store.extend(Quad(own, NamedNode(expand(term)), value) for term, value in said.items())
        store.flush()
        del store
        build(tmp_path / name)
        links = find_links(tmp_path / name)
        assert links is not None
        assert everything(links) == expected


def test_labels_are_those_that_concepts_have_whatever_their_languages(tmp_path: Path) -> None:
    snapshot = stored(tmp_path / "good", CONCEPTS, [], ARTICLES).snapshot
    label = NamedNode(expand("skos:prefLabel"))
    given: dict[str, list[Literal]] = {
        "etio:a": [Literal("zebra"), Literal("apple", language="en"), Literal("aachen", language="de")],
        "etio:b": [Literal("عسل", language="ar")],
        "etio:c": [],
        "etio:d": [Literal('"quoted"@de'), Literal(5)],
    }
    store = pyoxigraph.Store(os.fspath(tmp_path / "other"))
    store.load(snapshot.nquads(), format=pyoxigraph.RdfFormat.N_QUADS)
    for id, labels in given.items():
        for quad in list(store.quads_for_pattern(NamedNode(expand(id)), label, None)):
            store.remove(quad)
        store.extend(Quad(NamedNode(expand(id)), label, literal) for literal in labels)
    concepts = [read_concept(Descriptions(about_concept(store, node)), node) for node in map(nodes.term, IDS)]
    assert [concept.label for concept in concepts[:4]] == ["apple", "etio:b", "etio:c", '"quoted"@de']
    store.flush()
    del store
    build(tmp_path / "other")
    links = find_links(tmp_path / "other")
    assert links is not None
    found = everything(links)
    expected = everything(LinkArrays.of(concepts, ()))
    assert [found[name] for name in ("names", "nodes", "label", "folded")] == [
        expected[name] for name in ("names", "nodes", "label", "folded")
    ]


def test_an_empty_store_has_empty_arrays(tmp_path: Path) -> None:
    pyoxigraph.Store(os.fspath(tmp_path / "empty")).flush()
    build(tmp_path / "empty")
    links = find_links(tmp_path / "empty")
    assert links is not None
    assert everything(links) == everything(LinkArrays.of((), ()))
    assert (len(links.names), links.names.find("etio:a")) == (0, None)


def test_damaged_files_are_told_from_good_ones(toy_folder: Path) -> None:
    with Snapshot.open(toy_folder) as snapshot:
        links = built(snapshot)
        names = snapshot.path / FOLDER / "iris.bin"
        names.write_bytes(names.read_bytes()[:-1])
        with pytest.raises(StoreError, match=r"adjacency-2 cannot be opened: iris.bin has .* bytes, expected"):
            find_links(snapshot.path)
    assert isinstance(links.names, MappedNames)


def test_many_that_build_at_once_make_one_and_all_find_it(toy_folder: Path) -> None:
    with Snapshot.open(toy_folder) as snapshot:
        threads = [Thread(target=build, args=(snapshot.path,)) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        links = find_links(snapshot.path)
        assert links is not None
        assert everything(links) == everything(in_memory(snapshot))


def test_arrays_are_deleted_with_their_snapshot(toy_folder: Path) -> None:
    with Snapshot.open(toy_folder) as snapshot:
        built(snapshot)
        path = snapshot.path
    first, *_ = toy_extractions()
    with Store.open(toy_folder, layer=toy_layer()) as store:
        for _ in range(2):
            store.remove(first.article.id)
            store.replace((first,))
    assert not path.exists()


@pytest.mark.anyio
async def test_the_keeper_supplies_the_current_snapshot_with_links(toy_folder: Path) -> None:
    with Snapshot.open(toy_folder) as snapshot:
        async with ColumnKeeper(toy_folder, quiet=0):
            while find_links(snapshot.path) is None:
                await asyncio.sleep(0.05)
        links = find_links(snapshot.path)
        assert links is not None
        assert everything(links) == everything(in_memory(snapshot))


def test_curies_are_those_that_are_made_one_by_one() -> None:
    known: Iterable[str] = [
        *(expand(id) for id in IDS),
        "http://purl.obolibrary.org/obo/HP_1",
        "http://purl.obolibrary.org/obo/HQ_1",
        "http://purl.obolibrary.org/obo/MONDO_1",
        "https://w3id.org/etiograph/",
        "https://w3id.org/etiograph/provisional/a",
        "https://w3id.org/etiograph/provisional",
        "https://w3id.org/etiograph/z",
        "urn:a:b",
    ]
    for iris in (sorted(known), sorted(known, reverse=True)):
        assert curies([iri.encode() for iri in iris]) == [contract(iri).encode() for iri in iris]


@pytest.mark.parametrize(
    ("literal", "text"),
    [
        ('"plain"', "plain"),
        ('"sämtlich"@de', "sämtlich"),
        ('"a \\"b\\"\\tc\\n\\\\"', 'a "b"\tc\n\\'),
        ('"a \\" b"@en', 'a " b'),
        ('""', ""),
    ],
)
def test_labels_are_read_whatever_stands_in_them(literal: str, text: str) -> None:
    assert text_of(literal.encode()) == text
