"""Precision on the articles that are known best, as a reader judged it claim by claim."""

from pathlib import Path

import pytest
from audited import DRAWN, Drawn, drawn, verdicts
from realworld import BUNDLED

LEAST_PRECISION = 0.92
LEAST_JUDGED = 0.9
"""A change of the rules brings claims that nobody has judged: more than a tenth, and the audit is done again."""


def _hold(claims: tuple[Drawn, ...], sheet: str) -> None:
    known = verdicts(sheet)
    judged = [known[each.article, each.claim.id] for each in claims if (each.article, each.claim.id) in known]
    assert len(claims) == DRAWN
    assert len(judged) >= LEAST_JUDGED * DRAWN
    assert sum(row.right for row in judged) / len(judged) >= LEAST_PRECISION


def test_claims_drawn_from_the_bundled_articles_are_right_as_judged() -> None:
    claims, _ = drawn(sorted(BUNDLED.glob("*.md")))
    _hold(claims, "bundled.tsv")


def test_claims_drawn_from_the_originals_are_right_as_judged(shared: Path) -> None:
    claims, _ = drawn(sorted((shared / "articles").glob("*.txt")))
    _hold(claims, "originals.tsv")


@pytest.mark.parametrize("sheet", ["bundled.tsv", "originals.tsv"])
def test_a_sheet_holds_no_text_of_an_article(sheet: str) -> None:
    assert all(len(row.rule.split()) == 1 and row.start < row.end for row in verdicts(sheet).values())
