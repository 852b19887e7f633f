"""What the documents show is what happens: their commands run, their figures are measured, their files exist."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from shutil import which
from urllib.request import urlopen

import pytest
from documents import Block, Command, agrees, blocks

from api.cli import command_line
from api.evaluation import Figures, score
from api.gold import read_claims, read_gold
from api.lines import claim_lines
from api.pipeline import concepts_of, merged, read
from ingest.article import BUNDLED

ROOT = Path(__file__).parents[1]
DOCUMENTS = tuple(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "ingest/README.md"))
BLOCKS = tuple(block for document in DOCUMENTS for block in blocks(document, ROOT))
README = DOCUMENTS[0].read_text(encoding="utf-8")
SERVED = "http://127.0.0.1:8000"
NOT_RUN = re.compile(r"(?:make|git clone)\b")
"""Commands that set up or test the whole project; what `make serve` shows is compared with a server's own words."""


@dataclass(frozen=True, slots=True)
class Workspace:
    """A folder like a fresh clone's, with a server over its new data folder: the address, and what the server said."""

    folder: Path
    address: str
    said: str

    def run(self, words: list[str]) -> subprocess.CompletedProcess[str]:
        """The finished process, its output with the documents' address in place of the server's."""
        done = subprocess.run(
            words, cwd=self.folder, env=environment(), capture_output=True, text=True, check=False, timeout=60
        )
        done.stdout = done.stdout.replace(self.address, SERVED)
        return done


