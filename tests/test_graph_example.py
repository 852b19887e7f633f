"""The example queries: what is said of each, that each is answered, and that the page shows what it answers."""

import re
from collections.abc import Iterator

import pyoxigraph
import pytest
import rdflib
from examplepage import PAGE, page
from pyoxigraph import NamedNode, QuerySolutions, RdfFormat, Triple
from rdflib.plugins.sparql import prepareQuery
from realworld import World

from graph.describing.example import EXAMPLES, Example, examples
from graph.layer import bundled as bundled_layer
from graph.nodes import term
from graph.snapshot import Snapshot
from ontology.terms import PREFIXES

ALL = examples()
RUN_HERE = [example for example in ALL if not example.federates_with]
FEDERATED = [example for example in ALL if example.federates_with]

FORMS = {
    "SELECT": ("sh:SPARQLSelectExecutable", "sh:select"),
    "CONSTRUCT": ("sh:SPARQLConstructExecutable", "sh:construct"),
    "ASK": ("sh:SPARQLAskExecutable", "sh:ask"),
    "DESCRIBE": ("spex:SPARQLDescribeExecutable", "sh:describe"),
}


@pytest.fixture(scope="module")
def store(bundled: World) -> Iterator[pyoxigraph.Store]:
    with Snapshot.open(bundled.data) as snapshot:
        yield snapshot.store


def named(example: Example) -> str:
    return example.name


def test_there_are_thirty_or_more_of_every_form_and_some_are_federated() -> None:
    assert len(RUN_HERE) >= 30
    assert {form(example) for example in RUN_HERE} == set(FORMS)
    assert FEDERATED


@pytest.mark.parametrize("example", ALL, ids=named)
def test_the_file_says_what_form_of_query_it_holds_and_where_its_prefixes_are_declared(example: Example) -> None:
    triples = {quad.triple for quad in pyoxigraph.parse(path=EXAMPLES / f"{example.name}.ttl", format=RdfFormat.TURTLE)}
    node, (kind, text) = NamedNode(example.iri), FORMS[form(example)]
    assert {one.object for one in triples if one.predicate == term("rdf:type")} == {
        term("sh:SPARQLExecutable"),
        term(kind),
    }
    assert Triple(node, term("sh:prefixes"), term("etio:prefixes")) in triples
    assert Triple(node, term(text), pyoxigraph.Literal(example.query)) in triples
    assert {one.subject for one in triples} == {node}
    assert example.title
    assert example.comment
    assert example.keywords


@pytest.mark.parametrize("example", ALL, ids=named)
def test_the_prefixes_that_a_query_declares_are_those_that_it_uses(example: Example) -> None:
    declared = dict(re.findall(r"^PREFIX (\S*): <(.*)>$", example.query, re.MULTILINE))
    body = re.sub(r'^PREFIX .*$|<[^>\s]*>|"[^"]*"', "", example.query, flags=re.MULTILINE)
    assert set(declared) == set(re.findall(r"(?<![\w?])([A-Za-z][\w-]*):", body))
    known = {prefix: namespace for prefix, namespace in declared.items() if prefix in PREFIXES}
    assert known == {prefix: PREFIXES[prefix] for prefix in known}


@pytest.mark.parametrize("example", RUN_HERE, ids=named)
def test_the_bundled_articles_answer_it(example: Example, store: pyoxigraph.Store) -> None:
    answer = store.query(example.query)
    assert answer if isinstance(answer, pyoxigraph.QueryBoolean) else list(answer)


@pytest.mark.parametrize("example", FEDERATED, ids=named)
def test_a_federated_query_is_well_formed_and_asks_the_endpoints_it_names(example: Example) -> None:
    assert prepareQuery(example.query)
    assert tuple(sorted(re.findall(r"SERVICE <(.*?)>", example.query))) == example.federates_with
    assert "Federated" in example.comment


def test_a_description_is_offered_under_both_names_that_editors_look_for() -> None:
    graph = rdflib.Graph().parse(EXAMPLES / "describe-a-concept.ttl")
    names = [term("sh:describe").value, term("spex:describe").value]
    first, second = (set(graph.objects(None, rdflib.URIRef(name))) for name in names)
    assert first == second != set()


def test_the_page_shows_what_the_queries_answer(store: pyoxigraph.Store) -> None:
    assert PAGE.read_text(encoding="utf-8") == page(store), "run `make examples`"


def test_the_editor_of_sib_finds_the_prefixes(store: pyoxigraph.Store) -> None:
    rows = store.query(
        """PREFIX sh: <http://www.w3.org/ns/shacl#>
        SELECT DISTINCT ?prefix ?namespace WHERE { [] sh:namespace ?namespace ; sh:prefix ?prefix } ORDER BY ?prefix"""
    )
    assert isinstance(rows, QuerySolutions)
    assert {row["prefix"].value: row["namespace"].value for row in rows} == PREFIXES


def test_the_editor_of_sib_finds_the_examples(store: pyoxigraph.Store) -> None:
    rows = store.query(
        """PREFIX sh: <http://www.w3.org/ns/shacl#>
        PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
        SELECT DISTINCT ?sq ?comment ?query WHERE {
          ?sq a sh:SPARQLExecutable ; rdfs:comment ?comment ; sh:select|sh:ask|sh:construct|sh:describe ?query .
        } ORDER BY ?sq"""
    )
    assert isinstance(rows, QuerySolutions)
    found = {(row["sq"].value, row["comment"].value, row["query"].value) for row in rows}
    assert found == {(example.iri, example.comment, example.query) for example in ALL}


def test_an_example_is_no_concept() -> None:
    assert not {NamedNode(example.iri) for example in ALL} & bundled_layer().concepts


def form(example: Example) -> str:
    (found,) = re.findall(r"^(SELECT|CONSTRUCT|ASK|DESCRIBE)\b", example.query, re.MULTILINE)
    return str(found)
