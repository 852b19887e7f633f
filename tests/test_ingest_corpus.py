"""Corpora of JSON lines: what is read, and how each row or file that is none is refused."""

import gzip
import json
import zlib
from collections.abc import Iterable
from pathlib import Path

import pytest

from ingest.article import read_articles
from ingest.corpus import FREE_GROWTH, MAX_LINE
from ontology.article import Article, Source
from ontology.errors import UnreadableArticle

ROW = {
    "id": "site-01_2",
    "title": "Croup in short",
    "url": "https://example.org/croup",
    "publisher": "Lung House",
    "cuis": ["C0000000"],
    "text": "Croup in short\n\nCroup causes a barking cough.\n",
}
ARTICLE = Article(
    id="site-01_2",
    title="Croup in short",
    text="Croup in short\n\nCroup causes a barking cough.\n",
    format="text",
    source=Source(title="Croup in short", publisher="Lung House", url="https://example.org/croup"),
)


def corpus(folder: Path, lines: Iterable[bytes], name: str = "c.jsonl") -> Path:
    path = folder / name
    content = b"".join(lines)
    path.write_bytes(gzip.compress(content) if name.endswith(".gz") else content)
    return path


def line(**changes: object) -> bytes:
    return json.dumps({**ROW, **changes}).encode() + b"\n"


def told(path: Path) -> list[str]:
    """The id of each article read, and the whole message of each that is not, the folder left out."""
    return [
        each.id if isinstance(each, Article) else str(each).replace(f"{path.parent}/", "")
        for each in read_articles([path])
    ]


@pytest.mark.parametrize("name", ["c.jsonl", "C.JSONL", "c.jsonl.gz"])
def test_a_row_is_an_article_with_its_source(tmp_path: Path, name: str) -> None:
    assert list(read_articles([corpus(tmp_path, [line()], name)])) == [ARTICLE]


def test_a_row_needs_no_more_than_id_and_text(tmp_path: Path) -> None:
    path = corpus(tmp_path, [b'{"id": "a b/c", "text": "Croup\\n\\nCroup causes cough."}'])
    assert list(read_articles([path])) == [
        Article(id="a-b-c", title="Croup", text="Croup\n\nCroup causes cough.", format="text")
    ]


def test_a_byte_order_mark_and_blank_lines_are_no_rows(tmp_path: Path) -> None:
    assert told(corpus(tmp_path, [b"\xef\xbb\xbf", line(), b"\n", b"  \r\n", line(id="two")])) == ["site-01_2", "two"]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (b"{", "no JSON: unexpected end of data at 1; expected is one JSON object a line, in UTF-8"),
        (b'"\xff"', "no JSON: "),
        (b"[1]", "list in JSON, expected an object with 'id' and 'text'"),
        (line(id=None).strip(), "no 'id'; expected is an object with 'id' and 'text'"),
        (line(text=" \ufeff\n").strip(), "no 'text'; expected is an object with 'id' and 'text'"),
        (line(text=["a"]).strip(), "'text' is list, expected a text"),
        (line(id=7).strip(), "'id' is int, expected a text"),
        (line(text="a\0b").strip(), "binary: a NUL character at offset 1 of 'text'"),
        (line(title="\0").strip(), "binary: a NUL character at offset 0 of 'title'"),
        (line(text="\ud800 flu").strip(), "no JSON: "),
        (line(text="\x01\x02 flu").strip(), "binary: 2 of 6 characters are control characters"),
    ],
)  # fmt: skip
def test_a_bad_row_is_told_with_its_line_and_the_others_are_read(tmp_path: Path, row: bytes, said: str) -> None:
    first, bad, last = told(corpus(tmp_path, [line(id="one"), row + b"\n", line(id="three")]))
    assert (first, last) == ("one", "three")
    assert bad.startswith(f"c.jsonl:2: {said}")


def test_a_row_of_two_hundred_megabytes_is_passed_over_in_pieces(tmp_path: Path) -> None:
    path = tmp_path / "c.jsonl"
    with path.open("wb") as file:
        file.write(b'{"id": "big", "text": "')
        for _ in range(200):
            file.write(b"cough " * 166_667)
        file.write(b'"}\n')
        file.write(line())
    big, good = told(path)
    assert big.startswith("c.jsonl:1: too large: 200,0")
    assert big.endswith(f" bytes in one line; at most {MAX_LINE:,} are read, so split the article")
    assert good == "site-01_2"


def test_a_zip_bomb_is_not_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "bomb.jsonl.gz"
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    path.write_bytes(b"".join(packer.compress(bytes(1 << 20)) for _ in range(150)) + packer.flush())
    (bomb,) = told(path)
    assert bomb.startswith("bomb.jsonl.gz:1: not read further: ")
    grown = int(bomb.partition("more than ")[2].partition(", over")[0].replace(",", ""))
    assert FREE_GROWTH < grown < FREE_GROWTH + (4 << 20)
    assert bomb.endswith("over 200 times as much; if it is no zip bomb, decompress it first")


def test_a_bomb_of_many_rows_ends_where_it_shows(tmp_path: Path) -> None:
    row = line(text="cough " * 10_000)
    path = corpus(tmp_path, [row * 2_000], "c.jsonl.gz")
    *articles, last = read_articles([path])
    assert all(isinstance(article, Article) for article in articles)
    assert len(articles) == FREE_GROWTH // len(row)
    assert isinstance(last, UnreadableArticle)


@pytest.mark.parametrize(
    "content",
    [b"no gzip at all", gzip.compress(line() * 5000)[:-200], gzip.compress(line())[:-8] + b"12345678"],
    ids=["another format", "cut off", "wrong checksum"],
)
def test_a_damaged_corpus_is_read_as_far_as_it_goes(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "c.jsonl.gz"
    path.write_bytes(content)
    last = told(path)[-1]
    assert last.startswith("c.jsonl.gz:")
    assert "damaged from here on, not read further (" in last


def test_an_empty_corpus_says_what_is_expected(tmp_path: Path) -> None:
    assert told(corpus(tmp_path, [b"\n"])) == ["c.jsonl: a corpus without articles; expected is one JSON object a line"]


def test_corpora_lie_beside_articles_in_a_folder_and_every_byte_is_told(tmp_path: Path) -> None:
    corpus(tmp_path, [line(id="one"), line(id="two"), b"x"], "b.jsonl.gz")
    (tmp_path / "a.txt").write_text("Croup causes cough.")
    (tmp_path / "c.txt").touch()
    told: list[int] = []
    found = [each.id for each in read_articles([tmp_path], advance=told.append) if isinstance(each, Article)]
    assert found == ["a", "one", "two"]
    assert sum(told) == sum(path.stat().st_size for path in tmp_path.iterdir())


def test_a_corpus_that_is_missing_or_a_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "d.jsonl").mkdir()
    assert told(tmp_path / "e.jsonl") == ["e.jsonl: no such file or folder (did you mean 'd.jsonl'?)"]
    assert "a folder without articles" in told(tmp_path / "d.jsonl")[0]
