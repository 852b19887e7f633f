"""`/articles` and `/articles/{id}`: what was read, and an article with what it says marked in its text."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby, islice
from typing import Annotated, Final, TypeAlias

from fastapi import APIRouter, Path, Request, Response
from pydantic import Field

from api.articles import get_article
from api.html import Html, join, tag
from api.pages.frame import answer, asked, notice, page, paging
from api.pages.named import named_in
from api.pages.queries import said_in
from api.pages.reading import Marking, Place, beside, mentions_of, places_of
from api.pages.taking import take
from api.questions import Paging
from api.showing import article_address, many, show_claim
from graph.knowledge import KnowledgeGraph
from ingest.blocks import RawBlock, RawKind, parted
from ontology.article import Article, Source
from ontology.claim import Claim

router = APIRouter(include_in_schema=False)

VIEW: Final = "/articles"
PART: Final = 40_000
"""Characters of an article that are shown at once; a longer one is shown in parts of about so many."""
MOST_STATED: Final = 1_000
"""Statements that are marked at once; no part of an article that people wrote has so many."""

Stated: TypeAlias = Sequence[tuple[int, str]]
"""Where an article states what: first character and id of the claim, in order."""

_AT_ONCE: Final = 50
_WEB: Final = ("http://", "https://")


class ArticleQuestion(Paging):
    """Where in its text an article is opened."""

    at: int = Field(default=0, ge=0, le=1_000_000_000)


@router.get(VIEW)
async def articles(request: Request) -> Response:
    """Every article, by id."""
    return await answer(request, VIEW, lambda network: _list(request, network))


@router.get("/articles/{id}")
async def article(request: Request, id: Annotated[str, Path(max_length=200)]) -> Response:
    """The article's text, marked, beside its claims; of a long one the part with the character `at`."""
    return await answer(request, VIEW, lambda network: _article(request, network, id))


def _list(request: Request, network: KnowledgeGraph) -> Response:
    question = asked(request, Paging, limit=str(_AT_ONCE))
    number = len(network.articles)
    ids = list(islice(network.articles, question.offset, question.offset + question.limit))
    rows = [_row(network, id) for id in ids]
    return page(
        "Articles",
        tag("h1", "Articles"),
        tag("p", f"{many(number, 'article')}: all that the graph knows was read in them.", class_="lead"),
        tag("ul", *rows, class_="hits articles") if rows else tag("p", "Nothing was ingested yet."),
        paging(VIEW, (), offset=question.offset, limit=question.limit, total=number),
        take(
            request,
            rest="/v1/articles",
            values=(("limit", str(question.limit)), ("offset", str(question.offset))),
            sparql=ALL_ARTICLES,
            exported=[*(("article", id) for id in ids), ("negated", "include")] if ids else None,
            exports="Export what they state",
        ),
        view=VIEW,
    )


ALL_ARTICLES: Final = """PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX etio: <https://w3id.org/etiograph/>
SELECT ?article ?title WHERE { ?article a etio:Article ; dcterms:title ?title } ORDER BY ?article
"""


def _row(network: KnowledgeGraph, id: str) -> Html:
    found = network.articles[id]
    source = ", ".join(filter(None, (found.source.publisher, found.source.author, found.source.date)))
    return tag(
        "li",
        tag("span", tag("a", found.title, href=article_address(id)), class_="name"),
        tag("span", source, class_="soft") if source else "",
        tag("span", many(len(found.text), "character"), class_="badge"),
    )


def _article(request: Request, network: KnowledgeGraph, id: str) -> Response:
    found = get_article(network, id)
    at = asked(request, ArticleQuestion).at
    parts = _parts(_blocks(found))
    number = max(0, bisect_right([part[0].start for part in parts], at) - 1)
    stated = network.places_in(found.id)
    claims = len({claim for _, claim in stated})
    return page(
        found.title,
        tag("h1", found.title),
        _bibliography(found),
        tag(
            "p",
            f"{many(claims, 'claim')}. Numbers lead to what a marked sentence claims, words to the concept they name.",
        ),
        notice(),
        _text(network, found, stated, parts[number] if parts else []),
        _outside(network, found, stated, parts) if number == 0 else "",
        _parts_before_and_after(found, parts, number),
        take(
            request,
            rest=f"/v1{article_address(found.id)}/claims",
            values=(("limit", "500"),),
            sparql=said_in(found.id),
            exported=(("article", found.id), ("negated", "include")) if claims else None,
        ),
        view=VIEW,
    )


def _blocks(found: Article) -> tuple[RawBlock, ...]:
    from ingest.article import read_blocks  # what reads files is slow to import, and only this page needs it

    return tuple(parted(found.text, read_blocks(found.text, format=found.format)))


def _parts(blocks: Sequence[RawBlock]) -> list[list[RawBlock]]:
    """The blocks in parts of about `PART` characters; one part at least has none of an article without blocks."""
    parts: list[list[RawBlock]] = []
    for block in blocks:
        if not parts or block.end - parts[-1][0].start > PART:
            parts.append([])
        parts[-1].append(block)
    return parts


