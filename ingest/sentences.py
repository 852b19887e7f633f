"""Sentences and words of a view, as spans. Rules of punctuation only; no model."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_ABBREVIATIONS: Final = frozenset(
    "e.g i.e etc vs dr mr mrs ms prof st approx dept fig no vol jr sr inc u.s p.m a.m cf al".split()
)
LONGEST_SENTENCE: Final = 2_000
"""Characters of a sentence read as one; what is longer is no prose and is parted, at a comma or at a word."""

_END: Final = re.compile(
    r"[.!?][\"')\]\u200e\u200f\u202a-\u202e]*(?=\s+[\"'(\[]?[A-Z0-9\u0370-\uffff]|\s*$)|"
    r"(?<=[a-z]{3})[.?!](?=[A-Z][a-z]+[ ,])"
)
"""The end of a sentence. Marks of direction may stand behind it; the space may be lost ("It hurts.Rest helps")."""
_LAST_WORD: Final = re.compile(r"[\w.]*$")
_TOKEN: Final = re.compile(r"[A-Za-z0-9]+(?:'[A-Za-z]+)?|%")


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a view's text: characters from `start` up to, not including, `end`."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The characters of `text` it covers."""
        return text[self.start : self.end]

    def covers(self, other: "Span") -> bool:
        """Tell whether `other` lies wholly inside."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: "Span") -> bool:
        """Tell whether the two share a character."""
        return self.start < other.end and other.start < self.end


def sentences(text: str) -> tuple[Span, ...]:
    """The sentences of a view's text in order, without white space between them; () for an empty text."""
    found: list[Span] = []
    start = 0
    for match in _END.finditer(text):
        word = _LAST_WORD.search(text, max(start, match.start() - 12), match.start())
        if text[match.start()] == "." and word and word.group().lower() in _ABBREVIATIONS:
            continue
        found += _parted(text, start, match.end())
        start = match.end()
    if text[start:].strip():
        found += _parted(text, start, len(text))
    return tuple(span for span in found if span.start < span.end)


def tokens(text: str, span: Span | None = None) -> Iterator[Span]:
    """The words and numbers of `text` (or of `span` in it), in order; a hyphen parts two words."""
    start, end = (span.start, span.end) if span else (0, len(text))
    for match in _TOKEN.finditer(text, start, end):
        yield Span(match.start(), match.end())


def _parted(text: str, start: int, end: int) -> Iterator[Span]:
    while end - start > LONGEST_SENTENCE:
        borders = (text.rfind(mark, start, start + LONGEST_SENTENCE - 1) + 1 for mark in (", ", "; ", " "))
        cut = next((border for border in borders if border > start + LONGEST_SENTENCE // 2), start + LONGEST_SENTENCE)
        yield _trimmed(text, start, cut)
        start = cut
    yield _trimmed(text, start, end)


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)
