"""A web page to the article on it.

The stored text is the article alone, as an outline (`ingest.readers.outline`): navigation, cookie bars, bylines,
related articles, comments, references, forms and what is hidden are left out. Offsets count in that text.
"""

from ingest.blocks import RawKind
from ingest.readers.decoding import decoded
from ingest.readers.html.content import main_content
from ingest.readers.html.description import first_heading, licence_of, source_of, title_of
from ingest.readers.html.noise import noise
from ingest.readers.html.passages import lines
from ingest.readers.html.structure import passages
from ingest.readers.html.tree import page as page_of
from ingest.readers.outline import outline
from ontology.article import Article
from ontology.errors import UnreadableArticle


def read_page(content: bytes, *, id: str, source: str, charset: str | None = None) -> Article:
    """The article on a page; `charset` is what its server said.

    Raises:
        UnreadableArticle: `source` is no page, is built to exhaust a reader, or has no prose on it.
    """
    page = page_of(decoded(content, source=source, charset=charset), source=source)
    skipped = noise(page.root)
    title = first_heading(page, skipped) or title_of(page)
    written = outline(passages(lines(main_content(page.root, skipped), skipped), title=title))
    if all(block.kind is RawKind.HEADING for block in written.blocks):
        reason = "no article on the page: there is no text outside its menus, forms, notices and scripts; if a browser"
        raise UnreadableArticle(source, f"{reason} shows one, save the page there once it has loaded")
    return Article(
        id=id,
        title=title or id,
        text=written.text,
        format="outline",
        source=source_of(page),
        licence=licence_of(page),
    )
