"""Reading articles: what is read, and how each thing that is no article is refused."""

import io
import os
import sys
from pathlib import Path

import pytest

from ingest.article import identifier, parse_article, read_article, read_articles, read_blocks
from ingest.files import MAX_BYTES
from ontology.article import Article, Source
from ontology.errors import InvalidArgument, NothingToRead, UnreadableArticle

FULL_FRONT_MATTER = """\
---
id: asthma.2
title: "Asthma:  in short"
licence: CC BY 4.0
author: [A. Writer, B. Reader]
date: 2024-05-06
tags: [lungs]
restates:
  title: All about asthma
  publisher: Lung House
  url: https://example.org/asthma
---
# Another title
"""


KNOWN = "read are *.txt, *.text, *.md, *.markdown, *.html, *.htm, *.xhtml, *.xml, *.nxml, *.jsonl, *.jsonl.gz"


def give_standard_input(monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))


def reason(path: Path) -> str:
    """The whole message with which `path` is refused, the folder of the test left out."""
    with pytest.raises(UnreadableArticle) as refused:
        read_article(path)
    return str(refused.value).replace(f"{path.parent}{os.sep}", "", 1)


def test_front_matter_describes_the_article_and_stays_in_its_text() -> None:
    assert parse_article(FULL_FRONT_MATTER, id="stem", format="markdown") == Article(
        id="asthma.2",
        title="Asthma: in short",
        text=FULL_FRONT_MATTER,
        format="markdown",
        source=Source(author="A. Writer, B. Reader", date="2024-05-06"),
        licence="CC BY 4.0",
        restates=Source(title="All about asthma", publisher="Lung House", url="https://example.org/asthma"),
    )


def test_front_matter_is_markdown_only() -> None:
    article = parse_article("---\nid: other\n---\nText.", id="stem", format="text")
    assert (article.id, article.title) == ("stem", "id: other")


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("---\ntitle: Given\n---\n# Heading\n", "Given"),
        ("Some text.\n\n# The  *heading*\n", "The *heading*"),
        ("First line.\nSecond line.\n", "First line."),
        ("<!-- nothing said -->\n", "stem"),
    ],
)
def test_the_title_is_stated_or_the_first_heading_or_the_first_line_or_the_id(text: str, title: str) -> None:
    assert parse_article(text, id="stem", format="markdown").title == title


@pytest.mark.parametrize(
    ("front", "expected"),
    [
        ("id: [a\n", "line 3 of the front matter is not YAML: expected ',' or ']', but got '<stream end>'"),
        ("id: ok\ntitle: 'x\n", "line 4 of the front matter is not YAML: found unexpected end of stream"),
        ("- a\n- b\n", "front matter is no list of 'key: value' lines"),
        ("title: {a: b}\n", "front matter has a 'title' that is no text; put it in quotes"),
        ("title: yes\n", "front matter has a 'title' that is no text; put it in quotes"),
        ("restates: [a]\n", "front matter has 'restates' that is neither a title nor 'key: value' lines"),
        ("date: 2024-13-45\n", "front matter cannot be read: month must be in 1..12"),
        (
            "id: ../etc\n",
            (
                "front matter has id '../etc'; expected up to 128 letters, digits, '.', '_' and '-', "
                "beginning with a letter or digit"
            ),
        ),
        (
            "title: !!python/object/apply:os.getcwd []\n",
            (
                "line 2 of the front matter is not YAML: could not determine a constructor for the tag "
                "'tag:yaml.org,2002:python/object/apply:os.getcwd'"
            ),
        ),
    ],
)
def test_front_matter_that_cannot_be_read_is_refused_with_line_or_key(front: str, expected: str) -> None:
    with pytest.raises(UnreadableArticle) as refused:
        parse_article(f"---\n{front}---\nText.\n", id="a", format="markdown")
    assert refused.value.reason == expected


def test_front_matter_too_deep_or_too_long_or_never_closed_is_refused() -> None:
    for front, part in [
        ("title: " + "[" * 20_000 + "\n---\n", "front matter cannot be read"),
        ("title: " + "x" * 70_000 + "\n---\n", "at most 65,536 are read"),
        ("title: open\n", "is never closed"),
    ]:
        with pytest.raises(UnreadableArticle, match=part):
            parse_article(f"---\n{front}", id="a", format="markdown")


def test_a_rule_at_the_top_is_no_front_matter() -> None:
    assert parse_article("---\n\nText.\n", id="a", format="markdown").title == "Text."


def test_format_and_id_are_checked() -> None:
    with pytest.raises(InvalidArgument, match="expected 'markdown' or 'outline' or 'text'"):
        read_blocks("x", format="html")
    with pytest.raises(InvalidArgument, match="id='a b'"):
        parse_article("x", id="a b", format="text")


@pytest.mark.parametrize(
    ("stem", "id"),
    [
        ("blood-in-mucus", "blood-in-mucus"),
        ("Blood in mucus (2022)", "Blood-in-mucus-2022"),
        ("Ménière", "Meniere"),
        (".hidden", "hidden"),
        ("咳血", "article-54b3-8840"),
        ("x" * 300, "x" * 128),
    ],
)
def test_an_id_is_the_stem_or_its_nearest_spelling(stem: str, id: str) -> None:
    assert identifier(stem) == id


