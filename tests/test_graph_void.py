"""The VoID description: its figures against SPARQL's own counts, and which queries see it."""

import asyncio
import csv
import fcntl
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyoxigraph
import pytest
from pyoxigraph import Literal, NamedNode, Triple
from realworld import World
from toystore import store_toy

from graph.checkpoints import publish
from graph.columnar import columnbuilding
from graph.columnar.columns import FOLDER, Columns
from graph.describing.void import DATASET, void_triples
from graph.nodes import term
from graph.querying.formats import acceptable
from graph.querying.sparql import QueryService, Question
from graph.snapshot import Snapshot
from ontology.terms import PREFIXES

PART = """
    @prefix : <http://example.org/> .
    :pe a :Condition, :Mechanism ; :name "PE", "clot" ; :causes :hemoptysis, :death ; :rate 0.3 .
    :hemoptysis a :Symptom ; :name "blood"@en ; :sure true .
    :untyped :causes :hemoptysis .
"""

# What the query editor of SIB asks an endpoint for, in its words.
SIB_EDITOR = """PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX sd:<http://www.w3.org/ns/sparql-service-description#>
PREFIX void:<http://rdfs.org/ns/void#>
PREFIX void-ext:<http://ldf.fi/void-ext#>
SELECT DISTINCT ?subjectClass ?prop ?objectClass ?objectDatatype ?triples WHERE {
  ?cp void:class ?subjectClass ; void:propertyPartition ?pp .
  ?pp void:property ?prop .
  OPTIONAL { ?pp void:triples ?triples }
  OPTIONAL {
    { ?pp void:classPartition [ void:class ?objectClass ] }
    UNION
    { ?pp void-ext:datatypePartition [ void-ext:datatype ?objectDatatype ] }
  }
}"""

COUNTED = {
    "void:triples": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
    "void:distinctSubjects": "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s ?p ?o }",
    "void:distinctObjects": "SELECT (COUNT(DISTINCT ?o) AS ?n) { ?s ?p ?o }",
    "void:properties": "SELECT (COUNT(DISTINCT ?p) AS ?n) { ?s ?p ?o }",
    "void:classes": "SELECT (COUNT(DISTINCT ?c) AS ?n) { ?s a ?c }",
}


@pytest.fixture(scope="module")
def store(bundled: World) -> Iterator[pyoxigraph.Store]:
    with Snapshot.open(bundled.data) as snapshot:
        yield snapshot.store


@pytest.fixture(scope="module")
def described(bundled: World, store: pyoxigraph.Store, tmp_path_factory: pytest.TempPathFactory) -> pyoxigraph.Store:
    """The description alone."""
    assert bundled.data
    return pyoxigraph_store(void_triples(columns_of(store, tmp_path_factory.mktemp("counted"))))


def columns_of(store: pyoxigraph.Store, folder: Path) -> Columns:
    snapshot = folder / "snapshot"
    store.backup(str(snapshot))
    assert columnbuilding.build(snapshot)
    columns = Columns.find(snapshot)
    assert columns
    return columns


def pyoxigraph_store(triples: set[Triple]) -> pyoxigraph.Store:
    store = pyoxigraph.Store()
    store.extend(pyoxigraph.Quad(*triple) for triple in triples)
    return store


def rows(store: pyoxigraph.Store, query: str) -> set[tuple[str, ...]]:
    answer = store.query(query, prefixes=PREFIXES)
    assert isinstance(answer, pyoxigraph.QuerySolutions)
    return {tuple("" if value is None else str(getattr(value, "value", value)) for value in row) for row in answer}


