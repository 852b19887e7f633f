r"""A snapshot with its VoID description beside everything else: what queries that mention VoID are answered from.

    DATA/snapshots/NAME/described/   a hard-linked copy with the description added; deleted with the snapshot

The description depends on all of the content and costs seconds where that is millions of triples, so no publication
waits for it and the store itself holds none: it is made once a snapshot, when the first query asks for it, from the
columns (`graph.columnar.columns`). All other queries are answered from the snapshot as it was published.
A store without the vocabulary layer (`etiograph serve --empty`) has no description: it holds nothing of ours.
"""

import os
import shutil
from itertools import islice
from pathlib import Path
from typing import Final

import pyoxigraph
from pyoxigraph import DefaultGraph, NamedNode, Quad

from graph.columnar import columnbuilding
from graph.columnar.columns import Columns
from graph.describing.void import void_triples

FOLDER: Final = "described"

_SMALL: Final = 300_000
"""Of how many triples the columns are made on the spot, which takes about a second."""

_LAYER: Final = NamedNode("https://w3id.org/etiograph/vocabulary")
_VERSION: Final = NamedNode("http://www.w3.org/2002/07/owl#versionInfo")


class NotCounted(Exception):
    """The graph has no description yet, or is too large to have one; the message says which."""


def described(snapshot: Path, store: pyoxigraph.Store) -> pyoxigraph.Store:
    """The snapshot with its description, read-only, or `store`, the snapshot opened, where there is none to have.

    The caller holds the snapshot's lock.

    Raises:
        NotCounted: its columns are not made yet, or never will be.
    """
    if next(store.quads_for_pattern(_LAYER, _VERSION, None, DefaultGraph()), None) is None:
        return store
    if not (snapshot / FOLDER).exists():
        _describe(snapshot, store)
    return pyoxigraph.Store.read_only(os.fspath(snapshot / FOLDER))


def _describe(snapshot: Path, store: pyoxigraph.Store) -> None:
    triples = void_triples(_columns(snapshot, store))
    making = snapshot / f"{FOLDER}.making-{os.getpid()}"
    shutil.rmtree(making, ignore_errors=True)
    try:
        store.backup(os.fspath(making))
        copy = pyoxigraph.Store(os.fspath(making))
        copy.extend(Quad(*triple) for triple in triples)
        copy.flush()
        del copy  # closes its files
        try:
            making.rename(snapshot / FOLDER)
        except OSError:  # another process was faster; it has made the same
            if not (snapshot / FOLDER).exists():
                raise
    finally:
        shutil.rmtree(making, ignore_errors=True)


def _columns(snapshot: Path, store: pyoxigraph.Store) -> Columns:
    columns = Columns.find(snapshot)
    if columns is None and sum(1 for _ in islice(store, _SMALL)) < _SMALL:
        columnbuilding.build_in_turn(snapshot)
        columns = Columns.find(snapshot)
    if columns is not None:
        return columns
    if (snapshot / columnbuilding.REFUSED).exists():
        raise NotCounted("the graph is too large to be counted, so it has no VoID description")
    raise NotCounted("the graph has just changed and is being counted; ask for its VoID description again in a minute")
