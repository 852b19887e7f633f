"""Real articles in a real store, as the command line makes it: what the acceptance tests ask their questions of."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from api.cli import command_line
from api.pipeline import read
from graph.network import Network
from graph.store import Snapshot
from ontology.article import Extraction

ROOT = Path(__file__).parents[1]
BUNDLED = ROOT / "ingest" / "articles"
MAIN = "from api.cli import main; main()"


def etiograph(*arguments: str | Path, code: int = 0) -> tuple[str, str]:
    """What the command prints on standard output and standard error, in a process of its own that must end so."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("ETIOGRAPH_")}
    environment["PYTHONPATH"] = os.pathsep.join([str(ROOT), environment.get("PYTHONPATH", "")])
    command = [sys.executable, "-c", MAIN, *map(str, arguments)]
    done = subprocess.run(command, env=environment, capture_output=True, check=False, timeout=120)
    assert done.returncode == code, done.stderr.decode()
    return done.stdout.decode(), done.stderr.decode()


def etiograph_here(*arguments: str | Path, code: int = 0) -> tuple[str, str]:
    """The same in this process, which has read the vocabularies already."""
    done = CliRunner().invoke(command_line(), [str(argument) for argument in arguments])
    assert done.exit_code == code, done.output
    return done.stdout, done.stderr


@dataclass(frozen=True)
class World:
    """Some articles as files, and a data folder that `etiograph ingest` filled with them and nothing else."""

    name: str
    files: tuple[Path, ...]
    data: Path

    @classmethod
    def make(
        cls, name: str, files: tuple[Path, ...], data: Path, *, command: Callable[..., tuple[str, str]] = etiograph
    ) -> "World":
        """The world of these files; every one of them must be read."""
        assert files
        report = json.loads(command("ingest", "--json", "--data", data, *files)[0])
        assert (report["articles"], report["rejected"]) == (len(files), [])
        return cls(name, files, data)

    @cached_property
    def texts(self) -> dict[str, str]:
        """Article → its text as it stands on disk, line ends included."""
        return {path.stem: path.read_bytes().decode() for path in self.files}

    @cached_property
    def network(self) -> Network:
        """The network of what was ingested."""
        with Snapshot.open(self.data) as snapshot:
            return Network.load(snapshot)

    @cached_property
    def nquads(self) -> bytes:
        """All triples."""
        with Snapshot.open(self.data) as snapshot:
            return snapshot.nquads()

    @cached_property
    def extractions(self) -> tuple[Extraction, ...]:
        """What the articles say, read once more in this process."""
        found = read(self.files)
        assert found.rejected == ()
        return found.extractions

    def misquoted(self, evidence: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Those of the statements, as the wire has them, whose quote is empty or not what the file says there."""
        return [
            row
            for row in evidence
            if not row["quote"] or self.texts[row["article"]][row["start"] : row["end"]] != row["quote"]
        ]
