"""One article to what the store takes, whatever it sets off: an article that cannot be read stops no other."""

import re
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType
from typing import Final

from graph.layer import bundled
from graph.prepared import Prepared, prepare
from ingest.extract import extract
from ontology.article import Article, Extraction
from ontology.errors import EtiographError, InvalidClaims, UnreadableArticle

LEAST_TIME: Final = 60.0
"""Seconds that any article may take."""

TIME_A_CHARACTER: Final = 0.001
"""Seconds more for each of its characters, some forty times what it takes."""

_LETTER: Final = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Refused:
    """An article that is not stored: for a reason, or for the violations in `report`. It passes between processes."""

    article: str
    reason: str = ""
    report: tuple[str, ...] = ()

    def error(self) -> EtiographError:
        """It as an error to report."""
        if self.report:
            return InvalidClaims(self.article, self.report)
        return UnreadableArticle(self.article, self.reason)


def time_limit(article: Article) -> float:
    """Seconds after which reading the article is given up."""
    return LEAST_TIME + TIME_A_CHARACTER * len(article.text)


def took_too_long(article: Article) -> Refused:
    """The refusal of an article that was given up."""
    reason = f"given up after {time_limit(article):.0f} s; the others are read. Split it, or report it as a fault"
    return Refused(article.id, reason)


def sentences_of(article: Article) -> Extraction:
    """What the article says.

    Raises:
        UnreadableArticle: there is no sentence in it.
    """
    extraction = extract(article)
    if not extraction.sentences or not _LETTER.search(article.text):
        raise UnreadableArticle(article.id, "no sentence in it, so there is nothing that could be stated")
    return extraction


def prepare_article(article: Article) -> Prepared | Refused:
    """The article as the store takes it, or why it does not."""
    try:
        return prepare(sentences_of(article), bundled())
    except InvalidClaims as error:
        return Refused(article.id, report=error.report)
    except UnreadableArticle as error:
        return Refused(article.id, error.reason)
    except _GivenUp:
        return took_too_long(article)
    except Exception as error:  # noqa: BLE001 - a fault met in one article must not keep the others from being read
        reason = (
            f"reading it failed ({type(error).__name__}: {str(error)[:200]}); the others are read. Please report it"
        )
        return Refused(article.id, reason)


def prepare_here(article: Article) -> Prepared | Refused:
    """The same in this process, given up after the limit where that can be had: in the main thread."""
    if threading.current_thread() is not threading.main_thread():
        return prepare_article(article)
    with _alarm(time_limit(article)):
        return prepare_article(article)


class _GivenUp(Exception):
    """The time is over."""


@contextmanager
def _alarm(seconds: float) -> Iterator[None]:
    former = signal.signal(signal.SIGALRM, _give_up)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, former)


def _give_up(_signal: int, _frame: FrameType | None) -> None:
    raise _GivenUp
