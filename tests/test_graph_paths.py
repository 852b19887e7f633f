import math
from collections.abc import Iterator
from itertools import pairwise, permutations

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from toygraph import ASSERTED, CONCEPTS, POSSIBLE, claim_between, merged, toy_extractions

import graph.search
from graph.network import Network
from graph.paths import Path, PathAnswer, find_paths
from graph.ranks import RankName, score
from graph.wording import VERBS
from ontology.article import Article
from ontology.claim import Claim, Concept
from ontology.errors import InvalidArgument
from ontology.terms import SYMMETRIC, Certainty, Kind, Predicate

PE, HEMOPTYSIS = "etio:pulmonary-embolism", "etio:hemoptysis"
CHAIN = [
    "pulmonary embolism",
    "reduced pulmonary blood flow",
    "pulmonary infarction",
    "alveolar hemorrhage",
    "hemoptysis",
]


def toy(*more: Claim, concepts: tuple[Concept, ...] = ()) -> Network:
    extractions = toy_extractions()
    articles = [extraction.article for extraction in extractions]
    others = {statement.article for claim in more for statement in claim.evidence}
    articles += [Article(id=name, title=name, text="x", format="text") for name in sorted(others)]
    return Network.build((*CONCEPTS, *concepts), [*merged(extractions), *more], articles)


def labels(path: Path) -> list[str]:
    return [node.label for node in path.nodes]


def routes(answer: PathAnswer) -> list[list[str]]:
    return [labels(path) for path in answer.paths]


def test_the_mechanism_comes_before_the_bare_link() -> None:
    answer = find_paths(toy(), PE, HEMOPTYSIS)
    assert [path.text for path in answer.paths] == [
        (
            "pulmonary embolism causes reduced pulmonary blood flow, which may cause pulmonary infarction, "
            "which causes alveolar hemorrhage, which causes hemoptysis"
        ),
        "pulmonary embolism may have the symptom hemoptysis",
    ]
    assert (answer.total, answer.pruned, answer.truncated) == (2, {}, False)


def test_a_path_says_its_hops_claims_and_weakest_link() -> None:
    path = find_paths(toy(), PE, HEMOPTYSIS).paths[0]
    assert (path.rank, labels(path)) == (1, CHAIN)
    assert [(hop.subject, hop.predicate.value, hop.object, hop.inverted, hop.belief) for hop in path.hops] == [
        ("etio:pulmonary-embolism", "causes", "etio:reduced-pulmonary-blood-flow", False, ASSERTED),
        ("etio:reduced-pulmonary-blood-flow", "causes", "etio:pulmonary-infarction", False, POSSIBLE),
        ("etio:pulmonary-infarction", "causes", "etio:alveolar-hemorrhage", False, ASSERTED),
        ("etio:alveolar-hemorrhage", "causes", "etio:hemoptysis", False, ASSERTED),
    ]
    assert path.weakest is path.hops[1]
    assert {statement.article for hop in path.hops for statement in hop.claims[0].evidence} == {"lung-clots"}


def test_the_score_of_the_toy_chain_can_be_done_by_hand() -> None:
    path = find_paths(toy(), PE, HEMOPTYSIS).paths[0]
    degree_two = math.sqrt(20 / 22)
    assert dict(path.terms) == {
        "belief": round(math.sqrt(round((ASSERTED**3 * POSSIBLE) ** 0.25, 4)), 4),
        "causality": 1.0,
        "detail": round(4 / 11, 4),
        "mechanism": 1.0,
        "specificity": round(degree_two, 4),
        "coherence": 1.0,
        "brevity": round(0.98**3, 4),
    }
    assert path.score == round(math.prod(value for _, value in path.terms), 6)


@pytest.mark.parametrize("rank", ["explanation", "length", "belief", "specificity"])
def test_every_rank_gives_terms_that_make_up_its_score_and_orders_by_it(rank: RankName) -> None:
    paths = find_paths(toy(), PE, HEMOPTYSIS, rank=rank).paths
    assert [path.score for path in paths] == [score(path.terms) for path in paths]
    assert [path.score for path in paths] == sorted((path.score for path in paths), reverse=True)
    assert [path.rank for path in paths] == [1, 2]


