"""How a trigger says what it says: the assertion of its words and of the auxiliaries that "and" carries on."""

import re
from typing import Final

from ingest.arguments import Argument
from ingest.assertion import Assertion, assess
from ingest.matching import Match

_AUXILIARIES: Final = re.compile(
    r"(?:(?:\b(?:can|may|might|could|will|would|should|do|does|did|is|are|not|never|also|often|usually|rarely|"
    r"sometimes|seldom|generally|typically|commonly|likely)|\b(?:do|does|did|ca|wo|is|are|should|would|could)n't) "
    r")+$",
    re.IGNORECASE,
)


def asserted(match: Match, words: str, introduction: str, share: str) -> Assertion:
    """How the words of a match say it, as the row allows; `share` is what is said behind them of how many have it."""
    assertion = assess(words, before=introduction, after=share)
    if match.trigger.denies:
        return Assertion(negated=True, cue=words.strip().lower())
    if match.trigger.affirms:
        return Assertion(certainty=assertion.certainty, frequency=assertion.frequency)
    return assertion


def said_of(assertion: Assertion, *sides: Argument) -> Assertion:
    """The assertion as it is of these members of lists, of which one may be said more: "and, in rare cases, death"."""
    for side in sides:
        own = assess(side.often)
        if assertion.negated or own == Assertion():
            continue
        surer = own.certainty.rank >= assertion.certainty.rank
        assertion = Assertion(
            certainty=assertion.certainty if surer else own.certainty,
            cue=assertion.cue if surer else own.cue,
            frequency=own.frequency or assertion.frequency,
        )
    return assertion


def carried_auxiliaries(before: str) -> str:
    """Auxiliaries before the words of a row: right there ("do not" prescribe), or carried on by "and".

    "Can irritate the throat and cause hoarseness": both may happen.
    """
    auxiliaries = _AUXILIARIES.search(before)
    if auxiliaries:
        return auxiliaries.group()
    if not re.search(r"(?i)\b(?:and|or)\s+$", before):
        return ""
    clause = re.split(r"[;:]|,\s+(?:and|but|which)\s", before)[-1]
    modals = re.findall(r"(?i)\b(?:can|may|might|could)\b", clause)
    return f"{modals[-1]} " if modals else ""
