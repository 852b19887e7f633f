"""Files, folders and standard input to articles: the only place where an article is read from outside.

An article is UTF-8 text, plain or Markdown, or a row of a corpus (`ingest.corpus`). Its text is kept exactly as it
decodes, byte order mark, front matter and line ends included, so that offsets count in the file. Of a web page the
article alone is kept, as an outline (`ingest.readers.outline`), and offsets count in that. What cannot be read is
refused with the reason and with what would help; nothing is repaired or guessed on the way in.
"""

import re
import stat
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

from ingest import corpus
from ingest.address import ADDRESS, fetch
from ingest.blocks import RawBlock, RawKind
from ingest.files import MAX_BYTES, content_of, files_below, mode, refused, too_large
from ingest.frontmatter import IDENTIFIER, body_start, front_matter
from ingest.readers import markdown, outline
from ingest.readers import text as plain
from ingest.readers.decoding import decoded_text, refuse_controls
from ingest.readers.html.page import read_page
from ingest.readers.jats.file import read_jats
from ontology.article import Article
from ontology.errors import InvalidArgument, NothingToRead, UnreadableArticle

FORMATS: Final[dict[str, str]] = {
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".xml": "jats",
    ".nxml": "jats",
}
"""File name ending (lower case) → format."""

TEXT_FORMATS: Final = ("markdown", "outline", "text")
"""Formats of an article's text as it is stored."""

STANDARD_INPUT: Final = "-"
"""The path that stands for standard input."""

BUNDLED: Final = Path(__file__).parent / "articles"
"""The folder of the articles that come with the project."""

_PAGE: Final = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html)\b", re.IGNORECASE)
_XML: Final = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:\?xml|!DOCTYPE\s+article|article)\b")
_MAX_TITLE: Final = 300


def read_articles(
    paths: Iterable[str | Path], *, advance: corpus.Advance | None = None
) -> Iterator[Article | UnreadableArticle]:
    """One article, or the error that says why it is none, for every file or address that `paths` name, in order.

    A corpus stands for the articles in it, read one by one, and a folder for the articles in it and below it, sorted
    by path, hidden ones left out; "-" for standard input. An error is yielded, never raised, so that one bad file does
    not keep the others from being read. `advance` is told of the bytes read.
    """
    for path in paths:
        try:
            if str(path) == STANDARD_INPUT:
                yield _read_standard_input()
            elif ADDRESS.match(str(path)):
                yield _read_address(str(path))
            elif mode(Path(path)) == stat.S_IFDIR:
                yield from _read_folder(Path(path), advance)
            else:
                yield from _read_file(Path(path), advance)
        except UnreadableArticle as error:
            yield error


def input_size(paths: Iterable[str | Path]) -> int | None:
    """The bytes of all files that `read_articles` would read; None where that cannot be told beforehand."""
    size = 0
    for path in map(Path, paths):
        try:
            if not path.exists():
                return None
            files = files_below(path, _is_known) if path.is_dir() else [path]
            size += sum(each.stat().st_size for each in files if isinstance(each, Path))
        except (OSError, ValueError):
            return None
    return size


def read_article(path: Path) -> Article:
    """The article in one file.

    Raises:
        NothingToRead: no such file; the reason suggests names that are near.
        UnreadableArticle: the file is of another format, too large, empty, binary, no UTF-8, or may not be read.
    """
    sort = mode(path)
    known = FORMATS.get(path.suffix.lower())
    if sort == stat.S_IFDIR:
        raise UnreadableArticle(str(path), "a folder, not a file")
    if sort != stat.S_IFREG:
        raise UnreadableArticle(str(path), "not a regular file; pipe its content to '-' instead")
    if known is None:
        ending = f"'{path.suffix}'" if path.suffix else "a name without ending"
        raise UnreadableArticle(str(path), f"{ending} is no format read here ({_known_formats()})")
    return _article(content_of(path), source=str(path), id=identifier(path.stem), format=known)


def parse_article(text: str, *, id: str, format: str) -> Article:
    """The article whose text is `text`; `id` is used where its front matter has none.

    Its title is that of the front matter, else the first heading, else the first line, else the id.

    Raises:
        UnreadableArticle: the front matter cannot be read, or the text is empty.
        InvalidArgument: `id` cannot be an article's id, or `format` is none of `TEXT_FORMATS`.
    """
    if not IDENTIFIER.fullmatch(id):
        raise InvalidArgument("id", id, "up to 128 letters, digits, '.', '_' and '-'")
    if not text.strip().strip("\ufeff\u200b"):
        raise UnreadableArticle(id, "empty: there is no text in it")
    stated = front_matter(text, source=id) if format == "markdown" else None
    title = (stated and stated.title) or _title(text, read_blocks(text, format=format)) or id
    if stated is None:
        return Article(id=id, title=title, text=text, format=format)
    return Article(
        id=stated.id or id,
        title=title,
        text=text,
        format=format,
        source=stated.source,
        licence=stated.licence,
        restates=stated.restates,
    )


