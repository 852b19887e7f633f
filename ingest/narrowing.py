"""What a general word means in its place: in an article on pulmonary embolism "infarction" is pulmonary infarction.

A mention is read as a narrower concept when the vocabulary has one that is named by the same words and one word of
anatomy more, and that anatomy stands in the same sentence or in what the section or the article is about.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final

from ingest.folding import fold, fold_words
from ingest.mentions import Mention
from ingest.words import DETERMINERS
from ontology.claim import Concept
from ontology.lexicon import Lexicon
from ontology.terms import Kind

ADJECTIVES: Final[Mapping[str, tuple[str, ...]]] = {
    "airway": ("bronchial", "respiratory"),
    "alveolus": ("alveolar",),
    "artery": ("arterial",),
    "brain": ("cerebral",),
    "bronchus": ("bronchial",),
    "cervix": ("cervical",),
    "heart": ("cardiac", "myocardial"),
    "kidney": ("renal",),
    "liver": ("hepatic",),
    "lung": ("pulmonary",),
    "ovary": ("ovarian",),
    "pleura": ("pleural",),
    "stomach": ("gastric",),
    "throat": ("throat",),
    "uterus": ("uterine",),
    "vein": ("venous",),
}
"""Noun of anatomy → the adjectives that names of conditions use for it."""

_PLACES: Final = {word: noun for noun, words in ADJECTIVES.items() for word in (noun, *words)}
_IGNORED: Final = frozenset("in of to into from with and or".split())


class Narrowing:
    """Knows which words of anatomy turn one name into another. Built once from a lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._by_words: dict[frozenset[str], Concept] = {}
        for text, _, curie in lexicon.names("etio:"):
            words = _content(text)
            if len(words) > 1 and words & _PLACES.keys():
                self._by_words.setdefault(words, lexicon.concepts[curie])

    def narrow(self, mention: Mention, text: str, sentence: Iterable[Mention], topic: Iterable[str]) -> Mention:
        """The mention with the narrower concept that its place gives it; the mention itself where there is none.

        `sentence` are the other mentions of the sentence, `topic` the names of what section and article are about.
        """
        return self._narrowed(mention, _content(mention.span.of(text)), sentence, topic)

    def narrow_concept(self, mention: Mention, sentence: Iterable[Mention], topic: Iterable[str]) -> Mention:
        """Like `narrow`, by the words of the concept's label instead of those of the text: for an event's clause."""
        return self._narrowed(mention, _content(mention.concept.label), sentence, topic)

    def _narrowed(
        self, mention: Mention, words: frozenset[str], sentence: Iterable[Mention], topic: Iterable[str]
    ) -> Mention:
        general = mention.concept.kinds[0]
        if words & _PLACES.keys() or not words or (general is Kind.SYMPTOM and len(words) < 2):
            return mention
        if general not in (Kind.MECHANISM, Kind.CONDITION, Kind.SYMPTOM, Kind.AGENT):
            return mention
        label = _content(mention.concept.label)
        if general is Kind.MECHANISM:
            places = [other for other in sentence if Kind.ANATOMY in other.concept.kinds]
            places.sort(key=lambda other: abs(other.span.start - mention.span.start))
            near = [fold(word) for other in places for word in fold_words(other.concept.label)]
            about = [word for name in topic for word in fold_words(name)]
        else:
            # A condition is narrowed only to what the passage is about, and only if that is named by these words too.
            near = []
            about = [word for name in topic if words <= _content(name) for word in fold_words(name)]
        for word in (*near, *about):
            noun = _PLACES.get(word)
            if noun is None:
                continue
            for place in (word, noun, *ADJECTIVES[noun]):
                narrower = self._by_words.get(words | {place}) or self._by_words.get(label | {place})
                if narrower is not None and set(narrower.kinds) & set(mention.concept.kinds):
                    return Mention(mention.span, narrower)
        return mention


def _content(name: str) -> frozenset[str]:
    return _remembered(name) if len(name) <= _LONGEST_REMEMBERED else _content_words(name)


_LONGEST_REMEMBERED: Final = 80


def _content_words(name: str) -> frozenset[str]:
    return frozenset(word for word in fold_words(name) if word not in _IGNORED | DETERMINERS and len(word) > 1)


_remembered = lru_cache(maxsize=65_536)(_content_words)
