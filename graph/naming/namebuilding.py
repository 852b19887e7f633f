"""The names of a snapshot, made from its triples: `python -m graph.naming.namebuilding SNAPSHOT`.

A small vocabulary is not worth files: whoever needs it has it in a moment. A million names take half a minute and a
gigabyte of memory, so a process of its own makes them for all others, which wait; one that is killed leaves nothing
that is taken for them.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from itertools import islice
from pathlib import Path
from typing import Final

import pyoxigraph

from graph.naming.arranging import arranged
from graph.naming.arrays import FOLDER, NameArrays
from graph.naming.gathering import gathered_from
from graph.naming.nameindex import NameIndex
from graph.rdf import CONCEPT, TYPE
from graph.sandbox import die_with_parent
from graph.snapshot import Snapshot
from graph.stored import subjects
from graph.turns import add_to, turn
from ontology.claim import Concept

FEW: Final = 5_000
"""Most concepts whose names every process makes for itself."""


def names_of(snapshot: Snapshot, concepts: Mapping[str, Concept]) -> NameIndex:
    """The names of a snapshot: mapped, where they are not there made and waited for.

    Where they cannot be written they are made for this process alone.
    """
    folder = snapshot.path / FOLDER
    if not at_hand(snapshot):
        command = (sys.executable, "-P", "-m", "graph.naming.namebuilding", os.fspath(snapshot.path.absolute()))
        subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False)  # noqa: S603  # our own
    arrays = NameArrays.load(folder) if folder.exists() else arranged(gathered_from(snapshot.store))
    return NameIndex(arrays, concepts)


def at_hand(snapshot: Snapshot) -> bool:
    """Whether `names_of` has them in a moment: they are there, or of not more than `FEW` concepts."""
    if (snapshot.path / FOLDER).exists():
        return True
    return sum(1 for _ in islice(subjects(snapshot.store, TYPE, CONCEPT), FEW + 1)) <= FEW


def build(snapshot: Path) -> None:
    """Make the names of a snapshot's folder, unless they are there, or else wait until another process has."""
    with turn(snapshot, FOLDER):
        if (snapshot / FOLDER).exists():
            return
        making = snapshot / f"{FOLDER}.making"
        shutil.rmtree(making, ignore_errors=True)
        making.mkdir()
        try:
            arranged(gathered_from(pyoxigraph.Store.read_only(os.fspath(snapshot)))).save(making)
            making.rename(snapshot / FOLDER)
        finally:
            shutil.rmtree(making, ignore_errors=True)


def main(snapshot: Path) -> None:
    """Make the names of a published snapshot, unless it is gone."""
    add_to(snapshot, build)


if __name__ == "__main__":
    die_with_parent()
    os.nice(10)  # answers come first
    main(Path(sys.argv[1]))
