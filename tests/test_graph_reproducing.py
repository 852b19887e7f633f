"""The query shown for a path, run against the store that it was found in, gives the path again."""

from collections import defaultdict
from typing import Any, Final

import pytest
from pyoxigraph import Literal, NamedNode, QuerySolutions
from toygraph import CONCEPTS, claim_between, merged, toy_extractions
from toystore import stored, with_arrays

from graph.nodes import article_id
from graph.paths import Hop, find_paths
from graph.paths import Path as Chain
from graph.storednetwork import StoredNetwork
from ontology.article import Article
from ontology.claim import Concept
from ontology.terms import Certainty, Kind, Predicate, contract

PE, HEMOPTYSIS, COUGH = "etio:pulmonary-embolism", "etio:hemoptysis", "etio:cough"
MORE: Final = (
    claim_between("pulmonary-embolism", Predicate.CAUSES, "hemoptysis", certainty=Certainty.UNLIKELY),
    claim_between("pulmonary-embolism", Predicate.CAUSES, "hemoptysis", negated=True, articles=("against",)),
    claim_between("pulmonary-infarction", Predicate.HAS_SYMPTOM, "alveolar-hemorrhage", articles=("more", "against")),
    claim_between("alveolar-hemorrhage", Predicate.CAUSES, "hemoptysis", negated=True),
    claim_between("cough", Predicate.ASSOCIATED_WITH, "pulmonary-embolism"),
    claim_between("cough", Predicate.CAUSES, "hemoptysis", articles=("more", "against")),
    claim_between("pneumonia", Predicate.MIMICS, "pulmonary-embolism"),
)

Row = tuple[str, str, str, str, str]
"""Subject, relation, object, article, quote."""


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> StoredNetwork:
    extractions = toy_extractions()
    articles = [extraction.article for extraction in extractions]
    articles += [Article(id=name, title=name, text="x", format="text") for name in ("more", "against")]
    concepts = (*CONCEPTS, Concept(COUGH, "cough", (Kind.SYMPTOM,)))
    folder = tmp_path_factory.mktemp("reproducing")
    return with_arrays(stored(folder, concepts, [*merged(extractions), *MORE], articles))


def rows_of(graph: StoredNetwork, query: str) -> dict[int, list[Row]]:
    """The rows of the query by hop, in order."""
    found = graph.snapshot.store.query(query)
    assert isinstance(found, QuerySolutions)
    rows: defaultdict[int, list[Row]] = defaultdict(list)
    for solution in found:
        ends = [solution[name] for name in ("subject", "predicate", "object", "article")]
        hop, quote = solution["hop"], solution["quote"]
        assert isinstance(hop, Literal)
        assert isinstance(quote, Literal)
        subject, predicate, object_, article = (end for end in ends if isinstance(end, NamedNode))
        rows[int(hop.value)].append(
            (contract(subject.value), predicate.value, contract(object_.value), article_id(article), quote.value)
        )
    return dict(rows)


def said(hop: Hop) -> list[Row]:
    """The rows that the hop's affirmed claim is found by."""
    claim = hop.claims[0]
    rows = ((row.article, row.quote) for row in claim.evidence)
    return sorted((claim.subject, claim.predicate.iri, claim.object, *row) for row in rows)


def nodes_of(source: str, rows: dict[int, list[Row]]) -> list[str]:
    """The concepts that one comes by who walks the rows hop by hop from the source."""
    nodes = [source]
    for _, found in sorted(rows.items()):
        ((subject, object_),) = {(row[0], row[2]) for row in found}
        assert nodes[-1] in (subject, object_)
        nodes.append(object_ if nodes[-1] == subject else subject)
    return nodes


def checked(graph: StoredNetwork, path: Chain) -> None:
    rows = rows_of(graph, path.sparql)
    assert rows == {number: said(hop) for number, hop in enumerate(path.hops, start=1)}
    assert nodes_of(path.nodes[0].id, rows) == [node.id for node in path.nodes]


@pytest.mark.parametrize(
    ("options", "chains"),
    [
        ({}, 3),
        ({"rank": "specificity", "k": 1}, 3),
        ({"min_certainty": Certainty.ASSERTED}, 1),
        ({"min_articles": 2, "directed": False, "max_hops": 2}, 0),
        ({"predicates": frozenset({Predicate.CAUSES, Predicate.ASSOCIATED_WITH})}, 3),
        ({"via": frozenset({COUGH})}, 1),
        ({"via_kinds": frozenset({Kind.MECHANISM})}, 1),
        ({"avoid": frozenset({COUGH})}, 2),
        ({"directed": False}, 4),
        ({"directed": False, "via": frozenset({"etio:pneumonia"})}, 1),
    ],
)
def test_the_query_of_every_path_gives_its_hops_claims_and_sentences(
    graph: StoredNetwork, options: dict[str, Any], chains: int
) -> None:
    answer = find_paths(graph, PE, HEMOPTYSIS, **options)
    assert answer.total == chains
    for path in answer.paths:
        checked(graph, path)


def test_so_does_that_of_a_path_walked_from_object_to_subject(graph: StoredNetwork) -> None:
    answer = find_paths(graph, HEMOPTYSIS, PE, directed=False)
    assert any(hop.inverted for path in answer.paths for hop in path.hops)
    assert any(len(hop.claims) > 1 for path in answer.paths for hop in path.hops)
    assert any(hop.others for path in answer.paths for hop in path.hops)
    for path in answer.paths:
        checked(graph, path)


def test_a_path_whose_plain_link_was_taken_away_has_no_rows(graph: StoredNetwork) -> None:
    (path,) = find_paths(graph, PE, HEMOPTYSIS, via=frozenset({COUGH})).paths
    other = path.sparql.replace("?subject ?predicate ?object .", "?object ?predicate ?subject .")
    assert rows_of(graph, other) == {}
