"""SPARQLWrapper and rdflib's remote stores ask and write to the real server as to any endpoint, unchanged."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from rdflib import RDF, RDFS, Dataset, Graph, Literal, Namespace, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore, SPARQLUpdateStore
from realserver import get, serving
from SPARQLWrapper import CSV, GET, JSON, JSONLD, N3, POST, POSTDIRECTLY, RDFXML, TURTLE, URLENCODED, XML, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed, Unauthorized
from toystore import store_toy

from api.scopes import Scope
from api.tokens import Tokens

ETIO = Namespace("https://w3id.org/etiograph/")
NOTES = URIRef("http://example.org/notes")
CAUSES = "SELECT ?o { etio:alveolar-hemorrhage etio:causes ?o } ORDER BY ?o"
FOUND = [str(ETIO.hemoptysis)]


@dataclass(frozen=True, slots=True)
class Served:
    """A server over the toy graph, and a token that may write."""

    sparql: str
    update: str
    token: str


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("toy")
    store_toy(folder)
    with serving(folder) as (_, address):
        get(f"{address}/health/ready")
        yield Served(f"{address}/sparql", f"{address}/update", Tokens(folder).create("me", Scope.UPDATE))


@pytest.fixture(autouse=True)
def _fresh(served: Served) -> None:
    writing(served, f"DROP SILENT GRAPH <{NOTES}>").query()


def asking(served: Served, query: str, *, format: str = JSON, method: str = GET) -> SPARQLWrapper:
    client = SPARQLWrapper(served.sparql)
    client.setReturnFormat(format)
    client.setMethod(method)
    client.setQuery(query)
    return client


def converted(client: SPARQLWrapper) -> Any:  # whatever the format makes of it
    return client.queryAndConvert()


def writing(served: Served, update: str, *, request: str = URLENCODED) -> SPARQLWrapper:
    client = SPARQLWrapper(served.sparql, served.update)
    client.setCredentials("any", served.token)
    client.setMethod(POST)
    client.setRequestMethod(request)
    client.setQuery(update)
    return client


# SPARQLWrapper reads RDF into a class that rdflib no longer likes.
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")
def test_sparqlwrapper_asks_in_every_format_by_every_method(served: Served) -> None:
    for method in (GET, POST):
        rows = converted(asking(served, CAUSES, method=method))
        assert [row["o"]["value"] for row in rows["results"]["bindings"]] == FOUND
        xml = converted(asking(served, CAUSES, format=XML, method=method))
        assert [node.firstChild.data for node in xml.getElementsByTagName("uri")] == FOUND
        assert converted(asking(served, CAUSES, format=CSV, method=method)).decode().split() == [
            "o",
            *FOUND,
        ]
        assert converted(asking(served, "ASK { ?s etio:causes ?o }", method=method))["boolean"] is True
    construct = "CONSTRUCT WHERE { etio:alveolar-hemorrhage etio:causes ?o }"
    for format in (XML, RDFXML, TURTLE, N3, JSONLD):
        given = converted(asking(served, construct, format=format))
        graph = given if isinstance(given, Graph) else Graph().parse(data=given, format="turtle")
        assert list(graph) == [(ETIO["alveolar-hemorrhage"], ETIO.causes, ETIO.hemoptysis)], format
    with pytest.raises(QueryBadFormed, match="malformed query at line 1"):
        asking(served, "SELECT {").query()


@pytest.mark.parametrize("request_method", [URLENCODED, POSTDIRECTLY])
def test_sparqlwrapper_writes_with_the_token_as_password(served: Served, request_method: str) -> None:
    text = f"INSERT DATA {{ GRAPH <{NOTES}> {{ etio:hemoptysis rdfs:comment 'ü &amp; +' }} }}"
    client = writing(served, f"PREFIX rdfs: <{RDFS}> PREFIX etio: <{ETIO}> {text}", request=request_method)
    assert client.query().response.status == 204
    read = asking(served, f"SELECT ?c {{ GRAPH <{NOTES}> {{ ?s rdfs:comment ?c }} }}")
    assert [row["c"]["value"] for row in converted(read)["results"]["bindings"]] == ["ü &amp; +"]
    client.setCredentials("any", "wrong")
    with pytest.raises(Unauthorized):
        client.query()
    with pytest.raises(QueryBadFormed, match="malformed update at line 1"):
        writing(served, "INSERT DATA { oops }", request=request_method).query()


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
@pytest.mark.parametrize("format", ["xml", "json", "csv", "tsv"])
def test_rdflib_reads_the_graph_as_if_it_were_its_own(served: Served, method: Any, format: str) -> None:
    graph = Graph(SPARQLStore(served.sparql, method=method, returnFormat=format))
    assert [str(row) for (row,) in rows(graph.query(CAUSES, initNs={"etio": ETIO}))] == FOUND
    assert set(graph.objects(ETIO["alveolar-hemorrhage"], ETIO.causes)) == {ETIO.hemoptysis}
    claims = list(graph.subjects(RDF.type, ETIO.Claim))
    assert len(claims) == len(set(claims)) > 5
    if format in ("xml", "json"):  # it cannot read a truth value in the others
        assert (ETIO["alveolar-hemorrhage"], ETIO.causes, ETIO.hemoptysis) in graph


def rows(result: Any) -> list[Any]:  # rdflib has one type for rows, truth values and graphs
    return list(result)


def test_rdflib_writes_to_a_named_graph_and_reads_it_back(served: Served) -> None:
    store = SPARQLUpdateStore(served.sparql, served.update, auth=("any", served.token))
    notes = Graph(store, identifier=NOTES)
    first = (ETIO.hemoptysis, RDFS.comment, Literal("seen on Monday", lang="en"))
    second = (ETIO.hemoptysis, RDFS.comment, Literal('a "quote"\n and ü'))
    notes.add(first)
    assert set(notes) == {first}
    notes += [second]
    assert (len(notes), set(notes)) == (2, {first, second})
    notes.remove(first)
    assert set(notes) == {second}
    notes.update(f"INSERT {{ ?s <{RDFS.seeAlso}> <http://example.org/x> }} WHERE {{ ?s <{RDFS.comment}> ?c }}")
    assert set(notes) == {second, (ETIO.hemoptysis, RDFS.seeAlso, URIRef("http://example.org/x"))}
    notes.remove((None, None, None))
    assert len(notes) == 0
    assert (ETIO["alveolar-hemorrhage"], ETIO.causes, ETIO.hemoptysis) in Graph(SPARQLStore(served.sparql))


def test_rdflib_sends_several_changes_as_one_update(served: Served) -> None:
    store = SPARQLUpdateStore(served.sparql, served.update, auth=("any", served.token), autocommit=False)
    notes = Graph(store, identifier=NOTES)
    for number in range(100):
        notes.add((NOTES, RDFS.comment, Literal(number)))
    notes.commit()
    assert {int(str(value)) for value in notes.objects(NOTES, RDFS.comment)} == set(range(100))
    store.rollback()


def test_an_rdflib_dataset_has_the_named_graphs(served: Served) -> None:
    store = SPARQLUpdateStore(served.sparql, served.update, auth=("any", served.token))
    dataset = Dataset(store)
    dataset.graph(NOTES).add((NOTES, RDFS.comment, Literal("x")))
    assert NOTES in {graph.identifier for graph in dataset.graphs()}
    dataset.remove_graph(NOTES)
    assert NOTES not in {graph.identifier for graph in Dataset(store).graphs()}


def test_rdflib_without_the_token_changes_nothing(served: Served) -> None:
    notes = Graph(SPARQLUpdateStore(served.sparql, served.update), identifier=NOTES)
    with pytest.raises(OSError, match="401"):
        notes.add((NOTES, RDFS.comment, Literal("x")))
    assert len(notes) == 0
