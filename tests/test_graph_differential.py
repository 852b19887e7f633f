"""Which conditions show the findings, and the sums that rank them, done again by hand."""

import math
import re
from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from toygraph import ASSERTED, CONCEPTS, POSSIBLE, claim_between, merged, toy_extractions

import graph.differential
from graph.differential import Candidate, Differential, find_differential
from graph.fitting import DENIAL, MOST_FINDINGS
from graph.frequencies import SHARES
from graph.network import Network
from ontology.article import Article
from ontology.claim import Claim, Concept
from ontology.errors import InvalidArgument
from ontology.terms import Certainty, Kind, Predicate
from ontology.vocabularies import hp_file

PE, HEMOPTYSIS, PNEUMONIA = "etio:pulmonary-embolism", "etio:hemoptysis", "etio:pneumonia"
CHEST_PAIN, PLEURITIC, FEVER = "etio:chest-pain", "etio:pleuritic-pain", "etio:fever"
MORE = (
    Concept(CHEST_PAIN, "chest pain", (Kind.SYMPTOM,)),
    Concept(PLEURITIC, "pleuritic pain", (Kind.SYMPTOM,)),
    Concept(FEVER, "fever", (Kind.SYMPTOM,)),
    Concept("etio:emergency-care", "emergency care", (Kind.CARE_ACTION,)),
    Concept("etio:no-need-to-worry", "no need to worry", (Kind.CARE_ACTION,)),
    Concept("etio:x-ray", "x-ray", (Kind.TEST,)),
)


def network_of(*more: Claim) -> Network:
    """The toy graph with more findings and claims."""
    articles = [extraction.article for extraction in toy_extractions()]
    others = {row.article for claim in more for row in claim.evidence}
    articles += [Article(id=name, title=name, text="x", format="text") for name in sorted(others)]
    return Network.build((*CONCEPTS, *MORE), [*merged(toy_extractions()), *more], articles)


def shows(condition: str, finding: str, *, often: str | None = None, **options: object) -> Claim:
    return claim_between(condition, Predicate.HAS_SYMPTOM, finding, frequency="x", frequency_class=often, **options)  # type: ignore[arg-type]  # whatever `claim_between` takes


def scores(found: Differential) -> list[tuple[str, float, dict[str, float]]]:
    return [(row.concept.label, row.score, dict(row.terms)) for row in found.candidates]


def explained(candidate: Candidate) -> list[tuple[str, str, str, float]]:
    return [(row.fit.finding.label, row.fit.through.label, row.fit.match, row.fit.weight) for row in candidate.explains]


def against(candidate: Candidate) -> list[tuple[str, str, str, float]]:
    return [(row.reason, row.fit.finding.label, row.fit.through.label, row.fit.weight) for row in candidate.against]


def test_the_toy_graph_is_ranked_by_how_well_and_how_often_the_finding_is_shown() -> None:
    found = find_differential(network_of(), [HEMOPTYSIS])
    half, specificity = 0.5, round(1 / (1 + math.log(3)), 4)
    sure, perhaps = round(ASSERTED * half, 4), round(POSSIBLE * half, 4)
    assert [(row.concept.label, row.conditions, row.specificity) for row in found.present] == [
        ("hemoptysis", 3, specificity)
    ]
    assert scores(found) == [
        ("alveolar hemorrhage", sure, {"explained": sure, "uncontradicted": 1}),
        ("pneumonia", perhaps, {"explained": perhaps, "uncontradicted": 1}),
        ("pulmonary embolism", perhaps, {"explained": perhaps, "uncontradicted": 1}),
    ]
    assert [
        row.claims[0].predicate for row in (found.candidates[0].explains[0].fit, found.candidates[1].explains[0].fit)
    ] == [
        Predicate.CAUSES,
        Predicate.HAS_SYMPTOM,
    ]
    assert (found.total, found.truncated, found.red_flags) == (3, False, ())


