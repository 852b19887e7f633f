"""Fixtures that every test may ask for, and the line that says when the shared articles were missing."""

import os
from pathlib import Path

import pytest
from toygraph import toy_extractions

from ontology.article import Extraction

SHARED_MISSING = "needs the shared articles: set ETIOGRAPH_SHARED"


@pytest.fixture
def shared() -> Path:
    """The folder with the original articles and the gold claims, which are no part of the repository."""
    folder = Path(os.environ.get("ETIOGRAPH_SHARED", Path(__file__).parents[2] / "shared"))
    if not (folder / "articles").is_dir():
        pytest.skip(SHARED_MISSING)
    return folder


@pytest.fixture
def toy() -> tuple[Extraction, ...]:
    """The toy graph's two articles with what is read from them; the README shows the same graph."""
    return tuple(toy_extractions())


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say in the summary that tests were left out because the shared articles are not there."""
    skipped = sum(1 for report in terminalreporter.stats.get("skipped", []) if SHARED_MISSING in str(report.longrepr))
    if skipped:
        terminalreporter.write_line(f"{skipped} test(s) skipped: {SHARED_MISSING}", yellow=True)
