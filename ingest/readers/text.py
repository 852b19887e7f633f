"""Plain text to blocks: paragraphs between blank lines, bullets, and headings where they are plain to see.

Real text has lost things: headings stand between blank lines without a mark, bullets have gone, a paragraph is
wrapped over several lines. Only what is clear becomes a heading or an item; the rest is a paragraph, and
`ingest.document` decides further. Headings carry no level of their own here; `ingest.readers.levels` infers it.
"""

import re
from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import Final

from ingest.blocks import RawBlock, RawKind
from ingest.readers.inline import part_lists
from ingest.readers.levels import Heading, levels

_BLANK: Final = " \t\n\r\v\f\u0085\u00a0\u200b\u2028\u2029\ufeff" + "".join(map(chr, range(0x2000, 0x200B)))
"""White space, non-breaking and zero-width kinds included."""

_LINE: Final = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_HASHES: Final = re.compile(r"(#{1,6})\s+(?=\S)")
_BULLET: Final = re.compile(r"(?:[•◦▪▫‣●○∙·][ \t\u00a0]*|[-–*+][ \t\u00a0]+)(?=\S)")
_NUMBER: Final = re.compile(r"(\d{1,3})[.)][ \t\u00a0]+(?=\S)")
_RULE: Final = re.compile(r"([-=_*~])(?:[ \t]*\1){2,}$")
_UNMARKED_HEADING_WORDS: Final = 12
_LONGEST_HEADING_WORDS: Final = 20
_OPENING_HEADING_WORDS: Final = 8
_SENTENCE_WORDS: Final = frozenset(["he", "i", "it", "she", "there", "these", "they", "this", "those", "we", "you"])
"""A line that opens with one of these is a sentence, whatever it has lost at its end."""

_SMALL_WORDS: Final = frozenset(
    {"a", "an", "and", "as", "at", "by", "for", "from", "if", "in", "into", "is", "of", "on", "or", "the", "to", "with"}
)
"""Words that a heading in title case leaves small."""


class _Sort(Enum):
    BLANK = auto()
    HASHES = auto()
    BULLET = auto()
    NUMBER = auto()
    PLAIN = auto()


@dataclass(frozen=True, slots=True)
class _Line:
    """`start` to `end` is the content without marker and white space; `indent` the column where the marker begins."""

    sort: _Sort
    marker: int
    start: int
    end: int
    content: str
    indent: int = 0
    value: int = 0

    @property
    def words(self) -> int:
        return len(self.content.split())

    @property
    def closed(self) -> bool:
        """Tell whether it ends as a sentence or a part of one does, or as a lead-in does."""
        return self.content.rstrip("\"'”’)]")[-1:] in (".", ";", ",", ":", "!", "…")

    @property
    def question(self) -> bool:
        return self.content.endswith("?") and not re.search(r"[.!?][\"'”’)]*\s", self.content)

    @property
    def asks(self) -> bool:
        """Tell whether it is a question, even in small letters, that begins as headings do."""
        return self.question and re.match(r"(?i)(?:what|how|who|when|why|where|is|are|can)\b", self.content) is not None

    @property
    def opens(self) -> bool:
        """Tell whether it begins as a heading or a sentence does."""
        first = self.content.lstrip("\"'“‘([")[:1]
        return first.isupper() or first.isdigit()

    @property
    def title_case(self) -> bool:
        words = re.findall(r"[^\W\d_][\w'’-]*", self.content)
        return all(word[0].isupper() or word in _SMALL_WORDS for word in words)


_NOTHING: Final = _Line(_Sort.BLANK, 0, 0, 0, "")


def blocks(text: str) -> tuple[RawBlock, ...]:
    """The blocks of a plain text in order; () for a text of white space only."""
    lines = tuple(_lines(text))
    headings = _headings(lines)
    lost = _lost_items(lines, headings)
    headings -= lost
    found: list[RawBlock] = []
    outline: list[Heading] = []
    indents: list[int] = []
    joinable = False
    for position, line in enumerate(lines):
        before = lines[position - 1] if position else _NOTHING
        if line.sort is _Sort.BLANK:
            joinable = False
        elif position in headings:
            lead = _lead_in(text, found)
            outline.append(Heading(line.content, len(found), _hashes(line), line.sort is _Sort.NUMBER, lead))
            found.append(RawBlock(RawKind.HEADING, line.start, line.end, 1))
            indents, joinable = [], False
        elif position in lost or _begins_item(lines, position, joinable, found):
            while indents and indents[-1] >= line.indent:
                indents.pop()
            indents.append(line.indent)
            found.append(RawBlock(RawKind.ITEM, line.start, line.end, len(indents)))
            joinable = position not in lost
        elif joinable and _continues(found[-1], line, before, indents):
            found[-1] = replace(found[-1], end=line.end)
        else:
            found.append(RawBlock(RawKind.PARAGRAPH, line.marker, line.end))
            indents, joinable = [], True
    for heading, level in zip(outline, levels(outline), strict=True):
        found[heading.block] = replace(found[heading.block], level=level)
    return part_lists(text, found)