def test_a_rare_finding_counts_more_than_a_common_one_and_what_is_unexplained_is_said() -> None:
    found = find_differential(network_of(shows("pneumonia", "fever")), [HEMOPTYSIS, FEVER])
    common = round(1 / (1 + math.log(3)), 4)
    first = round((common * round(POSSIBLE / 2, 4) + round(ASSERTED / 2, 4)) / (common + 1), 4)
    second = round(common * round(ASSERTED / 2, 4) / (common + 1), 4)
    assert scores(found)[:2] == [
        ("pneumonia", first, {"explained": first, "uncontradicted": 1}),
        ("alveolar hemorrhage", second, {"explained": second, "uncontradicted": 1}),
    ]
    assert [row.fit.finding.label for row in found.candidates[0].explains] == ["fever", "hemoptysis"]
    assert [[concept.label for concept in row.unexplained] for row in found.candidates[:2]] == [[], ["fever"]]


@pytest.mark.parametrize(
    ("often", "share"),
    [("HP:0040280", 1.0), ("HP:0040281", 0.895), ("HP:0040284", 0.025), (None, 0.5), ("HP:0000001", 0.5)],
)
def test_a_frequency_class_weighs_as_the_middle_of_its_range(often: str | None, share: float) -> None:
    found = find_differential(network_of(shows("pneumonia", "fever", often=often)), [FEVER])
    (row,) = found.candidates[0].explains
    assert row.fit.terms == (("belief", ASSERTED), ("relation", 1.0), ("match", 1.0), ("frequency", share))
    assert row.fit.weight == round(ASSERTED * share, 4)


def test_classes_that_contradict_each_other_count_as_none() -> None:
    rows = [shows("pneumonia", "fever", often=often, articles=(often,)) for often in ("HP:0040280", "HP:0040284")]
    both = Claim(PNEUMONIA, Predicate.HAS_SYMPTOM, FEVER, False, (*rows[0].evidence, *rows[1].evidence))  # noqa: FBT003
    (row,) = find_differential(network_of(both), [FEVER]).candidates[0].explains
    assert dict(row.fit.terms)["frequency"] == 0.5


def test_the_shares_are_in_the_ranges_that_hpo_defines() -> None:
    defined = dict(re.findall(r'^id: (HP:\d+)\nname: .*\n(?:.+\n)*?def: "([^"]*)"', hp_file().read_text(), re.M))
    ranges = {
        "HP:0040280": "100%", "HP:0040281": "80% to 99%", "HP:0040282": "30% to 79%", "HP:0040283": "5% to 29%",
        "HP:0040284": "1% to 4%", "HP:0040285": "0%",
    }  # fmt: skip
    assert [curie for curie, text in ranges.items() if f" {text} of the cases" not in defined[curie]] == []
    middles = {
        curie: sum(float(end.rstrip("%")) for end in text.split(" to ")) / len(text.split(" to ")) / 100
        for curie, text in ranges.items()
    }
    assert dict(SHARES) == pytest.approx(middles)


def test_a_kind_of_the_finding_explains_it_and_what_it_is_a_kind_of_less() -> None:
    is_a = claim_between("pleuritic-pain", Predicate.IS_A, "chest-pain")
    network = network_of(is_a, shows("pneumonia", "pleuritic-pain"), shows("pulmonary-embolism", "chest-pain"))
    whole = round(ASSERTED / 2, 4)
    narrow, broad = round(ASSERTED * 0.8 / 2, 4), round(ASSERTED * 0.5 / 2, 4)
    general = find_differential(network, [CHEST_PAIN]).candidates
    special = find_differential(network, [PLEURITIC]).candidates
    assert [(row.concept.label, explained(row)) for row in general] == [
        ("pulmonary embolism", [("chest pain", "chest pain", "same", whole)]),
        ("pneumonia", [("chest pain", "pleuritic pain", "narrower", narrow)]),
    ]
    assert [(row.concept.label, explained(row)) for row in special] == [
        ("pneumonia", [("pleuritic pain", "pleuritic pain", "same", whole)]),
        ("pulmonary embolism", [("pleuritic pain", "chest pain", "broader", broad)]),
    ]
    assert [row.explains[0].fit.is_a for row in general] == [(), (is_a,)]


