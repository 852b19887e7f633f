"""The pages: they answer without JavaScript, ask no other server, and let no text become markup."""

import re
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient
from toygraph import toy_extractions

from api.app import create_app
from api.html import document, join, tag
from api.settings import NOTICE, Settings
from graph.store import Store


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    folder = tmp_path_factory.mktemp("toy")
    with Store.open(folder) as store:
        store.replace(toy_extractions())
    with TestClient(create_app(Settings(data=folder))) as client:
        yield client


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
    assert (nothing.status_code, "No article says how hemoptysis leads to pneumonia." in nothing.text) == (200, True)
    unknown = client.get("/?source=hemoptsis&target=pneumonia")
    assert (unknown.status_code, '<a href="/concepts/hemoptysis">hemoptysis</a>' in unknown.text) == (404, True)
    same = client.get("/?source=PE&target=PE")
    assert (same.status_code, "Choose two different concepts." in same.text) == (422, True)


def test_a_concept_has_a_page_with_its_card(client: TestClient) -> None:
    page = client.get("/concepts/hemoptysis").text
    headings = re.findall(r"<h2>(.*?)</h2>", page)
    assert headings == ["Conditions that show it", "What articles deny"]
    assert "“Pneumonia often causes coughing up blood, though not always.”" in page
    assert 'href="/concepts/etio:pulmonary-embolism"' in page
    assert client.get("/concepts/https%3A%2F%2Fw3id.org%2Fetiograph%2Fhemoptysis").text == page


def test_the_search_leads_to_a_page_or_to_a_choice(client: TestClient) -> None:
    exact = client.get("/concepts?q=coughing up blood", follow_redirects=False)
    assert (exact.status_code, exact.headers["location"]) == (303, "/concepts/etio:hemoptysis")
    near = client.get("/concepts?q=hemoptsis")
    assert (near.status_code, 'href="/concepts/etio:hemoptysis"' in near.text) == (200, True)
    assert "Type a name" in client.get("/concepts?q=").text
    assert client.get("/concepts/hemoptsis").status_code == 404


@pytest.mark.parametrize(
    "address",
    ["/?source=<script>alert(1)</script>&target=x", '/concepts?q="><script>', "/concepts/<script>", "/?source='\"><b>"],
)
def test_no_text_becomes_markup(client: TestClient, address: str) -> None:
    page = client.get(address).text
    assert "<script" not in page
    assert "<b>" not in page


@pytest.mark.parametrize("address", ["/", "/concepts?q=x", "/concepts/hemoptysis", "/concepts/nothing", "/docs"])
def test_no_page_asks_another_server(client: TestClient, address: str) -> None:
    page = client.get(address)
    assert re.findall(r"(?:https?:)?//[\w.-]+", page.text.replace("https://w3id.org/", "")) == []
    policy = page.headers["content-security-policy"]
    assert ("default-src 'none'" in policy, "http" in policy) == (True, False)
    assert page.headers["x-content-type-options"] == "nosniff"


def test_everything_that_a_page_loads_is_served_here(client: TestClient) -> None:
    loaded = re.findall(r'(?:src|href)="([^"#]+\.(?:css|js|json))"', client.get("/docs").text)
    loaded += re.findall(r'rel="stylesheet" href="([^"]+)"', client.get("/").text)
    assert loaded == [
        "docs/assets/swagger-ui.css",
        "openapi.json",
        "docs/assets/swagger-ui-bundle.js",
        "docs/assets/start.js",
        "/style.css",
    ]
    kinds = {address: client.get(f"/{address.lstrip('/')}").headers["content-type"].split(";")[0] for address in loaded}
    assert list(kinds.values()) == ["text/css", "application/json", "text/javascript", "text/javascript", "text/css"]
    assert "validatorUrl: null" in client.get("/docs/assets/start.js").text


def test_markup_is_made_of_elements_and_text_is_escaped() -> None:
    assert tag("p", "a < b", tag("i", "&"), class_='"x"', data_y="<") == (
        '<p class="&quot;x&quot;" data-y="&lt;">a &lt; b<i>&amp;</i></p>'
    )
    assert join("<", tag("input", name="q")) == '&lt;<input name="q">'
    assert document("<t>").startswith(b'<!doctype html>\n<html lang="en"><head>')
    assert b"<title>&lt;t&gt;</title>" in document("<t>")
