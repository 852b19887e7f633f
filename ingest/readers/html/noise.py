"""What on a web page is not the article: told by tags, roles, what is hidden, and the names of its parts.

A name alone can mislead ("page-with-sidebar" is the whole page), so what holds much of the page's prose stays,
whatever it is called; only what cannot hold prose goes in any case.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from itertools import islice
from typing import Final

from lxml import etree

from ingest.readers.html.tree import words_of

_NEVER_PROSE: Final = frozenset(
    "area audio base button canvas datalist embed head iframe img input link map math meta meter noscript object "
    "optgroup option output param picture progress rp rt script select source style svg template textarea title track "
    "video".split()
)
_ASIDE: Final = frozenset("address aside dialog figcaption footer form menu nav search".split())
_ASIDE_ROLES: Final = frozenset(
    "alert alertdialog banner complementary contentinfo dialog doc-bibliography doc-endnotes doc-footnote form menu "
    "menubar navigation search status tablist toolbar".split()
)
_NAMES: Final = re.compile(
    r"""(?<![a-z])(?<!with[ ])(?<!has[ ])(?<!no[ ])(?:
      cookies?|consent|gdpr|onetrust|ccpa
    | nav|navs|navbar|navbox|navigation|menus?|submenu|breadcrumbs?|pagination|pager|skip|skiplinks?|sitemap
    | sidebars?|aside|(?:left|right|side)[ ]rail|widgets|widget[ ](?:area|recent|categor|archive|search|tag
      |meta|nav|links)\w*
    | footer|colophon|copyright|masthead|site[ ]header|page[ ]header[ ]meta|topbar
    | social|socials|shar(?:e|ing)(?:[ ](?:bar|buttons?|icons?|links?|list|this|tools?))?|addtoany|addthis|sharedaddy
    | ads?|advert|adverts|advertis(?:ement|ements|ing)|adsbygoogle|sponsor|sponsored|promo|promos|cta
    | newsletters?|subscribe|subscription|sign[ ]?up|optin|paywall|popups?|modal|overlay|lightbox|toast
    | related|recommend(?:ed|ations?)|recirc(?:ulation)?|trending|popular|most[ ]read|read[ ](?:more|next)
    | more[ ](?:from|on|like|articles|posts|stories)|(?:you|u)[ ]may[ ](?:also[ ])?like|also[ ]like|teasers?
      |jp[ ]relatedposts
    | bylines?|authors?|author[ ](?:bio|box|card|info|meta)|reviewers?|reviewed[ ]by|medically[ ]reviewed
      |contributors?
    | (?:post|entry|article|page|story)[ ](?:meta|metadata|info|tags|categories|date)|posted[ ]on|date[ ]?line
      |timestamp
    | comments?|commentlist|respond|disqus|replies|ratings?|feedback|helpful|surveys?|poll
    | toc|table[ ]of[ ]contents|on[ ]this[ ]page|in[ ]this[ ]article|jump[ ](?:links?|to)|anchor[ ]links?|page[ ]nav
    | references|reference[ ]list|reflist|refbegin|bibliography|citations?|footnotes?|endnotes?|works[ ]cited
    | sr[ ]only|visually[ ]hidden|visuallyhidden|screen[ ]reader(?:[ ]text)?|assistive|offscreen|no[ ]?print
      |print[ ]only
    | (?:image|photo|figure|infobox|thumb|media|wp)[ ]caption(?:[ ]text)?|thumbcaption|photo[ ]credit
    | editsection|hatnote|catlinks|ambox|sistersitebox|portalbox|printfooter|site[ ]sub|authority[ ]control
    | login|search(?:[ ](?:box|bar|form))?|language[ ](?:switcher|selector|links)|(?:page|article|print)[ ]tools|toolbar
    | disclosures?|disclaimers?|credits?|tags|taglist|tag[ ](?:list|cloud|links)|back[ ]to[ ]top|to[ ]top
    )(?![a-z])""",
    re.VERBOSE,
)
_COLLAPSED: Final = re.compile(r"accordion|collaps|expand|panel|toggle|tab|faq|read-?more|show-?more", re.IGNORECASE)
_HIDING: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_HIDDEN_CLASSES: Final = frozenset(("hidden", "is-hidden", "hide"))
_HEADINGS: Final = frozenset("h1 h2 h3 h4 h5 h6 dt summary".split())
_HEADING_REACH: Final = 3
_PAGE_PARTS: Final = frozenset("html body main article h1 h2 h3".split())
_MUCH: Final = 0.35


def noise(root: etree._Element) -> frozenset[etree._Element]:
    """The outermost elements that are not the article's, as far as the markup tells; what is inside them goes along."""
    sizes = _sizes(root)
    titles, headed = _around(root.iter("h1")), _around(root.iter("h2", "h3", "h4"))
    found: set[etree._Element] = set()
    waiting = [root]
    while waiting:
        element = waiting.pop()
        small = sizes[element] <= _MUCH * sizes[root]
        named = small and element not in titles and _is_noise(element)
        unseen = (element.tag in _NEVER_PROSE and element is not root) or _is_hidden(element)
        opens = element.tag == "button" and is_opener(element)
        top = small and element.tag == "header" and _is_top(element, headed=element in headed or element in titles)
        if not opens and (unseen or named or top):
            found.add(element)
        else:
            waiting.extend(element)
    return frozenset(found)


