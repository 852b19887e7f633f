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


def asked_for(page: str) -> list[tuple[str, str]]:
    """The parameters of the view's export as GraphML, whether a link or a form asks for it."""
    details = page.partition("<summary>Export as a file</summary>")[2].partition("</details>")[0]
    link = re.search(r'href="/v1/export\?(format=graphml[^"]*)"', details)
    if link:
        return parse_qsl(unescape(link[1]))
    assert '<form action="/v1/export" method="get">' in details
    assert '<button name="format" value="graphml">' in details
    hidden = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', details)
    return [(unescape(name), unescape(value)) for name, value in (*hidden, ("format", "graphml"))]


def edges(explorer: TestClient, values: list[tuple[str, str]]) -> "nx.MultiDiGraph[str]":
    answer = explorer.get(f"/v1/export?{urlencode(values)}")
    assert answer.status_code == 200, answer.text
    return read_graphml(answer.content)


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
