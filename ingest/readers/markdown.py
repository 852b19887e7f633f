"""Markdown to blocks, by CommonMark with tables.

Paragraphs, headings, list items and table cells are blocks; code, HTML, images alone in a paragraph and front matter
are none. The parser says which lines a block spans and what it holds; the offsets come from finding that in the
lines. Markup inside a sentence (`*so*`, links, the `>` of a quotation's further lines) stays in the block: offsets
count in the file, and a block is one stretch of it.
"""

import re
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.token import Token

from ingest.blocks import RawBlock, RawKind
from ingest.frontmatter import body_start

_LINE: Final = re.compile(r"\r\n?|\n")
_EMPHASIS: Final = re.compile(r"(\*\*|__|\*|_)(?=\S)((?:(?!\1).)+)(?<=\S)\1", re.DOTALL)
_SILENT: Final = frozenset({"image", "softbreak", "hardbreak", "html_inline"})


def blocks(text: str) -> tuple[RawBlock, ...]:
    """The blocks of a Markdown text in order, a table's cells row by row; () for a text without prose."""
    base = body_start(text)
    body = text[base:]
    # Written as an escape, a mark at the very start would hide the first line's own marker from the parser.
    if body.startswith("\ufeff"):
        base, body = base + 1, body[1:]
    lines = _lines(body, base)
    found: list[RawBlock] = []
    kind, level, depth = RawKind.PARAGRAPH, 0, 0
    cell_from = 0
    for token in MarkdownIt("commonmark").enable("table").parse(body):
        if token.type in {"bullet_list_open", "ordered_list_open"}:
            depth += 1
        elif token.type in {"bullet_list_close", "ordered_list_close"}:
            depth -= 1
        elif token.type == "list_item_open":
            kind, level = RawKind.ITEM, depth
        elif token.type == "heading_open":
            kind, level = RawKind.HEADING, int(token.tag[1:])
        elif token.type == "tr_open":
            cell_from = 0
        elif token.type in {"heading_close", "paragraph_close", "list_item_close"}:
            kind, level = RawKind.PARAGRAPH, 0
        elif token.type == "inline" and _says_something(token) and token.map is not None:
            start, end = _span(text, lines, token, cell_from)
            cell_from = end
            start, end = _without_emphasis(text, start, end)
            found.append(RawBlock(kind, start, end, level))
    return tuple(found)


def _lines(body: str, base: int) -> tuple[tuple[int, int], ...]:
    """Start and end of each line, without its line break, as the parser counts lines."""
    starts = [base, *(base + match.end() for match in _LINE.finditer(body))]
    ends = [*(base + match.start() for match in _LINE.finditer(body)), base + len(body)]
    return tuple(zip(starts, ends, strict=True))


def _says_something(token: Token) -> bool:
    return bool(token.content.strip()) and any(child.type not in _SILENT for child in token.children or ())


def _span(text: str, lines: tuple[tuple[int, int], ...], token: Token, earliest: int) -> tuple[int, int]:
    """Where the content of an inline token stands; `earliest` keeps equal cells of one row apart."""
    first_line = token.map[0] if token.map else 0
    held = token.content.strip().split("\n")
    begin, stop = lines[first_line]
    start, end = _find(text, held[0].strip(), max(begin, earliest), stop)
    if len(held) > 1:
        begin, stop = lines[first_line + len(held) - 1]
        end = _find(text, held[-1].strip(), begin, stop)[1]
    return start, end


def _find(text: str, content: str, begin: int, stop: int) -> tuple[int, int]:
    """Where `content` stands in a line; a pipe of a table cell may be written with a backslash."""
    pattern = re.escape(content).replace(r"\|", r"\\?\|")
    match = re.compile(pattern).search(text, begin, stop)
    return match.span() if match else (begin, stop)


def _without_emphasis(text: str, start: int, end: int) -> tuple[int, int]:
    """The same stretch without emphasis that wraps all of it."""
    match = _EMPHASIS.fullmatch(text, start, end)
    return match.span(2) if match else (start, end)
