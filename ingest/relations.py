"""From triggers to candidates: the two slots of each trigger filled, its assertion read.

One sentence at a time. Of the rows whose own words overlap only the best that yields anything counts. An empty subject is the
subject of the trigger before ("can irritate the lungs and cause a cough"), an anaphor what the focus says.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ingest.assertion import Assertion, assess
from ingest.clauses import LeftSlot, left_slot, right_slot
from ingest.coordination import conjuncts
from ingest.document import Unit
from ingest.events import Event
from ingest.focus import Focus
from ingest.linking import Argument, link, mint
from ingest.mentions import Mention, MentionFinder
from ingest.sentences import Span
from ingest.triggers import Match, Trigger, find_matches
from ontology.terms import Kind, Predicate


@dataclass(frozen=True, slots=True)
class Candidate:
    """A claim as one unit states it, before it is checked and merged."""

    subject: Argument
    predicate: Predicate
    object: Argument
    assertion: Assertion
    rule: str
    qualifier: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What is known of a unit when its relations are read."""

    unit: Unit
    mentions: tuple[Mention, ...]
    events: tuple[Event, ...]
    finder: MentionFinder
    focus: Focus


_DEFAULTS = {
    "subject": (Kind.TEST, Kind.TREATMENT, Kind.CONDITION, Kind.RISK_FACTOR, Kind.MECHANISM, Kind.SYMPTOM),
    "object": (Kind.CARE_ACTION, Kind.APPEARANCE, Kind.SYMPTOM, Kind.MECHANISM, Kind.CONDITION),
}


_TYPED = frozenset({Predicate.IS_A, Predicate.MIMICS, Predicate.ASSOCIATED_WITH, Predicate.INCREASES_RISK_OF})
"""Relations whose provisional arguments must tell their kind by their head noun."""


def read_relations(reading: Reading) -> tuple[Candidate, ...]:
    """The candidates of one unit's triggers, in the order of its text."""
    groups = tuple(
        kept
        for group in find_matches(reading.unit.text)
        if (kept := tuple(match for match in group if not _inside(match, reading.mentions)))
    )
    found: list[Candidate] = []
    inherited: dict[str, tuple[Argument, ...]] = {"subject": (), "object": ()}
    defining = False
    for index, group in enumerate(groups):
        after = groups[index + 1][0].words.start if index + 1 < len(groups) else len(reading.unit.text)
        before = groups[index - 1][0].words.end if index else 0
        accepted: list[Match] = []
        for match in group:
            if any(match.conflicts(other) for other in accepted):
                continue
            candidates = _candidates(reading, match, before, after, inherited, defining=defining)
            if candidates:
                accepted.append(match)
                defining = match.trigger.relation is Predicate.IS_A
                found += candidates
                inherited = {
                    "subject": tuple(dict.fromkeys(candidate.subject for candidate in candidates)),
                    "object": tuple(dict.fromkeys(candidate.object for candidate in candidates)),
                }
    return tuple(_by_heading(candidate, reading.unit) for candidate in found) + _event_candidates(reading)


def _by_heading(candidate: Candidate, unit: Unit) -> Candidate:
    """Under a heading that asks for causes, a symptom "linked to" a mechanism or condition is caused by it."""
    rule = next((heading.rule for heading in reversed(unit.headings) if heading.rule), None)
    if candidate.rule != "linked-to" or rule is None or rule.relation is not Predicate.CAUSES:
        return candidate
    if candidate.subject.kind is not Kind.SYMPTOM or candidate.object.kind not in (Kind.MECHANISM, Kind.CONDITION):
        return candidate
    return Candidate(
        candidate.object,
        Predicate.CAUSES,
        candidate.subject,
        candidate.assertion,
        "linked-to-cause",
        candidate.qualifier,
    )


def _earlier(reading: Reading, end: int, kinds: frozenset[Kind]) -> tuple[Argument, ...]:
    """What the clause before, in the same sentence, names: "if you have asthma, your doctor may …"."""
    text = reading.unit.text
    if not re.search(r"(?i)(?:,|;| and| but)(?: \w+){0,3} *$", text[:end]):
        return ()
    for kind in (Kind.CONDITION, Kind.SYMPTOM):
        for mention in reading.mentions:
            if kind in kinds and kind in mention.concept.kinds and mention.span.end <= end:
                return (Argument(mention.concept, mention.span.of(text), kind),)
    return ()


