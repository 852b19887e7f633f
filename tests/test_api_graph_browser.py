"""The drawing at `/graph` in a real browser: expanded, chosen, read, filtered, saved; by pointer and by keyboard."""

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import networkx as nx
import pytest
from browser import Visit, visiting
from crowd import HOSTILE, HUB, store_crowd
from playwright.sync_api import Browser, Locator, expect
from realserver import get, serving

SVG = "{http://www.w3.org/2000/svg}"
PE = "etio:pulmonary-embolism"


@pytest.fixture
def drawing(visit: Visit) -> Visit:
    """The toy graph around hemoptysis, drawn."""
    open_graph(visit, "concept=hemoptysis")
    return visit


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("crowd")
    store_crowd(folder, leaves=620)
    with serving(folder) as (_, address):
        get(f"{address}/health/ready")
        yield address


def open_graph(visit: Visit, query: str) -> None:
    visit.page.goto(f"{visit.address}/graph?{query}")
    settled(visit)


def settled(visit: Visit) -> None:
    """Wait until what was asked for is drawn."""
    expect(visit.page.locator("[data-graph]:not([aria-busy]) .legend li").first).to_be_visible()


def counted(visit: Visit) -> Locator:
    return visit.page.locator("[data-graph] .bar .soft")


def panel(visit: Visit) -> Locator:
    return visit.page.get_by_role("complementary", name="What is chosen")


def click_node(visit: Visit, id: str, *, times: int = 1) -> None:
    """Click where Cytoscape.js says that the concept is."""
    box = visit.page.locator(".picture").bounding_box()
    assert box is not None
    ask = "id => document.querySelector('.picture')._cyreg.cy.getElementById(id).renderedPosition()"
    at = visit.page.evaluate(ask, id)
    for _ in range(times):
        visit.page.mouse.click(box["x"] + at["x"], box["y"] + at["y"])


def test_the_address_brings_everything_back(drawing: Visit, browser: Browser) -> None:
    expect(counted(drawing)).to_have_text("5 concepts, 4 links")
    click_node(drawing, PE, times=2)
    expect(counted(drawing)).to_have_text("7 concepts, 7 links")
    click_node(drawing, PE)
    expect(panel(drawing).get_by_role("heading")).to_have_text("pulmonary embolism")
    with visiting(browser, drawing.address) as other:
        other.page.goto(drawing.page.url)
        expect(counted(other)).to_have_text("7 concepts, 7 links")
        expect(panel(other).get_by_role("heading")).to_have_text("pulmonary embolism")
        panel(other).get_by_role("button", name="Collapse").click()
        expect(counted(other)).to_have_text("5 concepts, 4 links")


def test_the_keyboard_goes_from_neighbour_to_neighbour_and_reads_links(drawing: Visit) -> None:
    page = drawing.page
    page.get_by_role("application", name="Graph").focus()
    page.keyboard.press("ArrowUp")
    expect(panel(drawing).get_by_role("heading")).to_have_text("hemoptysis")
    page.keyboard.press("n")
    expect(panel(drawing).locator("blockquote")).to_have_count(1)
    first = panel(drawing).get_by_role("heading").inner_text()
    page.keyboard.press("n")
    expect(panel(drawing).get_by_role("heading")).not_to_have_text(first)
    page.keyboard.press("p")
    expect(panel(drawing).get_by_role("heading")).to_have_text(first)
    page.keyboard.press("Escape")
    expect(panel(drawing).get_by_role("heading")).to_have_count(0)
    zoom = "document.querySelector('.picture')._cyreg.cy.zoom()"
    before = page.evaluate(zoom)
    page.keyboard.press("+")
    assert page.evaluate(zoom) > before
    page.keyboard.press("f")
    assert page.evaluate(zoom) == before
    page.keyboard.press("ArrowUp")
    for arrow in ("ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"):
        page.keyboard.press(arrow)
    page.keyboard.press("Escape")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("e")
    expect(panel(drawing).get_by_role("button", name="Collapse")).to_be_visible()


def test_filters_change_drawing_list_and_address_without_leaving(drawing: Visit) -> None:
    page = drawing.page
    page.evaluate("window.stayed = true")
    page.get_by_text("Filters").click()
    page.get_by_label("causes").check()
    expect(counted(drawing)).to_have_text("3 concepts, 2 links")
    expect(page.get_by_label("causes")).to_be_focused()
    page.get_by_label("Denied links").select_option("exclude")
    expect(counted(drawing)).to_have_text("2 concepts, 1 link")
    expect(page.locator("#graph-list li")).to_have_count(1)
    assert page.url.endswith(
        "/graph?concept=hemoptysis&depth=1&min_certainty=unlikely&negated=exclude&predicate=causes"
    )
    page.get_by_label("Certainty at least").select_option("possible")
    page.get_by_label("causes").uncheck()
    expect(counted(drawing)).to_have_text("4 concepts, 3 links")
    assert page.evaluate("window.stayed")


