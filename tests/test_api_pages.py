"""The pages: they answer without JavaScript, ask no other server, and let no text become markup."""

import re
from dataclasses import replace

import pytest
from fastapi.testclient import TestClient
from toygraph import CONCEPTS

from api.cards import card
from api.html import document, join, tag
from api.pages.cards import show_card
from api.settings import NOTICE
from graph.network import Network
from ontology.article import Article
from ontology.claim import Claim, Concept, Evidence, Mapping, Name
from ontology.terms import Kind, MappingRelation, Predicate

BEGINNING = '<script type="module" src="/assets/explorer.js">'
"""The one script that a page has."""


def test_the_first_page_answers_a_question_with_its_chain_and_quotes(client: TestClient) -> None:
    page = client.get("/")
    assert (page.status_code, page.headers["content-type"]) == (200, "text/html; charset=utf-8")
    chain = "pulmonary embolism causes reduced pulmonary blood flow, which may cause pulmonary infarction"
    assert chain in page.text
    assert "“A pulmonary embolism reduces the flow of blood through the lung.”" in page.text
    assert all(link in page.text for link in ('href="/docs"', 'href="/sparql"', 'action="/concepts"', NOTICE))


def test_the_first_page_answers_any_other_question(client: TestClient) -> None:
    assert "1. pneumonia may have the symptom hemoptysis." in client.get("/?source=pneumonia&target=hemoptysis").text
    nothing = client.get("/?source=hemoptysis&target=pneumonia")
    assert nothing.status_code == 200
    assert "leads from hemoptysis to pneumonia. With directed=false there is one of 1 hop." in nothing.text
    unknown = client.get("/?source=hemoptsis&target=pneumonia")
    assert (unknown.status_code, '<a href="/concepts/hemoptysis">hemoptysis</a>' in unknown.text) == (404, True)
    same = client.get("/?source=PE&target=PE")
    assert (same.status_code, "Choose two different concepts." in same.text) == (422, True)


def test_a_concept_has_a_page_with_its_card(client: TestClient) -> None:
    page = client.get("/concepts/hemoptysis").text
    headings = re.findall(r"<h2[^>]*>(.*?)</h2>", page)
    assert headings == ["Conditions that show it", "What articles deny", "Take it with you"]
    assert "“Pneumonia often causes coughing up blood, though not always.”" in page
    assert 'href="/concepts/etio:pulmonary-embolism"' in page
    assert client.get("/concepts/https%3A%2F%2Fw3id.org%2Fetiograph%2Fhemoptysis").text == page


def test_the_search_leads_to_a_page_or_to_a_choice(client: TestClient) -> None:
    exact = client.get("/concepts?q=coughing up blood", follow_redirects=False)
    assert (exact.status_code, exact.headers["location"]) == (303, "/concepts/etio:hemoptysis?q=coughing%20up%20blood")
    clot = client.get("/concepts?q=lung infarction").text
    assert "<h1>pulmonary infarction</h1>" in clot
    assert "<h2>Other names like “lung infarction”</h2>" in clot
    assert 'href="/concepts/etio:lung-infection"' in clot.split("Other names like", 1)[1]
    near = client.get("/concepts?q=hemoptsis")
    assert (near.status_code, 'href="/concepts/etio:hemoptysis"' in near.text) == (200, True)
    everything = client.get("/concepts?q=").text
    assert "1–50 of" in everything
    assert 'href="/concepts?offset=50" rel="next"' in everything
    tests = client.get("/concepts?kind=Test&limit=500").text
    assert ("CT pulmonary angiography" in tests, "pneumonia" in tests) == (True, False)
    assert client.get("/concepts/hemoptsis").status_code == 404


_TEXTBOOK = Article(
    id="textbook",
    title="Bleeding",
    text="# Bleeding\n\n## Common causes of hemoptysis\n\n- pneumonia\n- CTPA\n\nHemoptysis is caused by pneumonia.\n",
    format="markdown",
)


def _stated(subject: str, quote: str) -> Claim:
    start = _TEXTBOOK.text.index(quote)
    evidence = Evidence(
        article="textbook",
        quote=quote,
        start=start,
        end=start + len(quote),
        rule="toy",
        extractor="toy 1",
        subject_mention=subject,
        object_mention="hemoptysis",
        subject_kind=Kind.CONDITION,
        object_kind=Kind.SYMPTOM,
        section=("Bleeding", "Common causes of hemoptysis"),
    )
    return Claim(f"etio:{subject}", Predicate.CAUSES, "etio:hemoptysis", negated=False, evidence=(evidence,))


