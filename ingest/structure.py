"""Claims that the form of a text makes without a verb: items under headings, glosses in parentheses, examples.

A list item under "Causes of hemoptysis" is a cause of it; "infarction (lung tissue injury)" says that the one is the
other; "irritants, such as smoke" that the one is a kind of the other. Structure is the most reliable evidence there is.
"""

import re
from typing import Final

from ingest.assertion import assess
from ingest.coordination import conjuncts
from ingest.document import Heading
from ingest.folding import fold_words
from ingest.headings import HeadingRule, find_heading_rule
from ingest.headnouns import kind_of
from ingest.linking import Argument, link, strip_leading
from ingest.mentions import Mention
from ingest.relations import Candidate, Reading
from ingest.sentences import Span
from ontology.terms import Kind, Predicate

_GLOSS: Final = re.compile(r"\((?:also called |or |a |an |the |that is,? |i\.e\.,? |often |usually )?([^()]{3,80})\)")
_EXAMPLES: Final = re.compile(
    r",?\s*\(?(?<!\bsymptoms )(?<!\bfactors )\b(?:such as|including|like(?= (?:a |an )?[\w-]+(?:,| or | and )))\s+",
    re.IGNORECASE,
)
_NAMING: Final = re.compile(
    r"^(?:also called|also known as|or|called|i\.e|for example|for instance|such as|including|e\.g|especially|(?:usually |often |mostly )?from|"
    r"caused by|due to|in|if|when|for|with|like|see)\b",
    re.IGNORECASE,
)
_STATES: Final = frozenset({Kind.CONDITION, Kind.SYMPTOM, Kind.MECHANISM})
_THINGS: Final = frozenset(Kind) - {Kind.ANATOMY, Kind.CARE_ACTION, Kind.APPEARANCE}


def read_item(reading: Reading) -> tuple[Candidate, ...]:
    """The claims that its lead-in or heading makes of a list item or of a heading that names a thing; () elsewhere."""
    unit = reading.unit
    governing = _governing(reading)
    if not unit.item or governing is None:
        return ()
    rule, heading = governing
    assert rule.relation is not None
    other = _other_side(reading, rule, heading)
    items = tuple(
        item
        for item in _items(reading, rule)
        if other and (rule.relation is Predicate.IS_A or not _is_subtopic(item, other))
    )
    if other is None:
        return ()
    assertion = assess(heading.text if heading else unit.lead_in or "")
    return tuple(
        Candidate(item, rule.relation, other, assertion, f"heading-{rule.id}")
        if rule.item_is_subject
        else Candidate(other, rule.relation, item, assertion, f"heading-{rule.id}")
        for item in items
    )


def read_glosses(reading: Reading) -> tuple[Candidate, ...]:
    """X (Y), where both are known and differ and share a kind: X is a Y."""
    text = reading.unit.text
    found: list[Candidate] = []
    for match in _GLOSS.finditer(text):
        named = next((m for m in reading.mentions if m.span.end <= match.start() <= m.span.end + 1), None)
        if named is None or _NAMING.match(text[match.start() + 1 :]):
            continue
        subject = Argument(named.concept, named.span.of(text), named.concept.kinds[0], named.span)
        kinds = frozenset(_THINGS)
        for conjunct in conjuncts(text, Span(match.start(1), match.end(1)))[:1]:
            described = (
                re.match(r"\((?:an?|the) ", match.group()) is not None or kind_of(conjunct.span.of(text)) in _STATES
            )
            gloss = link(
                text, conjunct.span, reading.mentions, reading.finder, kinds,
                known=not described, default=subject.kind if described else None,
            )  # fmt: skip
            if gloss is None or gloss.concept.id == named.concept.id:
                continue
            shared = set(gloss.concept.kinds) & set(named.concept.kinds)
            if shared or {gloss.kind, subject.kind} <= {Kind.CONDITION, Kind.MECHANISM, Kind.SYMPTOM}:
                pair = (gloss, subject) if re.match(r"\((?:often|usually) ", match.group()) else (subject, gloss)
                found.append(Candidate(pair[0], Predicate.IS_A, pair[1], assess(""), "gloss"))
    return tuple(found)


def read_examples(reading: Reading) -> tuple[Candidate, ...]:
    """X, such as Y and Z: Y is an X and Z is an X, where X and the example are of one kind."""
    text = reading.unit.text
    found: list[Candidate] = []
    for match in _EXAMPLES.finditer(text):
        close = text.find(")", match.end()) if "(" in match.group() else -1
        end = close if close >= 0 else _list_end(text, match.end())
        before = _noun_phrase_before(reading, match.start())
        if before is None:
            continue
        kinds = frozenset(before.concept.kinds) & _THINGS
        members = conjuncts(text, Span(match.end(), end), kept=[mention.span for mention in reading.mentions])
        for conjunct in members:
            argument = link(text, conjunct.span, reading.mentions, reading.finder, kinds, known=True)
            if argument is not None and argument.concept.id != before.concept.id:
                found.append(Candidate(argument, Predicate.IS_A, before, assess(""), "example"))
    return tuple(found)


