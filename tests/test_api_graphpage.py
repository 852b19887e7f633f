"""The page at `/graph` as the server writes it: what it lists, counts and names as the source of the drawing."""

import re
from collections.abc import Iterator
from html import unescape

import pytest
from crowd import HOSTILE, HUB, store_crowd
from fastapi.testclient import TestClient

from api.app import create_app
from api.settings import Settings


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    folder = tmp_path_factory.mktemp("crowd")
    store_crowd(folder, leaves=620)
    with TestClient(create_app(Settings(data=folder))) as client:
        yield client


def sources(page: str) -> list[str]:
    """The addresses that the drawing is made of."""
    found = re.search(r'data-source="([^"]*)"', page)
    return unescape(found[1]).split() if found else []


def drawn(client: TestClient, page: str) -> set[str]:
    """The claims that these addresses answer."""
    return {
        claim["id"] for each in sources(page) for item in client.get(each).json()["items"] for claim in item["claims"]
    }


def listed(page: str) -> list[str]:
    """The rows of the list, as text."""
    rows = re.findall(r'<li><p>(.*?)</p><p class="standing">', page)
    return [unescape(re.sub(r"<[^>]+>", "", row)) for row in rows]


def test_the_list_and_the_drawing_show_the_same_denied_links_too(client: TestClient) -> None:
    page = client.get("/graph?concept=coughing up blood").text
    assert listed(page) == [
        "hemoptysis is caused by alveolar hemorrhage",
        "hemoptysis is caused by anticoagulants (denied)",
        "hemoptysis is a symptom of pneumonia",
        "hemoptysis is a symptom of pulmonary embolism",
    ]
    assert "<h1>Around <a href=" in page
    assert len(drawn(client, page)) == 4
    assert sources(page) == ["/v1/concepts/etio:hemoptysis/neighbours?negated=include&limit=100"]


def test_filters_narrow_both_and_say_what_there_is_to_choose_from(client: TestClient) -> None:
    page = client.get("/graph?concept=hemoptysis&predicate=causes&negated=exclude&min_certainty=&article=").text
    assert listed(page) == ["hemoptysis is caused by alveolar hemorrhage"]
    assert len(drawn(client, page)) == 1
    assert re.findall(r'name="predicate" value="(\w+)"( checked="")?', page) == [
        ("causes", ' checked=""'),
        ("has_symptom", ""),
    ]
    one = client.get("/graph?concept=hemoptysis&article=lung-clots").text
    assert listed(one) == ["hemoptysis is caused by alveolar hemorrhage"]
    assert '<input type="checkbox" name="article" value="coughing-up-blood">Coughing up blood' in one


def test_what_is_expanded_is_drawn_and_listed_once(client: TestClient) -> None:
    page = client.get("/graph?concept=hemoptysis&expanded=PE&expanded=etio:pulmonary-embolism").text
    assert len(sources(page)) == 2
    calls = " ".join(f"'http://testserver{each}'" for each in sources(page))
    assert f"curl {calls}" in unescape(page)
    assert len(listed(page)) == len(set(listed(page))) == len(drawn(client, page)) == 7
    assert 'href="/graph?concept=hemoptysis" data-step="">collapse</a>' in page.replace("&amp;expanded=PE", "")


def test_what_is_exported_is_what_is_shown(client: TestClient) -> None:
    for query in ("concept=hemoptysis&depth=2&negated=exclude", "concept=hemoptysis&expanded=PE&negated=exclude"):
        page = client.get(f"/graph?{query}").text
        address = re.search(r'href="(/v1/export\?format=cytoscape[^"]*)"', page)
        assert address is not None
        edges = client.get(unescape(address[1])).json()["elements"]["edges"]
        assert {edge["data"]["id"] for edge in edges} == drawn(client, page)


def test_a_crowd_is_cut_to_the_best_and_says_how_many_are_hidden(crowd: TestClient) -> None:
    page = crowd.get(f"/graph?concept={HUB}").text
    assert "100 of 620 links, the nearest and best believed; 520 hidden." in page
    assert len(listed(page)) == len(drawn(crowd, page)) == 100
    assert 'href="/graph?concept=etio:crowd&amp;limit=200" data-step="">Show 100 more</a>' in page
    more = crowd.get(f"/graph?concept={HUB}&limit=600").text
    assert [each.rpartition("?")[2] for each in sources(more)] == [
        "negated=include&limit=500",
        "negated=include&limit=100&offset=500",
    ]
    assert len(drawn(crowd, more)) == 600


def test_names_and_quotes_never_become_markup(crowd: TestClient) -> None:
    page = crowd.get(f"/graph?concept={HUB}&limit=700").text
    assert re.findall(r"<(?:img|b)\b", page) == []
    assert f"crowd has the symptom {HOSTILE}" in listed(page)
    assert len(re.findall(r"<script", page)) == 1


def test_chains_are_drawn_between_two_concepts(client: TestClient) -> None:
    page = client.get("/graph?source=PE&target=hemoptysis").text
    assert sources(page) == ["/v1/paths?source=PE&target=hemoptysis&k=3"]
    assert page.count('class="chain"') == len(client.get(sources(page)[0]).json()["items"]) == 2
    one = client.get("/graph?source=PE&target=hemoptysis&via=pulmonary infarction&k=10").text
    assert sources(one) == ["/v1/paths?source=PE&target=hemoptysis&via=pulmonary+infarction"]
    assert one.count('class="chain"') == 1
    nothing = client.get("/graph?source=hemoptysis&target=PE")
    assert (nothing.status_code, sources(nothing.text)) == (200, [])
    assert "leads from hemoptysis to pulmonary embolism. With directed=false there is one of 1 hop." in nothing.text


@pytest.mark.parametrize(
    ("query", "status", "said"),
    [
        ("", 200, "Name a concept to see"),
        ("concept=hemoptsis", 404, 'href="/concepts/hemoptysis">hemoptysis</a>'),
        ("concept=hemoptysis&expanded=nothing", 404, "No concept is called “nothing”"),
        ("concept=hemoptysis&depth=9", 422, "depth"),
        ("concept=hemoptysis&predicate=caused", 422, "did you mean"),
        ("concept=hemoptysis&article=nothing", 404, "No article is called “nothing”"),
        ("concept=hemoptysis&limit=100000", 422, "limit"),
        ("source=PE", 422, "Choose two different concepts."),
    ],
)
def test_bad_questions_are_answered_with_a_page(client: TestClient, query: str, status: int, said: str) -> None:
    page = client.get(f"/graph?{query}")
    assert (page.status_code, said in page.text) == (status, True), page.text
    assert page.headers["content-type"] == "text/html; charset=utf-8"