def class_words(element: etree._Element) -> str:
    """The words of an element's class and id, lower case, parted by spaces: "post-meta entryTitle" has four."""
    if "class" not in element.attrib and "id" not in element.attrib:
        return ""
    names = f"{element.get('class', '')} | {element.get('id', '')}"
    parted = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", names[:1000])
    return re.sub(r"[-_\s:]+", " ", parted).lower()


def _is_noise(element: etree._Element) -> bool:
    """Tell whether the markup names an element as a part that is no prose of the article."""
    if element.tag in _ASIDE:
        return element.tag != "aside" or not _is_box(element)
    if element.tag in {"sup", "a"}:
        return _is_citation(element)
    if _HIDDEN_CLASSES.intersection(element.get("class", "").split()) and not _COLLAPSED.search(_names(element)):
        return True
    if any(role in _ASIDE_ROLES for role in element.get("role", "").lower().split()):
        return True
    return element.tag not in _PAGE_PARTS and _NAMES.search(class_words(element)) is not None


def _is_hidden(element: etree._Element) -> bool:
    """Tell what a reader of the page cannot see, what opens at a click excepted."""
    hides = (
        element.get("hidden", "until-found") != "until-found"
        or element.get("aria-hidden", "").lower() == "true"
        or _HIDING.search(element.get("style", "")) is not None
    )
    return hides and _COLLAPSED.search(_names(element)) is None


def _is_top(header: etree._Element, *, headed: bool) -> bool:
    """Tell the header of a page from that of an article or a section, which holds a heading."""
    within = any(each.tag in {"article", "main"} for each in header.iterancestors())
    return not headed or (not within and next(header.iter("nav"), None) is not None)


def _names(element: etree._Element) -> str:
    return f"{element.get('class', '')} {element.get('id', '')} {element.get('role', '')}"


def is_opener(button: etree._Element) -> bool:
    """Tell a button that is the heading, or in the heading, of what it opens, as in lists of questions."""
    for around in islice(button.iterancestors(), _HEADING_REACH):
        if around.tag in _HEADINGS:
            return words_of(around).strip() == words_of(button).strip()
    return button.get("aria-expanded") is not None and _COLLAPSED.search(_names(button)) is not None


def _is_box(aside: etree._Element) -> bool:
    """Tell an aside that belongs to the article: it stands in it, and leads nowhere else."""
    within = any(each.tag in {"article", "main"} for each in aside.iterancestors())
    return within and next(aside.iter("a", "form"), None) is None and _NAMES.search(class_words(aside)) is None


def _is_citation(element: etree._Element) -> bool:
    """Tell a mark that points to a reference: "[3]" as a superscript or as a link within the page."""
    words = words_of(element).strip()
    if element.tag == "sup":
        return element.find(".//a") is not None or re.fullmatch(r"\[[^\]]*\]", words) is not None
    inside = element.tag == "a" and element.get("href", "").startswith("#")
    return inside and re.fullmatch(r"[\[(]?\d{1,3}[\])]?|[\u2191^]", words) is not None


def _sizes(root: etree._Element) -> dict[etree._Element, int]:
    """How many characters of text each element holds, links and what cannot be prose left out: a menu is links."""
    sizes: dict[etree._Element, int] = defaultdict(int)
    for element in reversed(list(root.iter(etree.Element))):
        if element is not root and (element.tag == "a" or element.tag in _NEVER_PROSE):
            sizes[element] = 0
        else:
            sizes[element] += len((element.text or "").strip())
        parent = element.getparent()
        if parent is not None:
            sizes[parent] += sizes[element] + len((element.tail or "").strip())
    return sizes


def _around(elements: Iterable[etree._Element]) -> frozenset[etree._Element]:
    """These elements and all around them."""
    found: set[etree._Element] = set()
    for element in elements:
        at: etree._Element | None = element
        while at is not None and at not in found:
            found.add(at)
            at = at.getparent()
    return frozenset(found)
