"""What an ingest or an import puts into the store: batches written while the next is made, published at the end.

What is stored stays stored when the run is stopped or killed; the next run passes over what the store already has.
"""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import Final

from api.preparing import Refused
from api.progress import Progress, Status
from graph.prepared import Prepared
from graph.store import Store
from ontology.article import Article
from ontology.claim import claim_number
from ontology.errors import EtiographError

BATCH_TRIPLES: Final = 250_000
"""Triples that are stored at once."""

BATCH_SECONDS: Final = 20.0
"""Seconds after which they are stored even if there are fewer."""


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


@dataclass(slots=True)
class Tally:
    """The figures of a run so far. Claims are kept as numbers, eight bytes each of their digest."""

    articles: int = 0
    sentences: int = 0
    unchanged: int = 0
    claims: set[int] = field(default_factory=set)
    concepts: set[str] = field(default_factory=set)
    rejected: list[EtiographError] = field(default_factory=list)

    def add(self, prepared: Prepared) -> None:
        """Count an article that is to be stored."""
        extraction = prepared.extraction
        self.articles += 1
        self.sentences += extraction.sentences
        self.claims.update(claim_number(id) for id, *_ in prepared.stating.claims)
        self.concepts.update(concept.id for concept in extraction.concepts)


class Intake:
    """The store's side of one run. `share` gives what part of all is done, None where that is not known.

    What `stack` holds is given up when the run ends, the store with it.
    """

    def __init__(
        self, folder: Path, progress: Progress, stack: ExitStack, *, share: Callable[[], float | None] = lambda: None
    ) -> None:
        self._folder = folder
        self._progress = progress
        self._stack = stack
        self._share = share
        self._store: Store | None = None
        self._known: frozenset[str] = frozenset()
        self._batch: list[Prepared] = []
        self._triples = 0
        self._begun = monotonic()
        self._writer = ThreadPoolExecutor(1)
        self._writing: Future[None] | None = None
        self.tally = Tally()

    def holds(self, article: Article, extractor: str) -> bool:
        """Whether the store has the article as this extractor reads it; it is counted then."""
        if not self._is_there() or not self._opened().holds(article, extractor):
            return False
        self.tally.unchanged += 1
        self.tell()
        return True

    def differs(self, article: Article, extractor: str) -> bool:
        """Whether the store has another article of this id, or has it as another extractor reads it."""
        if not self._is_there():
            return False
        store = self._opened()
        return store.has(article.id) and not store.holds(article, extractor)

    def refuse(self, error: EtiographError) -> None:
        """Count what cannot be read."""
        self.tally.rejected.append(error)

    def take(self, outcome: Prepared | Refused) -> None:
        """Count an outcome, and store it with others of its batch."""
        if isinstance(outcome, Refused):
            self.refuse(outcome.error())
        else:
            self.tally.add(outcome)
            self._batch.append(outcome)
            self._triples += outcome.stating.triples
            if self._triples >= BATCH_TRIPLES or monotonic() - self._begun >= BATCH_SECONDS:
                self._store_batch()
        self.tell()

    def finish(self) -> None:
        """Store what is left and publish, unless nothing came."""
        self._store_batch()
        self._settle()
        if self._store is not None:
            self.tell("publishing")
            self._store.publish()

    def report(self) -> Report:
        """What was done."""
        tally = self.tally
        return Report(
            articles=tally.articles,
            sentences=tally.sentences,
            claims=len(tally.claims),
            new_concepts=len(tally.concepts - self._known),
            rejected=tuple(tally.rejected),
            unchanged=tally.unchanged,
        )

    def tell(self, doing: str = "reading") -> None:
        """Say how far the run is."""
        done = self.tally.articles + self.tally.unchanged + len(self.tally.rejected)
        self._progress(Status(done, self._share(), doing))

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

    def _is_there(self) -> bool:
        return self._store is not None or (self._folder / "store").is_dir()

    def _opened(self) -> Store:
        if self._store is None:
            self._store = self._stack.enter_context(Store.open(self._folder))
            self._stack.callback(self._writer.shutdown)
            self._known = self._store.concepts()
        return self._store
