"""The tree of a JATS article, read in bounded time and memory.

Nothing outside the file is opened, and no entity is resolved: a file that declares any is refused, for articles need
none and they are how XML is made to read other files or to grow without end.
"""

import re
from html.entities import html5
from typing import Final

from lxml import etree

from ontology.errors import UnreadableArticle

MAX_TAGS: Final = 500_000
"""Most tags of a file."""

_ENTITY: Final = re.compile(rb"<!ENTITY\s+(?:%\s*)?([\w.-]{1,40})")

_NAMED: Final = re.compile(rb"&([A-Za-z]\w{1,30});")
_OF_XML: Final = frozenset((b"amp", b"lt", b"gt", b"quot", b"apos"))


def article_tree(content: bytes, *, source: str) -> etree._Element:
    """The `<article>` of a file, its tags without namespaces, characters in the place of their names (`&alpha;`).

    Raises:
        UnreadableArticle: the file is no XML, declares entities, is built to exhaust a reader, or holds no article of
            the JATS kind or several.
    """
    if (tags := content.count(b"<")) > MAX_TAGS:
        raise UnreadableArticle(source, f"a file of {tags:,} tags; at most {MAX_TAGS:,} are read")
    if declaration := _ENTITY.search(content):
        raise _refused(declaration[1].decode("ascii", "replace"), source)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(_NAMED.sub(_numbered, content), parser)
    except etree.XMLSyntaxError as error:
        raise UnreadableArticle(source, f"no XML that can be read: {error.msg}") from error
    declared = root.getroottree().docinfo.internalDTD
    for entity in declared.entities() if declared is not None else ():  # type: ignore[union-attr]  # not in the stubs
        raise _refused(str(entity.name), source)
    _without_namespaces(root)
    articles = [root] if root.tag == "article" else list(root.iter("article"))
    if len(articles) != 1:
        found = f"{len(articles)} articles, one a file is read" if articles else f"its outermost tag is <{root.tag}>"
        raise UnreadableArticle(source, f"no JATS article ({found}); JATS has <article> with <front> and <body>")
    if articles[0].find("front") is None and articles[0].find("body") is None:
        raise UnreadableArticle(source, "no JATS article: its <article> has neither <front> nor <body>")
    return articles[0]


def words_of(element: etree._Element | None) -> str:
    """All text inside an element on one line, tags left out; "" for none."""
    return "" if element is None else " ".join("".join(map(str, element.itertext(etree.Element))).split())


def _refused(entity: str, source: str) -> UnreadableArticle:
    reason = f"it declares the entity {entity!r}; entities are never resolved, so write what it stands for in its place"
    return UnreadableArticle(source, reason)


def _numbered(name: re.Match[bytes]) -> bytes:
    """A character's name as its numbers, which need no table of names: `&alpha;` as `&#945;`."""
    known = html5.get(f"{name[1].decode()};", "") if name[1] not in _OF_XML else ""
    return "".join(f"&#{ord(character)};" for character in known).encode() or name[0]


def _without_namespaces(root: etree._Element) -> None:
    for element in root.iter(etree.Element):
        if element.tag.startswith("{"):
            element.tag = element.tag.rpartition("}")[2]
