"""The page at `/sparql` in a real browser, served by the real server over the toy graph."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from browser import Visit, chromium, visiting
from playwright.sync_api import Browser, expect
from realserver import get, serving
from toygraph import toy_extractions

from api.settings import NOTICE
from graph.example import examples
from graph.store import Store

TREATED = "SELECT ?treatment ?condition WHERE { ?treatment etio:treats ?condition }"
LINKS = "CONSTRUCT { ?s etio:causes ?o } WHERE { ?s etio:causes ?o }"
EDITOR = "SPARQL query"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server of the toy graph."""
    folder = tmp_path_factory.mktemp("toy")
    with Store.open(folder) as store:
        store.replace(toy_extractions())
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
    """A first visit to the page; whatever a test does there, no other host is asked and nothing goes wrong."""
    with visiting(browser, server, viewport={"width": 1280, "height": 900}) as visit:
        visit.page.goto(f"{server}/sparql")
        yield visit
        assert visit.hosts <= {"127.0.0.1", "blob", "data"}
        assert visit.complaints == []


def write(visit: Visit, query: str, *, ask: str = "Control+Enter") -> None:
    """Type a query in the place of what is there; closing brackets come by themselves, so it is pasted."""
    visit.page.get_by_role("textbox", name=EDITOR).click()
    visit.page.keyboard.press("Control+a")
    visit.page.keyboard.insert_text(query)
    if ask:
        visit.page.keyboard.press("Escape")
        visit.page.keyboard.press(ask)


def cells(visit: Visit) -> list[list[str]]:
    return [row.locator("td").all_inner_texts() for row in visit.page.locator("#answer tbody tr").all()]


def test_the_query_that_is_there_is_answered_as_a_table(visit: Visit) -> None:
    visit.page.get_by_role("button", name="Ask").click()
    expect(visit.page.locator("#answer .head")).to_contain_text("3 rows in ")
    assert cells(visit) == [
        ["etio:alveolar-hemorrhage", "alveolar hemorrhage"],
        ["etio:pneumonia", "pneumonia"],
        ["etio:pulmonary-embolism", "pulmonary embolism"],
    ]
    expect(visit.page.locator("#answer")).to_contain_text(NOTICE)
    link = visit.page.get_by_role("link", name="etio:pneumonia")
    expect(link).to_have_attribute("href", "/concepts/etio:pneumonia")
    visit.keep("sparql-table")


def test_an_example_is_found_loaded_and_answered_without_leaving_the_page(visit: Visit) -> None:
    shown = visit.page.locator(".examples li:visible")
    assert shown.count() == len(examples())
    visit.page.get_by_label("Search the examples").fill("TREATMENT side effect")
    expect(shown).to_have_count(1)
    shown.locator("a").click()
    expect(visit.page.locator("#answer .head")).to_contain_text(" in ")
    assert visit.page.url.startswith(f"{visit.address}/sparql?query=")
    visit.page.get_by_label("Search the examples").fill("nothing is called this")
    expect(shown).to_have_count(0)


def test_a_federated_example_is_marked_and_loaded_but_not_asked(visit: Visit) -> None:
    visit.page.get_by_label("Search the examples").fill("wikidata")
    example = visit.page.locator(".examples li:visible").first
    expect(example).to_contain_text("Asks query.wikidata.org too")
    example.locator("a").click()
    expect(visit.page.get_by_role("textbox", name=EDITOR)).to_contain_text("query.wikidata.org")
    assert visit.page.locator("#answer").inner_text() == ""


@pytest.mark.parametrize(
    ("typed", "chosen", "written"),
    [
        ("SELECT * { ?s hassym", "etio:hasSymptom", "SELECT * { ?s etio:hasSymptom"),
        ("SELECT * { ?s a Condi", "etio:Condition", "SELECT * { ?s a etio:Condition"),
        ("SELECT * { ?s a etio:Symp", "etio:Symptom", "SELECT * { ?s a etio:Symptom"),
        (
            "SELECT * { ?s etio:causes bloody-sputum",
            "etio:hemoptysis",
            "SELECT * { ?s etio:causes etio:hemoptysis",
        ),
        ("SELECT * { ?thing etio:causes ?th", "?thing", "SELECT * { ?thing etio:causes ?thing"),
        ("PREFIX sko", "skos:", "PREFIX skos: <http://www.w3.org/2004/02/skos/core#>\n"),
    ],
)
def test_what_is_typed_is_completed_where_it_fits(visit: Visit, typed: str, chosen: str, written: str) -> None:
    page = visit.page
    editor = page.get_by_role("textbox", name=EDITOR)
    editor.click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(typed[:-1])
    page.keyboard.type(typed[-1])
    option = page.locator(".cm-tooltip-autocomplete li").filter(has_text=re.compile("^" + re.escape(chosen))).first
    expect(option).to_be_visible()
    option.click()
    expect(editor).to_contain_text(written.strip(), use_inner_text=True)


