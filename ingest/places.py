"""Where a thing is: "a clot in an artery of the lung", and the anatomy in the words that define it."""

import re
from typing import Final

from ingest.assertion import assess
from ingest.linking import Argument
from ingest.mentions import Mention
from ingest.reading import Candidate, Reading
from ontology.terms import Kind, Predicate

_LOCATED: Final = frozenset({Kind.CONDITION, Kind.SYMPTOM, Kind.MECHANISM})
_LISTED: Final = re.compile(r",? (?:(?:or|and) )?(?:the |your )?")
_LIST_GOES_ON: Final = re.compile(
    r"\s*(?:$|[,.;:)]|(?:and|or|of|in|from|with|to|by|that|which|where|when|if|is|are|was|were|can|may|has|have)\b)"
)
_PLACE: Final = re.compile(
    r" (?:in|of|inside|within|along) (?:the|your|one|an?|some)? ?(?:\w+ (?:of|in) (?:the|your|an?) )?$", re.IGNORECASE
)


def read_locations(reading: Reading, defined: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
    """Where a thing is: "a clot in an artery of the lung", and the anatomy in the words that define it."""
    text = reading.text
    found: list[Candidate] = []
    anatomy = [mention for mention in reading.mentions if mention.concept.kinds[0] is Kind.ANATOMY]
    happening = [Mention(event.span, event.concept) for event in reading.events]
    for mention in (*reading.mentions, *happening):
        if mention.concept.kinds[0] not in (Kind.CONDITION, Kind.MECHANISM):
            continue
        gloss = re.match(r" \([^()]*\)", text[mention.span.end :])
        end, inside = mention.span.end, re.search(r" (?:in|of) ", mention.span.of(text)) is not None
        for place in anatomy:
            between = text[end : place.span.start]
            listed = _LISTED.fullmatch(between) and _LIST_GOES_ON.match(text, place.span.end)
            if listed if inside else _PLACE.fullmatch(between):
                found.append(_located(mention, place, text))
                end, inside = place.span.end, True
            elif (
                gloss
                and mention.span.end < place.span.start < mention.span.end + gloss.end()
                and re.search(r" (?:in|into|of|along) (?:the |your )?(?:tiny |small )?$", text[: place.span.start])
            ):
                found.append(_located(mention, place, text))
    found += _made_in(reading, anatomy)
    for candidate in defined:
        if candidate.rule not in ("is-a", "means", "gloss") or candidate.subject.kind not in _LOCATED:
            continue
        span = candidate.object.span
        for place in anatomy:
            if (
                span is not None
                and span.start <= place.span.start <= span.end + 60
                and not re.search(r"[.;]|\(|, (?:which|and|but)", text[span.end : place.span.start])
            ):
                where = Argument(place.concept, place.span.of(text), Kind.ANATOMY, place.span)
                found.append(Candidate(candidate.subject, Predicate.LOCATED_IN, where, assess(""), "defined-in"))
                break
    return tuple(dict.fromkeys(found))


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


def _located(mention: Mention, place: Mention, text: str) -> Candidate:
    thing = Argument(mention.concept, mention.span.of(text), mention.concept.kinds[0], mention.span)
    where = Argument(place.concept, place.span.of(text), Kind.ANATOMY, place.span)
    return Candidate(thing, Predicate.LOCATED_IN, where, assess(""), "located")