def test_by_length_and_by_belief_the_bare_link_comes_first_and_by_specificity_the_chain() -> None:
    first = {
        rank: len(find_paths(toy(), PE, HEMOPTYSIS, rank=rank).paths[0].hops)
        for rank in ("length", "belief", "specificity")
    }
    assert first == {"length": 1, "belief": 1, "specificity": 4}


def test_specificity_is_the_path_degree_product() -> None:
    paths = find_paths(toy(), PE, HEMOPTYSIS, rank="specificity").paths
    assert [dict(path.terms) for path in paths] == [
        {f"damping of hop {number}": 1.0 for number in (1, 2, 3, 4)},
        {"damping of hop 1": 0.7071},  # two conditions have the symptom
    ]


def test_a_detour_through_a_common_symptom_comes_after_every_causal_chain() -> None:
    cough = Concept("etio:cough", "cough", (Kind.SYMPTOM,))
    inflammation = Concept("etio:inflammation", "airway inflammation", (Kind.MECHANISM,))
    network = toy(
        claim_between("pulmonary-embolism", Predicate.HAS_SYMPTOM, "cough"),
        claim_between("cough", Predicate.ASSOCIATED_WITH, "hemoptysis"),
        claim_between("pulmonary-embolism", Predicate.CAUSES, "inflammation", certainty=Certainty.POSSIBLE),
        claim_between("inflammation", Predicate.CAUSES, "hemoptysis", certainty=Certainty.POSSIBLE),
        concepts=(cough, inflammation),
    )
    assert routes(find_paths(network, PE, HEMOPTYSIS)) == [
        CHAIN,
        ["pulmonary embolism", "airway inflammation", "hemoptysis"],
        ["pulmonary embolism", "hemoptysis"],
        ["pulmonary embolism", "cough", "hemoptysis"],
    ]


def test_a_full_chain_comes_before_its_own_shortcut() -> None:
    network = toy(claim_between("reduced-pulmonary-blood-flow", Predicate.CAUSES, "alveolar-hemorrhage"))
    assert routes(find_paths(network, PE, HEMOPTYSIS))[:2] == [CHAIN, [*CHAIN[:2], *CHAIN[3:]]]


def test_a_provisional_concept_tells_less_than_a_known_one() -> None:
    known = Concept("etio:leak", "leak", (Kind.MECHANISM,))
    minted = Concept("etiop:seep", "seep", (Kind.MECHANISM,), provisional=True)
    network = toy(
        claim_between("pulmonary-embolism", Predicate.CAUSES, "leak"),
        claim_between("leak", Predicate.CAUSES, "hemoptysis"),
        Claim(
            PE, Predicate.CAUSES, minted.id, negated=False, evidence=claim_between("a", Predicate.CAUSES, "b").evidence
        ),
        Claim(
            minted.id,
            Predicate.CAUSES,
            HEMOPTYSIS,
            negated=False,
            evidence=claim_between("a", Predicate.CAUSES, "b").evidence,
        ),
        concepts=(known, minted),
    )
    mechanism = {labels(path)[1]: dict(path.terms)["mechanism"] for path in find_paths(network, PE, HEMOPTYSIS).paths}
    assert (mechanism["leak"], mechanism["seep"]) == (1.0, 0.8)


def test_several_relations_between_two_concepts_are_one_hop_that_lists_the_others() -> None:
    network = toy(claim_between("pulmonary-embolism", Predicate.CAUSES, "hemoptysis"))
    (direct,) = (path for path in find_paths(network, PE, HEMOPTYSIS).paths if len(path.hops) == 1)
    (hop,) = direct.hops
    assert (hop.predicate, [other.predicate for other in hop.others]) == (Predicate.CAUSES, [Predicate.HAS_SYMPTOM])


