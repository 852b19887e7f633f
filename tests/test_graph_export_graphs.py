"""Formats of graphs, read back by networkx, igraph, lxml, ndex2 and Graphviz, with every value as it was."""

import html
import io
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import igraph
import ndex2.cx2
import networkx as nx
import orjson
import pytest
from exporting import edges_of, exported, nodes_of, read_graphml, unzipped, whole_table
from lxml import etree
from nastygraph import DENIED, nasty

from graph.export.graphml import token
from graph.export.table import Table
from graph.storednetwork import StoredNetwork


@pytest.fixture(scope="module")
def network(tmp_path_factory: pytest.TempPathFactory) -> StoredNetwork:
    return nasty(tmp_path_factory.mktemp("nasty"))


@pytest.fixture(scope="module")
def table(network: StoredNetwork, tmp_path_factory: pytest.TempPathFactory) -> Table:
    return whole_table(network, tmp_path_factory.mktemp("rows"))


def nodes_in(read: "nx.MultiDiGraph[str]") -> dict[str, Any]:
    return {node: dict(read.nodes[node]) for node in read.nodes}


def test_networkx_reads_the_graphml_with_types_and_edge_ids(network: StoredNetwork, table: Table) -> None:
    read = read_graphml(exported(network, "graphml"))
    assert nodes_in(read) == nodes_of(table)
    assert {key: (s, t, values) for s, t, key, values in read.edges(keys=True, data=True)} == edges_of(table)


def test_igraph_reads_the_graphml(network: StoredNetwork, table: Table, tmp_path: Path) -> None:
    file = tmp_path / "graph.graphml"
    file.write_bytes(exported(network, "graphml"))
    read = igraph.Graph.Read_GraphML(str(file))
    curies = read.vs["curie"]
    nodes = {vertex["curie"]: _there(vertex.attributes(), "curie") for vertex in read.vs}
    assert nodes == nodes_of(table)
    edges = {  # igraph 1.0 gives edges the ids of nodes; the claims' stand in a column
        edge["claim"]: (curies[edge.source], curies[edge.target], _there(edge.attributes(), "claim"))
        for edge in read.es
    }
    assert (edges, read.is_directed()) == (edges_of(table), True)
    assert read.vs["id"] == [token(id) for id in nodes_of(table)]


def _there(values: dict[str, Any], id: str) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name not in ("id", id) and value not in ("", None)}


def test_an_id_is_a_name_token_another_for_every_id() -> None:
    ids = ("etio:hemoptysis", "etio:claim/8c1d", "etio:claim_8c1d", "etio:claim_2F_8c1d", "etio:claim2F8c1d", "x:é (2)")
    assert [token(id) for id in ids] == [
        "etio:hemoptysis",
        "etio:claim_2F_8c1d",
        "etio:claim_5F_8c1d",
        "etio:claim_5F_2F_5F_8c1d",
        "etio:claim2F8c1d",
        "x:_E9__20__28_2_29_",
    ]


def test_networkx_reads_the_gexf_with_types_and_edge_ids(network: StoredNetwork, table: Table) -> None:
    content = exported(network, "gexf")
    read: Any = nx.read_gexf(io.BytesIO(content), version="1.3")
    assert read.is_directed()
    assert {
        node: {name: value for name, value in values.items() if name != "iri" or value}
        for node, values in nodes_in(read).items()
    } == nodes_of(table)
    edges = {
        values["id"]: (s, t, {name: value for name, value in values.items() if name not in ("id", "kind", "type")})
        for s, t, values in read.edges(data=True)
    }
    expected = edges_of(table)
    assert {id: (row[0], row[1], dict(sorted(row[2].items()))) for id, row in edges.items()} == {
        id: (row[0], row[1], dict(sorted(row[2].items()))) for id, row in expected.items()
    }
    root = etree.fromstring(content)
    assert (root.tag, root.get("version")) == ("{http://gexf.net/1.3}gexf", "1.3")
    assert [root[0][at].get("count") for at in (2, 3)] == [str(len(table.nodes)), str(len(table.edges))]


def test_networkx_reads_the_node_link_json(network: StoredNetwork, table: Table) -> None:
    read: Any = nx.node_link_graph(orjson.loads(exported(network, "nodelink")), edges="links")
    assert (read.is_directed(), read.is_multigraph()) == (True, True)
    assert nodes_in(read) == nodes_of(table)
    assert {
        key: (s, t, {name: value for name, value in values.items() if name != "id"})
        for s, t, key, values in read.edges(keys=True, data=True)
    } == edges_of(table)


