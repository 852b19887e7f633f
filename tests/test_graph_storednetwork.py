"""The graph that is read from a store answers what the one in memory does."""

import gc
import weakref
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest
from drawn import drawn
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from toygraph import CONCEPTS, claim_between, merged, toy_extractions
from toystore import store_toy, stored, with_arrays

from graph import storednetwork, storedthings
from graph.adjacency.building import build
from graph.between import find_between
from graph.common import Side, find_common
from graph.conflicts import find_conflicts
from graph.differential import find_differential
from graph.knowledge import KnowledgeGraph, Link
from graph.naming.texts import Texts
from graph.neighbours import find_neighbours
from graph.network import Network
from graph.paths import find_paths
from graph.shelf import Shelf
from graph.steps import Walk
from graph.store import Snapshot
from graph.storednetwork import StoredNetwork
from ontology.article import Article
from ontology.claim import Claim, Concept, Evidence, Mapping
from ontology.errors import InvalidArgument, UnknownConcept
from ontology.terms import Certainty, Kind, MappingRelation, Predicate

SMALL = tuple(Concept(f"etio:{name}", name, (Kind.CONDITION, Kind.MECHANISM)) for name in "abcdef")
ARTICLES = tuple(Article(id=name, title=name, text="x", format="text") for name in ("first", "second one"))


@st.composite
def claims(draw: st.DrawFn) -> tuple[Claim, ...]:
    name = st.sampled_from("abcdef")
    said = st.tuples(name, st.sampled_from(Predicate), name, st.booleans())
    rows = draw(st.lists(said, max_size=25, unique=True))
    certainty = st.sampled_from(Certainty)
    places = st.sets(st.sampled_from([article.id for article in ARTICLES]), min_size=1)
    found = [
        claim_between(a, relation, b, negated=negated, certainty=draw(certainty), articles=sorted(draw(places)))
        for a, relation, b, negated in rows
    ]
    often = st.sampled_from([(None, None), ("often", "HP:0040282"), ("common", "HP:0040282"), ("usually", None)])
    return tuple(replace(claim, evidence=tuple(_held(row, *draw(often)) for row in claim.evidence)) for claim in found)


def _held(row: Evidence, frequency: str | None, frequency_class: str | None) -> Evidence:
    return replace(row, frequency=frequency, frequency_class=frequency_class)


def everything(graph: KnowledgeGraph) -> dict[str, object]:
    """All that can be asked."""
    ids = [*(concept.id for concept in SMALL), "etio:nothing", "no id"]
    return {
        "concepts": list(graph.concepts.items()),
        "claims": [(key, claim, claim.evidence) for key, claim in graph.claims.items()],
        "denied": list(graph.denied.items()),
        "articles": list(graph.articles.items()),
        "numbers": [len(graph.concepts), len(graph.claims), len(graph.denied), len(graph.articles)],
        "out": [(graph.outgoing(key), graph.denied_outgoing(key), graph.links_from(key)) for key in ids],
        "in": [(graph.incoming(key), graph.denied_incoming(key), graph.links_to(key)) for key in ids],
        "links": sorted(graph.links(), key=lambda link: link.id),
        "saying": [sorted(graph.saying(word), key=lambda link: link.id) for word in ("a", "x", "nothing")],
        "natures": [graph.nature(concept.id) for concept in SMALL],
        "degrees": [graph.degree(key) for key in ids],
        "stated": [graph.stated_in(article) for article in ("first", "second one", "none")],
        "places": [graph.places_in(article) for article in ("first", "second one", "none")],
        "figures": graph.figures(),
        "sizes": graph.sizes(),
        "relations": [graph.relations_of(key) for key in ids],
        "numbers of": [
            (graph.number_from(concept.id, predicate), graph.number_to(concept.id, predicate))
            for concept in SMALL
            for predicate in Predicate
        ],
        "articles of": [graph.articles_of(key) for key in (*graph.claims, *ids)],
        "frequencies of": [graph.frequency_of(key) for key in (*graph.claims, *ids)],
        "varying": graph.varying(),
        "conflicts": find_conflicts(graph),
        "differential": find_differential(graph, ["etio:a", "etio:b"], ["etio:c"]),
        "common": [find_common(graph, ["etio:a", "etio:b"], side=side) for side in get_args(Side)],
        "between": [
            find_between(graph, ["etio:a", "etio:b"], ["etio:c"], walk=Walk(directed=directed))
            for directed in (True, False)
        ],
        "neighbours": [find_neighbours(graph, concept.id, depth=2, negated="include") for concept in SMALL],
        "there": [(key in graph.concepts, key in graph.claims, key in graph.articles) for key in ids],
    }


