"""A real browser for tests: Chromium, headless, driven by Playwright; every page it opens remembers what it asked."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

MISSING = "needs Chromium: install it (Debian: apt install chromium) or set CHROMIUM to its path"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
EDITOR = "SPARQL query"
"""What the editor is called, for screen readers and for tests."""
TREATED = "SELECT ?treatment ?condition WHERE { ?treatment etio:treats ?condition }"
"""One row of the toy graph."""
LINKS = "CONSTRUCT { ?s etio:causes ?o } WHERE { ?s etio:causes ?o }"
"""Four triples of the toy graph."""
AXE = Path(__file__).parents[1] / "api" / "web" / "node_modules" / "axe-core" / "axe.min.js"
SHOTS = os.environ.get("ETIOGRAPH_SHOTS")
"""The folder where pictures of the pages are kept for whoever wants to look at them; to take them takes long."""

PATIENCE = 30_000
"""Milliseconds for a page to show what is expected of it: a busy machine is no fault of the page."""


@dataclass(slots=True)
class Visit:
    """A page at `address`, the hosts that it asked, and what went wrong in it."""

    page: Page
    address: str
    hosts: set[str] = field(default_factory=set)
    complaints: list[str] = field(default_factory=list)

    def write(self, query: str, *, ask: str = "Control+Enter") -> None:
        """Put a query in the place of what is in the editor and ask; pasted, as closing brackets come by themselves."""
        self.page.get_by_role("textbox", name=EDITOR).click()
        self.page.keyboard.press("Control+a")
        self.page.keyboard.insert_text(query)
        if ask:
            self.page.keyboard.press("Escape")
            self.page.keyboard.press(ask)

    def cells(self) -> list[list[str]]:
        """The texts of the table of the answer, row by row."""
        return [row.locator("td").all_inner_texts() for row in self.page.locator("#answer tbody tr").all()]

    def keep(self, name: str) -> None:
        """Keep a picture of the whole page if somebody wants to look at it."""
        if SHOTS:
            self.page.screenshot(path=Path(SHOTS) / f"{name}.png", full_page=True)

    def violations(self, *rules: str) -> list[str]:
        """The rules that axe-core finds broken seriously or critically, each with the first element that breaks it.

        Of all rules, or of these alone.
        axe-core comes in over the debugging channel: the page's own policy admits no script but the server's.
        """
        if not self.page.evaluate("'axe' in window"):
            session = self.page.context.new_cdp_session(self.page)
            session.send("Runtime.evaluate", {"expression": AXE.read_text()})
        run = f"axe.run({{runOnly: {list(rules) or 'undefined'}}}).then(found => JSON.stringify(found.violations))"
        self.page.wait_for_timeout(100)  # colours fade in
        found = self.page.evaluate(f"{run}.then(JSON.parse)")
        serious = [each for each in found if each["impact"] in ("serious", "critical")]
        return [f"{each['id']}: {each['nodes'][0]['html'][:200]}" for each in serious]


def find_chromium() -> str | None:
    """The path of a Chromium; None where there is none."""
    stated = os.environ.get("CHROMIUM")
    return stated or next((found for found in map(shutil.which, NAMES) if found), None)


@contextmanager
def chromium() -> Iterator[Browser]:
    """The browser; skips the test where there is none."""
    path = find_chromium()
    if path is None:
        pytest.skip(MISSING)
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@contextmanager
def visiting(browser: Browser, address: str, **options: object) -> Iterator[Visit]:
    """A visit with a browser profile of its own; `options` are those of a Playwright context."""
    context = browser.new_context(**options)  # type: ignore[arg-type]  # each has a type of its own
    page = context.new_page()
    visit = Visit(page, address)
    page.on("request", lambda request: visit.hosts.add(urlsplit(request.url).hostname or urlsplit(request.url).scheme))
    page.on("pageerror", lambda error: visit.complaints.append(str(error)))
    page.on(
        "console",
        lambda said: (
            visit.complaints.append(said.text)
            if said.type in ("error", "warning") and "Failed to load resource" not in said.text
            else None
        ),
    )
    yield visit
    context.close()
