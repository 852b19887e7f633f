"""Concepts alone, without links, as search results are exported: every format has them, read back by other readers."""

import csv
import io
from pathlib import Path
from typing import Any

import igraph
import networkx as nx
import orjson
import pyarrow.parquet
import pytest
import rdflib
from exporting import Row, edges_of, exported, nodes_of, read_graphml, unzipped
from nastygraph import nasty
from rdflib.namespace import RDF, SKOS

from graph.export.formats import FORMATS
from graph.export.near import near
from graph.export.stated import alone
from graph.export.table import NODE_COLUMNS, table_of
from graph.neighbours import EVERYTHING, Pattern
from graph.storednetwork import StoredNetwork
from ontology.terms import expand

CHOSEN = ("etio:lonely", "etio:end", "etio:a!b", "etiop:x_(y)", "etio:end")
IDS = ["etio:a!b", "etio:end", "etio:lonely", "etiop:x_(y)"]


@pytest.fixture(scope="module")
def network(tmp_path_factory: pytest.TempPathFactory) -> StoredNetwork:
    return nasty(tmp_path_factory.mktemp("nasty"))


@pytest.fixture(scope="module")
def files(network: StoredNetwork) -> dict[str, bytes]:
    return {name: exported(network, name, alone(CHOSEN)) for name in FORMATS}


@pytest.fixture(scope="module")
def expected(network: StoredNetwork) -> dict[str, Row]:
    table = table_of(network, alone(CHOSEN))
    assert (list(nodes_of(table)), edges_of(table)) == (IDS, {})
    return nodes_of(table)


def test_graphs_have_the_nodes_and_no_edge(files: dict[str, bytes], expected: dict[str, Row]) -> None:
    graph = read_graphml(files["graphml"])
    assert ({node: graph.nodes[node] for node in graph}, graph.number_of_edges()) == (expected, 0)
    gexf: Any = nx.read_gexf(io.BytesIO(files["gexf"]), version="1.3")
    assert (list(gexf.nodes), gexf.number_of_edges()) == (IDS, 0)
    link: Any = nx.node_link_graph(orjson.loads(files["nodelink"]), edges="links")
    assert (dict(link.nodes(data=True)), link.number_of_edges()) == (expected, 0)
    elements = orjson.loads(files["cytoscape"])["elements"]
    assert ([row["data"]["id"] for row in elements["nodes"]], elements["edges"]) == (IDS, [])
    aspects = {key: value for part in orjson.loads(files["cx2"]) for key, value in part.items()}
    assert ([row["v"]["represents"] for row in aspects["nodes"]], aspects.get("edges", [])) == (IDS, [])
    for name, arrow in (("dot", b" -> "), ("mermaid", b"-->"), ("cypher", b"]->")):
        assert all(label in files[name] for label in (b"two lines and a tab", b"None", b"lonely"))
        assert arrow not in files[name]


def test_igraph_opens_a_graph_of_nodes_alone(files: dict[str, bytes], tmp_path: Path) -> None:
    (tmp_path / "x.graphml").write_bytes(files["graphml"])
    read = igraph.Graph.Read_GraphML(str(tmp_path / "x.graphml"))
    assert (read.vs["curie"], read.ecount()) == (IDS, 0)


def test_what_has_a_row_an_edge_has_a_row_a_concept(files: dict[str, bytes], expected: dict[str, Row]) -> None:
    for name, delimiter in (("csv", ","), ("tsv", "\t")):
        rows = csv.DictReader(io.StringIO(files[name].decode()), delimiter=delimiter)
        assert rows.fieldnames == ["id", *NODE_COLUMNS]
        assert {row.pop("id"): {key: value for key, value in row.items() if value} for row in rows} == {
            id: {key: str(value).lower() if isinstance(value, bool) else value for key, value in row.items()}
            for id, row in expected.items()
        }
    table = pyarrow.parquet.read_table(io.BytesIO(files["parquet"]))
    assert {
        row.pop("id"): {key: value for key, value in row.items() if value is not None} for row in table.to_pylist()
    } == expected


def test_archives_have_the_concepts(files: dict[str, bytes]) -> None:
    notes = unzipped(files["obsidian"])
    assert len([name for name in notes if name.endswith(".md")]) >= len(IDS)
    for name, file in (("neo4j", "nodes.csv"), ("kgx-tsv", "nodes.tsv"), ("kgx-jsonl", "nodes.jsonl")):
        content = unzipped(files[name])[file].decode()
        assert all(id in content for id in IDS)


@pytest.mark.filterwarnings("ignore:.*(ConjunctiveGraph|Dataset):DeprecationWarning")  # of rdflib itself
def test_rdf_describes_them_alone(files: dict[str, bytes]) -> None:
    for name in ("turtle", "trig", "nquads", "jsonld", "rdfxml"):
        kind = {"jsonld": "json-ld", "rdfxml": "xml"}.get(name, name)
        read = rdflib.Dataset() if name in ("trig", "nquads", "jsonld") else rdflib.Graph()
        read.parse(data=files[name], format=kind)
        concepts = {str(found[0]) for found in read.triples((None, RDF.type, SKOS.Concept))}
        assert (name, concepts) == (name, {expand(id) for id in IDS})


def test_a_part_without_links_that_was_asked_for_with_them_stays_an_edge_list(network: StoredNetwork) -> None:
    part = near(network, ["etio:lonely"], Pattern(), filter=EVERYTHING)
    assert exported(network, "csv", part).startswith(b"source,target,id,")
    assert exported(network, "csv", part).count(b"\n") == 1
