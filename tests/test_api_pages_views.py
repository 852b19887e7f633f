"""The views behind their addresses: what each shows, what it leads to, and what takes it elsewhere."""

import json
import re
import shlex
from collections.abc import Iterator
from html import unescape

import pyoxigraph
import pytest
from explorerworld import MARKUP, WARNINGS, explorer_extractions
from fastapi.testclient import TestClient
from pyoxigraph import RdfFormat
from toygraph import CONCEPTS, claim_between

from api.app import create_app
from api.cards import card
from api.descriptions import form_asked_for
from api.html import Html
from api.pages.articles import PART
from api.pages.cards import LINKS_AT_ONCE, show_card
from api.problems import Refused
from api.settings import NOTICE, Settings
from graph.network import Network
from graph.store import Store
from ontology.article import Article, Extraction
from ontology.claim import Concept
from ontology.terms import ETIO, Kind, Predicate

ANSWERS = (
    "/?source=PE&target=hemoptysis",
    "/concepts/etio:hemoptysis",
    "/concepts/etio:pulmonary-embolism?section=symptoms",
    "/articles/lung-clots",
    "/conflicts",
    "/differential?present=hemoptysis",
)


def _copied(page: str) -> list[str]:
    return [unescape(text) for text in re.findall(r'data-copy="([^"]*)"', page)]


