"""Formats of rows, read back by pandas, pyarrow, YAML and csv, with every value as it was."""

import csv
import io
import math
import re
from pathlib import Path
from typing import Any

import orjson
import pandas
import pyarrow.parquet
import pytest
import yaml
from exporting import Row, edges_of, exported, nodes_of, unzipped, whole_table
from nastygraph import nasty

from graph.export.edgelist import COLUMNS
from graph.export.table import EDGE_COLUMNS, NODE_COLUMNS, Table
from graph.storednetwork import StoredNetwork


@pytest.fixture(scope="module")
def network(tmp_path_factory: pytest.TempPathFactory) -> StoredNetwork:
    return nasty(tmp_path_factory.mktemp("nasty"))


@pytest.fixture(scope="module")
def table(network: StoredNetwork, tmp_path_factory: pytest.TempPathFactory) -> Table:
    return whole_table(network, tmp_path_factory.mktemp("rows"))


def rows_of(table: Table) -> list[Row]:
    """The rows that an edge list has."""
    return [
        {
            "source": edge.source,
            "target": edge.target,
            "id": edge.id,
            "source_label": table.label(edge.source),
            "target_label": table.label(edge.target),
            **edge.values,
        }
        for edge in table.edges
    ]


def typed(text: str, type_: str) -> object:
    made: dict[str, Any] = {"string": str, "int": int, "double": float, "boolean": {"true": True, "false": False}.get}
    return made[type_](text)


@pytest.mark.parametrize(("name", "separator"), [("csv", ","), ("tsv", "\t")])
def test_pandas_reads_the_edge_list(network: StoredNetwork, table: Table, name: str, separator: str) -> None:
    frame = pandas.read_csv(
        io.BytesIO(exported(network, name)), sep=separator, dtype=str, keep_default_na=False, encoding="utf-8"
    )
    assert list(frame.columns) == list(COLUMNS)
    read = [
        {key: typed(value, COLUMNS[key]) for key, value in row.items() if value != ""}
        for row in frame.to_dict("records")
    ]
    assert read == rows_of(table)


def test_pandas_and_pyarrow_read_the_parquet_with_its_types(network: StoredNetwork, table: Table) -> None:
    content = exported(network, "parquet")
    read = pyarrow.parquet.read_table(io.BytesIO(content))
    assert {name: str(read.schema.field(name).type) for name in read.schema.names} == {
        name: {"string": "string", "int": "int64", "double": "double", "boolean": "bool"}[type_]
        for name, type_ in COLUMNS.items()
    }
    assert [{key: value for key, value in row.items() if value is not None} for row in read.to_pylist()] == rows_of(
        table
    )
    frame = pandas.read_parquet(io.BytesIO(content))
    assert list(frame["source_label"]) == [row["source_label"] for row in rows_of(table)]
    assert math.isclose(frame["weight"].sum(), sum(float(row["weight"]) for row in rows_of(table)))


HEADING = re.compile(r"(?:(?P<name>\w+)(?::(?P<type>ID|string|int|double|boolean))?|:(?:LABEL|TYPE|START_ID|END_ID))")


def test_the_neo4j_files_have_headings_of_the_import_s_grammar_and_the_rows(
    network: StoredNetwork, table: Table
) -> None:
    files = unzipped(exported(network, "neo4j"))
    assert list(files) == ["nodes.csv", "relationships.csv"]
    nodes, edges = (list(csv.reader(io.StringIO(content.decode(), newline=""))) for content in files.values())
    assert all(HEADING.fullmatch(column) for column in (*nodes[0], *edges[0]))
    assert nodes[0][0] == "id:ID"
    assert (edges[0][:2], edges[0][-1]) == ([":START_ID", ":END_ID"], ":TYPE")
    assert {row[0]: _values(nodes[0][1:-1], row[1:-1], NODE_COLUMNS) for row in nodes[1:]} == nodes_of(table)
    assert {row[0]: row[-1].split(";") for row in nodes[1:]} == {
        id: ["Concept", *str(row["kinds"]).split("|")] for id, row in nodes_of(table).items()
    }
    assert {
        row[2]: (row[0], row[1], _values(edges[0][3:-1], row[3:-1], EDGE_COLUMNS)) for row in edges[1:]
    } == edges_of(table)
    assert {row[-1] for row in edges[1:]} == {"CAUSES", "HAS_SYMPTOM", "ASSOCIATED_WITH"}


def _values(columns: list[str], fields: list[str], types: Any) -> dict[str, object]:
    found = {}
    for column, field in zip(columns, fields, strict=True):
        name, type_ = column.split(":")
        assert types[name] == type_
        if field != "":
            found[name] = typed(field, type_)
    return found