def test_a_hop_shows_who_denies_it() -> None:
    denial = claim_between("pulmonary-embolism", Predicate.HAS_SYMPTOM, "hemoptysis", negated=True)
    answer = find_paths(toy(denial), PE, HEMOPTYSIS, rank="length")
    assert [stated.negated for stated in answer.paths[0].hops[0].claims] == [False, True]
    assert answer.pruned == {"negated": 1}


def test_a_denied_claim_is_never_walked_and_is_counted() -> None:
    answer = find_paths(toy(), "etio:anticoagulants", HEMOPTYSIS)
    assert (answer.paths, answer.total, answer.pruned) == ((), 0, {"negated": 1})


def test_tests_treatments_and_places_are_no_steps_of_an_explanation_unless_asked_for() -> None:
    assert find_paths(toy(), "etio:ct-pulmonary-angiography", HEMOPTYSIS).paths == ()
    asked = frozenset({Predicate.DIAGNOSES, Predicate.HAS_SYMPTOM})
    answer = find_paths(toy(), "etio:ct-pulmonary-angiography", HEMOPTYSIS, predicates=asked)
    assert [path.text for path in answer.paths] == [
        "CT pulmonary angiography diagnoses pulmonary embolism, which may have the symptom hemoptysis"
    ]
    assert answer.pruned == {"predicate": 4}  # the four links of the chain


def test_a_kind_does_what_the_general_does_and_not_the_other_way_round() -> None:
    massive = Concept("etio:massive-embolism", "massive embolism", (Kind.CONDITION,))
    network = toy(claim_between("massive-embolism", Predicate.IS_A, "pulmonary-embolism"), concepts=(massive,))
    assert (
        find_paths(network, massive.id, HEMOPTYSIS)
        .paths[0]
        .text.startswith("massive embolism is a kind of pulmonary embolism, which causes reduced")
    )
    assert find_paths(network, PE, massive.id).paths == ()


def test_without_direction_claims_are_walked_backwards_and_say_so() -> None:
    answer = find_paths(toy(), HEMOPTYSIS, "etio:anticoagulants", directed=False, max_hops=2)
    assert [path.text for path in answer.paths] == [
        "hemoptysis may be a symptom of pulmonary embolism, which is treated with anticoagulants"
    ]
    assert [(hop.subject, hop.object, hop.inverted) for hop in answer.paths[0].hops] == [
        (PE, HEMOPTYSIS, True),
        ("etio:anticoagulants", PE, True),
    ]
    assert answer.pruned == {"negated": 1}


def test_a_shared_care_action_joins_nothing_unless_it_is_asked_for() -> None:
    spotting = Concept("etio:spotting", "spotting", (Kind.SYMPTOM,))
    doctor = Concept("etio:see-a-doctor", "see a doctor", (Kind.CARE_ACTION,))
    warranting = [claim_between(name, Predicate.WARRANTS, "see-a-doctor") for name in ("hemoptysis", "spotting")]
    network = toy(*warranting, concepts=(spotting, doctor))
    assert find_paths(network, HEMOPTYSIS, spotting.id, directed=False).paths == ()
    asked = find_paths(network, HEMOPTYSIS, spotting.id, directed=False, via_kinds=frozenset({Kind.CARE_ACTION}))
    assert [[node.id for node in path.nodes] for path in asked.paths] == [[HEMOPTYSIS, doctor.id, spotting.id]]
    (path,) = find_paths(network, spotting.id, doctor.id, directed=False, max_hops=1).paths
    assert path.text == "spotting calls for see a doctor"


def test_a_symmetric_relation_is_walked_both_ways_and_never_inverted() -> None:
    network = toy(claim_between("hemoptysis", Predicate.ASSOCIATED_WITH, "pneumonia"))
    (path,) = find_paths(network, HEMOPTYSIS, "etio:pneumonia").paths
    (back,) = (path for path in find_paths(network, "etio:pneumonia", HEMOPTYSIS, rank="belief").paths)
    hops = [*path.hops, *back.hops]
    assert [(hop.subject, hop.predicate, hop.object, hop.inverted) for hop in hops] == [
        (HEMOPTYSIS, Predicate.ASSOCIATED_WITH, "etio:pneumonia", False),
        ("etio:pneumonia", Predicate.ASSOCIATED_WITH, HEMOPTYSIS, False),
    ]


