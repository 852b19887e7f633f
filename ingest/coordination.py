"""Lists inside a sentence: where the conjuncts are, and what they share.

"a cough that lingers, blood in the mucus, and chest pain or discomfort" is four conjuncts. A conjunct that lacks its
head takes it from the last ("acute or chronic bronchitis"), one that lacks its modifier from the one before
("chest pain or discomfort" may mean chest discomfort). "X, such as Y and Z" yields X and, marked as examples, Y and Z;
"X rather than Y" yields X.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from ingest.headnouns import kind_of
from ingest.sentences import Span
from ingest.shares import CLOSING, SHARE
from ontology.terms import Kind

_EXAMPLES: Final = re.compile(
    r",?\s*\(?\b(?:such as|including|for example,?|for instance,?|e\.g\.,?|examples include|like(?= (?:a |an |"
    r"the )?\w+))\s+",
    re.IGNORECASE,
)
_OFTEN: Final = re.compile(
    r"\s*\((?:often|usually|typically|mostly|sometimes) (?!from\b|caused\b|made\b|in\b)", re.IGNORECASE
)
_DROPPED: Final = re.compile(r",?\s*\b(?:rather than|instead of|but not|as opposed to|other than)\b.*$", re.IGNORECASE)
_OFTEN_SAID: Final = (
    rf"(?P<often>{SHARE.pattern}|in severe cases|for some|rarely|sometimes|often|usually|occasionally|possibly|"
    r"less often|more rarely)"
)
"""What is said of how often a member has it: before it or all of them, in parentheses, or behind it."""

_OPENING: Final = re.compile(
    rf"{_OFTEN_SAID},?\s+(?!(?:called|known|referred|with|who|that|whose|in|and|or)\b)", re.IGNORECASE
)
_ASIDE: Final = re.compile(rf"\s*\(\s*{_OFTEN_SAID}\s*\)", re.IGNORECASE)
_SEPARATOR: Final = re.compile(
    rf"\s*,?\s+(?:and|or)(?:,\s+|\s+){_OFTEN_SAID},?\s+"
    r"|\s*,\s*(?:and/or|or even|and even|and|or|as well as|plus)\s+"
    r"|\s*[,;]\s+|\s+(?!and (?:out|down|forth)\b)(?:and/or|or even|and even|and|or|as well as|plus)\s+(?:also\s+)?"
    r"|(?<=[a-z])/(?=[a-z])|\s+\+\s+|\s+-\s+",
    re.IGNORECASE,
)
_REPEATED: Final = re.compile(
    r"(?:sometimes |often |usually )?(?:by|from|with|to|in|for|of|who (?:have|has|had|take|takes|use)) ", re.IGNORECASE
)
_RANGE: Final = re.compile(r"\b(?:between )?\d[\d.,]* (?:and|or) \d", re.IGNORECASE)
_PARENTHESES: Final = re.compile(r"\s*\([^()]*\)")
_APPOSITION: Final = re.compile(
    r", (?:an?|the) (?:[\w-]+ ){0,3}?(?:condition|disorder|disease|illness|infection|type|form|kind|procedure|test|"
    r"substance|hormone|protein|drug|medicine|tube|device|group|process|part|chemical|mineral|enzyme|inflammation|problem|syndrome|"
    r"cancer|tumor|buildup|swelling|organ|gland|technique|method|measure|sign|lack|narrowing|name|term)s? "
    r"(?:of|in|that|which|where|when|used|caused|called|made|found|characterized)\b.*?(?=, (?:and|or) |;|$)",
    re.IGNORECASE,
)
"""What explains the member before it: ", a condition in which the joints swell"."""

_HEAD_BEHIND: Final = re.compile(
    r"(?!(?:of|in|on|at|for|with|from|to|by|as|and|or|that|which|who|when|if|is|are|can|may|has|have|into|than|but)\b)"
    r"[a-z][a-z-]*(?: [a-z][a-z-]*){0,2}"
)
"""The head of a phrase behind a parenthesis: "upper gastrointestinal (GI) endoscopy"."""

_MODIFIER: Final = re.compile(
    r"^(?:\w+(?:al|ic|ive|ous|ary|ory|ar|ed|oid|ent|ant)|acute|chronic|mild|severe|moderate|upper|lower|dry|wet|"
    r"left|right|deep|"
    r"low|high|rapid|slow|sudden|internal|runny|stuffy|stuffed|first|second|male|female|heavy|light|large|small|"
    r"sharp|dull|pale|foul-smelling|watery|bloody|loose|swollen|itchy|scaly|tender|fatty|painful|thick|thin|stiff|weak|"
    r"bright|dark|clear|yellow|green|brown|white|cold|flu|cough|squeaky|healthy|unhealthy|short|long)(?:-\w+)?$",
    re.IGNORECASE,
)
_NOT_MODIFIER: Final = frozenset(
    "nosebleed bleed pregnant blood head need food speed feed urinal rectal tired red arsenic".split()
)


@dataclass(frozen=True, slots=True)
class Conjunct:
    """One member of a list: its span, whether it stands as an example of the one before, and what it borrows.

    `prefix` and `suffix` are words taken from a neighbour: the shared head or modifier. `often` is what is said of this
    member alone: "fever and, in rare cases, death".
    """

    span: Span
    example: bool = False
    prefix: str = ""
    suffix: str = ""
    often: str = ""

    def phrase(self, text: str) -> str:
        """The conjunct's words, with what it borrows."""
        return " ".join(part for part in (self.prefix, self.span.of(text), self.suffix) if part)


