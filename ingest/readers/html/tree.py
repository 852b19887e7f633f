"""The tree of a web page, read in bounded time and memory, whatever the page does.

libxml2 reads anything as HTML, never opens another file or address, and stops at 256 levels; what it does not bound
(the number of tags, and of attributes in one tag) is counted before it reads. A page beyond a limit is refused.
"""

import re
from dataclasses import dataclass
from typing import Final

from lxml import etree

from ontology.errors import UnreadableArticle

MAX_TAGS: Final = 500_000
"""Most tags of a page; the largest encyclopedia pages have a tenth of it."""

MAX_ATTRIBUTES: Final = 200
"""Most attributes of one tag; the time to read a tag grows with their square."""

MAX_ALL_ATTRIBUTES: Final = 1_000_000
"""Most attributes of all tags."""

# A start tag by the rules of the HTML Standard; possessive, so that a text is gone through once.
_ATTRIBUTE: Final = (
    r"""[\t\n\f\r /]*+(?:=[^\t\n\f\r />=]*+|[^\t\n\f\r />=]++)"""
    r"""(?:[\t\n\f\r ]*+=[\t\n\f\r ]*+(?:"[^"]*+"?+|'[^']*+'?+|[^\t\n\f\r >"'][^\t\n\f\r >]*+|))?+"""
)
_TAG: Final = re.compile(rf"<[a-zA-Z][^\t\n\f\r />]*+((?:{_ATTRIBUTE}){{0,{MAX_ATTRIBUTES}}}+)({_ATTRIBUTE})?+")
_ONE_ATTRIBUTE: Final = re.compile(_ATTRIBUTE)

_UNREAD: Final = re.compile(r"<!--|<(script|style)\b([^>]*+)>", re.IGNORECASE)
_ENDS: Final = {
    "": re.compile(r"--!?>"),
    "script": re.compile(r"</script[^>]*+>", re.IGNORECASE),
    "style": re.compile(r"</style[^>]*+>", re.IGNORECASE),
}


@dataclass(frozen=True, slots=True)
class Page:
    """A page's tree without comments, scripts and styles, and the linked data (JSON-LD) among its scripts."""

    root: etree._Element
    linked_data: tuple[str, ...]


def page(text: str, *, source: str) -> Page:
    """The tree of a page.

    Raises:
        UnreadableArticle: the page holds nothing, or is built to exhaust a reader.
    """
    text, linked_data = _without_scripts(text)
    if (tags := text.count("<")) > MAX_TAGS:
        raise UnreadableArticle(source, f"a page of {tags:,} tags; at most {MAX_TAGS:,} are read")
    attributes = 0
    for tag in _TAG.finditer(text):
        if tag[2]:
            raise UnreadableArticle(source, f"a tag of more than {MAX_ATTRIBUTES:,} attributes, which no page needs")
        # Each takes two characters, so that few pages have to be counted.
        if len(text) > 2 * MAX_ALL_ATTRIBUTES:
            attributes += len(_ONE_ATTRIBUTE.findall(tag[1]))
            if attributes > MAX_ALL_ATTRIBUTES:
                raise UnreadableArticle(source, f"tags of more than {MAX_ALL_ATTRIBUTES:,} attributes in all")
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    try:
        root = etree.fromstring(text.encode(), parser)
    except etree.XMLSyntaxError as error:
        raise UnreadableArticle(source, f"no page that can be read: {error.msg}") from error
    exceeded = [entry.message for entry in parser.error_log if entry.type_name == "ERR_RESOURCE_LIMIT"]
    if any("depth" in message for message in exceeded):
        reason = "tags nested more than 256 deep, as no page for readers is; save what it shows as text instead"
        raise UnreadableArticle(source, reason)
    if exceeded:
        raise UnreadableArticle(source, "more than 10,000,000 characters without a tag; part the page into articles")
    if root is None or not words_of(root).strip():
        raise UnreadableArticle(source, "empty: there is no text in it")
    return Page(root, linked_data)


def _without_scripts(text: str) -> tuple[str, tuple[str, ...]]:
    """The text without comments, scripts and styles, which are no prose and may hold anything; and its linked data."""
    kept: list[str] = []
    linked_data: list[str] = []
    at = 0
    while (begin := _UNREAD.search(text, at)) is not None:
        end = _ENDS[(begin[1] or "").lower()].search(text, begin.end())
        if end is None:
            break
        if begin[1] and "ld+json" in begin[2].lower():
            linked_data.append(text[begin.end() : end.start()])
        kept.append(text[at : begin.start()])
        at = end.end()
    return "".join([*kept, text[at:]]), tuple(linked_data)


def words_of(element: etree._Element) -> str:
    """All text inside an element, tags left out."""
    return "".join(map(str, element.itertext()))