def test_is_a_is_followed_two_links_and_not_in_a_circle() -> None:
    kinds = ("fever", "chest-pain", "pleuritic-pain", "hemoptysis")
    chain = [claim_between(low, Predicate.IS_A, high) for low, high in pairwise(kinds)]
    circle = claim_between("hemoptysis", Predicate.IS_A, "fever")
    network = network_of(*chain, shows("pneumonia", "fever"))
    far = find_differential(network, [PLEURITIC]).candidates
    assert [explained(row) for row in far if row.concept.id == PNEUMONIA] == [
        [("pleuritic pain", "fever", "narrower", round(ASSERTED * 0.64 / 2, 4))]
    ]
    further = find_differential(network, [HEMOPTYSIS]).candidates
    assert [explained(row)[0][1] for row in further] == ["hemoptysis"] * 3
    assert find_differential(network_of(*chain, circle), [FEVER]).total == 3


def test_an_absent_finding_or_a_kind_of_it_speaks_against_who_shows_it() -> None:
    is_a = claim_between("pleuritic-pain", Predicate.IS_A, "chest-pain")
    network = network_of(
        is_a,
        shows("pneumonia", "pleuritic-pain", often="HP:0040280"),
        shows("pulmonary-embolism", "fever", often="HP:0040284"),
    )
    found = find_differential(network, [HEMOPTYSIS], [CHEST_PAIN, FEVER])
    perhaps = round(POSSIBLE / 2, 4)
    strong, weak = round(ASSERTED * 0.8, 4), round(ASSERTED * 0.025, 4)
    assert {row.concept.label: against(row) for row in found.candidates} == {
        "alveolar hemorrhage": [],
        "pneumonia": [("absent", "chest pain", "pleuritic pain", strong)],
        "pulmonary embolism": [("absent", "fever", "fever", weak)],
    }
    assert scores(found)[1:] == [
        (
            label,
            round(perhaps * round(1 - doubt, 4), 6),
            {"explained": perhaps, "uncontradicted": round(1 - doubt, 4)},
        )
        for label, doubt in (("pulmonary embolism", weak), ("pneumonia", strong))
    ]
    special = find_differential(network_of(is_a, shows("pneumonia", "chest-pain")), [HEMOPTYSIS], [PLEURITIC])
    assert [against(row) for row in special.candidates] == [[], [], []]


def test_a_denied_claim_speaks_against_a_condition_that_another_claim_speaks_for() -> None:
    is_a = claim_between("pleuritic-pain", Predicate.IS_A, "chest-pain")
    network = network_of(
        is_a,
        claim_between("pneumonia", Predicate.CAUSES, "hemoptysis", negated=True),
        shows("pneumonia", "chest-pain", negated=True),
    )
    (pneumonia,) = [
        row for row in find_differential(network, [HEMOPTYSIS, PLEURITIC]).candidates if row.concept.id == PNEUMONIA
    ]
    assert against(pneumonia) == [
        ("denied", "hemoptysis", "hemoptysis", round(DENIAL * ASSERTED, 4)),
        ("denied", "pleuritic pain", "chest pain", round(DENIAL * ASSERTED * 0.5, 4)),
    ]
    assert [row.fit.claims[0].negated for row in pneumonia.against] == [True, True]
    assert explained(pneumonia) == [("hemoptysis", "hemoptysis", "same", round(POSSIBLE / 2, 4))]


def test_a_condition_that_is_only_denied_to_show_a_finding_is_no_candidate() -> None:
    network = network_of(shows("pneumonia", "fever", negated=True))
    assert (find_differential(network, [FEVER]).total, find_differential(network, [FEVER]).candidates) == (0, ())


def test_red_flags_come_from_the_findings_and_from_the_condition_and_reassurance_is_none() -> None:
    network = network_of(
        claim_between("hemoptysis", Predicate.WARRANTS, "emergency-care"),
        claim_between("hemoptysis", Predicate.WARRANTS, "no-need-to-worry"),
        claim_between("pulmonary-embolism", Predicate.WARRANTS, "emergency-care"),
        claim_between("pulmonary-embolism", Predicate.WARRANTS, "no-need-to-worry"),
    )
    found = find_differential(network, [HEMOPTYSIS, HEMOPTYSIS])
    assert [(flag.of.label, flag.concept.label) for flag in found.red_flags] == [("hemoptysis", "emergency care")]
    assert {row.concept.label: [flag.concept.label for flag in row.red_flags] for row in found.candidates} == {
        "alveolar hemorrhage": [],
        "pneumonia": [],
        "pulmonary embolism": ["emergency care"],
    }


