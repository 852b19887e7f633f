"""How much is found of what the originals say, and that `evaluate` and the yardstick agree on it."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from realworld import BUNDLED, etiograph_here

SETS = (
    ("seeds-dev.jsonl", "articles/*.txt", 3, 0.90, 0.0),
    ("nih-dev.jsonl", "articles/nih/*.txt", 3, 0.70, 0.85),
)


@pytest.mark.parametrize(("gold", "pattern", "number", "recall", "precision"), SETS)
def test_recall_and_precision_reach_their_marks_and_the_yardstick_agrees(
    shared: Path, tmp_path: Path, gold: str, pattern: str, number: int, recall: float, precision: float
) -> None:
    files = sorted(shared.glob(pattern))
    wanted = shared / "gold" / gold
    assert len(files) == number
    overall = _overall("evaluate", "--gold", wanted, *files)
    assert float(overall[3]) >= recall
    assert float(overall[4]) >= precision

    (tmp_path / "found.jsonl").write_text(etiograph_here("extract", "--format", "jsonl", *files)[0])
    marks = ("--min-recall", str(recall), "--min-precision", str(precision))
    yardstick = shared / "gold" / "score_claims.py"
    command = [sys.executable, str(yardstick), str(wanted), str(tmp_path / "found.jsonl"), *marks]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()[-1]
    assert [overall[0], *re.findall(r"[\d.]+", said.replace("F1", ""))] == overall


def test_the_bundled_articles_state_what_the_originals_do(shared: Path) -> None:
    overall = _overall("evaluate", "--gold", shared / "gold" / "seeds-dev.jsonl", *sorted(BUNDLED.glob("*.md")))
    assert float(overall[3]) >= 0.90


def _overall(*arguments: str | Path) -> list[str]:
    """The row of the figures over all articles, cell by cell."""
    rows = (line.split() for line in etiograph_here(*arguments)[0].splitlines())
    (overall,) = (row for row in rows if row[:1] == ["all"])
    return overall
