"""Graphs in KGX's exchange format as articles, claims and concepts, and the command that puts them into a store."""

import gzip
import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.cli import command_line
from api.importing import import_extractions
from graph.gate import check
from graph.layer import bundled
from graph.store import Snapshot
from ingest.foreign.biolink import relations
from ingest.foreign.kgx import Edges
from ontology.errors import UnreadableArticle
from ontology.lexicon import curated
from ontology.terms import Certainty, Kind, MappingRelation, Predicate

EXACT, CURATED = next(
    (mapping.curie, concept.id)
    for concept in curated().concepts.values()
    if Kind.SYMPTOM in concept.kinds
    for mapping in concept.mappings
    if mapping.relation is MappingRelation.EXACT
)
NODES: tuple[dict[str, str], ...] = (
    {"id": "OMIM:1", "category": "biolink:Disease|biolink:NamedThing", "name": "Sample disease"},
    {"id": "OMIM:2", "category": "biolink:Disease", "name": "Another"},
    {"id": "OMIM:3", "category": "biolink:Gene", "name": "no kind"},
    {"id": "ELSEWHERE:1", "category": "biolink:Disease", "name": "no prefix"},
    {"id": EXACT, "category": "biolink:PhenotypicFeature", "name": "by its own name"},
)
_GOOD = b'{"subject": "OMIM:1", "predicate": "biolink:causes", "object": "OMIM:2"}\n'
SOURCE = "infores:sample"
PLAIN = {"negated": "", "knowledge_level": "", "publications": "", "primary_knowledge_source": SOURCE}
EDGES: tuple[dict[str, str], ...] = (
    {**PLAIN, "subject": "OMIM:1", "predicate": "biolink:has_phenotype", "object": EXACT, "publications": "PMID:7"},
    {**PLAIN, "subject": "OMIM:1", "predicate": "biolink:causes", "object": "OMIM:2", "knowledge_level": "prediction"},
    {**PLAIN, "subject": "OMIM:2", "predicate": "biolink:correlated_with", "object": "OMIM:1", "negated": "True"},
    {**PLAIN, "subject": "OMIM:1", "predicate": "biolink:has_phenotype", "object": "HP:0"},
    {**PLAIN, "subject": "OMIM:1", "predicate": "biolink:related_to", "object": "OMIM:2"},
    {**PLAIN, "subject": "OMIM:1", "predicate": "biolink:treats", "object": "OMIM:2"},
    {**PLAIN, "subject": "OMIM:1", "predicate": "biolink:causes", "object": "OMIM:1"},
)


def table(path: Path, rows: Sequence[dict[str, str]]) -> Path:
    lines = [
        "\t".join(rows[0]),
        *("\t".join(row.values()) for row in ({name: row[name] for name in rows[0]} for row in rows)),
    ]
    content = "".join(f"{line}\n" for line in lines).encode()
    path.write_bytes(gzip.compress(content, mtime=0) if path.suffix == ".gz" else content)
    return path


def lines(path: Path, rows: Sequence[dict[str, str]]) -> Path:
    listed = [
        {name: text.split("|") if name in ("category", "publications") else text for name, text in row.items() if text}
        for row in rows
    ]
    content = "".join(f"{json.dumps(row)}\n" for row in listed).encode()
    path.write_bytes(gzip.compress(content, mtime=0) if path.suffix == ".gz" else content)
    return path


@pytest.fixture
def sample(tmp_path: Path) -> Edges:
    return Edges(table(tmp_path / "nodes.tsv", NODES), table(tmp_path / "edges.tsv", EDGES))


def test_what_a_source_says_of_a_subject_is_an_article_with_a_sentence_an_edge(sample: Edges) -> None:
    (extraction,) = sample.extractions()
    assert extraction.article.id == "infores-sample-OMIM-1"
    assert extraction.article.source.publisher == SOURCE
    assert extraction.article.text == (
        "Edges of infores:sample\n\n"
        f"Sample disease has symptom {curated().concepts[CURATED].label} (PMID:7).\n"
        "Sample disease causes Another.\n"
        "It is denied that Sample disease associated with Another.\n"
    )
    for claim in extraction.claims:
        for statement in claim.evidence:
            assert extraction.article.text[statement.start : statement.end] == statement.quote
    assert {
        (claim.subject, claim.predicate, claim.object, claim.negated, claim.certainty) for claim in extraction.claims
    } == {
        ("OMIM:1", Predicate.HAS_SYMPTOM, CURATED, False, Certainty.ASSERTED),
        ("OMIM:1", Predicate.CAUSES, "OMIM:2", False, Certainty.POSSIBLE),
        ("OMIM:1", Predicate.ASSOCIATED_WITH, "OMIM:2", True, Certainty.ASSERTED),
    }
    check(extraction, bundled())