def test_the_test_that_finds_none_of_the_next_conditions_comes_first() -> None:
    network = network_of(
        claim_between("x-ray", Predicate.DIAGNOSES, "pneumonia", articles=("one", "two")),
        claim_between("x-ray", Predicate.DIAGNOSES, "alveolar-hemorrhage"),
        claim_between(
            "ct-pulmonary-angiography", Predicate.DIAGNOSES, "alveolar-hemorrhage", certainty=Certainty.POSSIBLE
        ),
    )
    found = find_differential(network, [HEMOPTYSIS])
    assert [
        (
            row.concept.label,
            [rival.label for rival in row.rivals],
            [(test.link.concept.label, [other.label for other in test.tells_from]) for test in row.tests],
        )
        for row in found.candidates
    ] == [
        (
            "alveolar hemorrhage",
            ["pneumonia", "pulmonary embolism"],
            [("x-ray", ["pulmonary embolism"]), ("CT pulmonary angiography", ["pneumonia"])],
        ),
        ("pneumonia", ["pulmonary embolism", "alveolar hemorrhage"], [("x-ray", ["pulmonary embolism"])]),
        (
            "pulmonary embolism",
            ["alveolar hemorrhage", "pneumonia"],
            [("CT pulmonary angiography", ["pneumonia"])],
        ),
    ]


def test_a_condition_that_is_itself_absent_is_left_out_and_not_counted() -> None:
    found = find_differential(network_of(), [HEMOPTYSIS], [PNEUMONIA])
    assert [row.concept.label for row in found.candidates] == ["alveolar hemorrhage", "pulmonary embolism"]
    assert found.present[0].conditions == 2


def test_only_claims_within_the_bounds_count() -> None:
    network = network_of()
    sure = find_differential(network, [HEMOPTYSIS], min_certainty=Certainty.ASSERTED)
    assert [row.concept.label for row in sure.candidates] == ["alveolar hemorrhage"]
    assert find_differential(network, [HEMOPTYSIS], min_articles=2).total == 0


def test_a_finding_that_nothing_shows_takes_no_part() -> None:
    alone, beside = (find_differential(network_of(), asked) for asked in ([HEMOPTYSIS], [HEMOPTYSIS, FEVER]))
    assert scores(alone) == scores(beside)
    assert [(row.concept.label, row.conditions, row.specificity) for row in beside.present][1:] == [("fever", 0, 0.0)]


def test_the_ranking_is_given_in_stretches_and_at_its_limit_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    network = network_of(shows("pneumonia", "fever"))
    whole = find_differential(network, [HEMOPTYSIS, FEVER])
    parts = [find_differential(network, [HEMOPTYSIS, FEVER], limit=1, offset=place) for place in range(3)]
    assert [part.candidates for part in parts] == [(candidate,) for candidate in whole.candidates]
    monkeypatch.setattr(graph.differential, "MOST_CLAIMS", 2)
    cut = find_differential(network, [HEMOPTYSIS, FEVER])
    assert (cut.truncated, [(row.concept.label, row.conditions) for row in cut.present]) == (
        True,
        [("hemoptysis", 1), ("fever", 1)],
    )


@pytest.mark.parametrize(
    ("present", "absent", "said"),
    [
        ([], [], "present="),
        ([HEMOPTYSIS, FEVER], [FEVER], "absent='fever'"),
        (["etio:nothing"], [], "present='etio:nothing'"),
        ([HEMOPTYSIS], ["etio:nothing"], "absent='etio:nothing'"),
    ],
)
def test_a_question_that_cannot_be_asked_is_an_error(present: Sequence[str], absent: Sequence[str], said: str) -> None:
    with pytest.raises(InvalidArgument, match=said):
        find_differential(network_of(), present, absent)


def test_too_many_findings_are_an_error() -> None:
    many = [
        Concept(f"etio:finding-{number}", f"finding {number}", (Kind.SYMPTOM,)) for number in range(MOST_FINDINGS + 1)
    ]
    network = Network.build(many, (), ())
    with pytest.raises(InvalidArgument, match="51 findings"):
        find_differential(network, [concept.id for concept in many])


