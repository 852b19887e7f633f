"""What fills the slots of a trigger: names, lists, events, and what "it" and its like mean.

Each function answers for one slot of one trigger in one `Reading`, with the arguments in the order of the text; ()
where nothing fits the kinds that the slot takes.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from ingest.anaphora import named_there, pointed_at
from ingest.arguments import Argument
from ingest.clauses import LeftSlot, right_slot
from ingest.coordination import Conjunct, conjuncts
from ingest.events import Event
from ingest.headnouns import head as head_of
from ingest.naming import affixed, nominal_argument
from ingest.nounphrases import strip_leading
from ingest.phrases import is_instruction
from ingest.provisional import absence, mint
from ingest.reading import Reading
from ingest.reasons import Unlinked
from ingest.sentences import Span
from ingest.triggers import Match, Trigger
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

_SYMPTOM_NOUN: Final = re.compile(r"[a-z]{3,}(?:ity|ness|ias?|ism|iness|osis|asis|emia|uria)")
_DRUG_NOUN: Final = re.compile(r"[a-z]{4,}(?:ines?|ones?|ides?|ates?|ols?|ins?|ams?|ils?|ants?|ics?)")
"""Endings of words for symptoms, and of words for medicines."""

_LONGEST_MEMBER: Final = 5
"""Words of an unknown member of a list that is taken for what its neighbours are."""


def slot_arguments(
    reading: Reading, trigger: Trigger, name: str, span: Span, *, last: bool = False
) -> tuple[Argument, ...]:
    """What fills a slot: an anaphor, events, or the members of a list; `last` keeps the last member alone."""
    words, kinds = span.of(reading.text), trigger.kinds(name)
    if not words:
        return ()
    if name == "object" and (trigger.verbatim or trigger.own):
        return _verbatim(f"{trigger.verbatim} {words}", span) if trigger.verbatim else _in_own_words(reading.text, span)
    meant = _found_out(reading, trigger, name, words) or reading.focus.resolve_all(words, kinds)
    if meant:
        return meant
    happening = [event for event in reading.events if Kind.MECHANISM in kinds and span.covers(event.span)]
    if trigger.clause and name == "object" and not happening:
        return (_in_clause(reading, span, kinds & {Kind.MECHANISM}) or _clause(words, span),)
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
        found = _alike(reading, kinds, members, found)
    parted = zip((None, *members), members, found, strict=False)
    kept = [named for before, member, named in parted if not _lost_its_head(reading, before, member, named)]
    return tuple(dict.fromkeys(argument for named in kept for argument in named))


def _named(
    reading: Reading, trigger: Trigger, name: str, members: tuple[Conjunct, ...], happening: list[Event]
) -> list[list[Argument]]:
    """What each member of a list names, those behind an object that begins with no name left out."""
    kinds = trigger.kinds(name)
    found: list[list[Argument]] = []
    for member in _sharing_a_head(reading, members, kinds):
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
_SHARED_HEAD: Final = re.compile(
    r"(?:an? |the )?(?:\w+ing|trouble|problems?|loss|lack|difficulty|changes?|failure|mutations?|damage) "
    r"(?:of|with|in|to)\b",
    re.IGNORECASE,
)
"""How a phrase begins whose first words hold of two things joined by "or"."""


def _lost_its_head(reading: Reading, before: Conjunct | None, member: Conjunct, named: list[Argument]) -> bool:
    """Tell whether an unknown member only ends the phrase before it: "yellowing of the skin or whites of the eyes"."""
    if before is None or not any(argument.concept.provisional for argument in named):
        return False
    joined = reading.text[before.span.end : member.span.start].strip() in ("or", "and")
    return joined and _SHARED_HEAD.match(before.span.of(reading.text)) is not None


def _alike(
    reading: Reading, kinds: frozenset[Kind], members: tuple[Conjunct, ...], found: list[list[Argument]]
) -> list[list[Argument]]:
    """What members name, where unknown ones are what a known one of their list is: "confused talk, fever"."""
    sibling = next((argument for named in found for argument in named if not argument.concept.provisional), None)
    if sibling is None:
        return found
    many = sibling.kind is Kind.TREATMENT or sum(bool(named) for named in found) > 1
    return [
        named or _as(reading, kinds, member, sibling.kind) or (_alone(reading, member, sibling.kind) if many else [])
        for member, named in zip(members, found, strict=False)
    ]


def _as(reading: Reading, kinds: frozenset[Kind], member: Conjunct, kind: Kind) -> list[Argument]:
    short = len(member.span.of(reading.text).split()) <= _LONGEST_MEMBER
    argument = reading.link(member, kinds, default=kind) if short else None
    return [argument] if argument else []


def _alone(reading: Reading, member: Conjunct, kind: Kind) -> list[Argument]:
    """One unknown word as what its neighbours are, where its ending is that of such nouns: "distractibility"."""
    word = member.span.of(reading.text).strip()
    noun = _SYMPTOM_NOUN if kind in (Kind.SYMPTOM, Kind.CONDITION) else _DRUG_NOUN if kind is Kind.TREATMENT else None
    if noun is None or member.prefix or noun.fullmatch(word) is None or is_instruction(word):
        return []
    return [Argument(mint(word, kind), word, kind, member.span)]


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
        argument = _in_clause(reading, member.span, kinds)
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


def _sharing_a_head(reading: Reading, members: Sequence[Conjunct], kinds: frozenset[Kind]) -> Iterator[Conjunct]:
    """The members, one word with the head of the one before where a name results: "samples of blood or sputum"."""
    text = reading.text
    for before, member in zip((None, *members), members, strict=False):
        head = re.match(r"(?:an? |the )?(\w+ of) ", before.span.of(text)) if before else None
        words = member.span.of(text)
        if head and " " not in words and reading.finder.named(f"{head.group(1)} {words}", kinds) is not None:
            yield Conjunct(member.span, member.example, prefix=head.group(1))
        else:
            yield member


def _without_origin(reading: Reading, span: Span) -> Span:
    """A span up to what its first name comes from: "inflammation from a bacterial or viral infection"."""
    origin = re.compile(r" from (?:an? )?(?=[\w ]+ or )").search(reading.text, span.start, span.end)
    states = {Kind.MECHANISM, Kind.CONDITION}
    if origin and any(m.span.end == origin.start() and states & set(m.concept.kinds) for m in reading.mentions):
        return Span(span.start, origin.start())
    return span


def _verbatim(phrase: str, span: Span) -> tuple[Argument, ...]:
    """An appearance in the author's own words: "lasts 10 to 20 days"."""
    short = len(phrase.split()) <= 9
    return (Argument(mint(phrase, Kind.APPEARANCE), phrase, Kind.APPEARANCE, span),) if short else ()


