"""What the real server says of itself in RDF: VoID, examples, the description of the SPARQL service."""

import json
from collections.abc import Iterator
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pytest
import rdflib
from pyoxigraph import RdfFormat, parse
from rdflib import RDF, URIRef
from realserver import get, serving
from realworld import World

from graph.describing.example import examples
from graph.describing.void import DATASET
from graph.rdflibgraph import rdflib_graph
from ontology.terms import PREFIXES

SD = rdflib.Namespace(PREFIXES["sd"])
VOID = rdflib.Namespace(PREFIXES["void"])
SH = rdflib.Namespace(PREFIXES["sh"])
FORMATS = (
    "text/turtle",
    "application/n-triples",
    "application/rdf+xml",
    "application/ld+json",
    "application/n-quads",
    "application/trig",
)

# The terms of SPARQL 1.1 Service Description, section 3, with the class that the subject must have.
SCHEMA = {
    "endpoint": "Service",
    "feature": "Service",
    "defaultEntailmentRegime": "Service",
    "supportedLanguage": "Service",
    "resultFormat": "Service",
    "inputFormat": "Service",
    "defaultDataset": "Service",
    "defaultGraph": "Dataset",
    "namedGraph": "Dataset",
    "name": "NamedGraph",
    "graph": "NamedGraph",
}


@pytest.fixture(scope="module")
def server(bundled: World) -> Iterator[str]:
    with serving(bundled.data) as (_, address):
        get(f"{address}/health/live")
        yield address


def read(address: str, accept: str = "text/turtle") -> rdflib.Graph:
    status, body = get(address, accept=accept)
    assert status == 200
    kind = RdfFormat.from_media_type(accept)
    return rdflib_graph(quad.triple for quad in parse(body, format=kind))


def ask(server: str, query: str) -> list[dict[str, str]]:
    status, body = get(f"{server}/sparql?{urlencode({'ac': 1, 'query': query})}", accept="application/json")
    assert status == 200
    return [{name: term["value"] for name, term in row.items()} for row in json.loads(body)["results"]["bindings"]]


@pytest.mark.parametrize("accept", FORMATS)
def test_the_endpoint_describes_itself_in_every_format_for_triples(server: str, accept: str) -> None:
    graph = read(f"{server}/sparql", accept)
    services = {str(endpoint): service for service, endpoint in graph.subject_objects(SD.endpoint)}
    assert set(services) == {f"{server}/sparql", f"{server}/update"}
    assert {(service, RDF.type, SD.Service) in graph for service in services.values()} == {True}


def test_the_service_description_conforms_to_its_schema(server: str) -> None:
    graph = read(f"{server}/sparql")
    used = [
        (subject, str(predicate).removeprefix(SD))
        for subject, predicate in graph.subject_predicates()
        if str(predicate).startswith(SD)
    ]
    assert {name for _, name in used} <= set(SCHEMA)
    assert [name for subject, name in used if (subject, RDF.type, SD[SCHEMA[name]]) not in graph] == []
    classes = {SD[name] for name in ("Service", "Dataset", "Graph", "NamedGraph")}
    assert {kind for kind in graph.objects(None, RDF.type) if str(kind).startswith(SD)} <= classes


def test_the_service_says_what_it_speaks_and_does_not_claim_what_it_refuses(server: str) -> None:
    graph = read(f"{server}/sparql")
    services = {str(graph.value(service, SD.endpoint)): service for service in graph.subjects(RDF.type, SD.Service)}
    query, update = services[f"{server}/sparql"], services[f"{server}/update"]
    assert set(graph.objects(query, SD.supportedLanguage)) == {SD.SPARQL11Query}
    assert set(graph.objects(update, SD.supportedLanguage)) == {SD.SPARQL11Update}
    assert set(graph.objects(None, SD.feature)) == {SD.EmptyGraphs}
    assert "30 s" in " ".join(map(str, graph.objects(query, rdflib.RDFS.comment)))


def test_the_default_graph_is_described_with_what_it_holds(server: str) -> None:
    graph = read(f"{server}/sparql")
    (dataset,) = set(graph.objects(None, SD.defaultDataset))
    default = graph.value(dataset, SD.defaultGraph)
    assert default == URIRef(DATASET)
    ((total,),) = [row.values() for row in ask(server, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")]
    assert str(graph.value(default, VOID.triples)) == total


def test_a_browser_gets_the_page_and_an_unknown_type_is_refused(server: str) -> None:
    status, body = get(f"{server}/sparql", accept="text/html,application/xhtml+xml,*/*;q=0.8")
    assert (status, body[:15].lower()) == (200, b"<!doctype html>")
    with pytest.raises(OSError, match="406"):
        urlopen(Request(f"{server}/sparql", headers={"Accept": "image/png"}), timeout=30)  # noqa: S310
    with pytest.raises(OSError, match="406"):
        urlopen(f"{server}/.well-known/void?format=csv", timeout=30)  # noqa: S310


@pytest.mark.parametrize("accept", FORMATS)
def test_void_is_served_in_every_format_for_triples(server: str, accept: str) -> None:
    graph = read(f"{server}/.well-known/void", accept)
    dataset = URIRef(DATASET)
    assert set(graph.objects(dataset, VOID.sparqlEndpoint)) == {URIRef(f"{server}/sparql")}
    assert len(set(graph.objects(dataset, VOID.dataDump))) == 2
    classes = {str(graph.value(part, VOID["class"])) for part in graph.objects(dataset, VOID.classPartition)}
    assert {PREFIXES["etio"] + "Claim", PREFIXES["etio"] + "Article"} <= classes
    assert set(graph.subjects(RDF.type, VOID.Linkset))


def test_void_that_is_served_is_void_that_queries_see(server: str) -> None:
    served = read(f"{server}/.well-known/void")
    rows = ask(server, "SELECT ?part ?n { ?part a void:Dataset ; void:triples ?n }")
    assert {(row["part"], row["n"]) for row in rows} == {
        (str(part), str(number))
        for part, number in served.subject_objects(VOID.triples)
        if (part, RDF.type, VOID.Dataset) in served
    }


def test_the_dumps_that_void_names_are_there(server: str) -> None:
    graph = read(f"{server}/.well-known/void")
    ((total,),) = [row.values() for row in ask(server, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")]
    (dump,) = [str(one) for one in graph.objects(URIRef(DATASET), VOID.dataDump) if "nquads" in str(one)]
    assert get(dump)[1].count(b"\n") == int(total)


def test_the_examples_are_served_with_the_endpoint_they_are_for(server: str) -> None:
    graph = read(f"{server}/.well-known/sparql-examples")
    served = set(graph.subjects(RDF.type, SH.SPARQLExecutable))
    assert served == {URIRef(example.iri) for example in examples()}
    target = URIRef(PREFIXES["schema"] + "target")
    assert {graph.value(example, target) for example in served} == {URIRef(f"{server}/sparql")}
    assert {str(prefix) for prefix in graph.objects(None, SH.prefix)} == set(PREFIXES)


def test_an_empty_server_describes_itself_and_counts_nothing(tmp_path_factory: pytest.TempPathFactory) -> None:
    with serving(tmp_path_factory.mktemp("empty"), "--empty") as (_, address):
        get(f"{address}/health/live")
        assert set(read(f"{address}/sparql").objects(None, SD.endpoint)) == {
            URIRef(f"{address}/sparql"),
            URIRef(f"{address}/update"),
        }
        assert not set(read(f"{address}/.well-known/void").objects(None, VOID.triples))
