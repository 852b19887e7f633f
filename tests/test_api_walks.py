"""Ways through the views in a real browser: by pointer, by keyboard alone, and past the end of a server."""

import socket
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import networkx as nx
import pytest
from browser import EDITOR, TREATED, Visit, visiting
from playwright.sync_api import Browser, Locator, Page, expect
from realserver import get, serving
from realworld import World
from toystore import store_toy

PE = "etio:pulmonary-embolism"
GONE = "The server does not answer. Is it still running?"
MOST_TABS = 120
"""More presses of a key than lead to anything on a page."""


@pytest.fixture(scope="module")
def real(bundled: World) -> Iterator[str]:
    with serving(bundled.data) as (_, address):
        get(f"{address}/health/ready")
        yield address


def panel(page: Page) -> Locator:
    return page.get_by_role("complementary", name="What is chosen")


def is_drawn(page: Page) -> None:
    """Wait until what was asked for is drawn."""
    expect(page.locator("[data-graph]:not([aria-busy]) .legend li").first).to_be_visible()


def click_node(page: Page, id: str) -> None:
    """Click where Cytoscape.js says that the concept is."""
    box = page.locator(".picture").bounding_box()
    assert box is not None
    ask = "id => document.querySelector('.picture')._cyreg.cy.getElementById(id).renderedPosition()"
    at = page.evaluate(ask, id)
    page.mouse.click(box["x"] + at["x"], box["y"] + at["y"])


def is_marked(page: Page, quote: str) -> None:
    """The article stands open where this sentence is, which is marked."""
    marked = page.locator("mark:has(> :target)")
    expect(marked).to_be_in_viewport()
    assert " ".join(marked.inner_text().split())[:40] == quote[:40]


def test_from_a_lay_name_to_the_sentence_a_query_and_a_file(browser: Browser, real: str) -> None:
    with visiting(browser, real, viewport={"width": 1280, "height": 1000}) as visit:
        page = visit.page
        page.goto(real)
        page.get_by_role("combobox", name="Search concepts").press_sequentially("coughing up blood")
        page.locator(".offers li").first.click()
        expect(page.get_by_role("heading", level=1)).to_have_text("hemoptysis")
        page.get_by_role("link", name="Draw what is around it").click()
        is_drawn(page)
        visit.keep("graph-bundled")
        before = page.locator("#graph-list li").count()
        click_node(page, PE)
        panel(page).get_by_role("button", name="Expand").click()
        expect(panel(page).get_by_role("button", name="Collapse")).to_be_visible()
        is_drawn(page)
        assert f"expanded={PE}" in page.url
        assert page.locator("#graph-list > details > ul > li").count() > before
        panel(page).get_by_role("button", name="pulmonary embolism causes hemoptysis", exact=True).click()
        expect(panel(page).locator("blockquote").first).not_to_be_empty()
        visit.keep("graph-quote")

        page.get_by_role("link", name="Why?").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Why? pulmonary embolism → hemoptysis")
        page.get_by_label("Links at most").evaluate("field => (field.closest('details').open = true)")
        page.get_by_label("Links at most").fill("5")
        page.get_by_role("button", name="Show why").click()
        page.wait_for_url("**max_hops=5**")
        chain = page.locator("article.chain").first
        names = chain.locator(".node > a").all_inner_texts()
        assert (names[0], names[-1], len(names) - 1) == (
            "pulmonary embolism",
            "hemoptysis",
            chain.locator(".because blockquote:visible").count(),
        )
        quote = chain.locator(".because blockquote").first.inner_text().strip("“”")
        page.get_by_text("Export as a file").click()
        with page.expect_download() as waiting:
            page.get_by_role("link", name="graphml").click()
        network = nx.read_graphml(waiting.value.path())
        labels = nx.get_node_attributes(network, "label")
        assert {*names} <= {*labels.values()}
        ends = [next(id for id, label in labels.items() if label == name) for name in (names[0], names[-1])]
        assert nx.has_path(network, *ends)

        chain.locator(".because figcaption a").first.click()
        page.wait_for_url("**/articles/**")
        is_marked(page, quote)

        page.get_by_role("link", name="SPARQL", exact=True).click()
        page.locator(".examples li:visible a", has_text="How many concepts are there of each kind?").click()
        expect(page.locator("#answer .head")).to_contain_text(" rows in ")
        assert "etio:Symptom" in [first for first, *_ in visit.cells()]
        assert (visit.complaints, visit.hosts <= {"127.0.0.1", "blob", "data"}) == ([], True)


