"""Paths as some articles alone tell them: their claims and sentences, their certainty, whatever others add."""

from pathlib import Path

import pytest
from toygraph import CONCEPTS, merged, toy_extractions
from toystore import stored, with_arrays

from graph import narrowing
from graph.knowledge import KnowledgeGraph
from graph.narrowing import told_by
from graph.network import Network
from graph.nopath import Dropped
from graph.paths import find_paths
from ontology.errors import InvalidArgument

PE, HEMOPTYSIS = "etio:pulmonary-embolism", "etio:hemoptysis"
CLOTS, COUGHING = "lung-clots", "coughing-up-blood"


@pytest.fixture(params=["memory", "store", "arrays"])
def toys(request: pytest.FixtureRequest, tmp_path: Path) -> KnowledgeGraph:
    extractions = toy_extractions()
    parts = CONCEPTS, merged(extractions), [extraction.article for extraction in extractions]
    if request.param == "memory":
        return Network.build(*parts)
    graph = stored(tmp_path, *parts)
    return graph if request.param == "store" else with_arrays(graph)


@pytest.mark.parametrize("article", [CLOTS, COUGHING])
def test_what_articles_tell_is_what_a_graph_of_them_alone_says(toys: KnowledgeGraph, article: str) -> None:
    (alone,) = (extraction for extraction in toy_extractions() if extraction.article.id == article)
    expected = Network.build(CONCEPTS, alone.claims, [alone.article])
    assert dict(told_by(toys, frozenset({article})).claims) == dict(expected.claims)
    for rank in ("explanation", "length", "belief", "specificity"):
        found = find_paths(toys, PE, HEMOPTYSIS, articles=frozenset({article}), rank=rank)
        wanted = find_paths(expected, PE, HEMOPTYSIS, rank=rank)
        assert found.total == wanted.total
        for one, other in zip(found.paths, wanted.paths, strict=True):
            assert (one.score, one.terms, one.hops, one.text) == (other.score, other.terms, other.hops, other.text)


def test_both_articles_tell_what_the_graph_says(toys: KnowledgeGraph) -> None:
    assert find_paths(toys, PE, HEMOPTYSIS, articles=frozenset({CLOTS, COUGHING})) == find_paths(toys, PE, HEMOPTYSIS)


def test_where_others_tell_of_a_path_that_is_said(toys: KnowledgeGraph) -> None:
    why = find_paths(toys, "etio:pneumonia", HEMOPTYSIS, articles=frozenset({CLOTS})).no_path
    assert why is not None
    assert why.without == (Dropped(("article",), 1),)
    assert why.text == (
        "No chain of at most 8 hops leads from pneumonia to hemoptysis. "
        "With what all articles tell there is one of 1 hop."
    )


def test_articles_that_state_too_much_are_refused(toys: KnowledgeGraph, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(narrowing, "MOST_CLAIMS", 4)
    with pytest.raises(InvalidArgument, match=r"no more than 4 claims together; these state \d"):
        told_by(toys, frozenset({CLOTS}))


def test_an_unknown_article_is_refused(toys: KnowledgeGraph) -> None:
    with pytest.raises(InvalidArgument, match="article='nothing': expected the id of an article in the graph"):
        find_paths(toys, PE, HEMOPTYSIS, articles=frozenset({"nothing"}))
