"""From triggers to candidates: the two slots of each trigger filled, its assertion read.

One sentence at a time. Of the rows whose own words overlap only the best that yields anything counts. An empty subject
is the subject of the trigger before ("can irritate the lungs and cause a cough"), an anaphor what the focus says.
"""

import re
from dataclasses import replace
from typing import Final

from ingest.arguments import Argument
from ingest.barring import find_bar, inside_a_name, names_its_event, refuses
from ingest.bounds import before_examples, main_verb, own_words, right_limit
from ingest.clauses import closing_share, left_slot, right_slot
from ingest.focus import LIFE_STAGES
from ingest.genes import is_gene_change
from ingest.leading import Filled, leading_slot
from ingest.matching import Match, find_matches
from ingest.naming import implied_argument, purposed
from ingest.provisional import mint
from ingest.reading import Candidate, Reading
from ingest.reasons import Unread
from ingest.saying import asserted, carried_auxiliaries, said_of
from ingest.sentences import Span
from ingest.sharing import borrowing_arguments, sharing_words
from ingest.slots import slot_arguments
from ingest.subjects import named_earlier
from ingest.triggers import Trigger
from ingest.units import Unit
from ontology.terms import Kind, Predicate

_COPULA: Final = re.compile(r"(?:is|are|was|were|be|become|becomes|(?:can|may|will) (?:be|become))", re.IGNORECASE)
_DEFINING: Final = frozenset({"is-a", "is-plural"})
_NAMES: Final = ("subject", "object")


def read_relations(reading: Reading) -> tuple[Candidate, ...]:
    """The candidates of one unit's triggers, in the order of its text."""
    groups = tuple(
        kept
        for group in find_matches(reading.text)
        if (kept := tuple(m for m in group if not inside_a_name(m, reading) and not names_its_event(m, reading)))
    )
    found: list[Candidate] = []
    inherited: Filled = {"subject": (), "object": (), "leading": ()}
    defining, before = False, 0
    for index, group in enumerate(groups):
        after = groups[index + 1][0].words.start if index + 1 < len(groups) else len(reading.text)
        accepted: list[Match] = []
        for match in group:
            later = [each.words.start for each in group if _goes_on(match, each)]
            if any(match.conflicts(other) for other in accepted):
                reading.trace.matched(match, (), Unread.SUPERSEDED)
                continue
            candidates = _candidates(reading, match, before, min((*later, after)), inherited, defining=defining)
            if candidates:
                accepted.append(match)
                defining = match.trigger.relation is Predicate.IS_A
                found += candidates
                inherited = _bequeathed(match, candidates)
        if not accepted:
            inherited = _unread(reading, group[0], before, inherited)
        # A verb that states nothing here parts a clause, unless it is a bare "is" or part of an event.
        if accepted or not (_COPULA.fullmatch(group[0].words.of(reading.text).strip()) or _happens(group[0], reading)):
            before = group[0].words.end
    headed = (_by_heading(candidate, reading.unit) for candidate in found)
    return tuple(_by_gene(candidate) for candidate in headed if not _lacks_gene_change(candidate))


def _unread(reading: Reading, match: Match, before: int, inherited: Filled) -> Filled:
    """What a trigger that states nothing still leaves to the next: its subject, "a scan" of "a scan shows more and"."""
    if match.trigger.leading != "subject" or not re.match(r"(?i)[^.;:]* and\b", reading.text[match.words.end :]):
        return inherited
    leading, _ = leading_slot(reading, match, "subject", before, inherited, defining=False)
    return {"subject": (), "object": (), "leading": leading} if leading else inherited


def _goes_on(match: Match, other: Match) -> bool:
    """Tell whether another match behind this one says the same of other things: "…, and other reasons include"."""
    return other.words.start >= match.words.end and other.trigger.relation is match.trigger.relation


def _happens(match: Match, reading: Reading) -> bool:
    return any(event.span.overlaps(match.words) for event in reading.events)


def _bequeathed(match: Match, candidates: list[Candidate]) -> Filled:
    """What a trigger leaves to the next: its two sides, and which of them leads its clause ("it" means that one)."""
    sides = {
        "subject": tuple(dict.fromkeys(candidate.subject for candidate in candidates)),
        "object": tuple(dict.fromkeys(candidate.object for candidate in candidates)),
    }
    return {**sides, "leading": sides[match.trigger.leading] if match.trigger.leading else ()}


def _lacks_gene_change(candidate: Candidate) -> bool:
    """Tell whether people are said to have no change of a gene, which denies no cause: others have it."""
    denied = re.search(r"\b(?:not|no)\b|n't\b", candidate.assertion.cue or "") is not None
    return candidate.predicate is Predicate.HAS_SYMPTOM and denied and is_gene_change(candidate.object.concept)


def _by_gene(candidate: Candidate) -> Candidate:
    """The changed gene that people with a condition have is no symptom but what causes it."""
    if candidate.predicate is not Predicate.HAS_SYMPTOM or not is_gene_change(candidate.object.concept):
        return candidate
    return _caused(candidate)


def _by_heading(candidate: Candidate, unit: Unit) -> Candidate:
    """Under a heading that asks for causes, a symptom "linked to" a mechanism or condition is caused by it."""
    rule = next((heading.rule for heading in reversed(unit.headings) if heading.rule), None)
    if candidate.rule != "linked-to" or rule is None or rule.relation is not Predicate.CAUSES:
        return candidate
    if candidate.subject.kind is not Kind.SYMPTOM or candidate.object.kind not in (Kind.MECHANISM, Kind.CONDITION):
        return candidate
    return replace(_caused(candidate), rule="linked-to-cause")


