"""The concepts of the graph that a text names, also where it claims nothing of them."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Final

from api.pages.reading import Mention
from ingest.blocks import RawBlock
from ontology.claim import Concept
from ontology.lexicon import Lexicon
from ontology.names import singular_key
from ontology.resolving import Names

_MOST_WORDS: Final = 12
"""Longer names are not looked for."""


def named_in(names: Names, text: str, blocks: Iterable[RawBlock]) -> tuple[Mention, ...]:
    """The names of concepts in these blocks of the text as the extraction reads them, in order, none inside another.

    A name of several concepts is left out: which of them is meant is not known.
    """
    from ingest.mentions import MentionFinder  # slow to import, and only an article's page needs it

    read = [(block.start, text[block.start : block.end]) for block in blocks]
    known = {concept.id: concept for concept in _candidates(names, [words for _, words in read])}
    finder = MentionFinder(Lexicon(known.values()))
    return tuple(
        Mention(start + found.span.start, start + found.span.end, found.concept.id, stated=False)
        for start, words in read
        for found in finder.find(words)
        if len(names.find(found.span.of(words))) < 2
    )


def _candidates(names: Names, texts: Iterable[str]) -> Iterator[Concept]:
    """Every concept with a name that stands in one of the texts, and others besides; some more than once."""
    from ingest.sentences import tokens
    from ingest.words import DETERMINERS

    find = cache(names.find)

    @cache
    def begins(name: str) -> bool:
        singular = singular_key(name)
        return names.begins(name) or (singular != name and names.begins(singular))

    def named(words: Sequence[str]) -> Iterator[Concept]:
        for place in range(len(words)):
            for end in range(place + 1, min(place + _MOST_WORDS, len(words)) + 1):
                name = " ".join(words[place:end])
                yield from find(name)
                if not begins(name):
                    break

    for text in texts:
        words = [span.of(text).lower() for span in tokens(text)]
        plain = [word for word in words if word not in DETERMINERS]
        yield from named(words)
        if len(plain) < len(words):
            yield from named(plain)
