"""Lines of a page to the passages of its article: what each is taken for, and which are left out.

A bold line over a text is its heading, a bold name over its explanation is a label ("Antibiotics: …"). Sections of
references, comments and related articles, notices, and lists of links that nothing introduces are left out.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from ingest.blocks import RawKind
from ingest.readers.html.leftovers import is_leftover, opens_leftovers
from ingest.readers.html.line import Line
from ingest.readers.outline import Passage

_MOST_HEADING_WORDS: Final = 12
_DEEPEST: Final = 6
_LINKS_OF_A_LIST: Final = 3


def passages(lines: Iterable[Line], *, title: str | None = None) -> tuple[Passage, ...]:
    """The passages of an article in order; `title` stands first, where no line says it. () for a page of leftovers."""
    levelled = tuple(_with_levels(tuple(_with_labels(lines)), title))
    kept = _with_title(tuple(_without_leftovers(levelled)), title)
    return tuple(Passage(line.kind, line.words, line.level) for line in _without_link_lists(kept))


def _with_labels(lines: Iterable[Line]) -> Iterator[Line]:
    """The lines, a name and its explanation made one."""
    label: Line | None = None
    for line in lines:
        if label is not None and line.part == label.part and line.kind is RawKind.PARAGRAPH:
            yield replace(label, words=f"{label.words.rstrip(' :')}: {line.words}", strong=False)
            label = None
            continue
        if label is not None:
            yield label
        label = line if _is_label(line) else None
        if label is None:
            yield replace(line, kind=RawKind.HEADING, level=0) if _asks(line) else line
    if label is not None:
        yield label


def _is_label(line: Line) -> bool:
    names = line.kind is RawKind.ITEM and (line.term or line.strong)
    return names and _is_short(line) and not line.words.endswith("?")


def _asks(line: Line) -> bool:
    """Tell a question whose answer is its definition."""
    return line.term and line.words.endswith("?")


def _with_levels(lines: tuple[Line, ...], title: str | None) -> Iterator[Line]:
    """The lines, each heading with a level; one without, and a bold line over a text, is one deeper than the last."""
    level = 1
    for position, line in enumerate(lines):
        after = lines[position + 1] if position + 1 < len(lines) else None
        if line.kind is RawKind.HEADING and line.level:
            level = line.level
            yield line
        elif line.kind is RawKind.HEADING or (after is not None and _stands_over(line, after)):
            level = 1 if _says(line, title) else level
            deeper = 1 if _says(line, title) else min(level + 1, _DEEPEST)
            yield replace(line, kind=RawKind.HEADING, level=deeper)
        else:
            yield line


def _stands_over(line: Line, after: Line) -> bool:
    bold = line.kind is RawKind.PARAGRAPH and line.strong and not line.part
    return bold and _is_short(line) and after.kind is not RawKind.HEADING and not after.strong


def _is_short(line: Line) -> bool:
    return len(line.words.split()) <= _MOST_HEADING_WORDS and not line.words.endswith((".", ";", ",", "!"))


def _without_leftovers(lines: Iterable[Line]) -> Iterator[Line]:
    """The lines without those about the page, and without sections that are not the article's."""
    above: int | None = None
    for line in lines:
        if line.kind is RawKind.HEADING and (above is None or line.level <= above):
            above = line.level if opens_leftovers(line.words) else None
        if above is None and (line.kind is RawKind.HEADING or not is_leftover(line.words)):
            yield line


def _with_title(lines: tuple[Line, ...], title: str | None) -> tuple[Line, ...]:
    """The lines from the page's title on, which is said once; one that no heading says is put first."""
    if not lines or title is None:
        return lines
    said = [position for position, line in enumerate(lines) if line.kind is RawKind.HEADING and _says(line, title)]
    first = said[0] if said else 0
    if not any(line.kind is not RawKind.HEADING and not line.link for line in lines[:first]):
        lines = lines[first:]
    lines = tuple(line for line in lines if line.kind is RawKind.HEADING or not _says(line, title))
    if said or any(line.kind is RawKind.HEADING and line.level == 1 for line in lines):
        return lines
    return (Line(RawKind.HEADING, title, 1), *lines)


def _says(line: Line, title: str | None) -> bool:
    return title is not None and line.words.casefold() == title.casefold()


def _without_link_lists(lines: tuple[Line, ...]) -> Iterator[Line]:
    """The lines without runs of links; a heading or a lead-in before a list of links makes it a list of things."""
    run: list[Line] = []
    before: Line | None = None
    for line in lines:
        if line.link and line.kind is not RawKind.HEADING:
            run.append(line)
            continue
        yield from _kept_links(run, before)
        run = []
        before = line
        yield line
    yield from _kept_links(run, before)


def _kept_links(run: list[Line], before: Line | None) -> list[Line]:
    introduced = before is not None and (
        before.kind is not RawKind.PARAGRAPH or before.words.endswith(":") or before.level == 1
    )
    listed = all(line.kind is RawKind.ITEM for line in run) and len(run) < _LINKS_OF_A_LIST
    return run if introduced or listed else []
