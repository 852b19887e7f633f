"""A JATS file to its article: the text as an outline (`ingest.readers.outline`), and who wrote it, where and when."""

import re
from typing import Final

from lxml import etree

from ingest.blocks import RawKind
from ingest.readers.jats.passages import article_passages
from ingest.readers.jats.tree import article_tree, words_of
from ingest.readers.outline import outline
from ontology.article import Article, Source
from ontology.errors import UnreadableArticle

_LONGEST: Final = 300
_HREF: Final = "{http://www.w3.org/1999/xlink}href"
_DATES: Final = ("epub", "pub", "ppub", "collection", "pmc-release")


def read_jats(content: bytes, *, id: str, source: str) -> Article:
    """The article in a JATS file.

    Raises:
        UnreadableArticle: `source` is no JATS article, is built to exhaust a reader, or has no text.
    """
    article = article_tree(content, source=source)
    written = outline(article_passages(article))
    if all(block.kind is RawKind.HEADING for block in written.blocks):
        raise UnreadableArticle(source, "no text in the article: it has neither an abstract nor a body with paragraphs")
    meta = article.find("front/article-meta")
    return Article(
        id=id,
        title=words_of(article.find(".//article-meta//article-title"))[:_LONGEST] or id,
        text=written.text,
        format="outline",
        source=Source() if meta is None else _source(article, meta),
        licence=None if meta is None else _licence(meta),
    )


def _source(article: etree._Element, meta: etree._Element) -> Source:
    journal = words_of(article.find(".//journal-meta//journal-title"))
    return Source(author=_authors(meta), publisher=journal[:_LONGEST] or None, date=_date(meta), url=_address(meta))


def _authors(meta: etree._Element) -> str | None:
    names = []
    for contributor in meta.iterfind("contrib-group/contrib"):
        if contributor.get("contrib-type", "author") != "author":
            continue
        parts = [words_of(contributor.find(f".//{part}")) for part in ("given-names", "surname")]
        names.append(" ".join(filter(None, parts)) or words_of(contributor.find("collab")))
    return ", ".join(filter(None, names))[:_LONGEST] or None


def _date(meta: etree._Element) -> str | None:
    dates = {date.get("pub-type") or date.get("date-type"): date for date in meta.iterfind("pub-date")}
    for kind in (*_DATES, *dates):
        if (date := dates.get(kind)) is not None and re.fullmatch(r"\d{4}", words_of(date.find("year"))):
            parts = [words_of(date.find(part)) for part in ("year", "month", "day")]
            known = [part.zfill(2) for part in parts[: 1 + _leading_numbers(parts[1:])]]
            return "-".join(known)
    return None


def _leading_numbers(parts: list[str]) -> int:
    """How many of these are numbers before the first that is none."""
    return next((position for position, part in enumerate(parts) if not part.isdecimal()), len(parts))


def _address(meta: etree._Element) -> str | None:
    ids = {each.get("pub-id-type"): words_of(each) for each in meta.iterfind("article-id")}
    if doi := ids.get("doi"):
        return f"https://doi.org/{doi}"
    pmc = next((ids[kind] for kind in ("pmcid", "pmc", "pmcaid") if ids.get(kind)), None)
    return f"https://pmc.ncbi.nlm.nih.gov/articles/PMC{pmc.upper().removeprefix('PMC')}/" if pmc else None


def _licence(meta: etree._Element) -> str | None:
    licence = meta.find("permissions/license")
    if licence is None:
        return words_of(meta.find("permissions/license_ref"))[:_LONGEST] or None
    stated = [licence.get(_HREF, ""), words_of(licence.find("license_ref"))]
    stated += [link.get(_HREF, "") for link in licence.iter("ext-link")]
    stated += [words_of(meta.find("permissions/license_ref")), words_of(licence)]
    return next((words[:_LONGEST] for words in stated if words), None)
