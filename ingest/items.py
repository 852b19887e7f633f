"""What a heading or a lead-in says of what stands under it: list items, named headings, sentences without a trigger.

A list item under "Causes of hemoptysis" is a cause of it. Structure is the most reliable evidence there is: the heading
gives the relation and, where it names it, the other side; else the focus does.
"""

import re
from typing import Final

from ingest.arguments import Argument
from ingest.assertion import assess
from ingest.folding import fold_words
from ingest.generics import is_generic
from ingest.headings import HeadingRule, find_heading_rule
from ingest.headnouns import kind_of
from ingest.phrases import is_instruction
from ingest.provisional import mint
from ingest.reading import Candidate, Reading
from ingest.reasons import Unread
from ingest.saying import said_of
from ingest.units import Heading
from ontology.terms import Kind, Predicate

_THINGS: Final = frozenset(Kind) - {Kind.ANATOMY, Kind.CARE_ACTION, Kind.APPEARANCE}
_BY_HEADING: Final = {
    Predicate.DIAGNOSES: frozenset({Kind.TEST}),
    Predicate.TREATS: frozenset({Kind.TREATMENT}),
    Predicate.REDUCES_RISK_OF: frozenset({Kind.TREATMENT}),
}
"""Relations that a heading gives to the sentences under it, and the usual kinds of what they then name."""

_SPEAKS_OF: Final = {
    Predicate.DIAGNOSES: re.compile(
        r"(?i)^(?:an?|the) [\w -]{2,40}(?: \([^)]*\))? (?:measures|checks|shows|records|looks|tests)\b|"
        r"\b(?:diagnos\w+|confirm\w*|detect\w*|rule out|(?:is|are|be|been) (?:\w+ )?(?:done|used|ordered|"
        r"performed|"
        r"needed|required|taken|recommended|helpful|useful)|orders?|recommends?|performs?|tests? (?:may |can "
        r")?include|"
        r"procedures (?:may |can )?include|may have|may need|may do|comes? first|starts? with)\b"
    ),
    Predicate.TREATS: re.compile(
        r"(?i)\b(?:treat(?:s|ed|ing|ments?)?|relie\w+|prescri\w+|recommend\w*|"
        r"(?:is|are|be|been) (?:\w+ )?(?:used|given|needed|required|effective|helpful|useful|offered|available|"
        r"considered|beneficial)|helps?|improves?|eases?|"
        r"include|options?|may need|"
        r"takes?|gets?|needs?|comes? first|starts? with|may benefit|managed?|controls?|reduces?|stops?|tr(?:y|"
        r"ied)|avoid)\b"
    ),
    Predicate.REDUCES_RISK_OF: re.compile(
        r"(?i)\b(?:prevent\w*|protect\w*|advise\w*|wear|wash\w*|get|quit\w*|vaccin\w+|reduc\w+|lower\w*|comes? "
        r"first|avoid\w*|risk|helps?)\b"
    ),
}
"""What a sentence must speak of for its heading to make a claim of the things it names."""

_AVOIDS: Final = re.compile(r"(?i)(?:avoid|do not|don't|never|stop|limit|reduce|quit|cut)\b")
"""How an item begins whose further members are what to keep away from, and no treatments."""

_GENERAL: Final = re.compile(
    r"(?i)(?:an?|the|your|other|first|initial|diagnostic|future|current|further|specific|ongoing|emergency|additional|new|"
    r"getting|having|when|after|before|routine|follow-up|medical|early|standard)\b"
)
"""How a heading begins that names no test or treatment in particular."""

_AIM: Final = re.compile(
    r"(?i)(?:(?:reliev|reduc|lower|slow|eas|improv|prevent|restor|treat|decreas)(?:e|es|ing)?|keep|"
    r"(?:ongoing )?monitoring)\b"
)
"""How an item begins that says what treatment is for and names none, or a watch kept: "relieving symptoms"."""

_ASIDE: Final = re.compile(
    r"(?i)\b(?:clinical trials?|stud(?:y|ies)|research\w*|scientists?|experiment\w*|investigat\w+|being tested|"
    r"before|during|after|while|side effects?|late effects?|"
    r"insurance|team|specialists?|for example|questions?|ask|tell|called|discuss|talk|follow-up|technicians?|"
    r"radiologists?|interpret\w*|inserts?|inserted)\b"
)
"""Words of sentences that speak of something else: of studies, of the course of a procedure, of what to tell whom."""


