"""The page at `/sparql` in a real browser: asking, from the first letter to an error that is marked."""

import re
from threading import Event
from urllib.parse import parse_qsl, quote, urlencode

import pytest
from browser import EDITOR, LINKS, TREATED, Visit, visiting
from playwright.sync_api import Browser, Route, expect

from graph.describing.example import examples


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


def test_what_becomes_known_late_is_offered_to_whoever_still_waits(visit: Visit) -> None:
    page = visit.page
    held: list[Route] = []
    released = Event()
    page.route("**/sparql", lambda route: route.continue_() if released.is_set() else held.append(route))
    page.get_by_role("textbox", name=EDITOR).click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text("SELECT * { ?s ?p ?o FILTER(?p = a")
    page.keyboard.type("s")
    options = page.locator(".cm-tooltip-autocomplete li")
    expect(options.filter(has_text=re.compile("^ASC"))).to_be_visible()
    expect(options.filter(has_text="etio:hasSymptom")).to_have_count(0)
    released.set()
    for route in held:
        route.continue_()
    expect(options.filter(has_text="etio:hasSymptom")).to_be_visible()


def test_what_is_offered_is_counted_by_the_description_of_the_dataset(visit: Visit) -> None:
    asked: list[str] = []
    visit.page.on("request", lambda request: asked.append(str(dict(parse_qsl(request.post_data or "")).get("query"))))
    visit.write("SELECT * { ?s etio:caus", ask="")
    visit.page.keyboard.type("e")
    option = visit.page.locator(".cm-tooltip-autocomplete li").first
    expect(option).to_have_text("etio:causescauses · 4")
    assert [query for query in asked if "void:property ?iri" in query] != []
    assert [query for query in asked if "?s ?iri ?o" in query] == []


def test_a_syntax_error_is_told_and_marked_where_it_is(visit: Visit) -> None:
    visit.write("SELECT * WHERE {\n  ?s etio:causes ?o .\n  FILTER(?o = )\n}\n")
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
    visit.write("DELETE WHERE { ?s ?p ?o }")
    expect(visit.page.get_by_role("alert")).to_contain_text("this endpoint is read-only")
    visit.write(" ")
    expect(visit.page.get_by_role("alert")).to_contain_text("There is no query to ask.")


def test_a_query_is_stopped_and_another_asked(visit: Visit) -> None:
    everything = " . ".join(f"?s{number} ?p{number} ?o{number}" for number in range(5))
    visit.write(f"SELECT (COUNT(?s1) AS ?n) {{ {everything} FILTER(?o1 != ?o2 && ?o3 != ?o4) }}")
    visit.page.get_by_role("button", name="Stop").click()
    expect(visit.page.locator("form.ask")).to_contain_text("Stopped.")
    visit.write(TREATED)
    expect(visit.page.locator("#answer .head")).to_contain_text("1 row in ")
    expect(visit.page.get_by_role("button", name="Stop")).to_be_hidden()


def test_the_prefixes_that_a_query_uses_are_declared_for_other_endpoints(visit: Visit) -> None:
    visit.write('PREFIX etio: <https://w3id.org/etiograph/>\nASK { etio:a skos:b "rdf:c" , <owl:d> } # HP:e', ask="")
    visit.page.get_by_role("button", name="Add prefixes").click()
    text = visit.page.locator(".cm-line").all_inner_texts()
    assert text == [
        "PREFIX skos: <http://www.w3.org/2004/02/skos/core#>",
        "PREFIX etio: <https://w3id.org/etiograph/>",
        'ASK { etio:a skos:b "rdf:c" , <owl:d> } # HP:e',
    ]


def test_what_was_asked_is_remembered_in_this_browser_until_it_is_forgotten(visit: Visit) -> None:
    visit.write(TREATED)
    expect(visit.page.locator("#answer .head")).to_contain_text("1 row in ")
    visit.page.goto(f"{visit.address}/sparql")
    expect(visit.page.get_by_role("textbox", name=EDITOR)).to_contain_text(TREATED)
    visit.page.get_by_text("History").click()
    expect(visit.page.locator(".earlier li")).to_have_count(1)
    visit.page.get_by_role("button", name="Forget all").click()
    expect(visit.page.locator(".earlier")).to_contain_text("Nothing was asked yet.")


def test_the_keyboard_reaches_everything_and_leaves_the_editor(visit: Visit) -> None:
    visit.write(LINKS)
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
        visit.write("SELECT ?x WHERE {")
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
