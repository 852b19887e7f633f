"""Pages and files made to break a reader, and scripts it rarely sees: each a message or the article, never a crash."""

import socket
import zlib
from contextlib import suppress
from pathlib import Path

import pytest
import realworld
from hypothesis import given
from hypothesis import strategies as st

from ingest.article import parse_article, read_article, read_blocks
from ingest.extract import extract
from ingest.readers.html.page import read_page
from ingest.readers.jats.file import read_jats
from ingest.readers.outline import blocks
from ontology.article import Article
from ontology.errors import UnreadableArticle

MILLION = 1_000_000
SENTENCE = "Asthma can cause a cough."
REFERS = b"<article><body><p>&x;</p></body></article>"


def page(content: str) -> Article:
    """The article on a page with this content."""
    return read_page(content.encode(), id="a", source="a.html")


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("<p>x" + "<div>" * MILLION, "a page of 1,000,001 tags; at most 500,000 are read"),
        ("<p>" + "word " * 2_500_000, "more than 10,000,000 characters without a tag; part the page into articles"),
        (
            "<b>" * 400_000 + "x",
            "tags nested more than 256 deep, as no page for readers is; save what it shows as text instead",
        ),
        (
            "<p " + " ".join(f"a{n}" for n in range(200_000)) + ">x",
            "a tag of more than 200 attributes, which no page needs",
        ),
        (
            "<p " + "/".join(f"a{n}=''" for n in range(200_000)) + ">x",
            "a tag of more than 200 attributes, which no page needs",
        ),
        (("<p " + "ab " * 190 + ">x") * 10_000, "tags of more than 1,000,000 attributes in all"),
    ],
    ids=["a-million-tags", "without-a-tag", "deep", "attributes", "attributes-without-spaces", "attributes-in-all"],
)
def test_a_page_built_to_exhaust_a_reader_is_refused_with_the_reason(content: str, expected: str) -> None:
    with pytest.raises(UnreadableArticle) as refused:
        page(content)
    assert refused.value.reason == expected


@pytest.mark.parametrize(
    "content",
    [
        "<ul><li>" * 120 + SENTENCE,
        "<blockquote>" * 250 + SENTENCE,
        '<div class="related title">' * 240 + f"<p>{SENTENCE}</p>" * 200,
        "<table><tr><td>a<td>" * 80 + SENTENCE,
        "<dl><dd>" * 120 + SENTENCE,
        "<p>" + "<img>" * 50_000 + SENTENCE,
        "<p>" + "<span hidden>x</span> " * 50_000 + SENTENCE,
        f"<p>{SENTENCE}<br>" * 5_000,
        "<p>" + "a line that is long enough to have been wrapped<br>" * 5_000 + SENTENCE,
        "<script>" * 50_000 + f"</script><p>{SENTENCE}",
        "<!-- x -->" * 100_000 + f"<p>{SENTENCE}",
        f"<title>{' : x' * 100_000}</title><p>{SENTENCE}",
        f"<p>{SENTENCE}{' ' * 5_000_000}",
        f"<p>{'[(' * 500_000}{SENTENCE}",
    ],
)
def test_odd_pages_are_read_and_their_blocks_come_back(content: str) -> None:
    article = page(content)
    assert SENTENCE in article.text
    found = blocks(article.text)
    assert all(article.text[block.start : block.end].strip() for block in found)
    assert "".join(article.text[block.start : block.end] for block in found).replace(" ", "") == "".join(
        line.lstrip("#- ") for line in article.text.splitlines()
    ).replace(" ", "")


def test_deeply_nested_lists_keep_their_depth_and_are_extracted() -> None:
    article = page("<p>Signs of asthma include:" + "<ul><li>cough" * 60)
    assert [block.level for block in blocks(article.text)] == list(range(61))
    assert all(article.text[e.start : e.end] == e.quote for claim in extract(article).claims for e in claim.evidence)


@pytest.mark.parametrize(
    "words",
    [
        "\u05d0\u05e1\u05ea\u05de\u05d4 \u202b(asthma)\u202c causes coughing.",
        "Asthma\u0301 cause\u0301s a cough.",
        "\u0639\u0631\u0628\u064a\u200c\u0629 asthma causes cough \U0001f637.",
        "Asthma \u2067causes\u2069 a cough.",
    ],
)
def test_scripts_from_right_to_left_and_combining_characters_are_kept_as_they_are(words: str) -> None:
    article = page(f"<h1>\u05d0</h1><p>{words}</p>")
    assert article.text == f"# \u05d0\n\n{words}\n"
    second = blocks(article.text)[1]
    assert article.text[second.start : second.end] == words
    for claim in extract(article).claims:
        for evidence in claim.evidence:
            assert article.text[evidence.start : evidence.end] == evidence.quote


