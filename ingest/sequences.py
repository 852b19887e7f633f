"""Events that follow from one another in a sentence without a trigger between them.

"In pulmonary embolism, an artery is blocked" makes the condition the cause; "vessels leak into the airways" is a leak
and the bleeding it causes; in an explanation ("the reason: less blood arrives, tissue is injured, vessels leak") each
event causes the next.
"""

import re
from typing import Final

from ingest.arguments import Argument
from ingest.assertion import assess
from ingest.events import Event
from ingest.reading import Candidate, Reading
from ingest.sentences import Span
from ontology.terms import Kind, Predicate

_EXPLAINS: Final = re.compile(
    r"\b(?:reasons?|sequence|steps?|process|mechanism|follows|explain\w*|explanation|how it happens|"
    r"way)\b[^:]{0,60}:\s+",
    re.IGNORECASE,
)
_BREAK: Final = re.compile(r",\s+(?:and\s+)?(?:then\s+)?|\s+and then\s+|;\s+|:\s+")
_IN: Final = re.compile(
    r"^(?:in|with|during|at|(?:if|when) (?:you|someone|a person|people|your child) (?:have|has)) (?:a |an )?",
    re.IGNORECASE,
)


def read_sequence(reading: Reading) -> tuple[Candidate, ...]:
    """The causes that the order of a sentence's events states; () where it has fewer than two, or no condition."""
    return tuple(dict.fromkeys((*_of_condition(reading), *_overlapping(reading), *_explained(reading))))


def _of_condition(reading: Reading) -> list[Candidate]:
    """In X, EVENT: the condition brings the event about."""
    text = reading.text
    opening = _IN.match(text)
    if opening is None:
        return []
    pointed = re.match(r"(?i)in ((?:this|such an?) [\w ]{3,40}),", text)
    meant = reading.focus.resolve(pointed.group(1), frozenset({Kind.CONDITION})) if pointed else None
    if pointed and meant:
        after = [event for event in reading.events if event.span.start > pointed.end()]
        return [_causes(meant, reading.happening(event), text[: event.span.end], "in-condition") for event in after[:1]]
    condition = next(
        (
            m
            for m in reading.mentions
            if m.span.start == opening.end() and m.concept.kinds[0] in (Kind.CONDITION, Kind.MECHANISM)
        ),
        None,
    )
    if condition is None or text[condition.span.end : condition.span.end + 1] != ",":
        return []
    subject = Argument(condition.concept, condition.span.of(text), Kind.CONDITION, condition.span)
    events = [event for event in reading.events if event.span.start > condition.span.end]
    if condition.concept.kinds[0] is Kind.MECHANISM:
        subject = Argument(condition.concept, condition.span.of(text), Kind.MECHANISM, condition.span)
        at = text[:2].lower() == "at"
        events = [event for event in _happening(reading) if at and event.span.start > condition.span.end]
    return [_causes(subject, reading.happening(event), text[: event.span.end], "in-condition") for event in events[:1]]


def _overlapping(reading: Reading) -> list[Candidate]:
    """Two events that share their verb: what leaks, and where to."""
    text = reading.text
    return [
        _causes(
            reading.happening(first), reading.happening(second), text[first.span.start : second.span.end], "leads-into"
        )
        for first in reading.events
        for second in reading.events
        if first.span.start < second.span.start < first.span.end and first.span.end < second.span.end
    ]


def _explained(reading: Reading) -> list[Candidate]:
    """The events of the clauses behind a colon that announces an explanation, each the cause of the next."""
    text = reading.text
    happening = _happening(reading)
    opening = _EXPLAINS.search(text)
    if opening is None or len(happening) < 2:
        return []
    clauses: list[Span] = []
    start = opening.end()
    for match in _BREAK.finditer(text, start):
        clauses.append(Span(start, match.start()))
        start = match.end()
    clauses.append(Span(start, len(text)))
    found: list[Candidate] = []
    before: Event | None = None
    for clause in clauses:
        event = next((event for event in happening if clause.covers(event.span)), None)
        if before is not None and event is not None and event.concept.id != before.concept.id:
            words = text[clause.start : event.span.end]
            found.append(_causes(reading.happening(before), reading.happening(event), words, "sequence"))
        before = event
    return found


def _happening(reading: Reading) -> list[Event]:
    """The events of a reading, those that a name of the vocabularies says among them."""
    named = [Event(m.span, m.concept, active=False) for m in reading.mentions if m.concept.kinds[0] is Kind.MECHANISM]
    return [*reading.events, *named]


def _causes(subject: Argument, object: Argument, words: str, rule: str) -> Candidate:
    modal = re.search(r"(?i)\b(?:can|may|might|could)\b", words)
    return Candidate(subject, Predicate.CAUSES, object, assess(modal.group() if modal else ""), rule)