_PLACE: Final = re.compile(
    r" (?:in|of|inside|within|along) (?:the|your|one|an?|some)? ?(?:\w+ (?:of|in) (?:the|your|an?) )?$", re.IGNORECASE
)


def read_locations(reading: Reading, defined: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
    """Where a thing is: "a clot in an artery of the lung", and the anatomy in the words that define it."""
    text = reading.unit.text
    found: list[Candidate] = []
    anatomy = [mention for mention in reading.mentions if mention.concept.kinds[0] is Kind.ANATOMY]
    happening = [Mention(event.span, event.concept) for event in reading.events]
    for mention in (*reading.mentions, *happening):
        if mention.concept.kinds[0] not in (Kind.CONDITION, Kind.MECHANISM):
            continue
        gloss = re.match(r" \([^()]*\)", text[mention.span.end :])
        end, inside = mention.span.end, re.search(r" (?:in|of) ", mention.span.of(text)) is not None
        for place in anatomy:
            between = text[end : place.span.start]
            if (
                _PLACE.fullmatch(between)
                if not inside
                else re.fullmatch(r",? (?:(?:or|and) )?(?:the |your )?", between)
            ):
                found.append(_located(mention, place, text))
                end, inside = place.span.end, True
            elif (
                gloss
                and mention.span.end < place.span.start < mention.span.end + gloss.end()
                and re.search(r" (?:in|into|of|along) (?:the |your )?(?:tiny |small )?$", text[: place.span.start])
            ):
                found.append(_located(mention, place, text))
    for candidate in defined:
        if candidate.predicate is not Predicate.IS_A or candidate.rule not in ("is-a", "means", "gloss"):
            continue
        span = candidate.object.span
        for place in anatomy:
            if (
                span is not None
                and span.start <= place.span.start <= span.end + 60
                and not re.search(r"[.;]|\(|, (?:which|and|but)", text[span.end : place.span.start])
            ):
                where = Argument(place.concept, place.span.of(text), Kind.ANATOMY, place.span)
                found.append(Candidate(candidate.subject, Predicate.LOCATED_IN, where, assess(""), "defined-in"))
                break
    return tuple(dict.fromkeys(found))


def _located(mention: Mention, place: Mention, text: str) -> Candidate:
    thing = Argument(mention.concept, mention.span.of(text), mention.concept.kinds[0], mention.span)
    where = Argument(place.concept, place.span.of(text), Kind.ANATOMY, place.span)
    return Candidate(thing, Predicate.LOCATED_IN, where, assess(""), "located")


def _governing(reading: Reading) -> tuple[HeadingRule, Heading | None] | None:
    """The rule that an item stands under: its lead-in's, else that of the innermost heading that has one."""
    unit = reading.unit
    about = reading.focus.label(frozenset(Kind)) if unit.describes else None
    if about is not None and about.mention == unit.lead_in:
        return None
    if unit.lead_in is not None:
        rule = find_heading_rule(unit.lead_in)
        if rule is not None and rule.relation is not None and len(unit.lead_in.split()) <= 12:
            return rule, None
    if unit.describes:
        return None
    for heading in reversed(unit.headings):
        if heading.rule is not None:
            if unit.heading and heading is unit.headings[0]:
                return None  # the title
            return (heading.rule, heading) if heading.rule.relation is not None else None
        names = [m for m in reading.finder.find(heading.text) if set(m.concept.kinds) & _THINGS]
        if names and not unit.heading:
            return None
    return None


def _items(reading: Reading, rule: HeadingRule) -> tuple[Argument, ...]:
    unit, text = reading.unit, reading.unit.text
    span = unit.label or unit.quote
    found: list[Argument] = []
    default = next(
        (kind for kind in (Kind.TEST, Kind.TREATMENT, Kind.RISK_FACTOR, Kind.SYMPTOM) if kind in rule.item_kinds), None
    )
    if rule.relation is Predicate.CAUSES:
        default = None
    for conjunct in conjuncts(text, span, kept=[mention.span for mention in reading.mentions]):
        phrase = conjunct.phrase(text) if conjunct.prefix or conjunct.suffix else None
        argument = link(
            text, conjunct.span, reading.mentions, reading.finder, rule.item_kinds,
            phrase=phrase, known=unit.heading and rule.relation is Predicate.WARRANTS, default=default,
        )  # fmt: skip
        if argument is not None and not (unit.heading and (argument.qualifier or argument.concept.provisional)):
            found.append(_meant(reading, argument) if rule.relation is Predicate.WARRANTS else argument)
    return tuple(dict.fromkeys(found))


def _meant(reading: Reading, argument: Argument) -> Argument:
    """A red flag that is only a look ("large amounts of blood") is the symptom in focus, so qualified."""
    if argument.kind is not Kind.APPEARANCE:
        return argument
    symptom = reading.focus.find(frozenset({Kind.SYMPTOM}), recent=False, item=False)
    if symptom is None:
        return argument
    return Argument(symptom.concept, argument.mention, Kind.SYMPTOM, argument.span, argument.mention)


_FROM: Final = re.compile(
    r"\((?:usually |often |mostly |typically |mainly )?(?:caused by|due to|from) ([^()]+)\)", re.IGNORECASE
)
_OFFERED: Final = re.compile(
    r"(?:,| |\b(?:is|are|was|it|and|or|often|usually|may|can|be|looks?|looking|appears?|mostly|typically|that|which|more|very|of|in color|colored|with|has|a)\b)*",
    re.IGNORECASE,
)


def read_origins(reading: Reading, defined: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
    """X (usually from Y): Y causes X, or what X defines."""
    text = reading.unit.text
    found: list[Candidate] = []
    for match in _FROM.finditer(text):
        spans = [
            *((event.span, event.concept) for event in reading.events),
            *((m.span, m.concept) for m in reading.mentions),
        ]
        before = next(((span, concept) for span, concept in spans if span.end <= match.start() <= span.end + 1), None)
        if before is None:
            continue
        span, concept = before
        result = next(
            (
                c.subject
                for c in defined
                if c.predicate is Predicate.IS_A and c.object.span is not None and c.object.span.overlaps(span)
            ),
            Argument(concept, span.of(text), concept.kinds[0], span),
        )
        for conjunct in conjuncts(text, Span(match.start(1), match.end(1)), kept=[m.span for m in reading.mentions]):
            source = link(text, conjunct.span, reading.mentions, reading.finder, _SOURCES, known=True)
            if source is not None:
                found.append(Candidate(source, Predicate.CAUSES, result, assess(match.group()), "origin"))
    return tuple(dict.fromkeys(found))


_SOURCES: Final = frozenset({Kind.CONDITION, Kind.SYMPTOM, Kind.MECHANISM, Kind.AGENT, Kind.RISK_FACTOR})


def read_appearances(reading: Reading, defined: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
    """How the thing a sentence is about looks: what its label or its definition says, or an attribute right beside it."""
    text = reading.unit.text
    looks = [mention for mention in reading.mentions if mention.concept.kinds[0] is Kind.APPEARANCE]
    kinds = (Kind.SYMPTOM, Kind.CONDITION)
    about = reading.focus.label(frozenset(kinds)) or next(
        (c.subject for c in defined if c.rule in ("is-a", "means") and c.subject.kind in kinds), None
    )
    found: list[Candidate] = []
    for look in looks:
        if re.search(r"\b(?:rather than|not|n't)\b[^,.;]*$", text[: look.span.start]):
            continue
        subject = about
        if subject is None:
            nearest = next(
                (
                    mention
                    for mention in reversed(reading.mentions)
                    if mention.span.end <= look.span.start
                    and Kind.SYMPTOM in mention.concept.kinds
                    and _OFFERED.fullmatch(_without(text, mention.span.end, look.span.start, looks))
                ),
                None,
            )
            if nearest is None:
                continue
            subject = Argument(nearest.concept, nearest.span.of(text), Kind.SYMPTOM, nearest.span)
        item = Argument(look.concept, look.span.of(text), Kind.APPEARANCE, look.span)
        assertion = assess(text[max(0, look.span.start - 25) : look.span.start])
        found.append(Candidate(subject, Predicate.PRESENTS_AS, item, assertion, "appearance"))
    return tuple(dict.fromkeys(found))


def _without(text: str, start: int, end: int, mentions: list[Mention]) -> str:
    """The text between two positions without the words of `mentions`."""
    kept = text[start:end]
    for mention in mentions:
        if start <= mention.span.start and mention.span.end <= end:
            kept = kept.replace(mention.span.of(text), "")
    return kept


def read_label(reading: Reading) -> tuple[Candidate, ...]:
    """Label: noun phrase. What follows the name of a thing without a verb says what it is."""
    unit, text = reading.unit, reading.unit.text
    if not unit.item or unit.label is not None or unit.lead_in is None or unit.heading:
        return ()
    about = reading.focus.label(frozenset({Kind.CONDITION, Kind.SYMPTOM, Kind.MECHANISM}))
    if about is None or about.mention != unit.lead_in:
        return ()
    first = conjuncts(text, unit.quote, kept=[mention.span for mention in reading.mentions])[:1]
    what = link(text, first[0].span, reading.mentions, reading.finder, _STATES, default=about.kind) if first else None
    return (Candidate(about, Predicate.IS_A, what, assess(""), "label"),) if what else ()


def _is_subtopic(item: Argument, topic: Argument) -> bool:
    """Tell whether an item is the topic itself or a kind of it ("acute bronchitis" under "Causes of bronchitis")."""
    return item.concept.id == topic.concept.id or fold_words(item.concept.label)[
        -len(fold_words(topic.concept.label)) :
    ] == fold_words(topic.concept.label)


def _other_side(reading: Reading, rule: HeadingRule, heading: Heading | None) -> Argument | None:
    if rule.fixed is not None:
        words = heading.text if heading else reading.unit.lead_in or ""
        stated = next((m for m in reading.finder.find(words) if Kind.CARE_ACTION in m.concept.kinds), None)
        concept = stated.concept if stated else reading.finder.named(rule.fixed)
        return Argument(concept, words if stated else rule.fixed, Kind.CARE_ACTION) if concept else None
    if heading is not None:
        own = named_in(heading, reading, rule.focus)
        if own is not None:
            return own
    return reading.focus.find(rule.focus, recent=False, item=False)


def named_in(heading: Heading, reading: Reading, kinds: tuple[Kind, ...]) -> Argument | None:
    """The first thing that a heading names of the first of `kinds` it names anything of, or None."""
    mentions = reading.finder.find(heading.text)
    for kind in kinds:
        for mention in mentions:
            if kind in mention.concept.kinds:
                return Argument(mention.concept, mention.span.of(heading.text), kind)
    return None


def _noun_phrase_before(reading: Reading, end: int) -> Argument | None:
    """The known thing whose name ends right before a position; None where none does."""
    for mention in reading.mentions:
        if mention.span.end == end and set(mention.concept.kinds) & _THINGS:
            span = strip_leading(reading.unit.text, mention.span)
            kind = next(kind for kind in mention.concept.kinds if kind in _THINGS)
            return Argument(mention.concept, span.of(reading.unit.text), kind, mention.span)
    return None


def _list_end(text: str, start: int) -> int:
    match = re.compile(
        r"[.;:]|\s-\s|\)|,\s+(?:which|who|that|but|you|it|they|can|may|will|are|is|the|your)\b"
        r"|\s+(?:can|may|might|will|could|are|is|has|have|that|which|when|if|also|causes?|increases?|raises?|includes?)\b",
        re.IGNORECASE,
    ).search(text, start)
    return match.start() if match else len(text)


def read_prose(reading: Reading) -> tuple[Candidate, ...]:
    """What a sentence without a trigger says under a heading: the tests, treatments and symptoms it names.

    The relation is the heading's, so a sentence under "How is it treated?" that names a treatment states that it treats
    the focus. Only known concepts whose usual kind fits count, and nothing that the sentence denies.
    """
    text = reading.unit.text
    heading = next((heading for heading in reversed(reading.unit.headings) if heading.rule is not None), None)
    if heading is None or heading.rule is None or heading.rule.relation not in _BY_HEADING:
        return ()
    rule = heading.rule
    if re.search(r"n't\b|\bnot\b|\bnever\b|\?$", text) or rule.relation is None:
        return ()
    other = _other_side(reading, rule, heading)
    if other is None:
        return ()
    found: list[Candidate] = []
    for mention in reading.mentions:
        kind = mention.concept.kinds[0]
        if kind not in _BY_HEADING[rule.relation]:
            continue
        item = Argument(mention.concept, mention.span.of(text), kind, mention.span)
        if not _is_subtopic(item, other):
            assertion = assess(text[: mention.span.start][-60:])
            pair = (item, other) if rule.item_is_subject else (other, item)
            found.append(Candidate(pair[0], rule.relation, pair[1], assertion, f"prose-{rule.id}"))
    return tuple(dict.fromkeys(found))


_BY_HEADING: Final = {
    Predicate.DIAGNOSES: frozenset({Kind.TEST}),
    Predicate.TREATS: frozenset({Kind.TREATMENT}),
    Predicate.REDUCES_RISK_OF: frozenset({Kind.TREATMENT}),
}
