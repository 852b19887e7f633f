"""A text folded at once for matching, and the way back from a place in it to the characters it stands for.

Some fifty thousand names are looked for in every text, so nothing here loops over words in Python: the text is parted,
folded and joined by operations on the whole, and only where a name was found is its place worked out.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Container, Iterable, Iterator
from itertools import accumulate
from typing import Final

from ingest.folding import fold
from ingest.sentences import Span, tokens

DETERMINERS: Final = frozenset({"a", "an", "the", "your", "my", "his", "her", "their", "our", "its"})
"""Words that part no name: "blood in your mucus" is blood in mucus; see `is_determiner`."""

_IN_WORDS: Final = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'%"
_PARTED: Final = bytes(byte if byte in _IN_WORDS else 0x20 for byte in range(256))
_MOST_REMEMBERED: Final = 131_072
_LONGEST_REMEMBERED: Final = 64


class FoldedText:
    """`folded` is the text's words, folded, without determiners, a space before each and one behind the last.

    The words are those of `ingest.sentences.tokens`. Inside, a chunk is what stands between two separators: a word as
    a rule, more where apostrophes and per cent signs are involved, nothing where separators follow one another.
    """

    __slots__ = ("_chunks", "_folded_ends", "_parts", "folded")

    def __init__(self, text: str) -> None:
        """Fold `text`."""
        self._chunks = text.encode("ascii", "replace").translate(_PARTED).decode("ascii").split(" ")
        self._parts = list(map(_REMEMBERED.__getitem__, self._chunks))
        self.folded = "".join(self._parts) + " "
        self._folded_ends: list[int] = []

    def places(self, found: Iterable[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
        """Each (what, start, end) in `folded` as (what, start, end) in the text; both ends the space beside a word."""
        chunks = self._chunks
        ends = list(accumulate(map(len, chunks)))
        folded_ends = self._folded_ends = list(accumulate(map(len, self._parts)))
        placed: list[tuple[int, int, int]] = []
        for what, start, end in found:
            first = bisect_right(folded_ends, start)
            chunk = chunks[first]
            # Every chunk before stands with the one separator behind it.
            finish = ends[first] + first
            begin = finish - len(chunk)
            if not chunk.isalnum():
                begin += self._inside(first, start).start
            if folded_ends[first] < end - 1 or not chunk.isalnum():
                last = bisect_left(folded_ends, end - 1, first)
                finish = ends[last] + last
                if not chunks[last].isalnum():
                    finish += self._inside(last, end - 2).end - len(chunks[last])
            placed.append((what, begin, finish))
        return placed

    def written(self, words: Container[str]) -> Iterator[tuple[int, int, str]]:
        """(start, end, word) of every word of the text that is among `words` as it is written."""
        position = 0
        for chunk in self._chunks:
            if chunk.isalnum():
                if chunk in words and not is_determiner(chunk):
                    yield position, position + len(chunk), chunk
            elif chunk:
                for span in _words(chunk):
                    if span.of(chunk) in words:
                        yield position + span.start, position + span.end, span.of(chunk)
            position += len(chunk) + 1

    def _inside(self, chunk: int, position: int) -> Span:
        """The place in a chunk of the word that holds `folded[position]`, or follows it where that is a space."""
        offset = position - self._folded_ends[chunk] + len(self._parts[chunk])
        return _words(self._chunks[chunk])[self._parts[chunk].count(" ", 0, offset + 1) - 1]


def _words(chunk: str) -> list[Span]:
    return [span for span in tokens(chunk) if not is_determiner(span.of(chunk))]


def is_determiner(word: str) -> bool:
    """Tell whether a word, as it is written inside a text, parts no name; "A" does, which is that of hepatitis A."""
    return word.lower() in DETERMINERS and word != "A"


class _Remembered(dict[str, str]):
    """Chunk → its words folded, each behind a space."""

    def __missing__(self, chunk: str) -> str:
        folded = "".join(f" {fold(span.of(chunk))}" for span in _words(chunk))
        if len(chunk) <= _LONGEST_REMEMBERED:
            if len(self) >= _MOST_REMEMBERED:
                self.clear()
            self[chunk] = folded
        return folded


_REMEMBERED: Final = _Remembered()
