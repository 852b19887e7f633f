"""Lists that lost their lines: "Symptoms include - fever - a cough" to a lead-in and its items.

Text taken from web pages often runs a list into one paragraph, its bullets left as dashes between spaces. A pair of
dashes around an insertion ("swelling - often sudden - of the legs") is none. Where the last item runs on without a
full stop into the next sentence, that sentence is parted from it.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Final

from ingest.blocks import RawBlock, RawKind
from ingest.tables import find_table

_DASH: Final = re.compile(r"(?<=\S) [-–•] (?=[\w\"'(])")
_RANGE: Final = re.compile(r"\d [-–] \d")
_OPEN: Final = re.compile(
    r"(?::|\b(?:includ(?:e|es|ing)|are|is|be|as|may|can|to|with|following|these|if|who|that|when|by|of|for|ask))\s*$",
    re.IGNORECASE,
)
_SENTENCE_END: Final = re.compile(r"[.!?][\"')\]]*\s+(?=[\"'(]?[A-Z0-9])")
_RUN_ON: Final = re.compile(
    r"(?<=[a-z0-9)])\s+(?=(?:To|The|If|Your|You|There|Some|It|In|A|An|This|These|Treatments?|Doctors?|Most|Many|"
    r"Because|For|When|While|Although|People|Other|But|They|Sometimes|Often|Both|Women|Men|Children|Symptoms?)"
    r"\s+[a-z][^.!?\s]*\s[^.!?]{0,600}[.!?:]|"
    r"[A-Z][a-z']+ [^.!?]{0,200}\b(?:is|are|can|may|will|has|have|should|must|helps?|causes?)"
    r" [^.!?]{0,400}[.!?])"
)
_RUN_ON_WITHIN: Final = 2_000
"""How far into the last item the sentence that follows it may begin, in characters: a text without a full stop would
else be gone through once for each of its words."""

_DASHES_OF_A_LIST: Final = 4


def part_lists(text: str, blocks: Sequence[RawBlock]) -> tuple[RawBlock, ...]:
    """The blocks, with every paragraph and item that holds a list parted at its dashes; in the order of the text."""
    return tuple(piece for block in blocks for part in _without_tables(text, block) for piece in part)


def _without_tables(text: str, block: RawBlock) -> Iterator[Iterable[RawBlock]]:
    """The block parted, but for a flattened table in it, whose dashes are no bullets: it stays one paragraph.

    So does what leads to it: a name there may hold dashes of its own ("ataxia - hypogonadism - dystrophy").
    """
    table = find_table(text[block.start : block.end]) if block.kind is RawKind.PARAGRAPH else None
    if table is None:
        yield _parted(text, block)
        return
    start, end = block.start + table.span.start, block.start + table.span.end
    before = block.start + len(text[block.start : start].rstrip())
    after = end + len(text[end : block.end]) - len(text[end : block.end].lstrip())
    if block.start < before:
        yield [RawBlock(RawKind.PARAGRAPH, block.start, before)]
    yield [RawBlock(RawKind.PARAGRAPH, start, end)]
    if after < block.end:
        yield _parted(text, RawBlock(RawKind.PARAGRAPH, after, block.end))


def _parted(text: str, block: RawBlock) -> Iterator[RawBlock]:
    dashes = [
        match
        for match in _DASH.finditer(text, block.start, block.end)
        if not _RANGE.match(text, match.start() - 1, match.end() + 1)
    ]
    bulleted = block.kind is RawKind.ITEM
    if block.kind is RawKind.HEADING or not dashes or not (bulleted or _is_list(text, block, dashes)):
        yield block
        return
    borders = [block.start, *(match.end() for match in dashes)]
    ends = [*(match.start() for match in dashes), block.end]
    stretches = list(zip(borders, ends, strict=True))
    if not bulleted:
        yield RawBlock(RawKind.PARAGRAPH, *stretches.pop(0))
    level = max(block.level, 1)
    sentences = sum(_SENTENCE_END.search(text, start, end) is not None for start, end in stretches[:-1])
    for start, end in stretches[:-1]:
        yield from _item(text, start, end, level)
    start, end = stretches[-1]
    closing = _RUN_ON.search(text, start + 1, min(end, start + _RUN_ON_WITHIN))
    if closing is None and sentences * 2 < len(stretches):
        closing = _SENTENCE_END.search(text, start, end)
    stop = len(text[start : closing.start() + 1].rstrip()) + start if closing else end
    yield RawBlock(RawKind.ITEM, start, stop, level)
    if closing and closing.end() < end:
        yield RawBlock(RawKind.PARAGRAPH, closing.end(), end)


def _item(text: str, start: int, end: int, level: int) -> Iterator[RawBlock]:
    """An item, and the sentence at its end that leads in the next list, if there is one."""
    last = list(_SENTENCE_END.finditer(text, start, end))
    if last and text[start:end].rstrip().endswith(":"):
        yield RawBlock(RawKind.ITEM, start, start + len(text[start : last[-1].end()].rstrip()), level)
        yield RawBlock(RawKind.PARAGRAPH, last[-1].end(), start + len(text[start:end].rstrip()))
    else:
        yield RawBlock(RawKind.ITEM, start, end, level)


def _is_list(text: str, block: RawBlock, dashes: list[re.Match[str]]) -> bool:
    """Tell whether the dashes of a paragraph are bullets."""
    if _OPEN.search(text, block.start, dashes[0].start()):
        return True
    if len(dashes) >= _DASHES_OF_A_LIST:
        return True
    closed = all(text[match.start() - 1] in ".?!:;)" for match in dashes)
    capital = all(text[match.end()].isupper() for match in dashes)
    long = all(after.start() - before.end() > 3 for before, after in pairwise(dashes))
    return long and capital and (closed or len(dashes) > 1)
