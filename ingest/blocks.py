"""What every reader yields: stretches of the article's text, in order, with what they are."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

LONGEST_BLOCK: Final = 20_000
"""Characters of a block read at once; no author writes a longer paragraph, and memory stays bounded by it."""


class RawKind(StrEnum):
    """What a reader saw. What it means (lead-in, question, label) is for `ingest.document` to say."""

    HEADING = "heading"
    ITEM = "item"
    PARAGRAPH = "paragraph"


@dataclass(frozen=True, slots=True)
class RawBlock:
    """`text[start:end]` is the content, without markers and surrounding white space.

    `level` is 1 to 6 for headings (1 outermost), the nesting depth from 1 for items, 0 for paragraphs.
    """

    kind: RawKind
    start: int
    end: int
    level: int = 0


def parted(text: str, blocks: Iterable[RawBlock]) -> Iterator[RawBlock]:
    """The blocks in order, those longer than `LONGEST_BLOCK` in parts, at the end of a sentence or of a word."""
    for block in blocks:
        start = block.start
        while block.end - start > LONGEST_BLOCK:
            cut = max(text.rfind(mark, start + 1, start + LONGEST_BLOCK) for mark in (". ", ".\n")) + 1
            cut = cut or text.rfind(" ", start + 1, start + LONGEST_BLOCK) + 1 or start + LONGEST_BLOCK
            yield replace(block, start=start, end=cut)
            start = cut
        yield replace(block, start=start) if start > block.start else block