NAMES = ("a", "b", "c", "d")
LINKS = st.tuples(
    st.sampled_from(NAMES),
    st.sampled_from([Predicate.HAS_SYMPTOM, Predicate.CAUSES, Predicate.HAS_COMPLICATION, Predicate.IS_A]),
    st.sampled_from(NAMES),
    st.booleans(),
    st.sampled_from(Certainty),
)


@given(
    st.lists(LINKS, max_size=14, unique_by=lambda row: row[:4]),
    st.lists(st.sampled_from(NAMES), min_size=1, max_size=4),
    st.sets(st.sampled_from(NAMES), max_size=2),
)
def test_the_score_can_always_be_done_again_from_what_is_answered(
    links: list[tuple[str, Predicate, str, bool, Certainty]], present: list[str], absent: set[str]
) -> None:
    concepts = [Concept(f"etio:{name}", name, (Kind.CONDITION, Kind.SYMPTOM)) for name in NAMES]
    claims = [
        claim_between(subject, predicate, target, negated=negated, certainty=certainty)
        for subject, predicate, target, negated, certainty in links
        if subject != target
    ]
    network = Network.build(concepts, claims, [Article(id="more", title="more", text="x", format="text")])
    asked = [f"etio:{name}" for name in present]
    found = find_differential(network, asked, sorted(f"etio:{name}" for name in absent - set(present)))
    whole = sum(row.specificity for row in found.present)
    for candidate in found.candidates:
        told = sum(row.finding.specificity * row.fit.weight for row in candidate.explains)
        doubts = math.prod(round(1 - row.fit.weight, 4) for row in candidate.against)
        assert dict(candidate.terms) == pytest.approx({"explained": told / whole, "uncontradicted": doubts}, abs=6e-5)
        assert candidate.score == pytest.approx(math.prod(value for _, value in candidate.terms), abs=6e-7)
        for fit in [row.fit for row in candidate.explains] + [row.fit for row in candidate.against]:
            assert fit.weight == pytest.approx(math.prod(value for _, value in fit.terms), abs=6e-5)
            assert 0 <= fit.weight <= 1
        explained_and_not = {row.fit.finding.id for row in candidate.explains} | {
            row.id for row in candidate.unexplained
        }
        assert explained_and_not == set(asked)
    order = [(-row.score, -len(row.explains), row.concept.label) for row in found.candidates]
    assert order == sorted(order)
    assert found == find_differential(network, asked, sorted(f"etio:{name}" for name in absent - set(present)))


@given(
    st.lists(
        st.tuples(
            st.integers(0, 11),
            st.sampled_from([HEMOPTYSIS, CHEST_PAIN, FEVER]),
            st.sampled_from([*SHARES, None]),
            st.sampled_from([Predicate.HAS_SYMPTOM, Predicate.HAS_COMPLICATION]),
            st.booleans(),
        ),
        min_size=8,
        max_size=30,
        unique_by=lambda row: (row[0], row[1], *row[3:]),
    ),
    st.integers(0, 3),
)
def test_what_is_ranked_far_behind_need_not_be_looked_at(
    rows: list[tuple[int, str, str | None, Predicate, bool]], offset: int
) -> None:
    conditions = [Concept(f"etio:condition-{number}", f"condition {number}", (Kind.CONDITION,)) for number in range(12)]
    claims = [
        claim_between(
            f"condition-{number}",
            relation,
            finding.removeprefix("etio:"),
            negated=negated,
            frequency="x",
            frequency_class=often,
        )
        for number, finding, often, relation, negated in rows
    ]
    article = Article(id="more", title="more", text="x", format="text")
    network = Network.build((*CONCEPTS, *MORE, *conditions), claims, [article])
    whole = find_differential(network, [HEMOPTYSIS, CHEST_PAIN], [FEVER], limit=100)
    part = find_differential(network, [HEMOPTYSIS, CHEST_PAIN], [FEVER], limit=2, offset=offset)
    assert part.candidates == whole.candidates[offset : offset + 2]
    assert (part.total, part.present) == (len(whole.candidates), whole.present)