@settings(drawn(25), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(claims())
def test_whatever_is_asked_both_answer_the_same(
    tmp_path_factory: pytest.TempPathFactory, claims: tuple[Claim, ...]
) -> None:
    from_store = stored(tmp_path_factory.mktemp("random"), SMALL, claims, ARTICLES)
    expected = everything(Network.build(SMALL, claims, ARTICLES))
    assert everything(from_store) == expected
    assert everything(with_arrays(from_store)) == expected


def test_a_real_store_with_the_vocabulary_is_answered_from_as_it_is_from_memory(tmp_path: Path) -> None:
    store_toy(tmp_path)
    with Snapshot.open(tmp_path) as snapshot:
        whole = Network.load(snapshot)
    graph = StoredNetwork.open(tmp_path)
    assert (graph.hash, graph.figures()) == (whole.hash, whole.figures())
    assert dict(graph.concepts) == dict(whole.concepts)
    assert [graph.claims[key].evidence for key in whole.claims] == [row.evidence for row in whole.claims.values()]


def test_names_mean_the_same_concepts(tmp_path: Path) -> None:
    store_toy(tmp_path)
    with Snapshot.open(tmp_path) as snapshot:
        whole = Network.load(snapshot)
    graph = StoredNetwork.open(tmp_path)
    mapped = {mapping.curie for concept in whole.concepts.values() for mapping in concept.mappings}
    shown = [*whole.concepts, *mapped, "https://w3id.org/etiograph/hemoptysis", " ETIO:hemoptysis ", "Hemoptysis"]

    def meant(graph: KnowledgeGraph, name: str) -> object:
        try:
            return graph.lexicon.get(name)
        except Exception as error:  # noqa: BLE001  # it must be the same one
            return repr(error)

    assert {name: meant(graph, name) for name in shown} == {name: meant(whole, name) for name in shown}
    assert tuple(graph.lexicon.search("hemop")) == whole.lexicon.search("hemop")
    assert graph.lexicon.find("coughing up blood") == whole.lexicon.find("coughing up blood")


def test_an_identifier_is_found_before_any_name_is_indexed(tmp_path: Path) -> None:
    cough = Concept("etio:cough", "cough", (Kind.SYMPTOM,), mappings=(Mapping(MappingRelation.EXACT, "etio:tussis"),))
    graph = stored(tmp_path, [cough], [], [])
    asked = ("etio:cough", "https://w3id.org/etiograph/cough", "Etio:cough", "etio:tussis")
    assert ([graph.lexicon.get(name) for name in asked], graph.lexicon.prepared) == ([cough] * 4, False)
    with pytest.raises(UnknownConcept) as caught:
        graph.lexicon.get("coug")
    assert (caught.value.suggestions, graph.lexicon.prepared) == (("cough",), True)


def test_an_unknown_concept_is_refused_by_the_name_of_what_was_asked(tmp_path: Path) -> None:
    with pytest.raises(InvalidArgument, match="source='etio:nothing': expected the id of a concept in the graph"):
        stored(tmp_path, CONCEPTS, [], []).concept("etio:nothing", "source")


def test_the_graph_in_memory_is_loaded_once(tmp_path: Path) -> None:
    extractions = toy_extractions()
    graph = stored(tmp_path, CONCEPTS, merged(extractions), [extraction.article for extraction in extractions])
    assert graph.resident() is graph.resident()
    assert dict(graph.resident().claims) == dict(graph.claims)


def test_a_shelf_keeps_what_was_asked_for_last_and_reads_the_rest_again() -> None:
    read: list[str] = []

    def find(name: str) -> str | None:
        read.append(name)
        return None if name == "none" else name * 2

    shelf = Shelf(find, lambda: ["b", "a"], room=4, size=len)
    assert [shelf[name] for name in ("a", "b", "a", "c", "a", "b")] == ["aa", "bb", "aa", "cc", "aa", "bb"]
    assert shelf["long"] == "longlong"  # has no room
    assert (shelf.get("none"), "none" in shelf, list(shelf), len(shelf)) == (None, False, ["a", "b"], 2)
    assert read == ["a", "b", "c", "b", "long", "none", "none"]


def test_a_listed_shelf_goes_through_its_ids_once() -> None:
    asked: list[str] = []

    def ids() -> list[str]:
        asked.append("all")
        return ["b", "ä", "a"]

    listed, unlisted = Shelf(str.upper, ids, room=4, listed=lambda: None), Shelf(str.upper, ids, room=4)
    assert [*listed, *listed] == ["a", "b", "ä"] * 2
    assert (len(listed), len(asked)) == (3, 1)
    assert (list(unlisted), len(unlisted), len(asked)) == (list(listed), 3, 3)
    known = Shelf(str.upper, ids, room=4, listed=lambda: Texts.encoded(["a", "b", "ä"]))
    assert (list(known), len(known), len(asked)) == (list(listed), 3, 3)


def test_a_link_is_its_claim_in_short() -> None:
    claim = claim_between("a", Predicate.CAUSES, "b", certainty=Certainty.POSSIBLE, articles=("first", "second"))
    short = Link.of(claim)
    assert (short.id, short.subject, short.predicate, short.object) == (
        claim.id,
        claim.subject,
        claim.predicate,
        claim.object,
    )
    assert (short.negated, short.certainty, short.articles, short.belief) == (
        claim.negated,
        claim.certainty,
        len(claim.articles),
        claim.belief,
    )


def test_a_graph_that_is_not_used_any_more_lets_its_snapshot_go_at_once(tmp_path: Path) -> None:
    graph = stored(tmp_path, CONCEPTS, merged(toy_extractions()), [row.article for row in toy_extractions()])
    find_paths(graph, "etio:pulmonary-embolism", "etio:hemoptysis")
    graph.lexicon.find("hemoptysis")
    snapshot = weakref.ref(graph.snapshot)
    gc.disable()
    try:
        del graph
        assert snapshot() is None
    finally:
        gc.enable()


def test_a_larger_graph_has_its_arrays_made_where_they_are_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(storednetwork, "MOST_LOADED", 1)
    graph = stored(tmp_path, CONCEPTS, merged(toy_extractions()), [row.article for row in toy_extractions()])
    assert graph.arrays() is None
    assert graph.resident() is graph
    arrays = graph.arrays()
    assert arrays is not None
    assert (arrays.affirmed.links, arrays.denied.links) == (8, 1)


def test_arrays_that_another_process_made_are_used_once_they_are_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(storedthings, "_LOOK_EVERY", 0.0)
    graph = stored(tmp_path, CONCEPTS, merged(toy_extractions()), [row.article for row in toy_extractions()])
    assert graph.arrays() is None
    build(graph.snapshot.path)
    assert graph.arrays() is graph.arrays() is not None
