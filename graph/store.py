"""The writer: articles in and out of the store, each in one atomic step, then a snapshot for readers.

Oxigraph keeps the data on disk; one process writes to a folder at a time. Readers never touch the live store: they
open the `Snapshot` that was published last (`graph.checkpoints`). A writer that is killed leaves that snapshot as it
was; articles it had stored but not published are published when the folder is next opened.
"""

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import TracebackType

import pyoxigraph
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat
from rapidfuzz import process

from graph import nodes
from graph.addition import KindCounts, addition
from graph.change import Change, change, relayered
from graph.checkpoints import clean, is_unpublished, mark_unpublished, publish, published
from graph.gate import check
from graph.journal import begun, finish, note
from graph.layer import VERSION, VOCABULARY, Layer, bundled
from graph.prepared import Prepared, mark
from graph.rdf import ARTICLE, CONCEPT, TYPE
from graph.reading import Descriptions, read_article
from graph.snapshot import Snapshot
from graph.stored import about
from ontology.article import Article, Extraction
from ontology.errors import InvalidClaims, StoreError, StoreInUse, UnknownArticle

__all__ = ["Snapshot", "Store", "published"]


class Store:
    """The live store of one data folder. A context manager; `close` gives the folder free for another writer."""

    def __init__(self, folder: Path, store: pyoxigraph.Store, layer: Layer) -> None:
        self._folder = folder
        self._store: pyoxigraph.Store | None = store
        self._layer = layer
        self._counts = KindCounts()

    @classmethod
    def open(cls, folder: Path, *, layer: Layer | None = None) -> "Store":
        """The store of `folder`, made when there is none.

        A new store is given the vocabulary layer (`layer`, by default the bundled one), an old one that has another
        layer exchanges it; then, as after a writer was killed, what readers do not see yet is published.

        Raises:
            StoreInUse: another process, or another `Store` of this one, has it open.
            StoreError: the folder cannot be made or is no store.
        """
        layer = layer or bundled()
        store = cls(folder, _open(folder), layer)
        clean(folder)
        store._undo_half_done()
        if Quad(VOCABULARY, VERSION, Literal(layer.version)) not in store._live:
            store._apply(relayered(store._live, layer))
        if is_unpublished(folder):
            publish(store._live, folder)
        return store

    def replace(self, extractions: Iterable[Extraction]) -> None:
        """Store each article with its claims in place of what was known of it, one atomic step an article.

        Then one snapshot is published, unless nothing changed. An article that violates the shapes changes nothing;
        the others are stored and published all the same before the error is raised.

        Raises:
            InvalidClaims: for the articles that were refused, with a line for each violation.
        """
        refused: list[InvalidClaims] = []
        try:
            for extraction in extractions:
                try:
                    check(extraction, self._layer)
                except InvalidClaims as error:
                    refused.append(error)
                else:
                    self._counts.forget()
                    self._apply(change(self._live, extraction.article.id, extraction, self._layer))
        finally:
            self._publish()
        if len(refused) == 1:
            raise refused[0]
        if refused:
            report = tuple(f"{error.source}: {line}" for error in refused for line in error.report)
            raise InvalidClaims(", ".join(error.source for error in refused), report)

    def put(self, articles: Sequence[Prepared]) -> None:
        """Store prepared articles, in place of what was known of those that are in the store already.

        The new ones together are one atomic step, and so is each of the others. Nothing is published; `publish` does.
        """
        articles = tuple({article.id: article for article in articles}.values())
        known = [article for article in articles if Quad(*mark(article.id)) in self._live]
        new = [article for article in articles if Quad(*mark(article.id)) not in self._live]
        for article in known:
            self._counts.forget()
            self._apply(change(self._live, article.id, article.extraction, self._layer))
        if new:
            try:
                self._load(new)
            except BaseException:
                self._counts.forget()
                raise

    def publish(self) -> None:
        """Show readers what was stored, unless nothing changed."""
        self._publish()

    def holds(self, article: Article, extractor: str) -> bool:
        """Whether the store has this very article as this version of the extractor reads it."""
        if Quad(*mark(article.id)) not in self._live:
            return False
        node, restated = nodes.article_node(article.id), nodes.restated_node(article.id)
        triples = Descriptions(about(self._live, node, restated))
        return triples.find(node, "etio:extractor") == extractor and read_article(triples, node) == article

    def concepts(self) -> frozenset[str]:
        """The ids of the concepts in the live store."""
        quads = self._live.quads_for_pattern(None, TYPE, CONCEPT)
        return frozenset(nodes.curie(quad.subject) for quad in quads if isinstance(quad.subject, NamedNode))

    def remove(self, article_id: str) -> None:
        """Leave the store as if the article had never been in it, in one atomic step, and publish.

        Raises:
            UnknownArticle: it is not in the store; suggests the ids that look like it.
        """
        known = self.articles()
        if article_id not in known:
            near = process.extract(article_id, known, limit=3, score_cutoff=60)
            raise UnknownArticle(article_id, tuple(name for name, _, _ in near))
        self._counts.forget()
        self._apply(change(self._live, article_id, None, self._layer))
        self._publish()

    def articles(self) -> tuple[str, ...]:
        """The ids of the articles in the live store, sorted."""
        quads = self._live.quads_for_pattern(None, TYPE, ARTICLE)
        return tuple(sorted(nodes.article_id(quad.subject) for quad in quads if isinstance(quad.subject, NamedNode)))

    def close(self) -> None:
        """Give the folder free. Nothing else works afterwards; closing twice does no harm."""
        self._store = None

    def __enter__(self) -> "Store":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def _live(self) -> pyoxigraph.Store:
        if self._store is None:
            raise StoreError(f"the store of {self._folder} was closed; open it again")
        return self._store

    def _load(self, new: Sequence[Prepared]) -> None:
        added = addition(self._live, new, self._layer, self._counts)
        mark_unpublished(self._folder)
        note(self._folder, (article.id for article in new))
        self._live.bulk_load(b"".join(added.lines), RdfFormat.N_TRIPLES)
        self._live.update(added.change.as_update())
        finish(self._folder)

    def _undo_half_done(self) -> None:
        """Take out what a killed writer had loaded of articles that had not become articles yet."""
        for article_id in begun(self._folder):
            if Quad(*mark(article_id)) not in self._live:
                self._apply(change(self._live, article_id, None, self._layer))
        finish(self._folder)

    def _apply(self, difference: Change) -> None:
        if difference:
            mark_unpublished(self._folder)
            self._live.update(difference.as_update())

    def _publish(self) -> None:
        if is_unpublished(self._folder):
            publish(self._live, self._folder)


def _open(folder: Path) -> pyoxigraph.Store:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return pyoxigraph.Store(os.fspath(folder / "store"))
    except OSError as error:
        if "lock" in str(error).lower():
            raise StoreInUse(f"{folder} is being written to by another process; wait until it has finished") from error
        raise StoreError(f"{folder} cannot be used as a data folder: {error.strerror or error}") from error
