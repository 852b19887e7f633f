"""The records that a snapshot has not: `python -m graph.records.building SNAPSHOT`.

They are needed where a writer could not hand them on: after changes that nobody looked at, and in stores that were made
by a version without them. They are read from the triples, many at once, and found as soon as a file of them is whole.
"""

import os
import sys
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path

import pyoxigraph

from graph import nodes
from graph.batches import batches
from graph.rdf import CLAIM, CONCEPT, TYPE
from graph.readahead import AT_ONCE, claims_at
from graph.records.kept import FOLDER, WHOLE, Head, Records, next_segment
from graph.records.packing import pack
from graph.records.reading import thing_at
from graph.records.segment import Making
from graph.sandbox import die_with_parent
from graph.stored import subjects
from graph.turns import add_to, turn
from ontology.claim import Claim, Concept


def build(snapshot: Path) -> None:
    """Add the records that the snapshot has not. The caller holds the snapshot's lock."""
    folder = snapshot / FOLDER
    with turn(snapshot, FOLDER):
        if (folder / WHOLE).exists() and Head.find(folder) is not None:
            return
        folder.mkdir(exist_ok=True)
        head = Head.find(folder)
        if head is None:
            for path in folder.iterdir():
                path.unlink()
            head = Head.made()
            head.save(folder)
        store = pyoxigraph.Store.read_only(os.fspath(snapshot))
        things = _missing(store, Records(snapshot))
        while (first := next(things, None)) is not None:
            making = Making(folder / "making")
            for thing in chain((first,), things):
                packed = pack(thing)
                if packed is not None:
                    making.add(head.key(thing.id), packed)
                if making.is_full:
                    break
            making.finish().rename(next_segment(folder))
        (folder / WHOLE).touch()


def _missing(store: pyoxigraph.Store, records: Records) -> Iterator[Claim | Concept]:
    for node in subjects(store, TYPE, CONCEPT):
        if not records.has(nodes.curie(node)):
            thing = thing_at(store, node)
            if thing is not None:
                yield thing
    ids = (nodes.curie(node) for node in subjects(store, TYPE, CLAIM))
    for some in batches((id for id in ids if not records.has(id)), AT_ONCE):
        yield from _claims(store, some)


def _claims(store: pyoxigraph.Store, ids: Sequence[str]) -> Iterator[Claim]:
    found = claims_at(store, ids)
    for id in ids:
        claim = found.get(id) or thing_at(store, nodes.term(id))
        if isinstance(claim, Claim):
            yield claim


def main(snapshot: Path) -> None:
    """Add the records that a published snapshot has not, unless it is gone."""
    add_to(snapshot, build)


if __name__ == "__main__":
    die_with_parent()
    os.nice(19)  # whatever else is to be done comes first
    main(Path(sys.argv[1]))
