"""The content of a page as lines: what its tags make a heading, an item of a list, a paragraph or a row of a table.

Lines parted by `<br>` and bullets typed by hand are read as what they stand for.
"""

import re
from dataclasses import dataclass, replace
from itertools import islice
from typing import Final

from lxml import etree

from ingest.blocks import RawKind
from ingest.readers.html.line import Line
from ingest.readers.html.noise import class_words
from ingest.readers.html.tables import table_rows
from ingest.readers.outline import clean

_BLOCKS: Final = frozenset(
    "address article aside blockquote body caption center details dialog div fieldset figcaption figure footer form "
    "header hgroup hr html legend main nav p pre search section table tbody td tfoot th thead tr".split()
)
_LISTS: Final = frozenset("ul ol dl menu".split())
_MEMBERS: Final = frozenset("li dt dd".split())
_HEADINGS: Final = frozenset("h1 h2 h3 h4 h5 h6".split())
_BOLD: Final = frozenset("b strong".split())
_BULLET: Final = re.compile(r"(?:[•◦▪▫‣●○∙·]\s*|[*+–—-]\s+)(?=\S)")
_HEADING_CLASS: Final = re.compile(r"\b(?:heading|headline|title|sub ?title|sub ?head(?:ing)?)\b")
_LONGEST_HEADING: Final = 120
_MOST_PIECES: Final = 20
_WRAPPED: Final = 45
"""Shortest line that may go on in the next one, in characters: a shorter one is the member of a list."""


@dataclass(frozen=True, slots=True)
class _Run:
    """Words in one style; a line break where there are none."""

    words: str = ""
    strong: bool = False
    link: bool = False


def lines(element: etree._Element, skipped: frozenset[etree._Element]) -> tuple[Line, ...]:
    """What an element shows, line by line; `skipped` are elements that are left out."""
    reader = _Reader(skipped)
    reader.read(element)
    return tuple(reader.lines)


class _Reader:
    """Walks over an element once; a walk of events, for pages nest deeper than calls may."""

    def __init__(self, skipped: frozenset[etree._Element]) -> None:
        self.lines: list[Line] = []
        self._skipped = skipped
        self._runs: list[_Run] = []
        self._next = Line(RawKind.PARAGRAPH, "")
        self._strong = self._link = self._depth = self._parts = 0
        self._around: list[int] = [0]

    def read(self, top: etree._Element) -> None:
        walk = etree.iterwalk(top, events=("start", "end"))
        for event, element in walk:
            left_out = element in self._skipped and element is not top
            if event == "start":
                if left_out:
                    walk.skip_subtree()
                elif element.tag == "table" and (rows := table_rows(element, self._skipped, self._cell)) is not None:
                    self._flush()
                    self.lines.extend(rows)
                    walk.skip_subtree()
                else:
                    self._begin(element)
                    self._say(element.text)
            else:
                if not left_out:
                    self._end(element)
                if element is not top:
                    self._say(element.tail)
        self._flush()

    def _cell(self, cell: etree._Element) -> str:
        """The words of a table's cell on one line, the items of its lists parted by commas."""
        said = lines(cell, self._skipped)
        listed = sum(line.kind is RawKind.ITEM for line in said) > 1
        return (", " if listed else " ").join(line.words for line in said).replace(":, ", ": ")

    def _begin(self, element: etree._Element) -> None:
        tag = str(element.tag)
        if tag == "br":
            self._runs.append(_Run())
        elif (level := _heading_level(element)) is not None:
            self._flush()
            self._next = Line(RawKind.HEADING, "", level, part=self._around[-1])
        elif tag in _MEMBERS:
            self._flush()
            # A definition is part of what it defines.
            self._parts += tag != "dd"
            self._around.append(self._parts)
            item = Line(RawKind.ITEM, "", max(self._depth, 1), part=self._parts, term=tag == "dt")
            self._next = Line(RawKind.PARAGRAPH, "", part=self._parts) if tag == "dd" else item
        elif tag in _LISTS or tag in _BLOCKS:
            self._flush()
            self._depth += tag in _LISTS
        else:
            self._strong += tag in _BOLD
            self._link += tag == "a"

    def _end(self, element: etree._Element) -> None:
        tag = str(element.tag)
        if _heading_level(element) is not None:
            self._flush()
            self._next = Line(RawKind.PARAGRAPH, "", part=self._around[-1])
        elif tag in _MEMBERS:
            self._flush()
            self._around.pop()
            self._next = Line(RawKind.PARAGRAPH, "", part=self._around[-1])
        elif tag in _LISTS or tag in _BLOCKS:
            self._flush()
            self._depth -= tag in _LISTS
        else:
            self._strong -= tag in _BOLD
            self._link -= tag == "a"

    def _say(self, words: str | None) -> None:
        if words:
            self._runs.append(_Run(words, self._strong > 0, self._link > 0))

    def _flush(self) -> None:
        runs, self._runs = self._runs, []
        heading = self._next.kind is RawKind.HEADING
        for line in [_line(runs)] if heading else _parted(runs):
            if not line.words:
                continue
            bullet = _BULLET.match(line.words)
            here = replace(self._next, words=line.words, strong=line.strong, link=line.link)
            if bullet is not None and here.kind is RawKind.PARAGRAPH:
                here = replace(here, kind=RawKind.ITEM, level=self._depth + 1, words=line.words[bullet.end() :])
            self.lines.append(here)
            self._next = Line(RawKind.PARAGRAPH, "", part=self._around[-1])


