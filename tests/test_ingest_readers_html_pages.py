"""Whole pages as sites build them, in our words, and articles laid into such pages: what is read is the article.

`pages/*.html` are the pages, the `.txt` beside each is the text its article is stored with.
"""

from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from ingest.article import bundled_articles, parse_article, read_article, read_blocks
from ingest.blocks import RawKind
from ingest.extract import extract
from ingest.frontmatter import body_start
from ingest.readers.html.page import read_page
from ontology.article import Article, Source

PAGES = Path(__file__).parent / "pages"
SHELL = (PAGES / "shell.html").read_text()
WHOLE = sorted(page for page in PAGES.glob("*.html") if page.stem != "shell")


@pytest.mark.parametrize("page", WHOLE, ids=lambda page: page.stem)
def test_of_a_page_the_article_alone_is_stored(page: Path) -> None:
    article = read_article(page)
    assert article.text == page.with_suffix(".txt").read_text()
    assert [article.text[block.start : block.end] for block in read_blocks(article.text, format="outline")] == [
        line.strip().removeprefix("#" * 4).lstrip("#").removeprefix("- ").strip()
        for line in article.text.splitlines()
        if line
    ]


def test_what_pages_say_of_themselves_is_kept() -> None:
    said = {page.stem: read_article(page) for page in WHOLE}
    assert {name: (article.title, article.source, article.licence) for name, article in said.items()} == {
        "blog": ("Why does my heel hurt?", Source(publisher="Stride Physio", date="2021-11-03"), None),
        "divs": ("Motion Sickness", Source(), None),
        "encyclopedia": (
            "Sialolithiasis",
            Source(url="https://openpedia.example/wiki/Sialolithiasis"),
            "https://creativecommons.org/licenses/by-sa/4.0/deed.en",
        ),
        "hospital": ("Carpal tunnel syndrome", Source(author="Lakeside Hospital Staff", date="2022-05-10"), None),
        "institute": ("Heat Rash", Source(publisher="National Skin Institute"), "Public domain"),
        "portal": (
            "Gallstones: Signs, Causes and Care",
            Source(
                author="Rosa Whitfield",
                publisher="Wellspring Health",
                date="2023-09-14",
                url="https://wellspring.example/conditions/gallstones",
            ),
            None,
        ),
    }


@pytest.mark.parametrize("article", bundled_articles(), ids=lambda article: article.id)
def test_an_article_makes_the_same_claims_on_a_page_as_in_markdown(article: Article) -> None:
    rendered = MarkdownIt("commonmark").enable("table").render(article.text[body_start(article.text) :])
    assert _claims(_on_a_page(rendered)) == _claims(article)


def test_an_original_makes_the_same_claims_on_a_page_as_in_plain_text(shared: Path) -> None:
    for path in sorted((shared / "articles").glob("*.txt")):
        article = read_article(path)
        parts = []
        for block in read_blocks(article.text, format=article.format):
            words = article.text[block.start : block.end].replace("&", "&amp;").replace("<", "&lt;")
            item = f"{'<ul>' * block.level}<li>{words}</li>{'</ul>' * block.level}"
            heading = f"<h{block.level}>{words}</h{block.level}>"
            parts.append({RawKind.ITEM: item, RawKind.HEADING: heading}.get(block.kind, f"<p>{words}</p>"))
        assert _claims(_on_a_page("\n".join(parts))) == _claims(article)


def _on_a_page(rendered: str) -> Article:
    page = SHELL.replace("<!-- article -->", rendered)
    assert page != SHELL
    return read_page(page.encode(), id="page", source="page.html")


def _claims(article: Article) -> set[tuple[str, str, str, bool]]:
    extraction = extract(article)
    again = parse_article(article.text, id=article.id, format=article.format)
    assert extract(again).claims == extraction.claims
    return {(claim.subject, claim.predicate.value, claim.object, claim.negated) for claim in extraction.claims}
