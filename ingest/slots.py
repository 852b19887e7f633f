"""What fills the slots of a trigger: names, lists, events, and what "it" and its like mean.

Each function answers for one slot of one trigger in one `Reading`, with the arguments in the order of the text; ()
where nothing fits the kinds that the slot takes.
"""

import re
from typing import Final

from ingest.arguments import Argument
from ingest.coordination import Conjunct
from ingest.events import Event
from ingest.members import alike, lost_its_head, sharing_a_head
from ingest.naming import affixed, nominal_argument
from ingest.nounphrases import strip_leading
from ingest.phrases import is_instruction
from ingest.provisional import absence
from ingest.reading import Reading
from ingest.reasons import Unlinked
from ingest.sentences import Span
from ingest.triggers import Trigger
from ingest.wordings import clause_argument, in_own_words, named_in_clause, verbatim_argument
from ontology.terms import Kind, Predicate

_DEFAULTS: Final = {
    "subject": (Kind.TEST, Kind.TREATMENT, Kind.CONDITION, Kind.RISK_FACTOR, Kind.MECHANISM, Kind.SYMPTOM),
    "object": (Kind.CARE_ACTION, Kind.APPEARANCE, Kind.SYMPTOM, Kind.MECHANISM, Kind.CONDITION),
}
"""The kind of a provisional concept whose head noun says nothing: the first that the slot takes."""

_TYPED: Final = frozenset({Predicate.IS_A, Predicate.MIMICS, Predicate.ASSOCIATED_WITH, Predicate.INCREASES_RISK_OF})
"""Relations whose provisional arguments must tell their kind by their head noun."""

_TYPED_OBJECT: Final = frozenset({Predicate.TREATS, Predicate.REDUCES_RISK_OF})
_TYPED_SUBJECT: Final = frozenset(
    {
        Predicate.HAS_SYMPTOM,
        Predicate.DIAGNOSES,
        Predicate.TREATS,
        Predicate.PRESENTS_AS,
        Predicate.HAS_SIDE_EFFECT,
    }
)
"""Relations of which this holds for the subject."""

_LISTED: Final = frozenset({Predicate.DIAGNOSES, Predicate.TREATS})
"""Relations whose unknown subjects are what a known one of their list is."""

_UNMISTAKABLE: Final = frozenset({"used-for"})
"""Rows whose words tell the kind of their subject: what is "used to treat" a disease is a treatment."""


def slot_arguments(
    reading: Reading, trigger: Trigger, name: str, span: Span, *, last: bool = False
) -> tuple[Argument, ...]:
    """What fills a slot: an anaphor, events, or the members of a list; `last` keeps the last member alone."""
    words, kinds = span.of(reading.text), trigger.kinds(name)
    if not words:
        return ()
    if name == "object" and (trigger.verbatim or trigger.own):
        return (
            verbatim_argument(f"{trigger.verbatim} {words}", span)
            if trigger.verbatim
            else in_own_words(reading.text, span)
        )
    meant = _found_out(reading, trigger, name, words) or reading.focus.resolve_all(words, kinds)
    if meant:
        return meant
    happening = [event for event in reading.events if Kind.MECHANISM in kinds and span.covers(event.span)]
    if trigger.clause and name == "object" and not happening:
        return (named_in_clause(reading, span, kinds & {Kind.MECHANISM}) or clause_argument(words, span),)
    span = _without_origin(reading, span)
    members = reading.conjuncts(span)
    if trigger.nearest and len(members) > 1:
        reading.trace.linked(words, kinds, Unlinked.SEVERAL)
        return ()  # "which is injury or death of tissue": neither alone
    if trigger.id == "and-other" and name == "subject" and any(member.example for member in members):
        members = tuple(member for member in members if member.example)
    elif trigger.id == "and-other" and name == "subject":
        members = members[_FINITE.search(members[0].span.of(reading.text)) is not None :]  # "death may occur from flu"
    members = members[-1:] if last else members[:1] if trigger.single and name == "object" else members
    found = _named(reading, trigger, name, members, happening)
    listed = (
        trigger.relation is Predicate.HAS_SYMPTOM
        if name == "object"
        else name not in trigger.known and trigger.relation in _LISTED
    )
    if name in trigger.typed or listed:
        found = alike(reading, kinds, members, found)
    parted = zip((None, *members), members, found, strict=False)
    kept = [named for before, member, named in parted if not lost_its_head(reading, before, member, named)]
    return tuple(dict.fromkeys(argument for named in kept for argument in named))


def _named(
    reading: Reading, trigger: Trigger, name: str, members: tuple[Conjunct, ...], happening: list[Event]
) -> list[list[Argument]]:
    """What each member of a list names, those behind an object that begins with no name left out."""
    kinds = trigger.kinds(name)
    found: list[list[Argument]] = []
    for member in sharing_a_head(reading, members, kinds):
        pointed = reading.focus.resolve(member.span.of(reading.text), kinds)
        events = [event for event in happening if member.span.overlaps(event.span)]
        if pointed is not None:
            found.append([pointed])
        elif events and (trigger.event or not _leads(reading, member.span, events[0].span)):
            found.append([reading.happening(event) for event in events])
        else:
            found.append(_member(reading, trigger, name, member))
        if trigger.adjacent and name == "object" and not any(found):
            break
    return found


