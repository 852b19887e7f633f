"""What bars a match from stating anything: headings, suppositions, names and events that its words belong to.

"When it is severe" supposes, "to find out if" wonders, "loss of bladder control" is a name; "avoid these" and "shows no
signs" refuse what stands behind a row.
"""

import re
from typing import Final

from ingest.matching import Match
from ingest.mentions import Mention
from ingest.reading import Reading
from ingest.reasons import Unread
from ingest.triggers import Trigger
from ingest.units import Unit
from ontology.terms import Kind, Predicate

_SUPPOSED: Final = re.compile(r"\b(?:when|if|once|unless)\b(?:[^,]|, (?:and|or) )*$", re.IGNORECASE)
_WONDERED: Final = re.compile(
    r"\b(?:whether|(?:determin\w+|see|find out|learn\w*|know|tell|check\w*|stud\w+|test\w*|ask\w*|wonder\w*) if|"
    r"hop(?:e|es|ing) (?:that|to)|hypothesi\w+ that|aim(?:s|ed)? to)\b[^,.;]*$|"
    r"\b(?:have|has) not (?:found|shown|proven) that\b[^.;]*$",
    re.IGNORECASE,
)
"""What stands before a clause that nobody states: "studied to find out if"."""

DENIED: Final = re.compile(
    r"(?:(?:there|currently there) (?:is|are|was|were) (?:currently |still |as yet )?)?"
    r"(?:no|neither|none|nothing|few)\b(?! longer| matter)",
    re.IGNORECASE,
)
"""How a subject begins of which nothing is said: "no vaccines prevent it", "there are no vaccines that do"."""

_SUPPOSABLE: Final = frozenset({Predicate.PRESENTS_AS, Predicate.TREATS})
"""Relations that an if-clause only supposes: "if it is severe", "if creams do not help"."""

_AVOIDED: Final = re.compile(
    r"(?:that )?(?:you |he or she |they )?(?:avoid|stop|not|limit|quit|against|skip)", re.IGNORECASE
)
"""What is advised against: "your doctor may suggest that you avoid these"."""


def names_its_event(match: Match, reading: Reading) -> bool:
    """Tell whether the words of a row are the verb of an event: "reduces blood flow" is no lower risk of anything."""
    reduces = match.trigger.relation is Predicate.REDUCES_RISK_OF
    return reduces and any(event.active and event.span.overlaps(match.words) for event in reading.events)


def inside_a_name(match: Match, reading: Reading) -> bool:
    """Tell whether the words of a match are part of a name ("control" in "loss of bladder control").

    Words that share one with a care action ("no cause for worry") state nothing but what it is called for.
    """
    for mention in reading.mentions:
        if Kind.CARE_ACTION in mention.concept.kinds:
            inside = match.trigger.relation is not Predicate.WARRANTS and mention.span.overlaps(match.words)
        else:
            inside = mention.span.covers(match.words) and not _opens_with(mention, match, reading.text)
        if inside:
            reading.trace.matched(match, (), Unread.INSIDE_A_NAME)
            return True
    return False


def _opens_with(mention: Mention, match: Match, text: str) -> bool:
    """Tell whether a name begins with the words of a row that reads the like of it: "avoid smoke", "go away soon"."""
    if match.trigger.verbatim:
        return Kind.APPEARANCE in mention.concept.kinds
    subject = match.words.start == 0 and match.words.of(text).lower().endswith("ing")
    return (
        bool(match.trigger.prefix or match.trigger.suffix) and mention.span.start == match.words.start and not subject
    )


def refuses(trigger: Trigger, name: str, words: str) -> bool:
    """Tell whether what stands behind a row denies it ("shows no signs") or advises against ("avoid these")."""
    if trigger.relation is Predicate.TREATS and name == "subject" and _AVOIDED.match(words):
        return True
    return trigger.relation is not Predicate.WARRANTS and DENIED.match(words) is not None


def find_bar(match: Match, unit: Unit) -> Unread | None:
    """Why headings or clause do not allow the row, or None: a look only supposed ("when it is severe") is none."""
    trigger = match.trigger
    above = {heading.rule.id for heading in unit.headings if heading.rule}
    supposed = (trigger.relation in _SUPPOSABLE or trigger.id == "and-experience") and _SUPPOSED.search(
        unit.text[: match.words.start]
    )
    if supposed:
        return Unread.SUPPOSED
    wondered = _WONDERED.search(unit.text[: match.words.start])
    if wondered and (trigger.leading is not None or wondered[0].lower().startswith("whether")):
        return Unread.SUPPOSED
    if trigger.headings and not trigger.headings & above:
        return Unread.OTHER_HEADINGS
    return Unread.EXCEPTED_HEADING if trigger.excepted & above else None
