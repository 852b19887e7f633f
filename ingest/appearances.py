"""How a thing looks: its colour, volume and timing, where a label, a definition or the words beside it say so."""

import re
from typing import Final

from ingest.arguments import Argument
from ingest.assertion import Assertion, assess
from ingest.mentions import Mention
from ingest.reading import Candidate, Reading
from ingest.sentences import Span
from ontology.terms import Kind, Predicate

_INSTEAD: Final = re.compile(r"\b(?:rather than|instead of|as opposed to)\b[^,.;]*$", re.IGNORECASE)
_DENIED_OR_SUPPOSED: Final = re.compile(
    r"\b(?:rather than|not|n't)\b[^,.;]*$|\b(?:when|if|once|unless)\b(?:[^,]|, (?:and|or) )*$", re.IGNORECASE
)
_DEFINING: Final = ("is-a", "means")
_SHOWN: Final = re.compile(r"\((?:[\w-]+ (?:or|and) )?$|\b(?:as|like|with|or) $", re.IGNORECASE)
_SEEN: Final = re.compile(
    r"\b(?:see|notice|sign of) (?:it|this)\b[^.,;]*\b(?:between|for|as|within|in)? ?$", re.IGNORECASE
)
_HOW_OFTEN: Final = re.compile(r"\s+(?:symptoms?|signs?|causes?|findings?|features?|complications?|occurrences?)\b")
_OFFERED: Final = re.compile(
    r"(?:,| |\(|\b(?:is|are|was|should|it|and|or|often|usually|may|can|be|looks?|looking|appears?|mostly|typically|"
    r"that|"
    r"which|more|very|streaks|of|in color|colored|with|has|a)\b)*",
    re.IGNORECASE,
)


def read_appearances(reading: Reading, defined: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
    """How the thing a sentence is about looks: what label or definition say, or an attribute right beside it."""
    text = reading.text
    looks = [mention for mention in reading.mentions if mention.concept.kinds[0] is Kind.APPEARANCE]
    looks += _looks_in_names(reading)
    kinds = (Kind.SYMPTOM, Kind.CONDITION)
    about = reading.focus.label(frozenset(kinds)) or next(
        (c.subject for c in defined if c.rule in (*_DEFINING, "blood-from") and c.subject.kind in kinds), None
    )
    found: list[Candidate] = []
    for look in looks:
        instead = _INSTEAD.search(text[: look.span.start])
        if instead is None and _DENIED_OR_SUPPOSED.search(text[: look.span.start]):
            continue
        if _HOW_OFTEN.match(text, look.span.end):
            continue
        end = instead.start() if instead else look.span.start
        subject = about if _belongs(look, defined) else None
        if subject is None:
            nearest = next(
                (
                    mention
                    for mention in reversed(reading.mentions)
                    if mention.span.end <= look.span.start
                    and {Kind.SYMPTOM, Kind.AGENT} & set(mention.concept.kinds)
                    and _OFFERED.fullmatch(_without(text, mention.span.end, end, looks))
                ),
                None,
            )
            happening = next(
                (e for e in reading.events if e.span.covers(look.span) and Kind.SYMPTOM in e.concept.kinds), None
            )
            if nearest is not None and _describes_another(text, nearest.span.end, look):
                continue
            if nearest is not None:
                subject = reading.argument(nearest, (Kind.SYMPTOM, Kind.AGENT))
            elif happening is not None:
                subject = reading.happening(happening)
            else:
                subject = _pointed_at(reading, text[: look.span.start])
        if subject is None:
            continue
        item = Argument(look.concept, look.span.of(text), Kind.APPEARANCE, look.span)
        assertion = assess(text[max(0, look.span.start - 25) : look.span.start])
        assertion = Assertion(negated=True, cue=instead.group().split()[0].lower()) if instead else assertion
        found.append(Candidate(subject, Predicate.PRESENTS_AS, item, assertion, "appearance"))
    said = {each.object.concept.id for each in defined if each.predicate is Predicate.PRESENTS_AS}
    return tuple(dict.fromkeys(c for c in found if c.subject.kind is not Kind.AGENT or c.object.concept.id not in said))


def _belongs(look: Mention, defined: tuple[Candidate, ...]) -> bool:
    """Tell whether a look stands in the definition itself: not behind "a disorder", where others are spoken of."""
    said = [c.object.span for c in defined if c.rule in _DEFINING and c.object.span is not None]
    return not said or look.span.start < said[0].end


def _looks_in_names(reading: Reading) -> list[Mention]:
    """The looks in names behind a parenthesis or "as": "mild (pink-tinged sputum)", "coughed up as bloody foam"."""
    text = reading.text
    found: list[Mention] = []
    for mention in reading.mentions:
        if mention.concept.kinds[0] is not Kind.SYMPTOM or not _SHOWN.search(text[: mention.span.start]):
            continue
        words = mention.span.of(text)
        first = Span(mention.span.start, mention.span.start + len(words.split()[0]))
        inside = reading.finder.find(first.of(text))
        found += [Mention(first, inner.concept) for inner in inside if inner.concept.kinds[0] is Kind.APPEARANCE]
    return found


def _pointed_at(reading: Reading, before: str) -> Argument | None:
    """What "it" means in "you may see it" before a look or a timing; None where nothing is pointed at."""
    if _SEEN.search(before) is None:
        return None
    return reading.focus.find((Kind.SYMPTOM, Kind.CONDITION), recent=True)


def _describes_another(text: str, end: int, look: Mention) -> bool:
    """Tell whether a look behind a comma or "and" stands before a noun of its own: "fever and severe pain"."""
    listed = re.fullmatch(r"\s*(?:,|\band\b|\bor\b|\s)+\s*", text[end : look.span.start]) is not None
    return listed and re.match(r"\s+(?!(?:and|or|in|on|at|when|for|that|which)\b)\w", text[look.span.end :]) is not None


def _without(text: str, start: int, end: int, mentions: list[Mention]) -> str:
    """The text between two positions without the words of `mentions`."""
    kept = text[start:end]
    for mention in mentions:
        if start <= mention.span.start and mention.span.end <= end:
            kept = kept.replace(mention.span.of(text), "")
    return kept
