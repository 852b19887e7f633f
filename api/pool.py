"""Articles read by several processes at once.

Each process has a pipe of its own and a few articles ahead. One that dies, or takes longer over an article than it
may, costs that article and is replaced; what it had ahead is given to its successor.
"""

import gc
import multiprocessing
import queue
import resource
import signal
import threading
import time
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection, wait
from typing import Final

from api.preparing import Refused, prepare_article, time_limit, took_too_long
from graph.prepared import Prepared
from ontology.article import Article
from ontology.errors import EtiographError

AHEAD: Final = 6
"""Articles that a process has been given, the one it reads included."""

MOST_AHEAD: Final = 20_000
"""Characters of those; a longer article is given to a process that has nothing to do.

So much fits into the pipe, even where an article keeps the process from emptying it.
"""

MEMORY: Final = 4 << 30
"""Bytes of address space a process may use; an article that needs more is refused."""

_LOOK_EVERY: Final = 1.0
_SPAWN: Final = multiprocessing.get_context("spawn")


class ReadersMissing(EtiographError):
    """No process that reads articles could be started."""


class Pool:
    """Processes that read articles; a context manager, after which they are gone."""

    def __init__(self, workers: int) -> None:
        self._workers = [_Worker() for _ in range(workers)]

    def prepare(self, articles: Iterable[Article]) -> Iterator[Prepared | Refused]:
        """One outcome for each article, in the order in which they are done; no more is taken than can be read soon.

        Raises:
            ReadersMissing: a process ended before it had read anything.
        """
        coming = iter(articles)
        article = next(coming, None)
        while True:
            for worker in self._workers:
                while article is not None and worker.has_room_for(article):
                    worker.give(article)
                    article = next(coming, None)
            if not any(worker.given for worker in self._workers):
                return
            yield from self._outcomes()

    def __enter__(self) -> "Pool":
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._workers:
            worker.end()

    def _outcomes(self) -> Iterator[Prepared | Refused]:
        ready = wait([worker.pipe for worker in self._workers], _LOOK_EVERY)
        for place, worker in enumerate(self._workers):
            if worker.pipe in ready:
                try:
                    outcome = worker.receive()
                except (EOFError, ConnectionError):
                    yield self._replace(place, None)
                else:
                    if outcome is not None:
                        yield outcome
            elif worker.is_overdue:
                yield self._replace(place, took_too_long(worker.given[0]))

    def _replace(self, place: int, refused: Refused | None) -> Refused:
        """What is said of the article that the process was at; another process takes over the rest."""
        worker = self._workers[place]
        worker.end()
        if not worker.ready or not worker.given:
            raise ReadersMissing(f"a process that reads articles {worker.ending} before it had read anything")
        lost = worker.given.popleft()
        self._workers[place] = _Worker()
        for article in worker.given:
            self._workers[place].give(article)
        reason = f"the process that read it {worker.ending}; the others are read. Split it, or report it as a fault"
        return refused or Refused(lost.id, reason)


class _Worker:
    """One process, and the articles it was given and has not answered, the one it reads first."""

    def __init__(self) -> None:
        self.pipe, theirs = _SPAWN.Pipe()
        self.given: deque[Article] = deque()
        self.ready = False
        self._since = time.monotonic()
        self._process = _SPAWN.Process(target=serve, args=(theirs,), daemon=True)
        with _interrupts_ignored():
            self._process.start()
        theirs.close()

    def has_room_for(self, article: Article) -> bool:
        ahead = sum(len(each.text) for each in (*self.given, article))
        return not self.given or (len(self.given) < AHEAD and ahead <= MOST_AHEAD)

    @property
    def is_overdue(self) -> bool:
        return bool(self.ready and self.given and time.monotonic() - self._since > time_limit(self.given[0]))

    @property
    def ending(self) -> str:
        """How it ended, in words."""
        code = self._process.exitcode
        if code is not None and code < 0:
            return f"was ended by {signal.Signals(-code).name}"
        return f"ended with exit code {code}"

    def give(self, article: Article) -> None:
        if not self.given:
            self._since = time.monotonic()
        self.given.append(article)
        with suppress(ConnectionError):  # it has died; that shows when its answer is looked for
            self.pipe.send(article)

    def receive(self) -> Prepared | Refused | None:
        """Its next outcome; None for the word that it is ready."""
        outcome: Prepared | Refused | None = self.pipe.recv()
        self._since = time.monotonic()
        if outcome is None:
            self.ready = True
        else:
            self.given.popleft()
        return outcome

    def end(self) -> None:
        self._process.kill()
        self._process.join()
        self.pipe.close()


def serve(pipe: Connection) -> None:
    """Read the articles that come through the pipe and answer each, until the other side closes it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the process that stores decides when to stop
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, resource.getrlimit(resource.RLIMIT_AS)[1]))
    coming: queue.SimpleQueue[Article | None] = queue.SimpleQueue()
    threading.Thread(target=_receive, args=(pipe, coming), daemon=True).start()
    prepare_article(Article(id="first", title="Flu", text="Flu causes fever.", format="text"))
    gc.freeze()  # the vocabularies stay; looking through them for garbage again and again takes a tenth of the time
    with suppress(ConnectionError):
        pipe.send(None)
        while (article := coming.get()) is not None:
            pipe.send(prepare_article(article))


def _receive(pipe: Connection, coming: "queue.SimpleQueue[Article | None]") -> None:
    """Empty the pipe at once, so that neither side ever waits for the other to."""
    with suppress(EOFError, ConnectionError):
        while True:
            coming.put(pipe.recv())
    coming.put(None)


@contextmanager
def _interrupts_ignored() -> Iterator[None]:
    """A child started within is not ended by Ctrl-C before it can see to that itself."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    former = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, former)