def test_a_small_graph_is_described_whole(tmp_path: Path) -> None:
    store = pyoxigraph.Store(str(tmp_path / "store"))
    store.load(PART.encode(), format=pyoxigraph.RdfFormat.TURTLE)
    found = pyoxigraph_store(void_triples(columns_of(store, tmp_path)))
    parts = rows(
        found,
        """SELECT ?class ?entities ?property ?triples ?subjects ?to ?n {
          ?c void:class ?class ; void:entities ?entities ; void:propertyPartition ?p .
          ?p void:property ?property ; void:triples ?triples ; void:distinctSubjects ?subjects .
          OPTIONAL {
            ?p void:classPartition|<http://ldf.fi/void-ext#datatypePartition> ?x .
            ?x void:class|<http://ldf.fi/void-ext#datatype> ?to ; void:triples ?n
          }
        }""",
    )
    here, xsd, rdf = "http://example.org/", PREFIXES["xsd"], PREFIXES["rdf"]
    both = {
        (f"{here}{kind}", "1", *rest)
        for kind in ("Condition", "Mechanism")
        for rest in (
            (f"{here}name", "2", "1", f"{xsd}string", "2"),
            (f"{here}causes", "2", "1", f"{here}Symptom", "1"),
            (f"{here}rate", "1", "1", f"{xsd}decimal", "1"),
            (f"{rdf}type", "2", "1", "", ""),
        )
    }
    assert parts == both | {
        (f"{here}Symptom", "1", f"{here}name", "1", "1", f"{rdf}langString", "1"),
        (f"{here}Symptom", "1", f"{here}sure", "1", "1", f"{xsd}boolean", "1"),
        (f"{here}Symptom", "1", f"{rdf}type", "1", "1", "", ""),
    }


def test_totals_are_those_that_sparql_counts(store: pyoxigraph.Store, described: pyoxigraph.Store) -> None:
    said = {name: rows(described, f"SELECT ?n {{ <{DATASET}> {name} ?n }}") for name in COUNTED}
    assert said == {name: rows(store, query) for name, query in COUNTED.items()}


def test_properties_are_counted_as_sparql_counts_them(store: pyoxigraph.Store, described: pyoxigraph.Store) -> None:
    said = rows(
        described,
        f"""SELECT ?p ?n ?s ?o {{ <{DATASET}> void:propertyPartition ?part .
          ?part void:property ?p ; void:triples ?n ; void:distinctSubjects ?s ; void:distinctObjects ?o }}""",
    )
    counted = (
        "SELECT ?p (COUNT(*) AS ?n) (COUNT(DISTINCT ?s) AS ?x) (COUNT(DISTINCT ?o) AS ?y) { ?s ?p ?o } GROUP BY ?p"
    )
    assert said == rows(store, counted)


def test_classes_are_counted_as_sparql_counts_them(store: pyoxigraph.Store, described: pyoxigraph.Store) -> None:
    assert rows(
        described, f"SELECT ?c ?n {{ <{DATASET}> void:classPartition [ void:class ?c ; void:entities ?n ] }}"
    ) == (rows(store, "SELECT ?c (COUNT(?s) AS ?n) { ?s a ?c } GROUP BY ?c"))
    assert rows(
        described,
        """SELECT ?c ?p ?n ?s { ?part void:class ?c ; void:propertyPartition ?q .
          ?q void:property ?p ; void:triples ?n ; void:distinctSubjects ?s }""",
    ) == rows(store, "SELECT ?c ?p (COUNT(*) AS ?n) (COUNT(DISTINCT ?s) AS ?x) { ?s a ?c ; ?p ?o } GROUP BY ?c ?p")
    assert rows(
        described,
        """SELECT ?c ?p ?d ?n { ?part void:class ?c ; void:propertyPartition ?q .
          ?q void:property ?p ; void:classPartition [ void:class ?d ; void:triples ?n ] }""",
    ) == rows(store, "SELECT ?c ?p ?d (COUNT(*) AS ?n) { ?s a ?c ; ?p ?o . ?o a ?d } GROUP BY ?c ?p ?d")
    assert rows(
        described,
        """PREFIX ext: <http://ldf.fi/void-ext#>
        SELECT ?c ?p ?d ?n { ?part void:class ?c ; void:propertyPartition ?q .
          ?q void:property ?p ; ext:datatypePartition [ ext:datatype ?d ; void:triples ?n ] }""",
    ) == rows(
        store,
        """SELECT ?c ?p ?d (COUNT(*) AS ?n) { ?s a ?c ; ?p ?o . FILTER isLiteral(?o) BIND (DATATYPE(?o) AS ?d) }
        GROUP BY ?c ?p ?d""",
    )