def _text(page: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


@pytest.mark.parametrize("address", ANSWERS)
def test_what_is_copied_gives_what_is_shown(explorer: TestClient, address: str) -> None:
    page = explorer.get(address).text
    answered = page.partition('class="count"')[2] if "source=" in address else page
    rest, sparql = _copied(page.partition('class="take"')[2])
    command, called, *posted = shlex.split(rest)
    assert (command, NOTICE in page) == ("curl", True)
    body = json.loads(posted[-1]) if posted else None
    answer = explorer.post(called, json=body) if body else explorer.get(called)
    stated = {unescape(quote) for quote in re.findall(r"<blockquote><p>(?:<strong>.*?</strong>)?“(.*?)”<", answered)}
    known = {row["quote"] for row in _evidence(answer.json())}
    assert (answer.status_code, stated - known) == (200, set())
    rows = explorer.post("/sparql", data={"query": sparql}, headers={"Accept": "application/json"}).json()
    found = {row["quote"]["value"] for row in rows["results"]["bindings"]}
    assert found & known
    if "concepts/" not in address and "differential" not in address:
        assert found == {row["quote"] for row in _evidence(answer.json())}


def _evidence(answer: object) -> Iterator[dict[str, str]]:
    if isinstance(answer, dict):
        if "quote" in answer:
            yield answer
        for value in answer.values():
            yield from _evidence(value)
    if isinstance(answer, list):
        for value in answer:
            yield from _evidence(value)


def test_a_search_is_copied_too(explorer: TestClient) -> None:
    rest, sparql = _copied(explorer.get("/concepts?q=blood&kind=Test").text)
    found = explorer.get(shlex.split(rest)[1]).json()["items"]
    rows = explorer.post("/sparql", data={"query": sparql}, headers={"Accept": "application/json"}).json()
    labels = {row["label"]["value"] for row in rows["results"]["bindings"]}
    assert (len(found) > 2, labels) == (True, {hit["label"] for hit in found})


def test_filters_hide_chains_and_say_so(explorer: TestClient) -> None:
    page = explorer.get("/?source=PE&target=hemoptysis&min_certainty=asserted&k=1").text
    assert (
        "No chain of at most 8 hops leads from pulmonary embolism to hemoptysis. Without min_certainty=asserted" in page
    )
    assert "less certain than asked for" in _text(page)
    without = re.search(r'<a href="([^"]+)">Drop this filter</a>', page)
    assert without is not None
    assert "1. pulmonary embolism" in explorer.get(unescape(without[1])).text
    around = explorer.get("/?source=PE&target=hemoptysis&avoid=pulmonary+infarction&via=").text
    assert [re.findall(r'<article class="chain"', around), "that touch what is to be avoided" in around] == [
        ['<article class="chain"'],
        True,
    ]
    assert 'name="avoid" value="pulmonary infarction"' in around


def test_a_question_that_cannot_be_asked_says_what_can(explorer: TestClient) -> None:
    wrong = explorer.get("/?source=PE&target=hemoptysis&max_hops=99")
    assert (wrong.status_code, "max_hops='99': expected less than or equal to 8" in unescape(wrong.text)) == (422, True)
    half = explorer.get("/?source=PE")
    assert (half.status_code, 'value="PE"' in half.text) == (422, True)
    relation = explorer.get("/?source=PE&target=hemoptysis&predicate=cause")
    assert (relation.status_code, "did you mean 'causes'" in unescape(relation.text)) == (422, True)


def test_red_flags_come_first_and_are_marked_where_they_appear(explorer: TestClient) -> None:
    why = explorer.get("/?source=PE&target=hemoptysis").text
    assert why.index("Red flags") < why.index('<article class="chain"')
    assert "hemoptysis calls for see a doctor" in _text(why)
    assert re.search(r'href="/concepts/etio:hemoptysis">hemoptysis</a> <span class="flag">', why)
    shown = explorer.get("/concepts/hemoptysis").text
    assert re.findall(r'<h2 id="([^"]+)"', shown)[0] == "red-flags"
    assert '<span class="flag">' in explorer.get("/differential?present=hemoptysis").text + why


def test_a_claim_leads_to_its_sentence_and_back_to_its_concepts(explorer: TestClient) -> None:
    shown = explorer.get("/concepts/anticoagulants").text
    (denied,) = re.findall(r'<strong>Denied: </strong>.*?<a href="([^"]+)"', shown)
    address, name = denied.split("#")
    assert address == "/articles/coughing-up-blood"
    article = explorer.get(address).text
    marked = re.search(rf'<mark class="denied">(?:<span id="[^"]*"></span>)*<span id="{name}">.*?</mark>', article)
    assert marked is not None
    assert _text(marked[0]) == "Blood thinners do not cause hemoptysis by themselves."
    assert re.findall(r'href="(/concepts/[^"]+)"', marked[0]) == [
        "/concepts/etio:anticoagulants",
        "/concepts/etio:hemoptysis",
    ]
    (claim,) = re.findall(r'<span class="no">denied: </span>.*?href="(/claims/[^"]+)"', article)
    page = explorer.get(claim)
    assert (page.status_code, _text(page.text).count("Blood thinners do not cause hemoptysis")) == (200, 1)
    assert "Also affirmed" in page.text
    assert denied in page.text


def test_both_sides_of_a_conflict_are_quoted(explorer: TestClient) -> None:
    page = _text(explorer.get("/conflicts?concept=hemoptysis&type=").text)
    assert "1 conflict about hemoptysis" in page
    assert "Affirmed (asserted) 1 article “Blood thinners do cause hemoptysis.” Warnings <i>& such</i>" in page
    assert "Denied 1 article “Blood thinners do not cause hemoptysis by themselves.” Coughing up blood" in page
    assert "No article contradicts another about pneumonia." in explorer.get("/conflicts?concept=pneumonia").text


def test_a_differential_says_what_a_condition_explains_and_what_not(explorer: TestClient) -> None:
    page = _text(explorer.get("/differential?present=hemoptysis&present=fever&absent=").text)
    assert "3 conditions would show some of this" in page
    assert "1. alveolar hemorrhage score 0.4219 = explained 0.4219 × uncontradicted 1" in page
    assert "does not explain fever" in page
    assert "No condition is said to show: fever ." in page
    assert "test CT pulmonary angiography tells it from alveolar hemorrhage , pneumonia" in page
    unknown = explorer.get("/differential?present=hemoptsis")
    assert (unknown.status_code, 'href="/concepts/hemoptysis"' in unknown.text) == (404, True)
    assert explorer.get("/differential?absent=fever").status_code == 422


@pytest.mark.parametrize(
    "address", ["/concepts/etio:markup-sign", "/articles/warnings", "/articles", "/conflicts", "/"]
)
def test_markup_in_names_and_quotes_is_text(explorer: TestClient, address: str) -> None:
    page = explorer.get(address).text
    for markup in ("<script>", "<b>", "<img", "<i>", "<u>", 'href="javascript'):
        assert markup not in page
    if "markup" in address:
        assert MARKUP.label in unescape(re.sub(r"<[^>]+>", "", page))


@pytest.mark.parametrize(
    ("address", "suggested"),
    [
        ("/concepts/hemoptsis", "/concepts/hemoptysis"),
        ("/articles/lung-clot", "/articles/lung-clots"),
        ("/claims/0123456789abcdef", None),
        ("/concepts/hemoptysis?section=nothing", None),
    ],
)
def test_what_there_is_not_is_told_with_what_is_near(explorer: TestClient, address: str, suggested: str | None) -> None:
    page = explorer.get(address)
    assert page.status_code == (422 if "section" in address else 404)
    assert 'role="alert"' in page.text
    assert suggested is None or f'href="{suggested}"' in page.text


FORMS = {
    "text/turtle": RdfFormat.TURTLE,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/ld+json": RdfFormat.JSON_LD,
    "application/rdf+xml": RdfFormat.RDF_XML,
}


def test_a_concept_is_described_in_the_form_that_is_asked_for(explorer: TestClient) -> None:
    seen = []
    for media_type, format in FORMS.items():
        answer = explorer.get("/concepts/etio:hemoptysis", headers={"Accept": media_type})
        assert answer.headers["content-type"].split(";")[0] == media_type
        assert "Accept" in answer.headers["vary"]
        seen.append({quad.triple for quad in pyoxigraph.parse(answer.content, format=format)})
    assert seen[0] == seen[1] == seen[2] == seen[3]
    stated = {(row.subject.value, row.predicate.value) for row in seen[0] if hasattr(row.subject, "value")}
    assert (f"{ETIO}pneumonia", f"{ETIO}hasSymptom") in stated
    assert any(getattr(row.object, "value", "") == "coughing up blood" for row in seen[0])
    data = explorer.get("/concepts/etio:hemoptysis", headers={"Accept": "application/json"}).json()
    assert (data["concept"]["iri"], data["sections"][0]["name"]) == (f"{ETIO}hemoptysis", "red-flags")
    page = explorer.get("/concepts/etio:hemoptysis")
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    links = re.findall(r'<link rel="alternate" type="([^"]+)" href="([^"]+)">', page.text)
    assert {*FORMS, "application/json"} == {media_type for media_type, _ in links}
    for media_type, address in links:
        assert explorer.get(address).headers["content-type"].split(";")[0] == media_type
    assert explorer.get("/concepts/hemoptsis", headers={"Accept": "text/turtle"}).status_code == 404
    assert explorer.get("/concepts/hemoptysis", headers={"Accept": "image/png"}).status_code == 406
    assert explorer.get("/concepts/hemoptysis?format=png").status_code == 406


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        ("*/*", "html"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "html"),
        ("text/turtle, */*;q=0.1", "turtle"),
        ("text/turtle, text/html", "html"),
        ("text/html;q=0.5, text/turtle;q=0.9", "turtle"),
        ("application/json, */*", "json"),
        ("application/ld+json;q=0.2, text/turtle;q=0", "jsonld"),
        ("text/*", "html"),
    ],
)
def test_a_browser_gets_a_page_and_a_program_what_it_names(accept: str, form: str) -> None:
    assert form_asked_for(accept, None) == form