def _in_own_words(text: str, span: Span) -> tuple[Argument, ...]:
    """What the words of a span describe, as one thing, up to the first clause or purpose; () where they are too few."""
    words = re.sub(r"(?i)^(?:an?|the) |\s*\([^()]*\)", "", span.of(text))
    cut = re.search(r" (?:that|which|who|where|when|to|through|so|as (?:it|they))\b|[,;]", words)
    words = (words[: cut.start()] if cut else words).strip(" ,;:.")
    if not 3 <= len(words.split()) <= 12:
        return ()
    return (Argument(mint(words, Kind.TEST), words, Kind.TEST, span),)


def _clause(words: str, span: Span) -> Argument:
    """A clause as a mechanism, by its first words."""
    phrase = " ".join(words.split()[:14])
    return Argument(mint(phrase, Kind.MECHANISM), phrase, Kind.MECHANISM, span)


def _begins_with_name(reading: Reading, span: Span) -> bool:
    """Tell whether a name stands at the head of a span, behind its article."""
    start = strip_leading(reading.text, span, reading.mentions).start
    return any(mention.span.start == start and span.covers(mention.span) for mention in reading.mentions)


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
        return (spoken_of,) if spoken_of else _ending(reading, left.span.end, kinds)
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
    told = _told_of(reading, left)
    if told is not None:
        return slot_arguments(reading, trigger, name, told)
    meant = pointed_at(reading, left, words, kinds, relation=trigger.relation) or _done_before(
        reading, trigger, left.span, fitting
    )
    if meant:
        return meant
    return slot_arguments(reading, trigger, name, left.span, last=left.relative) or _unnamed(reading, left, kinds)


_VERB: Final = re.compile(r"(?:needs?|requires?|is|are|has|have|can|may|will|should)\b", re.IGNORECASE)
_COPULA: Final = re.compile(
    r"(.+?) (?:is|are|(?:can|could|may|might) be) (?:an?|the|two|three|one of|several)\b[^,;]*$", re.IGNORECASE
)
_GENERAL: Final = frozenset("condition disease disorder illness infection problem".split())


def _told_of(reading: Reading, left: LeftSlot) -> Span | None:
    """What a general word before "that" is said of: "asthma and flu are two conditions that"; None for a name."""
    words = left.span.of(reading.text)
    copula = re.match(
        r"(.+?) (?:is|are|(?:can|could|may|might) be) (?:an?|the|two|three|one of|several)\b[^,;]*$", words
    )
    copula = copula or re.match(r"([^,]{2,60}), an? (?:[\w-]+ ){0,3}[\w-]+$", words)
    if copula is None or not (left.relative or head_of(words) in _GENERAL):
        return None
    told = Span(left.span.start, left.span.start + copula.end(1))
    return None if any(m.span.start >= told.end and m.span.end <= left.span.end for m in reading.mentions) else told


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
        return _focused(reading, kinds) if general and not _OF_A_SORT.search(named) else ()
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


def sharing_words(
    reading: Reading, match: Match, kinds: frozenset[Kind], *, leading: bool = False
) -> tuple[Argument, ...]:
    """The name that shares words with the trigger: "interfere with sleep"; if `leading`, "call a doctor right away"."""
    for mention in reading.mentions:
        argument = reading.argument(mention, kinds)
        within = match.words.start <= mention.span.start < match.words.end < mention.span.end
        ends_within = leading and mention.span.start < match.words.start < mention.span.end < match.words.end
        if argument and (within or ends_within):
            return (argument,)
    return ()


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