def environment() -> dict[str, str]:
    """The environment without settings of ours, the commands of this Python first on the path."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ETIOGRAPH_")}
    return {**kept, "PATH": os.pathsep.join([str(Path(sys.executable).parent), kept.get("PATH", os.defpath)])}


def wait_for(address: str, process: subprocess.Popen[str]) -> None:
    """Come back when the server answers at the address."""
    deadline = time.monotonic() + 30
    while True:
        assert process.poll() is None, process.communicate()[1]
        try:
            with urlopen(address, timeout=30):  # noqa: S310
                return
        except OSError:
            assert time.monotonic() < deadline, "the server does not answer"
            time.sleep(0.1)


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    folder = tmp_path_factory.mktemp("readme") / "etiograph"
    folder.mkdir()
    (folder / "ingest").symlink_to(ROOT / "ingest")
    process = subprocess.Popen(
        ["etiograph", "serve", "--port", "0"],
        cwd=folder,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        assert process.stdout is not None
        said = ""
        while "Ctrl-C" not in said:
            line = process.stdout.readline()
            assert line, process.communicate()[1]
            said += line
        found = re.search(r"http://127\.0\.0\.1:\d+", said)
        assert found
        wait_for(f"{found[0]}/health/ready", process)
        yield Workspace(folder, found[0], said.replace(found[0], SERVED))
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: f"{block.document}:{block.line}")
def test_what_a_document_shows_is_what_happens(
    block: Block, workspace: Workspace, request: pytest.FixtureRequest
) -> None:
    if "../shared" in block.words:
        place = workspace.folder.parent / "shared"
        if not place.is_symlink():
            place.symlink_to(request.getfixturevalue("shared"))
    if "curl " in block.words and which("curl") is None:
        pytest.skip("needs curl")
    for command in block.commands:
        if NOT_RUN.match(command.words):
            real = workspace.said
        else:
            words = command.words.replace(SERVED, workspace.address)
            shell = ["bash", "-o", "pipefail", "-c", words]
            done = workspace.run(shell if block.language != "python" else [sys.executable, "-c", words])
            assert (done.returncode, done.stderr) == (0, ""), command.words
            real = done.stdout
        assert agrees(command.shown, real), f"{command.words}\n\nreally gives:\n{real}"


def test_what_is_shown_must_be_whole_or_say_what_it_leaves_out() -> None:
    real = "one\ntwo 2\nthree\n"
    for shown, agreed in [
        (["one", "two 2", "three"], True),
        (["one", "…", "three"], True),
        (["one", "t…2", "…"], True),
        (["…"], True),
        ([], True),
        (["one", "two 2"], False),
        (["two 2", "three"], False),
        (["one", "…", "two 2"], False),
        (["three", "…", "one"], False),
        (["one", "two …", "tree"], False),
    ]:
        assert agrees(shown, real) is agreed, shown


def test_a_command_reaches_to_the_end_of_its_quotation(tmp_path: Path) -> None:
    document = tmp_path / "a.md"
    document.write_text(
        "Text\n\n```console\n$ one 'two\nthree'\nout\n$ four \\\n  five\n```\n```python\nsix\n```\n```text\n6\n```\n"
    )
    assert blocks(document, tmp_path) == (
        Block("a.md", 3, "console", (Command("one 'two\nthree'", ("out",)), Command("four \\\n  five"))),
        Block("a.md", 10, "python", (Command("six\n", ("6",)),)),
    )


def test_the_readme_opens_with_both_commands_a_question_and_the_notice() -> None:
    first, second = BLOCKS[:2]
    assert [command.words for command in first.commands] == ["make serve", "make test"]
    assert second.words.startswith("etiograph paths ")
    assert "Etiograph reports what articles say; it is not medical advice." in README.split("```")[0]


def test_every_command_made_is_one_of_the_makefile() -> None:
    targets = re.findall(r"^([a-z]+):.*##", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    named = {
        target
        for document in DOCUMENTS
        for target in re.findall(r"(?:^\$ |`)make ([a-z]+)", document.read_text(encoding="utf-8"), re.MULTILINE)
    }
    assert {"serve", "test"} <= named <= set(targets)


def test_the_readme_names_every_command() -> None:
    app = command_line()
    known = {command.name or command.callback.__name__ for command in app.registered_commands if command.callback}
    known |= {str(group.name) for group in app.registered_groups}
    assert set(re.findall(r"`etiograph ([a-z]+)", README)) == known


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: str(document.relative_to(ROOT)))
def test_every_file_that_a_document_names_exists(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    named = re.findall(r"`((?:[\w.-]+/)*[\w.-]+(?:/|\.(?:py|md|yaml|ttl|tsv|toml|txt)))`", text)
    linked = re.findall(r"\]\((?!https?:)([^)#]+)\)", text)
    places = (ROOT, document.parent, *(ROOT / package for package in ("api", "graph", "ingest", "ontology")))
    missing = [name for name in (*named, *linked) if not any((place / name).exists() for place in places)]
    assert named
    assert missing == []


def test_the_figures_in_the_readme_are_those_measured_now(shared: Path) -> None:
    originals = sorted((shared / "articles").glob("*.txt"))
    seeds, nih = shared / "gold" / "seeds-dev.jsonl", shared / "gold" / "nih-dev.jsonl"
    measured = {
        "the three originals": figures(seeds, originals),
        "three NIH articles": figures(nih, [shared / "articles" / "nih"]),
        "the bundled articles": figures(seeds, [BUNDLED]),
    }
    printed = {row[0]: row[1:] for row in table("| articles |")}
    assert printed.keys() == measured.keys()
    assert "–" not in printed["three NIH articles"]
    for name, cells in printed.items():
        now = measured[name]
        shares = (now.recall, now.link_recall, now.precision, now.link_precision)
        wanted = [str(now.gold), str(now.stated), *(f"{share:.2f}" for share in shares)]
        assert [cell if cell == "–" else real for cell, real in zip(cells, wanted, strict=True)] == list(cells), name


def figures(gold: Path, paths: list[Path]) -> Figures:
    """What `etiograph evaluate` measures, over all articles of the gold."""
    found = read(paths)
    assert found.rejected == ()
    rows = claim_lines(merged(found.extractions), concepts_of(found.extractions))
    with gold.open(encoding="utf-8") as lines:
        return score(read_gold(lines), read_claims(row.model_dump(mode="json") for row in rows)).overall


def table(opening: str) -> list[tuple[str, ...]]:
    """The rows of the README's table whose heading line begins so."""
    lines = README[README.index(opening) :].split("\n\n")[0].splitlines()[2:]
    return [tuple(cell.strip() for cell in line.strip("|").split("|")) for line in lines]