def _line(runs: list[_Run]) -> Line:
    if not runs:
        return Line(RawKind.PARAGRAPH, "")
    said = [run for run in runs if run.words.strip()]
    return Line(
        RawKind.PARAGRAPH,
        clean("".join(run.words or " " for run in runs)),
        strong=bool(said) and all(run.strong for run in said),
        link=bool(said) and all(run.link for run in said),
    )


def _parted(runs: list[_Run]) -> list[Line]:
    """The lines that breaks part; a sentence that only goes on in the next line is one."""
    broken: list[list[_Run]] = [[]]
    for run in runs:
        if run.words:
            broken[-1].append(run)
        else:
            broken.append([])
    if len(broken) == 1:
        return [_line(runs)]
    joined: list[list[_Run]] = []
    last = Line(RawKind.PARAGRAPH, "")
    for part in broken:
        line = _line(part)
        wrapped = len(last.words) >= _WRAPPED and not last.words.endswith((".", ":", ";", "!", "?"))
        if wrapped and line.words[:1].islower():
            joined[-1] += [_Run(" "), *part]
        else:
            joined.append(part)
        last = line
    return [_line(part) for part in joined]


def _heading_level(element: etree._Element) -> int | None:
    """The level of a heading, 0 where it states none; None for what is no heading."""
    tag = str(element.tag)
    if tag in _HEADINGS:
        return int(tag[1])
    if element.get("role") == "heading":
        level = element.get("aria-level", "")
        return int(level) if level in tuple("123456") else 0
    opens = tag == "button" and all(around.tag not in _HEADINGS for around in islice(element.iterancestors(), 3))
    return 0 if tag == "summary" or opens or _is_named_heading(element) else None


def _is_named_heading(element: etree._Element) -> bool:
    """Tell a heading that only its class names: one short line that does not end as a sentence does."""
    if element.tag not in {"div", "p"} or not _HEADING_CLASS.search(class_words(element)):
        return False
    said = "".join(map(str, islice(element.itertext(), _MOST_PIECES))).strip()
    inside = (child.tag for child in element.iterdescendants(etree.Element))
    plain = all(tag not in _BLOCKS | _LISTS | _HEADINGS for tag in islice(inside, _MOST_PIECES))
    return 0 < len(said) <= _LONGEST_HEADING and plain and not said.endswith((".", ":", ";", "!"))
