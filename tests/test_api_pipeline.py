"""From articles to the store and to JSON lines, through the command line, with the real extraction."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from toygraph import toy_extractions
from typer.testing import CliRunner

from api.cli import command_line
from api.pipeline import concepts_of, ingest_bundled, merged, put, read
from graph.snapshot import is_empty
from graph.store import Snapshot, Store
from ontology.article import Extraction
from ontology.claim import Claim
from ontology.errors import InvalidClaims

ROOT = Path(__file__).parents[1]
TEXT = "Pulmonary embolism\n\nA pulmonary embolism can cause chest pain. Anticoagulants treat pulmonary embolism.\n"
QUOTE = "A pulmonary embolism can cause chest pain."


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "clot.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def run(*arguments: str | Path, code: int = 0, stdin: str = "") -> tuple[str, str]:
    result = CliRunner().invoke(command_line(), [str(argument) for argument in arguments], input=stdin)
    assert result.exit_code == code, result.output
    return result.stdout, result.stderr


def quads(folder: Path) -> bytes:
    with Snapshot.open(folder) as snapshot:
        return snapshot.nquads()


def test_an_ingested_article_is_summed_up_and_can_be_asked(article: Path, tmp_path: Path) -> None:
    shown, problems = run("ingest", article, "--data", tmp_path / "data", "--json")
    report = json.loads(shown)
    assert (report["articles"], report["claims"] >= 2, report["rejected"], problems) == (1, True, [], "")
    table, _ = run("ingest", article, "--data", tmp_path / "data")
    assert table.split() == [
        "articles", "sentences", "claims", "new", "concepts", "rejected", "unchanged", "0", "0", "0", "0", "0", "1",
    ]  # fmt: skip
    card, _ = run("ask", "pulmonary embolism", "--data", tmp_path / "data")
    assert f"“{QUOTE}”  clot" in card


def test_ingesting_twice_changes_nothing_and_removing_restores(article: Path, tmp_path: Path) -> None:
    data, other = tmp_path / "data", tmp_path / "other.txt"
    run("ingest", article, "--data", data)
    once = quads(data)
    run("ingest", article, "--data", data)
    assert quads(data) == once
    other.write_text("Pneumonia can cause coughing up blood.\n")
    run("ingest", other, "--data", data)
    assert quads(data) != once
    run("articles", "remove", "other", "--data", data)
    assert quads(data) == once


def test_standard_input_and_folders_are_read(tmp_path: Path) -> None:
    folder = tmp_path / "texts"
    (folder / "deep").mkdir(parents=True)
    (folder / "deep" / "a.txt").write_text(TEXT)
    (folder / "b.md").write_text("# Pneumonia\n\nPneumonia can cause coughing up blood.\n")
    found = read([folder])
    assert [extraction.article.id for extraction in found.extractions] == ["a", "b"]
    shown, _ = run("extract", "-", stdin=TEXT)
    assert {row["article"] for line in shown.splitlines() for row in json.loads(line)["evidence"]} == {"stdin"}


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("empty.txt", b"", "empty"),
        ("blank.txt", b" \n\n", "empty"),
        ("binary.txt", bytes(range(256)) * 8, "binary.txt"),
        ("latin.txt", "Hämoptyse".encode("latin-1"), "latin.txt"),
        ("line.txt", b"x" * 50_000_000, "line.txt"),
        ("missing.txt", None, "no such file"),
        ("folder", None, "folder"),
    ],
)
def test_what_cannot_be_read_is_told_and_makes_no_store(
    tmp_path: Path, name: str, content: bytes | None, said: str
) -> None:
    path, data = tmp_path / name, tmp_path / "data"
    if content is not None:
        path.write_bytes(content)
    if name == "folder":
        path.mkdir()
    _, problem = run("ingest", path, "--data", data, code=1)
    assert (problem.startswith("etiograph: "), said in problem, len(problem.splitlines())) == (True, True, 1), problem
    assert not data.exists()


def test_one_bad_file_does_not_keep_the_others_out(article: Path, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    shown, problem = run("ingest", tmp_path / "empty.txt", article, "--data", tmp_path / "data", code=1)
    assert (shown.split()[-6], shown.split()[-2:]) == ("1", ["1", "0"])
    assert problem.startswith("etiograph: ")
    lines, problem = run("extract", tmp_path / "empty.txt", article, code=1)
    assert (len(lines.splitlines()) >= 2, problem.startswith("etiograph: ")) == (True, True)


def test_two_different_articles_with_one_id_are_not_mixed_up(article: Path, tmp_path: Path) -> None:
    (tmp_path / "again").mkdir()
    (tmp_path / "again" / "clot.txt").write_text("Pneumonia can cause coughing up blood.\n")
    found = read([article, tmp_path / "again", article])
    assert [extraction.article.text for extraction in found.extractions] == [TEXT]
    assert [str(error) for error in found.rejected] == [
        "clot: two different articles have this id; the first was read. Rename one file, or set another 'id'"
    ]


def test_extract_prints_one_claim_a_line_with_quotes_that_stand_in_the_text(article: Path) -> None:
    shown, _ = run("extract", article, "--format", "jsonl")
    rows = [json.loads(line) for line in shown.splitlines()]
    row = next(row for row in rows if row["object"]["label"] == "chest pain")
    assert row.keys() == {"id", "subject", "predicate", "object", "negated", "certainty", "belief", "evidence"}
    assert row["subject"].keys() == {"id", "label", "synonyms", "kinds", "mention"}
    assert (row["subject"]["id"], row["certainty"], row["negated"]) == ("etio:pulmonary-embolism", "possible", False)
    assert row["object"]["mention"] == "chest pain"
    assert [TEXT[e["start"] : e["end"]] for row in rows for e in row["evidence"]] == [
        e["quote"] for row in rows for e in row["evidence"]
    ]
    assert len({row["id"] for row in rows}) == len(rows)
    table, _ = run("extract", article, "--format", "table")
    assert QUOTE in table


def test_extract_ends_quietly_when_its_reader_does(article: Path) -> None:
    command = [sys.executable, "-c", "from api.cli import main; main()", "extract", str(article)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={**os.environ})
    assert process.stdout is not None
    process.stdout.close()
    _, problem = process.communicate(timeout=60)
    assert b"Traceback" not in problem


def test_claims_of_several_articles_are_merged_with_all_their_evidence(toy: tuple[Extraction, ...]) -> None:
    (claim, *_), article = toy[0].claims, toy[1].article
    again = Claim(claim.subject, claim.predicate, claim.object, claim.negated, claim.evidence * 2)
    both = merged([toy[0], Extraction(article, toy[0].concepts, (claim,), 1), toy[1]])
    assert len(both) == 9
    (same,) = (row for row in both if row.id == claim.id)
    assert same.evidence == again.evidence
    assert list(concepts_of(toy)) == sorted(concepts_of(toy), key=list(concepts_of(toy)).index)
    assert concepts_of(toy).keys() == {concept.id for extraction in toy for concept in extraction.concepts}


def test_an_article_that_violates_the_shapes_is_rejected_and_the_others_are_stored(
    toy: tuple[Extraction, ...], tmp_path: Path
) -> None:
    known = toy[0].claims[0]
    unknown = Claim(known.subject, known.predicate, "etio:nothing-known", negated=False, evidence=())
    broken = Extraction(toy[0].article, (), (unknown,))
    report = put(tmp_path, (broken, toy[1]))
    assert (report.articles, report.claims, [type(error) for error in report.rejected]) == (1, 6, [InvalidClaims])
    with Snapshot.open(tmp_path) as snapshot:
        assert [article.id for article in snapshot.articles()] == ["lung-clots"]


def test_the_bundled_articles_fill_an_empty_store(tmp_path: Path) -> None:
    assert is_empty(tmp_path)
    report = ingest_bundled(tmp_path)
    assert (report.articles, report.claims > 50, report.rejected) == (3, True, ())
    assert not is_empty(tmp_path)


def test_a_store_that_is_written_to_says_so(article: Path, tmp_path: Path) -> None:
    with Store.open(tmp_path / "data") as store:
        store.replace(toy_extractions())
        _, problem = run("ingest", article, "--data", tmp_path / "data", code=1)
    assert "is being written to by another process" in problem


def test_evaluate_agrees_with_itself(article: Path, tmp_path: Path) -> None:
    gold = tmp_path / "gold.jsonl"
    claim = {"article": "clot", "subj": ["pulmonary embolism"], "pred": "causes", "obj": ["chest pain"], "quote": QUOTE}
    missed = {**claim, "obj": ["hair loss"]}
    gold.write_text("\n".join(json.dumps(row) for row in (claim, missed)))
    shown = json.loads(run("evaluate", "--gold", gold, article, "--json", "--misses", "--extras")[0])
    assert (shown["overall"]["gold"], shown["overall"]["found"], shown["overall"]["recall"]) == (2, 1, 0.5)
    assert [row["object"] for row in shown["misses"]] == ["hair loss"]
    assert len(shown["extras"]) == shown["overall"]["stated"] - shown["overall"]["right"]
    table, _ = run("evaluate", "--gold", gold, article)
    assert [line.split()[:2] for line in table.splitlines() if line.startswith("all ")] == [["all", "2"]]
    _, problem = run("evaluate", "--gold", tmp_path / "none.jsonl", article, code=1)
    assert "none.jsonl" in problem
    gold.write_text("{}")
    _, problem = run("evaluate", "--gold", gold, article, code=1)
    assert "gold line 1" in problem