def borrowing_arguments(reading: Reading, match: Match, heads: tuple[Argument, ...]) -> tuple[Argument, ...]:
    """The members of a list of modifiers, each with a head from the other slot: acute, chronic (cough).

    A row that needs a `list` takes one modifier for an attribute and not for a kind ("the cough can be dry").
    """
    members = conjuncts(reading.text, right_slot(reading.text, match.words.end, len(reading.text)))
    if match.trigger.list and (len(members) < 2 or any(_VERB.match(m.span.of(reading.text)) for m in members)):
        return ()
    found: list[Argument] = []
    for member in members:
        words = member.span.of(reading.text)
        for head in heads:
            concept = reading.finder.named(f"{words} {head.mention}")
            if concept is None and not (match.trigger.list and " " in words):
                concept = reading.finder.named(words, frozenset({head.kind}))
            if concept is not None:
                found.append(Argument(concept, f"{words} {head.mention}", head.kind, member.span))
    return tuple(dict.fromkeys(found))


def _ending(reading: Reading, end: int, kinds: frozenset[Kind]) -> tuple[Argument, ...]:
    """The name that ends at a position, as the noun before ", which is" does."""
    # Behind a parenthesis its name is the noun: "trouble swallowing (dysphagia), which …".
    closed = end - 1 if reading.text[end - 1 : end] == ")" else end
    for mention in reading.mentions:
        argument = reading.argument(mention, kinds) if mention.span.end in (end, closed) else None
        if argument is not None:
            return (argument,)
    return ()


_OF_A_SORT: Final = re.compile(
    r"(?<!\bthis )(?<!\bthese )(?<!\bthe )(?<!\bboth )\b(?:diseases|disorders|conditions|illnesses|problems|infections|"
    r"medicines|medications|drugs|treatments|things|factors|substances|injuries|activities|foods|products)$",
    re.IGNORECASE,
)
"""A general noun before "that": "diseases that attack the nerves" are not what the article is about."""
_WHAT_IT_IS: Final = re.compile(
    r"(?P<name>[^,;:]{2,80}?),? (?:is|are) (?:an?|the|one|another|usually|often|also)\b[^;:]{0,80}"
)

_SAID_TO_BE_OF: Final = re.compile(
    r"\b(?:(?:signs?|symptoms?|complications?|results?|effects?|markers?|stages?) of|(?:related|due|linked) to|"
    r"(?:ways?|used|done|needed) to \w+|associated with|caused by) (?!th(?:is|ese)\b)",
    re.IGNORECASE,
)
"""What is no sort of thing but leads to another, of which a relative clause then speaks: "a sign of anemia, which"."""


def relative_subject(reading: Reading, span: Span, kinds: frozenset[Kind]) -> Argument | None:
    """What a relative clause behind a span speaks of: of "asthma is a disease that …" asthma, else the noun before.

    None where it names nothing of one of `kinds`.
    """
    said = _WHAT_IT_IS.fullmatch(span.of(reading.text))
    if said is not None and not _SAID_TO_BE_OF.search(said.group(), said.end("name")):
        name = strip_leading(reading.text, Span(span.start, span.start + said.end("name")), reading.mentions)
        for mention in reading.mentions:
            argument = reading.argument(mention, kinds) if mention.span.start <= name.start + 1 else None
            if argument is not None and mention.span.end >= name.start:
                return argument
        meant = reading.focus.resolve(said["name"], kinds)
        if meant is not None:
            return meant
    return next(iter(_ending(reading, span.end, kinds)), None)


def _framed(reading: Reading, left: LeftSlot, kinds: frozenset[Kind]) -> tuple[Argument, ...]:
    """What a clause about blood or tissue is about: "in hemoptysis, the blood comes from the lungs"."""
    if not re.match(r"(?i)in ", left.before):
        return ()
    for mention in reading.mentions:
        argument = reading.argument(mention, kinds)
        if argument and mention.span.end <= len(left.before) and mention.span.start <= 6:
            return (argument,)
    return ()


def _in_clause(reading: Reading, span: Span, kinds: frozenset[Kind]) -> Argument | None:
    """The first thing that a clause names, where the clause itself fills the slot: "ovulation approaches"."""
    text = reading.text
    wanted = kinds & {Kind.MECHANISM, Kind.CONDITION, Kind.SYMPTOM}
    for mention in reading.mentions:
        kind = next((kind for kind in mention.concept.kinds if kind in wanted), None)
        if kind is not None and span.covers(mention.span):
            return Argument(mention.concept, span.of(text), kind, span)
    return None


def _leads(reading: Reading, span: Span, event: Span) -> bool:
    """Tell whether a mention of a thing, not of anatomy, begins the slot before the event does."""
    return any(
        span.covers(mention.span) and mention.span.start < event.start and Kind.ANATOMY not in mention.concept.kinds
        for mention in reading.mentions
    )
