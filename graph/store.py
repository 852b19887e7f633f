"""The writer: articles in and out of the store, each in one atomic step, then a snapshot for readers.

Oxigraph keeps the data on disk; one process writes to a folder at a time. Readers never touch the live store: they
open the `Snapshot` that was published last (`graph.checkpoints`). A writer that is killed leaves that snapshot as it
was; articles it had stored but not published are published when the folder is next opened.
"""

import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from traceback import clear_frames
from types import TracebackType
from typing import Final

import pyoxigraph
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, parse
from rapidfuzz import process

from graph import nodes
from graph.addition import addition
from graph.change import Change, change, relayered
from graph.checkpoints import (
    SCRATCH,
    bytes_in,
    clean,
    find_pointer,
    is_unpublished,
    mark_unpublished,
    publish,
    published,
    size_of,
)
from graph.contenthash import ContentHash, lines_of, new_lines
from graph.former import forget_others, former, keep, layer_held
from graph.gate import check
from graph.journal import begun, finish, note
from graph.known import Known
from graph.layer import VERSION, VOCABULARY, Layer, bundled
from graph.linklog.log import LinkLog
from graph.locking import FolderLock
from graph.prepared import Prepared, mark
from graph.rdf import ARTICLE, CONCEPT, TYPE
from graph.reading import Descriptions, read_article
from graph.snapshot import Snapshot
from graph.sorting import pieces
from graph.stored import about
from graph.updating.delta import MANY, Delta, as_stored, exchanged
from graph.updating.revision import begin, open_live, undo
from graph.updating.revision import finish as finish_revision
from ontology.article import Article, Extraction
from ontology.errors import InvalidClaims, StoreError, UnknownArticle
from ontology.terms import PREFIXES

__all__ = ["Snapshot", "Store", "make_empty", "published"]

_AT_ONCE: Final = 64 << 20
"""Bytes of N-Quads that are added at once: about as many as the engine sorts in memory."""

_MUCH: Final = 128 << 20
"""Bytes of N-Triples that may be loaded, a few seconds' work, before it matters how they lie."""


def make_empty(folder: Path) -> None:
    """Make sure that there is a published store; a new one holds nothing, not even the vocabulary.

    Raises:
        StoreInUse: another process is writing there.
    """
    Store.open_as_it_is(folder).close()