def test_an_article_without_a_sentence_makes_no_claim() -> None:
    assert extract(page("<ul><li>42<li>17</ul>")).claims == ()


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("tags.html", b"<p>x" + b"<div>" * MILLION, "a page of 1,000,001 tags"),
        ("deep.htm", b"<i>" * 1_000 + b"x", "nested more than 256 deep"),
        ("null.html", b"<p>Asthma\0 can cause a cough.", "binary: a NUL character at offset 9"),
        ("paper.html", b"%PDF-1.7\n%\xe2\xe3", "a PDF, not a page"),
        ("packed.html", b"\x1f\x8b" + zlib.compress(b"x"), "gzip-compressed, not a page"),
        ("empty.html", b"<nav>Home</nav><script>go()</script><h1>Wait</h1>", "no article on the page"),
        ("away.xml", b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/motd">]>' + REFERS, "entities are never resolved"),
        ("laughs.xml", b'<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY x "&a;&a;">]>' + REFERS, "entities are never resolved"),
        ("feed.xml", b"<rss><item/></rss>", "no JATS article"),
        ("deep.nxml", b"<article><body>" + b"<sec>" * 1_000, "no XML that can be read"),
    ],
)  # fmt: skip
def test_bad_input_is_a_message_and_leaves_the_store_as_it_was(
    tmp_path: Path, name: str, content: bytes, expected: str
) -> None:
    store, bad, good = tmp_path / "store", tmp_path / name, tmp_path / "good.html"
    bad.write_bytes(content)
    _, said = realworld.etiograph_here("ingest", "--data", store, bad, code=1)
    assert f"{bad}: " in said
    assert expected in said
    assert not store.exists()
    good.write_text(f"<h1>Asthma</h1><p>{SENTENCE}")
    lines, _ = realworld.etiograph_here("extract", bad, good, code=1)
    assert len(lines.splitlines()) == 1


def test_a_file_of_200_megabytes_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.html"
    with path.open("wb") as file:
        file.truncate(200_000_000)
    with pytest.raises(UnreadableArticle, match="too large: 200,000,000 bytes"):
        read_article(path)


def test_nothing_that_a_file_points_to_is_ever_asked_for() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0)
        place = f"http://127.0.0.1:{listening.getsockname()[1]}/x"
        entity = f'<?xml version="1.0" encoding="utf-16"?><!DOCTYPE a [<!ENTITY x SYSTEM "{place}">]>{REFERS.decode()}'
        with pytest.raises(UnreadableArticle, match="declares the entity 'x'"):
            read_jats(entity.encode("utf-16"), id="a", source="a.xml")
        table = f'<!DOCTYPE article SYSTEM "{place}"><article><body><p>{SENTENCE}</p></body></article>'
        assert read_jats(table.encode(), id="a", source="a.xml").text == f"{SENTENCE}\n"
        assert page(f"<link rel=stylesheet href={place}><img src={place}><p>{SENTENCE}").text == f"{SENTENCE}\n"
        with pytest.raises(BlockingIOError):
            listening.accept()


TAGS = (
    "p div ul ol li dl dt dd table tr td th h1 h2 h6 b strong a span br sup article main nav aside details summary"
).split()
WORDS = st.text(alphabet=st.sampled_from("aB -#•*:.?\n\u00a0\u00ad\u0301\u05d0&<"), max_size=12)
NAMES = st.sampled_from(["", ' class="related"', ' class="title"', " hidden", ' href="#x"', ' role="main"', ' id="'])
TREES = st.recursive(
    WORDS,
    lambda inside: st.builds(
        lambda tag, name, parts, closed: f"<{tag}{name}>{''.join(parts)}" + (f"</{tag}>" if closed else ""),
        st.sampled_from(TAGS),
        NAMES,
        st.lists(inside, max_size=4),
        st.booleans(),
    ),
    max_leaves=25,
)


@given(st.lists(TREES, max_size=5).map("".join))
def test_any_page_is_refused_or_its_blocks_come_back_from_its_text(content: str) -> None:
    try:
        article = page(content)
    except UnreadableArticle:
        return
    found = read_blocks(article.text, format="outline")
    assert found == parse_and_read(article)
    words = [article.text[block.start : block.end] for block in found]
    assert all(each == " ".join(each.split()) != "" for each in words)
    assert (
        page("".join(f"<p>{each.replace('&', '&amp;').replace('<', '&lt;')}</p>" for each in words)).format == "outline"
    )


def parse_and_read(article: Article) -> object:
    """The blocks of an article as the store gives it back."""
    stored = parse_article(article.text, id=article.id, format=article.format)
    return read_blocks(stored.text, format=stored.format)


@given(st.binary(max_size=200))
def test_any_bytes_are_refused_or_read(content: bytes) -> None:
    for read in (read_page, read_jats):
        with suppress(UnreadableArticle):
            assert read(content, id="a", source="a").format == "outline"