def _caused(candidate: Candidate) -> Candidate:
    """The same the other way round: what was the object causes what was the subject."""
    return replace(candidate, subject=candidate.object, predicate=Predicate.CAUSES, object=candidate.subject)


def _candidates(
    reading: Reading, match: Match, before: int, after: int, inherited: Filled, *, defining: bool
) -> list[Candidate]:
    """What one match states; `before` and `after` are where its neighbours end and begin."""
    trigger, text = match.trigger, reading.text
    barred = find_bar(match, reading.unit)
    if barred is not None:
        reading.trace.matched(match, (), barred)
        return []
    words, introduction, share = own_words(text, match), "", ""
    if trigger.leading is None:
        introduction = left_slot(text, 0, match.words.start).before
    filled: Filled = {}
    for name in sorted(_NAMES, key=lambda name: name != trigger.trailing):
        if name == trigger.missing:
            reading.trace.slot(name, None)
            filled[name] = _missing(reading, match, name, inherited)
        elif name == trigger.leading:
            filled[name], introduction = leading_slot(reading, match, name, before, inherited, defining=defining)
        elif name == trigger.trailing:
            limit = main_verb(text, match.words, right_limit(text, match.words.end, after))
            span = right_slot(text, match.words.end, limit)
            shared = sharing_words(reading, match, _sharing_kinds(trigger, name))
            if shared and shared[0].span:
                words = own_words(text, match, shared[0].span.start)
                span = Span(min(shared[0].span.end, span.end), span.end)
            span, share = closing_share(text, before_examples(text, match, span))
            reading.trace.slot(name, span)
            refused = refuses(trigger, name, span.of(text))
            filled[name] = shared + (() if refused else slot_arguments(reading, trigger, name, span))
            if not filled[name] and not (trigger.borrow and name == "subject"):
                # Most matches state nothing, and the open slot on the left is the dearest to fill.
                reading.trace.matched(match, (), Unread.NO_OBJECT if name == "object" else Unread.NO_SUBJECT)
                return []
        elif closed := match.slot(name):
            reading.trace.slot(name, closed)
            filled[name] = slot_arguments(reading, trigger, name, closed)
        else:
            filled[name] = implied_argument(reading, trigger)
    filled["subject"] = _completed(reading, match, filled)
    carried = text[: match.words.start] + ("and " if re.match(r"(?i)(?:and|or)\b", words) else "")
    assertion = asserted(match, carried_auxiliaries(carried) + words, introduction, share)
    narrows = re.match(r"(?i)(?:in|if|when|after|during|among)\b", introduction) is not None
    qualifier = "; ".join(words for words in (introduction.strip(" ,") if narrows else "", share) if words) or None
    candidates = [
        Candidate(
            subject,
            trigger.relation,
            _said_of_itself(subject, object, match),
            said_of(assertion, subject, object),
            trigger.id,
            qualifier,
        )
        for subject in filled["subject"]
        for object in filled["object"]
    ]
    lacking = None if candidates else Unread.NO_OBJECT if filled["subject"] else Unread.NO_SUBJECT
    reading.trace.matched(match, candidates, lacking)
    return candidates


def _sharing_kinds(trigger: Trigger, name: str) -> frozenset[Kind]:
    """The kinds that may share words with a row: of "loosens mucus" the loosening is not what is treated."""
    wanted = trigger.kinds(name)
    return wanted - {Kind.MECHANISM} if trigger.relation is Predicate.TREATS else wanted


def _completed(reading: Reading, match: Match, filled: Filled) -> tuple[Argument, ...]:
    """The subjects, with what they take from the objects."""
    if match.trigger.purpose:
        return purposed(reading, filled["subject"], filled["object"])
    return borrowing_arguments(reading, match, filled["object"]) if match.trigger.borrow else filled["subject"]


def _said_of_itself(subject: Argument, object: Argument, match: Match) -> Argument:
    """The object, in the text's own words where a definition says of a thing what vocabularies hold for its name."""
    if match.trigger.own:
        kind = subject.kind if subject.kind in match.trigger.object else Kind.SYMPTOM
        return Argument(mint(object.mention, kind), object.mention, kind, object.span)
    if match.trigger.id not in _DEFINING or object.concept.id != subject.concept.id:
        return object
    words = object.mention
    if len(words.split()) < 2 or words.lower() == subject.mention.lower():
        return object
    return Argument(mint(words, subject.kind), words, subject.kind, object.span, object.qualifier)


def _missing(reading: Reading, match: Match, name: str, inherited: Filled) -> tuple[Argument, ...]:
    """What fills a slot that the words leave out: the trigger before, the clause before, the focus, in this order."""
    kinds = match.trigger.kinds(name)
    postponed = reading.text[match.words.start] == ","  # ", particularly common in": said of what leads the clause
    before = inherited["leading"] if postponed else inherited[name]
    fitting = tuple(argument for argument in before if kinds & set(argument.concept.kinds))
    end = match.words.start
    if match.trigger.leading:
        end = left_slot(reading.text, 0, end).span.start  # not in the list of what may occur
    stated = fitting or named_earlier(reading, end, kinds)
    if stated:
        return stated
    outcome = reading.focus.outcome if match.trigger.event and match.trigger.recent else None
    if outcome and kinds & set(outcome.concept.kinds):
        return (outcome,)
    focus = reading.focus.find(kinds, recent=match.trigger.recent, told=not reading.unit.item)
    if focus and match.trigger.relation is Predicate.INCREASES_RISK_OF and focus.concept.id in LIFE_STAGES:
        focus = reading.focus.find(frozenset({Kind.CONDITION}), recent=False, told=False)
    return (focus,) if focus else ()
