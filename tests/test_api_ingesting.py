"""A corpus on its way into the store: the same graph whatever the processes, the batches and the interruptions."""

import itertools
import json
import multiprocessing
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api import ingesting, intake, pool, preparing
from api.checking import check
from api.cli import command_line
from api.ingesting import Report, Stopped, ingest_paths
from api.pool import Pool
from api.preparing import Refused, prepare_article, prepare_here
from api.progress import Status, said_of
from graph.prepared import Prepared
from graph.store import Snapshot
from ingest.article import read_articles
from ontology.article import Article

TESTS = Path(__file__).parent
DISEASES = (
    "Asthma", "Pneumonia", "Migraine", "Croup", "Measles", "Mumps", "Influenza", "Gout",
    "Epilepsy", "Psoriasis", "Anemia", "Bronchitis", "Endometriosis", "Tuberculosis", "Malaria", "Cholera",
)  # fmt: skip
SIGNS = ("fever", "cough", "headache", "nausea", "chest pain", "rash", "fatigue", "dizziness")


def row(number: int) -> dict[str, str]:
    """An article in a few words; many speak of the same claims and of things that no vocabulary knows."""
    disease, sign = DISEASES[number % len(DISEASES)], SIGNS[number % len(SIGNS)]
    text = (
        f"{disease}\n\n{disease} can cause {sign}. {disease} does not cause hair loss. "
        f"Symptoms of {disease.lower()} include {SIGNS[number // 3 % len(SIGNS)]} and a wandering left toe ache.\n"
    )
    return {"id": f"site-{number:03}", "title": disease, "url": f"https://example.org/{number}", "text": text}


