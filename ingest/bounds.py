"""Where the slots of a trigger begin and end: at other triggers, conjunctions, main verbs and examples."""

import re
from typing import Final

from ingest.matching import Match
from ingest.sentences import Span

_NEXT_CLAUSE: Final = (
    r"(?i),\s+(?:and|but)\s+(?P<subject>(?!(?:it|they|this|these|those|you|we)\b)"
    r"(?![^,;]*\b(?:that|which|who)\b)[^,;]{2,50})$"
)
"""A conjunction and the subject of the trigger behind it: ", and asthma" before "causes wheezing"."""

_RELATIVE: Final = re.compile(
    r"\b(?:disorders|diseases|conditions|illnesses|infections|problems|medicines|drugs|substances|factors|things|"
    r"injuries|treatments)(?: of the \w+)? (?:that|which) (?:\w+ ){0,2}$",
    re.IGNORECASE,
)
_SUCH_AS: Final = re.compile(r",? (?:such as|including)\b")


def before_examples(text: str, match: Match, span: Span) -> Span:
    """The span up to examples of a plural further left: "disorders that cause weakness, such as" those."""
    examples = _SUCH_AS.search(text, span.start, span.end) if _RELATIVE.search(text[: match.words.start]) else None
    return Span(span.start, examples.start()) if examples else span


_BEHIND_RELATIVE: Final = re.compile(r"(?<!\bis )(?<!\bare )\b(?:that|which)\s+$", re.IGNORECASE)


def main_verb(text: str, words: Span, limit: int) -> int:
    """Where the verb of the sentence begins that a trigger in a relative clause stands before; else `limit`.

    "Infections that cause diarrhea are also common": what is caused ends before "are".
    """
    if _BEHIND_RELATIVE.search(text, max(0, words.start - 40), words.start) is None:
        return limit
    verb = _VERB.search(text, words.end, limit)
    return verb.start() if verb else limit


_VERB: Final = re.compile(
    r"(?<!\bthat)(?<!\bwhich)(?<!\bwho)\s(?:is|are|was|were|has|have|can|may|might|could|will|should|must|includes?|"
    r"occurs?|results?|leads?|tends?|alters?|changes?(?! (?:in|of|to))|disrupts?|decreases?(?! (?:in|of))|enhances?|"
    r"prevents?|reduces?|impairs?|"
    r"eliminates?|severely|completely|"
    r"interferes?|affects?|deletes?|either (?:alter|disrupt|delete|reduce))\s",
    re.IGNORECASE,
)


def own_words(text: str, match: Match, end: int | None = None) -> str:
    """The words of a trigger, up to `end` where given, without what fills its slots."""
    end = match.words.end if end is None else end
    words, start = "", match.words.start
    for _, slot in sorted(match.slots, key=lambda named: named[1].start):
        words += text[start : slot.start]
        start = slot.end
    return words + text[start:end]


def crosses(text: str, slot: Span, before: int) -> bool:
    """Tell whether a slot reaches over the trigger before it, other than over one in a relative clause."""
    return slot.start < before <= slot.end and not re.search(
        r"(?i)\b(?:that|which|who|of|caused by|due to)\b", text[slot.start : before]
    )


def left_reach(text: str, before: int, start: int) -> int:
    """Where a left slot begins: at the trigger itself, which empties it, where a conjunction joins it to another."""
    clause = re.search(_NEXT_CLAUSE, text[before:start]) if before else None
    if clause:
        return before + clause.start("subject")
    joined = before and re.search(r"(?i)(?:\band\b|\bor\b|\bbut\b)\s*(?:also\s+|then\s+)?$", text[before:start])
    return start if joined else 0


_JOINED: Final = re.compile(r"(?:,?\s+(?:and|or|but)(?: also| then| even| other| another| some)?|,)\s*$", re.IGNORECASE)


def right_limit(text: str, start: int, after: int) -> int:
    """Where a right slot must end: before the next trigger, where a conjunction leads to it."""
    if after >= len(text):
        return len(text)
    match = _JOINED.search(text, max(start, after - 40), after)
    if match:
        return match.start()
    # ", and asthma causes …": a clause of its own begins behind the comma.
    clause = re.search(_NEXT_CLAUSE, text[start:after])
    return start + clause.start() if clause else len(text)
