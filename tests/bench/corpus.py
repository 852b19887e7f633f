"""Measures an ingest from file to answers: `corpus.py CORPUS [--articles N] [--twice] [--workers N]`.

Wall time, processor time and the greatest resident memory of all its processes together, then the same for the first
question to the new store, and with `--twice` all of it again for twice the articles. Linux only: it reads /proc.
"""

import argparse
import gzip
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from processes import resident_family

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tests"))

from sharedfiles import corpus_rows, nih_corpus  # noqa: E402

MAIN = "from api.cli import main; main()"
LOOK_EVERY = 0.2


@dataclass(frozen=True)
class Run:
    """One command: seconds, processor seconds, bytes at most resident, and what it printed."""

    wall: float
    cpu: float
    resident: int
    printed: str


def say(line: str) -> None:
    """Print a line."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def run(*arguments: str | Path) -> Run:
    """The command, watched until it ends."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", MAIN, *map(str, arguments)]
    before, begun, most = os.times(), time.monotonic(), 0
    with tempfile.TemporaryFile() as printed:
        process = subprocess.Popen(command, env=environment, stdout=printed)
        while process.poll() is None:
            most = max(most, resident_family(process.pid))
            time.sleep(LOOK_EVERY)
        after = os.times()
        printed.seek(0)
        said = printed.read().decode()
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return Run(time.monotonic() - begun, cpu, most, said)


def rows(corpus: Path, articles: int | None) -> Iterator[dict[str, str]]:
    """The rows of the corpus, at most so many, from all over it."""
    every = list(corpus_rows(corpus))
    step = 1 if articles is None else max(1, len(every) // articles)
    yield from every[::step][:articles]


def doubled(given: list[dict[str, str]]) -> Iterator[dict[str, str]]:
    """Each row, then all again under other ids and in slightly other words."""
    yield from given
    for row in given:
        text = row["text"].replace(" may ", " can ").replace(" people ", " persons ") + "\n\nRead once more.\n"
        yield {**row, "id": f"{row['id']}-again", "text": text}


def measure(folder: Path, given: Iterator[dict[str, str]], workers: int | None) -> Run:
    """The ingest and the first question as one, after saying all figures."""
    corpus, count, size = folder / "corpus.jsonl.gz", 0, 0
    with gzip.open(corpus, "wt", compresslevel=3, encoding="utf-8") as file:
        for row in given:
            file.write(json.dumps(row) + "\n")
            count, size = count + 1, size + len(row["text"])
    options = [] if workers is None else ["--workers", str(workers)]
    ingest = run("ingest", corpus, "--data", folder / "data", "--json", *options)
    report = json.loads(ingest.printed)
    say(f"{count:,} articles, {size / 1e6:.1f} million characters → {report['claims']:,} claims, "
        f"{report['new_concepts']:,} new concepts, {len(report['rejected'])} rejected")  # fmt: skip
    for reason in report["rejected"][:10]:
        say(f"  {reason}")
    tell("file to published store", ingest)
    say(
        f"  {report['articles'] / ingest.wall:.1f} articles/s, {report['articles'] / ingest.cpu:.1f} a processor second"
    )
    again = run("ingest", corpus, "--data", folder / "data", "--json", *options)
    tell("the same again, all unchanged", again)
    asked = run("neighbours", "asthma", "--data", folder / "data", "--json")
    tell(f"first question, {len(json.loads(asked.printed)['items'])} neighbours", asked)
    return Run(ingest.wall + asked.wall, ingest.cpu + asked.cpu, max(ingest.resident, asked.resident), "")


def tell(what: str, measured: Run) -> None:
    """Print the figures of a command."""
    figures = f"{measured.wall:.1f} s, {measured.cpu:.1f} s of processors, {measured.resident / 1e6:,.0f} MB resident"
    say(f"  {what}: {figures}")


def main() -> None:
    """Measure once, or once and twice the articles."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("corpus", type=Path, nargs="?")
    options.add_argument("--articles", type=int)
    options.add_argument("--workers", type=int)
    options.add_argument("--twice", action="store_true")
    chosen = options.parse_args()
    given = list(rows(chosen.corpus or nih_corpus(), chosen.articles))
    with tempfile.TemporaryDirectory() as folder:
        once = measure(Path(folder), iter(given), chosen.workers)
    if chosen.twice:
        with tempfile.TemporaryDirectory() as folder:
            twice = measure(Path(folder), doubled(given), chosen.workers)
        ratios = f"{twice.wall / once.wall:.2f} times as long, {twice.cpu / once.cpu:.2f} times the processors"
        say(f"twice the articles take {ratios}")


if __name__ == "__main__":
    main()