@pytest.mark.parametrize("accept", ["image/png", "text/turtle;q=0", "text/html;q=x"])
def test_a_form_that_there_is_not_is_refused(accept: str) -> None:
    with pytest.raises(Refused, match="no description can be given"):
        form_asked_for(accept, None)


def test_a_hub_shows_a_ranked_cut_and_where_the_rest_is() -> None:
    hub = next(concept for concept in CONCEPTS if concept.id == "etio:pneumonia")
    shown = [Concept(f"etio:sign-{number}", f"sign {number}", (Kind.SYMPTOM,)) for number in range(300)]
    article = Article(id="more", title="More", text="x", format="text")
    claims = [claim_between("pneumonia", Predicate.HAS_SYMPTOM, f"sign-{number}") for number in range(300)]
    network = Network.build([hub, *shown], claims, [article])
    page: Html = Html("".join(show_card(network, card(network, hub))))
    assert page.count('<span class="name">') == LINKS_AT_ONCE
    assert f'<a href="/concepts/etio:pneumonia?section=symptoms">{300 - LINKS_AT_ONCE} more</a>' in page


def test_a_concept_that_comes_twice_in_a_section_comes_with_its_relations() -> None:
    hub = next(concept for concept in CONCEPTS if concept.id == "etio:pneumonia")
    signs = [Concept(f"etio:sign-{number}", f"sign {number}", (Kind.SYMPTOM,)) for number in range(2)]
    article = Article(id="more", title="More", text="x", format="text")
    claims = [claim_between("pneumonia", Predicate.HAS_SYMPTOM, "sign-0")]
    for more, words in (((), []), (("sign-0",), ["causes", "has the symptom"])):
        also = [claim_between("pneumonia", Predicate.CAUSES, name) for name in more]
        network = Network.build([hub, *signs], [*claims, *also], [article])
        page = "".join(show_card(network, card(network, hub)))
        links = page.partition('<section class="symptoms"')[2].partition("</section>")[0]
        assert sorted(re.findall(r'<span class="soft">([^<]*?) </span>', links)) == words


def test_a_section_has_a_page_of_its_own(explorer: TestClient) -> None:
    page = explorer.get("/concepts/PE?section=symptoms").text
    assert "Symptoms" in _text(page)
    assert 'href="/concepts/etio:hemoptysis"' in page
    assert "What articles deny" in explorer.get("/concepts/hemoptysis?section=denied").text


def test_a_long_article_is_shown_in_parts(tmp_path_factory: pytest.TempPathFactory) -> None:
    *others, last = explorer_extractions()
    long = Article(
        id=WARNINGS.id,
        title=WARNINGS.title,
        text=WARNINGS.text + "\nNothing is said here.\n" * (2 * PART // 20) + "\nThe end.\n",
        format="markdown",
    )
    folder = tmp_path_factory.mktemp("long")
    with Store.open(folder) as store:
        store.replace([*others, Extraction(long, last.concepts, last.claims, 3)])
    with TestClient(create_app(Settings(data=folder))) as client:
        first = client.get("/articles/warnings").text
        parts = re.findall(r'href="(/articles/warnings\?at=\d+)"', first)
        end = client.get(parts[-1]).text
    assert (len(parts) > 2, "Hemoptysis" in first, "The end." in first) == (True, True, False)
    assert ("The end." in end, "calls for a doctor" in end) == (True, False)