def test_triples_are_drawn_and_rows_of_two_things_too(visit: Visit) -> None:
    write(visit, LINKS)
    visit.page.get_by_role("tab", name="Graph").click()
    expect(visit.page.locator("#panel-Graph .bar")).to_contain_text("5 nodes, 4 links")
    expect(visit.page.locator(".legend li")).to_have_text(["Condition", "Symptom", "Mechanism"])
    visit.page.wait_for_timeout(500)
    visit.keep("sparql-graph")
    write(visit, TREATED)
    visit.page.get_by_role("tab", name="Graph").click()
    expect(visit.page.locator("#panel-Graph .bar")).to_contain_text("2 nodes, 1 link")


def test_an_answer_is_downloaded_in_every_format(visit: Visit) -> None:
    def taken(label: str) -> tuple[str, str]:
        with visit.page.expect_download() as waiting:
            visit.page.get_by_role("link", name=label, exact=True).click()
        return waiting.value.suggested_filename, Path(waiting.value.path()).read_text()

    write(visit, TREATED)
    expect(visit.page.locator("#answer .head")).to_contain_text("1 row in ")
    name, text = taken("CSV")
    assert (name, text.split()) == (
        "etiograph.csv",
        [
            "treatment,condition",
            "https://w3id.org/etiograph/anticoagulants,https://w3id.org/etiograph/pulmonary-embolism",
        ],
    )
    assert taken("TSV")[1].startswith("?treatment\t?condition\n<https://w3id.org/etiograph/anticoagulants>\t")
    assert json.loads(taken("JSON")[1])["head"] == {"vars": ["treatment", "condition"]}
    assert "<sparql" in taken("XML")[1]
    write(visit, LINKS)
    expect(visit.page.locator("#answer .head")).to_contain_text("4 triples in ")
    assert [taken(label)[0] for label in ("Turtle", "N-Triples", "JSON-LD", "RDF/XML")] == [
        "etiograph.ttl",
        "etiograph.nt",
        "etiograph.jsonld",
        "etiograph.rdf",
    ]


def test_the_address_brings_query_and_answer_back(visit: Visit, browser: Browser) -> None:
    write(visit, TREATED)
    expect(visit.page.locator("#answer .head")).to_contain_text("1 row in ")
    with visiting(browser, visit.address) as other:
        other.page.goto(visit.page.url)
        expect(other.page.get_by_role("textbox", name=EDITOR)).to_contain_text(TREATED)
        expect(other.page.locator("#answer .head")).to_contain_text("1 row in ")
    write(visit, LINKS)
    expect(visit.page.locator("#answer .head")).to_contain_text("4 triples in ")
    visit.page.go_back()
    expect(visit.page.locator("#answer .head")).to_contain_text("1 row in ")


def test_a_query_too_long_for_an_address_stays_behind_the_hash(visit: Visit) -> None:
    write(visit, TREATED + "\n" + "# a long remark\n" * 1500)
    expect(visit.page.locator("#answer .head")).to_contain_text("1 row in ")
    assert visit.page.url.startswith(f"{visit.address}/sparql#query=")
    visit.page.reload()
    expect(visit.page.locator("#answer .head")).to_contain_text("1 row in ")
    with visit.page.expect_download() as waiting:
        visit.page.get_by_role("link", name="CSV").click()
    assert Path(waiting.value.path()).read_text().startswith("treatment,condition")