def test_what_can_be_mistaken_for_another_explains_nothing() -> None:
    network = toy(claim_between("pneumonia", Predicate.MIMICS, "pulmonary-embolism"))
    assert routes(find_paths(network, "etio:pneumonia", HEMOPTYSIS)) == [["pneumonia", "hemoptysis"]]


def test_filters_leave_links_out_and_count_them() -> None:
    network = toy()
    possible = find_paths(network, PE, HEMOPTYSIS, min_certainty=Certainty.ASSERTED)
    assert (possible.paths, possible.pruned) == ((), {"min_certainty": 2})
    articles = find_paths(network, PE, HEMOPTYSIS, min_articles=2)
    assert (articles.paths, articles.pruned) == ((), {"min_articles": 5})
    avoiding = find_paths(network, PE, HEMOPTYSIS, avoid=frozenset({"etio:pulmonary-infarction"}))
    assert (routes(avoiding), avoiding.pruned) == ([["pulmonary embolism", "hemoptysis"]], {"avoid": 2})


def test_via_keeps_the_paths_that_pass_there_and_counts_the_others() -> None:
    via = find_paths(toy(), PE, HEMOPTYSIS, via=frozenset({"etio:pulmonary-infarction", "etio:alveolar-hemorrhage"}))
    kinds = find_paths(toy(), PE, HEMOPTYSIS, via_kinds=frozenset({Kind.MECHANISM}))
    assert (routes(via), via.total, via.pruned) == ([CHAIN], 1, {"via": 1})
    assert (routes(kinds), kinds.total, kinds.pruned) == ([CHAIN], 1, {"via_kinds": 1})
    assert find_paths(toy(), PE, HEMOPTYSIS, via_kinds=frozenset({Kind.TEST})).total == 0


def test_a_bound_on_hops_is_kept_and_what_is_out_of_reach_is_not_counted_as_pruned() -> None:
    answer = find_paths(toy(), PE, HEMOPTYSIS, max_hops=3, min_certainty=Certainty.ASSERTED)
    assert (answer.paths, answer.pruned) == ((), {"min_certainty": 1})


def test_the_best_k_are_answered_and_all_are_counted() -> None:
    answer = find_paths(toy(), PE, HEMOPTYSIS, k=1)
    assert (routes(answer), answer.total) == ([CHAIN], 2)


def test_a_search_that_stops_early_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(graph.search, "MOST_VISITS", 2)
    answer = find_paths(toy(), PE, HEMOPTYSIS)
    assert (routes(answer), answer.truncated) == ([["pulmonary embolism", "hemoptysis"]], True)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"max_hops": 0}, "max_hops=0: expected 1 to 8"),
        ({"max_hops": 9}, "max_hops=9: expected 1 to 8"),
        ({"k": 0}, "k=0: expected 1 to 50"),
        ({"k": 51}, "k=51: expected 1 to 50"),
        ({"min_articles": 0}, "min_articles=0: expected 1 or more"),
        ({"rank": "beauty"}, "rank='beauty': expected one of explanation, length, belief, specificity"),
        ({"avoid": frozenset({PE})}, f"avoid='{PE}': expected concepts other than source and target"),
        (
            {"via": frozenset({HEMOPTYSIS})},
            f"via='{HEMOPTYSIS}': expected concepts other than source, target and those to avoid",
        ),
        ({"via": frozenset({"etio:nothing"})}, "via='etio:nothing': expected the id of a concept in the graph"),
    ],
)
def test_a_value_out_of_range_is_refused(options: dict[str, object], message: str) -> None:
    with pytest.raises(InvalidArgument) as caught:
        find_paths(toy(), PE, HEMOPTYSIS, **options)  # type: ignore[arg-type]  # wrong on purpose
    assert str(caught.value).startswith(message)


