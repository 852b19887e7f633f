"""Every view in a real browser: accessible in light and dark, no wider than a phone, and whole without JavaScript."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Literal

import pytest
from browser import Visit, visiting
from explorerworld import MARKUP, store_explorer
from playwright.sync_api import Browser, Dialog, expect
from realserver import get, serving

VIEWS = {
    "why": "/",
    "nothing-leads-there": "/?source=hemoptysis&target=pneumonia&min_certainty=asserted",
    "concepts": "/concepts?kind=Test",
    "search": "/concepts?q=lung",
    "concept": "/concepts/etio:hemoptysis?q=coughing",
    "concept-section": "/concepts/etio:pulmonary-embolism?section=symptoms",
    "concept-unknown": "/concepts/hemoptsis",
    "articles": "/articles",
    "article": "/articles/lung-clots",
    "article-markup": "/articles/warnings",
    "differential": "/differential?present=hemoptysis&present=fever",
    "conflicts": "/conflicts",
}

SCHEMES: dict[Literal["light", "dark"], tuple[str, ...]] = {
    "light": (),
    "dark": ("color-contrast", "link-in-text-block"),
}
"""The rules that axe-core checks, all where none is named: only colours change when a page turns dark."""


@pytest.fixture(scope="module")
def explorer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a real server of the explorer's graph."""
    folder: Path = tmp_path_factory.mktemp("explorer")
    store_explorer(folder)
    with serving(folder) as (_, address):
        get(f"{address}/health/ready")
        yield address


@pytest.mark.parametrize("width", [360, 1280])
def test_every_view_is_accessible_and_fits_in_light_and_dark(browser: Browser, explorer: str, width: int) -> None:
    found = {}
    with visiting(browser, explorer, viewport={"width": width, "height": 800}) as visit:
        page = visit.page
        page.goto(f"{explorer}/conflicts")
        claim = str(page.locator(".side.denied h3 a").get_attribute("href"))
        for name, address in {**VIEWS, "claim": claim}.items():
            page.goto(explorer + address)
            for folded in page.locator("main details").all():
                folded.evaluate("each => (each.open = true)")
            if name == "article":
                page.evaluate("location.hash = document.querySelector('mark span[id]').id")
            titles = page.evaluate("[...document.querySelectorAll('h1,h2,h3,h4')].map(each => +each.tagName[1])")
            skipped = [pair for pair in pairwise(titles) if pair[1] > pair[0] + 1]
            wide = page.evaluate("document.documentElement.scrollWidth") > width
            found[name, "any"] = [*(["wider than the window"] if wide else []), *map(str, skipped)]
            for scheme, rules in SCHEMES.items():
                page.emulate_media(color_scheme=scheme)
                found[name, scheme] = visit.violations(*rules)
                visit.keep(f"{name}-{scheme}-{width}")
    assert {view: problems for view, problems in found.items() if problems} == {}
    assert (visit.hosts, visit.complaints) == ({"127.0.0.1"}, [])


@pytest.mark.parametrize("width", [360, 1280])
def test_the_rest_interface_is_accessible_and_fits_in_light_and_dark(
    browser: Browser, explorer: str, width: int
) -> None:
    found = {}
    viewport = {"width": width, "height": 800}
    with visiting(browser, explorer, viewport=viewport, reduced_motion="reduce") as visit:
        page = visit.page
        page.goto(f"{explorer}/docs")
        for path in ("/v1/concepts", "/v1/differential", "/v1/export", "/store"):
            operation = page.locator(f'.opblock:has([data-path="{path}"])').last
            operation.locator(".opblock-summary-control").click()
            expect(operation.locator(".responses-inner")).to_be_visible()
        for scheme, rules in SCHEMES.items():
            page.emulate_media(color_scheme=scheme)
            expect(page.locator("html.dark-mode")).to_have_count(int(scheme == "dark"))
            found[scheme] = visit.violations(*rules)
            visit.keep(f"docs-{scheme}-{width}")
        assert page.evaluate("document.documentElement.scrollWidth") == width
        expect(page.locator(".errors-wrapper")).to_have_count(0)
        expect(page.get_by_label("kind", exact=True).first).to_be_visible()
    assert (found, visit.hosts, visit.complaints) == ({"light": [], "dark": []}, {"127.0.0.1"}, [])


def test_every_step_can_be_taken_without_javascript(browser: Browser, explorer: str) -> None:
    with visiting(browser, explorer, java_script_enabled=False, viewport={"width": 1280, "height": 900}) as visit:
        page = visit.page
        page.goto(explorer)
        expect(page.get_by_role("heading", level=1)).to_have_text("Why? pulmonary embolism → hemoptysis")
        expect(page.get_by_role("button", name="Copy as SPARQL")).to_have_count(0)
        page.get_by_label("From").fill("coughing up blood")
        page.get_by_role("searchbox", name="Search concepts").fill("coughing up blood")
        page.get_by_role("button", name="Search").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("hemoptysis")
        section = page.locator("section.conditions li", has_text="pneumonia")
        section.locator("summary").click()
        section.get_by_role("link", name="Coughing up blood").click()
        marked = page.locator("mark:has(> :target)")
        expect(marked).to_have_text("Pneumonia often causes coughing up blood, though not always.")
        expect(marked).to_be_in_viewport()
        marked.get_by_role("link", name="Pneumonia").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("pneumonia")
        page.get_by_role("link", name="Why?").click()
        page.get_by_text("Filters").click()
        page.get_by_label("Links at most").fill("1")
        page.get_by_role("button", name="Show why").click()
        expect(page.locator("article.chain h2")).to_have_text("1. pulmonary embolism may have the symptom hemoptysis.")
        assert "max_hops=1" in page.url
        assert visit.hosts == {"127.0.0.1"}


def test_the_keyboard_skips_to_the_content_and_focus_is_seen(browser: Browser, explorer: str) -> None:
    with visiting(browser, explorer) as visit:
        page = visit.page
        page.goto(f"{explorer}/concepts/etio:hemoptysis")
        page.keyboard.press("Tab")
        skip = page.get_by_role("link", name="Skip to the content")
        expect(skip).to_be_focused()
        expect(skip).to_be_in_viewport()
        assert skip.evaluate("each => getComputedStyle(each).outlineStyle") == "solid"
        page.keyboard.press("Enter")
        expect(page.locator("main")).to_be_focused()


def test_markup_in_a_name_is_shown_as_text(browser: Browser, explorer: str) -> None:
    with visiting(browser, explorer) as visit:
        alerts = _watched(visit)
        for address in ("/concepts/etio:markup-sign", "/articles/warnings", "/?source=PE&target=etio:markup-sign"):
            visit.page.goto(explorer + address)
            expect(visit.page.locator("main").get_by_text(MARKUP.label).first).to_be_visible()
        assert (alerts, visit.complaints) == ([], [])


def _watched(visit: Visit) -> list[str]:
    alerts: list[str] = []

    def remember(dialog: Dialog) -> None:
        alerts.append(dialog.message)
        dialog.dismiss()

    visit.page.on("dialog", remember)
    return alerts
