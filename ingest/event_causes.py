"""What brings an event about: the doer before an active one, "by …" behind one that is undergone.

"Smoking irritates the lungs" and "the airways are irritated by smoke" both make a cause of what they name.
"""

import re
from typing import Final

from ingest.anaphora import named_before
from ingest.arguments import Argument
from ingest.assertion import assess
from ingest.clauses import left_slot, right_slot
from ingest.events import Event
from ingest.naming import purposed
from ingest.reading import Candidate, Reading
from ingest.relatives import relative_subject
from ingest.sentences import Span
from ontology.terms import Kind, Predicate

_CAUSES: Final = frozenset({Kind.CONDITION, Kind.MECHANISM, Kind.RISK_FACTOR, Kind.AGENT, Kind.SYMPTOM, Kind.TREATMENT})
_AUXILIARIES: Final = re.compile(
    r"(?:\b(?:can|may|might|could|will|would|should|must|cannot|do|does|did|has|have|often|also|usually|sometimes|"
    r"not|never|helps?|be|is|to|easily|directly|quickly|slowly|gradually|further)\s*|n't\s*)+$",
    re.IGNORECASE,
)


_RELATED: Final = re.compile(r"(?i)\b(?:(?:related|due|linked) to|associated with|caused by|result of)\b")
"""What stands before a general noun that is none of what the sentence is about: "gas is related to diseases that"."""

_SUCH_AS: Final = re.compile(
    r",? \(?(?:such as|including|like|for example,?|(?:may |can |also )*include:?) ", re.IGNORECASE
)


def read_event_causes(reading: Reading) -> tuple[Candidate, ...]:
    """The causes that a unit names of its events, in the order of the events."""
    found: list[Candidate] = []
    before: list[Candidate] = []
    for event in reading.events:
        if _is_plain_motion(event):
            continue
        done = _done(reading, event, before) if event.active else _undergone(reading, event)
        before = done or before
        found += done
    return tuple(found)


def _is_plain_motion(event: Event) -> bool:
    """Tell whether an event is what a part of the body does or where something goes: "vessels carry blood"."""
    return event.concept.provisional and event.concept.label.endswith(
        ("transport", "movement", "metastasis", "spread", "production")
    )


def _done(reading: Reading, event: Event, before: list[Candidate]) -> list[Candidate]:
    """What stands before an active event causes it; an infinitive has the treatment before it, if any.

    A second verb behind "and" has the doers of the claims `before`.
    """
    if re.search(r"(?i)\b(?:whether|if)\b[^,.;]*$", reading.text[: event.span.start]):
        return []  # only supposed
    left = left_slot(reading.text, 0, event.span.start)
    joined = bool(before) and re.search(r"(?i)\b(?:and|or)$", left.span.of(reading.text)) is not None
    if not joined and re.search(
        r"(?i)(?:,|\band|\bor|\bof|\bthe|\ban?|\bto|\bfrom|\bby|\bwith|\bthan|"
        r"\b(?:reduc\w+|prevent\w*|limit\w*|lower\w*|decreas\w+|minimiz\w+|stop\w*|avoid\w*|slow\w*|repair\w*|treat\w*|"
        r"control\w*|less|no|any|further|more)"
        r"(?: (?:permanent|further|serious|severe|lasting|possible|more|long-term))*)\s*$",
        left.span.of(reading.text),
    ):
        return []  # a noun in a list
    auxiliaries = _AUXILIARIES.search(left.span.of(reading.text))
    words = auxiliaries.group() if auxiliaries else ""
    span = Span(left.span.start, left.span.end - len(words))
    if re.search(r"(?i)(?<!help )(?<!helps )\bto\b", words):
        return _meant_to(reading, event, len(reading.text[: span.end].rstrip()))
    if joined:
        doers = tuple(dict.fromkeys(candidate.subject for candidate in before))
    else:
        doers = _doers(reading, span, left.earlier + left.before, relative=left.relative) or _examples(reading, event)
    # "can irritate the throat and tear vessels": the modal verb is that of the first.
    assertion = before[0].assertion if joined else assess(words, before=left.before)
    return [Candidate(doer, Predicate.CAUSES, reading.happening(event), assertion, "event") for doer in doers]


def _meant_to(reading: Reading, event: Event, end: int) -> list[Candidate]:
    """What a treatment right before an infinitive is for: "an inhaler to open the airways"."""
    happens = reading.happening(event)
    treatment = next((m for m in reading.mentions if m.span.end == end), None)
    doer = reading.argument(treatment, {Kind.TREATMENT}) if treatment else None
    doers = purposed(reading, (doer,), (happens,)) if doer else ()
    return [Candidate(each, Predicate.CAUSES, happens, assess(""), "event-aim") for each in doers]


def _doers(reading: Reading, span: Span, before: str, *, relative: bool) -> tuple[Argument, ...]:
    """What stands before an event: what an anaphor means, the noun before "that", or the members of a list."""
    text = reading.text
    words = span.of(text).strip()
    meant = named_before(reading, before, words, _CAUSES) or reading.focus.resolve(words, _CAUSES)
    if meant is not None:
        return (meant,)
    if relative and _RELATED.search(words):
        return ()
    argument = relative_subject(reading, span, _CAUSES) if relative else None
    return (argument,) if argument else reading.members(span, _CAUSES, known=True)


def _examples(reading: Reading, event: Event) -> tuple[Argument, ...]:
    """What does it where the doer is general and examples follow: "diseases that scar the lungs, such as asthma"."""
    listed = _SUCH_AS.match(reading.text, event.span.end)
    if listed is None:
        return ()
    span = right_slot(reading.text, listed.end(), len(reading.text))
    return reading.members(span, _CAUSES, known=True)


def _undergone(reading: Reading, event: Event) -> list[Candidate]:
    """What an event is brought about by."""
    by = re.match(r"(?i) by ", reading.text[event.span.end :])
    if by is None:
        return []
    span = right_slot(reading.text, event.span.end + by.end(), len(reading.text))
    modal = re.search(r"(?i)\b(?:can|may|might|could)\b", event.span.of(reading.text))
    assertion = assess(modal.group() if modal else "")
    return [
        Candidate(source, Predicate.CAUSES, reading.happening(event), assertion, "event-by")
        for source in reading.members(span, _CAUSES, known=True)
    ]