def test_mappings_are_linksets_to_the_vocabularies(store: pyoxigraph.Store, described: pyoxigraph.Store) -> None:
    said = rows(
        described,
        """SELECT ?p ?space ?n { ?l a void:Linkset ; void:linkPredicate ?p ; void:triples ?n ;
          void:objectsTarget/void:uriSpace ?space }""",
    )
    mappings = ("skos:exactMatch", "skos:closeMatch", "skos:broadMatch")
    counted = set()
    for prefix in ("HP", "DOID", "MONDO", "UBERON", "MAXO", "SYMP", "UMLS", "MESH", "SNOMEDCT", "ICD10CM"):
        for mapping in mappings:
            ((number,),) = rows(
                store,
                f'SELECT (COUNT(*) AS ?n) {{ ?s {mapping} ?o FILTER STRSTARTS(STR(?o), "{PREFIXES[prefix]}") }}',
            )
            if number != "0":
                counted.add((term(mapping).value, PREFIXES[prefix], number))
    assert said == counted
    assert (term("skos:exactMatch").value, PREFIXES["HP"]) in {row[:2] for row in said}


def test_the_same_graph_has_the_same_description(store: pyoxigraph.Store, tmp_path: Path) -> None:
    columns = columns_of(store, tmp_path)
    assert void_triples(columns) == void_triples(columns)


async def ask(folder: Path, *queries: str) -> list[list[dict[str, str]]]:
    async with QueryService(folder) as service:
        found = [await service.read(Question(query, formats=acceptable("csv"))) for query in queries]
    return [list(csv.DictReader(io.StringIO(answer.body.decode()))) for answer in found]


@pytest.mark.anyio
async def test_the_editor_of_sib_reads_the_classes_and_what_they_have(bundled: World) -> None:
    (found,) = await ask(bundled.data, SIB_EDITOR)
    etio, skos = PREFIXES["etio"], PREFIXES["skos"]
    stated = {(row["subjectClass"], row["prop"], row["objectClass"] or row["objectDatatype"]) for row in found}
    assert {
        (f"{etio}Claim", f"{etio}evidence", f"{etio}Evidence"),
        (f"{etio}Claim", f"{etio}belief", PREFIXES["xsd"] + "decimal"),
        (f"{etio}Condition", f"{etio}hasSymptom", f"{etio}Symptom"),
        (f"{etio}Symptom", f"{skos}prefLabel", PREFIXES["xsd"] + "string"),
    } <= stated


@pytest.mark.anyio
async def test_a_query_sees_the_description_beside_everything_else_when_it_mentions_void(bundled: World) -> None:
    mixed, plain, counted, all_, named = await ask(
        bundled.data,
        "SELECT ?label ?n { ?part void:class ?c ; void:entities ?n . ?c rdfs:label ?label } ORDER BY ?label",
        "SELECT ?s { ?s a ?c FILTER (STR(?c) = CONCAT('http://rdfs.org/ns/', 'void', '#Dataset')) }",
        "SELECT (COUNT(?s) AS ?n) { ?s a void:Linkset }",
        "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
        "SELECT ?title { etio:void dcterms:title ?title }",
    )
    assert named == [{"title": "Etiograph"}]
    assert {"label": "article", "n": "3"} in mixed
    assert plain == []
    assert int(counted[0]["n"]) > 3
    with Snapshot.open(bundled.data) as snapshot:
        assert all_ == [{"n": str(len(snapshot.store))}]


@pytest.mark.anyio
async def test_a_store_that_holds_nothing_of_ours_has_no_description(tmp_path: Path) -> None:
    store: Any = pyoxigraph.Store(str(tmp_path / "store"))
    store.add(pyoxigraph.Quad(NamedNode("http://example.org/a"), term("rdf:type"), Literal("b")))
    publish(store, tmp_path)
    assert await ask(tmp_path, "SELECT ?s { ?s a void:Dataset }") == [[]]


@pytest.mark.anyio
async def test_a_query_waits_for_the_columns_that_another_process_makes(tmp_path: Path) -> None:
    store_toy(tmp_path)
    async with QueryService(tmp_path) as service:
        snapshot = tmp_path / "snapshots" / service.pointer().name
        with (snapshot / f"{FOLDER}.lock").open("ab") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            question = Question("SELECT (COUNT(*) AS ?n) { ?part void:property ?p }", formats=acceptable("csv"))
            asking = asyncio.ensure_future(service.read(question))
            done, _ = await asyncio.wait({asking}, timeout=2)
            assert not done
        found = await asking
    assert int(found.body.split()[1]) > 20