_FINITE: Final = re.compile(r"\s(?:may|can|is|are|occurs?|uses?|includes?|causes?|results?)\s", re.IGNORECASE)


def _found_out(reading: Reading, trigger: Trigger, name: str, words: str) -> tuple[Argument, ...]:
    """What "it" is that a test finds: the condition of the passage rather than a symptom just named; () elsewhere."""
    if name != "object" or trigger.relation is not Predicate.DIAGNOSES or not re.fullmatch(r"(?i)it|this", words):
        return ()
    return reading.focus.resolve_all(words, trigger.object & {Kind.CONDITION})


def _member(reading: Reading, trigger: Trigger, name: str, member: Conjunct) -> list[Argument]:
    """What one member of a list names, as the row wants it; [] where it names nothing."""
    kinds = trigger.kinds(name)
    if trigger.adjacent and name == "object" and not _begins_with_name(reading, member.span):
        reading.trace.linked(member.span.of(reading.text), kinds, Unlinked.NOT_ADJACENT)
        return []
    if trigger.adjacent and name == "object" and kinds == {Kind.CARE_ACTION}:
        return _first_named(reading, member.span, kinds)
    default = next((kind for kind in _DEFAULTS[name] if kind in kinds), None)
    typed = _TYPED | (_TYPED_SUBJECT if name == "subject" else _TYPED_OBJECT)
    if name in trigger.typed or (trigger.relation in typed and (name == "object" or trigger.id not in _UNMISTAKABLE)):
        default = None
    if trigger.nominal and name == "object":
        argument = nominal_argument(reading, trigger, member)
    else:
        argument = reading.link(member, kinds, known=name in trigger.known, default=default)
    if argument is None and trigger.event:
        argument = named_in_clause(reading, member.span, kinds)
    if argument is None:
        return []
    happens = trigger.event and name == "subject" and trigger.relation is Predicate.CAUSES
    if happens and _LACKING.search(_beside(argument, member.span.of(reading.text))):
        reading.trace.linked(member.span.of(reading.text), kinds, Unlinked.BROKEN)
        return []
    if argument.concept.provisional and is_instruction(argument.mention):
        reading.trace.linked(member.span.of(reading.text), kinds, Unlinked.INSTRUCTION)
        return []
    if name in trigger.whole and argument.qualifier is not None:
        reading.trace.linked(member.span.of(reading.text), kinds, Unlinked.NOT_WHOLE)
        return []
    return [_as_the_row_means(reading, trigger, name, argument)]


_LACKING: Final = re.compile(
    r"(?i)\b(?:too (?:low|high|little|much|few|many)|do(?:es)?(?:n't|nt| not)|cannot|can't|(?:is|are) (?:not|unable)|"
    r"not (?:enough|able)|leaks?|ruptures|low|lacks?)\b"
)
"""Words of a clause that happens because a thing is wanting or does not do its work: not the thing is the cause."""


def _beside(argument: Argument, words: str) -> str:
    """The words of a clause without those that name the argument; none where it is an event of them."""
    return "" if argument.kind in (Kind.MECHANISM, Kind.CONDITION) else words.replace(argument.mention, " ")


def _as_the_row_means(reading: Reading, trigger: Trigger, name: str, argument: Argument) -> Argument:
    if name == "subject" and (trigger.prefix or trigger.suffix):
        return affixed(trigger, argument, reading.finder)
    return absence(argument) if name == "object" and trigger.absent else argument


def _first_named(reading: Reading, span: Span, kinds: frozenset[Kind]) -> list[Argument]:
    """The name at the head of a span, whatever follows it: "never a wait-and-see matter"."""
    start = strip_leading(reading.text, span, reading.mentions).start
    named = next((mention for mention in reading.mentions if mention.span.start == start), None)
    argument = reading.argument(named, kinds) if named else None
    return [argument] if argument else []


def _without_origin(reading: Reading, span: Span) -> Span:
    """A span up to what its first name comes from: "inflammation from a bacterial or viral infection"."""
    origin = re.compile(r" from (?:an? )?(?=[\w ]+ or )").search(reading.text, span.start, span.end)
    states = {Kind.MECHANISM, Kind.CONDITION}
    if origin and any(m.span.end == origin.start() and states & set(m.concept.kinds) for m in reading.mentions):
        return Span(span.start, origin.start())
    return span


def _begins_with_name(reading: Reading, span: Span) -> bool:
    """Tell whether a name stands at the head of a span, behind its article."""
    start = strip_leading(reading.text, span, reading.mentions).start
    return any(mention.span.start == start and span.covers(mention.span) for mention in reading.mentions)


def _leads(reading: Reading, span: Span, event: Span) -> bool:
    """Tell whether a mention of a thing, not of anatomy, begins the slot before the event does."""
    return any(
        span.covers(mention.span) and mention.span.start < event.start and Kind.ANATOMY not in mention.concept.kinds
        for mention in reading.mentions
    )
