"""KGX reads what is exported in its format as it was, and its validator has nothing to say but what it does not know.

KGX has an environment of its own, which `make kgx` makes; without it these tests are skipped.
"""

import json
import os
import re
import subprocess
from pathlib import Path
from typing import Any

import orjson
import pytest
from exporting import exported, unzipped
from nastygraph import nasty

ROOT = Path(__file__).parents[1]
PYTHON = Path(os.environ.get("KGX_PYTHON", ROOT / ".venv" / "kgx" / "bin" / "python"))
UNKNOWN = re.compile(r"value '.*' with a CURIE prefix '(etio|etiop|HP)' (that )?is not represented", re.DOTALL)
"""The prefixes are not in the part of the Biolink Model that comes as a package."""

LISTED = "Single-valued node property 'same_as' is expected to be of type '<class 'str'>'"
"""KGX's own reader makes it a list, and the Biolink Model says that it is one."""


def as_read(row: dict[str, Any], *, table: bool) -> dict[str, Any]:
    """A row as KGX is to have it, lists sorted, for KGX keeps no order.

    In a table nothing says that something is not so, a bar parts items, and all but `negated` are texts.
    """
    if table:
        told = orjson.loads(orjson.dumps(row).replace(b"|", "¦".encode()))
        row = {name: _text(value) if name != "negated" else value for name, value in told.items() if value is not False}
    return {name: sorted(value) if isinstance(value, list) else value for name, value in row.items()}


def _text(value: Any) -> Any:
    return value if isinstance(value, list | str) else orjson.dumps(value).decode()


@pytest.mark.skipif(not PYTHON.exists(), reason="KGX is not installed: make kgx")
@pytest.mark.parametrize("ending", ["jsonl", "tsv"])
def test_kgx_reads_what_was_written_and_finds_no_fault(tmp_path: Path, ending: str) -> None:
    network = nasty(tmp_path / "store")
    for name, content in unzipped(exported(network, f"kgx-{ending}", negated="include")).items():
        (tmp_path / name).write_bytes(content)
    names = [tmp_path / f"{kind}.{ending}" for kind in ("nodes", "edges")]
    command: list[str | Path] = [PYTHON, ROOT / "tests" / "clients" / "kgxreading.py", ending, *names]
    ran = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert ran.returncode == 0, ran.stderr
    read = json.loads(ran.stdout.splitlines()[-1])
    lines = unzipped(exported(network, "kgx-jsonl", negated="include"))
    for kind in ("nodes", "edges"):
        rows = [orjson.loads(line) for line in lines[f"{kind}.jsonl"].splitlines()]
        assert read[kind].keys() == {row["id"] for row in rows}
        for row in rows:
            found = {name: value for name, value in read[kind][row["id"]].items() if name != "knowledge_source"}
            assert as_read(found, table=False) == as_read(row, table=ending == "tsv")
    assert any(row.get("negated") for row in read["edges"].values())
    assert [message for message in read["found"] if not UNKNOWN.search(message) and message != LISTED] == []