def read_blocks(text: str, *, format: str) -> tuple[RawBlock, ...]:
    """The blocks of a text in its format, in order.

    Raises:
        InvalidArgument: `format` is none of `TEXT_FORMATS`.
    """
    if format == "markdown":
        return markdown.blocks(text)
    if format == "outline":
        return outline.blocks(text)
    if format == "text":
        return plain.blocks(text)
    raise InvalidArgument("format", format, " or ".join(map(repr, TEXT_FORMATS)))


def bundled_articles() -> tuple[Article, ...]:
    """The articles that come with the project, by id."""
    return tuple(sorted((read_article(path) for path in BUNDLED.glob("*.md")), key=lambda article: article.id))


def identifier(stem: str) -> str:
    """An article's id from a file's stem: the stem itself where it can be one, else its nearest spelling."""
    if IDENTIFIER.fullmatch(stem):
        return stem
    ascii_only = unicodedata.normalize("NFKD", stem).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^A-Za-z0-9._-]+", "-", ascii_only).strip("-._")[:128]
    # A stem in another script leaves nothing behind; its code points still tell it from the next one.
    return slug or ("article-" + "-".join(f"{ord(character):x}" for character in stem))[:128].strip("-")


def _article(content: bytes, *, source: str, id: str, format: str | None, charset: str | None = None) -> Article:
    if len(content) > MAX_BYTES:
        raise too_large(source, f"more than {MAX_BYTES:,} bytes")
    if not content.strip():
        raise UnreadableArticle(source, "empty: there is no text in it")
    if format == "html" or (format is None and _PAGE.match(content)):
        return read_page(content, id=id, source=source, charset=charset)
    if format == "jats" or (format is None and _XML.match(content)):
        return read_jats(content, id=id, source=source)
    text = decoded_text(content, source=source, charset=charset)
    read_as = format or ("markdown" if body_start(text) else "text")
    try:
        return parse_article(text, id=id, format=read_as)
    except UnreadableArticle as error:
        raise UnreadableArticle(source, error.reason) from error


def _read_address(url: str) -> Article:
    found = fetch(url)
    path = Path(unquote(urlsplit(found.url).path))
    stem = path.stem if path.suffix.lower() in FORMATS else path.name
    if stem in {"", "index"}:
        stem = path.parent.name or urlsplit(found.url).hostname or "page"
    # A server may give Markdown and JATS out as plain text, and anything else there is text.
    named = FORMATS.get(path.suffix.lower(), found.format)
    format = named if found.format == "text" and named == "markdown" else found.format
    query = urlsplit(found.url).query
    id = identifier(f"{stem}-{query}" if query else stem)
    article = _article(found.content, source=url, id=id, format=format, charset=found.charset)
    return replace(article, source=replace(article.source, url=article.source.url or found.url))


def _read_standard_input() -> Article:
    content = sys.stdin.buffer.read(MAX_BYTES + 1)
    return _article(content, source="standard input", id="stdin", format=None)


def _read_file(path: Path, advance: corpus.Advance | None) -> Iterator[Article | UnreadableArticle]:
    """The article in a file, or those of a corpus; an error in place of each that cannot be read."""
    try:
        if not corpus.is_corpus(path):
            yield read_article(path)
        elif mode(path) == stat.S_IFREG:
            yield from map(_of_row, corpus.read_rows(path, advance=advance))
            return
        else:
            raise UnreadableArticle(str(path), "not a regular file; pipe an article to '-' instead")
    except UnreadableArticle as error:
        yield error
    except OSError as error:
        yield refused(path, error)
    if advance is not None and path.is_file():
        advance(path.stat().st_size)


def _of_row(row: corpus.Row | UnreadableArticle) -> Article | UnreadableArticle:
    if isinstance(row, UnreadableArticle):
        return row
    try:
        refuse_controls(row.text, row.source)
    except UnreadableArticle as error:
        return error
    id = identifier(row.id)
    if row.about.title is None:
        return replace(parse_article(row.text, id=id, format="text"), source=row.about)
    title = " ".join(row.about.title.split())[:_MAX_TITLE] or id
    return Article(id=id, title=title, text=row.text, format="text", source=row.about)


def _read_folder(folder: Path, advance: corpus.Advance | None) -> Iterator[Article | UnreadableArticle]:
    read = False
    for path in files_below(folder, _is_known):
        read = True
        if isinstance(path, UnreadableArticle):
            yield path
        else:
            yield from _read_file(path, advance)
    if not read:
        yield NothingToRead(str(folder), f"a folder without articles ({_known_formats()})")


def _is_known(path: Path) -> bool:
    return path.suffix.lower() in FORMATS or corpus.is_corpus(path)


def _known_formats() -> str:
    return "read are " + ", ".join(f"*{ending}" for ending in (*FORMATS, *corpus.ENDINGS))


def _title(text: str, blocks: tuple[RawBlock, ...]) -> str | None:
    """The first heading, else the first line of the first block, on one line; None for a text without blocks."""
    headings = [block for block in blocks if block.kind is RawKind.HEADING]
    for block in (*headings, *blocks):
        words = text[block.start : block.end]
        line = words if block.kind is RawKind.HEADING else words.splitlines()[0]
        return " ".join(line.split())[:_MAX_TITLE]
    return None
