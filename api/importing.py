"""Existing knowledge graphs into the same store as articles: prepared in several processes, stored in batches."""

import gc
import os
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import ExitStack, contextmanager
from itertools import chain
from multiprocessing import get_context
from pathlib import Path
from signal import SIG_IGN, SIGINT, signal
from typing import Final, Protocol, TypeAlias

from api.ingesting import processors
from api.intake import Intake, Report, Stopped
from api.preparing import Refused
from api.progress import Progress, unseen
from graph.layer import bundled
from graph.prepared import Prepared, Stating, state
from graph.sandbox import die_with_parent
from ontology.article import Article, Extraction
from ontology.errors import InvalidArgument, InvalidClaims

_YOUNG: Final = 100_000
"""Things made by a process before it looks for garbage among them; few of what it makes is."""

_AT_ONCE: Final = 100
"""Articles that a process is given at a time."""

_SENTENCES: Final = 2_000
"""Sentences of theirs, but for the last one, at which it is given no more."""

_AHEAD: Final = 2
"""Times that each process is given some before what came of the first is stored."""


_Piece: TypeAlias = Sequence[Extraction]


class Extractions(Protocol):
    """Extractions whose number is known before they are made; they may be gone through again."""

    def __len__(self) -> int: ...

    def __iter__(self) -> Iterator[Extraction]: ...


def import_extractions(
    folder: Path,
    extractions: Extractions,
    *,
    workers: int | None = None,
    progress: Progress = unseen,
    replace: bool = True,
    pool: Executor | None = None,
) -> Report:
    """What came of putting these articles into the store; those that it has as they are stay.

    They are made as they are needed. `workers` processes prepare them, by default one for each processor; with 1, or
    for few articles, this one does. `pool` is these processes where they were begun before (`preparing`).
    Without `replace` nothing is stored where that would replace an article.

    Raises:
        InvalidArgument: an article would be replaced and may not.
        StoreInUse: another process is writing there.
        Stopped: Ctrl-C was pressed; everything that had been prepared by then is stored.
    """
    done = 0

    def share() -> float:
        return done / max(len(extractions), 1)

    with ExitStack() as stack:
        intake = Intake(folder, progress, stack, share=share)

        def fresh() -> Iterator[Extraction]:
            nonlocal done
            for one in extractions:
                if intake.holds(one.article, one.extractor or ""):
                    done += 1
                else:
                    yield one

        try:
            if not replace:
                _refuse_replacing(intake, extractions)
            for outcome in _prepared(fresh(), workers or processors(), stack, pool):
                done += 1
                intake.take(outcome)
        except KeyboardInterrupt:
            intake.finish()
            raise Stopped(intake.report()) from None
        intake.finish()
        return intake.report()


def _refuse_replacing(intake: Intake, extractions: Extractions) -> None:
    for one in extractions:
        if intake.differs(one.article, one.extractor or ""):
            raise InvalidArgument(
                "name",
                one.article.id.partition("~")[0],
                f"the name of no other graph: the store has the article {one.article.id}, which says something else. "
                "Give another --name to add this graph beside it, or the same --name to put it in its place",
            )


@contextmanager
def preparing(workers: int) -> Iterator[Executor]:
    """So many processes, which read the vocabularies while this one reads what they are to prepare."""
    pool = ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_settle, initargs=(os.getpid(),))
    try:
        for _ in range(workers):
            pool.submit(_state, ())  # a process is begun for each
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)


def _prepared(
    extractions: Iterator[Extraction], workers: int, stack: ExitStack, pool: Executor | None
) -> Iterator[Prepared | Refused]:
    """One outcome for each, in their order; no more is taken than can be prepared soon."""
    pieces = _pieces(extractions)
    first, second = next(pieces, ()), next(pieces, ()) if workers > 1 else ()
    if not second:
        for piece in chain((first,), pieces):
            for extraction in piece:
                (found,) = _state([extraction])
                yield found if isinstance(found, Refused) else Prepared(extraction, found)
        return
    gc.freeze()  # what was read stays; looking through it for garbage again and again takes a tenth of the time
    stack.callback(gc.set_threshold, *gc.get_threshold())
    gc.set_threshold(_YOUNG)
    pool = pool or stack.enter_context(preparing(workers))
    waiting: deque[tuple[_Piece, Future[list[Stating | Refused]]]] = deque()
    for piece in chain((first, second), pieces):
        waiting.append((piece, pool.submit(_state, piece)))
        if len(waiting) >= workers * _AHEAD:
            yield from _outcomes(*waiting.popleft())
    while waiting:
        yield from _outcomes(*waiting.popleft())


def _settle(parent: int) -> None:
    """Have the vocabularies read, and left alone when garbage is looked for; Ctrl-C is for the process that stores."""
    die_with_parent(parent)
    signal(SIGINT, SIG_IGN)
    state(Extraction(Article(id="first", title="First", text="First", format="text"), (), ()), bundled())
    gc.freeze()
    gc.set_threshold(_YOUNG)


def _pieces(extractions: Iterator[Extraction]) -> Iterator[_Piece]:
    piece: list[Extraction] = []
    sentences = 0
    for one in extractions:
        piece.append(one)
        sentences += one.sentences
        if len(piece) >= _AT_ONCE or sentences >= _SENTENCES:
            yield tuple(piece)
            piece, sentences = [], 0
    if piece:
        yield tuple(piece)


def _outcomes(piece: _Piece, stated: Future[list[Stating | Refused]]) -> Iterator[Prepared | Refused]:
    for extraction, found in zip(piece, stated.result(), strict=True):
        yield found if isinstance(found, Refused) else Prepared(extraction, found)


def _state(extractions: _Piece) -> list[Stating | Refused]:
    """What each puts into the store, without the extractions: who asks for it has these."""
    found: list[Stating | Refused] = []
    for extraction in extractions:
        try:
            found.append(state(extraction, bundled()))
        except InvalidClaims as error:
            found.append(Refused(extraction.article.id, report=error.report))
    return found