def conjuncts(text: str, span: Span, *, kept: Iterable[Span] = ()) -> tuple[Conjunct, ...]:
    """The members of the list in `text[span]`, in order; one where there is no list, none for an empty span.

    A separator inside one of the `kept` spans (the name of a concept, "nausea and vomiting") parts nothing.
    """
    kept = tuple(each for each in kept if each.overlaps(span))
    hidden = [Span(m.start(), m.end()) for m in _PARENTHESES.finditer(text, span.start, span.end)]
    kept = (*kept, *(Span(m.start(), m.end()) for m in _RANGE.finditer(text, span.start, span.end)))
    hidden += [
        Span(m.start(), m.end())
        for m in _APPOSITION.finditer(text, span.start, span.end)
        if not _within(m, hidden) and not any(m.start() < each.start < m.end() for each in hidden)
    ]
    hidden.sort(key=lambda each: each.start)
    dropped = _DROPPED.search(text, span.start, span.end)
    end = dropped.start() if dropped else span.end
    found: list[Conjunct] = []
    start, example = span.start, False
    for general in _EXAMPLES.finditer(text, span.start, end):
        if not _within(general, (*hidden, *kept)):
            found += _parts(text, Span(start, general.start()), hidden, kept, example=example)
            start, example = general.end(), True
    found += _parts(text, Span(start, end), hidden, kept, example=example)
    for parenthesis in hidden:
        inside = _EXAMPLES.match(text, parenthesis.start, parenthesis.end) or _OFTEN.match(
            text, parenthesis.start, parenthesis.end
        )
        if inside:
            found += _parts(text, Span(inside.end(), parenthesis.end - 1), (), kept, example=True)
    return tuple(_shared(text, found))


def _parts(text: str, span: Span, hidden: Iterable[Span], kept: Iterable[Span], *, example: bool) -> list[Conjunct]:
    obstacles = (*hidden, *kept)
    parts: list[Conjunct] = []
    opening = _OPENING.match(text, span.start, span.end)
    if opening is not None and _within(opening, obstacles):
        opening = None
    start, of_all = (opening.end(), opening["often"]) if opening else (span.start, "")
    span, often = Span(start, span.end), of_all
    for match in (*_SEPARATOR.finditer(text, span.start, span.end), None):
        if match is not None and _within(match, obstacles):
            continue
        end = match.start() if match else span.end
        share = text[start:end].strip(" ,.;")
        if parts and SHARE.fullmatch(share):
            parts[-1] = replace(parts[-1], often=share)  # "fever, in most cases, and cough"
        else:
            found = _part(text, start, end, hidden, kept, example=example, separated=start > span.start)
            parts += (replace(part, often=part.often or often) for part in found)
        if match is not None:
            start, often = match.end(), match["often"] or of_all
    return parts


def _part(
    text: str, start: int, end: int, hidden: Iterable[Span], kept: Iterable[Span], *, example: bool, separated: bool
) -> list[Conjunct]:
    """The conjunct between two separators, without a repeated preposition, cut before a parenthesis that follows it.

    A head behind the parenthesis is kept as its suffix, unless a name ends before it.
    """
    suffix = often = ""
    for parenthesis in hidden:
        if start < parenthesis.start < end:
            aside = _ASIDE.fullmatch(text, parenthesis.start, parenthesis.end)
            often = aside["often"] if aside else often
            behind = text[parenthesis.end : end].strip(" ,;:.")
            named = any(name.end == parenthesis.start for name in kept)
            suffix = behind if not named and _HEAD_BEHIND.fullmatch(behind) else ""
            end = parenthesis.start
        elif parenthesis.start <= start < parenthesis.end:
            start = parenthesis.end
    while start < end and text[start] in " ,;:.\"'()":
        start += 1
    repeated = _REPEATED.match(text, start, end) if separated else None
    start = repeated.end() if repeated else start
    end = _without_stops(text, start, end)
    closing = None if suffix else CLOSING.search(text[start:end])
    if closing is not None and closing.start():
        end, often = _without_stops(text, start, start + closing.start()), closing[1]
    return [Conjunct(Span(start, end), example, suffix=suffix, often=often)] if start < end else []


