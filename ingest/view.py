"""A cleaned reading of a stretch of raw text that remembers where each character stands.

Raw text is never edited: stages work on `View.text` and come back to the raw characters through `View.raw_span`.
The view folds white space, curly quotes and dashes to one plain form, hides pronunciations in parentheses
("(bron-KI-tis)"), plain words for an adjective ("chronic (ongoing) cough") and the stars of emphasis, and sets a dash
where a lost one has glued two words together ("infarctoften").
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

import simplemma

from ingest.names import name_table
from ontology.lexicon import everything

_PLAIN: Final = {
    "\u2018": "'", "\u2019": "'", "\u02bc": "'", "\u201c": '"', "\u201d": '"',
    "\u2010": "-", "\u2011": "-", "\u2012": "-", "\u00ad": "", "\ufeff": "", "\u200b": "",
    "\ufb01": "fi", "\ufb02": "fl", "\ufb00": "ff", "\ufb03": "ffi", "\ufb04": "ffl",
}  # fmt: skip
_DASHES: Final = frozenset("\u2013\u2014\u2015\u2212")
_ODD_CHARACTERS: Final = "".join(sorted({*_PLAIN, *_DASHES}))
_ODD: Final = re.compile(rf"[\s{_ODD_CHARACTERS}]{{2,}}|[^\S ]|[{_ODD_CHARACTERS}]")
"""Everything but single spaces between characters that are read as they are."""

_PRONUNCIATION: Final = re.compile(r"\s?\((?=[^()]*[a-z]-[A-Z]{2,}|[^()]*[A-Z]{2,}-[a-z])[A-Za-z]+(?:[- ][A-Za-z]+)*\)")

_SAYS_AGAIN: Final = re.compile(
    r"\b(?:chronic|acute|congenital|benign|malignant|transient|recurrent|persistent)"
    r"(?P<again> \((?:ongoing|long[- ](?:term|lasting)|lifelong|short[- ](?:term|lived)|sudden|present at birth|inborn|"
    r"noncancerous|not cancerous?|cancerous|temporary|repeated|lasting)\))(?= [a-z])",
    re.IGNORECASE,
)
"""An adjective with the same in plain words between it and its noun: "a chronic (ongoing) cough"."""

_EMPHASIS: Final = re.compile(r"\*{1,3}(?=[^\s*])|(?<=[^\s*])\*{1,3}")

_GLUE: Final = frozenset(
    "a about after also an and are as at because before but by called can causing could especially even for from had "
    "has have if in including into is it its just known like may means meaning most no not of often on or over part "
    "particularly plus should so some sometimes such than that the then these they this those through to too under "
    "usually was were when where which while who will with without you your".split()
)
"""Words that stand after (or before) a lost dash often enough to be looked for inside an unknown word."""

_PREFIXES: Final = frozenset({"over", "under", "after"})
"""Words that begin compounds: "overactivation"."""

_LOST_APOSTROPHE: Final = re.compile(
    r"\b(?:(?:do|does|did|is|are|was|were|has|have|had|could|should|would)nt|bodys|babys|womens|mens|childrens|peoples)\b",
    re.IGNORECASE,
)
"""Words that have lost an apostrophe before their last letter and are none without it: "doesnt", "bodys"."""

_WORD: Final = re.compile(r"[A-Za-z]{5,}")

_COMBINING: Final = re.compile(
    r"[a-z]*o|under|inter|intra|hyper|super|trans|extra|ultra|multi|after|every|counter|cyber|water|vector|flare|"
    r"hydroxy|methyl|sulfa|brachy|planar|sugar|goose|arginine"
)
"""What begins a compound and does not stand before a dash: "neurofilament", "underdiagnosed"."""
_LAST_OF_A_NAME: Final = frozenset(
    "angioplasty apnea artery attack attacks bladder bronchitis cancer clots defects disease diseases disorder "
    "disorders failure fibrillation filariasis incontinence infections murmur nodes palsy pills retinopathy sickness "
    "smoke smoking tumors valves vessels".split()
)
"""Nouns before which a lost space is likelier than a lost dash: "heartattack"."""
_ENDING: Final = re.compile(r"(?:less|ness|ship|like|able|form|line|ally|ings?|tops?|ably|ated|ants?|ents?|scopes?)")
"""Endings of words that are words themselves."""
_AFTER_PARENTHESIS: Final = re.compile(r"(?<=[a-zA-Z]\))(?=[a-z]{3,}|a |an |in |or )")
"""Where a dash is lost behind a parenthesis: "fibromuscular dysplasia (FMD)the growth of"."""


@dataclass(frozen=True, slots=True)
class View:
    """`text` is the cleaned reading; character i of it stands at `offsets[i]` of the raw text.

    `offsets` has one entry more than `text`: the raw position after the last character. It is a range where nothing was
    folded, hidden or set.
    """

    text: str
    offsets: Sequence[int]

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """The raw offsets (end exclusive) that `text[start:end]` was read from; `start` < `end`."""
        return self.offsets[start], self.offsets[end - 1] + 1


def view(raw: str, start: int, end: int) -> View:
    """The view of `raw[start:end]`."""
    begin = start
    while begin < end and raw[begin].isspace():
        begin += 1
    while begin < end and raw[end - 1].isspace():
        end -= 1
    text, offsets = _folded(raw, begin, end)
    if "(" in text:
        text, offsets = _edited(text, offsets, [(m.start(), m.end(), "") for m in _PRONUNCIATION.finditer(text)])
        again = [(m.start("again"), m.end("again"), "") for m in _SAYS_AGAIN.finditer(text)]
        text, offsets = _edited(text, offsets, again)
    if "*" in text:
        text, offsets = _edited(text, offsets, [(m.start(), m.end(), "") for m in _EMPHASIS.finditer(text)])
    lost = [m.end() - 1 for m in _LOST_APOSTROPHE.finditer(text)]
    if lost:
        text, offsets = _edited(text, offsets, [(place, place, "'") for place in lost])
    glued = {word for word in set(_WORD.findall(text)) if part_glued(word) is not None}
    if glued:
        seams = [(m.start() + (part_glued(m[0]) or 0), m.end()) for m in _WORD.finditer(text) if m[0] in glued]
        text, offsets = _edited(text, offsets, [(seam, seam, _set_at(text, seam, end)) for seam, end in seams])
    if ")" in text:
        closed = [m.start() for m in _AFTER_PARENTHESIS.finditer(text)]
        text, offsets = _edited(text, offsets, [(seam, seam, " - ") for seam in closed])
    if not text:
        return View("", (start,))
    if isinstance(offsets, range):
        return View(text, range(offsets.start, offsets.stop + 1))
    return View(text, (*offsets, offsets[-1] + 1))


def _folded(raw: str, start: int, end: int) -> tuple[str, Sequence[int]]:
    """White space, quotes, dashes and ligatures in their plain form; only what is odd is looked at singly."""
    odd = _ODD.search(raw, start, end)
    if odd is None:
        return raw[start:end], range(start, end)
    parts: list[str] = []
    offsets: list[int] = []
    done, space = start, True
    for odd in _ODD.finditer(raw, start, end):
        if odd.start() > done:
            parts.append(raw[done : odd.start()])
            offsets += range(done, odd.start())
            space = False
        done = odd.end()
        for position in range(odd.start(), done):
            plain = _plain(raw, position, space=space)
            if plain:
                parts.append(plain)
                offsets += [position] * len(plain)
                space = plain[-1] == " "
    parts.append(raw[done:end])
    offsets += range(done, end)
    text = "".join(parts)
    kept = len(text.rstrip(" "))
    return text[:kept], offsets[:kept]


def _plain(raw: str, position: int, *, space: bool) -> str:
    """What one character is read as, `space` telling whether a space stands before it."""
    character = raw[position]
    if character.isspace():
        return "" if space else " "
    if character in _DASHES:
        return "-" if _inside_range(raw, position) else ("- " if space else " - ")
    return _PLAIN.get(character, character)


def _inside_range(raw: str, position: int) -> bool:
    """Tell a dash between two digits or inside a compound, which is no pause."""
    before, after = raw[position - 1 : position], raw[position + 1 : position + 2]
    return before.isdigit() and after.isdigit()


def _edited(text: str, offsets: Sequence[int], edits: Iterable[tuple[int, int, str]]) -> tuple[str, Sequence[int]]:
    """Text and offsets with (start, end, replacement) applied; what is set stands where the letter before it does."""
    parts: list[str] = []
    kept: list[int] = []
    done = 0
    for start, end, replacement in edits:
        parts += (text[done:start], replacement)
        kept += offsets[done:start]
        kept += [offsets[start - 1]] * len(replacement)
        done = end
    if not parts:
        return text, offsets
    return "".join((*parts, text[done:])), [*kept, *offsets[done:]]


def _set_at(text: str, seam: int, end: int) -> str:
    """What is set where a word is parted: a space inside a name or behind a verb, else a dash."""
    verb = re.search(
        r"(?:called|causing|have|has|had|include|including|detect|diagnose|manage|recommend)$", text[:seam]
    )
    return " " if verb or text[seam:end] in _LAST_OF_A_NAME else " - "


@lru_cache(maxsize=65536)
def part_glued(word: str) -> int | None:
    """Where an unknown word parts into two known ones; None where it does not.

    The longest function word wins, at the end before the beginning: `infarctoften` parts at 7. Without one, both parts
    must be words of their own: `edemaswelling` parts at 5.
    """
    lowered = word.lower()
    if word.isupper() or _known(lowered):
        return None
    # A capital inside is a seam of its own ("PEand"), a capital first is a name ("Latifa").
    head_is_acronym = re.match(r"[A-Z]{2,5}(?=[a-z]{2,}$)", word)
    if head_is_acronym:
        return head_is_acronym.end() if lowered[head_is_acronym.end() :] in _GLUE else None
    if word[0].isupper():
        return None
    for length in range(min(12, len(word) - 3), 0, -1):
        if lowered[-length:] in _GLUE and (length > 1 or len(word) > 6) and _known(lowered[:-length]):
            return len(word) - length
    for length in range(min(10, len(word) - 3), 1, -1):
        if lowered[:length] in _GLUE - _PREFIXES and length > 2 and _known(lowered[length:]):
            return length
    return _part_words(lowered)


def _part_words(word: str) -> int | None:
    """Where two whole words meet that a lost dash has glued: none that begins a compound, none that is an ending."""
    seams = [
        seam
        for seam in range(5, len(word) - 4)
        if simplemma.is_known(word[seam:], lang="en")
        and _known(word[:seam])
        and not _COMBINING.fullmatch(word[:seam])
        and not _ENDING.fullmatch(word[seam:])
    ]
    # "edema swelling", not "edemas welling"; else the plural: "cells have", not "cell shave".
    named = (seam for seam in seams if word[seam:] in _vocabulary_words())
    return next(named, seams[-1] if seams else None)


def _known(word: str) -> bool:
    return simplemma.is_known(word, lang="en") or word in _vocabulary_words()


@cache
def _vocabulary_words() -> frozenset[str]:
    """The words of all names, lower case: "fetalis" is no "fetal" that has lost its dash."""
    return name_table(everything()).known
