"""Where a text names concepts of the vocabularies: longest match over all names, word by word.

Names and text are folded alike (`ingest.folding`), joined with single spaces and matched by Aho-Corasick, so that a
match always begins and ends at a word. Abbreviations match only as they are written. What a name of several concepts
means is decided by rank: a curated concept before one of an imported vocabulary, a label before a lay name.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from ahocorasick_rs import AhoCorasick

from ingest.folding import fold, fold_words
from ingest.sentences import Span, tokens
from ontology.claim import Concept
from ontology.lexicon import Lexicon
from ontology.terms import Kind, NameType


@dataclass(frozen=True, slots=True)
class Mention:
    """The words of a view's text that name a concept."""

    span: Span
    concept: Concept


@dataclass(slots=True)
class _Name:
    concepts: list[str] = field(default_factory=list)
    written: set[str] | None = None
    """The exact spellings allowed, where all names that fold so are abbreviations."""


class MentionFinder:
    """Finds the mentions of one lexicon's concepts. Built once, used for many texts; holds no state of a text."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._names = _folded_names(lexicon)
        self._patterns = sorted(self._names)
        self._automaton = AhoCorasick([f" {pattern} " for pattern in self._patterns])

    def find(self, text: str, local: Mapping[str, Concept] | None = None) -> tuple[Mention, ...]:
        """The mentions in a view's text, left to right, none inside another.

        `local` adds the article's own abbreviations, as written.
        """
        words = [word for word in tokens(text) if word.of(text).lower() not in DETERMINERS]
        if not words:
            return ()
        folded = [fold(word.of(text)) for word in words]
        starts: dict[int, int] = {}
        position = 0
        for index, word in enumerate(folded):
            starts[position] = index
            position += len(word) + 1
        found: list[tuple[int, int, Concept]] = []
        haystack = " " + " ".join(folded) + " "
        for pattern, start, end in self._automaton.find_matches_as_indexes(haystack, overlapping=True):
            first = starts[start]
            last = starts[end - 1] - 1 if end - 1 in starts else len(words) - 1
            concept = self._meaning(self._patterns[pattern], text[words[first].start : words[last].end])
            if concept is not None and not _crosses_a_pause(text, words[first : last + 1]):
                found.append((first, last, concept))
        if local:
            found += [(i, i, local[w.of(text)]) for i, w in enumerate(words) if w.of(text) in local]
        return self._composed(text, _longest(found, words))

    def named(self, phrase: str, kinds: frozenset[Kind] = frozenset()) -> Concept | None:
        """The concept that `phrase` as a whole names (of one of `kinds`, when given); None when there is none."""
        name = self._names.get(_key(phrase))
        if name is None:
            return None
        for curie in name.concepts:
            concept = self._lexicon.concepts[curie]
            if not kinds or kinds & set(concept.kinds):
                return concept
        return None

    def _composed(self, text: str, mentions: tuple[Mention, ...]) -> tuple[Mention, ...]:
        """Read "swelling of the leg" as one mention where "leg swelling" is a name."""
        joined: list[Mention] = []
        for mention in mentions:
            before = joined[-1] if joined else None
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

    def _meaning(self, folded: str, written: str) -> Concept | None:
        name = self._names[folded]
        if name.written is not None and written not in name.written:
            return None
        return self._lexicon.concepts[name.concepts[0]]


DETERMINERS: Final = frozenset({"a", "an", "the", "your", "my", "his", "her", "their", "our", "its"})
"""Words that part no name: "blood in your mucus" is blood in mucus."""


_PAUSES: Final = frozenset('.,;:!?()[]"=+')
_OF: Final = re.compile(r" (?:of|in|to) (?:(?:the|your|a|an|one|part of the) )?", re.IGNORECASE)


def _key(name: str) -> str:
    return " ".join(word for word in fold_words(name) if word not in DETERMINERS)


_RANK = {NameType.EXACT: 0, NameType.LAY: 1, NameType.ABBREVIATION: 2, NameType.HIDDEN: 3}


def _folded_names(lexicon: Lexicon) -> dict[str, _Name]:
    ranked: dict[str, list[tuple[bool, int, str]]] = defaultdict(list)
    spellings: dict[str, set[str]] = defaultdict(set)
    spelled_out: set[str] = set()
    for text, kind, curie in lexicon.names():
        folded = _key(text)
        if not folded:
            continue
        label = lexicon.concepts[curie].label
        rank = -1 if text == label else _RANK[kind]
        ranked[folded].append((not curie.startswith("etio:"), rank, curie))
        if kind is NameType.ABBREVIATION or (text.isupper() and len(text) <= 5):
            spellings[folded] |= {text, text + "s"}
        else:
            spelled_out.add(folded)
            if "x ray" in folded:
                ranked[folded.replace("x ray", "xray")].append((not curie.startswith("etio:"), rank, curie))
                spelled_out.add(folded.replace("x ray", "xray"))
    return {
        folded: _Name(
            concepts=list(dict.fromkeys(curie for _, _, curie in sorted(entries))),
            written=None if folded in spelled_out else spellings[folded],
        )
        for folded, entries in ranked.items()
    }


def _crosses_a_pause(text: str, words: list[Span]) -> bool:
    """Tell whether a pause parts two of the words; a hyphen, a slash or an article does not."""
    return any(set(text[before.end : after.start]) & _PAUSES for before, after in pairwise(words))


def _longest(found: Iterable[tuple[int, int, Concept]], words: list[Span]) -> tuple[Mention, ...]:
    taken: list[tuple[int, int, Concept]] = []
    for first, last, concept in sorted(found, key=lambda match: (match[0] - match[1], match[0], match[2].id)):
        if all(last < other_first or other_last < first for other_first, other_last, _ in taken):
            taken.append((first, last, concept))
    taken.sort(key=lambda match: match[0])
    return tuple(Mention(Span(words[first].start, words[last].end), concept) for first, last, concept in taken)
