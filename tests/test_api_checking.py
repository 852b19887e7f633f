"""The check finds what is wrong with a store, whatever it is."""

from pathlib import Path

import pytest
from pyoxigraph import Store as RawStore
from toygraph import toy_extractions
from typer.testing import CliRunner

from api.checking import check
from api.cli import command_line
from graph.store import Snapshot, Store

ETIO = "https://w3id.org/etiograph/"


def damaged(folder: Path, update: str) -> tuple[str, ...]:
    """The violations that the check finds once `update` was made behind the software's back."""
    with Store.open(folder) as store:
        store.replace(toy_extractions())
    raw = RawStore(str(folder / "store"))
    raw.update(update, prefixes={"etio": ETIO, "oa": "http://www.w3.org/ns/oa#"})
    del raw
    (folder / "current").unlink()
    Store.open(folder).close()
    with Snapshot.open(folder) as snapshot:
        return check(snapshot).violations


@pytest.mark.parametrize(
    ("update", "said"),
    [
        (
            "INSERT DATA { etio:anticoagulants etio:causes etio:hemoptysis }",
            f"link without an affirmed claim: <{ETIO}anticoagulants> <{ETIO}causes> <{ETIO}hemoptysis>",
        ),
        (
            "DELETE DATA { etio:anticoagulants etio:treats etio:pulmonary-embolism }",
            f"affirmed claim without its link: <{ETIO}anticoagulants> <{ETIO}treats> <{ETIO}pulmonary-embolism>",
        ),
        ("DELETE { ?c etio:belief ?b } INSERT { ?c etio:belief 0.9 } WHERE { ?c etio:belief ?b }", "follows from no"),
        ("DELETE { ?q oa:exact ?t } INSERT { ?q oa:exact 'no' } WHERE { ?q oa:exact ?t }", "is not the quote 'no'"),
        ("INSERT DATA { etio:made-up etio:layName 'x' }", f"follows from no evidence: <{ETIO}made-up>"),
    ],
)
def test_damage_is_found_and_named(tmp_path: Path, update: str, said: str) -> None:
    violations = damaged(tmp_path, update)
    assert [row for row in violations if said in row], violations


def test_the_command_lists_every_violation_and_ends_with_exit_code_1(tmp_path: Path) -> None:
    violations = damaged(tmp_path, "INSERT DATA { etio:anticoagulants etio:causes etio:hemoptysis }")
    shown = CliRunner().invoke(command_line(), ["check", "--data", str(tmp_path)])
    assert (shown.exit_code, shown.stdout.splitlines()[: len(violations)]) == (1, list(violations))
    assert shown.stdout.splitlines()[-1].endswith(f": {len(violations)} violations")


def test_a_sound_store_has_no_violation(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        store.replace(toy_extractions())
    with Snapshot.open(tmp_path) as snapshot:
        found = check(snapshot)
    assert (found.articles, found.claims, found.evidence, found.violations) == (2, 9, 9, ())
