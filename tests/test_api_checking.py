"""The check finds what is wrong with a store, whatever it is."""

from dataclasses import replace
from pathlib import Path

from pyoxigraph import Store as RawStore
from toygraph import CLOTS, POSSIBLE
from toystore import store_toy
from typer.testing import CliRunner

from api.cli import command_line
from graph.records.kept import FOLDER, Head, next_segment, segments_in
from graph.records.packing import pack
from graph.records.segment import Making
from graph.snapshot import Snapshot
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


def test_a_record_that_says_something_else_is_found_and_named(tmp_path: Path) -> None:
    store_toy(tmp_path)
    with Snapshot.open(tmp_path) as snapshot:
        folder = snapshot.path / FOLDER
        claim, concept = snapshot.claims()[0], snapshot.concepts()[0]
    evidence = (replace(claim.evidence[0], quote="Not so."), *claim.evidence[1:])
    gone = replace(claim, subject="etio:nowhere")
    head = Head.find(folder)
    assert head is not None
    making = Making(folder / "making")
    for thing in (replace(claim, evidence=evidence), replace(concept, label="other"), gone):
        making.add(head.key(thing.id), pack(thing) or b"")
    making.finish().rename(next_segment(folder))

    shown = CliRunner().invoke(command_line(), ["check", "--data", str(tmp_path)])
    assert shown.exit_code == 1
    assert shown.stdout.splitlines()[:-1] == [
        f"{id}: its record is not what the triples say; delete {folder}, it is made anew"
        for id in sorted((claim.id, concept.id, gone.id))
    ]

    path = segments_in(folder)[-1]
    path.write_bytes(path.read_bytes().replace(b"Not so.", b"Not so!"))
    shown = CliRunner().invoke(command_line(), ["check", "--data", str(tmp_path)])
    assert "is not as it was written; delete" in shown.stdout.splitlines()[0]
