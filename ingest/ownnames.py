"""The names that an article has for what it is about: of its title, its initials, and "the infection"."""

import re
from typing import Final

from ingest.blocks import RawBlock
from ingest.document import title_view
from ingest.infections import is_infection
from ingest.mentions import MentionFinder
from ingest.subject import find_initials, find_names, find_subject, main_name
from ontology.article import Article
from ontology.claim import Concept
from ontology.terms import Kind

_OPENING: Final = 1_500
"""How many characters of a block are read for what the article's subject is called."""

INFECTION: Final = "(infection)"
"""Where the article's own names keep what "the infection" means; no word is written so."""


def title_of(article: Article, blocks: tuple[RawBlock, ...]) -> str:
    """The first heading, else the article's own title, which also goes before a question that contains it."""
    heading = title_view(article, blocks).text
    asks = heading.endswith("?") and article.title.lower() in heading.lower()
    return article.title if not heading or (asks and article.title) else heading


def with_subject(
    title: str, article: Article, blocks: tuple[RawBlock, ...], finder: MentionFinder
) -> tuple[MentionFinder, dict[str, Concept]]:
    """A finder that knows what the article is about by all the names it has there, and its unexplained initials."""
    passages = tuple(article.text[block.start : min(block.end, block.start + _OPENING)] for block in blocks)
    name = main_name(title, finder)
    minted = find_subject(name, passages, finder)
    subject = minted or finder.named(name, frozenset({Kind.CONDITION}))
    if subject is None:
        return finder, {}
    initials = find_initials(name, subject, passages)
    names = find_names(name, subject, passages, finder)
    if eponym := re.match(r"[A-Z][a-z]{3,}'s(?= (?:disease|syndrome|disorder)$)", name.strip(), re.IGNORECASE):
        names = {**names, eponym.group(): subject}
    if name != title:
        names = {**names, title: subject}
    if short := re.search(r"\(([A-Z]{2,6})\)\s*$", title):
        # The virus of a disease is called by its initials: "OHFV infection".
        initials[short[1]] = subject
        names |= {f"{short[1]}{virus} infection": subject for virus in ("", "V")}
    if finder.named("infection") != subject and is_infection((name, *initials), passages):
        initials[INFECTION] = subject
    return finder.with_names({**names, **({name: minted} if minted else {})}), initials
