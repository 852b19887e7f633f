"""Fixtures that every test may ask for, and the line that says when the shared articles were missing."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from browser import Visit, chromium, visiting
from drawn import drawn
from explorerworld import store_explorer
from fastapi.testclient import TestClient
from hypothesis import settings
from playwright.sync_api import Browser
from realserver import get, serving
from realworld import BUNDLED, World, etiograph_here
from sharedfiles import shared_folder
from toygraph import toy_extractions
from toystore import Build, store_toy, stored

from api.app import create_app
from api.settings import Settings
from graph.network import Network
from ontology.article import Extraction

# What was added to the installation of whoever runs the tests is none of their business.
os.environ["ETIOGRAPH_VOCABULARIES"] = os.devnull

# Hundreds of processes are begun: where Python was told to write no bytecode, each would compile all modules anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# How long an example takes says more of the machine than of what is tested.
settings.register_profile("etiograph", drawn(100), deadline=None)
settings.load_profile("etiograph")

SHARED_MISSING = "needs the shared articles: set ETIOGRAPH_SHARED"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with the original articles and the gold claims, which are no part of the repository."""
    folder = shared_folder()
    if not (folder / "articles").is_dir():
        pytest.skip(SHARED_MISSING)
    return folder


@pytest.fixture
def toy() -> tuple[Extraction, ...]:
    """The toy graph's two articles with what is read from them; the README shows the same graph."""
    return tuple(toy_extractions())


@pytest.fixture(params=["in memory", "from the store"])
def build(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Build:
    """Makes a graph of concepts, claims and articles: in memory, and once more read from a store on disk."""
    if request.param == "in memory":
        return Network.build
    return lambda *parts: stored(tmp_path_factory.mktemp("built"), *parts)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The API over a store of the toy graph, one for each file of tests."""
    yield from _clients(tmp_path_factory.mktemp("toy"), store_toy)


@pytest.fixture(scope="module")
def explorer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The same over the explorer's store."""
    yield from _clients(tmp_path_factory.mktemp("explorer"), store_explorer)


def _clients(folder: Path, store: Callable[[Path], object]) -> Iterator[TestClient]:
    store(folder)
    with TestClient(create_app(Settings(data=folder))) as client:
        yield client


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a real server of the toy graph."""
    folder = tmp_path_factory.mktemp("toy")
    store_toy(folder)
    with serving(folder) as (_, address):
        get(f"{address}/health/ready")
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium."""
    with chromium() as browser:
        yield browser


@pytest.fixture
def visit(browser: Browser, server: str) -> Iterator[Visit]:
    """A first visit to `/sparql`; whatever a test does there, no other host is asked and nothing goes wrong."""
    with visiting(browser, server, viewport={"width": 1280, "height": 900}) as visit:
        visit.page.goto(f"{server}/sparql")
        yield visit
        assert visit.hosts <= {"127.0.0.1", "blob", "data"}
        assert visit.complaints == []


@pytest.fixture(scope="session")
def bundled(tmp_path_factory: pytest.TempPathFactory) -> World:
    """The articles that come with the project, ingested into a store of their own by a process of its own."""
    return World.make("bundled", tuple(sorted(BUNDLED.glob("*.md"))), tmp_path_factory.mktemp("bundled"))


@pytest.fixture(scope="session")
def originals(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> World:
    """The original articles, ingested into a store of their own."""
    files = tuple(sorted((shared / "articles").glob("*.txt")))
    return World.make("originals", files, tmp_path_factory.mktemp("originals"), command=etiograph_here)


@pytest.fixture(scope="session", params=["bundled", "originals"])
def world(request: pytest.FixtureRequest) -> World:
    """Each of the two in turn."""
    found = request.getfixturevalue(request.param)
    assert isinstance(found, World)
    return found


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say in the summary that tests were left out because the shared articles are not there."""
    skipped = sum(1 for report in terminalreporter.stats.get("skipped", []) if SHARED_MISSING in str(report.longrepr))
    if skipped:
        terminalreporter.write_line(f"{skipped} test(s) skipped: {SHARED_MISSING}", yellow=True)
