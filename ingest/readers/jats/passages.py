"""The text of a JATS article as passages: title, abstract and body, with headings, lists, captions and boxes.

Left out are marks that point to references, formulae, graphics, the cells of tables, footnotes, and sections about the
article and not its subject (funding, conflicts of interest, acknowledgements). What stands behind the body, references
and appendices, is no part of it.
"""

import re
from collections.abc import Iterator
from typing import Final

from lxml import etree

from ingest.blocks import RawKind
from ingest.readers.jats.tree import words_of
from ingest.readers.outline import Passage

_LEFT_OUT: Final = frozenset(
    "ack alternatives array chem-struct code contrib-group disp-formula disp-formula-group email fn fn-group graphic "
    "inline-formula inline-graphic label math media mml:math notes object-id permissions preformat private-char "
    "ref-list related-article related-object sec-meta supplementary-material table tex-math trans-abstract xref-group"
    .split()
)  # fmt: skip
_SEPARATE: Final = frozenset(
    "attrib boxed-text caption def-list disp-quote fig fig-group list p sec speech statement table-wrap "
    "table-wrap-foot table-wrap-group title verse-group".split()
)
_ABOUT_THE_ARTICLE: Final = re.compile(
    r"(?:\d[\d.]*\s+)?(?:acknowledge?ments?|funding.*|financial (?:support|disclosure).*|"
    r"(?:declarations? of |statement of |potential )?(?:conflicts?|competing|declaration) (?:of )?(?:financial )?"
    r"interests?.*|"
    r"declarations?|disclosures?.*|author(?:s['’]?|['’]s)? (?:contributions?|information|details).*|ethic.*|"
    r"(?:informed )?consent.*|(?:data|code) availability.*|availability of data.*|supplementa(?:ry|l) .*|references|"
    r"additional (?:files?|information)|publisher['’]s note|institutional review board.*)",
    re.IGNORECASE,
)
_SECTIONS_ABOUT_IT: Final = re.compile(r"coi|conflict|fund|financ|ethic|data-avail|supplement|ack", re.IGNORECASE)
_UNWANTED_ABSTRACTS: Final = frozenset(("graphical", "toc", "teaser", "web-summary"))
_CITATION: Final = re.compile(r"[\[(]?\s*\d[\d\s,;–-]*[a-z]?\s*[\])]?|\*+|[†‡§]+")
_EMPTY_BRACKETS: Final = re.compile(r"\s*[\[(](?:[\s,;.–-]|and|&|see|e\.g\.|reviewed in|refs?\.?)*[\])]")
_STRAY: Final = re.compile(r"\s+(?=[.,;:)])|,(?=\s*,)|(?<=[(\[])\s+")
_DEEPEST: Final = 6


def article_passages(article: etree._Element) -> Iterator[Passage]:
    """The passages of an article in order: title, abstracts, body."""
    title = words_of(article.find(".//article-meta//article-title"))
    subtitle = words_of(article.find(".//article-meta//subtitle"))
    yield Passage(RawKind.HEADING, f"{title}: {subtitle}" if title and subtitle else title, 1)
    for abstract in article.iterfind(".//article-meta/abstract"):
        if abstract.get("abstract-type") not in _UNWANTED_ABSTRACTS:
            if abstract.find("title") is None:
                yield Passage(RawKind.HEADING, "Abstract", 2)
            yield from _Reader().read(abstract)
    for body in article.iterfind("body"):
        yield from _Reader().read(body)


class _Reader:
    """Walks one part of an article; a tree of XML is never deeper than 256, so that it may call itself."""

    def __init__(self) -> None:
        self._found: list[Passage] = []
        self._words: list[str] = []
        self._next = Passage(RawKind.PARAGRAPH, "")
        self._section = 1
        self._list = 0

    def read(self, part: etree._Element) -> list[Passage]:
        """The passages of a part of the article."""
        # The title of an abstract stands above its sections, as that of a section does.
        self._section += part.tag == "abstract"
        self._inside(part)
        self._flush()
        return self._found

    def _inside(self, element: etree._Element) -> None:
        self._words.append(element.text or "")
        for child in element:
            tag = child.tag if isinstance(child.tag, str) else ""
            if not tag:
                pass  # an entity that no one knows
            elif tag == "xref" and child.get("ref-type") == "bibr":
                self._citation(child)
            elif tag == "sup" and child.find("xref") is not None and _CITATION.fullmatch(words_of(child)):
                pass
            elif tag == "break":
                self._words.append(" ")
            elif tag in {"def-item", "list-item"}:
                self._member(child)
            elif tag in _SEPARATE:
                self._block(child, tag)
            elif tag not in _LEFT_OUT:
                self._inside(child)
            self._words.append(child.tail or "")

    def _block(self, element: etree._Element, tag: str) -> None:
        self._flush()
        if tag == "sec" and _is_about_the_article(element):
            return
        deeper, listed = tag in {"sec", "boxed-text", "statement"}, tag in {"list", "def-list"}
        self._section += deeper
        self._list += listed
        parent = element.getparent()
        if (tag == "title" and parent is not None and parent.tag != "caption") or _names_a_box(element):
            self._next = Passage(RawKind.HEADING, "", min(max(self._section, 2), _DEEPEST))
        self._inside(element)
        self._flush()
        if tag == "title":
            self._next = Passage(RawKind.PARAGRAPH, "")
        self._section -= deeper
        self._list -= listed

    def _member(self, element: etree._Element) -> None:
        self._flush()
        self._next = Passage(RawKind.ITEM, "", max(self._list, 1))
        if element.tag == "def-item":
            term, meaning = _words_in(element.find("term")), _words_in(element.find("def"))
            self._words.append(f"{term.rstrip(' :')}: {meaning}" if meaning else term)
        else:
            self._inside(element)
        self._flush()
        self._next = Passage(RawKind.PARAGRAPH, "")

    def _citation(self, mark: etree._Element) -> None:
        """Leave out what points to a reference; a name that is part of its sentence stays."""
        words = words_of(mark)
        before = "".join(self._words[-4:]).rstrip()[-1:]
        if not _CITATION.fullmatch(words) and before not in tuple("([;,"):
            self._words.append(words)

    def _flush(self) -> None:
        said = " ".join("".join(self._words).split())
        self._words = []
        said = _STRAY.sub("", _EMPTY_BRACKETS.sub("", said)).strip()
        if said.strip(" .,;:"):
            self._found.append(Passage(self._next.kind, said, self._next.level))
            self._next = Passage(RawKind.PARAGRAPH, "")


def _words_in(part: etree._Element | None) -> str:
    """The words of a part of a definition, read as the text is."""
    return "" if part is None else " ".join(passage.words for passage in _Reader().read(part))


def _is_about_the_article(section: etree._Element) -> bool:
    title = words_of(section.find("title")).rstrip(" .:")
    kind = section.get("sec-type", "")
    return _ABOUT_THE_ARTICLE.fullmatch(title) is not None or _SECTIONS_ABOUT_IT.search(kind) is not None


def _names_a_box(element: etree._Element) -> bool:
    """Tell the title in the caption of a box, which is the heading of what the box holds."""
    caption = element.getparent()
    around = caption.getparent() if caption is not None else None
    return element.tag == "title" and around is not None and around.tag == "boxed-text"
