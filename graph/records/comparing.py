"""Records that do not say what the triples say, of which there should be none."""

from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

from graph.records.kept import Records
from graph.records.packing import pack
from ontology.claim import Claim, Concept


def differing(snapshot: Path, claims: Iterable[Claim], concepts: Iterable[Concept]) -> Iterator[str]:
    """The ids of the records that say something else than these, which are all that the snapshot holds, in no order."""
    records, stored = Records(snapshot), set()
    for thing in chain[Claim | Concept](claims, concepts):
        stored.add(thing.id)
        recorded = records.packed(thing.id)
        if recorded is not None and recorded != pack(thing):
            yield thing.id
    yield from records.ids() - stored