def _inside(match: Match, mentions: Iterable[Mention]) -> bool:
    """Tell whether the words of a match are part of a name ("control" in "loss of bladder control")."""
    return any(
        mention.span.covers(match.words) and Kind.CARE_ACTION not in mention.concept.kinds for mention in mentions
    )


def _candidates(
    reading: Reading,
    match: Match,
    before: int,
    after: int,
    inherited: dict[str, tuple[Argument, ...]],
    *,
    defining: bool,
) -> list[Candidate]:
    trigger, text = match.trigger, reading.unit.text
    if trigger.headings and not any(h.rule and h.rule.id in trigger.headings for h in reading.unit.headings):
        return []
    if any(h.rule and h.rule.id in trigger.excepted for h in reading.unit.headings):
        return []
    words = _own_words(text, match)
    filled: dict[str, tuple[Argument, ...]] = {}
    introduction = text[: match.words.start][-60:] if trigger.leading is None else ""
    for name in ("subject", "object"):
        kinds = getattr(trigger, name)
        if name == trigger.missing:
            filled[name] = tuple(argument for argument in inherited[name] if kinds & set(argument.concept.kinds))
            filled[name] = filled[name] or _earlier(reading, match.words.start, kinds)
            focus = None if filled[name] else reading.focus.find(kinds, recent=trigger.id == "cause-list")
            filled[name] = (focus,) if focus else filled[name]
        elif name == trigger.leading:
            left = left_slot(text, _reach(text, before, match.words.start), match.words.start)
            introduction = left.before
            if not trigger.nearest and _crosses(text, left.span, before):
                # "Hemoptysis means blood coming from the lungs": what is said of the definition holds of what it defines.
                filled[name] = tuple(
                    a for a in inherited["subject"] if defining and getattr(trigger, name) & set(a.concept.kinds)
                )
            else:
                filled[name] = _spanning(reading, match, kinds, leading=True) if name == "object" else ()
                filled[name] = filled[name] or _left_arguments(reading, trigger, name, left, inherited["subject"])
            if not left.span.of(text) and not left.relative and before == 0 and not filled[name]:
                return []
        elif name == trigger.trailing:
            span = right_slot(text, match.words.end, _limit(text, match.words.end, after))
            shared = _spanning(reading, match, kinds)
            if shared and shared[0].span:
                words = _own_words(text, match, shared[0].span.start)
            rest = Span(min(shared[0].span.end, span.end), span.end) if shared and shared[0].span else span
            filled[name] = shared + _arguments(reading, trigger, name, rest)
        else:
            closed = match.slot(name)
            filled[name] = _arguments(reading, trigger, name, closed) if closed else ()
    if trigger.borrow:
        filled["subject"] = _borrowing(reading, match, filled["object"])
    assertion = assess(words, before=introduction)
    if trigger.affirms:
        assertion = Assertion(certainty=assertion.certainty, frequency=assertion.frequency)
    qualifier = (
        introduction.strip(" ,") or None if re.match(r"(?i)(?:in|if|when|after|during|among)\b", introduction) else None
    )
    return [
        Candidate(subject, trigger.relation, object, assertion, trigger.id, qualifier)
        for subject in filled["subject"]
        for object in filled["object"]
    ]


def _own_words(text: str, match: Match, end: int | None = None) -> str:
    """The words of a trigger, up to `end` where given, without what fills its slots."""
    end = match.words.end if end is None else end
    words, start = "", match.words.start
    for _, slot in sorted(match.slots, key=lambda named: named[1].start):
        words += text[start : slot.start]
        start = slot.end
    return words + text[start:end]


def _spanning(reading: Reading, match: Match, kinds: frozenset[Kind], *, leading: bool = False) -> tuple[Argument, ...]:
    """The name that shares words with the trigger: "interfere with sleep", or "call a doctor right away" if `leading`."""
    for mention in reading.mentions:
        kind = next((kind for kind in mention.concept.kinds if kind in kinds), None)
        within = match.words.start <= mention.span.start < match.words.end < mention.span.end
        if kind and (
            within or (leading and mention.span.start < match.words.start < mention.span.end < match.words.end)
        ):
            return (Argument(mention.concept, mention.span.of(reading.unit.text), kind, mention.span),)
    return ()