def read_item(reading: Reading) -> tuple[Candidate, ...]:
    """The claims that its lead-in or heading makes of a list item or of a heading that names a thing; () elsewhere."""
    unit = reading.unit
    governing = _governing(reading)
    if not unit.item or governing is None:
        reading.trace.passed("item", Unread.NO_GOVERNING_HEADING if unit.item else Unread.NO_LIST_ITEM)
        return ()
    rule, heading = governing
    other = _other_side(reading, rule, heading)
    if rule.relation is None or other is None:
        reading.trace.passed("item", Unread.NO_OTHER_SIDE if rule.relation else Unread.TOPIC_ONLY, rule.id)
        return ()
    assertion = assess(heading.text if heading else unit.lead_in or "")
    found: list[Candidate] = []
    for item in _sorts(reading, rule, other) or _items(reading, rule):
        if rule.relation is Predicate.IS_A or not _is_subtopic(item, other):
            pair = (item, other) if rule.item_is_subject else (other, item)
            own = said_of(assertion, item)
            found.append(Candidate(pair[0], rule.relation, pair[1], own, f"heading-{rule.id}"))
        else:
            reading.trace.passed("item", Unread.SUBTOPIC, item.mention)
    return tuple(found)


def read_prose(reading: Reading) -> tuple[Candidate, ...]:
    """What a sentence without a trigger says under a heading: the tests, treatments and symptoms it names.

    The relation is the heading's, so a sentence under "How is it treated?" that names a treatment states that it treats
    the focus. Only known concepts whose usual kind fits count, and nothing that the sentence denies.
    """
    text = reading.text
    heading = next((heading for heading in reversed(reading.unit.headings) if heading.rule is not None), None)
    if heading is None or heading.rule is None or heading.rule.relation not in _BY_HEADING:
        return ()
    rule = heading.rule
    if reading.focus.labelled or rule.relation is None:
        reading.trace.passed("prose", Unread.LABELLED if rule.relation else Unread.TOPIC_ONLY, rule.id)
        return ()
    if _named_below(reading, heading) or not _SPEAKS_OF[rule.relation].search(text) or _ASIDE.search(text):
        reading.trace.passed("prose", Unread.OTHER_TALK, rule.id)
        return ()
    if re.search(r"(?i)n't\b|\bnot\b|\bno\b|\bnever\b|\?$", text):
        reading.trace.passed("prose", Unread.DENIED_OR_ASKED, rule.id)
        return ()
    other = _other_side(reading, rule, heading)
    if other is None:
        reading.trace.passed("prose", Unread.NO_OTHER_SIDE, rule.id)
        return ()
    # A heading that names a test has made its claim; the sentences under it describe the test.
    named = {
        mention.concept.id
        for above in reading.unit.headings
        if above.rule is None
        for mention in reading.finder.find(above.text)
    }
    found: list[Candidate] = []
    for mention in reading.mentions:
        kind = mention.concept.kinds[0]
        if kind not in _BY_HEADING[rule.relation] or is_generic(mention.concept) or mention.concept.id in named:
            continue
        item = Argument(mention.concept, mention.span.of(text), kind, mention.span)
        if not _is_subtopic(item, other):
            assertion = assess(text[: mention.span.start][-60:])
            pair = (item, other) if rule.item_is_subject else (other, item)
            found.append(Candidate(pair[0], rule.relation, pair[1], assertion, f"prose-{rule.id}"))
    return tuple(dict.fromkeys(found))


def _named_below(reading: Reading, heading: Heading) -> bool:
    """Tell whether a heading below the one that rules names a thing: its sentences describe that thing."""
    below = reading.unit.headings[reading.unit.headings.index(heading) + 1 :]
    return any(set(m.concept.kinds) & _THINGS for each in below for m in reading.finder.find(each.text))


def _governing(reading: Reading) -> tuple[HeadingRule, Heading | None] | None:
    """The rule that an item stands under: its lead-in's, else that of the innermost heading that has one."""
    unit = reading.unit
    about = reading.focus.label(frozenset(Kind)) if unit.describes else None
    if about is not None and about.mention == unit.lead_in:
        return None
    if unit.lead_in is not None:
        rule = find_heading_rule(unit.lead_in)
        if rule is not None and rule.relation is None:
            return None
        if rule is not None and len(unit.lead_in.split()) <= 12:
            return rule, None
    if unit.describes:
        return None
    for heading in reversed(unit.headings):
        if heading.rule is not None:
            if unit.heading and heading is unit.headings[0]:
                return None  # the title
            # A list with a lead-in of its own under "Types of X" need not be one of types.
            other_list = heading.rule.relation is Predicate.IS_A and unit.lead_in is not None
            return (heading.rule, heading) if heading.rule.relation is not None and not other_list else None
        names = [m for m in reading.finder.find(heading.text) if set(m.concept.kinds) & _THINGS]
        if names and not unit.heading:
            return None
    return None


