"""Sentences that go on with the list of the one before, such as "Examples include dust" or "These include fever".

What the sentence before says of "several factors" or "other treatments", the examples say of themselves. Examples that
are named as such ("examples of irritants are smoke and dust", "other irritants include smoke and dust") are of that
kind, and what their section says of the kind holds of them.
"""

import re
from collections.abc import Sequence
from typing import Final

from ingest.arguments import Argument
from ingest.assertion import Assertion, assess
from ingest.clauses import right_slot
from ingest.matching import find_matches
from ingest.reading import Candidate, Reading
from ingest.sentences import Span
from ontology.terms import Certainty, Kind, Predicate

_CONTINUES: Final = re.compile(
    r"^(?:these|they) (?:can |may )?(?:range from|vary)\b[^.;:]{0,40}? (?:and|but) (?:may |can |often )?include\b:? |"
    r"^(?:some )?(?:other )?(?:examples(?: of (?:such|these|those) \w+)?|these|they)(?: \w+)? "
    r"(?:may |can |might |also )*(?:include|range from|"
    r"are(?! (?:also|often|usually|sometimes|called|the|an?|not|only|just|all|very|more|most)\b|(?: \w+){0,2} \w+ed\b))"
    r"\b:? ",
    re.IGNORECASE,
)
_GENERAL: Final = re.compile(
    r"^(?:(?:many|several|certain|some|other|various|a few|a number of|these|different|most|the) )*"
    r"(?:factors|things|treatments|conditions|illnesses|diseases|disorders|problems|habits|activities|substances|"
    r"medicines|steps|causes|options|tests|risk factors|triggers)(?: also)? $",
    re.IGNORECASE,
)
_CERTAIN: Final = re.compile(
    r"\b(?:certain|some|several|various|different) [\w-]+(?: [\w-]+)?(?: also)? $", re.IGNORECASE
)
_LIST: Final = r"(?: (?:may|can|also|often))*(?: (?:include|are|is|range from)\b|:):? "
_OF_A_KIND: Final = re.compile(
    r"^(?:for example, )?(?:(?:(?:some|common|other|the most common) )*(?P<examples>examples? of )"
    r"(?:(?:these|such|other|common|the) )*|(?:other|common|some) (?:(?:common|possible) )?)"
    r"(?![^,.;:]{0,40}\b(?:factors?|causes?|reasons?|symptoms?|signs?|features?|complications?|treatments?|options?|"
    r"tests?|ways?|steps?|effects?|types?|forms?|examples?)\b)"
    rf"(?P<noun>[\w-]+(?: [\w-]+){{0,3}}?){_LIST}",
    re.IGNORECASE,
)
_BY_DEFINITION: Final = re.compile(
    r"^an? (?P<noun>[\w-]+(?: [\w-]+){0,2}?) is (?:something|anything|a (?:substance|thing)) [^,.;]{3,60}, such as ",
    re.IGNORECASE,
)
_TERM: Final = re.compile(
    r"^\W*(?P<term>[\w -]{2,50}?)\W+(?:is|are) an? (?:term|name|word|group|family|class|type|kind) ", re.IGNORECASE
)
_GENERAL_KINDS: Final = frozenset(
    {Kind.AGENT, Kind.RISK_FACTOR, Kind.CONDITION, Kind.TREATMENT, Kind.SYMPTOM, Kind.TEST}
)
_PASSED_ON: Final = frozenset({Predicate.CAUSES, Predicate.INCREASES_RISK_OF, Predicate.HAS_SIDE_EFFECT})
"""What holds of a kind of thing holds of its examples."""
_HARMS: Final = re.compile(
    r"(?i)\b(?:cause|have|causes|has|lead to|leads to) (?:\w+ ){0,2}?(?:complications|side effects|problems)\b"
)
_HARMED: Final = {Kind.TREATMENT: Predicate.HAS_SIDE_EFFECT, Kind.CONDITION: Predicate.HAS_COMPLICATION}
_SYMPTOMS: Final = re.compile(r"\b(?:signs|symptoms)\b", re.IGNORECASE)

_MADE_OF: Final = {
    "treatments": (Predicate.TREATS, Kind.TREATMENT),
    "therapies": (Predicate.TREATS, Kind.TREATMENT),
    "tests": (Predicate.DIAGNOSES, Kind.TEST),
}
_SPOKEN_OF: Final = re.compile(
    r"(?:^|, (?:but|and|so) )(?:(?:the|many|several|some|other|different|various|effective|there are) )*"
    r"(?P<noun>treatments|therapies|tests)\b(?! (?:of|and|or)\b)",
    re.IGNORECASE,
)
"""What a sentence is about that says only that it is there or helps."""


def read_continuation(
    reading: Reading, previous: Reading | None, stated: Sequence[Candidate] = ()
) -> tuple[Candidate, ...]:
    """The claims of a sentence of examples about the one before; () where it is none.

    `stated` are the claims of the section so far, the sentence before included.
    """
    text = reading.text
    kind = _OF_A_KIND.match(text) or _BY_DEFINITION.match(text)
    if kind is not None and (found := _of_a_kind(reading, kind, stated)):
        return found
    opening = _CONTINUES.match(text)
    if opening is None or previous is None:
        return ()
    span = right_slot(text, opening.end(), len(text))
    return (
        _general(reading, span, previous)
        or _defined(reading, span, previous)
        or _harms(reading, span, previous)
        or _shown(reading, span, previous)
        or _spoken_of(reading, span, previous)
    )


