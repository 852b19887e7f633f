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
from ingest.linking import mint
from ingest.mentions import Mention, MentionFinder
from ingest.narrowing import ADJECTIVES, Narrowing
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
    anatomy = [mention for mention in mentions if Kind.ANATOMY in mention.concept.kinds]
    anatomy += [place for mention in mentions for place in _inside(mention, text, finder, Kind.ANATOMY)]
    things = [mention for mention in mentions if mention.concept.kinds[0] is Kind.AGENT]
    things += [thing for mention in mentions for thing in _inside(mention, text, finder, Kind.AGENT)]
    things += _pointing(text, things)
    for row in _rows():
        for mention in things if row.things else anatomy:
            before, after = text[: mention.span.start], text[mention.span.end :]
            for pattern, stretch, active in (
                (row.active, before, True),
                (row.participle, before, False),
            ):
                match = pattern.search(stretch) if pattern else None
                if match:
                    span = Span(match.start("verb"), mention.span.end)
                    found.append(Event(span, _concept(row.noun, mention, text, finder), active))
            for following in (row.passive, row.intransitive):
                match = following.match(after) if following else None
                if match:
                    span = Span(mention.span.start, mention.span.end + match.end())
                    found.append(Event(span, _concept(row.noun, mention, text, finder), active=False))
    return tuple(sorted(set(found), key=lambda event: (event.span.start, event.span.end, event.concept.id)))


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
    for name, pattern, active in _phrases():
        concept = finder.named(name)
        if concept is None:
            continue
        for match in pattern.finditer(text):
            span = Span(match.start(), match.end())
            general = Mention(span, concept)
            yield Event(span, narrowing.narrow_concept(general, mentions, topic).concept, active)


def _concept(noun: str, mention: Mention, text: str, finder: MentionFinder) -> Concept:
    written = mention.span.of(text)
    written = mention.concept.label if written.lower() in ("it", "them") else written
    singular = " ".join(fold_words(written))
    places = [
        other for other in finder.find(text) if Kind.ANATOMY in other.concept.kinds and other.span != mention.span
    ]
    nouns = [" ".join(fold_words(place.span.of(text))) for place in places]
    located = [f"{name} {singular}" for noun_of in nouns for name in (noun_of, *ADJECTIVES.get(noun_of, ()))]
    for part in (*located, written, singular, mention.concept.label, " ".join(fold_words(mention.concept.label))):
        for phrase in (f"{part} {noun}", f"{noun} of the {part}", f"{noun} of {part}"):
            concept = finder.named(phrase)
            if concept is not None:
                return concept
    return mint(f"{singular} {noun}", Kind.MECHANISM)


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