def tab_to(page: Page, wanted: Locator) -> None:
    """Press Tab until this has the focus, and see that the focus can be seen."""
    expect(wanted).to_have_count(1)
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if wanted.evaluate("each => each === document.activeElement"):
            break
    expect(wanted).to_be_focused()
    expect(wanted).to_be_in_viewport()
    assert wanted.evaluate("each => getComputedStyle(each).outlineStyle") == "solid"


def test_from_a_name_to_its_sentence_by_keyboard_alone(browser: Browser, real: str) -> None:
    with visiting(browser, real, viewport={"width": 1280, "height": 900}) as visit:
        page = visit.page
        page.goto(f"{real}/articles")
        tab_to(page, page.get_by_role("combobox", name="Search concepts"))
        page.keyboard.type("coughing up blood")
        expect(page.locator(".offers li").first).to_be_visible()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text("hemoptysis")
        tab_to(page, page.get_by_role("link", name="Why?"))
        page.keyboard.press("Enter")
        for field, name in (("From", "pulmonary embol"), ("To", "coughing up bl")):
            tab_to(page, page.get_by_role("combobox", name=field, exact=True))
            page.keyboard.press("Control+a")
            page.keyboard.type(name)
            expect(page.locator(".offers li:visible").first).to_be_visible()
            page.keyboard.press("ArrowDown")
            page.keyboard.press("Enter")
        page.keyboard.press("Enter")
        page.wait_for_url("**source=**")
        expect(page.get_by_role("heading", level=1)).to_have_text("Why? pulmonary embolism → hemoptysis")
        tab_to(page, page.get_by_role("link", name="Draw these chains as one graph"))
        page.keyboard.press("Enter")
        is_drawn(page)
        tab_to(page, page.get_by_role("application", name="Graph"))
        page.keyboard.press("ArrowRight")
        page.keyboard.press("n")
        quote = panel(page).locator("blockquote").first
        expect(quote).to_be_visible()
        said = quote.inner_text()
        tab_to(page, panel(page).locator("figcaption a").first)
        page.keyboard.press("Enter")
        page.wait_for_url("**/articles/**")
        is_marked(page, said)
        assert visit.complaints == []


def test_a_server_that_is_gone_is_told_and_asked_again_once_it_is_back(
    browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder: Path = tmp_path_factory.mktemp("toy")
    store_toy(folder)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    with ExitStack() as stack:
        with serving(folder, "--port", port) as (_, address):
            get(f"{address}/health/ready")
            searching, drawing, asking = (
                stack.enter_context(visiting(browser, address, viewport={"width": 1280, "height": 900}))
                for _ in range(3)
            )
            searching.page.goto(f"{address}/concepts")
            expect(searching.page.get_by_role("combobox", name="Search concepts")).to_have_count(1)
            drawing.page.goto(f"{address}/graph?concept=hemoptysis")
            is_drawn(drawing.page)
            asking.page.goto(f"{address}/sparql")
            expect(asking.page.get_by_role("textbox", name=EDITOR)).to_be_visible()
        searching.page.get_by_role("combobox", name="Search concepts").press_sequentially("coughing up bl")
        click_node(drawing.page, PE)
        panel(drawing.page).get_by_role("button", name="Expand").click()
        asking.write(TREATED)
        visits: tuple[Visit, ...] = (searching, drawing, asking)
        for visit in visits:
            expect(visit.page.get_by_role("alert")).to_contain_text(GONE)
            assert visit.violations() == []
        drawn = drawing.page.locator("[data-graph] .bar .soft")
        expect(drawn).to_have_text("5 concepts, 4 links")
        searching.keep("server-gone")
        with serving(folder, "--port", port) as (_, address):
            get(f"{address}/health/ready")
            for visit in visits:
                visit.page.get_by_role("alert").get_by_role("button", name="Try again").click()
                expect(visit.page.get_by_role("alert")).to_have_count(0)
            expect(searching.page.locator(".offers li").first).to_contain_text("hemoptysis")
            expect(drawn).to_have_text("7 concepts, 7 links")
            expect(asking.page.locator("#answer .head")).to_contain_text("1 row in ")
            assert [visit.complaints for visit in visits] == [[], [], []]
