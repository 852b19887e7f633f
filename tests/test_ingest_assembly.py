"""From candidates to claims: checked, oriented, merged, sorted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.arguments import Argument
from ingest.assembly import Stated, assemble, is_consistent
from ingest.assertion import Assertion
from ingest.provisional import mint
from ingest.reading import Candidate
from ontology.article import Article, Extraction
from ontology.claim import Concept
from ontology.terms import Certainty, Kind, Predicate

TEXT = "Smoke can cause a cough. Smoke causes a cough. Smoke does not cause asthma."
ARTICLE = Article(id="smoke", title="Smoke", text=TEXT, format="text")
SENTENCES = ((0, 24), (25, 46), (47, 75))


def known(name: str, *kinds: Kind, qualifier: str | None = None) -> Argument:
    return Argument(Concept(f"etio:{name}", name, kinds), name, kinds[0], qualifier=qualifier)


SMOKE, COUGH, ASTHMA = known("smoke", Kind.AGENT), known("cough", Kind.SYMPTOM), known("asthma", Kind.CONDITION)
LUNG, DRUG, CLOT = known("lung", Kind.ANATOMY), known("drug", Kind.TREATMENT), known("clot", Kind.MECHANISM)


def candidate(
    subject: Argument,
    predicate: Predicate,
    object: Argument,
    *,
    assertion: Assertion | None = None,
    rule: str = "cause-verb",
    qualifier: str | None = None,
) -> Candidate:
    return Candidate(subject, predicate, object, assertion or Assertion(), rule, qualifier)


def assembled(*stated: Stated) -> Extraction:
    return assemble(ARTICLE, stated, extractor="etiograph/test", sentences=3)


def said(sentence: int, statement: Candidate, *section: str) -> Stated:
    return Stated(statement, *SENTENCES[sentence], section)


POSSIBLE = said(
    0, candidate(SMOKE, Predicate.CAUSES, COUGH, assertion=Assertion(certainty=Certainty.POSSIBLE, cue="can"))
)
ASSERTED = said(1, candidate(SMOKE, Predicate.CAUSES, COUGH))
DENIED = said(2, candidate(SMOKE, Predicate.CAUSES, ASTHMA, assertion=Assertion(negated=True, cue="not")))


def test_nothing_stated_is_an_empty_extraction() -> None:
    assert assembled() == Extraction(ARTICLE, (), (), 3, extractor="etiograph/test")


def test_statements_of_one_claim_are_merged_and_its_evidence_stands_in_order() -> None:
    found = assembled(ASSERTED, POSSIBLE)
    (claim,) = found.claims
    assert (claim.subject, claim.predicate, claim.object, claim.negated) == (
        "etio:smoke",
        "causes",
        "etio:cough",
        False,
    )
    assert [(each.quote, each.start, each.end, each.certainty, each.certainty_cue) for each in claim.evidence] == [
        ("Smoke can cause a cough.", 0, 24, Certainty.POSSIBLE, "can"),
        ("Smoke causes a cough.", 25, 46, Certainty.ASSERTED, None),
    ]
    assert found.concepts == (COUGH.concept, SMOKE.concept)


@pytest.mark.parametrize("backwards", [False, True])
def test_one_sentence_read_twice_by_one_rule_is_one_statement_with_its_hedge(backwards: bool) -> None:
    hedged = Assertion(certainty=Certainty.POSSIBLE, cue="can")
    twins = [said(0, candidate(SMOKE, Predicate.CAUSES, COUGH, assertion=each)) for each in (Assertion(), hedged)]
    (claim,) = assembled(*(reversed(twins) if backwards else twins)).claims
    assert [(each.certainty, each.certainty_cue) for each in claim.evidence] == [(Certainty.POSSIBLE, "can")]


def test_one_sentence_read_by_two_rules_is_two_statements() -> None:
    rules = ("cause-verb", "lead-to")
    (claim,) = assembled(*(said(1, candidate(SMOKE, Predicate.CAUSES, COUGH, rule=rule)) for rule in rules)).claims
    assert sorted(each.rule for each in claim.evidence) == list(rules)


def test_a_denied_claim_is_a_claim_of_its_own() -> None:
    affirmed = said(1, candidate(SMOKE, Predicate.CAUSES, ASTHMA))
    assert sorted(claim.negated for claim in assembled(DENIED, affirmed).claims) == [False, True]


def test_evidence_keeps_what_was_read() -> None:
    statement = candidate(
        known("smoke", Kind.AGENT, qualifier="in the house"),
        Predicate.CAUSES,
        known("cough", Kind.SYMPTOM, qualifier="that lingers"),
        assertion=Assertion(frequency="often"),
        rule="lead-to",
        qualifier="in children",
    )
    (claim,) = assembled(said(1, statement, "Smoke", "What it does")).claims
    (evidence,) = claim.evidence
    assert (evidence.rule, evidence.extractor, evidence.article) == ("lead-to", "etiograph/test", "smoke")
    assert (evidence.subject_mention, evidence.object_mention) == ("smoke", "cough")
    assert (evidence.subject_kind, evidence.object_kind) == (Kind.AGENT, Kind.SYMPTOM)
    assert (evidence.frequency, evidence.frequency_class) == ("often", "HP:0040282")
    assert evidence.qualifier == "in children; in the house; that lingers"
    assert evidence.section == ("Smoke", "What it does")


@pytest.mark.parametrize(
    ("trap", "statement", "consistent"),
    [
        ("fits", candidate(SMOKE, Predicate.CAUSES, COUGH), True),
        ("of a thing with itself", candidate(COUGH, Predicate.CAUSES, COUGH), False),
        ("object is no thing to cause", candidate(SMOKE, Predicate.CAUSES, LUNG), False),
        ("subject is no test", candidate(SMOKE, Predicate.DIAGNOSES, ASTHMA), False),
        ("place is no anatomy", candidate(ASTHMA, Predicate.LOCATED_IN, COUGH), False),
        ("place", candidate(ASTHMA, Predicate.LOCATED_IN, LUNG), True),
        ("kind of one sort", candidate(CLOT, Predicate.IS_A, ASTHMA), True),
        (
            "kind of nothing in particular",
            candidate(DRUG, Predicate.IS_A, known("medicines", Kind.TREATMENT)),
            False,
        ),
        ("kind of another sort", candidate(DRUG, Predicate.IS_A, ASTHMA), False),
    ],
)
def test_kinds_must_fit_the_relation(trap: str, statement: Candidate, consistent: bool) -> None:
    assert is_consistent(statement) is consistent, trap
    assert len(assembled(said(1, statement)).claims) == consistent


def test_a_symmetric_relation_is_stored_once_smaller_id_first() -> None:
    found = assembled(
        said(0, candidate(COUGH, Predicate.ASSOCIATED_WITH, ASTHMA)),
        said(1, candidate(ASTHMA, Predicate.ASSOCIATED_WITH, COUGH)),
    )
    (claim,) = found.claims
    assert (claim.subject, claim.object) == ("etio:asthma", "etio:cough")
    assert [(each.subject_mention, each.object_mention) for each in claim.evidence] == [("asthma", "cough")] * 2


def test_a_provisional_concept_has_every_kind_it_was_used_as() -> None:
    one = Argument(mint("odd drug", Kind.TREATMENT), "odd drug", Kind.TREATMENT)
    other = Argument(mint("odd drug", Kind.AGENT), "odd drug", Kind.AGENT)
    found = assembled(
        said(0, candidate(one, Predicate.TREATS, COUGH)), said(1, candidate(other, Predicate.CAUSES, ASTHMA))
    )
    kinds = {concept.id: concept.kinds for concept in found.concepts}
    assert kinds["etiop:odd_drug"] == (Kind.AGENT, Kind.TREATMENT)


def test_a_claim_left_out_leaves_its_concepts_out() -> None:
    assert assembled(said(0, candidate(SMOKE, Predicate.CAUSES, LUNG))) == Extraction(
        ARTICLE, (), (), 3, extractor="etiograph/test"
    )


@given(st.lists(st.sampled_from([POSSIBLE, ASSERTED, DENIED]), min_size=1, max_size=8))
def test_order_and_repetition_of_statements_change_nothing(stated: list[Stated]) -> None:
    once = assembled(*sorted(set(stated), key=lambda each: each.start))
    again = assembled(*stated)
    assert again == once
    assert [claim.evidence for claim in again.claims] == [claim.evidence for claim in once.claims]
    assert [claim.id for claim in again.claims] == sorted(claim.id for claim in again.claims)


def test_the_evidence_of_a_claim_follows_the_text() -> None:
    statement = candidate(SMOKE, Predicate.CAUSES, COUGH)
    (claim,) = assembled(*(Stated(statement, start, start + 5, ()) for start in range(20, 0, -1))).claims
    assert [each.start for each in claim.evidence] == list(range(1, 21))
