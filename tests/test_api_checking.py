"""The check finds what is wrong with a store, whatever it is."""

from pathlib import Path

from pyoxigraph import Store as RawStore
from toygraph import CLOTS, POSSIBLE
from toystore import store_toy
from typer.testing import CliRunner

from api.cli import command_line
from graph.store import Store

ETIO = "https://w3id.org/etiograph/"
DAMAGE = f"""
INSERT DATA {{ etio:anticoagulants etio:causes etio:hemoptysis . <{ETIO}article/lung-clots> etio:comment "x" }} ;
DELETE DATA {{ etio:anticoagulants etio:treats etio:pulmonary-embolism }} ;
DELETE {{ ?c etio:belief {POSSIBLE} }} INSERT {{ ?c etio:belief 0.01 }}
WHERE {{ ?c etio:belief {POSSIBLE} ; etio:certainty "possible" }} ;
DELETE {{ ?q oa:exact "Anticoagulants treat it." }} INSERT {{ ?q oa:exact "Not so." }}
WHERE {{ ?q oa:exact "Anticoagulants treat it." }}
"""


def test_damage_of_every_sort_is_found_and_named(tmp_path: Path) -> None:
    store_toy(tmp_path)
    raw = RawStore(str(tmp_path / "store"))
    raw.update(DAMAGE, prefixes={"etio": ETIO, "oa": "http://www.w3.org/ns/oa#"})
    del raw
    (tmp_path / "current").unlink()
    Store.open(tmp_path).close()

    shown = CliRunner().invoke(command_line(), ["check", "--data", str(tmp_path)])
    *violations, summary = shown.stdout.splitlines()
    assert shown.exit_code == 1
    assert summary == f"2 articles, 9 claims, 9 sentences: {len(violations)} violations"
    start = CLOTS.text.index("Anticoagulants treat it.")
    for said in (
        f"lung-clots {start}–{start + 24} is not the quote 'Not so.'",
        f"link without an affirmed claim: <{ETIO}anticoagulants> <{ETIO}causes> <{ETIO}hemoptysis>",
        f"affirmed claim without its link: <{ETIO}anticoagulants> <{ETIO}treats> <{ETIO}pulmonary-embolism>",
        f'follows from no evidence: <{ETIO}article/lung-clots> <{ETIO}comment> "x"',
    ):
        assert [row for row in violations if said in row], (said, violations)
    beliefs = [row for row in violations if f"<{ETIO}belief>" in row]
    assert [row.split(":")[0] for row in beliefs] == ["missing"] * 3 + ["follows from no evidence"] * 3
