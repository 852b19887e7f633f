"""`etiograph vocabulary`: from a file to articles that are read with its names."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

MAIN = "from api.cli import main; main()"
WORDS = """ontology: wax

[Term]
id: WAX:1
name: paraffin bath
synonym: "wax bath" EXACT []
synonym: "bronchoscopy" EXACT []
"""
SENTENCE = b"Paraffin baths can relieve a stiff hand. A wax bath treats arthritis.\n"


def etiograph(folder: Path, *arguments: str | Path, stdin: bytes = b"", code: int = 0) -> str:
    """What a process of its own prints; standard error where it ends with another code than 0."""
    done = subprocess.run(
        [sys.executable, "-c", MAIN, *map(str, arguments)],
        input=stdin,
        capture_output=True,
        check=False,
        cwd=Path(__file__).parents[1],
        env={**os.environ, "ETIOGRAPH_VOCABULARIES": str(folder / "vocabularies"), "COLUMNS": "200"},
    )
    assert done.returncode == code, done.stderr.decode()
    return (done.stderr if code else done.stdout).decode()


@pytest.fixture
def words(tmp_path: Path) -> Path:
    path = tmp_path / "wax.obo"
    path.write_text(WORDS)
    return path


def test_an_added_vocabulary_is_recognised_stored_and_forgotten(tmp_path: Path, words: Path) -> None:
    told = etiograph(tmp_path, "vocabulary", "add", words, "--kind", "Treatment").splitlines()
    taken = "“bronchoscopy” (http://purl.obolibrary.org/obo/WAX_1 is etio:bronchoscopy)"
    assert told == [
        "wax: added (OBO, 1 terms)",
        "  1 new concepts; 0 go into known ones or have no name of their own",
        f"  1 × name means another concept already: {taken}",
    ]
    article, data = tmp_path / "a.txt", tmp_path / "data"
    article.write_bytes(SENTENCE)
    lines = [json.loads(line) for line in etiograph(tmp_path, "extract", article).splitlines()]
    assert ("http://purl.obolibrary.org/obo/WAX_1", "treats", "arthritis") in {
        (line["subject"]["id"], line["predicate"], line["object"]["label"]) for line in lines
    }
    etiograph(tmp_path, "ingest", article, "--data", data)
    assert etiograph(tmp_path, "check", "--data", data).endswith("no violations\n")
    assert "paraffin bath" in etiograph(tmp_path, "ask", "wax bath", "--data", data)
    assert etiograph(tmp_path, "vocabulary", "list").splitlines()[1].split() == ["wax", "1", "3", "Treatment", "1"]
    assert etiograph(tmp_path, "vocabulary", "remove", "wax") == "removed wax\n"
    assert "WAX_1" not in etiograph(tmp_path, "extract", article)


def test_adding_twice_changes_nothing_and_json_has_every_note(tmp_path: Path, words: Path) -> None:
    first = json.loads(etiograph(tmp_path, "vocabulary", "add", words, "--kind", "Treatment", "--json"))
    again = json.loads(etiograph(tmp_path, "vocabulary", "add", words, "--kind", "Treatment", "--json"))
    assert [item["changed"] for answer in (first, again) for item in answer["items"]] == [True, False]
    assert first["items"][0]["findings"] == {"name means another concept already": 1}
    assert first["items"][0]["notes"] == again["items"][0]["notes"]


def test_a_bad_file_beside_a_good_one_leaves_the_installation_as_it_was(tmp_path: Path, words: Path) -> None:
    bad = tmp_path / "bad.ttl"
    bad.write_text("no turtle")
    said = etiograph(tmp_path, "vocabulary", "add", words, bad, "--kind", "Treatment", code=1)
    assert said.startswith(f"etiograph: {bad}: not valid Turtle")
    assert said.count("\n") == 1
    assert "No vocabulary was added" in etiograph(tmp_path, "vocabulary", "list")
    assert "1 left out: nothing tells its kind" in etiograph(tmp_path, "vocabulary", "add", words, code=1)


def test_two_files_of_one_name_are_refused(tmp_path: Path, words: Path) -> None:
    said = etiograph(tmp_path, "vocabulary", "add", words, words, "--kind", "Treatment", code=1)
    assert said == "etiograph: name='wax': expected one name a file; add the files one by one with --name\n"