def _without_stops(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1] in " ,;:.\"'()!?":
        end -= 1
    return end


_TROUBLE: Final = re.compile(r"(?:an? )?(trouble|difficulty|problems?) (?:with |in )?[a-z]+ing\b", re.IGNORECASE)


def _shared_trouble(text: str, part: Conjunct, earlier: list[Conjunct]) -> str:
    """What members that are only something done share: "trouble chewing, swallowing, or speaking".

    What is a sign by itself shares nothing: "trouble breathing, fainting". Breathing is one only with a modifier.
    """
    words = part.span.of(text)
    if text.endswith("to ", 0, part.span.start):
        return ""  # "can lead to difficulty breathing or to choking"
    if not re.fullmatch(r"[a-z]+ing", words) or (kind_of(words) is Kind.SYMPTOM and words != "breathing"):
        return ""
    for before in reversed(earlier):
        troubled = _TROUBLE.match(before.span.of(text))
        if troubled is not None:
            return troubled[1]
        if not re.fullmatch(r"[a-z]+ing", before.span.of(text)):
            return ""
    return ""


def _shared(text: str, parts: list[Conjunct]) -> list[Conjunct]:
    """Complete what shares a word: "acute or chronic bronchitis" its head, "blue lips/nails" its modifier."""
    complete: list[Conjunct] = []
    for index, part in enumerate(parts):
        before = parts[index - 1] if index else None
        if before is not None and text[before.span.end : part.span.start] == "/" and " " not in part.span.of(text):
            modifier = before.span.of(text).rpartition(" ")[0]
            complete.append(replace(part, prefix=_without_article(modifier), suffix=""))
            continue
        following = parts[index + 1] if index + 1 < len(parts) else None
        shared = _shared_place(text, part, following) or _shared_object(text, part, following)
        subject = (_shared_trouble(text, part, parts[:index]) or _shared_subject(text, part, parts[0])) if index else ""
        if subject:
            complete.append(replace(part, prefix=subject, suffix=""))
            continue
        if shared:
            complete.append(replace(part, suffix=shared))
            continue
        words = part.span.of(text).split()
        bare = [word for word in words if word.lower() not in ("a", "an", "the", "your", "very")]
        headed = next((p for p in parts[index + 1 :] if len(p.span.of(text).split()) > 1), None)
        if (
            len(bare) == 1
            and headed is not None
            and _MODIFIER.match(bare[0])
            and bare[0].lower() not in _NOT_MODIFIER
            and _MODIFIER.match(_without_article(headed.span.of(text)).split()[0])
        ):
            head = _without_article(headed.span.of(text)).split(maxsplit=1)
            complete.append(replace(part, suffix=head[1] if len(head) > 1 else ""))
        else:
            complete.append(part)
    return complete


def _shared_place(text: str, part: Conjunct, following: Conjunct | None) -> str:
    """What one word has in common with the phrase after "or": "pain or tenderness in the leg" gives `in the leg`."""
    if following is None or " " in part.span.of(text):
        return ""
    if text[part.span.end : following.span.start].strip() != "or":
        return ""
    place = re.match(r"[\w-]+ ((?:of|in|to) (?:the|your|an?) .+)$", following.span.of(text))
    return place.group(1) if place else ""


_GERUND: Final = re.compile(r"[a-z]+ing(?: up| out| down)?$", re.IGNORECASE)


def _shared_object(text: str, part: Conjunct, following: Conjunct | None) -> str:
    """What a verb has in common with the next: "coughing up or vomiting blood" gives `blood`."""
    if following is None or not _GERUND.fullmatch(part.span.of(text)):
        return ""
    if text[part.span.end : following.span.start].strip() != "or":
        return ""
    shared = re.match(r"[a-z]+ing(?: up| out| down)? (.+)$", following.span.of(text), re.IGNORECASE)
    return shared.group(1) if shared else ""


def _shared_subject(text: str, part: Conjunct, first: Conjunct) -> str:
    """The subject of a verb that has none of its own: "your cough gets worse or does not clear" gives `cough`."""
    if not re.match(r"(?:will|won't|does|doesn't|is|are|cannot|can't|gets?|becomes?) ", part.span.of(text)):
        return ""
    subject = re.match(
        r"(?:an?|the|your)? ?((?:\w+ ){0,2}?\w+) (?:will|won't|does|doesn't|is|are|cannot|can't|gets?|becomes?) ",
        first.span.of(text),
    )
    return subject.group(1) if subject else ""


def _without_article(phrase: str) -> str:
    return re.sub(r"^(?:a|an|the|your|other)\s+", "", phrase, flags=re.IGNORECASE)


def _within(match: re.Match[str], spans: Iterable[Span]) -> bool:
    return any(span.start <= match.start() < span.end for span in spans)
