"""Existing knowledge graphs into the same store as articles: prepared in several processes, stored in batches."""

import gc
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import ExitStack
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import Final

from api.ingesting import processors
from api.intake import Intake, Report, Stopped
from api.preparing import Refused
from api.progress import Progress, unseen
from graph.layer import bundled
from graph.prepared import Prepared, prepare
from ontology.article import Article, Extraction
from ontology.errors import InvalidClaims

_YOUNG: Final = 100_000
"""Things made by a process before it looks for garbage among them; few of what it makes is."""

_AT_ONCE: Final = 100
"""Articles that a process is given at a time."""

_AHEAD: Final = 2
"""Times that each process is given some before what came of the first is stored."""


def import_extractions(
    folder: Path, extractions: Sequence[Extraction], *, workers: int | None = None, progress: Progress = unseen
) -> Report:
    """What came of putting these articles into the store; those that it has as they are stay.

    `workers` processes prepare them, by default one for each processor; with 1, or for few articles, this one does.

    Raises:
        StoreInUse: another process is writing there.
        Stopped: Ctrl-C was pressed; everything that had been prepared by then is stored.
    """
    done = 0

    def share() -> float:
        return done / max(len(extractions), 1)

    with ExitStack() as stack:
        intake = Intake(folder, progress, stack, share=share)
        fresh = [one for one in extractions if not intake.holds(one.article, one.extractor or "")]
        done = len(extractions) - len(fresh)
        try:
            for outcome in _prepared(fresh, workers or processors(), stack):
                done += 1
                intake.take(outcome)
        except KeyboardInterrupt:
            intake.finish()
            raise Stopped(intake.report()) from None
        intake.finish()
        return intake.report()


def _prepared(extractions: Iterable[Extraction], workers: int, stack: ExitStack) -> Iterator[Prepared | Refused]:
    """One outcome for each, in their order; no more is taken than can be prepared soon."""
    coming = iter(extractions)
    pieces = iter(lambda: tuple(islice(coming, _AT_ONCE)), ())
    first = next(pieces, ())
    if workers == 1 or len(first) < _AT_ONCE:
        yield from _prepare(first)
        for piece in pieces:
            yield from _prepare(piece)
        return
    gc.freeze()  # what was read stays; looking through it for garbage again and again takes a tenth of the time
    pool = stack.enter_context(ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_settle))
    waiting: deque[Future[list[Prepared | Refused]]] = deque([pool.submit(_prepare, first)])
    for piece in pieces:
        waiting.append(pool.submit(_prepare, piece))
        if len(waiting) >= workers * _AHEAD:
            yield from waiting.popleft().result()
    while waiting:
        yield from waiting.popleft().result()


def _settle() -> None:
    """Have the vocabularies read, and left alone when garbage is looked for."""
    prepare(Extraction(Article(id="first", title="First", text="First", format="text"), (), ()), bundled())
    gc.freeze()
    gc.set_threshold(_YOUNG)


def _prepare(extractions: Sequence[Extraction]) -> list[Prepared | Refused]:
    found: list[Prepared | Refused] = []
    for extraction in extractions:
        try:
            found.append(prepare(extraction, bundled()))
        except InvalidClaims as error:
            found.append(Refused(extraction.article.id, report=error.report))
    return found
