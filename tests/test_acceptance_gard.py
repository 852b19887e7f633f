"""The signs that a sample of GARD pages list, against an oracle that reads the pages on its own."""

import random
from pathlib import Path

import pytest
from conftest import SHARED_MISSING
from gardpages import Score, pages, score

from ingest.extract import extract

SEED = 20_260
PAGES = 60


def test_listed_signs_become_claims_of_the_disease_with_their_frequency(shared: Path) -> None:
    corpus = shared / "corpora" / "nih-articles.jsonl.gz"
    if not corpus.is_file():
        pytest.skip(SHARED_MISSING)
    total = Score()
    for page in random.Random(SEED).sample(list(pages(corpus)), PAGES):  # noqa: S311
        score(page, extract(page.article), total)
    assert total.listed > 1_000
    assert (total.recall >= 0.95, total.precision >= 0.98) == (True, True), (total.missed, total.wrong)
