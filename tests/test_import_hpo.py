"""HPO's annotations as articles, claims and concepts, and the command that puts them into a store."""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api import importing
from api.cli import command_line
from api.importing import import_extractions
from graph.gate import check
from graph.layer import bundled
from graph.store import Snapshot, Store
from ingest.foreign.hpo import COLUMNS, HIERARCHY, Annotations, Statement, frequency_of, terms
from ontology.article import Extraction
from ontology.errors import UnreadableArticle
from ontology.lexicon import curated
from ontology.terms import Certainty, Kind, MappingRelation, Predicate

HEADER = (
    "database_id", "disease_name", "qualifier", "hpo_id", "reference", "evidence", "onset", "frequency", "sex",
    "modifier", "aspect", "biocuration",
)  # fmt: skip


def term_of(relation: MappingRelation) -> tuple[str, str]:
    """A sign that a curated concept is mapped to so, and that concept."""
    known = terms()
    return next(
        (mapping.curie, concept.id)
        for concept in curated().concepts.values()
        if Kind.SYMPTOM in concept.kinds
        for mapping in concept.mappings
        if mapping.relation is relation and mapping.curie in known
    )


EXACT, CURATED = term_of(MappingRelation.EXACT)
CLOSE, _ = term_of(MappingRelation.CLOSE)
PLAIN, OTHER = [id for id, term in terms().items() if Kind.SYMPTOM in term.kinds and id not in (EXACT, CLOSE)][5:7]


