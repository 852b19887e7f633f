"""HTML by construction: text is escaped where it enters an element, so that no page can forget to."""

from html import escape
from typing import Final

from api.assets import find_explorer
from api.settings import LONGEST_NAME, NOTICE

VIEWS: Final = (
    ("/", "Why?"),
    ("/concepts", "Concepts"),
    ("/graph", "Graph"),
    ("/articles", "Articles"),
    ("/differential", "Differential"),
    ("/conflicts", "Conflicts"),
    ("/sparql", "SPARQL"),
    ("/docs", "REST"),
)
"""Address and name of every view, as the header of each page lists them."""

SITE: Final = "Etiograph"
_EMPTY: Final = frozenset({"br", "hr", "input", "link", "meta"})


class Html(str):
    """Markup that is safe to stand in a page; made by `tag` alone."""

    __slots__ = ()


def tag(name: str, /, *children: "Html | str", **attributes: str | None) -> Html:
    """The element; children that are plain text are escaped, attributes always are.

    An attribute's trailing underscore is dropped (`class_`), others become hyphens; one that is None is left out.
    """
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    if name in _EMPTY:
        return Html(f"<{name}{written}>")
    return Html(f"<{name}{written}>{join(*children)}</{name}>")


def join(*children: "Html | str") -> Html:
    """The children one after the other, without an element around them."""
    return Html("".join(child if isinstance(child, Html) else escape(child) for child in children))


def document(title: str, *body: "Html | str", view: str = "", head: Html | str = "", searched: str = "") -> bytes:
    """A whole page in UTF-8 with the site's header and footer.

    `view` is the address of the view that it is part of, `head` what else stands in its head, `searched` what the
    search in the header holds. It begins with the explorer's script where that is built.
    """
    script = find_explorer()
    whole = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="color-scheme", content="light dark"),
        tag("title", title if title == SITE else f"{title} · {SITE}"),
        tag("link", rel="stylesheet", href="/style.css"),
        tag("link", rel="icon", href="/icon.svg", type="image/svg+xml"),
        tag("script", type="module", src=script) if script else "",
        head,
    )
    page = tag(
        "body",
        tag("a", "Skip to the content", href="#content", class_="skip"),
        _masthead(view, searched),
        tag("main", *body, id="content", tabindex="-1"),
        tag("footer", tag("p", NOTICE), tag("p", "Every answer shows the sentence it rests on.")),
    )
    return ("<!doctype html>\n" + tag("html", whole, page, lang="en")).encode()


def search_form(q: str, *, label: str = "Search concepts", id: str = "search") -> Html:
    """The search for a concept by any of its names."""
    box = tag(
        "input",
        type="search",
        name="q",
        value=q,
        id=id,
        aria_label=label,
        placeholder="condition, symptom …",
        maxlength=str(LONGEST_NAME),
        data_complete="concept",
    )
    return tag("form", box, tag("button", "Search", type="submit"), action="/concepts", method="get", role="search")


def _masthead(view: str, searched: str) -> Html:
    links = (
        tag("li", tag("a", text, href=address, aria_current="page" if address == view else None))
        for address, text in VIEWS
    )
    return tag(
        "header",
        tag("a", SITE, href="/", class_="brand"),
        tag("nav", tag("ul", *links), aria_label="Views"),
        search_form(searched),
        class_="masthead",
    )
