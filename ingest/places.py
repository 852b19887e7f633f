"""Where a thing is: "a clot in an artery of the lung", and the anatomy in the words that define it."""

import re
from collections.abc import Callable, Mapping
from typing import Final

from ingest.arguments import Argument
from ingest.assertion import assess
from ingest.mentions import Mention
from ingest.reading import Candidate, Reading
from ingest.sentences import Span, tokens
from ontology.terms import Kind, Predicate

_LOCATED: Final = frozenset({Kind.CONDITION, Kind.SYMPTOM, Kind.MECHANISM})
_LISTED: Final = re.compile(r",? (?:(?:or|and) )?(?:the |your )?")
_LIST_GOES_ON: Final = re.compile(
    r"\s*(?:$|[,.;:)]|(?:and|or|of|in|from|with|to|by|that|which|where|when|if|is|are|was|were|can|may|has|have)\b)"
)
_SIDES: Final[Mapping[str, Callable[[Candidate], tuple[Argument, Argument]]]] = {
    "condition-in-which": lambda candidate: (candidate.subject, candidate.object),
    "occur-when": lambda candidate: (candidate.object, candidate.subject),
}
"""Rule → the condition and the event of its candidates."""
_DEFINITION: Final = re.compile(
    r"(?P<name>[^,.;:]{2,80}?)(?:,? (?:or|also called) [^,.;:]{2,40},)? (?:is|are) (?:an?|one) (?:[\w-]+,? ){0,5}?"
    r"(?:condition|disease|disorder|illness|infection|syndrome|cancer|problem)s? "
    r"(?:in which|that|which|where|of|in)\b(?! causes? your)(?P<clause>[^.;:(]{0,60})",
    re.IGNORECASE,
)
_FROM: Final = re.compile(r" (?:that comes |coming |originating )?from (?:the |your )?", re.IGNORECASE)
_REACHES: Final = re.compile(
    r"\b(?:that|which)\b[^.;]*\b(?:travels? to|blocks?|lodges? in|settles? in|moves? to) (?:the |an? |one |your )?$",
    re.IGNORECASE,
)
_DEFINING: Final = frozenset({"is-a", "is-plural", "apposition", "definition"})
_PLACE: Final = re.compile(
    r" (?:in|of|inside|within|along) (?:the|your|one|an?|some)? ?(?:\w+ (?:of|in) (?:the|your|an?) )?$", re.IGNORECASE
)


