"""The text that an article from a web page or an XML file is stored with, and its blocks.

Plain words with just enough structure to be read back without loss, one block a line, an empty line between them:

    # Asthma                a heading, one hash a level
    Airways narrow.         a paragraph
    - dust                  an item of a list
      - of mites            an item of a list in it, two spaces a level

Nothing inside a line is escaped, so that a quote says what the page said. A paragraph that would read as a heading or
an item begins with one space, which no block contains. A list that a paragraph runs into one line is parted as in
plain text; items are not, for pages mark theirs.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from typing import Final

from ingest.blocks import RawBlock, RawKind
from ingest.readers.inline import part_lists

_HEADING: Final = re.compile(r"(#{1,6}) (?=\S)")
_ITEM: Final = re.compile(r"((?:  )*)- (?=\S)")
_LINE: Final = re.compile(r"[^\n]+")
_UNSAID: Final = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u200b\u2060\ufeff]")
"""Characters that no reader of the page sees: controls, soft hyphens, spaces without width."""

_MAX_LEVEL: Final = 6


@dataclass(frozen=True, slots=True)
class Passage:
    """A block before it has a place: what it is, its words, and its level as in `RawBlock`."""

    kind: RawKind
    words: str
    level: int = 0


@dataclass(frozen=True, slots=True)
class Outline:
    """A text and its blocks, as `blocks(text)` reads them again."""

    text: str
    blocks: tuple[RawBlock, ...]


def clean(words: str) -> str:
    """The words on one line: every run of white space one space, soft hyphens and control characters left out."""
    return " ".join(_UNSAID.sub("", words).split())


def outline(passages: Iterable[Passage]) -> Outline:
    """The text of the passages in order, their words cleaned, and the block of each; those without words are none."""
    lines: list[str] = []
    found: list[RawBlock] = []
    at = 0
    for passage in passages:
        words = clean(passage.words)
        if not words:
            continue
        level = _level(passage)
        marker = _marker(passage.kind, level, words)
        found.append(RawBlock(passage.kind, at + len(marker), at + len(marker) + len(words), level))
        lines.append(marker + words)
        at += len(lines[-1]) + 2
    text = "\n\n".join(lines) + "\n"
    return Outline(text if lines else "", _parted(text, found))


def blocks(text: str) -> tuple[RawBlock, ...]:
    """The blocks of such a text in order; () for one of white space only."""
    found: list[RawBlock] = []
    for line in _LINE.finditer(text):
        end = line.start() + len(line.group().rstrip())
        if heading := _HEADING.match(text, line.start(), end):
            found.append(RawBlock(RawKind.HEADING, heading.end(), end, len(heading[1])))
        elif item := _ITEM.match(text, line.start(), end):
            found.append(RawBlock(RawKind.ITEM, item.end(), end, len(item[1]) // 2 + 1))
        elif line.start() < end:
            start = end - len(text[line.start() : end].lstrip())
            found.append(RawBlock(RawKind.PARAGRAPH, start, end))
    return _parted(text, found)


def _parted(text: str, found: list[RawBlock]) -> tuple[RawBlock, ...]:
    pieces = (part_lists(text, [block]) if block.kind is RawKind.PARAGRAPH else (block,) for block in found)
    return tuple(chain.from_iterable(pieces))


def _level(passage: Passage) -> int:
    if passage.kind is RawKind.HEADING:
        return min(max(passage.level, 1), _MAX_LEVEL)
    return max(passage.level, 1) if passage.kind is RawKind.ITEM else 0


def _marker(kind: RawKind, level: int, words: str) -> str:
    if kind is RawKind.HEADING:
        return "#" * level + " "
    if kind is RawKind.ITEM:
        return "  " * (level - 1) + "- "
    return " " if _HEADING.match(words) or _ITEM.match(words) else ""
