"""Where a text names concepts of the vocabularies: longest match over all names, word by word.

Names and text are folded alike (`ingest.folding`), joined with single spaces (`ingest.words`) and matched by
Aho-Corasick, so that a match always begins and ends at a word. Abbreviations match only as they are written. What a
name of several concepts means is decided by rank: a curated concept before one of an imported vocabulary, a label
before a lay name.
"""

import re
from collections.abc import Iterator, Mapping
from copy import copy
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from ahocorasick_rs import AhoCorasick

from ingest.folding import fold_words
from ingest.names import name_table, name_words
from ingest.sentences import Span
from ingest.words import FoldedText
from ontology.claim import Concept
from ontology.lexicon import Lexicon
from ontology.terms import Kind


@dataclass(frozen=True, slots=True)
class Mention:
    """The words of a view's text that name a concept."""

    span: Span
    concept: Concept


_Occurrence = tuple[int, int, int, Concept]
"""Start, end, number of words and meaning of a name in a text."""


_Meaning = tuple[int, Concept, frozenset[str] | None]
"""Number of words, concept and, where it is an abbreviation, allowed spellings of a name."""


class MentionFinder:
    """Finds the mentions of one lexicon's concepts. Built once, used for many texts; holds no state of a text."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._names = name_table(lexicon)
        self._positions = {folded: position for position, folded in enumerate(self._names.folded)}
        self._meanings: list[_Meaning | None] = [None] * len(self._positions)
        self._automaton = AhoCorasick([f" {folded} " for folded in self._names.folded])
        self._own: dict[str, Concept] = {}

    def with_names(self, names: Mapping[str, Concept]) -> "MentionFinder":
        """A finder that knows an article's own names as well; it goes before the vocabularies where both know one."""
        other = copy(self)
        other._own = {key: concept for name, concept in names.items() if (key := _key(name))}
        return other

    def find(self, text: str, local: Mapping[str, Concept] | None = None) -> tuple[Mention, ...]:
        """The mentions in a view's text, left to right, none inside another.

        `local` adds the article's own abbreviations, as written.
        """
        folded = FoldedText(text)
        found = _without_misread_looks(text, self._named_in(text, folded))
        found += self._find_own(folded)
        if local:
            # As if of two words: what the article says an abbreviation means goes before any other meaning.
            found += [(start, end, 2, local[word]) for start, end, word in folded.written(local)]
        return self._composed(text, _longest(found, len(text)))

    def matches(self, text: str) -> list[tuple[int, int, int]]:
        """(number of the name, start, end) of every name, in the folded text: matching alone, nothing decided yet."""
        return self._matches(FoldedText(text))

    def _matches(self, folded: FoldedText) -> list[tuple[int, int, int]]:
        return self._automaton.find_matches_as_indexes(folded.folded, overlapping=True)

    def occurrences(self, text: str) -> tuple[tuple[int, int, Concept], ...]:
        """(start, end, concept) of every name in `text`, those inside others too: what matching alone finds."""
        return tuple([(start, end, concept) for start, end, _, concept in self._named_in(text, FoldedText(text))])

    def _named_in(self, text: str, folded: FoldedText) -> list[_Occurrence]:
        matches = self._matches(folded)
        meanings = self._meanings
        found: list[_Occurrence] = []
        for pattern, start, end in folded.places(matches) if matches else ():
            count, concept, written = meanings[pattern] or self._meaning(pattern)
            if (written is None or text[start:end] in written) and (count == 1 or not _PAUSE.search(text, start, end)):
                if count == 1 and _OTHER_SENSE.search(
                    f"{text[max(0, start - 12) : start]}<{text[start:end]}>{text[end : end + 7]}"
                ):
                    continue
                found.append((start, end, count, concept))
        return found

    def named(self, phrase: str, kinds: frozenset[Kind] = frozenset()) -> Concept | None:
        """The concept that `phrase` as a whole names (of one of `kinds`, when given); None when there is none."""
        key = _key(phrase)
        own = self._own.get(key)
        if own is not None and (not kinds or kinds & set(own.kinds)):
            return own
        for concept in self._named_by(key):
            if not kinds or not kinds.isdisjoint(concept.kinds):
                return concept
        return None

    def labelled(self, phrase: str, kinds: frozenset[Kind]) -> Concept | None:
        """The concept of one of `kinds` whose label `phrase` is; None when there is none. Curated ones go first."""
        key = _key(phrase)
        for concept in self._named_by(key):
            if not kinds.isdisjoint(concept.kinds) and _key(concept.label) == key:
                return concept
        return None

    def _named_by(self, key: str) -> Iterator[Concept]:
        """The concepts that a name may mean, best first."""
        position = self._positions.get(key)
        for curie in self._names.concepts[position] if position is not None else ():
            yield self._lexicon.concepts[curie]

    def _meaning(self, position: int) -> _Meaning:
        names = self._names
        concept = self._lexicon.concepts[names.concepts[position][0]]
        meaning = (names.folded[position].count(" ") + 1, concept, names.written.get(position))
        self._meanings[position] = meaning
        return meaning

    def _find_own(self, folded: FoldedText) -> Iterator[_Occurrence]:
        """The article's own names; a pause inside one ("ataxia, late form") parts nothing."""
        for key, concept in self._own.items():
            words = f" {key} "
            found: list[tuple[int, int, int]] = []
            at = folded.folded.find(words)
            while at >= 0:
                found.append((0, at, at + len(words)))
                at = folded.folded.find(words, at + 1)
            for _, start, end in folded.places(found) if found else ():
                # One word more than it has: of two readings of the same words the article's own is meant.
                yield start, end, key.count(" ") + 2, concept

    def _composed(self, text: str, mentions: tuple[Mention, ...]) -> tuple[Mention, ...]:
        """Read "swelling of the leg" as one mention where "leg swelling" is a name."""
        joined: list[Mention] = []
        for mention in mentions:
            before = joined[-1] if joined else None
            if before is not None and _brings_up(text, before, mention):
                joined[-1] = Mention(Span(before.span.start, mention.span.end), mention.concept)
                continue
            if before is not None and Kind.ANATOMY in mention.concept.kinds:
                between = text[before.span.end : mention.span.start]
                place, thing = mention.span.of(text), before.span.of(text)
                if _OF.fullmatch(between):
                    concept = self.named(f"{place} {thing}") or self.named(f"{' '.join(fold_words(place))} {thing}")
                    if concept is not None:
                        joined[-1] = Mention(Span(before.span.start, mention.span.end), concept)
                        continue
            joined.append(mention)
        return tuple(joined)


