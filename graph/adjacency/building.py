"""The links of a snapshot as arrays, made from its triples: `python -m graph.adjacency.building SNAPSHOT`.

With `"at once"` after it, it takes its turn with others instead of coming last: somebody waits.
They lie in `DATA/snapshots/NAME/adjacency/`, made under another name and renamed; deleted with the snapshot. Whoever
needs them and does not find them does without.
"""

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import IO, Final

import numpy as np
import pyoxigraph

from graph.adjacency.arrays import Adjacency, Ids
from graph.adjacency.gathering import Gathering
from graph.adjacency.nodes import open_links, save_by_node, save_names
from graph.adjacency.scanning import Numbered, Scan, Scans, text_of
from graph.checkpoints import Hold
from graph.linkarrays import RELATIONS, LinkArrays, degrees_of, kind_bits
from graph.sandbox import die_with_parent
from ontology.terms import Kind, contract

FOLDER: Final = "adjacency"


def find_links(snapshot: Path) -> LinkArrays | None:
    """The links of a snapshot's folder, mapped; None where they were not made (yet).

    Raises:
        StoreError: they are damaged.
    """
    folder = snapshot / FOLDER
    return open_links(folder) if folder.exists() else None


def make_links(snapshot: Path) -> bool:
    """Whether the arrays of a snapshot's folder are there, once a process has made them that are not."""
    made = subprocess.run(  # noqa: S603  # this very program
        [sys.executable, "-P", "-m", "graph.adjacency.building", str(snapshot.absolute()), "at once"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    return made.returncode == 0 and (snapshot / FOLDER).exists()


def build(snapshot: Path) -> None:
    """Make the arrays of a snapshot's folder, unless they are there, or else wait until another process has.

    The caller holds the snapshot's lock.
    """
    with _turn(snapshot) as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        if (snapshot / FOLDER).exists():
            return
        making = snapshot / f"{FOLDER}.making"
        shutil.rmtree(making, ignore_errors=True)
        making.mkdir()
        try:
            _write(pyoxigraph.Store.read_only(os.fspath(snapshot)), making)
            making.rename(snapshot / FOLDER)
        finally:
            shutil.rmtree(making, ignore_errors=True)


def _write(store: pyoxigraph.Store, folder: Path) -> None:
    scratch = folder / "scans"
    scratch.mkdir()
    with Scans(store, scratch) as scans:
        concepts = scans.begin("?node a skos:Concept", "?node")
        labelled = scans.begin("?node skos:prefLabel ?label", "?node", "?label")
        gathering = Gathering.begin(scans)
        of_kind = {kind: scans.begin(f"?node a <{kind.iri}>", "?node") for kind in Kind}
        made = scans.begin("?node etio:provisional true", "?node")
        iris = sorted(line[1:-1] for lines in concepts.lines() for line in lines if line.startswith(b"<"))
        numbers = Numbered((b"<" + iri + b">", number) for number, iri in enumerate(iris))
        save_names(iris, folder)
        label, folded = _ranks(iris, _labels(labelled, numbers))
        affirmed, denied = (Adjacency.of(len(iris), links, RELATIONS) for links in gathering.finish(iris, numbers))
        affirmed.save(folder / "affirmed")
        denied.save(folder / "denied")
        kinds = np.zeros(len(iris), np.uint16)
        for kind, scan in of_kind.items():
            kinds[_those(scan, numbers)] |= kind_bits([kind])
        provisional = np.zeros(len(iris), np.bool_)
        provisional[_those(made, numbers)] = True
        degree = degrees_of(affirmed)
        save_by_node(folder, kinds=kinds, label=label, folded=folded, provisional=provisional, degree=degree)
    shutil.rmtree(scratch)


def _those(scan: Scan, numbers: Numbered) -> Ids:
    """The numbers of the concepts among the nodes."""
    found = scan.column(numbers, np.int32)
    return found[found >= 0]


def _labels(scan: Scan, numbers: Numbered) -> list[str]:
    labels = [""] * len(numbers)
    for lines in scan.lines():
        for line in lines:
            node, _, label = line.partition(b"\t")
            number = numbers[node]
            if number >= 0:
                labels[number] = text_of(label)
    return labels


def _ranks(iris: Sequence[bytes], labels: Sequence[str]) -> tuple[Ids, Ids]:
    """By number, the rank by label and CURIE, and that by label in any case, equal ones sharing it."""
    order = sorted(range(len(labels)), key=labels.__getitem__)
    start = 0
    for place in range(1, len(order) + 1):
        if place == len(order) or labels[order[place]] != labels[order[start]]:
            if place - start > 1:  # few labels are alike, and to make a CURIE takes long
                order[start:place] = sorted(order[start:place], key=lambda number: contract(iris[number].decode()))
            start = place
    label, folded = np.empty(len(labels), np.int32), np.empty(len(labels), np.int32)
    label[order] = np.arange(len(labels), dtype=np.int32)
    texts = [text.casefold() for text in labels]
    ranks = {text: rank for rank, text in enumerate(sorted(set(texts)))}
    folded[:] = [ranks[text] for text in texts]
    return label, folded


def _turn(snapshot: Path) -> IO[bytes]:
    return (snapshot / f"{FOLDER}.lock").open("ab")


def main(snapshot: Path) -> None:
    """Make the arrays of a published snapshot, unless it is gone."""
    try:
        hold = Hold(snapshot.with_name(f"{snapshot.name}.lock"))
    except FileNotFoundError:
        return
    with closing(hold):
        build(snapshot)


if __name__ == "__main__":
    die_with_parent()
    if len(sys.argv) == 2:
        os.nice(19)  # whatever else is to be done comes first
    main(Path(sys.argv[1]))
