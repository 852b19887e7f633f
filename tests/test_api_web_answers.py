"""The page at `/sparql` in a real browser: answers as table and graph, to download, and brought back by an address."""

import json
import re
from pathlib import Path
from urllib.parse import quote

import pytest
from browser import EDITOR, LINKS, TREATED, Visit, visiting
from playwright.sync_api import Browser, expect
from realserver import get, serving
from toystore import store_toy

from api.settings import NOTICE


def test_the_query_that_is_there_is_answered_as_a_table(visit: Visit) -> None:
    visit.page.get_by_role("button", name="Ask").click()
    expect(visit.page.locator("#answer .head")).to_contain_text("3 rows in ")
    assert visit.cells() == [
        ["etio:alveolar-hemorrhage", "alveolar hemorrhage"],
        ["etio:pneumonia", "pneumonia"],
        ["etio:pulmonary-embolism", "pulmonary embolism"],
    ]
    expect(visit.page.locator("#answer")).to_contain_text(NOTICE)
    link = visit.page.get_by_role("link", name="etio:pneumonia")
    expect(link).to_have_attribute("href", "/concepts/etio:pneumonia")
    visit.keep("sparql-table")


def test_rows_are_sorted_filtered_and_turned_by_the_page(visit: Visit) -> None:
    visit.write("SELECT ?n { VALUES ?n { " + " ".join(map(str, range(150))) + " } }")
    pager = visit.page.get_by_role("navigation", name="Pages of rows")
    expect(pager).to_contain_text("1–100 of 150 rows")
    pager.get_by_role("button", name="Next").click()
    expect(pager).to_contain_text("101–150 of 150 rows")
    head = visit.page.get_by_role("columnheader", name="n")
    head.get_by_role("button").click()
    head.get_by_role("button").click()
    expect(head).to_have_attribute("aria-sort", "descending")
    assert visit.cells()[:2] == [["149"], ["148"]]
    visit.page.get_by_label("Filter the rows").fill("12")
    expect(pager).to_contain_text("1–12 of 12 rows")


def test_text_of_an_answer_never_becomes_markup(visit: Visit) -> None:
    visit.write('SELECT ("<img src=x onerror=alert(1)><b>bold</b>" AS ?x) (<javascript:alert(1)> AS ?y) {}')
    expect(visit.page.locator("#answer tbody td").first).to_have_text("<img src=x onerror=alert(1)><b>bold</b>")
    assert visit.page.locator("#answer :is(img, b, a[href^=javascript])").count() == 0


def test_an_answer_that_was_cut_says_so(browser: Browser, tmp_path: Path) -> None:
    store_toy(tmp_path)
    with serving(tmp_path, ETIOGRAPH_QUERY_ROWS="5") as (_, address), visiting(browser, address) as visit:
        get(f"{address}/health/ready")
        visit.page.goto(f"{address}/sparql?query={quote('SELECT * { ?s ?p ?o }')}")
        expect(visit.page.locator("#answer .head")).to_contain_text("5 rows in ")
        expect(visit.page.get_by_role("alert")).to_have_text(
            "The answer was cut at the server's limit of rows: there is more."
        )


def test_triples_are_drawn_and_rows_of_two_things_too(visit: Visit) -> None:
    visit.write(LINKS)
    visit.page.get_by_role("tab", name="Graph").click()
    expect(visit.page.locator("#panel-Graph .bar")).to_contain_text("5 nodes, 4 links")
    expect(visit.page.locator(".legend li")).to_have_text(["Condition", "Symptom", "Mechanism"])
    visit.page.wait_for_timeout(500)
    visit.keep("sparql-graph")
    visit.write(TREATED)
    visit.page.get_by_role("tab", name="Graph").click()
    expect(visit.page.locator("#panel-Graph .bar")).to_contain_text("2 nodes, 1 link")


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
    visit.write(query)
    expect(visit.page.locator("#answer .head")).to_contain_text(" in ")
    graph = visit.page.get_by_role("tab", name="Graph")
    assert graph.count() == (drawn is not None)
    if drawn:
        graph.click()
        said = visit.page.locator("#panel-Graph .bar span").inner_text()
        assert list(map(int, re.findall(r"\d+", said))) == drawn


def test_an_answer_is_downloaded_in_every_format(visit: Visit) -> None:
    def taken(label: str) -> tuple[str, str]:
        with visit.page.expect_download() as waiting:
            visit.page.get_by_role("link", name=label, exact=True).click()
        return waiting.value.suggested_filename, Path(waiting.value.path()).read_text()

    visit.write(TREATED)
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
    visit.write(LINKS)
    expect(visit.page.locator("#answer .head")).to_contain_text("4 triples in ")
    assert [taken(label)[0] for label in ("Turtle", "N-Triples", "JSON-LD", "RDF/XML")] == [
        "etiograph.ttl",
        "etiograph.nt",
        "etiograph.jsonld",
        "etiograph.rdf",
    ]


def test_the_address_brings_query_and_answer_back(visit: Visit, browser: Browser) -> None:
    visit.write(TREATED)
    expect(visit.page.locator("#answer .head")).to_contain_text("1 row in ")
    with visiting(browser, visit.address) as other:
        other.page.goto(visit.page.url)
        expect(other.page.get_by_role("textbox", name=EDITOR)).to_contain_text(TREATED)
        expect(other.page.locator("#answer .head")).to_contain_text("1 row in ")
    visit.write(LINKS)
    expect(visit.page.locator("#answer .head")).to_contain_text("4 triples in ")
    visit.page.go_back()
    expect(visit.page.locator("#answer .head")).to_contain_text("1 row in ")


def test_a_query_too_long_for_an_address_stays_behind_the_hash(visit: Visit) -> None:
    visit.write(TREATED + "\n" + "# a long remark\n" * 1500)
    expect(visit.page.locator("#answer .head")).to_contain_text("1 row in ")
    assert visit.page.url.startswith(f"{visit.address}/sparql#query=")
    visit.page.reload()
    expect(visit.page.locator("#answer .head")).to_contain_text("1 row in ")
    with visit.page.expect_download() as waiting:
        visit.page.get_by_role("link", name="CSV").click()
    assert Path(waiting.value.path()).read_text().startswith("treatment,condition")