def written(path: Path, rows: Sequence[Sequence[str]]) -> Path:
    lines = ["#description: a test", "#version: 2031-02-03", "\t".join(HEADER), *("\t".join(row) for row in rows)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def row(
    term: str,
    *,
    disease: str = "OMIM:1",
    name: str = "Sample disease",
    qualifier: str = "",
    reference: str = "PMID:7",
    evidence: str = "PCS",
    frequency: str = "",
    sex: str = "",
    aspect: str = "P",
) -> tuple[str, ...]:
    return (disease, name, qualifier, term, reference, evidence, "", frequency, sex, "", aspect, "")


@pytest.fixture
def sample(tmp_path: Path) -> Annotations:
    rows = [
        row(EXACT, frequency="3/7"),
        row(CLOSE, evidence="IEA", reference="OMIM:1"),
        row(PLAIN, qualifier="NOT"),
        row(PLAIN, disease="ORPHA:2", name="Another", frequency="HP:0040281", sex="FEMALE", reference="PMID:7;PMID:8"),
        row(OTHER, aspect="M"),
        row("HP:9999999"),
        row(OTHER, disease="ELSEWHERE:1"),
    ]
    return Annotations(written(tmp_path / "phenotype.hpoa", rows))


def by_id(extractions: Iterable[Extraction]) -> dict[str, Extraction]:
    return {extraction.article.id: extraction for extraction in extractions}


def test_every_reference_is_an_article_with_a_sentence_for_each_of_its_rows(sample: Annotations) -> None:
    found = by_id(sample.extractions())
    assert sorted(found) == [HIERARCHY, "OMIM-1", "PMID-7", "PMID-8"]
    article = found["PMID-7"].article
    exact, plain = (terms()[term].label for term in (EXACT, PLAIN))
    assert article.text == (
        "PMID-7\n\n"
        f"Sample disease in 3/7 shows {exact}.\n"
        f"Sample disease does not show {plain}.\n"
        f"Another very frequently shows {plain} (female).\n"
    )
    assert (article.source.publisher, article.source.date) == ("Human Phenotype Ontology", "2031-02-03")
    assert found["PMID-7"].sentences == 3
    for extraction in found.values():
        for claim in extraction.claims:
            for statement in claim.evidence:
                assert extraction.article.text[statement.start : statement.end] == statement.quote


def test_a_row_says_how_often_how_surely_and_whether_it_denies(sample: Annotations) -> None:
    claims = {
        (claim.subject, claim.predicate, claim.object, claim.negated): claim
        for extraction in sample.extractions()
        if extraction.article.id != HIERARCHY
        for claim in extraction.claims
    }
    assert sorted(claims) == sorted(
        [
            ("OMIM:1", Predicate.HAS_SYMPTOM, CURATED, False),
            ("OMIM:1", Predicate.HAS_SYMPTOM, CLOSE, False),
            ("OMIM:1", Predicate.HAS_SYMPTOM, PLAIN, True),
            ("ORPHA:2", Predicate.HAS_SYMPTOM, PLAIN, False),
        ]
    )
    (often,) = claims["OMIM:1", Predicate.HAS_SYMPTOM, CURATED, False].evidence
    assert (often.frequency, often.frequency_class, often.certainty) == ("in 3/7", "HP:0040282", Certainty.ASSERTED)
    (inferred,) = claims["OMIM:1", Predicate.HAS_SYMPTOM, CLOSE, False].evidence
    assert (inferred.certainty, inferred.rule) == (Certainty.POSSIBLE, "hpo-iea")


def test_terms_meet_curated_concepts_through_exact_mappings_alone(sample: Annotations) -> None:
    concepts = {concept.id: concept for one in sample.extractions() for concept in one.concepts}
    assert concepts[CURATED] == curated().concepts[CURATED]
    assert EXACT not in concepts
    assert concepts[CLOSE] == terms()[CLOSE]
    apart = Annotations(sample.path, meets=False)
    assert EXACT in {concept.id for one in apart.extractions() for concept in one.concepts}


def test_rows_that_make_no_claim_are_counted_by_reason(sample: Annotations) -> None:
    sample.extractions()
    assert [(skip.reason, skip.number, skip.first) for skip in sample.skipped] == [
        ("a disease of another database: ELSEWHERE", 1, f"ELSEWHERE:1 {OTHER}"),
        ("a term that HPO has no longer, or none of its phenotypes and modifiers", 1, "OMIM:1 HP:9999999"),
        ("an aspect that says neither sign, course nor inheritance: M", 1, f"OMIM:1 {OTHER}"),
    ]


def test_every_article_passes_the_gate(sample: Annotations) -> None:
    for extraction in sample.extractions():
        check(extraction, bundled())


def test_a_file_with_other_columns_is_refused_with_their_names(tmp_path: Path) -> None:
    path = tmp_path / "other.hpoa"
    path.write_text("database_id\tname\nOMIM:1\tx\n", encoding="utf-8")
    with pytest.raises(UnreadableArticle, match="columns aspect, disease_name, evidence, frequency, hpo_id"):
        Annotations(path).extractions()
    assert {*HEADER} >= COLUMNS


@pytest.mark.parametrize(
    ("given", "words", "class_"),
    [
        ("HP:0040283", "occasionally", "HP:0040283"),
        ("7/7", "in 7/7", "HP:0040280"),
        ("43%", "in 43%", "HP:0040282"),
        ("0.5%", "in 0.5%", None),
        ("0/9", None, None),
        ("3/0", None, None),
        ("", None, None),
    ],
)
def test_a_frequency_has_words_and_a_class(given: str, words: str | None, class_: str | None) -> None:
    assert frequency_of(given) == (words, class_)


def test_what_is_denied_is_said_so() -> None:
    said = Statement("a", "x", "flu", Predicate.PRESENTS_AS, "y", "Acute", negated=True)
    assert said.sentence == "flu does not run as Acute."


def test_what_was_imported_is_passed_over_and_can_be_removed(
    sample: Annotations, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    extractions, folder = tuple(sample.extractions()), tmp_path / "data"
    monkeypatch.setattr(importing, "_AT_ONCE", 2)
    report = import_extractions(folder, extractions[:3], workers=2)
    assert (report.articles, report.unchanged, report.rejected) == (3, 0, ())
    report = import_extractions(folder, extractions)
    assert (report.articles, report.unchanged) == (1, 3)
    with Snapshot.open(folder) as snapshot:
        before = snapshot.hash
        links = {(claim.subject, claim.object) for claim in snapshot.claims() if claim.negated}
    assert links == {("OMIM:1", PLAIN)}
    again = import_extractions(folder, extractions)
    assert (again.articles, again.unchanged) == (0, 4)
    with Store.open(folder) as store:
        assert store.hash == before
        for extraction in extractions:
            store.remove(extraction.article.id)
    with Snapshot.open(folder) as snapshot:
        assert snapshot.claims() == ()


def test_the_command_says_what_was_stored_and_what_was_not_understood(
    sample: Annotations, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Annotations, "installed", lambda: sample)
    done = CliRunner().invoke(command_line(), ["import", "hpo", "--data", str(tmp_path / "data"), "--json"])
    assert done.exit_code == 0, done.stderr
    report = json.loads(done.stdout)
    assert report["articles"] == 4
    assert report["skipped"][0] == {
        "reason": "a disease of another database: ELSEWHERE",
        "number": 1,
        "first": f"ELSEWHERE:1 {OTHER}",
    }
    assert f"1 made no claim: a disease of another database: ELSEWHERE (first: ELSEWHERE:1 {OTHER})" in done.stderr
