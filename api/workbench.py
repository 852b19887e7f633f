"""The page around an answer of `/sparql`: the form, the example queries, and the script that makes an editor of it."""

import secrets
from functools import cache
from itertools import groupby
from typing import Final
from urllib.parse import urlencode, urlsplit

from fastapi.responses import HTMLResponse

from api.assets import find_editor
from api.html import Html, document, tag
from graph.describing.example import Example, examples

FIRST: Final = """SELECT ?condition ?label WHERE {
  ?condition etio:hasSymptom|etio:causes etio:hemoptysis ; skos:prefLabel ?label .
}
ORDER BY ?label
"""
"""The query of a first visit."""

# CodeMirror adds style sheets, which the nonce admits, and both it and Cytoscape.js set style attributes.
_CSP: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-{nonce}'; style-src-attr 'unsafe-inline'; "
    "img-src 'self' data: blob:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


def workbench(query: str | None, answer: Html, status: int) -> HTMLResponse:
    """The page with a query in its form, or the first one, and the answer below."""
    nonce = secrets.token_urlsafe(16)
    page = document(
        "SPARQL",
        *_styles(),
        tag("h1", "SPARQL"),
        tag(
            "p",
            "All triples are in the default graph; the prefixes of ",
            tag("a", "the schema", href="/v1/schema"),
            " need no declaration. Programs choose a format by Accept header or by ",
            tag("code", "?format="),
            ".",
        ),
        tag(
            "div",
            tag("div", _form(query), class_="asking"),
            _examples(),
            tag("div", answer, id="answer"),
            class_="workbench",
        ),
        *_scripts(nonce),
        view="/sparql",
    )
    return HTMLResponse(page, status, headers={"Content-Security-Policy": _CSP.format(nonce=nonce)})


def _form(query: str | None) -> Html:
    return tag(
        "form",
        tag("textarea", query or FIRST, name="query", aria_label="Query", spellcheck="false"),
        tag("button", "Ask", type="submit"),
        action="/sparql",
        method="get",
        class_="ask",
    )


@cache
def _examples() -> Html:
    groups = (
        tag("section", tag("h2", subject), tag("ul", *map(_example, group)))
        for subject, group in groupby(examples(), lambda example: example.subject)
    )
    return tag(
        "details", tag("summary", "Example queries"), tag("div", *groups, class_="list"), class_="examples", open=""
    )


def _example(example: Example) -> Html:
    link = tag("a", example.title, href="/sparql?" + urlencode({"query": example.query}))
    hosts = sorted({urlsplit(address).hostname or address for address in example.federates_with} - {"127.0.0.1"})
    elsewhere = (
        tag("p", f"Asks {', '.join(hosts)} too: to be run there or with a client, this endpoint asks no other.")
        if hosts
        else ""
    )
    return tag(
        "li",
        link,
        tag("p", example.comment),
        elsewhere,
        tag("p", ", ".join(example.keywords), class_="keywords"),
        class_="elsewhere" if hosts else "here",
    )


def _styles() -> tuple[Html, ...]:
    editor = find_editor()
    return tuple(tag("link", rel="stylesheet", href=each) for each in editor.styles) if editor else ()


def _scripts(nonce: str) -> tuple[Html, ...]:
    editor = find_editor()
    return (tag("script", type="module", src=editor.script, nonce=nonce),) if editor else ()
