"""Where no path is found: how far the search came from both ends, and which filter is in the way."""

from pathlib import Path
from typing import Any

import pytest
from toygraph import CONCEPTS, claim_between, merged, toy_extractions
from toystore import stored, with_arrays

from graph import arrayexploring
from graph.knowledge import KnowledgeGraph
from graph.network import Network
from graph.nopath import Dropped, NoPath, Reach
from graph.paths import find_paths
from ontology.article import Article
from ontology.terms import Certainty, Kind, Predicate

PE, HEMOPTYSIS, PNEUMONIA = "etio:pulmonary-embolism", "etio:hemoptysis", "etio:pneumonia"


@pytest.fixture(params=["memory", "arrays"])
def toys(request: pytest.FixtureRequest, tmp_path: Path) -> KnowledgeGraph:
    extractions = toy_extractions()
    articles = [extraction.article for extraction in extractions]
    if request.param == "memory":
        return Network.build(CONCEPTS, merged(extractions), articles)
    return with_arrays(stored(tmp_path, CONCEPTS, merged(extractions), articles))


def why(graph: KnowledgeGraph, source: str, target: str, **options: Any) -> NoPath:
    answer = find_paths(graph, source, target, **options)
    assert (answer.paths, answer.truncated) == ((), False)
    assert answer.no_path is not None
    return answer.no_path


def near(reach: Reach) -> tuple[int, int, list[tuple[str, int, int | None]]]:
    rows = [(row.concept.label, row.hops, row.to_go) for row in reach.nearest]
    return reach.total, reach.furthest, rows


@pytest.mark.parametrize(
    ("options", "without"),
    [
        ({"min_certainty": Certainty.ASSERTED}, [(("min_certainty",), 1)]),
        ({"min_articles": 2}, [(("min_articles",), 1)]),
        ({"predicates": frozenset({Predicate.IS_A})}, [(("predicate",), 1)]),
        ({"predicates": frozenset({Predicate.CAUSES}), "max_hops": 3}, [(("predicate",), 1), (("max_hops",), 4)]),
        ({"via": frozenset({PNEUMONIA}), "max_hops": 1}, [(("via",), 1)]),
        ({"via_kinds": frozenset({Kind.TEST})}, [(("via_kinds",), 1)]),
        (
            {"via": frozenset({"etio:pulmonary-infarction"}), "max_hops": 3},
            [(("via",), 1), (("max_hops",), 4)],
        ),
        (
            {"avoid": frozenset({"etio:alveolar-hemorrhage"}), "predicates": frozenset({Predicate.CAUSES})},
            [(("predicate",), 1), (("avoid",), 4)],
        ),
        (
            {"predicates": frozenset({Predicate.CAUSES}), "min_certainty": Certainty.ASSERTED, "min_articles": 2},
            [(("min_certainty", "min_articles", "predicate", "directed"), 1)],
        ),
    ],
)
def test_the_filter_that_blocks_is_named_with_the_path_there_is_without_it(
    toys: KnowledgeGraph, options: dict[str, Any], without: list[tuple[tuple[str, ...], int]]
) -> None:
    found = why(toys, PE, HEMOPTYSIS, **options)
    assert (found.without, found.truncated) == (tuple(Dropped(*row) for row in without), False)


def test_it_is_told_in_words(toys: KnowledgeGraph) -> None:
    said = "No chain of at most 8 hops leads from pulmonary embolism to hemoptysis. "
    assert why(toys, PE, HEMOPTYSIS, min_certainty=Certainty.ASSERTED).text == (
        said + "Without min_certainty=asserted there is one of 1 hop."
    )
    causes = frozenset({Predicate.CAUSES})
    assert why(toys, PE, HEMOPTYSIS, predicates=causes, max_hops=3).text == (
        "No chain of at most 3 hops leads from pulmonary embolism to hemoptysis. "
        "Without predicate=causes there is one of 1 hop; with max_hops=8 there is one of 4 hops."
    )
    assert why(toys, PE, HEMOPTYSIS, predicates=causes, min_certainty=Certainty.ASSERTED, min_articles=2).text == (
        said + "Only without all of min_certainty, min_articles, predicate, directed there is one of 1 hop."
    )
    assert why(toys, PE, HEMOPTYSIS, via=frozenset({PNEUMONIA})).text == (
        said + "Without via=pneumonia there is one of 1 hop."
    )


def test_both_ends_say_what_is_reached_and_how_far_that_is_from_the_other(toys: KnowledgeGraph) -> None:
    found = why(toys, HEMOPTYSIS, PE)
    assert (near(found.source), found.without) == ((0, 0, []), (Dropped(("directed",), 1),))
    assert near(found.target) == (0, 0, [])
    asserted = why(toys, PE, HEMOPTYSIS, min_certainty=Certainty.ASSERTED)
    assert near(asserted.source) == (1, 1, [("reduced pulmonary blood flow", 1, 3)])
    assert near(asserted.target) == (
        2,
        2,
        [("pulmonary infarction", 2, 2), ("alveolar hemorrhage", 1, 3)],
    )


def test_what_lies_apart_is_joined_by_no_question(tmp_path: Path) -> None:
    claims = [claim_between("pneumonia", Predicate.CAUSES, "hemoptysis")]
    articles = [Article(id="more", title="more", text="x", format="text")]
    for graph in (
        Network.build(CONCEPTS, claims, articles),
        with_arrays(stored(tmp_path, CONCEPTS, claims, articles)),
    ):
        found = why(graph, PE, HEMOPTYSIS)
        assert found.text == (
            "No chain of at most 8 hops leads from pulmonary embolism to hemoptysis. "
            "Without any filter there is none of at most 8 hops either."
        )
        assert (near(found.source), near(found.target)) == ((0, 0, []), (1, 1, [("pneumonia", 1, None)]))
        assert (found.without, found.truncated) == ((), False)


def test_a_search_that_ends_at_its_budget_claims_nothing_of_what_it_did_not_look_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    extractions = toy_extractions()
    articles = [extraction.article for extraction in extractions]
    graph = with_arrays(stored(tmp_path, CONCEPTS, merged(extractions), articles))
    monkeypatch.setattr(arrayexploring, "MOST_LINKS", 0)
    found = why(graph, PE, HEMOPTYSIS, min_certainty=Certainty.ASSERTED)
    assert (found.without, found.truncated, near(found.source)) == ((), True, (0, 0, []))
    assert "None was found without its filters either, before the search stopped at its limit." in found.text