def _of_a_kind(reading: Reading, opening: re.Match[str], stated: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """Examples are a kind of what they exemplify, and do what the section says of it."""
    text = reading.text
    noun = Span(opening.start("noun"), opening.end("noun"))
    general = next(
        (
            argument
            for mention in reading.mentions
            if mention.span.start >= noun.start and mention.span.end == noun.end
            for argument in (reading.argument(mention, _GENERAL_KINDS),)
            if argument is not None
        ),
        None,
    )
    if general is None:
        return ()
    kinds = frozenset(general.concept.kinds) & _GENERAL_KINDS
    span = right_slot(text, opening.end(), len(text))
    default = next((kind for kind in general.concept.kinds if kind in (Kind.AGENT, Kind.RISK_FACTOR)), None)
    members = [m for m in reading.members(span, kinds, default=default) if m.concept.id != general.concept.id]
    named = opening.re is _OF_A_KIND and not opening["examples"] and len(members) < 2
    if named or (opening.re is _BY_DEFINITION and not members):
        return ()
    found = [Candidate(member, Predicate.IS_A, general, Assertion(), "continued") for member in members]
    done = {
        (claim.predicate, claim.object.concept.id): claim
        for claim in reversed(stated)
        if claim.subject.concept.id == general.concept.id
        and claim.predicate in _PASSED_ON
        and {Kind.CONDITION, Kind.SYMPTOM} & set(claim.object.concept.kinds)
    }
    found += [
        Candidate(member, claim.predicate, claim.object, claim.assertion, "continued", claim.qualifier)
        for claim in done.values()
        for member in members
        if member.concept.id != claim.object.concept.id
    ]
    return tuple(found)


def _general(reading: Reading, span: Span, previous: Reading) -> tuple[Candidate, ...]:
    """What the sentence before says of "several factors", or of what comes "from certain jobs"."""
    before = previous.text
    for group in find_matches(before):
        match = group[0]
        subject = before[: match.words.start]
        if match.trigger.leading != "subject" or not (_GENERAL.match(subject) or _CERTAIN.search(subject)):
            continue
        slot = right_slot(before, match.words.end, len(before))
        pointed = previous.focus.resolve(slot.of(before), match.trigger.object)
        objects = (pointed,) if pointed else _members(previous, slot, match.trigger.object)
        if objects:
            members = _members(reading, span, match.trigger.subject)
            assertion = assess(match.words.of(before))
            return tuple(
                Candidate(member, match.trigger.relation, object, assertion, "continued")
                for member in members
                for object in objects
            )
    return ()


def _defined(reading: Reading, span: Span, previous: Reading) -> tuple[Candidate, ...]:
    """Examples of what the sentence before defines: "UACS is a term for …. Examples include sinusitis"."""
    term = _TERM.match(previous.text)
    name = next((m for m in previous.mentions if term and m.span.overlaps(Span(0, term.end("term")))), None)
    defined = previous.argument(name, _GENERAL_KINDS) if name else None
    if defined is None:
        return ()
    kinds = frozenset(defined.concept.kinds)
    return tuple(
        Candidate(member, Predicate.IS_A, defined, Assertion(), "continued")
        for member in reading.members(span, kinds, known=True)
        if member.concept.id != defined.concept.id
    )


def _shown(reading: Reading, span: Span, previous: Reading) -> tuple[Candidate, ...]:
    """The symptoms of the condition of which the sentence before says that it has some."""
    before = previous.text
    if not _SYMPTOMS.search(before):
        return ()
    condition = next((m for m in previous.mentions if Kind.CONDITION in m.concept.kinds), None)
    subject = (
        Argument(condition.concept, condition.span.of(before), Kind.CONDITION)
        if condition
        else reading.focus.find(frozenset({Kind.CONDITION}), recent=False)
        if reading.text[: span.start].rstrip(" :").endswith("include")
        else None
    )
    if subject is None:
        return ()
    members = _members(reading, span, frozenset({Kind.SYMPTOM}))
    return tuple(Candidate(subject, Predicate.HAS_SYMPTOM, member, Assertion(), "continued") for member in members)


def _spoken_of(reading: Reading, span: Span, previous: Reading) -> tuple[Candidate, ...]:
    """What "they" are where the sentence before speaks of treatments, tests or causes: "Treatments can help"."""
    noun = _SPOKEN_OF.search(previous.text)
    if noun is None or not re.match(r"(?i)(?:they|these)\b", reading.text):
        return ()
    relation, kind = _MADE_OF[noun["noun"].lower()]
    about = reading.focus.find(frozenset({Kind.CONDITION, Kind.SYMPTOM}), recent=False)
    if about is None:
        return ()
    default = Kind.TREATMENT if kind is Kind.TREATMENT else None
    return tuple(
        Candidate(member, relation, about, assess(noun.group()), "continued")
        for member in reading.members(span, frozenset({kind}), default=default)
        if member.concept.id != about.concept.id
    )


def _harms(reading: Reading, span: Span, previous: Reading) -> tuple[Candidate, ...]:
    """The side effects of the treatment, or complications of the condition, that the sentence before says it has."""
    before = previous.text
    harm = _HARMS.search(before)
    named = next((m for m in previous.mentions if harm and m.span.start < 12 and m.span.end <= harm.start()), None)
    kind = named.concept.kinds[0] if named else None
    if named is None or kind not in _HARMED:
        return ()
    subject = Argument(named.concept, named.span.of(before), kind)
    possible = Assertion(certainty=Certainty.POSSIBLE)
    members = _members(reading, span, frozenset({Kind.SYMPTOM, Kind.CONDITION}))
    return tuple(Candidate(subject, _HARMED[kind], member, possible, "continued") for member in members)


def _members(reading: Reading, span: Span, kinds: frozenset[Kind]) -> tuple[Argument, ...]:
    default = next((kind for kind in (Kind.RISK_FACTOR, Kind.TREATMENT, Kind.SYMPTOM) if kind in kinds), None)
    return reading.members(span, kinds, default=default)
