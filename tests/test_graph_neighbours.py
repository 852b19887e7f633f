from collections.abc import Callable

import pytest
from toygraph import ASSERTED, CONCEPTS, UNLIKELY, claim_between, merged
from toystore import Build

from graph.knowledge import KnowledgeGraph
from graph.neighbours import Filter, Neighbour, find_neighbours
from ontology.article import Article, Extraction
from ontology.claim import Claim
from ontology.errors import InvalidArgument
from ontology.terms import Certainty, Kind, Predicate

Of = Callable[..., KnowledgeGraph]

PE, HEMOPTYSIS = "etio:pulmonary-embolism", "etio:hemoptysis"


@pytest.fixture
def network(build: Build, toy: tuple[Extraction, ...]) -> KnowledgeGraph:
    return build(CONCEPTS, merged(toy), [extraction.article for extraction in toy])


def shown(links: tuple[Neighbour, ...]) -> list[tuple[int, str, str, str, str]]:
    return [(link.distance, link.of.label, link.direction, link.predicate.value, link.concept.label) for link in links]


def stated(subject: str, predicate: Predicate, object: str, articles: str, *, negated: bool = False) -> Claim:
    said = (
        claim_between(
            subject,
            predicate,
            object,
            articles=article,
            certainty=Certainty.UNLIKELY if article == "c" else Certainty.ASSERTED,
        )
        for article in articles
    )
    evidence = tuple(statement for claim in said for statement in claim.evidence)
    return Claim(f"etio:{subject}", predicate, f"etio:{object}", negated, evidence)


@pytest.fixture
def of(build: Build) -> Of:
    articles = [Article(id=name, title=name, text="x", format="text") for name in "abc"]
    return lambda *claims: build(CONCEPTS, claims, articles)


def test_neighbours_come_best_believed_first_then_by_relation_and_label(network: KnowledgeGraph) -> None:
    assert shown(find_neighbours(network, PE)) == [
        (1, "pulmonary embolism", "out", "causes", "reduced pulmonary blood flow"),
        (1, "pulmonary embolism", "in", "diagnoses", "CT pulmonary angiography"),
        (1, "pulmonary embolism", "in", "treats", "anticoagulants"),
        (1, "pulmonary embolism", "out", "has_symptom", "hemoptysis"),
    ]


@pytest.mark.parametrize(
    ("direction", "labels"),
    [
        ("out", ["reduced pulmonary blood flow", "hemoptysis"]),
        ("in", ["CT pulmonary angiography", "anticoagulants"]),
    ],
)
def test_a_direction_leaves_the_other_out(network: KnowledgeGraph, direction: str, labels: list[str]) -> None:
    links = find_neighbours(network, PE, direction=direction)  # type: ignore[arg-type]  # one of the two literals
    assert [link.concept.label for link in links] == labels


def test_relations_and_kinds_choose(network: KnowledgeGraph) -> None:
    by_relation = find_neighbours(network, PE, predicates=frozenset({Predicate.TREATS, Predicate.CAUSES}))
    by_kind = find_neighbours(network, PE, kinds=frozenset({Kind.TEST}))
    assert [link.concept.id for link in by_relation] == ["etio:reduced-pulmonary-blood-flow", "etio:anticoagulants"]
    assert [link.concept.id for link in by_kind] == ["etio:ct-pulmonary-angiography"]


def test_a_deeper_look_reports_each_link_once_from_its_nearer_end(network: KnowledgeGraph) -> None:
    assert shown(find_neighbours(network, HEMOPTYSIS, depth=2)) == [
        (1, "hemoptysis", "in", "causes", "alveolar hemorrhage"),
        (1, "hemoptysis", "in", "has_symptom", "pneumonia"),
        (1, "hemoptysis", "in", "has_symptom", "pulmonary embolism"),
        (2, "alveolar hemorrhage", "in", "causes", "pulmonary infarction"),
        (2, "pulmonary embolism", "out", "causes", "reduced pulmonary blood flow"),
        (2, "pulmonary embolism", "in", "diagnoses", "CT pulmonary angiography"),
        (2, "pulmonary embolism", "in", "treats", "anticoagulants"),
    ]


def test_kinds_choose_what_is_reported_and_not_what_is_walked_through(network: KnowledgeGraph) -> None:
    links = find_neighbours(network, HEMOPTYSIS, depth=2, kinds=frozenset({Kind.TREATMENT}))
    assert shown(links) == [(2, "pulmonary embolism", "in", "treats", "anticoagulants")]


def test_denied_claims_are_left_out_unless_asked_for_and_are_never_walked(network: KnowledgeGraph) -> None:
    only = find_neighbours(network, HEMOPTYSIS, negated="only", depth=3)
    assert shown(only) == [(1, "hemoptysis", "in", "causes", "anticoagulants")]
    assert [claim.negated for claim in only[0].claims] == [True]
    both = find_neighbours(network, HEMOPTYSIS, negated="include", kinds=frozenset({Kind.TREATMENT}))
    assert [link.concept.id for link in both] == ["etio:anticoagulants"]