def test_what_is_shown_is_taken_along(drawing: Visit, tmp_path: Path) -> None:
    page = drawing.page

    def taken(name: str) -> Path:
        with page.expect_download() as waiting:
            page.get_by_role("button", name=name).click()
        file = tmp_path / waiting.value.suggested_filename
        waiting.value.save_as(file)
        return file

    assert taken("Save as PNG").read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"
    picture = ET.parse(taken("Save as SVG")).getroot()  # noqa: S314  # our own file
    texts = ["".join(text.itertext()) for text in picture.iter(f"{SVG}text")]
    assert {"hemoptysis", "pneumonia", "anticoagulants", "causes"} <= set(texts)
    assert len(list(picture.iter(f"{SVG}circle"))) + len(list(picture.iter(f"{SVG}polygon"))) == 5
    page.get_by_label("Denied links").evaluate(
        "field => { field.value = 'exclude'; field.dispatchEvent(new Event('change', {bubbles: true})) }"
    )
    expect(counted(drawing)).to_have_text("4 concepts, 3 links")
    page.get_by_text("Export as a file").click()
    with page.expect_download() as waiting:
        page.get_by_role("link", name="graphml").click()
    network = nx.read_graphml(waiting.value.path())
    assert (network.number_of_nodes(), network.number_of_edges()) == (4, 3)


def test_a_long_list_is_exported_by_a_form_that_posts(browser: Browser, crowd: str) -> None:
    with visiting(browser, crowd) as visit:
        page = visit.page
        page.goto(f"{crowd}/concepts?limit=300")
        page.get_by_text("Export as a file").click()
        with page.expect_download() as waiting:
            page.get_by_role("button", name="csv (.csv)").click()
        assert waiting.value.path().read_text().count("\n") == 301
        assert (waiting.value.suggested_filename, visit.complaints) == ("etiograph.csv", [])


def test_a_crowd_is_drawn_in_part_and_all_of_it_only_when_asked(browser: Browser, crowd: str) -> None:
    with visiting(browser, crowd, viewport={"width": 1280, "height": 900}) as visit:
        open_graph(visit, f"concept={HUB}")
        expect(counted(visit)).to_have_text("101 concepts, 100 links")
        visit.page.get_by_role("link", name="Show 100 more").click()
        expect(counted(visit)).to_have_text("201 concepts, 200 links")
        open_graph(visit, f"concept={HUB}&limit=600")
        expect(counted(visit)).to_have_text("501 concepts, 500 links")
        alert = visit.page.get_by_role("alert")
        expect(alert).to_contain_text("100 more links would make the drawing slow.")
        visit.keep("graph-500")
        alert.get_by_role("button", name="Draw them all").click()
        expect(counted(visit)).to_have_text("601 concepts, 600 links")
        assert visit.complaints == []


def test_names_and_quotes_are_text_wherever_they_stand(browser: Browser, crowd: str) -> None:
    with visiting(browser, crowd) as visit:
        open_graph(visit, f"concept={HUB}&limit=620&chosen=etio:crowd has_symptom etio:thing-0")
        expect(panel(visit).get_by_role("heading")).to_have_text(f"crowd has the symptom {HOSTILE}")
        expect(panel(visit).locator("blockquote")).to_have_text(f"A crowd shows {HOSTILE} & more.")
        expect(panel(visit).locator("figcaption")).to_have_text(f"Of crowds {HOSTILE}")
        assert visit.page.locator("main :is(img, b)").count() == 0
        assert visit.complaints == []


def test_chains_are_drawn_from_left_to_right(visit: Visit) -> None:
    open_graph(visit, "source=PE&target=hemoptysis")
    expect(counted(visit)).to_have_text("5 concepts, 5 links")
    ask = "document.querySelector('.picture')._cyreg.cy.nodes().map(node => [node.data('label'), node.position('x')])"
    places = dict(visit.page.evaluate(ask))
    assert sorted(places, key=lambda name: places[name]) == [
        "pulmonary embolism",
        "reduced pulmonary blood flow",
        "pulmonary infarction",
        "alveolar hemorrhage",
        "hemoptysis",
    ]
    visit.keep("graph-chains")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_it_is_accessible_in_light_and_dark_and_no_wider_than_a_phone(
    browser: Browser, server: str, scheme: str, width: int
) -> None:
    with visiting(browser, server, viewport={"width": width, "height": 800}, color_scheme=scheme) as visit:
        open_graph(visit, f"concept=hemoptysis&expanded={PE}&chosen={PE}")
        visit.page.get_by_text("Filters").click()
        visit.page.get_by_text("The same as a list").click()
        assert visit.violations() == []
        assert visit.page.evaluate("document.documentElement.scrollWidth") <= width
        visit.page.wait_for_timeout(300)
        visit.keep(f"graph-{scheme}-{width}")
        assert visit.complaints == []


def test_without_javascript_the_list_stands_open(browser: Browser, server: str) -> None:
    with visiting(browser, server, java_script_enabled=False) as visit:
        visit.page.goto(f"{server}/graph?concept=hemoptysis")
        expect(visit.page.locator("#graph-list li").first).to_be_visible()
        visit.page.locator("#graph-list li", has_text="pulmonary embolism").get_by_role("link", name="expand").click()
        expect(visit.page.locator("#graph-list li")).to_have_count(7)
