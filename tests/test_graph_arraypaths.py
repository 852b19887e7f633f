"""Paths found and ranked in arrays are those found and ranked in memory."""

from dataclasses import replace
from itertools import permutations
from pathlib import Path
from shutil import copytree
from typing import get_args

import pytest
from drawn import drawn
from hypothesis import given
from hypothesis import strategies as st
from realworld import World
from toygraph import CONCEPTS, merged, toy_extractions
from toynetworks import Ranked, networks
from toystore import stored, with_arrays

from graph import arraypaths
from graph.adjacency.building import build
from graph.network import Network
from graph.paths import PathAnswer, find_paths
from graph.ranks import RankName
from graph.storednetwork import StoredNetwork
from ontology.claim import Concept
from ontology.terms import Certainty, Kind, Predicate

PE, HEMOPTYSIS = "etio:pulmonary-embolism", "etio:hemoptysis"
SMALL = (
    Concept("etio:a", "a", (Kind.CONDITION, Kind.SYMPTOM)),
    Concept("etio:b", "b", (Kind.SYMPTOM,)),
    Concept("etio:c", "c", (Kind.MECHANISM,)),
    Concept("etio:d", "d", (Kind.CONDITION,), provisional=True),
    Concept("etio:e", "e", (Kind.CARE_ACTION,)),
    Concept("etio:f", "f", (Kind.SYMPTOM,)),
)


options = st.fixed_dictionaries(
    {
        "max_hops": st.integers(1, 6),
        "k": st.sampled_from([1, 2, 3, 50]),
        "directed": st.booleans(),
        "rank": st.sampled_from(get_args(RankName)),
        "predicates": st.frozensets(st.sampled_from([Predicate.CAUSES, Predicate.HAS_SYMPTOM]), max_size=2),
        "via": st.frozensets(st.sampled_from(["etio:b", "etio:e"]), max_size=1),
        "via_kinds": st.frozensets(st.sampled_from([Kind.MECHANISM, Kind.CARE_ACTION]), max_size=1),
        "avoid": st.frozensets(st.sampled_from(["etio:c", "etio:d"]), max_size=1),
        "min_certainty": st.sampled_from(Certainty),
        "min_articles": st.sampled_from([1, 1, 2]),
    }
)


@drawn(200)
@given(networks(concepts=SMALL), options)
def test_the_arrays_answer_what_a_search_in_memory_answers(network: Network, options: dict[str, object]) -> None:
    expected = find_paths(network, "etio:a", "etio:f", **options)  # type: ignore[arg-type]
    assert find_paths(Ranked.like(network), "etio:a", "etio:f", **options) == expected  # type: ignore[arg-type]


@drawn(50)
@given(networks(concepts=SMALL), st.sampled_from(get_args(RankName)))
def test_without_any_filter_too(network: Network, rank: RankName) -> None:
    for directed in (True, False):
        expected = find_paths(network, "etio:a", "etio:f", rank=rank, directed=directed)
        assert find_paths(Ranked.like(network), "etio:a", "etio:f", rank=rank, directed=directed) == expected


@pytest.fixture
def toys(tmp_path: Path) -> StoredNetwork:
    extractions = toy_extractions()
    articles = [extraction.article for extraction in extractions]
    return with_arrays(stored(tmp_path, CONCEPTS, merged(extractions), articles))


def routes(answer: PathAnswer) -> list[list[str]]:
    return [[node.id.removeprefix("etio:") for node in path.nodes] for path in answer.paths]


@pytest.mark.parametrize("rank", get_args(RankName))
def test_the_toy_graph_answers_from_a_store_with_arrays_as_from_memory(toys: StoredNetwork, rank: RankName) -> None:
    whole = toys.resident()
    for source, target in ((PE, HEMOPTYSIS), ("etio:anticoagulants", HEMOPTYSIS), (HEMOPTYSIS, PE)):
        for directed in (True, False):
            found = find_paths(toys, source, target, directed=directed, rank=rank)
            assert found == find_paths(whole, source, target, directed=directed, rank=rank)


def test_only_the_claims_that_are_shown_are_read(toys: StoredNetwork) -> None:
    find_paths(toys, PE, HEMOPTYSIS, k=1)
    kept = toys.claims._kept  # type: ignore[attr-defined]  # how it works, not what it answers
    assert {claim.subject.removeprefix("etio:") for claim in kept.values()} == {
        "pulmonary-embolism",
        "reduced-pulmonary-blood-flow",
        "pulmonary-infarction",
        "alveolar-hemorrhage",
    }


def test_a_search_that_ranks_fewer_chains_than_there_are_says_so(
    toys: StoredNetwork, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(arraypaths, "MOST_CHAINS", 1)
    answer = find_paths(toys, PE, HEMOPTYSIS)
    assert (routes(answer), answer.total, answer.truncated) == ([["pulmonary-embolism", "hemoptysis"]], 1, True)


def test_a_search_that_looks_at_fewer_links_than_there_are_says_so(
    toys: StoredNetwork, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(arraypaths, "MOST_LINKS", 2)
    answer = find_paths(toys, PE, HEMOPTYSIS, min_certainty=Certainty.ASSERTED)
    assert answer.truncated


def test_where_too_many_claims_would_be_read_the_rest_counts_as_of_different_articles(
    toys: StoredNetwork, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(arraypaths, "MOST_READ", 1)
    answer = find_paths(toys, PE, HEMOPTYSIS)
    coherence = [dict(path.terms)["coherence"] for path in answer.paths if len(path.hops) > 1]
    assert (len(coherence), min(coherence) < 1, answer.truncated) == (1, True, True)


def test_a_concept_without_any_link_leads_nowhere(tmp_path: Path) -> None:
    lonely = replace(CONCEPTS[0], id="etio:lonely", label="lonely")
    graph = with_arrays(stored(tmp_path, [*CONCEPTS, lonely], [], []))
    answer = find_paths(graph, "etio:lonely", HEMOPTYSIS)
    assert (answer.paths, answer.total, answer.pruned, answer.truncated) == ((), 0, {}, False)
    assert answer.no_path is not None
    assert answer.no_path.without == ()


def test_the_bundled_articles_answer_from_arrays_as_from_memory(bundled: World, tmp_path: Path) -> None:
    copytree(bundled.data, tmp_path / "data")
    graph = StoredNetwork.open(tmp_path / "data")
    build(graph.snapshot.path)
    things = ["etio:pulmonary-embolism", "etio:hemoptysis", "etio:pulmonary-infarction", "etio:bronchiectasis"]
    for source, target in permutations([name for name in things if name in bundled.network.concepts], 2):
        for directed in (True, False):
            expected = find_paths(bundled.network, source, target, directed=directed, max_hops=8 if directed else 4)
            found = find_paths(graph, source, target, directed=directed, max_hops=8 if directed else 4)
            assert (found.paths, found.total, found.pruned) == (expected.paths, expected.total, expected.pruned)
