"""What of a journal's article in JATS XML becomes its text, and what is refused."""

from pathlib import Path

import pytest

from ingest.article import read_article, read_blocks
from ingest.readers.jats.file import read_jats
from ontology.article import Source
from ontology.errors import UnreadableArticle

JATS = Path(__file__).parent / "jats"


@pytest.mark.parametrize("name", ["snoring.xml", "snoring.nxml"])
def test_title_abstract_and_body_are_stored_without_references_and_back_matter(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes((JATS / "snoring.nxml").read_bytes())
    article = read_article(tmp_path / name)
    assert article.text == (JATS / "snoring.txt").read_text()
    assert (article.id, article.title, article.format) == ("snoring", "Snoring and the heart", "outline")
    assert article.licence == "https://creativecommons.org/licenses/by/4.0/"
    assert article.source == Source(
        author="Ada B Example, The Snore Group",
        publisher="Annals of Examples",
        date="2020-07-04",
        url="https://doi.org/10.5555/example.1",
    )
    assert len(read_blocks(article.text, format=article.format)) == article.text.count("\n\n") + 1


def read(body: str, *, doctype: str = "") -> str:
    """The text of a JATS article with this body."""
    content = f"{doctype}<article><body>{body}</body></article>"
    return read_jats(content.encode(), id="a", source="a.xml").text


def test_the_address_is_that_of_pubmed_central_where_there_is_no_doi() -> None:
    identifier = "<article-id pub-id-type='pmcid'>PMC77</article-id>"
    meta = f"<article-meta>{identifier}<pub-date><year>1999</year></pub-date></article-meta>"
    content = f"<article><front>{meta}</front><body><p>Text.</p></body></article>".encode()
    found = read_jats(content, id="a", source="a.xml").source
    assert found == Source(url="https://pmc.ncbi.nlm.nih.gov/articles/PMC77/", date="1999")


def test_characters_named_by_the_journals_tables_are_read_though_no_table_is_opened() -> None:
    doctype = '<!DOCTYPE article PUBLIC "-//NLM//DTD Journal//EN" "journalpublishing.dtd">'
    assert read("<p>TNF-&alpha; &amp; &#946; rise&unheard;.</p>", doctype=doctype) == "TNF-\u03b1 & \u03b2 rise.\n"


def test_an_article_inside_another_file_format_is_found() -> None:
    article = b"<article xmlns='https://jats.nlm.nih.gov'><body><p>Text.</p></body></article>"
    content = b"<pmc-articleset>" + article + b"</pmc-articleset>"
    assert read_jats(content, id="a", source="a.xml").text == "Text.\n"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (
            '<!DOCTYPE article [<!ENTITY x SYSTEM "file:///etc/passwd">]><article><body><p>&x;</p></body></article>',
            "it declares the entity 'x'; entities are never resolved, so write what it stands for in its place",
        ),
        (
            '<!DOCTYPE article [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><article><body><p>&b;</p></body></article>',
            "it declares the entity 'a'; entities are never resolved, so write what it stands for in its place",
        ),
        (
            '<!DOCTYPE article [<!ENTITY % p SYSTEM "http://127.0.0.1/x.dtd"> %p;]><article/>',
            "it declares the entity 'p'; entities are never resolved, so write what it stands for in its place",
        ),
        (
            "<rss><channel/></rss>",
            "no JATS article (its outermost tag is <rss>); JATS has <article> with <front> and <body>",
        ),
        ("<article/>", "no JATS article: its <article> has neither <front> nor <body>"),
        (
            "<s><article><body/></article><article><body/></article></s>",
            "no JATS article (2 articles, one a file is read); JATS has <article> with <front> and <body>",
        ),
        (
            "<article><front/><body><sec><title>Only</title></sec></body></article>",
            "no text in the article: it has neither an abstract nor a body with paragraphs",
        ),
        ("<article/>" * 500_001, "a file of 500,001 tags; at most 500,000 are read"),
    ],
)
def test_what_is_no_jats_article_is_refused_with_the_reason(content: str, expected: str) -> None:
    with pytest.raises(UnreadableArticle) as refused:
        read_jats(content.encode(), id="a", source="a.xml")
    assert refused.value.reason == expected


@pytest.mark.parametrize(
    "content", ["<article><body>" + "<sec>" * 1_000 + "x", "<article><body><p>x</body>", "%PDF-1.4"]
)
def test_what_is_no_xml_or_nested_without_end_is_refused(content: str) -> None:
    with pytest.raises(UnreadableArticle, match="no XML that can be read"):
        read_jats(content.encode(), id="a", source="a.xml")


def test_entities_hidden_by_an_encoding_are_refused_as_well() -> None:
    content = '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE article [<!ENTITY x "y">]><article><body/></article>'
    with pytest.raises(UnreadableArticle, match="declares the entity 'x'"):
        read_jats(content.encode("utf-16"), id="a", source="a.xml")