def corpus(folder: Path, count: int, *, bad: tuple[bytes, ...] = ()) -> Path:
    path = folder / "corpus.jsonl"
    rows = [json.dumps(row(number)).encode() for number in range(count)]
    path.write_bytes(b"\n".join([*rows[: count // 2], *bad, *rows[count // 2 :]]) + b"\n")
    return path


def quads(folder: Path) -> bytes:
    with Snapshot.open(folder) as snapshot:
        return snapshot.nquads()


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes]:
    """A corpus of 40 articles, and the graph that an undisturbed run makes of it."""
    folder = tmp_path_factory.mktemp("whole")
    path = corpus(folder, 40)
    report = ingest_paths(folder / "data", [path], workers=1)
    assert (report.articles, report.rejected, report.unchanged) == (40, (), 0)
    assert report.claims >= 30
    return path, quads(folder / "data")


def test_nothing_is_wrong_with_the_store_of_a_corpus(whole: tuple[Path, bytes]) -> None:
    with Snapshot.open(whole[0].parent / "data") as snapshot:
        found = check(snapshot)
    assert (found.articles, found.claims >= 30, found.violations) == (40, True, ())


def test_every_quote_of_real_articles_stands_in_its_text(shared: Path) -> None:
    articles = read_articles([shared / "corpora" / "nih-articles.jsonl.gz"])
    for article in itertools.islice(articles, 0, None, 180):
        assert isinstance(article, Article)
        prepared = prepare_article(article)
        assert isinstance(prepared, Prepared), prepared
        rows = [row for claim in prepared.extraction.claims for row in claim.evidence]
        assert [article.text[row.start : row.end] for row in rows] == [row.quote for row in rows]


def test_any_number_of_processes_and_size_of_batches_makes_the_same_graph(
    whole: tuple[Path, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "BATCH_TRIPLES", 700)
    ingest_paths(tmp_path / "two", [whole[0]], workers=2)
    assert quads(tmp_path / "two") == whole[1]
    assert multiprocessing.active_children() == []


KILLED = """
import os, signal, sys
from pathlib import Path
from api import ingesting, intake

def killed(status):
    if status.articles == 25:
        os.kill(os.getpid(), signal.SIGKILL)

if __name__ == "__main__":
    intake.BATCH_TRIPLES = 700
    ingesting.ingest_paths(Path(sys.argv[1]), [sys.argv[2]], workers=int(sys.argv[3]), progress=killed)
"""


@pytest.mark.parametrize("workers", [1, 2])
def test_a_killed_ingest_continues_where_it_was_and_ends_with_the_same_graph(
    whole: tuple[Path, bytes], tmp_path: Path, workers: int
) -> None:
    script = tmp_path / "killed.py"
    script.write_text(KILLED)
    environment = {**os.environ, "PYTHONPATH": str(TESTS.parent)}
    command = [sys.executable, str(script), str(tmp_path / "data"), str(whole[0]), str(workers)]
    assert subprocess.run(command, env=environment, check=False).returncode == -signal.SIGKILL
    report = ingest_paths(tmp_path / "data", [whole[0]], workers=1)
    assert 0 < report.unchanged < 40
    assert report.unchanged + report.articles == 40
    assert quads(tmp_path / "data") == whole[1]


def test_an_interrupted_ingest_keeps_what_was_read_and_can_be_continued(
    whole: tuple[Path, bytes], tmp_path: Path
) -> None:
    def interrupted(status: Status) -> None:
        if status.articles == 10 and status.doing == "reading":
            raise KeyboardInterrupt

    with pytest.raises(Stopped) as stopped:
        ingest_paths(tmp_path, [whole[0]], workers=1, progress=interrupted)
    assert stopped.value.report.articles == 10
    with Snapshot.open(tmp_path) as snapshot:
        assert len(snapshot.articles()) == 10
    report = ingest_paths(tmp_path, [whole[0]], workers=1)
    assert (report.articles, report.unchanged) == (30, 10)
    assert quads(tmp_path) == whole[1]


def test_what_is_in_the_store_is_passed_over_and_what_changed_is_replaced(tmp_path: Path) -> None:
    path = corpus(tmp_path, 3)
    ingest_paths(tmp_path / "data", [path])
    before = quads(tmp_path / "data")
    assert ingest_paths(tmp_path / "data", [path]) == Report(0, 0, 0, 0, (), 3)
    path.write_text(json.dumps({**row(0), "title": "Asthma, renamed"}) + "\n" + json.dumps(row(1)) + "\n")
    report = ingest_paths(tmp_path / "data", [path])
    assert (report.articles, report.unchanged, report.new_concepts) == (1, 1, 0)
    assert quads(tmp_path / "data") != before
    corpus(tmp_path, 3)
    ingest_paths(tmp_path / "data", [path])
    assert quads(tmp_path / "data") == before


def test_bad_articles_among_good_ones_are_told_and_keep_no_other_out(whole: tuple[Path, bytes], tmp_path: Path) -> None:
    bad = (
        b"{",
        json.dumps({**row(90), "text": "a\0b"}).encode(),
        b'{"id": "lone", "text": "\\ud83d cough"}',
        json.dumps({**row(91), "text": "?!"}).encode(),
        json.dumps({**row(0), "text": "Gout can cause fever."}).encode(),
    )
    report = ingest_paths(tmp_path / "data", [corpus(tmp_path, 40, bad=bad)], workers=2)
    assert report.articles == 40
    assert sorted(str(error).replace(f"{tmp_path}/", "")[:60] for error in report.rejected) == [
        "corpus.jsonl:21: no JSON: unexpected end of data at 1; expec",
        "corpus.jsonl:22: binary: a NUL character at offset 1 of 'tex",
        "corpus.jsonl:23: no JSON: no low surrogate in string at 24; ",
        "site-000: two different articles have this id; the first was",
        "site-091: no sentence in it, so there is nothing that could ",
    ]
    assert quads(tmp_path / "data") == whole[1]


@pytest.mark.parametrize("text", ["?!", "12345", "…\n\n—", "# Croup\n"])
def test_an_article_without_a_sentence_is_refused_and_leaves_no_store(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.md").write_text(text)
    (error,) = ingest_paths(tmp_path / "data", [tmp_path / "a.md"]).rejected
    assert str(error) == "a: no sentence in it, so there is nothing that could be stated"
    assert not (tmp_path / "data").exists()


def test_a_file_of_two_hundred_megabytes_is_refused_unopened(tmp_path: Path) -> None:
    path = tmp_path / "big.txt"
    with path.open("wb") as file:
        file.truncate(200_000_000)
    (error,) = ingest_paths(tmp_path / "data", [path]).rejected
    assert "too large: 200,000,000 bytes; at most 20,000,000 are read" in str(error)
    assert not (tmp_path / "data").exists()


def articles(count: int) -> Iterator[Article]:
    for number in range(count):
        yield Article(id=f"a{number}", title="Croup", text="Croup\n\nCroup can cause cough.", format="text")


def test_a_process_that_dies_costs_one_article() -> None:
    outcomes: list[Prepared | Refused] = []
    with Pool(1) as processes:
        for outcome in processes.prepare(articles(12)):
            outcomes.append(outcome)
            if len(outcomes) == 2:
                for child in multiprocessing.active_children():
                    child.kill()
    refused = [outcome for outcome in outcomes if isinstance(outcome, Refused)]
    assert len(outcomes) == 12
    assert [refusal.reason for refusal in refused] == [
        "the process that read it was ended by SIGKILL; the others are read. Split it, or report it as a fault"
    ]


def test_an_article_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    def limit(article: Article) -> float:
        return 0.0 if article.id == "a0" else 60.0

    monkeypatch.setattr(pool, "time_limit", limit)
    monkeypatch.setattr(pool, "_LOOK_EVERY", 0.0)
    long = Article(id="a0", title="Croup", text="Croup can cause cough. " * 3000, format="text")
    with Pool(1) as processes:
        outcomes = list(processes.prepare([long, *list(articles(3))[1:]]))
    assert [outcome for outcome in outcomes if isinstance(outcome, Refused)] == [preparing.took_too_long(long)]
    assert len(outcomes) == 3


def test_in_one_process_too_an_article_is_given_up_after_its_time(monkeypatch: pytest.MonkeyPatch) -> None:
    (small,) = articles(1)
    assert isinstance(prepare_here(small), Prepared)
    monkeypatch.setattr(preparing, "LEAST_TIME", 0.01)
    monkeypatch.setattr(preparing, "TIME_A_CHARACTER", 0.0)
    long = Article(id="a0", title="Croup", text="Croup can cause cough. " * 3000, format="text")
    assert prepare_here(long) == preparing.took_too_long(long)
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)
    done: list[Prepared | Refused] = []
    thread = threading.Thread(target=lambda: done.append(prepare_here(small)))
    thread.start()
    thread.join()
    assert isinstance(done[0], Prepared)


def test_a_fault_met_in_an_article_is_told_with_its_name() -> None:
    (article,) = articles(1)
    prepare_article(article)
    frames, frame = 0, sys._getframe()
    while frame.f_back is not None:
        frames, frame = frames + 1, frame.f_back
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(frames + 12)
    try:
        outcome = prepare_article(article)
    finally:
        sys.setrecursionlimit(limit)
    assert isinstance(outcome, Refused)
    assert str(outcome.error()).startswith("a0: reading it failed (RecursionError: maximum recursion depth exceeded")


def test_what_is_said_of_progress_has_rate_and_time_left() -> None:
    assert said_of(Status(812, 0.41), 23.07) == "812 articles, 35.2/s, 41 %, 0:33 left"
    assert said_of(Status(1, None), 2.0) == "1 article, 0.5/s"
    assert said_of(Status(0, 0.0), 0.0) == "0 articles, 0 %"


def test_the_command_says_how_to_continue(
    whole: tuple[Path, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_: object, **__: object) -> Report:
        raise Stopped(Report(7, 70, 30, 2, (), 1))

    monkeypatch.setattr(ingesting, "ingest_paths", stopped)
    done = CliRunner().invoke(command_line(), ["ingest", str(whole[0]), "--data", str(tmp_path), "--json"])
    assert done.exit_code == 130
    assert json.loads(done.stdout)["articles"] == 7
    assert done.stderr == "etiograph: stopped; what is summed up here is stored, the same command continues\n"