class Store:
    """The live store of one data folder. A context manager; `close` gives the folder free for another writer."""

    def __init__(self, folder: Path, layer: Layer | None, lock: FolderLock) -> None:
        self._folder = folder
        self._lock = lock
        undo(folder)
        self._store: pyoxigraph.Store | None = open_live(folder)
        self._layer = layer or layer_held(folder, self.live)
        pointer = find_pointer(folder)
        known = pointer is not None and not is_unpublished(folder)
        self._content = ContentHash.published(pointer.hash, self.live) if pointer and known else ContentHash()
        self._links = LinkLog(folder, self.live)
        self._known = Known()
        self._loose = 0

    @classmethod
    def open(cls, folder: Path, *, layer: Layer | None = None) -> "Store":
        """The store of `folder`, made when there is none.

        A new store is given the vocabulary layer (`layer`, by default the bundled one), an old one that has another
        layer exchanges it; then, as after a writer was killed, what readers do not see yet is published.

        Raises:
            StoreInUse: another process, or another `Store` of this one, has it open.
            StoreError: the folder cannot be made or is no store.
        """
        store = cls._locked(folder, layer or bundled())
        keep(folder, store._layer)
        if Quad(VOCABULARY, VERSION, Literal(store._layer.version)) not in store.live:
            store._apply(relayered(store.live, store._layer, former=former(folder, store.live)))
            forget_others(folder, store._layer)
        store.publish()
        return store

    @classmethod
    def open_as_it_is(cls, folder: Path, *, patience: float = 0.0) -> "Store":
        """The store of `folder` with the vocabulary layer that it has, if any; a new one holds nothing.

        What readers do not see yet is published. A writer that is at work is given `patience` seconds to finish.

        Raises:
            StoreInUse: another process, or another `Store` of this one, has it open.
            StoreError: the folder cannot be made or is no store.
        """
        store = cls._locked(folder, None, patience=patience)
        if store._layer.triples:
            keep(folder, store._layer)
        store.publish()
        return store

    @classmethod
    def _locked(cls, folder: Path, layer: Layer | None, *, patience: float = 0.0) -> "Store":
        lock = FolderLock(folder, patience=patience)
        try:
            store = cls(folder, layer, lock)
            shutil.rmtree(folder / SCRATCH, ignore_errors=True)
            clean(folder)
            store._undo_half_done()
        except BaseException:
            lock.close()
            raise
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
                    self._known.forget()
                    self._apply(change(self.live, extraction.article.id, extraction, self._layer))
        finally:
            self.publish()
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
        known = [article for article in articles if Quad(*mark(article.id)) in self.live]
        new = [article for article in articles if Quad(*mark(article.id)) not in self.live]
        for article in known:
            self._known.forget()
            self._apply(change(self.live, article.id, article.extraction, self._layer))
        if new:
            try:
                self._load(new)
            except BaseException:
                self._known.forget()
                self._content.forget()
                self._links.lose()
                raise

    def publish(self) -> None:
        """Show readers what was stored, unless nothing changed."""
        if is_unpublished(self._folder):
            self._publish()

    def has(self, article_id: str) -> bool:
        """Whether an article of this id is in the store."""
        return Quad(*mark(article_id)) in self.live

    def holds(self, article: Article, extractor: str) -> bool:
        """Whether the store has this very article as this version of the extractor reads it."""
        if not self.has(article.id):
            return False
        node, restated = nodes.article_node(article.id), nodes.restated_node(article.id)
        triples = Descriptions(about(self.live, node, restated))
        return triples.find(node, "etio:extractor") == extractor and read_article(triples, node) == article

    def concepts(self) -> frozenset[str]:
        """The ids of the concepts in the live store."""
        quads = self.live.quads_for_pattern(None, TYPE, CONCEPT, nodes.DEFAULT)
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
        self._known.forget()
        self._apply(change(self.live, article_id, None, self._layer))
        self.publish()

    def articles(self) -> tuple[str, ...]:
        """The ids of the articles in the live store, sorted."""
        quads = self.live.quads_for_pattern(None, TYPE, ARTICLE, nodes.DEFAULT)
        return tuple(sorted(nodes.article_id(quad.subject) for quad in quads if isinstance(quad.subject, NamedNode)))

    @contextmanager
    def revision(self) -> Iterator[None]:
        """Nothing; the steps taken within are together whole or not at all: published at the end, or else undone.

        The steps are taken on `live`, which must not be kept: it is another one once something was undone.
        """
        self.publish()
        begin(self._folder)
        self._known.forget()
        try:
            yield
            self._publish()
        except BaseException as error:
            clear_frames(error.__traceback__)  # what failed may still hold the store, and it must be closed
            self._store = None
            undo(self._folder)
            self._store = open_live(self._folder)
            self._content = ContentHash.published(self.hash, self.live)
            self._links = LinkLog(self._folder, self.live)
            raise
        finish_revision(self._folder)

    def apply(self, removed: Iterable[Quad], added: Iterable[Quad]) -> Delta:
        """What changed by removing quads and adding quads, within a `revision`."""
        gone, come = exchanged(self.live, removed, added)
        self._content.remove(lines_of(gone))
        self._content.add(lines_of(come))
        self._links.touch(gone)
        self._links.touch(come)
        return Delta.of(gone, come)

    def exchange(self, removed: Path, added: Path, default: Delta) -> None:
        """Remove the quads of one file of N-Quads and add those of another, within a `revision`.

        The lines are canonical; the store has all of the former and none of the latter. `default` is what they change
        in the default graph.
        """
        lines_elsewhere = -len(default.removed) - len(default.added)
        for lines in pieces(removed, _AT_ONCE):
            for quad in parse(b"".join(lines), format=RdfFormat.N_QUADS):
                self.live.remove(quad)
            self._content.remove(line.removesuffix(b"\n") for line in lines)
            lines_elsewhere += len(lines)
        for lines in pieces(added, _AT_ONCE):
            quads = parse(b"".join(lines), format=RdfFormat.N_QUADS)
            (self.live.extend if len(lines) < MANY else self.live.bulk_extend)(quads)
            self._content.add(line.removesuffix(b"\n") for line in lines)
            self._loose += sum(map(len, lines))
            lines_elsewhere += len(lines)
        self._links.touch(default.removed)
        self._links.touch(default.added)
        self._links.add(self.live, (), (), lines=lines_elsewhere)

    def run(self, update: str, *, base: str | None) -> None:
        """Run a SPARQL update, within a `revision`, without looking at what it changes."""
        self._links.lose()
        self.live.update(update, base_iri=base, prefixes=PREFIXES)
        self._content.lose_track(update.encode(), size=size_of(self._folder))

    def replace_graph(self, graph: NamedNode | DefaultGraph, quads: Sequence[Quad]) -> Delta:
        """What changed by having these quads in place of all that is in a graph, within a `revision`."""
        stored = as_stored(quads)
        former = {quad for quad in self.live.quads_for_pattern(None, None, None, graph) if quad not in stored}
        if isinstance(graph, NamedNode):
            self.live.add_graph(graph)
        return self.apply(former, stored)

    def remove_graph(self, graph: NamedNode) -> None:
        """Remove a named graph, within a `revision`."""
        self.apply(list(self.live.quads_for_pattern(None, None, None, graph)), ())
        self.live.remove_graph(graph)

    @property
    def hash(self) -> str:
        """The hash of what is published."""
        pointer = find_pointer(self._folder)
        return "" if pointer is None else pointer.hash

    @property
    def folder(self) -> Path:
        """The data folder."""
        return self._folder

    @property
    def layer(self) -> Layer:
        """The vocabulary layer that it has."""
        return self._layer

    def close(self) -> None:
        """Give the folder free. Nothing else works afterwards; closing twice does no harm."""
        self._store = None
        self._lock.close()

    def __enter__(self) -> "Store":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def live(self) -> pyoxigraph.Store:
        """The engine's store; only `revision` makes several steps on it one.

        Raises:
            StoreError: it was closed.
        """
        if self._store is None:
            raise StoreError(f"the store of {self._folder} was closed; open it again")
        return self._store

    def _publish(self) -> None:
        self._tidy()
        live, changes = self.live, self._content.changes
        content = self._content.of(live)
        # a function that held the store would keep it open as long as an error remembers that it was called
        publish(live, self._folder, content=content, furnish=lambda of, new: self._links.hand_over(of, new, changes))
        self._links.published(changes)

    def _tidy(self) -> None:
        """Have all lie in one order if much was loaded since it did; in several it takes thrice as long to find."""
        # a triple takes about as much room stored as written
        if self._loose > _MUCH and 2 * self._loose > bytes_in(self._folder / "store"):
            self.live.optimize()
            self._loose = 0

    def _load(self, new: Sequence[Prepared]) -> None:
        added = addition(self.live, new, self._layer, self._known, self._links.recorded)
        mark_unpublished(self._folder)
        note(self._folder, (article.id for article in new))
        lines = list(new_lines(self.live, added.lines))
        counted = [*(article.stating.counted for article in new), *(claim.counted for claim in added.claims)]
        self._links.add(self.live, added.claims, added.concepts, lines=len(lines) + sum(each.lines for each in counted))
        own = (article.stating.own for article in new)
        loaded = b"".join(chain(own, (claim.node for claim in added.claims), added.lines))
        self._loose += len(loaded)
        self.live.bulk_load(loaded, RdfFormat.N_TRIPLES, lenient=True)  # terms made them, which checked them
        self._content.add(lines)
        for each in counted:
            self._content.add_counted(each)
        self._apply(added.change)
        self._links.record(added.records)
        finish(self._folder)

    def _undo_half_done(self) -> None:
        """Take out what a killed writer had loaded of articles that had not become articles yet."""
        for article_id in begun(self._folder):
            if Quad(*mark(article_id)) not in self.live:
                self._apply(change(self.live, article_id, None, self._layer))
        finish(self._folder)

    def _apply(self, difference: Change) -> None:
        if difference:
            mark_unpublished(self._folder)
            removed = [triple for triple in difference.removed if Quad(*triple) in self.live]
            added = [triple for triple in difference.added if Quad(*triple) not in self.live]
            self._links.touch(removed)
            self._links.touch(added)
            self.live.update(difference.as_update())
            self._content.remove(lines_of(removed))
            self._content.add(lines_of(added))
