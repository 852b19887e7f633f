"""A published state of the store: what readers open, many at once and beside a writer."""

from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

import pyoxigraph
from pyoxigraph import Triple

from graph.checkpoints import Hold, Pointer, nquads, open_current
from graph.loading import load_articles, load_claims, load_concepts
from graph.nodes import DEFAULT
from graph.rdf import ARTICLE, TYPE
from ontology.article import Article
from ontology.claim import Claim, Concept
from ontology.errors import StoreMissing
from ontology.terms import PREFIXES

if TYPE_CHECKING:
    import rdflib


def is_empty(folder: Path) -> bool:
    """Whether no article was published in a data folder."""
    try:
        with Snapshot.open(folder) as snapshot:
            return next(snapshot.store.quads_for_pattern(None, TYPE, ARTICLE, DEFAULT), None) is None
    except StoreMissing:
        return True


class Snapshot:
    """One immutable checkpoint, opened read-only; it stays as it is whatever the writer does meanwhile.

    `hash` is that of its content (`graph.contenthash`), `name` the publication it came from, `path` where its files
    are. A context manager; the files are kept until it is closed or garbage.
    """

    def __init__(self, store: pyoxigraph.Store, pointer: Pointer, hold: Hold, path: Path) -> None:
        self.store = store
        self.path = path
        self.name = pointer.name
        self.hash = pointer.hash
        self._hold = hold

    @classmethod
    def open(cls, folder: Path) -> "Snapshot":
        """The current snapshot of a data folder.

        Raises:
            StoreMissing: nothing was published there yet; the message says how to.
        """
        store, pointer, hold = open_current(folder)
        return cls(store, pointer, hold, folder / "snapshots" / pointer.name)

    def close(self) -> None:
        """Let the writer delete its files once a newer one is published."""
        self._hold.close()

    def __enter__(self) -> "Snapshot":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def concepts(self) -> tuple[Concept, ...]:
        """Every concept, the curated ones that no claim speaks of among them, by id."""
        return tuple(sorted(load_concepts(self.store), key=lambda concept: concept.id))

    def claims(self) -> tuple[Claim, ...]:
        """Every claim with all its evidence, by id."""
        return tuple(load_claims(self.store))

    def articles(self) -> tuple[Article, ...]:
        """Every article with its text, by id."""
        return tuple(sorted(load_articles(self.store), key=lambda article: article.id))

    def triples(self) -> Iterator[Triple]:
        """The default graph, in no order; named graphs, a user's own, are left out."""
        return (quad.triple for quad in self.store.quads_for_pattern(None, None, None, DEFAULT))

    def nquads(self) -> bytes:
        """All of it, named graphs too, as canonical N-Quads, lines sorted by their bytes."""
        return nquads(self.store)

    def dataset(self) -> "rdflib.Dataset":
        """The same data as an rdflib dataset that reads from the snapshot; writing raises `StoreError`."""
        import rdflib

        from graph.rdflibstore import SnapshotStore  # few need rdflib

        dataset = rdflib.Dataset(store=SnapshotStore(store=self.store))
        for prefix, namespace in PREFIXES.items():
            dataset.bind(prefix, namespace)
        return dataset
