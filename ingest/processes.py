"""What happens in a condition, told in sentences that do not name it, such as "The airways become narrow".

Such a sentence begins with an event, states nothing else, and stands right behind one about the condition.
"""

import re
from typing import Final

from ingest.assertion import assess
from ingest.reading import Candidate, Reading
from ontology.terms import Kind, Predicate

_OPENING: Final = re.compile(r"(?:the |these |tiny |small |your |their )*", re.IGNORECASE)
_SUPPOSED: Final = re.compile(r"\b(?:not|never|if|when|rarely)\b|n't\b|\?$", re.IGNORECASE)
_MODAL: Final = re.compile(r"\b(?:can|may|might|could)\b", re.IGNORECASE)


def read_process(reading: Reading) -> tuple[Candidate, ...]:
    """The condition of the sentence before as the cause of the events of this one; () where it tells of none."""
    text = reading.text
    opening = _OPENING.match(text)
    start = opening.end() if opening else 0
    if _SUPPOSED.search(text) or reading.unit.item or reading.unit.label is not None:
        return ()
    happening = [(event.span, event.concept) for event in reading.events if not event.active]
    happening += [(m.span, m.concept) for m in reading.mentions if m.concept.kinds[0] is Kind.MECHANISM]
    if not any(span.start == start for span, _ in happening):
        return ()
    condition = reading.focus.led_by(frozenset({Kind.CONDITION}))
    if condition is None:
        return ()
    found: list[Candidate] = []
    for span, concept in happening:
        modal = _MODAL.search(span.of(text))
        event = reading.argument_of(concept, span)
        found.append(Candidate(condition, Predicate.CAUSES, event, assess(modal.group() if modal else ""), "process"))
    return tuple(dict.fromkeys(found))