def test_a_link_that_is_affirmed_and_denied_is_one_neighbour_with_both_claims(of: Of) -> None:
    yes = stated("pneumonia", Predicate.CAUSES, "hemoptysis", "a")
    no = stated("pneumonia", Predicate.CAUSES, "hemoptysis", "b", negated=True)
    found = {
        choice: [link.claims for link in find_neighbours(of(yes, no), HEMOPTYSIS, negated=choice)]
        for choice in ("exclude", "include", "only")
    }
    assert found == {"exclude": [(yes,)], "include": [(yes, no)], "only": [(no,)]}


def test_a_symmetric_relation_reads_out_from_either_side_and_in_when_asked(of: Of) -> None:
    network = of(stated("hemoptysis", Predicate.MIMICS, "pneumonia", "a"))
    read = {
        (asked, direction): shown(find_neighbours(network, f"etio:{asked}", direction=direction))
        for asked in ("hemoptysis", "pneumonia")
        for direction in ("both", "in")
    }
    assert read == {
        ("hemoptysis", "both"): [(1, "hemoptysis", "out", "mimics", "pneumonia")],
        ("hemoptysis", "in"): [(1, "hemoptysis", "in", "mimics", "pneumonia")],
        ("pneumonia", "both"): [(1, "pneumonia", "out", "mimics", "hemoptysis")],
        ("pneumonia", "in"): [(1, "pneumonia", "in", "mimics", "hemoptysis")],
    }


def test_certainty_and_number_of_articles_are_lower_bounds(of: Of) -> None:
    twice = stated("pneumonia", Predicate.CAUSES, "hemoptysis", "ab")
    unlikely = stated("pulmonary-embolism", Predicate.CAUSES, "hemoptysis", "c")
    network = of(twice, unlikely)
    assert [link.claims for link in find_neighbours(network, HEMOPTYSIS, min_certainty=Certainty.POSSIBLE)] == [
        (twice,)
    ]
    assert [link.claims for link in find_neighbours(network, HEMOPTYSIS, min_articles=2)] == [(twice,)]
    assert find_neighbours(network, HEMOPTYSIS, min_articles=3) == ()


def test_a_choice_of_articles_reduces_claims_to_what_these_say_before_the_other_bounds(of: Of) -> None:
    network = of(stated("pneumonia", Predicate.CAUSES, "hemoptysis", "ac"))
    (link,) = find_neighbours(network, HEMOPTYSIS, articles=frozenset("c"))
    assert ([row.article for row in link.claims[0].evidence], link.belief) == (["c"], UNLIKELY)
    asserted = find_neighbours(network, HEMOPTYSIS, articles=frozenset("c"), min_certainty=Certainty.ASSERTED)
    assert (asserted, find_neighbours(network, HEMOPTYSIS, articles=frozenset("b"))) == ((), ())


def test_belief_of_a_neighbour_is_that_of_what_it_affirms_or_else_denies(of: Of) -> None:
    yes = stated("pneumonia", Predicate.CAUSES, "hemoptysis", "c")
    no = stated("pneumonia", Predicate.CAUSES, "hemoptysis", "ab", negated=True)
    beliefs = [find_neighbours(network, HEMOPTYSIS, negated="include")[0].belief for network in (of(yes, no), of(no))]
    assert beliefs == [UNLIKELY, round(1 - (1 - ASSERTED) ** 2, 4)]


def test_a_concept_without_links_has_no_neighbours(of: Of) -> None:
    assert find_neighbours(of(), HEMOPTYSIS) == ()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"depth": 0}, "depth=0: expected 1 to 3"),
        ({"depth": 4}, "depth=4: expected 1 to 3"),
        ({"direction": "up"}, "direction='up': expected out, in or both"),
        ({"negated": "yes"}, "negated='yes': expected exclude, include or only"),
        ({"min_articles": 0}, "min_articles=0: expected 1 or more"),
    ],
)
def test_a_value_no_option_has_is_refused(network: KnowledgeGraph, options: dict[str, object], message: str) -> None:
    with pytest.raises(InvalidArgument) as caught:
        find_neighbours(network, PE, **options)  # type: ignore[arg-type]  # wrong on purpose
    assert str(caught.value) == message


def test_an_unknown_concept_is_refused(network: KnowledgeGraph) -> None:
    with pytest.raises(InvalidArgument, match="concept='etio:nothing'"):
        find_neighbours(network, "etio:nothing")


def test_a_filter_without_conditions_changes_no_claim() -> None:
    claim = stated("pneumonia", Predicate.CAUSES, "hemoptysis", "abc")
    assert Filter().narrow(claim) is claim