@pytest.mark.parametrize(
    ("source", "target", "message"),
    [
        ("etio:nothing", HEMOPTYSIS, "source='etio:nothing'"),
        (PE, "etio:nothing", "target='etio:nothing'"),
        (PE, PE, f"target='{PE}': expected another concept than the source"),
    ],
)
def test_ends_that_are_unknown_or_the_same_are_refused(source: str, target: str, message: str) -> None:
    with pytest.raises(InvalidArgument) as caught:
        find_paths(toy(), source, target)
    assert str(caught.value).startswith(message)


def test_every_relation_has_words_in_both_directions() -> None:
    assert set(VERBS) == set(Predicate)
    assert len({(verb.fact, verb.inverse) for verb in VERBS.values()}) == len(Predicate)


def test_an_unlikely_step_is_worded_so() -> None:
    network = toy(claim_between("pneumonia", Predicate.CAUSES, "alveolar-hemorrhage", certainty=Certainty.UNLIKELY))
    (path,) = (path for path in find_paths(network, "etio:pneumonia", "etio:alveolar-hemorrhage").paths)
    assert path.text == "pneumonia is unlikely to cause alveolar hemorrhage"


SMALL = tuple(Concept(f"etio:{name}", name, (Kind.MECHANISM,)) for name in "abcdef")
WALKED = (Predicate.CAUSES, Predicate.HAS_SYMPTOM, Predicate.ASSOCIATED_WITH)


@st.composite
def small_networks(draw: st.DrawFn) -> Network:
    rows = draw(st.sets(st.tuples(st.sampled_from("abcdef"), st.sampled_from(WALKED), st.sampled_from("abcdef"))))
    kept = [row for row in sorted(rows) if row[0] != row[2] and not (row[1] in SYMMETRIC and row[0] > row[2])]
    article = Article(id="more", title="more", text="x", format="text")
    return Network.build(SMALL, [claim_between(*row) for row in kept], [article])


def every_route(network: Network, directed: bool, longest: int) -> Iterator[tuple[str, ...]]:
    """By trying out every order of every choice of concepts between the ends."""
    edges = {(source, target) for source, target in network.multigraph.edges()}
    both = {
        (source, target)
        for source, target, values in network.multigraph.edges(data=True)
        if not directed or values["predicate"] == "associated_with"
    }
    edges |= {(target, source) for source, target in both}
    for count in range(longest):
        for between in permutations("bcde", count):
            route = ("etio:a", *(f"etio:{name}" for name in between), "etio:f")
            if all(edge in edges for edge in pairwise(route)):
                yield route


@given(small_networks(), st.booleans(), st.integers(1, 5))
def test_the_search_finds_exactly_the_simple_paths_there_are(network: Network, directed: bool, longest: int) -> None:
    answer = find_paths(network, "etio:a", "etio:f", directed=directed, max_hops=longest, k=50)
    found = [tuple(node.id for node in path.nodes) for path in answer.paths]
    expected = sorted(every_route(network, directed, longest))
    assert answer.total == len(expected)
    assert len(found) == len(set(found)) == min(50, len(expected))
    assert set(found) <= set(expected)


@given(small_networks())
def test_the_shortest_path_is_as_long_as_networkx_says(network: Network) -> None:
    simple: nx.DiGraph[str] = nx.DiGraph(network.multigraph)
    for source, target, values in network.multigraph.edges(data=True):
        if values["predicate"] == "associated_with":
            simple.add_edge(target, source)
    answer = find_paths(network, "etio:a", "etio:f", rank="length")
    assert bool(answer.paths) == nx.has_path(simple, "etio:a", "etio:f")
    if answer.paths:
        assert len(answer.paths[0].hops) == nx.shortest_path_length(simple, "etio:a", "etio:f")
