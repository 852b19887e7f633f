"""What a view exports are the very claims that it shows."""

import re
from html import unescape
from pathlib import Path
from urllib.parse import parse_qsl, urlencode

import networkx as nx
import pytest
from exporting import read_graphml
from fastapi.testclient import TestClient
from toygraph import claim_between, toy_concept
from toystore import stored

from api.app import create_app
from api.exportquestions import MOST_NAMED
from api.pages.cards import LINKS_AT_ONCE
from api.settings import Settings
from ontology.article import Article
from ontology.claim import Concept
from ontology.terms import Kind, Predicate

VIEWS = (
    "/?source=PE&target=hemoptysis",
    "/graph?source=PE&target=hemoptysis",
    "/graph?concept=PE",
    "/graph?concept=PE&depth=2&negated=exclude",
    "/graph?concept=hemoptysis&limit=2",
    "/graph?concept=PE&limit=1&expanded=hemoptysis",
    "/graph?concept=hemoptysis&depth=2&expanded=PE&article=lung-clots",
    "/concepts/etio:hemoptysis",
    "/concepts/etio:pulmonary-embolism",
    "/concepts/etio:pulmonary-embolism?section=symptoms",
    "/concepts/etio:hemoptysis?section=red-flags",
    "/concepts/etio:hemoptysis?section=denied",
    "/articles/lung-clots",
    "/articles/warnings",
    "/conflicts",
    "/differential?present=hemoptysis&absent=fever",
)


def shown(page: str) -> set[str]:
    """The digits of the claims that a page leads to before it says how to take them elsewhere.

    Red flags that stand before chains are none of these.
    """
    before = page.partition('class="take"')[0]
    answer = before.partition('class="count"')[2] if 'class="chain"' in before else before
    return set(re.findall(r'href="[^"]*\b([0-9a-f]{16})\b', answer))


def asked_for(page: str, title: str = "Export as a file", *, method: str = "get") -> list[tuple[str, str]]:
    """The parameters of the view's export as GraphML, whether a link or a form of this method asks for it."""
    details = page.partition(f"<summary>{title}</summary>")[2].partition("</details>")[0]
    link = re.search(r'href="/v1/export\?(format=graphml[^"]*)"', details)
    if link:
        return parse_qsl(unescape(link[1]))
    assert f'<form action="/v1/export" method="{method}">' in details
    assert '<button name="format" value="graphml">' in details
    hidden = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', details)
    return [(unescape(name), unescape(value)) for name, value in (*hidden, ("format", "graphml"))]


def edges(explorer: TestClient, values: list[tuple[str, str]]) -> "nx.MultiDiGraph[str]":
    answer = explorer.get(f"/v1/export?{urlencode(values)}")
    assert answer.status_code == 200, answer.text
    return read_graphml(answer.content)


def test_search_results_are_exported_alone(explorer: TestClient) -> None:
    page = explorer.get("/concepts?q=pul").text
    hits = page.partition('<ul class="hits">')[2].partition("</ul>")[0]
    graph = edges(explorer, asked_for(page))
    labels = {unescape(re.sub("<[^>]*>", "", name)) for name in re.findall(r'<span class="name">(.*?)</span>', hits)}
    assert {values["label"] for _, values in graph.nodes(data=True)} == labels
    assert (len(labels) > 1, len(graph.edges)) == (True, 0)
    nothing = explorer.get("/concepts?q=qqqqqqqqqqqqqqqqq").text
    assert "Export as a file" not in nothing


def test_the_list_of_articles_exports_what_they_state(explorer: TestClient) -> None:
    values = asked_for(explorer.get("/articles").text, "Export what they state")
    everything = {claim["id"] for claim in explorer.get("/v1/claims?limit=500").json()["items"]}
    assert {key for _, _, key in edges(explorer, values).edges(keys=True)} == everything
    one = asked_for(explorer.get("/articles?limit=1").text, "Export what they state")
    assert [name for name, _ in one] == ["format", "article", "negated"]


@pytest.mark.parametrize("view", VIEWS)
def test_a_view_exports_what_it_shows(explorer: TestClient, view: str) -> None:
    page = explorer.get(view).text
    graph = edges(explorer, asked_for(page))
    assert {key.rpartition("/")[2] for _, _, key in graph.edges(keys=True)} == shown(page)
    assert len(graph.edges) > 0


def test_a_claim_s_page_exports_it_alone(explorer: TestClient) -> None:
    for claim in explorer.get("/v1/claims?limit=500").json()["items"]:
        graph = edges(explorer, asked_for(explorer.get("/claims/" + claim["id"].rpartition("/")[2]).text))
        assert list(graph.edges(keys=True)) == [(claim["subject"], claim["object"], claim["id"])]
        assert [values["negated"] for _, _, values in graph.edges(data=True)] == [claim["negated"]]


def test_more_claims_than_an_address_has_room_for_are_posted(tmp_path: Path) -> None:
    hub = toy_concept("pneumonia")
    signs = [Concept(f"etio:sign-{number}", f"sign {number}", (Kind.SYMPTOM,)) for number in range(300)]
    claims = [
        claim_between("pneumonia", Predicate.HAS_SYMPTOM, f"sign-{number}", negated=negated)
        for number in range(300)
        for negated in (False, True)
    ]
    stored(tmp_path, (hub, *signs), claims, (Article(id="more", title="More", text="x", format="text"),))
    with TestClient(create_app(Settings(data=tmp_path))) as client:
        page = client.get("/graph?concept=pneumonia&negated=include&limit=290").text
        values = asked_for(page, method="post")
        sent = {"format": "graphml", "claim": [value for name, value in values if name == "claim"]}
        graph = read_graphml(client.post("/v1/export", data=sent).content)
        assert {key.rpartition("/")[2] for _, _, key in graph.edges(keys=True)} == shown(page)
        assert len(shown(page)) > MOST_NAMED
        listed = client.get("/concepts?limit=300").text
        sent = {"format": "csv", "concept": [], "depth": "0"}
        sent["concept"] = [value for name, value in asked_for(listed, method="post") if name == "concept"]
        assert client.post("/v1/export", data=sent).text.count("\n") == 301


def test_many_claims_are_named_once_in_a_form_and_the_rest_is_offered_too(tmp_path: Path) -> None:
    hub = toy_concept("pneumonia")
    signs = [Concept(f"etio:sign-{number}", f"sign {number}", (Kind.SYMPTOM,)) for number in range(60)]
    claims = [claim_between("pneumonia", Predicate.HAS_SYMPTOM, f"sign-{number}") for number in range(60)]
    article = Article(id="more", title="More", text="x", format="text")
    stored(tmp_path, (hub, *signs), claims, (article,))
    with TestClient(create_app(Settings(data=tmp_path))) as client:
        section = client.get("/concepts/pneumonia?section=symptoms").text
        assert section.count('name="claim"') == len(shown(section)) == 60
        assert len(edges(client, asked_for(section)).edges) == 60
        card = client.get("/concepts/pneumonia").text
        assert len(edges(client, asked_for(card)).edges) == len(shown(card)) == LINKS_AT_ONCE
        whole = re.search(r'href="/v1/export\?(format=graphml&amp;concept=[^"]*)"', card)
        assert whole
        assert len(edges(client, parse_qsl(unescape(whole[1]))).edges) == 60
