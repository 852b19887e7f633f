"""A whole ingest as a stream: read, extract in several processes, store in batches, publish at the end.

Nothing is held longer than a batch, so the memory it takes does not grow with the texts. What is stored stays stored
when the run is stopped or killed; the next run passes over what the store already has.
"""

import itertools
import os
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import Final

from api.pool import Pool
from api.preparing import Refused, prepare_here
from api.progress import Progress, Status, unseen
from graph.prepared import Prepared
from graph.store import Store
from ingest.article import input_size, read_articles
from ingest.version import extractor_version
from ontology.article import Article
from ontology.errors import EtiographError, UnreadableArticle

BATCH_TRIPLES: Final = 250_000
"""Triples that are stored at once."""

BATCH_SECONDS: Final = 20.0
"""Seconds after which they are stored even if there are fewer."""

WORTH_PROCESSES: Final = 24
"""Articles for which other processes are started; fewer are read before those would be ready."""


@dataclass(frozen=True, slots=True)
class Report:
    """What an ingest did.

    `articles` were stored, `unchanged` ones were in the store as they are; `claims` counts each claim of the stored
    ones once, `new_concepts` were not in the store before.
    """

    articles: int
    sentences: int
    claims: int
    new_concepts: int
    rejected: tuple[EtiographError, ...]
    unchanged: int = 0


class Stopped(KeyboardInterrupt):
    """The run was interrupted; `report` says what is stored."""

    def __init__(self, report: Report) -> None:
        self.report = report
        super().__init__("stopped")


def ingest_paths(
    folder: Path, paths: Iterable[str | Path], *, workers: int | None = None, progress: Progress = unseen
) -> Report:
    """What came of putting the articles that `paths` name into the store; it is untouched where none can be read.

    `workers` processes read them, by default one for each processor; with 1, or for few articles, this one does.

    Raises:
        StoreInUse: another process is writing there.
        Stopped: Ctrl-C was pressed; everything that had been read by then is stored.
    """
    with ExitStack() as stack:
        run = _Run(folder, list(paths), progress, stack)
        try:
            for outcome in _outcomes(run.articles(), workers, stack):
                run.take(outcome)
        except KeyboardInterrupt:
            run.finish()
            raise Stopped(run.report()) from None
        run.finish()
        return run.report()


def _outcomes(articles: Iterator[Article], workers: int | None, stack: ExitStack) -> Iterator[Prepared | Refused]:
    first = list(itertools.islice(articles, WORTH_PROCESSES))
    processes = workers or _processors()
    if processes == 1 or (workers is None and len(first) < WORTH_PROCESSES):
        return map(prepare_here, itertools.chain(first, articles))
    return stack.enter_context(Pool(processes)).prepare(itertools.chain(first, articles))


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@dataclass(slots=True)
class _Tally:
    """The figures of a run so far. Claims are kept as numbers, eight bytes each of their digest."""

    articles: int = 0
    sentences: int = 0
    unchanged: int = 0
    claims: set[int] = field(default_factory=set)
    concepts: set[str] = field(default_factory=set)
    rejected: list[EtiographError] = field(default_factory=list)

    def add(self, prepared: Prepared) -> None:
        extraction = prepared.extraction
        self.articles += 1
        self.sentences += extraction.sentences
        self.claims.update(int(claim.id.rpartition("/")[2], 16) for claim in extraction.claims)
        self.concepts.update(concept.id for concept in extraction.concepts)


class _Run:
    """One ingest: what comes in, what goes out, and the batch between."""

    def __init__(self, folder: Path, paths: list[str | Path], progress: Progress, stack: ExitStack) -> None:
        self._folder = folder
        self._paths = paths
        self._progress = progress
        self._stack = stack
        self._store: Store | None = None
        self._known: frozenset[str] = frozenset()
        self._tally = _Tally()
        self._batch: list[Prepared] = []
        self._triples = 0
        self._begun = monotonic()
        self._writer = ThreadPoolExecutor(1)
        self._writing: Future[None] | None = None
        self._size = input_size(paths)
        self._read = 0

    def articles(self) -> Iterator[Article]:
        """The articles to read: those of the paths but what cannot be read, comes twice, or is stored as it is."""
        seen: dict[str, int] = {}
        for article in read_articles(self._paths, advance=self._advance):
            if isinstance(article, UnreadableArticle):
                self._tally.rejected.append(article)
                continue
            content = hash(article.text)
            if article.id in seen:
                if seen[article.id] != content:
                    self._tally.rejected.append(two_of_one_id(article.id))
                continue
            seen[article.id] = content
            if (self._folder / "store").is_dir() and self._opened().holds(article, extractor_version()):
                self._tally.unchanged += 1
                self._tell()
            else:
                yield article

    def take(self, outcome: Prepared | Refused) -> None:
        """Count an outcome, and store it with others of its batch."""
        if isinstance(outcome, Refused):
            self._tally.rejected.append(outcome.error())
        else:
            self._tally.add(outcome)
            self._batch.append(outcome)
            self._triples += outcome.triples
            if self._triples >= BATCH_TRIPLES or monotonic() - self._begun >= BATCH_SECONDS:
                self._store_batch()
        self._tell()

    def finish(self) -> None:
        """Store what is left and publish, unless nothing came."""
        self._store_batch()
        self._settle()
        if self._store is not None:
            self._tell("publishing")
            self._store.publish()

    def report(self) -> Report:
        """What was done."""
        tally = self._tally
        return Report(
            articles=tally.articles,
            sentences=tally.sentences,
            claims=len(tally.claims),
            new_concepts=len(tally.concepts - self._known),
            rejected=tuple(tally.rejected),
            unchanged=tally.unchanged,
        )

    def _store_batch(self) -> None:
        """Hand the batch to the thread that writes, once it is done with the one before."""
        self._settle()
        batch, self._batch, self._triples, self._begun = self._batch, [], 0, monotonic()
        if batch:
            self._writing = self._writer.submit(self._opened().put, batch)

    def _settle(self) -> None:
        writing, self._writing = self._writing, None
        if writing is not None:
            writing.result()

    def _opened(self) -> Store:
        if self._store is None:
            self._store = self._stack.enter_context(Store.open(self._folder))
            self._stack.callback(self._writer.shutdown)
            self._known = self._store.concepts()
        return self._store

    def _advance(self, size: int) -> None:
        self._read += size

    def _tell(self, doing: str = "reading") -> None:
        done = self._tally.articles + self._tally.unchanged + len(self._tally.rejected)
        self._progress(Status(done, self._read / self._size if self._size else None, doing))


def two_of_one_id(article_id: str) -> UnreadableArticle:
    """The error for the second of two different articles with one id."""
    reason = "two different articles have this id; the first was read. Rename one file, or set another 'id'"
    return UnreadableArticle(article_id, reason)
