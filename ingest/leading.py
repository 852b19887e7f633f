"""What fills the open slot on the left of a trigger, where its words mean more than they name.

An apposition, something done ("stopping alcohol use"), the means next to an infinitive, what a definition defines; all
else is read as the words stand.
"""

import re
from typing import Final

from ingest.anaphora import named_both
from ingest.apposition import find_apposition
from ingest.arguments import Argument
from ingest.barring import DENIED
from ingest.bounds import crosses, left_reach
from ingest.clauses import LeftSlot, left_slot
from ingest.defined import defined_before
from ingest.generics import is_generic
from ingest.matching import Match
from ingest.provisional import mint
from ingest.reading import Reading
from ingest.sentences import Span
from ingest.sharing import sharing_words
from ingest.slots import slot_arguments
from ingest.subjects import leading_arguments
from ontology.terms import Kind, Predicate

Filled = dict[str, tuple[Argument, ...]]
"""The arguments of each slot, by its name."""

_BY_MEANS: Final = frozenset({Predicate.REDUCES_RISK_OF, Predicate.TREATS})
_PEOPLE: Final = re.compile(
    r"(?:(?:most|many|some|all|older|young|pregnant|about half of(?: the)?) )?(?:people|patients|those|women|men|"
    r"adults|"
    r"children|individuals|anyone)\b",
    re.IGNORECASE,
)
"""Who does something about a condition is no means against it: "people with gout can lower their risk"."""

_DOING: Final = re.compile(
    r"(?:stopping|controlling|avoiding|limiting|reducing|quitting|managing|losing|lowering|keeping|cutting|removing|"
    r"changing|eating|drinking|taking|getting|wearing|using|washing|maintaining|correcting|replacing)"
    r"(?: (?!through\b|by\b|with\b|that\b|which\b|when\b|if\b|and\b|or\b|also\b)[\w'-]+){1,5}",
    re.IGNORECASE,
)
"""A subject that is something done: "stopping alcohol use"."""

_POINTING: Final = re.compile(r"\b(?:this|these|those|such|them|it)\b", re.IGNORECASE)
"""Words that point at what is done and do not name it: "taking these steps"."""

_BEFORE_INFINITIVE: Final = re.compile(r"\b(?:includes?|recommends?|prescribes?|to \w+)\b")
"""The verb of a clause whose object, not its subject, is what an infinitive speaks of."""

_SYMPTOMS_OF: Final = re.compile(
    r"(?:(?:because|since|as|although) )?(?:(?:the|most|many|some) )?(?:signs and )?(?:symptoms?|signs?) (?:of|in)\b",
    re.IGNORECASE,
)


def leading_slot(
    reading: Reading, match: Match, name: str, before: int, inherited: Filled, *, defining: bool
) -> tuple[tuple[Argument, ...], str]:
    """What fills the open slot on the left, and what introduces the clause."""
    trigger, text = match.trigger, reading.text
    kinds = trigger.kinds(name)
    start = left_reach(text, before, match.words.start)
    if match.words.start > reading.unit.quote.start:
        start = max(start, reading.unit.quote.start)  # a statement inside an item does not reach into its lead-in
    left = left_slot(text, start, match.words.start)
    if match.trigger.leading and re.match(r"(?i)both\b", match.words.of(text)):
        return named_both(reading, match.words.start, kinds), left.before
    reading.trace.slot(name, left.span)
    apposition = find_apposition(reading)
    if (
        apposition
        and left.span.start < apposition.what.end
        and (left.relative or match.words.start > apposition.what.end)
    ):
        named = apposition.named
        return (named,) if kinds & set(named.concept.kinds) else (), left.before
    if left.relative and trigger.relation is Predicate.IS_A:
        return (), left.before
    if DENIED.match(left.span.of(text)) or (trigger.relation in _BY_MEANS and _PEOPLE.match(left.span.of(text))):
        return (), left.before
    doing = _DOING.match(left.span.of(text)) if trigger.relation in _BY_MEANS and name == "subject" else None
    if doing is not None:
        return _doing_something(doing.group(), left.span, reading), left.before
    if name == "object" and trigger.relation is Predicate.CAUSES and _SYMPTOMS_OF.match(left.span.of(text)):
        return (), left.before
    if not trigger.nearest and crosses(text, left.span, before):
        # "Anuria means that no urine is made": what is said of the definition holds of what it defines.
        defined = inherited["subject"] if defining else ()
        fitting = tuple(argument for argument in defined if kinds & set(argument.concept.kinds))
        return fitting or _defined(reading, match, name, left), left.before
    nearest = _nearest_means(reading, match, left, kinds) if name == "subject" else ()
    if nearest:
        return nearest, left.before
    shared = sharing_words(reading, match, kinds, leading=True) if name == "object" else ()
    found = shared or leading_arguments(reading, trigger, name, left, inherited["leading"])
    return found or _defined(reading, match, name, left), left.before


def _nearest_means(reading: Reading, match: Match, left: LeftSlot, kinds: frozenset[Kind]) -> tuple[Argument, ...]:
    """What stands right before an infinitive behind a verb: "care includes fluids, and surgery to stop bleeding"."""
    if not re.match(r"(?i)to\b", match.words.of(reading.text)) or Kind.CONDITION in kinds:
        return ()
    if not _BEFORE_INFINITIVE.search(left.span.of(reading.text)):
        return ()
    found: list[Argument] = []
    end = left.span.end
    for mention in reversed(reading.mentions):
        between = reading.text[mention.span.end : end]
        if mention.span.end > end or not left.span.covers(mention.span) or is_generic(mention.concept):
            continue
        if re.fullmatch(r"(?:(?: ?\([^()]*\))?,? or (?:an? )?)?" if found else "", between) is None:
            break
        argument = reading.argument(mention, kinds)
        if argument is None:
            break
        found.append(argument)
        end = mention.span.start
    return tuple(reversed(found))


def _doing_something(words: str, span: Span, reading: Reading) -> tuple[Argument, ...]:
    """The treatment that something done is: "stopping alcohol use" is none of alcohol."""
    phrase = words.strip(" ,")
    if _POINTING.search(phrase):
        return ()
    kinds = frozenset({Kind.TREATMENT})
    concept = reading.finder.named(phrase, kinds) or mint(phrase, Kind.TREATMENT)
    return (Argument(concept, phrase, Kind.TREATMENT, Span(span.start, span.start + len(phrase))),)


def _defined(reading: Reading, match: Match, name: str, left: LeftSlot) -> tuple[Argument, ...]:
    """The name that the clause on the left defines by a general noun: "it is a disorder that"; else ()."""
    trigger = match.trigger
    what = defined_before(reading.text, left.span.start, match.words.start)
    if what is None or trigger.relation is Predicate.IS_A:
        return ()
    reading.trace.slot(name, what)
    meant = reading.focus.resolve(what.of(reading.text), trigger.kinds(name))
    return (meant,) if meant else slot_arguments(reading, trigger, name, what)
