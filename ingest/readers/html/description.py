"""What a page says of itself: its title, who wrote and published it, when, where it lives, under which licence.

Linked data (JSON-LD) is asked first, then the tags in the head; what a page does not say is not guessed.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final
from urllib.parse import urlsplit

import orjson
from lxml import etree

from ingest.readers.html.tree import Page, words_of
from ingest.readers.outline import clean
from ontology.article import Source

_LONGEST: Final = 300
_MOST_LINKED_DATA: Final = 20
_ARTICLE: Final = re.compile(r"Article|Posting|MedicalWebPage|Report|WebPage")
_TITLES: Final = ("og:title", "twitter:title", "citation_title", "dc.title")
_AUTHORS: Final = ("author", "article:author", "citation_author", "dc.creator", "parsely-author", "sailthru.author")
_PUBLISHERS: Final = ("og:site_name", "citation_journal_title", "dc.publisher", "publisher", "application-name")
_DATES: Final = (
    "article:published_time", "citation_publication_date", "citation_date", "dc.date", "dc.date.issued",
    "datepublished", "date", "pubdate", "publish-date", "article:modified_time", "last-modified",
)  # fmt: skip
_LICENCES: Final = ("dc.rights", "dcterms.license", "license", "licence")
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_SITE: Final = re.compile(r"\s+(?:\||-|–|—|·|::|»|:)\s+")


def source_of(page: Page) -> Source:
    """Author, publisher, date and address of a page, each None where it does not say."""
    data, tags = _linked_data(page), _tags(page)
    addresses = _said([*_links(page, "canonical"), *tags.get("og:url", ()), *_values(data, "mainEntityOfPage", "url")])
    dates = _said([*_values(data, "datePublished", "dateModified"), *_all(tags, _DATES), *_times(page)])
    return Source(
        author=_people([*_values(data, "author"), *_all(tags, _AUTHORS)]),
        publisher=_first([*_values(data, "publisher"), *_all(tags, _PUBLISHERS)]),
        date=next((match[0] for each in dates if (match := _DAY.match(each))), None),
        url=next((each for each in addresses if _is_address(each)), None),
    )


def licence_of(page: Page) -> str | None:
    """The licence of a page: its name or the address of its text; None where it states none."""
    stated = [*_links(page, "license"), *_values(_linked_data(page), "license"), *_all(_tags(page), _LICENCES)]
    return _first(stated)


def title_of(page: Page) -> str | None:
    """The title that the page's heads give it, without the name of its site; None where it has none."""
    data, tags = _linked_data(page), _tags(page)
    stated = _first([*_all(tags, _TITLES), *_values(data, "headline")])
    whole = stated or _first(words_of(element) for element in page.root.iter("title"))
    if whole is None:
        return None
    site = _first([*tags.get("og:site_name", ()), *_values(data, "publisher")]) or ""
    parts = _SITE.split(whole)
    while len(parts) > 1 and (
        parts[-1].casefold() == site.casefold() or (stated is None and len(parts[-1]) < len(whole) / 2)
    ):
        parts.pop()
        whole = whole[: whole.rindex(parts[-1]) + len(parts[-1])]
    return whole


def first_heading(page: Page, skipped: frozenset[etree._Element]) -> str | None:
    """The first heading of the first level that is shown, the name of the site left out; None where there is none."""
    site = {*_said([*_all(_tags(page), ("og:site_name",)), *_values(_linked_data(page), "publisher")])}
    for whole in _said(words_of(element) for element in page.root.iter("title")):
        site.update(_SITE.split(whole)[1:])
    for heading in page.root.iter("h1"):
        hidden = any(each in skipped for each in (heading, *heading.iterancestors()))
        words = clean(words_of(heading))
        if words and words not in site and not hidden:
            return words[:_LONGEST]
    return None


def _linked_data(page: Page) -> list[dict[str, object]]:
    """The descriptions of an article in a page's linked data, those of articles before those of pages."""
    found: list[dict[str, object]] = []
    for text in page.linked_data[:_MOST_LINKED_DATA]:
        try:
            stated = orjson.loads(text)
        except orjson.JSONDecodeError:
            continue
        tops = stated if isinstance(stated, list) else [stated]
        parts = [part for top in tops if isinstance(top, dict) for part in (top, *_list(top.get("@graph")))]
        found += [part for part in parts if isinstance(part, dict) and _ARTICLE.search(str(part.get("@type")))]
    return sorted(found, key=lambda each: str(each.get("@type")).strip("[']") == "WebPage")


def _values(data: Iterable[dict[str, object]], *keys: str) -> Iterator[str]:
    for key in keys:
        for part in data:
            for value in _list(part.get(key)):
                if isinstance(value, dict):
                    value = value.get("name") or value.get("@id") or value.get("url")
                if isinstance(value, str):
                    yield value


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def _tags(page: Page) -> dict[str, list[str]]:
    """Name or property of each `<meta>` in lower case → its contents in order."""
    found: dict[str, list[str]] = {}
    for tag in page.root.iter("meta"):
        name = tag.get("property") or tag.get("name") or tag.get("itemprop") or ""
        found.setdefault(name.lower(), []).append(tag.get("content", ""))
    return found


def _all(tags: dict[str, list[str]], names: Iterable[str]) -> Iterator[str]:
    for name in names:
        yield from tags.get(name, ())


def _links(page: Page, relation: str) -> Iterator[str]:
    for element in page.root.iter("link", "a"):
        if relation in element.get("rel", "").lower().split():
            yield element.get("href", "")


def _times(page: Page) -> Iterator[str]:
    for element in page.root.iter("time"):
        yield element.get("datetime", "")


def _first(stated: Iterable[str]) -> str | None:
    return next(_said(stated), None)


def _said(stated: Iterable[str]) -> Iterator[str]:
    return (words for each in stated if (words := clean(each)[:_LONGEST]))


def _people(stated: Iterable[str]) -> str | None:
    """The names, each once, without addresses of their pages."""
    names = dict.fromkeys(name.removeprefix("By ") for name in _said(stated) if not _is_address(name))
    return ", ".join(names)[:_LONGEST] or None


def _is_address(stated: str) -> bool:
    try:
        parts = urlsplit(stated)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.netloc)