def _crosses(text: str, slot: Span, before: int) -> bool:
    """Tell whether a slot reaches over the trigger before it, other than over one in a relative clause."""
    return slot.start < before <= slot.end and not re.search(
        r"(?i)\b(?:that|which|who|of|caused by|due to)\b", text[slot.start : before]
    )


def _left_arguments(
    reading: Reading, trigger: Trigger, name: str, left: LeftSlot, inherited: tuple[Argument, ...]
) -> tuple[Argument, ...]:
    text, kinds = reading.unit.text, getattr(trigger, name)
    words: str = left.span.of(text)
    if not words or re.fullmatch(r"(?i)(?:and|or|then|also|in turn|,|\W)*", words):
        fitting = tuple(argument for argument in inherited if kinds & set(argument.concept.kinds))
        if fitting:
            return fitting
        focus = reading.focus.find(kinds, recent=True) if left.relative else None
        return (focus,) if focus else ()
    coordinated = re.match(r"(?i)(it|this|they|these|that)\b.*\b(?:and|or)$", words)
    if coordinated:
        words = str(coordinated.group(1))
    elif words.endswith(" there"):
        return _there(reading, words.removesuffix(" there"), kinds)
    if trigger.nearest:
        return _ending(reading, left.span.end, kinds)
    meant = _within(reading, left.earlier + left.before, words, kinds) or reading.focus.resolve(words, kinds)
    if meant is not None:
        return (meant,)
    if trigger.event and trigger.id == "cause-participle":
        happening = [event for event in reading.events if left.span.overlaps(event.span)]
        if happening:
            return (_of_event(happening[-1], text),)
        if inherited:
            return tuple(argument for argument in inherited if kinds & set(argument.concept.kinds))
    found = _arguments(reading, trigger, name, left.span, last=left.relative)
    if not found and left.relative:
        focus = reading.focus.find(kinds, recent=True)
        return (focus,) if focus else ()
    if not found and (framed := _framed(reading, left, kinds)):
        return framed
    if not found and left.span.start == 0 and reading.unit.lead_in is None:
        about = reading.focus.label(kinds)
        return (about,) if about else ()
    return found


def _there(reading: Reading, words: str, kinds: frozenset[Kind]) -> tuple[Argument, ...]:
    """ "Inflammation there": the thing in the anatomy that was spoken of last."""
    for place in reading.focus.places():
        for phrase in (f"{place} {words}", f"{words} of the {place}"):
            concept = reading.finder.named(phrase, kinds)
            if concept is not None:
                kind = next(kind for kind in concept.kinds if kind in kinds)
                return (Argument(concept, f"{words} there", kind),)
    return ()


def _ending(reading: Reading, end: int, kinds: frozenset[Kind]) -> tuple[Argument, ...]:
    """The name that ends at a position, as the noun before ", which is" does."""
    for mention in reading.mentions:
        kind = next((kind for kind in mention.concept.kinds if kind in kinds), None)
        if kind and mention.span.end == end:
            return (Argument(mention.concept, mention.span.of(reading.unit.text), kind, mention.span),)
    return ()


def _framed(reading: Reading, left: LeftSlot, kinds: frozenset[Kind]) -> tuple[Argument, ...]:
    """What a clause about blood or tissue is about: "in hemoptysis, the blood comes from the lungs"."""
    if not re.match(r"(?i)in ", left.before):
        return ()
    for mention in reading.mentions:
        kind = next((kind for kind in mention.concept.kinds if kind in kinds), None)
        if kind and mention.span.end <= len(left.before) and mention.span.start <= 6:
            return (Argument(mention.concept, mention.span.of(reading.unit.text), kind),)
    return ()


def _within(reading: Reading, before: str, words: str, kinds: frozenset[Kind]) -> Argument | None:
    """What "it" means where the clause before, in the same sentence, names it: "if the cancer spreads, it may …"."""
    if words.lower() not in ("it", "they", "this", "these") or not before:
        return None
    for mention in reading.mentions:
        kind = next((kind for kind in mention.concept.kinds if kind in kinds), None)
        if mention.span.end <= len(before) and kind:
            return Argument(mention.concept, mention.span.of(reading.unit.text), kind)
    return None


