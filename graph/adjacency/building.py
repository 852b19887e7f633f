"""The links of a snapshot as arrays: `python -m graph.adjacency.building SNAPSHOT`.

They are made from what the writer handed over (`graph.linklog`), or else from the triples.

With `"at once"` after it, it takes its turn with others instead of coming last: somebody waits.
They lie in `DATA/snapshots/NAME/adjacency-2/`, made under another name and renamed; deleted with the snapshot. Whoever
needs them and does not find them does without.
"""

import os
import shutil
import sys
from contextlib import suppress
from pathlib import Path
from typing import Final

import numpy as np
import pyoxigraph

from graph.adjacency.arrays import Ids
from graph.adjacency.gathered import Gathered
from graph.adjacency.gathering import Gathering
from graph.adjacency.logreading import Damaged
from graph.adjacency.merging import merged
from graph.adjacency.nodes import open_links
from graph.adjacency.scanning import Numbered, Scan, Scans, is_english, text_of
from graph.linkarrays import LinkArrays
from graph.linklog.handed import ARRAYS, drop, handed
from graph.numbering import kind_bits
from graph.sandbox import die_with_parent
from graph.turns import add_to, make_at_once, turn
from ontology.errors import StoreError
from ontology.terms import Kind, contract

FOLDER: Final = ARRAYS


def find_links(snapshot: Path) -> LinkArrays | None:
    """The links of a snapshot's folder, mapped; None where they were not made (yet).

    Raises:
        StoreError: they are damaged.
    """
    folder = snapshot / FOLDER
    return open_links(folder) if folder.exists() else None


def make_links(snapshot: Path) -> bool:
    """Whether the arrays of a snapshot's folder are there, once a process has made them that are not."""
    return make_at_once("graph.adjacency.building", snapshot) and (snapshot / FOLDER).exists()


def build(snapshot: Path) -> None:
    """Make the arrays of a snapshot's folder, unless they are there, or else wait until another process has.

    The caller holds the snapshot's lock.
    """
    with turn(snapshot, FOLDER):
        if (snapshot / FOLDER).exists():
            return
        making = snapshot / f"{FOLDER}.making"
        shutil.rmtree(making, ignore_errors=True)
        making.mkdir()
        try:
            _gathered(snapshot, making / "scans").save(making)
            _sync(making)
            making.rename(snapshot / FOLDER)
        finally:
            shutil.rmtree(making, ignore_errors=True)
        drop(snapshot)


def _gathered(snapshot: Path, scratch: Path) -> Gathered:
    """What the snapshot holds: what it has come from with the rows since, or else what a scan finds."""
    with handed(snapshot) as given:
        if given is not None:
            with suppress(Damaged, StoreError, OSError, ValueError, IndexError):
                return merged(given)
    return scanned(pyoxigraph.Store.read_only(os.fspath(snapshot)), scratch)


def scanned(store: pyoxigraph.Store, scratch: Path) -> Gathered:
    """What the store holds; `scratch` is a folder that is made and removed."""
    scratch.mkdir()
    with Scans(store, scratch) as scans:
        concepts = scans.begin("?node a skos:Concept", "?node")
        labelled = scans.begin("?node skos:prefLabel ?label", "?node", "?label")
        gathering = Gathering.begin(scans)
        of_kind = {kind: scans.begin(f"?node a <{kind.iri}>", "?node") for kind in Kind}
        made = scans.begin("?node etio:provisional true", "?node")
        iris = sorted(line[1:-1] for lines in concepts.lines() for line in lines if line.startswith(b"<"))
        numbers = Numbered((b"<" + iri + b">", number) for number, iri in enumerate(iris))
        labels = _labels(labelled, numbers)
        affirmed, denied, usual = gathering.finish(iris, numbers)
        kinds = np.zeros(len(iris), np.uint16)
        for kind, scan in of_kind.items():
            kinds[_those(scan, numbers)] |= kind_bits([kind])
        provisional = np.zeros(len(iris), np.bool_)
        provisional[_those(made, numbers)] = True
    shutil.rmtree(scratch)
    return Gathered(iris, labels, kinds, provisional, affirmed, denied, usual)


def _those(scan: Scan, numbers: Numbered) -> Ids:
    """The numbers of the concepts among the nodes."""
    found = scan.column(numbers, np.int32)
    return found[found >= 0]


def _labels(scan: Scan, numbers: Numbered) -> list[str]:
    """What `graph.reading.read_concept` takes for the label of each."""
    labels: list[str | None] = [None] * len(numbers)
    for lines in scan.lines():
        for line in lines:
            node, _, label = line.partition(b"\t")
            number = numbers[node]
            if number >= 0 and is_english(label):
                text, known = text_of(label), labels[number]
                labels[number] = text if known is None else min(known, text)
    return [
        contract(node[1:-1].decode()) if label is None else label for node, label in zip(numbers, labels, strict=True)
    ]


def _sync(folder: Path) -> None:
    """Make sure that the files outlast a loss of power: later arrays come on top of them."""
    for path in folder.rglob("*"):
        if path.is_file():
            with path.open("rb") as file:
                os.fsync(file.fileno())


def main(snapshot: Path) -> None:
    """Make the arrays of a published snapshot, unless it is gone."""
    add_to(snapshot, build)


if __name__ == "__main__":
    die_with_parent()
    if len(sys.argv) == 2:
        os.nice(19)  # whatever else is to be done comes first
    main(Path(sys.argv[1]))