_PAUSE: Final = re.compile(r"""[.,;:!?()\[\]"=+]""")
"""What parts two words of a name; a hyphen, a slash or an article does not."""

_OTHER_SENSE: Final = re.compile(
    r"(?i)the <rest>|<rest> of\b|<rest> in peace|<periods?> (?:of|when|where|in|after|before|during|between)\b|"
    r"\b(?:long|longer|short|shorter|brief|this|that|time|month|week|day|year|hour|recovery|incubation|certain|trial|"
    r"extended|prolonged|minute)(?:er|s)? <periods?>"
)
"""Words in another sense: what is left over is no rest, a stretch of time no menstruation."""

_LONGEST_REMEMBERED: Final = 80
_OF: Final = re.compile(r" (?:of|in|to) (?:(?:the|your|a|an|one|part of the) )?", re.IGNORECASE)


_remembered = lru_cache(maxsize=65_536)(name_words)


def _key(phrase: str) -> str:
    return _remembered(phrase) if len(phrase) <= _LONGEST_REMEMBERED else name_words(phrase)


def _brings_up(text: str, before: Mention, mention: Mention) -> bool:
    """Tell whether a cough is only how something comes up: "coughing up frothy sputum"."""
    words = text[before.span.start : mention.span.start]
    return Kind.SYMPTOM in mention.concept.kinds and re.fullmatch(r"(?i)cough\w* up (?:the |a )?", words) is not None


def _without_misread_looks(text: str, found: list[_Occurrence]) -> list[_Occurrence]:
    """The occurrences without looks that are none.

    "A small amount of blood in the mucus": the look ends where the name of the symptom begins. "The confusion clears":
    a look is no verb.
    """
    if not any(concept.kinds[0] is Kind.APPEARANCE for *_, concept in found):
        return found
    named = [(start, end) for start, end, count, concept in found if count > 1 and Kind.SYMPTOM in concept.kinds]
    kept: list[_Occurrence] = []
    for start, end, count, concept in found:
        if concept.kinds[0] is Kind.APPEARANCE and (
            (count == 1 and text[start:end].lower() == f"{concept.label}s")
            or any(start < other < end < finish for other, finish in named)
        ):
            continue
        kept.append((start, end, count, concept))
    return kept


def _longest(found: list[_Occurrence], length: int) -> tuple[Mention, ...]:
    """Of those that overlap the one of most words, then the first, then of the smallest id; in the text's order."""
    taken = bytearray(length)
    chosen: list[tuple[int, int, Concept]] = []
    for start, end, _, concept in sorted(found, key=lambda each: (-each[2], each[0], each[3].id)):
        if taken.find(1, start, end) < 0:
            taken[start:end] = b"\1" * (end - start)
            chosen.append((start, end, concept))
    chosen.sort(key=lambda each: each[0])
    return tuple(Mention(Span(start, end), concept) for start, end, concept in chosen)