def _sorts(reading: Reading, rule: HeadingRule, topic: Argument) -> tuple[Argument, ...]:
    """A kind of the topic that is named as it is: "mixed incontinence" under "Types of incontinence"; () for others."""
    unit = reading.unit
    span = unit.label or unit.quote
    phrase = re.sub(r"^(?:an?|the) ", "", span.of(reading.text).strip(" .:;"), flags=re.IGNORECASE)
    words, called = fold_words(phrase), (fold_words(topic.mention), fold_words(topic.concept.label))
    shared = any(words[-1:] and words[-1] in name for name in called)
    if rule.relation is not Predicate.IS_A or not shared or not 2 <= len(words) <= 4 or words in called:
        return ()
    if re.search(r"[^\w' -]", phrase):
        return ()
    concept = reading.finder.named(phrase, frozenset({topic.kind})) or mint(phrase, topic.kind)
    return (Argument(concept, phrase, topic.kind, span),)


def _items(reading: Reading, rule: HeadingRule) -> tuple[Argument, ...]:
    unit = reading.unit
    default = next((kind for kind in (Kind.TREATMENT, Kind.RISK_FACTOR, Kind.SYMPTOM) if kind in rule.item_kinds), None)
    direct = unit.lead_in is None or find_heading_rule(unit.lead_in) is not None
    if rule.relation is Predicate.CAUSES or not direct or not (unit.headings and unit.headings[-1].rule):
        default = None
    warns = rule.relation is Predicate.WARRANTS
    helps = rule.relation in (Predicate.TREATS, Predicate.REDUCES_RISK_OF)
    members = reading.members(unit.label or unit.quote, rule.item_kinds, known=unit.heading and warns, default=default)
    if helps and re.match(
        r"(?i)(?:seek|call|contact|see|ask|tell|talk|consult|visit)\b", unit.text[unit.quote.start :]
    ):
        return ()
    if helps and _AVOIDS.match(unit.text[(unit.label or unit.quote).start :]):
        # What the words "do not share hats" keep away from is no treatment; "avoid smoke" as a whole may be one.
        opening = (unit.label or unit.quote).start
        members = tuple(item for item in members[:1] if item.span is not None and item.span.start == opening)
    if helps and re.search(r"(?i)^(?:\w+ )?monitoring of ", (unit.label or unit.quote).of(unit.text)):
        members = members[:1]
    items = (
        item
        for item in members
        if not (unit.heading and (item.qualifier or item.concept.provisional) and not _is_named(item, rule))
        and not (unit.heading and rule.relation is Predicate.HAS_SYMPTOM and item.concept.kinds[0] is Kind.CONDITION)
        and not (item.concept.provisional and not helps and is_instruction(item.mention))
        and not (item.concept.provisional and rule.relation is Predicate.TREATS and _AIM.match(item.mention))
        and not (rule.relation is Predicate.REDUCES_RISK_OF and item.concept.kinds[0] in (Kind.CONDITION, Kind.SYMPTOM))
    )
    return tuple(dict.fromkeys(_meant(reading, item) if warns else item for item in items))


def _is_named(item: Argument, rule: HeadingRule) -> bool:
    """Tell whether a heading that no vocabulary knows is the name of one test or treatment: "Precipitin Test"."""
    words = item.mention.split()
    single = len(words) >= 2 and not item.mention.lower().endswith("s") and _GENERAL.match(item.mention) is None
    wanted = _BY_HEADING.get(rule.relation, frozenset()) if rule.relation else frozenset()
    return single and item.concept.provisional and kind_of(item.mention) in wanted


def _meant(reading: Reading, argument: Argument) -> Argument:
    """A red flag that is only a look ("large amounts of blood") is the symptom in focus, so qualified."""
    if argument.kind is not Kind.APPEARANCE:
        return argument
    symptom = reading.focus.find(frozenset({Kind.SYMPTOM}), recent=False, item=False)
    if symptom is None:
        return argument
    return Argument(symptom.concept, argument.mention, Kind.SYMPTOM, argument.span, argument.mention)


def _is_subtopic(item: Argument, topic: Argument) -> bool:
    """Tell whether an item is the topic itself or a kind of it ("acute bronchitis" under "Causes of bronchitis")."""
    words, head = fold_words(item.concept.label), fold_words(topic.concept.label)
    return item.concept.id == topic.concept.id or words[-len(head) :] == head


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
    return reading.focus.find(rule.focus, recent=False, item=False, told=heading is None)


def named_in(heading: Heading, reading: Reading, kinds: tuple[Kind, ...]) -> Argument | None:
    """The first thing that a heading names of the first of `kinds` it names anything of, or None."""
    mentions = reading.finder.find(heading.text)
    for kind in kinds:
        for mention in mentions:
            if kind in mention.concept.kinds:
                return Argument(mention.concept, mention.span.of(heading.text), kind)
    return None