def _arguments(
    reading: Reading, trigger: Trigger, name: str, span: Span, *, last: bool = False
) -> tuple[Argument, ...]:
    """What fills a slot: an anaphor, events, or the members of a list; `last` keeps the last member alone."""
    text, kinds = reading.unit.text, getattr(trigger, name)
    words = span.of(text)
    if not words:
        return ()
    if trigger.verbatim and name == "object":
        phrase = f"{trigger.verbatim} {words}"
        return (
            (Argument(mint(phrase, Kind.APPEARANCE), phrase, Kind.APPEARANCE, span),) if len(words.split()) <= 8 else ()
        )
    meant = reading.focus.resolve(words, kinds)
    if meant is not None:
        return (meant,)
    happening = [event for event in reading.events if Kind.MECHANISM in kinds and span.covers(event.span)]
    if trigger.clause and name == "object" and not happening:
        named = _in_clause(reading, span, kinds & {Kind.MECHANISM})
        if named is not None:
            return (named,)
        phrase = " ".join(words.split()[:14])
        return (Argument(mint(phrase, Kind.MECHANISM), phrase, Kind.MECHANISM, span),)
    known = name in trigger.known
    default = next((kind for kind in _DEFAULTS[name] if kind in kinds), None)
    if trigger.relation in _TYPED or (trigger.relation is Predicate.HAS_SYMPTOM and name == "subject"):
        default = None
    found: list[Argument] = []
    members = conjuncts(text, span, kept=[mention.span for mention in reading.mentions])
    members = members[-1:] if last else members[:1] if trigger.single and name == "object" else members
    for conjunct in members:
        pointed = reading.focus.resolve(conjunct.span.of(text), kinds)
        if pointed is not None:
            found.append(pointed)
            continue
        events = [event for event in happening if conjunct.span.overlaps(event.span)]
        if events and (trigger.event or not _leads(reading.mentions, conjunct.span, events[0].span)):
            found += [_of_event(event, text) for event in events]
            continue
        phrase = conjunct.phrase(text) if conjunct.prefix or conjunct.suffix else None
        if trigger.adjacent and not any(
            mention.span.start <= conjunct.span.start + 12 and conjunct.span.covers(mention.span)
            for mention in reading.mentions
        ):
            continue
        argument = link(
            text, conjunct.span, reading.mentions, reading.finder, kinds, phrase=phrase, known=known, default=default
        )
        if argument is None and trigger.event:
            argument = _in_clause(reading, conjunct.span, kinds)
        if argument is not None and trigger.prefix and name == "subject":
            argument = _prefixed(trigger.prefix, argument, reading.finder)
        if argument is not None and (name not in trigger.whole or _is_whole(argument)):
            found.append(argument)
    return tuple(dict.fromkeys(found))


def _in_clause(reading: Reading, span: Span, kinds: frozenset[Kind]) -> Argument | None:
    """The first thing that a clause names, where the clause itself fills the slot: "ovulation approaches"."""
    text = reading.unit.text
    wanted = kinds & {Kind.MECHANISM, Kind.CONDITION, Kind.SYMPTOM}
    for mention in reading.mentions:
        kind = next((kind for kind in mention.concept.kinds if kind in wanted), None)
        if kind is not None and span.covers(mention.span):
            return Argument(mention.concept, span.of(text), kind, span)
    return None


def _prefixed(prefix: str, argument: Argument, finder: MentionFinder) -> Argument:
    phrase = f"{prefix} {argument.mention}"
    concept = finder.named(phrase) or finder.named(f"{prefix} {argument.concept.label}") or mint(phrase, Kind.TREATMENT)
    return Argument(concept, phrase, Kind.TREATMENT, argument.span)


def _borrowing(reading: Reading, match: Match, objects: tuple[Argument, ...]) -> tuple[Argument, ...]:
    """The members of a list of modifiers, each with the object as its head: acute, chronic (cough)."""
    text = reading.unit.text
    span = right_slot(text, match.words.end, len(text))
    found: list[Argument] = []
    members = conjuncts(text, span)
    if match.trigger.id == "kinds-by-modifier" and len(members) < 2:
        return ()
    for conjunct in members:
        for object in objects:
            phrase = f"{conjunct.span.of(text)} {object.mention}"
            alone = (
                ""
                if " " in conjunct.span.of(text) and match.trigger.id == "kinds-by-modifier"
                else conjunct.span.of(text)
            )
            concept = reading.finder.named(phrase) or reading.finder.named(alone, frozenset({object.kind}))
            if concept is not None:
                found.append(Argument(concept, phrase, object.kind, conjunct.span))
    return tuple(dict.fromkeys(found))


