"""The bundled articles: complete front matter, own ids, and no words run together as in an original."""

import re
from itertools import pairwise
from pathlib import Path

import pytest

from ingest.article import BUNDLED, bundled_articles, read_blocks
from ingest.frontmatter import body_start
from ontology.article import Article

ARTICLES = {article.id: article for article in bundled_articles()}
RUN = 7
"""So many words in a row that an original has too would be its wording, not ours."""

NAMES = ["blood-in-cervical-mucus", "blood-in-mucus", "hemoptysis-in-pulmonary-embolism"]


def runs(text: str) -> set[tuple[str, ...]]:
    """Every run of `RUN` words, case and punctuation apart."""
    words = re.findall(r"[a-z0-9]+(?:'[a-z]+)?", text.lower().replace("\u2019", "'"))
    return {tuple(words[start : start + RUN]) for start in range(len(words) - RUN + 1)}


def test_the_bundled_articles_are_named_like_their_files() -> None:
    assert sorted(ARTICLES) == NAMES == sorted(path.stem for path in BUNDLED.iterdir())


@pytest.mark.parametrize("article", ARTICLES.values(), ids=lambda article: article.id)
def test_each_says_who_wrote_it_and_under_which_licence(article: Article) -> None:
    assert (article.licence, article.source.author) == ("CC BY 4.0", "Etiograph contributors")


@pytest.mark.parametrize("article", ARTICLES.values(), ids=lambda article: article.id)
def test_each_names_the_original_whose_facts_it_restates(article: Article, shared: Path) -> None:
    restated = article.restates
    assert restated is not None
    original = (shared / "articles" / f"{article.id}.txt").read_text()
    # Cited without what explains a word of it, so that no whole sentence of the original stands here.
    assert re.sub(r"\(.+?\)", "\u2026", original.partition("\n")[0].strip()) == restated.title
    assert (restated.author is None) == ("\nBy " not in original[:200])
    assert [name for name in (restated.author, restated.publisher) if name and name not in original] == []


@pytest.mark.parametrize("article", ARTICLES.values(), ids=lambda article: article.id)
def test_each_opens_with_its_title_and_skips_no_level_of_heading(article: Article) -> None:
    headings = [
        block for block in read_blocks(article.text, format=article.format) if block.level and block.kind == "heading"
    ]
    assert article.text[headings[0].start : headings[0].end] == article.title
    assert [heading.level for heading in headings].count(1) == 1
    assert all(lower.level <= upper.level + 1 for upper, lower in pairwise(headings))


@pytest.mark.parametrize("article", ARTICLES.values(), ids=lambda article: article.id)
def test_no_seven_words_in_a_row_are_those_of_an_original(article: Article, shared: Path) -> None:
    originals = sorted((shared / "articles").rglob("*.txt"))
    taken = set[tuple[str, ...]]().union(*(runs(path.read_text()) for path in originals))
    assert len(taken) > 1000
    assert runs(article.text[body_start(article.text) :]) & taken == set()
