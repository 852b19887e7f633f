"""A whole ingest as a stream: read, extract in several processes, store in batches, publish at the end.

Nothing is held longer than a batch, so the memory it takes does not grow with the texts.
"""

import itertools
import os
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Final

from api.intake import Intake, Report, Stopped
from api.pool import Pool
from api.preparing import Refused, prepare_here
from api.progress import Progress, unseen
from graph.prepared import Prepared
from ingest.article import input_size, read_articles
from ingest.version import extractor_version
from ontology.article import Article
from ontology.errors import UnreadableArticle

__all__ = ["Report", "Stopped", "ingest_paths", "processors", "two_of_one_id"]

WORTH_PROCESSES: Final = 24
"""Articles for which other processes are started; fewer are read before those would be ready."""


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
                run.intake.take(outcome)
        except KeyboardInterrupt:
            run.intake.finish()
            raise Stopped(run.intake.report()) from None
        run.intake.finish()
        return run.intake.report()


def _outcomes(articles: Iterator[Article], workers: int | None, stack: ExitStack) -> Iterator[Prepared | Refused]:
    first = list(itertools.islice(articles, WORTH_PROCESSES))
    processes = workers or processors()
    if processes == 1 or (workers is None and len(first) < WORTH_PROCESSES):
        return map(prepare_here, itertools.chain(first, articles))
    return stack.enter_context(Pool(processes)).prepare(itertools.chain(first, articles))


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class _Run:
    """One ingest: the articles that come in, and what the store takes of them."""

    def __init__(self, folder: Path, paths: list[str | Path], progress: Progress, stack: ExitStack) -> None:
        self._paths = paths
        self._size = input_size(paths)
        self._read = 0
        self.intake = Intake(folder, progress, stack, share=lambda: self._read / self._size if self._size else None)

    def articles(self) -> Iterator[Article]:
        """The articles to read: those of the paths but what cannot be read, comes twice, or is stored as it is."""
        seen: dict[str, int] = {}
        for article in read_articles(self._paths, advance=self._advance):
            if isinstance(article, UnreadableArticle):
                self.intake.refuse(article)
                continue
            content = hash(article.text)
            if article.id in seen:
                if seen[article.id] != content:
                    self.intake.refuse(two_of_one_id(article.id))
                continue
            seen[article.id] = content
            if not self.intake.holds(article, extractor_version()):
                yield article

    def _advance(self, size: int) -> None:
        self._read += size


def two_of_one_id(article_id: str) -> UnreadableArticle:
    """The error for the second of two different articles with one id."""
    reason = "two different articles have this id; the first was read. Rename one file, or set another 'id'"
    return UnreadableArticle(article_id, reason)