def test_cytoscape_json_holds_the_same_rows_each_with_a_name(network: StoredNetwork, table: Table) -> None:
    elements = orjson.loads(exported(network, "cytoscape"))["elements"]
    nodes = {row["data"].pop("id"): row["data"] for row in elements["nodes"]}
    assert {id: row.pop("name") for id, row in nodes.items()} == {id: row["label"] for id, row in nodes.items()}
    assert nodes == nodes_of(table)
    edges = {row["data"].pop("id"): row["data"] for row in elements["edges"]}
    for row in edges.values():
        source, target = table.label(row["source"]), table.label(row["target"])
        assert row.pop("name") == f"{source} ({row['interaction']}) {target}"
    assert {id: (row.pop("source"), row.pop("target"), row) for id, row in edges.items()} == edges_of(table)


def test_ndex2_reads_the_cx2(network: StoredNetwork, table: Table) -> None:
    content = exported(network, "cx2")
    read = ndex2.cx2.RawCX2NetworkFactory().get_cx2network(orjson.loads(content))
    nodes = {node["v"]["represents"]: node["v"] for node in read.get_nodes().values()}
    names = {key: node["v"]["represents"] for key, node in read.get_nodes().items()}
    assert {
        id: {name: value for name, value in values.items() if name not in ("name", "represents")}
        for id, values in nodes.items()
    } == nodes_of(table)
    assert {
        edge["v"]["claim"]: (
            names[edge["s"]],
            names[edge["t"]],
            {name: value for name, value in edge["v"].items() if name not in ("name", "claim")},
        )
        for edge in read.get_edges().values()
    } == edges_of(table)
    aspects = {key: value for part in orjson.loads(content) for key, value in part.items()}
    counts = {row["name"]: row["elementCount"] for row in aspects["metaData"]}
    assert counts == {name: len(aspects[name]) for name in counts}


def test_a_denied_link_says_so_in_every_format(network: StoredNetwork) -> None:
    read = read_graphml(exported(network, "graphml", negated="only"))
    ((source, target, key, values),) = read.edges(keys=True, data=True)
    assert (source, target, key, values["negated"]) == (DENIED.subject, DENIED.object, DENIED.id, True)
    assert b'style="dotted"' in exported(network, "dot", negated="only")
    assert b"@--x|" in exported(network, "mermaid", negated="only")
    assert b"- not causes [[" in exported_note(network)


def exported_note(network: StoredNetwork) -> bytes:
    return b"".join(unzipped(exported(network, "obsidian", negated="only")).values())


def test_graphviz_reads_the_dot(network: StoredNetwork, table: Table, tmp_path: Path) -> None:
    if shutil.which("dot") is None:
        pytest.skip("Graphviz is not installed (Debian: apt-get install graphviz)")
    file = tmp_path / "graph.gv"
    file.write_bytes(exported(network, "dot"))
    shown = subprocess.run(["dot", "-Tdot_json", file], capture_output=True, check=True)
    assert shown.stderr == b""
    read = orjson.loads(shown.stdout)
    objects = {row["_gvid"]: row for row in read["objects"]}
    nodes = {_undone(row["name"]): _values(row, nodes_of(table)) for row in objects.values()}
    assert nodes == {id: _as_text(row) for id, row in nodes_of(table).items()}
    edges = {}
    for row in read["edges"]:
        ends = (_undone(objects[row[end]]["name"]) for end in ("tail", "head"))
        id = _undone(row["id"])
        edges[id] = (*ends, _values(row, {"": edges_of(table)[id][2]}))
    assert edges == {id: (row[0], row[1], _as_text(row[2])) for id, row in edges_of(table).items()}
    assert (read["directed"], read["strict"]) == (True, False)


def test_graphviz_shows_labels_as_they_are(network: StoredNetwork, table: Table, tmp_path: Path) -> None:
    if shutil.which("dot") is None:
        pytest.skip("Graphviz is not installed (Debian: apt-get install graphviz)")
    file = tmp_path / "graph.gv"
    file.write_bytes(exported(network, "dot"))
    drawn = subprocess.run(["dot", "-Tsvg", file], capture_output=True, check=True).stdout
    texts = {text.text for text in etree.fromstring(drawn, etree.XMLParser(huge_tree=True)).iter("{*}text")}
    shown = {(text or "").replace("\u00a0", " ") for text in texts}
    assert {str(row["label"]) for row in nodes_of(table).values()} <= shown


def _undone(text: str) -> str:
    return html.unescape(re.sub(r"\\(.)", r"\1", text))


def _values(row: dict[str, Any], known: dict[str, Any]) -> dict[str, str]:
    """What the row says in the table's columns; Graphviz gives every object all attributes, empty where it has none."""
    columns = {name for values in known.values() for name in values if not name.endswith("_json")}
    return {name: _undone(row[name]) for name in columns if row.get(name)}


def _as_text(values: dict[str, Any]) -> dict[str, str]:
    return {
        name: str(value).lower() if isinstance(value, bool) else str(value)
        for name, value in values.items()
        if not name.endswith("_json")
    }