def read_locations(reading: Reading, defined: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
    """Where a thing is: "a clot in an artery of the lung", and the anatomy in the words that define it."""
    found: list[Candidate] = []
    anatomy = [mention for mention in reading.mentions if mention.concept.kinds[0] is Kind.ANATOMY]
    happening = [Mention(event.span, event.concept) for event in reading.events]
    found += _beside(reading, anatomy, happening)
    found += _made_in(reading, anatomy) + _named_in_gloss(reading) + _come_from(reading, anatomy, defined)
    found += _reached(reading, anatomy, defined) + _defined_in(reading, anatomy, defined)
    found += _happens_in(reading, defined, anatomy) + _defined_by(reading, anatomy)
    return tuple(dict.fromkeys(found))


def _beside(reading: Reading, anatomy: list[Mention], happening: list[Mention]) -> list[Candidate]:
    """The anatomy right behind a condition or mechanism, or in its gloss."""
    text = reading.text
    found: list[Candidate] = []
    for mention in (*reading.mentions, *happening):
        if mention.concept.kinds[0] not in (Kind.CONDITION, Kind.MECHANISM):
            continue
        gloss = re.match(r" \([^()]*\)", text[mention.span.end :])
        end, inside = mention.span.end, re.search(r" (?:in|of) ", mention.span.of(text)) is not None
        for place in anatomy:
            between = text[end : place.span.start]
            listed = _LISTED.fullmatch(between) and _LIST_GOES_ON.match(text, place.span.end)
            if listed if inside else _PLACE.fullmatch(between):
                if inside and end == mention.span.end:
                    found += _own_place(reading, mention)
                found.append(_located(mention, place, text))
                end, inside = place.span.end, True
            elif (
                gloss
                and mention.span.end < place.span.start < mention.span.end + gloss.end()
                and re.search(r" (?:in|into|of|along) (?:the |your )?(?:tiny |small )?$", text[: place.span.start])
                and not any(m.span.start > end and m.span.end <= place.span.start for m in reading.mentions)
            ):
                found.append(_located(mention, place, text))
    return found


def _defined_in(reading: Reading, anatomy: list[Mention], defined: tuple[Candidate, ...]) -> list[Candidate]:
    """The first anatomy in the words that define a thing."""
    text = reading.text
    found: list[Candidate] = []
    for candidate in defined:
        if candidate.rule not in ("is-a", "means", "gloss") or candidate.subject.kind not in _LOCATED:
            continue
        span = candidate.object.span
        for place in anatomy:
            if (
                span is not None
                and span.start <= place.span.start <= span.end + 60
                and not re.search(r"[.;]|\(|, (?:which|and|but)|\b(?:by|with)\b", text[span.end : place.span.start])
                and not (candidate.rule == "gloss" and ")" in text[span.end : place.span.start])
            ):
                where = Argument(place.concept, place.span.of(text), Kind.ANATOMY, place.span)
                found.append(Candidate(candidate.subject, Predicate.LOCATED_IN, where, assess(""), "defined-in"))
                break
    return found


def _named_in_gloss(reading: Reading) -> list[Candidate]:
    """Where a thing is by the name that explains it: "hemothorax (bleeding into the chest)"."""
    text = reading.text
    found: list[Candidate] = []
    for mention in reading.mentions:
        gloss = re.match(r" \((?:\w+ )?(?:in|into) ([^()]+)\)", text[mention.span.end :])
        if gloss and mention.concept.kinds[0] in _LOCATED:
            found += [
                Candidate(
                    reading.argument_of(mention.concept, mention.span),
                    Predicate.LOCATED_IN,
                    Argument(place.concept, place.span.of(gloss.group(1)), Kind.ANATOMY),
                    assess(""),
                    "gloss-place",
                )
                for place in reading.finder.find(gloss.group(1))[:1]
                if place.concept.kinds[0] is Kind.ANATOMY
            ]
    return found


def _come_from(reading: Reading, anatomy: list[Mention], defined: tuple[Candidate, ...]) -> list[Candidate]:
    """Where bleeding comes from: "vomiting blood from the stomach or the esophagus"."""
    text = reading.text
    found: list[Candidate] = []
    for mention in reading.mentions:
        if Kind.SYMPTOM not in mention.concept.kinds or not re.search(r"(?i)blood|bleed", mention.span.of(text)):
            continue
        end = mention.span.end
        inner = re.search(r" from (?:the |your )?(\w+)$", mention.span.of(text))
        concept = reading.finder.named(inner.group(1), frozenset({Kind.ANATOMY})) if inner else None
        if inner and concept:
            where = Argument(concept, inner.group(1), Kind.ANATOMY)
            thing = reading.argument_of(mention.concept, mention.span)
            found.append(Candidate(thing, Predicate.LOCATED_IN, where, assess(""), "located"))
        for place in anatomy:
            between = text[end : place.span.start] if place.span.start >= end else "."
            if any(c.predicate is Predicate.LOCATED_IN and c.object.concept.id == place.concept.id for c in defined):
                continue
            if (_FROM if end == mention.span.end and not concept else _LISTED).fullmatch(between):
                found.append(_located(mention, place, text))
                end = place.span.end
    return found


def _reached(reading: Reading, anatomy: list[Mention], defined: tuple[Candidate, ...]) -> list[Candidate]:
    """Where a thing goes that a relative clause defines: "an infection that spreads to the bones"."""
    text = reading.text
    subject = next((c.subject for c in defined if c.predicate is Predicate.IS_A and c.rule in _DEFINING), None)
    if subject is None or not re.search(r"\b(?:that|which)\b", text):
        return []
    return [
        Candidate(
            subject,
            Predicate.LOCATED_IN,
            Argument(place.concept, place.span.of(text), Kind.ANATOMY, place.span),
            assess(""),
            "reached",
        )
        for place in anatomy
        if _REACHES.search(text[: place.span.start])
    ]


def _own_place(reading: Reading, mention: Mention) -> list[Candidate]:
    """The place that a name holds where a list of places goes on from it: "cancer in the throat, larynx"."""
    place = re.search(r" (?:in|of) (?:the |your )?(.+)$", mention.span.of(reading.text))
    concept = reading.finder.named(place.group(1), frozenset({Kind.ANATOMY})) if place else None
    if place is None or concept is None:
        return []
    where = Argument(concept, place.group(1), Kind.ANATOMY)
    thing = reading.argument_of(mention.concept, mention.span)
    return [Candidate(thing, Predicate.LOCATED_IN, where, assess(""), "located")]


def _made_in(reading: Reading, anatomy: list[Mention]) -> list[Candidate]:
    """Where a substance is made: "the glands produce sweat" is sweat production in the glands."""
    text = reading.text
    return [
        _located(Mention(event.span, event.concept), place, text)
        for event in reading.events
        if event.active and re.match(r"(?i)(?:produc|secret|make)", event.span.of(text))
        for place in anatomy
        if re.fullmatch(r" (?:(?:to|can|also|then|may) )*", text[place.span.end : event.span.start])
    ]


def _happens_in(reading: Reading, stated: tuple[Candidate, ...], anatomy: list[Mention]) -> list[Candidate]:
    """Where what a condition consists of or comes of happens: "it occurs if the airways are inflamed"."""
    text = reading.text
    found: list[Candidate] = []
    for candidate in stated:
        sides = _SIDES.get(candidate.rule)
        condition, event = sides(candidate) if sides else (candidate.subject, candidate.object)
        if sides is None or condition.kind is not Kind.CONDITION or candidate.assertion.negated:
            continue
        span = event.span or Span(0, 0)
        place = next((p for p in anatomy if span.covers(p.span)), None) or _named_inside(reading, span)
        if place is not None:
            where = Argument(place.concept, place.span.of(text), Kind.ANATOMY, place.span)
            found.append(Candidate(condition, Predicate.LOCATED_IN, where, assess(""), "happens-in"))
    return found


def _defined_by(reading: Reading, anatomy: list[Mention]) -> list[Candidate]:
    """Where a condition is by the clause that says what it is: "a disease that attacks the joints"."""
    text = reading.text
    match = _DEFINITION.match(text)
    if match is None:
        return []
    name = Span(match.start("name"), match.end("name"))
    named = next((m for m in reading.mentions if name.overlaps(m.span) and Kind.CONDITION in m.concept.kinds), None)
    condition = (
        Argument(named.concept, named.span.of(text), Kind.CONDITION, named.span)
        if named
        else reading.focus.resolve(match["name"], frozenset({Kind.CONDITION}))
    )
    clause = Span(match.start("clause"), match.end("clause"))
    place = next((p for p in anatomy if clause.covers(p.span)), None) or _named_inside(reading, clause)
    if condition is None or place is None:
        return []
    where = Argument(place.concept, place.span.of(text), Kind.ANATOMY, place.span)
    return [Candidate(condition, Predicate.LOCATED_IN, where, assess(""), "defined-in")]


def _named_inside(reading: Reading, clause: Span) -> Mention | None:
    """The anatomy in a name that is itself a clause: the airways of "narrows the airways"; None where it has none."""
    for mention in reading.mentions:
        words = tuple(tokens(mention.span.of(reading.text)))
        if not clause.covers(mention.span) or mention.concept.kinds[0] is not Kind.MECHANISM:
            continue
        for size in (3, 2, 1):
            for first in range(len(words) - size + 1):
                span = Span(mention.span.start + words[first].start, mention.span.start + words[first + size - 1].end)
                concept = reading.finder.named(span.of(reading.text), frozenset({Kind.ANATOMY}))
                if concept is not None:
                    return Mention(span, concept)
    return None


def _located(mention: Mention, place: Mention, text: str) -> Candidate:
    thing = Argument(mention.concept, mention.span.of(text), mention.concept.kinds[0], mention.span)
    where = Argument(place.concept, place.span.of(text), Kind.ANATOMY, place.span)
    return Candidate(thing, Predicate.LOCATED_IN, where, assess(""), "located")
