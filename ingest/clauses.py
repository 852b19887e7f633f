"""Where the slots of a trigger end: at the borders of its clause.

An open slot on the left reaches back to the last border before the trigger, one on the right to the first behind it.
What is cut off on the left ("In some cases,") is kept, because certainty and frequency are read there.
"""

import re
from dataclasses import dataclass
from typing import Final

from ingest.sentences import Span
from ingest.shares import CLOSING

_LEFT_BORDER: Final = re.compile(
    r"[;:]\s*|\s-\s|,\s+(?:but|so|yet|and|or)\s+(?=(?:it|they|this|these|he|she|you|we|people|there|some|most|many|"
    r"others)\b)"
    r"|,\s+(?:but|so|yet|although|while|which)\s+|"
    r"\b(?:(?:in|during|by|through) which|when|if|once|where|because|although|though|whereas|so that|"
    r"but|and that|(?:is|means?|shows?|suggests?|indicates?|likely|found|evidence|know|think|believe) that)\s+",
    re.IGNORECASE,
)
_INTRODUCTION: Final = re.compile(
    r"^(?:(?:in|on|at|for|during|after|with|without|among|from|over|by|as|like|unlike|despite|except|rarely|often|"
    r"usually|sometimes|however|"
    r"also|thus|therefore|additionally|similarly|instead|occasionally|generally|typically|for example|for instance|"
    r"in addition|"
    r"keep in mind|either way|still|today|then|because of this|as a result|in turn|even so)\b[^,]{0,80},|"
    r"not only (?:is|are|do|does|can|has|have)\b[^,]{0,80},|"
    r"(?:(?:or|and) )?(?:if|when|once|while|although|though|because|since|as|after|before|unless|until)\b[^,]*,)\s*",
    re.IGNORECASE,
)
_OPENING_ADVERB: Final = re.compile(
    r"^(?:sometimes|rarely|often|usually|occasionally|also|thus|however|then|at times|in rare cases|many times)\s+",
    re.IGNORECASE,
)
_RELATIVE_END: Final = re.compile(
    r",?\s*\b(?:(?:both|all|some|most|many|each) of )?(?:that|which|whom?)\s*$", re.IGNORECASE
)
_RIGHT_BORDER: Final = re.compile(
    r"[;]|:\s|\s-\s|,\s+(?:(?:which|who|where|so|but|yet|because|although|though|while|whereas)\b|"
    r"(?:or|and) (?:if|when|"
    r"because)\b|and (?:it|they|this|"
    r"these|you|he|she|we|there|some|most|others)\b|"
    r"it\b|they\b|you\b|this\b|he or she\b|we\b|your doctor\b|(?:your|the|a) health care (?:provider|professional)\b|"
    r"making\b|causing\b|leading\b|resulting\b|"
    r"especially\b|particularly\b|even (?:if|when|though)\b|or even death)|\s+(?:following|in which)\s+(?!\w+:)"
    r"|\s+(?:because|but|although|though|while(?! \w+ing\b)|whereas|so that|so)\s+|\s+and\s+(?=(?:it|they|you|"
    r"this|can|may|might|will|is|are|also|then|has|have)\s)"
    r"|(?<!that)(?<!which)(?<!not)\s+(?:(?:can|may|also) ){0,2}includes?\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class LeftSlot:
    """The subject side of a trigger: its words, what introduces the clause, whether a relative pronoun closes it."""

    span: Span
    before: str
    relative: bool
    earlier: str = ""
    """The clauses before, in the same sentence: where "it" may find what it means."""


def left_slot(text: str, start: int, end: int) -> LeftSlot:
    """What stands before the trigger at `end`, not before `start`, in the same clause."""
    span = Span(start, end)
    relative = _RELATIVE_END.search(text, span.start, span.end)
    if relative:
        span = Span(span.start, relative.start())
    opened = _open_parenthesis(text, span)
    if opened is not None and len(text[opened : span.end].split()) > 1:
        span = Span(opened, span.end)
    before, span = _introduced(text, span)
    earlier = ""
    borders = [b for b in _LEFT_BORDER.finditer(text, span.start, span.end) if b.start() > span.start]
    if borders:
        passed = before + text[span.start : borders[-1].end()]
        reports = re.search(r"(?i)\bthat\s+$", passed) is not None and relative is None
        before, earlier = (passed, "") if reports else ("", passed if relative is None else "")
        introduction, span = _introduced(text, Span(borders[-1].end(), span.end))
        before += introduction
    if match := _OPENING_ADVERB.match(text[span.start : span.end]):
        before += match.group()
        span = Span(span.start + match.end(), span.end)
    span = _trim(text, span)
    while match := _CLOSING_ADVERB.search(text[span.start : span.end]):
        span = _trim(text, Span(span.start, span.start + match.start()))
    return LeftSlot(span, before, relative is not None, earlier)


def _closing_parenthesis(text: str, start: int, end: int) -> int:
    """Where a parenthesis opened before `start` closes; `end` where none does."""
    if text.find(")", start, end) < 0:
        return end
    depth = 0
    for position in range(start, end):
        depth += (text[position] == "(") - (text[position] == ")")
        if depth < 0:
            return position
    return end


def _open_parenthesis(text: str, span: Span) -> int | None:
    """Where the words of a parenthesis begin that is still open at the end of the span; None where none is."""
    depth = 0
    for position in range(span.end - 1, span.start - 1, -1):
        depth += (text[position] == ")") - (text[position] == "(")
        if depth < 0:
            return position + 1
    return None


def _introduced(text: str, span: Span) -> tuple[str, Span]:
    """What introduces a clause ("In rare cases, when you smoke, "), and the clause without it."""
    start = span.start
    while match := _INTRODUCTION.match(text[start : span.end]):
        start += match.end()
    return text[span.start : start], Span(start, span.end)


def right_slot(text: str, start: int, end: int) -> Span:
    """What stands behind the trigger at `start`, up to `end`, in the same clause."""
    border = _RIGHT_BORDER.search(text, start, end)
    while border is not None and (border.start() <= start + 1 or _goes_on(text, border, end)):
        border = _RIGHT_BORDER.search(text, border.end(), end)
    end = border.start() if border else end
    span = _trim(text, Span(start, _closing_parenthesis(text, start, end)))
    closing = _CLOSING_WORDS.search(text, span.start, span.end)
    return _trim(text, Span(span.start, closing.start())) if closing else span


def closing_share(text: str, span: Span) -> tuple[Span, str]:
    """A right slot without what its end says of how many have it ("in most cases"), and that; "" where it does not."""
    closing = CLOSING.search(text[span.start : span.end])
    if closing is None:
        return span, ""
    return _trim(text, Span(span.start, span.start + closing.start())), closing[1]


def _goes_on(text: str, border: re.Match[str], end: int) -> bool:
    """Tell whether a semicolon parts members of a list and no clauses: "an unsteady walk; slow speech; and tremor"."""
    if border.group() != ";":
        return False
    member = re.compile(r"[^;.]*").match(text, border.end(), end)
    words = _OF_A_NOUN.sub("", member.group()) if member else ""
    return bool(words.strip()) and _FINITE.search(words) is None and not _CLAUSE_FIRST.match(words)


_OF_A_NOUN: Final = re.compile(r"\b(?:that|which|who|when|if)\b[^,;.]*", re.IGNORECASE)
_CLAUSE_FIRST: Final = re.compile(
    r"\s*(?:however|therefore|thus|then|in|but|if|when|for|although|while)\b", re.IGNORECASE
)
_FINITE: Final = re.compile(
    r"\b(?:is|are|was|were|can|may|might|could|will|should|must|has|have|had|does|do|occurs?|causes?|leads?|includes?|"
    r"affects?|results?|develops?|begins?|makes?|helps?)\b",
    re.IGNORECASE,
)
_CLOSING_WORDS: Final = re.compile(
    r"[ ,]+(?:too|as well|either|alike|again|together|(?:or|and) both)[ .!]*$", re.IGNORECASE
)
_CLOSING_ADVERB: Final = re.compile(
    r"[ ,]+(?:therefore|thus|then|also|in turn|often|usually|sometimes|however|itself|alone|either|too)$", re.IGNORECASE
)


def _trim(text: str, span: Span) -> Span:
    start, end = span.start, span.end
    while start < end and text[start] in ' ,;:-"':
        start += 1
    while end > start and text[end - 1] in " ,;:-.!?":
        end -= 1
    return Span(start, end)
