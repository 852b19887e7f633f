"""What the development gold denies is denied where it is found, and what it only hedges is not."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from api.agreement import agree, normal_names
from api.gold import GoldClaim, read_gold
from ingest.article import read_articles
from ingest.extract import extract
from ontology.article import Article, Extraction
from ontology.claim import Claim, Concept, Evidence
from ontology.terms import Certainty

SETS = (("seeds-dev.jsonl", "articles/*.txt"), ("nih-dev.jsonl", "articles/nih/*.txt"))


def readings(shared: Path, gold: str, pattern: str) -> Iterator[tuple[GoldClaim, str, Extraction]]:
    """Each claim of the gold with the certainty it states, and what was read in its article."""
    lines = (shared / "gold" / gold).read_text().splitlines()
    files = sorted(shared.glob(pattern))
    found = {each.id: extract(each) for each in read_articles(files) if isinstance(each, Article)}
    for claim, line in zip(read_gold(lines), lines, strict=True):
        yield claim, json.loads(line)["certainty"], found[claim.article]


def same_words(claim: GoldClaim, read: Extraction) -> Iterator[tuple[Claim, Evidence]]:
    """The claims between the same two concepts in the same relation that were read off the same words."""
    concepts = {concept.id: concept for concept in read.concepts}
    start = read.article.text.find(claim.quote)
    for each in read.claims:
        if each.predicate is not claim.predicate:
            continue
        for evidence in each.evidence:
            sides = (
                (claim.subject, concepts[each.subject], evidence.subject_mention),
                (claim.object, concepts[each.object], evidence.object_mention),
            )
            overlaps = evidence.start < start + len(claim.quote) and start < evidence.end
            if overlaps and all(named(*side) for side in sides):
                yield each, evidence


def named(wanted: tuple[str, ...], concept: Concept, mention: str) -> bool:
    names = (concept.label, mention, *(name.text for name in concept.names))
    return agree(normal_names(wanted), normal_names(names))


@pytest.mark.parametrize(("gold", "pattern"), SETS)
def test_what_the_gold_denies_is_denied_where_it_is_found(shared: Path, gold: str, pattern: str) -> None:
    denied = [(claim, read) for claim, _, read in readings(shared, gold, pattern) if claim.negated]
    assert denied
    wrong = [
        (claim.quote, each.id)
        for claim, read in denied
        for each, evidence in same_words(claim, read)
        if not each.negated and evidence.certainty is not Certainty.UNLIKELY
    ]
    assert wrong == []


@pytest.mark.parametrize(("gold", "pattern"), SETS)
def test_what_the_gold_affirms_or_hedges_is_never_denied(shared: Path, gold: str, pattern: str) -> None:
    affirmed = [(claim, sure, read) for claim, sure, read in readings(shared, gold, pattern) if not claim.negated]
    assert {"possible", "asserted"} <= {sure for _, sure, _ in affirmed}
    wrong = [
        (claim.quote, sure, evidence.quote)
        for claim, sure, read in affirmed
        for each, evidence in same_words(claim, read)
        if each.negated
    ]
    assert wrong == []