def test_a_sentence_is_shown_before_a_bare_item_and_an_item_says_where_it_stands() -> None:
    item, sentence = _stated("pneumonia", "pneumonia"), _stated("pneumonia", "Hemoptysis is caused by pneumonia.")
    both = replace(item, evidence=(*item.evidence, *sentence.evidence))
    network = Network.build(CONCEPTS, [both], [_TEXTBOOK])
    shown = "".join(show_card(network, card(network, network.concepts["etio:hemoptysis"])))
    assert (
        re.sub(r"<[^>]+>", " ", shown.split("<blockquote>", 1)[1]).split("  the claim")[0].split()
        == (
            "“Hemoptysis is caused by pneumonia.” Bleeding 1 more "
            "“pneumonia” Bleeding , under “Common causes of hemoptysis”"
        ).split()
    )


def test_many_names_are_folded_and_mappings_are_put_in_words() -> None:
    names = tuple(Name(f"name {letter}") for letter in "abcdefghi")
    mappings = (
        Mapping(MappingRelation.EXACT, "HP:0002105"),
        Mapping(MappingRelation.EXACT, "UMLS:C0019079"),
        Mapping(MappingRelation.BROAD, "HP:0001892"),
    )
    many = Concept("etio:hemoptysis", "hemoptysis", (Kind.SYMPTOM,), names, mappings)
    network = Network.build([many], [], [])
    shown = "".join(show_card(network, card(network, many)))
    assert f"<details><summary>Also called: 9 other names</summary><p>{'; '.join(name.text for name in names)}" in shown
    assert "Same as HP:0002105, UMLS:C0019079; Narrower than HP:0001892" in re.sub(r"<[^>]+>", "", shown)
    assert 'href="http://purl.obolibrary.org/obo/HP_0002105"' in shown


@pytest.mark.parametrize(
    "address",
    ["/?source=<script>alert(1)</script>&target=x", '/concepts?q="><script>', "/concepts/<script>", "/?source='\"><b>"],
)
def test_no_text_becomes_markup(client: TestClient, address: str) -> None:
    page = client.get(address).text
    assert [script for script in re.findall("<script[^>]*>", page) if script != BEGINNING] == []
    assert "<b>" not in page


@pytest.mark.parametrize("address", ["/", "/concepts?q=x", "/concepts/hemoptysis", "/concepts/nothing", "/docs"])
def test_no_page_asks_another_server(client: TestClient, address: str) -> None:
    page = client.get(address)
    loading = re.findall(r"<(?:script|img|form|iframe)[^>]*>|<link[^>]*rel=.stylesheet[^>]*>", page.text)
    assert [element for element in loading if "//" in element] == []
    policy = page.headers["content-security-policy"]
    assert ("default-src 'none'" in policy, "http" in policy) == (True, False)
    assert page.headers["x-content-type-options"] == "nosniff"


def test_everything_that_a_page_loads_is_served_here(client: TestClient) -> None:
    loaded = re.findall(r'(?:src|href)="([^"#]+\.(?:css|js|json|svg))"', client.get("/docs").text)
    loaded += re.findall(r'rel="(?:stylesheet|icon)" href="([^"]+)"', client.get("/").text)
    assert loaded == [
        "docs/assets/swagger-ui.css",
        "docs/assets/docs.css",
        "icon.svg",
        "openapi.json",
        "docs/assets/swagger-ui-bundle.js",
        "docs/assets/docs.js",
        "/style.css",
        "/icon.svg",
    ]
    kinds = {address: client.get(f"/{address.lstrip('/')}").headers["content-type"].split(";")[0] for address in loaded}
    style, icon, script = "text/css", "image/svg+xml", "text/javascript"
    assert list(kinds.values()) == [style, style, icon, "application/json", script, script, style, icon]
    assert "validatorUrl: null" in client.get("/docs/assets/docs.js").text


def test_markup_is_made_of_elements_and_text_is_escaped() -> None:
    assert tag("p", "a < b", tag("i", "&"), class_='"x"', data_y="<") == (
        '<p class="&quot;x&quot;" data-y="&lt;">a &lt; b<i>&amp;</i></p>'
    )
    assert join("<", tag("input", name="q")) == '&lt;<input name="q">'
    assert document("<t>").startswith(b'<!doctype html>\n<html lang="en"><head>')
    assert "<title>&lt;t&gt; · Etiograph</title>" in document("<t>").decode()
    assert tag("option", "x", selected=None) == "<option>x</option>"
