from dataclasses import replace

import pytest
from graphworld import MINTED, toy_layer
from toygraph import BLOOD, CONCEPTS

from graph.gate import check
from graph.layer import Layer
from ontology.article import Extraction
from ontology.claim import Claim
from ontology.errors import InvalidClaims
from ontology.terms import Predicate


@pytest.fixture
def layer() -> Layer:
    return toy_layer()


@pytest.fixture
def blood(toy: tuple[Extraction, ...]) -> Extraction:
    return toy[0]


def report(extraction: Extraction, layer: Layer) -> list[str]:
    with pytest.raises(InvalidClaims) as caught:
        check(extraction, layer)
    assert caught.value.source == extraction.article.id
    return list(caught.value.report)


def only(extraction: Extraction, claim: Claim) -> Extraction:
    return replace(extraction, claims=(claim,))


def test_what_the_extractors_make_passes(toy: tuple[Extraction, ...], layer: Layer) -> None:
    for extraction in toy:
        check(extraction, layer)


def test_an_article_without_claims_passes(blood: Extraction, layer: Layer) -> None:
    check(Extraction(blood.article, (), ()), layer)


def test_a_quote_must_stand_where_it_is_said_to_stand(blood: Extraction, layer: Layer) -> None:
    claim = blood.claims[0]
    (statement,) = claim.evidence
    moved = replace(claim, evidence=(replace(statement, start=statement.start + 1),))
    far = replace(claim, evidence=(replace(statement, end=10_000),))
    assert report(only(blood, moved), layer) == [f"{claim.id}, 77–136: the quote is not what stands there"]
    assert report(only(blood, far), layer) == [
        f"{claim.id}, 76–10000: outside the article's {len(BLOOD.text)} characters"
    ]


def test_evidence_must_be_of_this_article_and_there_must_be_some(blood: Extraction, layer: Layer) -> None:
    claim = blood.claims[0]
    foreign = replace(claim, evidence=(replace(claim.evidence[0], article="lung-clots"),))
    assert report(only(blood, foreign), layer) == [
        f"{claim.id}, 76–136: evidence of 'lung-clots' among the claims of 'coughing-up-blood'"
    ]
    assert report(only(blood, replace(claim, evidence=())), layer) == [f"{claim.id}: no evidence"]


def test_statements_that_cannot_be_told_apart_must_be_the_same(blood: Extraction, layer: Layer) -> None:
    claim = blood.claims[0]
    (statement,) = claim.evidence
    twice = replace(claim, evidence=(statement, replace(statement, qualifier="at night")))
    assert report(only(blood, twice), layer) == [
        f"{claim.id}, 76–136: two statements of one rule with the same mentions differ; keep one"
    ]
    assert report(replace(blood, claims=(claim, claim)), layer) == [f"{claim.id}: given twice; merge its evidence"]


def test_every_concept_must_be_described_curated_or_minted(blood: Extraction, layer: Layer) -> None:
    claim = blood.claims[0]
    stranger = replace(claim, subject="HP:0002094")
    assert report(only(blood, stranger), layer) == [f"{stranger.id}: HP:0002094 is not among the extraction's concepts"]
    check(only(blood, replace(claim, subject=MINTED[0])), layer)
    nothing_described = replace(blood, concepts=())
    check(nothing_described, layer)


@pytest.mark.parametrize(
    ("concept_id", "problem"),
    [
        ("etiop:two words", "'etiop:two words' makes no IRI: Invalid IRI code point ' '"),
        ("nowhere:x", "'nowhere:x' makes no IRI: no known prefix in 'nowhere:x'"),
        ("etio:provisional/x", "'etio:provisional/x' is written 'etiop:x'"),
    ],
)
def test_an_id_must_be_a_curie_of_an_iri(blood: Extraction, layer: Layer, concept_id: str, problem: str) -> None:
    (line,) = report(only(blood, replace(blood.claims[0], subject=concept_id)), layer)
    assert problem in line


def test_what_the_shapes_forbid_is_refused(blood: Extraction, layer: Layer) -> None:
    hemoptysis = next(concept.id for concept in CONCEPTS if concept.label == "hemoptysis")
    loop = Claim(hemoptysis, Predicate.CAUSES, hemoptysis, negated=False, evidence=blood.claims[0].evidence)
    assert any("a claim is not about a concept and itself" in line for line in report(only(blood, loop), layer))
    classed = replace(blood.claims[0].evidence[0], frequency_class="HP:0002105")
    lines = report(only(blood, replace(blood.claims[0], evidence=(classed,))), layer)
    assert [line for line in lines if "a frequency class is one of HPO's" in line] == lines
