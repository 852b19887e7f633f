"""HTML by construction: text is escaped where it enters an element, so that no page can forget to."""

from html import escape
from typing import Final

from api.assets import find_explorer

_EMPTY: Final = frozenset({"input", "link", "meta"})


class Html(str):
    """Markup that is safe to stand in a page; made by `tag` alone."""

    __slots__ = ()


def tag(name: str, /, *children: "Html | str", **attributes: str) -> Html:
    """The element; children that are plain text are escaped, attributes always are.

    An attribute's trailing underscore is dropped (`class_`), others become hyphens.
    """
    written = "".join(f' {key.rstrip("_").replace("_", "-")}="{escape(value)}"' for key, value in attributes.items())
    if name in _EMPTY:
        return Html(f"<{name}{written}>")
    return Html(f"<{name}{written}>{join(*children)}</{name}>")


def join(*children: "Html | str") -> Html:
    """The children one after the other, without an element around them."""
    return Html("".join(child if isinstance(child, Html) else escape(child) for child in children))


def document(title: str, *body: "Html | str") -> bytes:
    """A whole page in UTF-8, with the header and footer of all and, where it is built, the explorer's script."""
    script = find_explorer()
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("title", title),
        tag("link", rel="stylesheet", href="/style.css"),
        tag("script", type="module", src=script) if script else "",
    )
    links = (("/", "Etiograph"), ("/docs", "REST interface"), ("/sparql", "SPARQL"))
    header = tag("header", tag("nav", *(tag("a", text, href=address) for address, text in links)))
    footer = tag("footer", tag("p", "Reports what articles say; not medical advice."))
    page = tag("html", head, tag("body", header, tag("main", *body), footer), lang="en")
    return ("<!doctype html>\n" + page).encode()
