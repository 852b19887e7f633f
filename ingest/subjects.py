"""Subjects that a clause leaves to the reader: what "it", "and", a label or the focus says it is about.

Each function answers for the open slot on the left, with the arguments in the order of the text; () where nothing fits
the kinds that the slot takes.
"""

import re

from ingest.anaphora import named_there, pointed_at
from ingest.arguments import Argument
from ingest.clauses import LeftSlot
from ingest.nounphrases import strip_leading
from ingest.reading import Reading
from ingest.relatives import OF_A_SORT, name_ending, relative_subject, told_of
from ingest.sentences import Span
from ingest.slots import slot_arguments
from ingest.triggers import Trigger
from ontology.terms import Kind


def leading_arguments(
    reading: Reading, trigger: Trigger, name: str, left: LeftSlot, inherited: tuple[Argument, ...]
) -> tuple[Argument, ...]:
    """What fills the open slot on the left: its words, or what they leave to the reader.

    `inherited` are the subjects of the trigger before, for a clause that has none of its own.
    """
    words, kinds = left.span.of(reading.text), trigger.kinds(name)
    fitting = tuple(argument for argument in inherited if kinds & set(argument.concept.kinds))
    if re.fullmatch(r"(?i)(?:and|or|then|also|in turn|,|\W)*", words):
        return fitting or (_focused(reading, kinds) if left.relative else _labelled(reading, kinds))
    spoken_of = relative_subject(reading, left.span, kinds) if left.relative else None
    if spoken_of is not None or trigger.nearest:
        return (spoken_of,) if spoken_of else name_ending(reading, left.span.end, kinds)
    if words.endswith(" there"):
        return named_there(reading, words.removesuffix(" there"), kinds)
    coordinated = re.match(r"(?i)(it|this|they|these|that)\b.*\b(?:and|or)$", words)
    words = str(coordinated.group(1)) if coordinated else words
    if re.search(r"(?i)\b(?:and|or)$", words):
        doing = _doing(reading, left.span, kinds)
        if doing:
            return doing
    if inherited and re.fullmatch(r"(?i)it|they|this|these", words):
        return fitting  # the subject of the clause before, or another row's
    told = told_of(reading, left)
    if told is not None:
        return slot_arguments(reading, trigger, name, told)
    meant = pointed_at(reading, left, words, kinds, relation=trigger.relation) or _done_before(
        reading, trigger, left.span, fitting
    )
    if meant:
        return meant
    return slot_arguments(reading, trigger, name, left.span, last=left.relative) or _unnamed(reading, left, kinds)


def _done_before(reading: Reading, trigger: Trigger, span: Span, fitting: tuple[Argument, ...]) -> tuple[Argument, ...]:
    """What happens before a participle ("…, causing"): the last event, else the subject of the trigger before."""
    happening = [event for event in reading.events if span.overlaps(event.span)] if trigger.participle else []
    if happening:
        return (reading.happening(happening[-1]),)
    return fitting if trigger.participle else ()


def _doing(reading: Reading, span: Span, kinds: frozenset[Kind]) -> tuple[Argument, ...]:
    """The subject of a clause that does one thing "and" another: the name that the clause begins with."""
    start = strip_leading(reading.text, span).start
    for mention in reading.mentions:
        argument = reading.argument(mention, kinds) if mention.span.start == start else None
        if argument is not None:
            return (argument,)
    return ()


def _unnamed(reading: Reading, left: LeftSlot, kinds: frozenset[Kind]) -> tuple[Argument, ...]:
    """What a clause is about whose own words name nothing that fits: the focus, its frame, or the label before it."""
    if left.relative:
        named = left.span.of(reading.text)
        general = re.search(
            r"(?i)(?:^|\b(?:condition|disease|disorder|illness|infection|problem|syndrome|one))$", named
        )
        return _focused(reading, kinds) if general and not OF_A_SORT.search(named) else ()
    framed = _framed(reading, left, kinds)
    if framed or (not _unsaid(reading, left) and (left.span.start > 0 or reading.unit.lead_in is not None)):
        return framed
    about = reading.focus.label(kinds)
    return (about,) if about else ()


def _labelled(reading: Reading, kinds: frozenset[Kind]) -> tuple[Argument, ...]:
    """What the label right before names, for a description without a subject: "…: often dark and linked to nausea"."""
    about = reading.focus.label(kinds)
    return (about,) if (about and reading.unit.lead_in is None) or (about and reading.unit.describes) else ()


def _unsaid(reading: Reading, left: LeftSlot) -> bool:
    """Tell whether a clause right behind a label has no subject of its own: "…: it is old but comes from"."""
    words = left.span.of(reading.text)
    return re.fullmatch(r"(?i)(?:actually|really|often|usually|also)?", words) is not None


def _focused(reading: Reading, kinds: frozenset[Kind]) -> tuple[Argument, ...]:
    focus = reading.focus.find(kinds, recent=True)
    return (focus,) if focus else ()


def named_earlier(reading: Reading, end: int, kinds: frozenset[Kind]) -> tuple[Argument, ...]:
    """What the clause before, in the same sentence, names: "if you have asthma, your doctor may …"."""
    text = reading.text
    if not re.search(r"(?i)(?:,|;| and| but)(?: \w+){0,3} *$", text[:end]):
        return ()
    if re.search(r"(?i)n't\b|\b(?:not|no|never|without)\b", text[:end]):
        return ()  # what is not there does nothing
    for kind in (Kind.CONDITION, Kind.SYMPTOM):
        for mention in reading.mentions:
            if kind in kinds and kind in mention.concept.kinds and mention.span.end <= end:
                return (Argument(mention.concept, mention.span.of(text), kind),)
    return ()


def _framed(reading: Reading, left: LeftSlot, kinds: frozenset[Kind]) -> tuple[Argument, ...]:
    """What a clause about blood or tissue is about: "in hemoptysis, the blood comes from the lungs"."""
    if not re.match(r"(?i)in ", left.before):
        return ()
    for mention in reading.mentions:
        argument = reading.argument(mention, kinds)
        if argument and mention.span.end <= len(left.before) and mention.span.start <= 6:
            return (argument,)
    return ()
