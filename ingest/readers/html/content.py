"""Where on a page its article is: the smallest part that holds all of the page's prose.

Prose is what stands in sentences, outside links: menus and teasers are links, an article is sentences. A page that
marks its main part is taken at its word. From there the way goes down as long as one part holds nearly all prose and
nothing beside it reads like a part of the article.
"""

from collections import defaultdict
from typing import Final

from lxml import etree

from ingest.readers.html.leftovers import is_leftover

_NEARLY_ALL: Final = 0.8
_ENOUGH: Final = 0.4
_A_LITTLE: Final = 0.1
_SHORTEST: Final = 25
"""Shortest text that counts as prose, in characters: a line of a menu is shorter, most sentences are longer."""

_WHOLE: Final = frozenset("p li ul ol dl dd dt table tbody thead tr td th blockquote details span b i em a".split())
"""Tags that are never all of an article, however much of it they hold."""


def main_content(root: etree._Element, skipped: frozenset[etree._Element]) -> etree._Element:
    """The element that holds the article, the root where nothing stands out; `skipped` is no part of it."""
    prose = _prose(root, skipped)
    here = _marked(root, prose)
    while (inner := _inner(here, skipped, prose)) is not None:
        here = inner
    return here


def _marked(root: etree._Element, prose: dict[etree._Element, int]) -> etree._Element:
    """The part that the page itself calls its main part, where that holds its share of the prose; else the root."""
    here = root
    for tag, share in (("main", _ENOUGH), ("article", _NEARLY_ALL)):
        marked = [part for part in here.iter(etree.Element) if part.tag == tag or part.get("role") == tag]
        best = max(marked, key=lambda part: prose[part], default=here)
        if prose[best] and prose[best] >= share * prose[here]:
            here = best
    return here


def _inner(
    here: etree._Element, skipped: frozenset[etree._Element], prose: dict[etree._Element, int]
) -> etree._Element | None:
    """The part that holds the article alone; None where its parts belong together."""
    parts = [part for part in here if part not in skipped]
    largest = max(parts, key=lambda part: prose[part], default=None)
    if largest is None or largest.tag in _WHOLE or prose[largest] < _NEARLY_ALL * prose[here]:
        return None
    at = parts.index(largest)
    # An introduction stands before; behind an article follows what a page adds to it.
    introduced = any(prose[part] for part in parts[:at])
    if introduced or sum(prose[part] for part in parts[at + 1 :]) > _A_LITTLE * prose[here]:
        return None
    return largest if prose[largest] else None


def _prose(root: etree._Element, skipped: frozenset[etree._Element]) -> dict[etree._Element, int]:
    """How many characters of prose each element holds, those skipped and what is in them left out."""
    kept: list[etree._Element] = []
    waiting = [root]
    while waiting:
        element = waiting.pop()
        kept.append(element)
        if element not in skipped and element.tag != "a":
            waiting.extend(element)
    prose: dict[etree._Element, int] = defaultdict(int)
    for element in reversed(kept):
        if element not in skipped and element.tag != "a":
            prose[element] += _weight(element.text)
        parent = element.getparent()
        if parent is not None and element is not root:
            prose[parent] += prose[element] + _weight(element.tail)
    return prose


def _weight(text: str | None) -> int:
    words = (text or "").strip()
    return len(words) if len(words) >= _SHORTEST and not is_leftover(words) else 0