def _event_candidates(reading: Reading) -> tuple[Candidate, ...]:
    """What does something to anatomy causes the event: "smoking irritates the lungs"."""
    text = reading.unit.text
    found: list[Candidate] = []
    for event in reading.events:
        if not event.active:
            found += _undergone(reading, event)
            continue
        left = left_slot(text, 0, event.span.start)
        auxiliaries = re.search(
            r"(?i)(?:\b(?:can|may|might|could|will|often|also|usually|sometimes|not|never|help|to)\s*|n't\s*)+$",
            left.span.of(text),
        )
        span = Span(left.span.start, left.span.end - len(auxiliaries.group())) if auxiliaries else left.span
        if re.search(r"(?i)\bto\b", auxiliaries.group() if auxiliaries else ""):
            continue
        kinds = frozenset({Kind.CONDITION, Kind.MECHANISM, Kind.RISK_FACTOR, Kind.AGENT, Kind.SYMPTOM, Kind.TREATMENT})
        meant = reading.focus.resolve(span.of(text), kinds)
        subjects: tuple[Argument | None, ...] = (
            (meant,)
            if meant
            else tuple(
                link(text, c.span, reading.mentions, reading.finder, kinds, known=True)
                for c in conjuncts(text, span, kept=[mention.span for mention in reading.mentions])
            )
        )
        assertion = assess(auxiliaries.group() if auxiliaries else "", before=left.before)
        found += [
            Candidate(subject, Predicate.CAUSES, _of_event(event, text), assertion, "event")
            for subject in subjects
            if subject is not None
        ]  # fmt: skip
    return tuple(found)


def _undergone(reading: Reading, event: Event) -> list[Candidate]:
    """What an event is brought about by: "the airways are irritated by smoke"."""
    text = reading.unit.text
    by = re.match(r"(?i) by ", text[event.span.end :])
    if by is None:
        return []
    span = right_slot(text, event.span.end + by.end(), len(text))
    kinds = frozenset({Kind.CONDITION, Kind.MECHANISM, Kind.RISK_FACTOR, Kind.AGENT, Kind.SYMPTOM, Kind.TREATMENT})
    modal = re.search(r"(?i)\b(?:can|may|might|could)\b", event.span.of(text))
    assertion = assess(modal.group() if modal else "")
    sources = (
        link(text, conjunct.span, reading.mentions, reading.finder, kinds, known=True)
        for conjunct in conjuncts(text, span, kept=[mention.span for mention in reading.mentions])
    )
    return [
        Candidate(source, Predicate.CAUSES, _of_event(event, text), assertion, "event-by")
        for source in sources
        if source is not None
    ]


def _of_event(event: Event, text: str) -> Argument:
    return Argument(event.concept, event.span.of(text), Kind.MECHANISM, event.span)


def _leads(mentions: Iterable[Mention], span: Span, event: Span) -> bool:
    """Tell whether a mention of a thing, not of anatomy, begins the slot before the event does."""
    return any(
        span.covers(mention.span) and mention.span.start < event.start and Kind.ANATOMY not in mention.concept.kinds
        for mention in mentions
    )


def _is_whole(argument: Argument) -> bool:
    return argument.qualifier is None


def _reach(text: str, before: int, start: int) -> int:
    """Where a left slot begins: at the trigger itself (an empty slot) where a conjunction joins it to the one before."""
    joined = before and re.search(r"(?i)(?:\band\b|\bor\b|\bbut\b)\s*(?:also\s+|then\s+)?$", text[before:start])
    return start if joined else 0


def _limit(text: str, start: int, after: int) -> int:
    """Where a right slot must end: before the next trigger, where a conjunction leads to it."""
    match = re.search(
        r"(?i)(?:,?\s+(?:and|or|but)(?: also| then| even| other| another| some)?|,)\s*$", text[start:after]
    )
    return start + match.start() if match and after < len(text) else len(text)