def test_a_syntax_error_is_told_and_marked_where_it_is(visit: Visit) -> None:
    write(visit, "SELECT * WHERE {\n  ?s etio:causes ?o .\n  FILTER(?o = )\n}\n")
    alert = visit.page.get_by_role("alert")
    expect(alert).to_contain_text("malformed query at line")
    expect(visit.page.locator(".cm-lintRange-error")).to_have_text(")")
    alert.get_by_role("button", name="Go to line 3, column 15").click()
    visit.page.keyboard.type("etio:hemoptysis")
    visit.page.keyboard.press("Escape")
    visit.page.keyboard.press("Control+Enter")
    expect(visit.page.locator("#answer .head")).to_contain_text(" in ")
    expect(visit.page.locator(".cm-lintRange-error")).to_have_count(0)


def test_what_is_refused_is_told(visit: Visit) -> None:
    write(visit, "DELETE WHERE { ?s ?p ?o }")
    expect(visit.page.get_by_role("alert")).to_contain_text("this endpoint is read-only")
    write(visit, " ")
    expect(visit.page.get_by_role("alert")).to_contain_text("There is no query to ask.")


def test_a_query_is_stopped_and_another_asked(visit: Visit) -> None:
    everything = " . ".join(f"?s{number} ?p{number} ?o{number}" for number in range(5))
    write(visit, f"SELECT (COUNT(?s1) AS ?n) {{ {everything} FILTER(?o1 != ?o2 && ?o3 != ?o4) }}")
    visit.page.get_by_role("button", name="Stop").click()
    expect(visit.page.locator("form.ask")).to_contain_text("Stopped.")
    write(visit, TREATED)
    expect(visit.page.locator("#answer .head")).to_contain_text("1 row in ")
    expect(visit.page.get_by_role("button", name="Stop")).to_be_hidden()


