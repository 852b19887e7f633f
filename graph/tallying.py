"""What a snapshot has so many of that to count or list them takes long: `python -m graph.tallying SNAPSHOT`.

    DATA/snapshots/NAME/tally/articles.bin articles.npy   the ids of all articles (`graph.naming.texts`)
    DATA/snapshots/NAME/tally/statements                  how many statements there are

The engine goes through them and keeps in memory what it read; here that ends with the process. Made under another name
and renamed; deleted with the snapshot. Whoever does not find them asks the engine. With `"at once"` after it, the
process takes its turn with others instead of coming last: somebody waits.
"""

import os
import shutil
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyoxigraph

from graph import nodes
from graph.counting import count_of
from graph.naming.texts import Texts
from graph.rdf import ARTICLE, EVIDENCE, TYPE
from graph.sandbox import die_with_parent
from graph.stored import subjects
from graph.turns import add_to, make_at_once, turn

FOLDER: Final = "tally"
_ARTICLES: Final = "articles"
_STATEMENTS: Final = "statements"


@dataclass(frozen=True, slots=True)
class Tally:
    """The ids of all articles in their order, mapped, and how many statements there are."""

    articles: Texts
    statements: int

    @classmethod
    def find(cls, snapshot: Path) -> "Tally | None":
        """That of a snapshot's folder; None where it was not made (yet) or is damaged."""
        folder = snapshot / FOLDER
        with suppress(OSError, ValueError):
            return cls(Texts.load(folder / _ARTICLES), int((folder / _STATEMENTS).read_text(encoding="ascii")))
        return None

    @classmethod
    def of(cls, store: pyoxigraph.Store) -> "Tally":
        """That of a store, in memory."""
        ids = sorted(nodes.article_id(node) for node in subjects(store, TYPE, ARTICLE))
        return cls(Texts.encoded(ids), count_of(store, EVIDENCE))

    def save(self, folder: Path) -> None:
        """Write it into a folder."""
        self.articles.save(folder / _ARTICLES)
        (folder / _STATEMENTS).write_text(str(self.statements), encoding="ascii")


def make_tally(snapshot: Path) -> Tally | None:
    """That of a snapshot's folder, once a process has made it that is not there; None where it could not."""
    make_at_once("graph.tallying", snapshot)
    return Tally.find(snapshot)


def build(snapshot: Path) -> None:
    """Make that of a snapshot's folder, unless it is there. The caller holds the snapshot's lock."""
    with turn(snapshot, FOLDER):
        if (snapshot / FOLDER).exists():
            return
        making = snapshot / f"{FOLDER}.making"
        shutil.rmtree(making, ignore_errors=True)
        making.mkdir()
        try:
            Tally.of(pyoxigraph.Store.read_only(os.fspath(snapshot))).save(making)
            making.rename(snapshot / FOLDER)
        finally:
            shutil.rmtree(making, ignore_errors=True)


if __name__ == "__main__":
    die_with_parent()
    if len(sys.argv) == 2:
        os.nice(19)  # whatever else is to be done comes first
    add_to(Path(sys.argv[1]), build)