def test_text_is_kept_exactly_as_it_decodes(tmp_path: Path) -> None:
    path = tmp_path / "Asthma.TXT"
    path.write_bytes(b"\xef\xbb\xbfAsthma\r\n\r\nIt\xc2\xa0hurts.\r\n")
    assert read_article(path) == Article(
        id="Asthma", title="Asthma", text="\ufeffAsthma\r\n\r\nIt\u00a0hurts.\r\n", format="text"
    )


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.txt", b"", "a.txt: empty: there is no text in it"),
        ("a.md", b" \n\t \n", "a.md: empty: there is no text in it"),
        ("a.txt", "\ufeff\u00a0\n".encode(), "a.txt: empty: there is no text in it"),
        ("a.txt", b"PK\x03\x04\x00\x00", "a.txt: binary: a NUL byte at offset 4; an article is UTF-8 text"),
        (
            "a.txt",
            b"abc\x01\x02\x03\x04\x05",
            "a.txt: binary: 5 of 8 characters are control characters; an article is UTF-8 text",
        ),
        (
            "a.txt",
            b"caf\xe9 au lait",
            "a.txt: not UTF-8: byte 0xe9 at offset 3 (invalid continuation byte); convert it to UTF-8 first",
        ),
        (
            "a.txt",
            "cough".encode("utf-16"),
            "a.txt: encoded as UTF-16; convert it to UTF-8 first (iconv -f UTF-16 -t UTF-8)",
        ),
    ],
)
def test_what_is_no_article_is_refused_with_the_reason(
    tmp_path: Path, name: str, content: bytes, expected: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert reason(path) == expected


def test_a_file_over_the_limit_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    expected = "huge.txt: too large: 50,000,000 bytes; at most 20,000,000 are read, so split it into articles"
    assert reason(path) == expected


def test_a_missing_file_suggests_names_that_are_near(tmp_path: Path) -> None:
    (tmp_path / "asthma.txt").write_text("Text.")
    with pytest.raises(NothingToRead) as refused:
        read_article(tmp_path / "astma.txt")
    assert refused.value.reason == "no such file or folder (did you mean 'asthma.txt'?)"
    with pytest.raises(NothingToRead) as refused:
        read_article(tmp_path / "nowhere" / "asthma.txt")
    assert refused.value.reason == f"no such file or folder; {tmp_path / 'nowhere'} is no folder that can be listed"


def test_the_name_of_an_unknown_ending_is_said(tmp_path: Path) -> None:
    for name, said in [("a.pdf", "'.pdf'"), ("a", "a name without ending")]:
        (tmp_path / name).write_text("Text.")
        expected = f"{name}: {said} is no format read here ({KNOWN})"
        assert reason(tmp_path / name) == expected


def test_a_path_that_cannot_be_one_is_refused() -> None:
    found = list(read_articles(["a\0b.txt", "x" * 5000 + ".txt"]))
    assert [type(each) for each in found] == [NothingToRead, UnreadableArticle]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Text.")
    path.chmod(0)
    assert reason(path) == "a.txt: may not be read (permission denied); change its permissions or your user"


def test_a_pipe_is_refused_instead_of_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    assert reason(tmp_path / "a.txt") == "a.txt: not a regular file; pipe its content to '-' instead"


def test_a_folder_is_read_in_order_and_one_bad_file_does_not_stop_it(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / ".git").mkdir()
    for name in ["b/two.md", "one.txt", "three.markdown", "notes.csv", ".hidden.md", ".git/x.md"]:
        (tmp_path / name).write_text(f"About {name}.")
    (tmp_path / "empty.txt").touch()
    found = [each.id if isinstance(each, Article) else str(each) for each in read_articles([tmp_path])]
    assert found == ["two", f"{tmp_path / 'empty.txt'}: empty: there is no text in it", "one", "three"]


def test_links_that_lead_back_are_read_once(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Text.")
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "self.txt").symlink_to(tmp_path / "self.txt")
    found = [each.id if isinstance(each, Article) else each.reason for each in read_articles([tmp_path])]
    assert found == ["a", "cannot be read (Too many levels of symbolic links)"]


def test_a_folder_without_articles_says_what_would_be_read(tmp_path: Path) -> None:
    (found,) = read_articles([tmp_path])
    assert isinstance(found, NothingToRead)
    assert found.reason == f"a folder without articles ({KNOWN})"


def test_standard_input_is_read_as_the_text_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    give_standard_input(monkeypatch, b"Asthma\n\nIt hurts.\n")
    assert list(read_articles(["-"])) == [
        Article(id="stdin", title="Asthma", text="Asthma\n\nIt hurts.\n", format="text")
    ]
    text = "---\nid: asthma\n---\n# Asthma\n"
    give_standard_input(monkeypatch, text.encode())
    assert list(read_articles(["-"])) == [Article(id="asthma", title="Asthma", text=text, format="markdown")]


def test_standard_input_has_the_same_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    give_standard_input(monkeypatch, b"x" * (MAX_BYTES + 1))
    (too_large,) = read_articles(["-"])
    give_standard_input(monkeypatch, b"")
    (empty,) = read_articles(["-"])
    assert [str(too_large), str(empty)] == [
        "standard input: too large: more than 20,000,000 bytes; at most 20,000,000 are read, so split it into articles",
        "standard input: empty: there is no text in it",
    ]


def test_nothing_asked_is_nothing_read() -> None:
    assert list(read_articles([])) == []