def test_an_answer_that_was_cut_says_so(browser: Browser, tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        store.replace(toy_extractions())
    with serving(tmp_path, ETIOGRAPH_QUERY_ROWS="5") as (_, address), visiting(browser, address) as visit:
        get(f"{address}/health/ready")
        visit.page.goto(f"{address}/sparql?query={quote('SELECT * { ?s ?p ?o }')}")
        expect(visit.page.locator("#answer .head")).to_contain_text("5 rows in ")
        expect(visit.page.get_by_role("alert")).to_have_text(
            "The answer was cut at the server's limit of rows: there is more."
        )


def test_a_server_that_is_gone_is_told(visit: Visit) -> None:
    visit.page.route("**/sparql", lambda route: route.abort())
    write(visit, TREATED)
    expect(visit.page.get_by_role("alert")).to_have_text("The server does not answer. Is it still running?")


def test_the_prefixes_that_a_query_uses_are_declared_for_other_endpoints(visit: Visit) -> None:
    write(visit, 'PREFIX etio: <https://w3id.org/etiograph/>\nASK { etio:a skos:b "rdf:c" , <owl:d> } # HP:e', ask="")
    visit.page.get_by_role("button", name="Add prefixes").click()
    text = visit.page.locator(".cm-line").all_inner_texts()
    assert text == [
        "PREFIX skos: <http://www.w3.org/2004/02/skos/core#>",
        "PREFIX etio: <https://w3id.org/etiograph/>",
        'ASK { etio:a skos:b "rdf:c" , <owl:d> } # HP:e',
    ]


@pytest.mark.parametrize(
    ("query", "drawn"),
    [
        ("SELECT ?s ?relation ?o ?extra { VALUES (?s ?relation ?o ?extra) { (etio:a etio:causes etio:b 1) } }", [2, 1]),
        ('SELECT ?one ?two ?three { VALUES (?one ?two ?three) { ("a" "b" "c") ("a" "b" "d") } }', [4, 3]),
        ("SELECT * { VALUES (?one ?two ?three) { (etio:a 1 etio:b) (etio:a 1 UNDEF) } }", [2, 1]),
        ('SELECT * { VALUES (?one ?label) { (etio:a "b") } }', None),
        ("SELECT * { VALUES (?one ?two) { (1 2) } }", None),
    ],
)
def test_rows_are_drawn_where_they_link_things(visit: Visit, query: str, drawn: list[int] | None) -> None:
    write(visit, query)
    expect(visit.page.locator("#answer .head")).to_contain_text(" in ")
    graph = visit.page.get_by_role("tab", name="Graph")
    assert graph.count() == (drawn is not None)
    if drawn:
        graph.click()
        said = visit.page.locator("#panel-Graph .bar span").inner_text()
        assert list(map(int, re.findall(r"\d+", said))) == drawn


def test_rows_are_sorted_filtered_and_turned_by_the_page(visit: Visit) -> None:
    write(visit, "SELECT ?n { VALUES ?n { " + " ".join(map(str, range(150))) + " } }")
    pager = visit.page.get_by_role("navigation", name="Pages of rows")
    expect(pager).to_contain_text("1–100 of 150 rows")
    pager.get_by_role("button", name="Next").click()
    expect(pager).to_contain_text("101–150 of 150 rows")
    head = visit.page.get_by_role("columnheader", name="n")
    head.get_by_role("button").click()
    head.get_by_role("button").click()
    expect(head).to_have_attribute("aria-sort", "descending")
    assert cells(visit)[:2] == [["149"], ["148"]]
    visit.page.get_by_label("Filter the rows").fill("12")
    expect(pager).to_contain_text("1–12 of 12 rows")


def test_what_was_asked_is_remembered_in_this_browser_until_it_is_forgotten(visit: Visit) -> None:
    write(visit, TREATED)
    expect(visit.page.locator("#answer .head")).to_contain_text("1 row in ")
    visit.page.goto(f"{visit.address}/sparql")
    expect(visit.page.get_by_role("textbox", name=EDITOR)).to_contain_text(TREATED)
    visit.page.get_by_text("History").click()
    expect(visit.page.locator(".earlier li")).to_have_count(1)
    visit.page.get_by_role("button", name="Forget all").click()
    expect(visit.page.locator(".earlier")).to_contain_text("Nothing was asked yet.")


def test_text_of_an_answer_never_becomes_markup(visit: Visit) -> None:
    write(visit, 'SELECT ("<img src=x onerror=alert(1)><b>bold</b>" AS ?x) (<javascript:alert(1)> AS ?y) {}')
    expect(visit.page.locator("#answer tbody td").first).to_have_text("<img src=x onerror=alert(1)><b>bold</b>")
    assert visit.page.locator("#answer :is(img, b, a[href^=javascript])").count() == 0


def test_the_keyboard_reaches_everything_and_leaves_the_editor(visit: Visit) -> None:
    write(visit, LINKS)
    expect(visit.page.locator("#answer .head")).to_contain_text("4 triples in ")
    visit.page.keyboard.press("Tab")
    expect(visit.page.get_by_role("button", name="Ask")).to_be_focused()
    visit.page.get_by_role("tab", name="Table").focus()
    visit.page.keyboard.press("ArrowRight")
    expect(visit.page.get_by_role("tab", name="Graph")).to_have_attribute("aria-selected", "true")
    visit.page.keyboard.press("ArrowRight")
    expect(visit.page.locator("#panel-Text")).to_contain_text("etiograph/causes>")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_it_is_accessible_in_light_and_dark_and_no_wider_than_a_phone(
    browser: Browser, server: str, scheme: str, width: int
) -> None:
    with visiting(browser, server, viewport={"width": width, "height": 800}, color_scheme=scheme) as visit:
        visit.page.goto(f"{server}/sparql?query={quote(LINKS)}")
        expect(visit.page.locator("#answer .head")).to_contain_text("4 triples in ")
        found = visit.violations()
        visit.page.get_by_role("tab", name="Graph").click()
        expect(visit.page.locator(".legend li")).to_have_count(3)
        visit.page.get_by_text("History").click()
        visit.page.wait_for_timeout(500)
        found += visit.violations()
        visit.keep(f"sparql-{scheme}-{width}")
        write(visit, "SELECT ?x WHERE {")
        expect(visit.page.get_by_role("alert")).to_be_visible()
        found += visit.violations()
        assert found == []
        assert visit.page.evaluate("document.documentElement.scrollWidth") <= width
        assert visit.complaints == []


def test_the_form_works_without_javascript(browser: Browser, server: str) -> None:
    with visiting(browser, server, java_script_enabled=False) as visit:
        visit.page.goto(f"{server}/sparql")
        visit.page.get_by_label("Query").fill(TREATED)
        visit.page.get_by_role("button", name="Ask").click()
        expect(visit.page.locator("#answer")).to_contain_text("1 row")
        expect(visit.page.locator("#answer td").first).to_have_text("etio:anticoagulants")
        visit.page.locator(".examples a", has_text="How many concepts are there of each kind?").click()
        expect(visit.page.locator("#answer td").first).not_to_be_empty()
        assert visit.hosts == {"127.0.0.1"}
        assert urlencode({"query": TREATED}) not in visit.page.url