def _text(network: KnowledgeGraph, found: Article, stated: Stated, blocks: list[RawBlock]) -> Html:
    """The blocks with what is stated in them, beside it the claims."""
    low, high = (blocks[0].start, blocks[-1].end) if blocks else (0, 0)
    here = [(start, claim) for start, claim in stated if low <= start < high]
    claims = _claims(network, found, here[:MOST_STATED])
    mentions = beside(mentions_of(claims), named_in(network.lexicon, found.text, blocks))
    marking = Marking(found.text, places_of(claims), mentions)
    written = []
    level = 1
    for kind, group in groupby(blocks, key=lambda block: block.kind):
        if kind is RawKind.ITEM:
            rows = (_block(network, marking, block, "div", block.level) for block in group)
            written.append(tag("ul", *(tag("li", row) for row in rows), class_="items"))
            continue
        for block in group:
            if kind is RawKind.HEADING:
                level = min(level + 1, block.level + 1, 6)
                if found.text[block.start : block.end] == found.title and not marking.within(block.start, block.end):
                    level = 1
                    continue
            written.append(_block(network, marking, block, f"h{level}" if kind is RawKind.HEADING else "p", 0))
    left = len(here) - MOST_STATED
    more = tag("p", f"{left:,} more statements rest on this part; they are not marked.") if left > 0 else ""
    return join(tag("article", *written, class_="text"), more)


def _claims(network: KnowledgeGraph, found: Article, stated: Stated) -> list[Claim]:
    """The claims that are stated at these places, with their statements there alone."""
    starts: defaultdict[str, set[int]] = defaultdict(set)
    for start, claim in stated:
        starts[claim].add(start)
    return [_narrowed(network.claims[claim], found.id, places) for claim, places in sorted(starts.items())]


def _narrowed(claim: Claim, article: str, starts: set[int]) -> Claim:
    rows = (row for row in claim.evidence if row.article == article and row.start in starts)
    return replace(claim, evidence=tuple(rows))


def _block(network: KnowledgeGraph, marking: Marking, block: RawBlock, name: str, level: int) -> Html:
    notes = [_note(network, place) for place in marking.within(block.start, block.end)]
    return tag(
        "div",
        tag(name, marking.stretch(block.start, block.end)),
        tag("ul", *notes, class_="notes") if notes else "",
        class_=f"block level-{min(level, 4)}",
    )


def _note(network: KnowledgeGraph, place: Place) -> Html:
    number = str(place.number)
    rows = (tag("p", show_claim(network, claim)) for claim in place.claims)
    return tag("li", tag("span", number, class_="number"), tag("div", *rows), id=f"note-{number}")


def _outside(network: KnowledgeGraph, found: Article, stated: Stated, parts: list[list[RawBlock]]) -> Html | str:
    """What is stated in no block: in the front matter, or where nothing is read as text."""
    blocks = [block for part in parts for block in part]
    begins = [block.start for block in blocks]

    def is_shown(start: int) -> bool:
        place = bisect_right(begins, start) - 1
        return place >= 0 and start < blocks[place].end

    places = places_of(_claims(network, found, [row for row in stated if not is_shown(row[0])][:MOST_STATED]))
    if not places:
        return ""
    rows = (
        tag(
            "li",
            tag(
                "div",
                tag("p", Marking(found.text, (place,), ()).stretch(place.start, place.end)),
                tag("ul", _note(network, place), class_="notes"),
            ),
        )
        for place in places
    )
    return join(tag("h2", "Outside of the running text"), tag("ul", *rows, class_="links"))


def _parts_before_and_after(found: Article, parts: list[list[RawBlock]], number: int) -> Html | str:
    if len(parts) < 2:
        return ""
    address = article_address(found.id)
    rows = (
        tag("li", tag("a", str(place), href=f"{address}?at={part[0].start}", aria_current="true" if shown else None))
        for place, part, shown in ((place, part, place == number + 1) for place, part in enumerate(parts, start=1))
    )
    return tag("nav", tag("span", "Parts"), tag("ul", *rows), class_="contents", aria_label="Parts of the article")


def _bibliography(found: Article) -> Html:
    rows = [_source(found.source)]
    if found.restates:
        rows.append(join("restates ", _source(found.restates, title=True)))
    if found.licence:
        rows.append(join(found.licence))
    return tag("p", *(tag("span", row) for row in rows if row), class_="soft bibliography")


def _source(source: Source, *, title: bool = False) -> Html:
    known = (source.title if title else None, source.author, source.publisher, source.date)
    said = ", ".join(filter(None, known))
    if source.url and source.url.startswith(_WEB):
        link = tag("a", source.url, href=source.url, rel="external noreferrer")
        return join(said, ", " if said else "", link)
    return join(said)