def test_what_is_not_understood_is_counted_with_an_example(sample: Edges) -> None:
    sample.extractions()
    assert sample.skipped == {
        "a node whose category is no kind: biolink:Gene": 1,
        "a node whose prefix is not known: ELSEWHERE": 1,
        "an edge of which a node is missing, or was not understood": 1,
        "an edge whose predicate is no relation: biolink:related_to": 1,
        "an edge between kinds that the relation does not join: Condition treats Condition": 1,
        "an edge from a concept to itself": 1,
    }
    assert sample.examples["an edge of which a node is missing, or was not understood"] == (
        "OMIM:1 biolink:has_phenotype HP:0"
    )


def test_a_predicate_that_is_only_near_is_none_of_ours() -> None:
    assert "biolink:contributes_to" not in relations()
    assert relations()["biolink:subclass_of"] is Predicate.IS_A


@pytest.mark.parametrize("packed", ["", ".gz"])
@pytest.mark.parametrize(("write", "ending"), [(table, ".tsv"), (lines, ".jsonl")])
def test_every_format_gives_the_same(
    sample: Edges, tmp_path: Path, write: Callable[[Path, Sequence[dict[str, str]]], Path], ending: str, packed: str
) -> None:
    same = Edges(write(tmp_path / f"n{ending}{packed}", NODES), write(tmp_path / f"e{ending}{packed}", EDGES))
    assert same.extractions() == sample.extractions()
    assert same.skipped == sample.skipped


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("e.tsv", b"subject\tobject\nOMIM:1\tOMIM:2\n", "line 1 lacks predicate; expected .* seen subject, object"),
        ("e.tsv", b"subject\tpredicate\tobject\nOMIM:1\tbiolink:cau", "line 2 has 2 columns, the first line 3"),
        ("e.tsv", b"", "holds no rows"),
        ("e.tsv", b"subject\tpredicate\tobject\nOMIM:1\t\xff\tOMIM:2\n", "is not UTF-8"),
        ("e.jsonl", b'{"subject": "OMIM:1", "pred', "line 1 is no JSON"),
        ("e.jsonl", b"[1]\n", "line 1 is no object"),
        ("e.jsonl", b'{"subject": "OMIM:1"}\n', "line 1 lacks predicate, object"),
        ("e.jsonl.gz", gzip.compress(_GOOD * 9)[:-9], "breaks off or is damaged"),
        ("e.tsv.gz", b"no gzip", "breaks off or is damaged"),
        ("e.csv", b"subject,predicate,object\n", "expected a name that ends in .tsv, .jsonl"),
    ],
)
def test_what_is_wrong_with_a_file_is_said(sample: Edges, tmp_path: Path, name: str, content: bytes, said: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(UnreadableArticle, match=said):
        Edges(sample.nodes, path).extractions()


def test_a_folder_and_a_missing_file_are_said(sample: Edges, tmp_path: Path) -> None:
    (tmp_path / "folder.tsv").mkdir()
    for name, said in (("folder.tsv", "Is a directory"), ("none.tsv", "No such file")):
        with pytest.raises(UnreadableArticle, match=said):
            Edges(sample.nodes, tmp_path / name).extractions()


def test_what_was_imported_is_passed_over(sample: Edges, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    assert import_extractions(folder, sample.extractions()).articles == 1
    again = import_extractions(folder, sample.extractions())
    assert (again.articles, again.unchanged, again.rejected) == (0, 1, ())
    with Snapshot.open(folder) as snapshot:
        links = {(claim.subject, claim.object, claim.negated) for claim in snapshot.claims()}
    assert links == {("OMIM:1", CURATED, False), ("OMIM:1", "OMIM:2", False), ("OMIM:1", "OMIM:2", True)}


def test_the_command_stores_a_graph_and_nothing_of_a_file_that_breaks_off(sample: Edges, tmp_path: Path) -> None:
    def run(edges: Path) -> tuple[int, str, str]:
        arguments = ["import", "kgx", str(sample.nodes), str(edges), "--data", str(tmp_path / "data"), "--json"]
        done = CliRunner().invoke(command_line(), arguments)
        return done.exit_code, done.stdout, done.stderr

    broken = tmp_path / "cut.tsv"
    broken.write_bytes(sample.edges.read_bytes()[:-20])
    code, out, error = run(broken)
    assert (code, out) == (1, "")
    assert "cut.tsv: line 8 has" in error
    assert not (tmp_path / "data" / "store").exists()
    code, out, error = run(sample.edges)
    assert code == 0, error
    assert json.loads(out)["claims"] == 3
    assert "1 made no claim: a node whose prefix is not known: ELSEWHERE (first: ELSEWHERE:1)" in error