def _lines(text: str) -> list[_Line]:
    found: list[_Line] = []
    for match in _LINE.finditer(text):
        raw = match.group()
        content = raw.strip(_BLANK)
        start = match.start() + len(raw) - len(raw.lstrip(_BLANK))
        end = start + len(content)
        indent = len(raw[: start - match.start()].expandtabs(4))
        if not content or _RULE.fullmatch(content):
            found.append(_NOTHING)
        elif (marker := _HASHES.match(content)) is not None:
            stripped = re.sub(r"\s+#+$", "", content[marker.end() :])
            begin = start + marker.end()
            found.append(
                _Line(_Sort.HASHES, start, begin, begin + len(stripped), stripped, indent, len(marker.group(1)))
            )
        elif (marker := _BULLET.match(content)) is not None:
            found.append(_Line(_Sort.BULLET, start, start + marker.end(), end, content[marker.end() :], indent))
        elif (marker := _NUMBER.match(content)) is not None:
            rest = content[marker.end() :]
            found.append(_Line(_Sort.NUMBER, start, start + marker.end(), end, rest, indent, int(marker.group(1))))
        else:
            found.append(_Line(_Sort.PLAIN, start, start, end, content, indent))
    return found


def _headings(lines: tuple[_Line, ...]) -> set[int]:
    """Positions of the lines that are headings as far as the line and its neighbours can tell."""
    return {position for position, line in enumerate(lines) if _is_heading(lines, position, line)}


def _is_heading(lines: tuple[_Line, ...], position: int, line: _Line) -> bool:
    if line.sort is _Sort.HASHES:
        return True
    before, after = _beside(lines, position, -1), _beside(lines, position, 1)
    asks = line.asks and before.sort is _Sort.BLANK and after.sort is _Sort.BLANK
    if line.sort not in {_Sort.PLAIN, _Sort.NUMBER} or re.search(r"://|@|\bwww\.", line.content):
        return False
    if not line.opens and not asks:
        return False
    following = _next_content(lines, position, 1)
    if following.sort is _Sort.BLANK or (line.sort is _Sort.NUMBER and _numbered_neighbour(lines, position)):
        return False
    if line.question and line.words <= _LONGEST_HEADING_WORDS:
        apart = before.sort is _Sort.BLANK or before.closed or before.sort is _Sort.HASHES
        return apart and (after.sort is _Sort.BLANK or (after.opens and not after.question))
    sentence = line.content.split(maxsplit=1)[0].lower() in _SENTENCE_WORDS
    if line.closed or line.content.endswith("?") or sentence or before.sort is not _Sort.BLANK:
        return False
    if after.sort is _Sort.BLANK:
        marked = ": " in line.content or "(" in line.content
        return line.words <= (_LONGEST_HEADING_WORDS if marked else _UNMARKED_HEADING_WORDS)
    if after.sort in {_Sort.BULLET, _Sort.NUMBER}:
        begun = after.sort is _Sort.BULLET or after.value == 1
    else:
        begun = after.opens and after.closed and not after.content.endswith(",")
    return line.sort is _Sort.PLAIN and line.words <= _OPENING_HEADING_WORDS and begun


def _lost_items(lines: tuple[_Line, ...], headings: set[int]) -> set[int]:
    """Positions of heading-like lines that are a list without its bullets: two or more of them after a lead-in.

    The last of them stays a heading where it alone is in title case and text follows it.
    """
    lost: set[int] = set()
    filled = [position for position, line in enumerate(lines) if line.sort is not _Sort.BLANK]
    for index, position in enumerate(filled):
        if lines[position].sort is not _Sort.PLAIN or not lines[position].content.endswith(":"):
            continue
        run: list[int] = []
        for later in filled[index + 1 :]:
            line = lines[later]
            alone = _beside(lines, later, -1).sort is _Sort.BLANK and _beside(lines, later, 1).sort is _Sort.BLANK
            if line.sort is not _Sort.PLAIN or not alone or line.closed or line.content.endswith("?"):
                break
            run.append(later)
        last = lines[run[-1]] if run else _NOTHING
        if len(run) > 1 and last.words > 1 and last.title_case and not all(lines[each].title_case for each in run):
            run.pop()
        # One line after a lead-in is the heading of what follows, unless it is too long to be one.
        if len(run) > 1 or (len(run) == 1 and run[0] not in headings and lines[run[0]].opens):
            lost.update(run)
    return lost


def _begins_item(lines: tuple[_Line, ...], position: int, joinable: bool, found: list[RawBlock]) -> bool:
    """Tell a list item from a wrapped line that happens to begin with a dash or a number."""
    line = lines[position]
    if line.sort not in {_Sort.BULLET, _Sort.NUMBER}:
        return False
    if not joinable or found[-1].kind is RawKind.ITEM:
        return True
    if line.sort is _Sort.NUMBER:
        return line.value == 1
    return lines[position - 1].closed or _beside(lines, position, 1).sort is _Sort.BULLET


def _continues(block: RawBlock, line: _Line, before: _Line, indents: list[int]) -> bool:
    if block.kind is RawKind.PARAGRAPH:
        return True
    if block.kind is not RawKind.ITEM:
        return False
    return line.indent > indents[-1] or (not before.closed and not line.opens)


def _lead_in(text: str, found: list[RawBlock]) -> int | None:
    """How many blocks back a lead-in ("These include:") stands that no list has used; None without one."""
    for back, block in enumerate(reversed(found)):
        if block.kind is not RawKind.PARAGRAPH:
            return None
        if text[block.end - 1] == ":":
            return back
    return None


def _hashes(line: _Line) -> int | None:
    return line.value if line.sort is _Sort.HASHES else None


def _beside(lines: tuple[_Line, ...], position: int, step: int) -> _Line:
    position += step
    return lines[position] if 0 <= position < len(lines) else _NOTHING


def _next_content(lines: tuple[_Line, ...], position: int, step: int) -> _Line:
    position += step
    while 0 <= position < len(lines):
        if lines[position].sort is not _Sort.BLANK:
            return lines[position]
        position += step
    return _NOTHING


def _numbered_neighbour(lines: tuple[_Line, ...], position: int) -> bool:
    return any(_next_content(lines, position, step).sort is _Sort.NUMBER for step in (-1, 1))