def test_kgx_json_lines_hold_nodes_and_edges_of_biolink(network: StoredNetwork, table: Table) -> None:
    files = unzipped(exported(network, "kgx-jsonl"))
    nodes, edges = ([orjson.loads(line) for line in content.splitlines()] for content in files.values())
    assert list(files) == ["nodes.jsonl", "edges.jsonl"]
    assert {row["id"]: row["name"] for row in nodes} == {id: row["label"] for id, row in nodes_of(table).items()}
    assert next(row for row in nodes if row["id"] == "etio:a!b") == {
        "id": "etio:a!b",
        "category": ["biolink:PathologicalProcess", "biolink:Disease"],
        "name": "two lines and a tab",
        "synonym": ["two lines and a tab too", "other|name 1"],
        "same_as": ["UMLS:C0000001"],
        "xref": ["MESH:D000001"],
        "iri": "https://w3id.org/etiograph/a!b",
        "provisional": False,
        "provided_by": ["infores:etiograph"],
    }
    assert {row["id"]: (row["subject"], row["object"]) for row in edges} == {
        id: row[:2] for id, row in edges_of(table).items()
    }
    assert {(row["original_predicate"], row["predicate"]) for row in edges} == {
        ("etio:causes", "biolink:causes"),
        ("etio:hasSymptom", "biolink:has_phenotype"),
        ("etio:associatedWith", edges_associated()),
    }
    assert all(row["supporting_text"] == [edges_of(table)[row["id"]][2]["quote"]] for row in edges)


def edges_associated() -> str:
    from ontology.schema import schema
    from ontology.terms import Predicate

    return schema()[Predicate.ASSOCIATED_WITH].biolink or "biolink:related_to"


def test_kgx_tsv_holds_what_the_json_lines_hold(network: StoredNetwork) -> None:
    files, rows = unzipped(exported(network, "kgx-tsv")), unzipped(exported(network, "kgx-jsonl"))
    for kind in ("nodes", "edges"):
        frame = pandas.read_csv(
            io.BytesIO(files[f"{kind}.tsv"]), sep="\t", dtype=str, quoting=csv.QUOTE_NONE, keep_default_na=False
        )
        read = [{key: value for key, value in row.items() if value != ""} for row in frame.to_dict("records")]
        expected = [orjson.loads(line) for line in rows[f"{kind}.jsonl"].splitlines()]
        assert read == [{key: _joined(value) for key, value in row.items() if value is not False} for row in expected]


def _joined(value: object) -> str:
    if isinstance(value, list):
        return "|".join(item.replace("|", "¦") for item in value)
    return str(value).lower() if isinstance(value, bool) else str(value).replace("|", "¦")


def test_the_obsidian_vault_has_a_note_a_concept_whose_links_lead_to_notes(
    network: StoredNetwork, table: Table
) -> None:
    files = {name.removesuffix(".md"): text.decode() for name, text in unzipped(exported(network, "obsidian")).items()}
    assert len(files) == len(table.nodes)
    assert len({name.casefold() for name in files}) == len(files)
    heads = {name: yaml.safe_load(text.split("---\n")[1]) for name, text in files.items()}
    named = {head["id"]: name for name, head in heads.items()}
    assert named.keys() == nodes_of(table).keys()
    for id, row in nodes_of(table).items():
        head = heads[named[id]]
        assert (head["aliases"], head["tags"]) == (
            orjson.loads(str(row.get("synonyms_json", "[]"))),
            orjson.loads(str(row["kinds_json"])),
        )
    links = [
        (heads[name]["id"], relation, heads[target]["id"])
        for name, text in files.items()
        for relation, target in re.findall(r"^- ([a-z ]+) \[\[([^|\]]+)(?:\|[^\]]*)?\]\]", text, re.MULTILINE)
    ]
    assert sorted(links) == sorted((row[0], row[2]["label"], row[1]) for row in edges_of(table).values())
    assert "<script>" not in "".join(re.sub(r"\\.", "", text.split("---\n", 2)[2]) for text in files.values())
    assert {"emoji 😀 – Ünï \u200d 漢字", "None", "=1+1"} <= files.keys()
    assert not any(re.search(r'[\\/:*?"<>|#^\[\]]', name) or name != name.strip(" .") for name in files)


def test_nothing_of_a_note_s_links_is_lost_where_one_id_begins_as_another(network: StoredNetwork, table: Table) -> None:
    text = unzipped(exported(network, "obsidian"))
    told = sum(content.count(b"\n- ") for content in text.values())
    assert told == len(table.edges)


def test_parquet_without_pyarrow_says_what_to_install(
    network: StoredNetwork, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    import sys

    from ontology.errors import InvalidArgument

    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(InvalidArgument, match=r"pip install 'etiograph\[parquet\]'"):
        exported(network, "parquet")
    assert list(tmp_path.iterdir()) == []
