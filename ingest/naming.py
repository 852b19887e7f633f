"""Names that a row of the trigger table makes of its own words and those in a slot.

"Avoid smoke" names avoiding smoke, "interferes with work" an interference with work, "medicines to thin mucus" a kind
of medicine; "listen for" means auscultation without naming it.
"""

import re
from collections.abc import Sequence
from typing import Final

from ingest.arguments import Argument
from ingest.coordination import Conjunct
from ingest.generics import is_generic
from ingest.mentions import MentionFinder
from ingest.nounphrases import strip_leading
from ingest.provisional import mint
from ingest.reading import Reading
from ingest.triggers import Trigger
from ontology.terms import Kind


def implied_argument(reading: Reading, trigger: Trigger) -> tuple[Argument, ...]:
    """What a row's own words mean without naming it: auscultation for "listen for"."""
    if trigger.implied is None:
        return ()
    name, label = trigger.implied
    concept = reading.finder.named(label, trigger.kinds(name))
    kind = next((kind for kind in concept.kinds if kind in trigger.kinds(name)), None) if concept else None
    return (Argument(concept, label, kind),) if concept and kind else ()


def affixed(trigger: Trigger, argument: Argument, finder: MentionFinder) -> Argument:
    """The treatment that a row's prefix or suffix makes of what its subject names: "avoiding" smoke."""
    phrase = " ".join(part for part in (trigger.prefix, argument.mention, trigger.suffix) if part)
    general = " ".join(part for part in (trigger.prefix, argument.concept.label, trigger.suffix) if part)
    concept = finder.named(phrase) or finder.named(general) or mint(phrase, Kind.TREATMENT)
    return Argument(concept, phrase, Kind.TREATMENT, argument.span)


_MOLECULAR: Final = re.compile(
    r"\b(?:production|formation|development|functions?|transportation|course|"
    r"attachment|binding|synthesis|assembly|processing|transport|structure|function of|proteins?|"
    r"genes?|"
    r"enzymes?|cells?|molecules?|receptors?|matrix|balance|interactions?|signaling|pathways?|instructions|sequence)\b",
    re.IGNORECASE,
)
"""What happens to molecules and cells is no trouble that a reader would know by that name."""


_NEAR: Final = 50
"""How far before a member of a list the words stand that hold for all of it: "the development of the eyes and …"."""


def nominal_argument(reading: Reading, trigger: Trigger, member: Conjunct) -> Argument | None:
    """The mechanism of a verb and what it happens to, "interference with work"; None where that is no short phrase."""
    words = strip_leading(reading.text, member.span).of(reading.text)
    if not re.fullmatch(r"[a-z][\w' -]{2,40}", words, re.IGNORECASE) or len(words.split()) > 4:
        return None
    if _MOLECULAR.search(reading.text, max(0, member.span.start - _NEAR), member.span.end):
        return None
    phrase = f"{trigger.nominal} {words}"
    concept = reading.finder.named(phrase, trigger.object) or mint(phrase, Kind.MECHANISM)
    return Argument(concept, phrase, Kind.MECHANISM, member.span)


def purposed(reading: Reading, subjects: tuple[Argument, ...], objects: Sequence[Argument]) -> tuple[Argument, ...]:
    """The subjects, a generic one ("medicines") named by what it is for: "medicines to thin mucus"."""
    aim = next((argument.span for argument in objects if argument.span), None)
    return tuple(_purposed(reading, subject, aim.end) if aim else subject for subject in subjects)


def _purposed(reading: Reading, subject: Argument, end: int) -> Argument:
    if subject.span is None or not is_generic(subject.concept) or subject.span.end > end:
        return subject
    written = reading.text[subject.span.start : end]
    words = [word for word in written.split() if word.lower() not in ("a", "an", "the", "your", "help")]
    if len(words) > 10:
        return subject
    phrase = " ".join(words)
    concept = reading.finder.named(phrase, frozenset({subject.kind})) or mint(phrase, subject.kind)
    return Argument(concept, phrase, subject.kind, subject.span, subject.qualifier)
