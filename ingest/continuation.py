"""Sentences that go on with the list of the one before, such as "Examples include dust" or "These include fever".

What the sentence before says of "several factors" or "other treatments", the examples say of themselves.
"""

import re
from typing import Final

from ingest.assertion import Assertion, assess
from ingest.clauses import right_slot
from ingest.linking import Argument
from ingest.reading import Candidate, Reading
from ingest.sentences import Span
from ingest.triggers import find_matches
from ontology.terms import Kind, Predicate

_CONTINUES: Final = re.compile(
    r"^(?:some )?(?:other )?(?:examples|these|they)(?: \w+)? (?:may |can |also )?(?:include|are|range from)\b:? ",
    re.IGNORECASE,
)
_GENERAL: Final = re.compile(
    r"^(?:(?:many|several|certain|some|other|various|a few|a number of|these|different|most|the) )*"
    r"(?:factors|things|treatments|conditions|substances|medicines|steps|causes|options|tests|risk factors|"
    r"triggers)(?: also)? $",
    re.IGNORECASE,
)
_SYMPTOMS: Final = re.compile(r"\b(?:signs|symptoms)\b", re.IGNORECASE)


def read_continuation(reading: Reading, previous: Reading | None) -> tuple[Candidate, ...]:
    """The claims of a sentence of examples about the one before; () where it is none."""
    opening = _CONTINUES.match(reading.text)
    if opening is None or previous is None:
        return ()
    text = reading.text
    span = right_slot(text, opening.end(), len(text))
    before = previous.text
    for group in find_matches(before):
        match = group[0]
        if match.trigger.leading != "subject" or not _GENERAL.match(before[: match.words.start]):
            continue
        slot = right_slot(before, match.words.end, len(before))
        objects = _members(previous, slot, match.trigger.object)
        if objects:
            members = _members(reading, span, match.trigger.subject)
            assertion = assess(match.words.of(before))
            return tuple(
                Candidate(member, match.trigger.relation, object, assertion, "continued")
                for member in members
                for object in objects
            )
    if _SYMPTOMS.search(before):
        condition = next((m for m in previous.mentions if Kind.CONDITION in m.concept.kinds), None)
        if condition is not None:
            subject = Argument(condition.concept, condition.span.of(before), Kind.CONDITION)
            members = _members(reading, span, frozenset({Kind.SYMPTOM}))
            return tuple(
                Candidate(subject, Predicate.HAS_SYMPTOM, member, Assertion(), "continued") for member in members
            )
    return ()


def _members(reading: Reading, span: Span, kinds: frozenset[Kind]) -> tuple[Argument, ...]:
    default = next((kind for kind in (Kind.RISK_FACTOR, Kind.TREATMENT, Kind.SYMPTOM) if kind in kinds), None)
    return reading.members(span, kinds, default=default)
