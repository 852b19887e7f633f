"""Clauses read as mechanisms: "irritates the airways" and "the airways become irritated" are airway irritation.

The verbs stand in `events.yaml`; the anatomy is a mention of the vocabularies. Where they name the event, their concept
is used, else a provisional one is minted from anatomy and noun.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from ingest.datafiles import read_table
from ingest.folding import fold_words
from ingest.mentions import Mention, MentionFinder
from ingest.narrowing import ADJECTIVES, Narrowing
from ingest.prefilter import Prefilter
from ingest.provisional import mint
from ingest.sentences import Span
from ontology.claim import Concept
from ontology.terms import Kind


@dataclass(frozen=True, slots=True)
class Event:
    """A clause that is a mechanism. `active` tells that what stands before `span` does it to the anatomy."""

    span: Span
    concept: Concept
    active: bool


@dataclass(frozen=True, slots=True)
class _Row:
    noun: str
    active: re.Pattern[str] | None
    passive: re.Pattern[str] | None
    participle: re.Pattern[str] | None
    intransitive: re.Pattern[str] | None
    things: bool
    """Whether it happens to substances instead of anatomy."""


_LONGEST_VERB: Final = 200
"""How far before a mention the words that happen to it may begin."""

_MODAL: Final = r"(?:can|may|might|could|will|should|also|then)"
_TO_BE: Final = (
    rf"(?:{_MODAL} )*(?:is|are|was|were|be|becomes?|became|gets?|got|being|been)"
    r"(?: \w+ly| constantly| also| often)?"
)
_BETWEEN: Final = (
    r"(?: (?:to|the|a|an|your|their|some|these|those|certain|tiny|small|large|surface|deep|one|part of the|"
    r"parts of the|other|irritated|inflamed|damaged)){0,3} $"
)


def find_events(
    text: str, mentions: Iterable[Mention], finder: MentionFinder, narrowing: Narrowing, topic: Iterable[str]
) -> tuple[Event, ...]:
    """The events of a text, left to right, narrowed to the anatomy of its sentence and of its `topic`."""
    mentions, topic = tuple(mentions), tuple(topic)
    found = [*_happening(text, mentions, finder, narrowing, topic)]
    possible = _prefilter().possible(text)
    if possible:
        anatomy, things = _undergoers(text, mentions, finder)
        named = finder.find(text)
        for row, form in possible:
            for mention in things if row.things else anatomy:
                span = _happens(form, mention.span, text)
                if span is not None:
                    concept = _concept(row.noun, mention, text, named, finder)
                    found.append(Event(span, concept, active=form is row.active))
    return tuple(sorted(set(found), key=lambda each: (each.span.start, each.span.end, each.concept.id, each.active)))


def _undergoers(text: str, mentions: tuple[Mention, ...], finder: MentionFinder) -> tuple[list[Mention], list[Mention]]:
    """The anatomy and the substances that something may happen to."""
    anatomy = [mention for mention in mentions if Kind.ANATOMY in mention.concept.kinds]
    anatomy += [place for mention in mentions for place in _inside(mention, text, finder, Kind.ANATOMY)]
    things = [mention for mention in mentions if mention.concept.kinds[0] is Kind.AGENT]
    things += [thing for mention in mentions for thing in _inside(mention, text, finder, Kind.AGENT)]
    return anatomy, things + _pointing(text, things)


def _happens(form: re.Pattern[str], mention: Span, text: str) -> Span | None:
    """The clause in which it happens to a mention, by words right before it or right behind; None where it does not."""
    if "verb" in form.groupindex:
        before = form.search(text, max(0, mention.start - _LONGEST_VERB), mention.start)
        return Span(before.start("verb"), mention.end) if before else None
    behind = form.match(text, mention.end)
    return Span(mention.start, behind.end()) if behind else None


def _pointing(text: str, things: list[Mention]) -> list[Mention]:
    """Where "it" stands for the last of the things before: "protects the egg and carries it"."""
    found = []
    for match in re.finditer(r"(?i)(?<=[a-z] )(?:it|them)\b", text):
        before = [thing for thing in things if thing.span.end < match.start()]
        if before:
            last = max(before, key=lambda thing: thing.span.start)
            found.append(Mention(Span(match.start(), match.end()), last.concept))
    return found


def _inside(mention: Mention, text: str, finder: MentionFinder, kind: Kind) -> Iterator[Mention]:
    """What a name that is itself a clause happens to: the airways of "narrows the airways"."""
    if mention.concept.kinds[0] is not Kind.MECHANISM:
        return
    first = text.find(" ", mention.span.start, mention.span.end) + 1
    while first:
        for inner in finder.find(text[first : mention.span.end]):
            if kind is inner.concept.kinds[0]:
                yield Mention(Span(first + inner.span.start, first + inner.span.end), inner.concept)
                return
        first = text.find(" ", first, mention.span.end) + 1


def _happening(
    text: str, mentions: tuple[Mention, ...], finder: MentionFinder, narrowing: Narrowing, topic: tuple[str, ...]
) -> Iterator[Event]:
    for name, pattern, active in _phrase_filter().possible(text):
        concept = finder.named(name)
        if concept is None:
            continue
        for match in pattern.finditer(text):
            span = Span(match.start(), match.end())
            general = Mention(span, concept)
            yield Event(span, narrowing.narrow_concept(general, mentions, topic).concept, active)


def _concept(noun: str, mention: Mention, text: str, named: tuple[Mention, ...], finder: MentionFinder) -> Concept:
    written = mention.span.of(text)
    written = mention.concept.label if written.lower() in ("it", "them") else written
    singular = " ".join(fold_words(written))
    places = [other for other in named if Kind.ANATOMY in other.concept.kinds and other.span != mention.span]
    nouns = [" ".join(fold_words(place.span.of(text))) for place in places]
    located = [f"{name} {singular}" for noun_of in nouns for name in (noun_of, *ADJECTIVES.get(noun_of, ()))]
    for part in (*located, written, singular, mention.concept.label, " ".join(fold_words(mention.concept.label))):
        for phrase in (f"{part} {noun}", f"{noun} of the {part}", f"{noun} of {part}"):
            concept = finder.named(phrase)
            if concept is not None:
                return concept
    return mint(f"{singular} {noun}", Kind.MECHANISM)


@cache
def _phrase_filter() -> Prefilter[tuple[str, re.Pattern[str], bool]]:
    return Prefilter((row, row[1]) for row in _phrases())


@cache
def _prefilter() -> Prefilter[tuple[_Row, re.Pattern[str]]]:
    """The rows, each with every form of it that there is."""
    return Prefilter(
        ((row, form), form)
        for row in _rows()
        for form in (row.active, row.participle, row.passive, row.intransitive)
        if form is not None
    )


@cache
def _phrases() -> tuple[tuple[str, re.Pattern[str], bool], ...]:
    """(name, words, whether something does it) of the events that are named by a phrase."""
    table = read_table("events.yaml")
    return tuple(
        (row["name"], re.compile(rf"\b(?:{row[form]})\b", re.IGNORECASE), form == "active")
        for row in table
        if "name" in row
        for form in ("active", "phrase")
        if form in row
    )


@cache
def _rows() -> tuple[_Row, ...]:
    table = read_table("events.yaml")
    rows = []
    for row in table:
        if "noun" not in row:
            continue
        active, participle, intransitive = row.get("active"), row.get("participle"), row.get("intransitive")
        rows.append(
            _Row(
                noun=row["noun"],
                active=_pattern(rf"\b(?P<verb>(?:{active})(?: and \w+)?){_BETWEEN}") if active else None,
                passive=_pattern(rf" {_TO_BE}(?: \w+ and)? (?:{participle})\b") if participle else None,
                participle=_pattern(rf"(?<!\bnot )\b(?P<verb>{participle}) (?:(?!and |or )\w+ )?$")
                if participle
                else None,
                intransitive=_pattern(rf"(?: {_MODAL})* (?:{intransitive})\b") if intransitive else None,
                things=row.get("things", False),
            )
        )
    return tuple(rows)


def _pattern(regex: str) -> re.Pattern[str]:
    return re.compile(regex, re.IGNORECASE)
