"""A cleaned reading of a stretch of raw text that remembers where each character stands.

Raw text is never edited: stages work on `View.text` and come back to the raw characters through `View.raw_span`.
The view folds white space, curly quotes and dashes to one plain form, hides pronunciations in parentheses
("(bron-KI-tis)") and the stars of emphasis, and sets a dash where a lost one has glued two words together
("infarctoften").
"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

import simplemma

from ontology.lexicon import everything

_PLAIN: Final = {
    "\u2018": "'", "\u2019": "'", "\u02bc": "'", "\u201c": '"', "\u201d": '"',
    "\u2010": "-", "\u2011": "-", "\u2012": "-", "\u00ad": "", "\ufeff": "", "\u200b": "",
    "\ufb01": "fi", "\ufb02": "fl", "\ufb00": "ff", "\ufb03": "ffi", "\ufb04": "ffl",
}  # fmt: skip
_DASHES: Final = frozenset("\u2013\u2014\u2015\u2212")

_PRONUNCIATION: Final = re.compile(r"\s?\((?=[^()]*[a-z]-[A-Z]{2,}|[^()]*[A-Z]{2,}-[a-z])[A-Za-z]+(?:[- ][A-Za-z]+)*\)")

_EMPHASIS: Final = re.compile(r"\*{1,3}(?=[^\s*])|(?<=[^\s*])\*{1,3}")

_GLUE: Final = frozenset(
    "a an and as at because but by can especially for from if in is it its just like may most no not of often on or "
    "plus so some such than that the then this to usually when where which while who will with you your".split()
)
"""Words that stand after (or before) a lost dash often enough to be looked for inside an unknown word."""

_WORD: Final = re.compile(r"[A-Za-z]{5,}")


@dataclass(frozen=True, slots=True)
class View:
    """`text` is the cleaned reading; character i of it stands at `offsets[i]` of the raw text.

    `offsets` has one entry more than `text`: the raw position after the last character.
    """

    text: str
    offsets: tuple[int, ...]

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """The raw offsets (end exclusive) that `text[start:end]` was read from; `start` < `end`."""
        return self.offsets[start], self.offsets[end - 1] + 1


def view(raw: str, start: int, end: int) -> View:
    """The view of `raw[start:end]`."""
    characters: list[str] = []
    offsets: list[int] = []
    space = True
    for position in range(start, end):
        character = raw[position]
        if character.isspace():
            plain = "" if space else " "
        elif character in _DASHES:
            plain = "-" if _inside_range(raw, position) else ("- " if space else " - ")
        else:
            plain = _PLAIN.get(character, character)
        for each in plain:
            characters.append(each)
            offsets.append(position)
        if plain:
            space = plain[-1] == " "
    while characters and characters[-1] == " ":
        characters.pop()
        offsets.pop()
    text, kept = _hide(_PRONUNCIATION, "".join(characters), offsets)
    text, kept = _hide(_EMPHASIS, text, kept)
    text, kept = _part_glued_words(text, kept)
    return View(text, (*kept, kept[-1] + 1 if kept else start))


def _inside_range(raw: str, position: int) -> bool:
    """Tell a dash between two digits or inside a compound, which is no pause."""
    before, after = raw[position - 1 : position], raw[position + 1 : position + 2]
    return before.isdigit() and after.isdigit()


def _hide(pattern: re.Pattern[str], text: str, offsets: list[int]) -> tuple[str, list[int]]:
    for match in reversed(list(pattern.finditer(text))):
        text = text[: match.start()] + text[match.end() :]
        del offsets[match.start() : match.end()]
    return text, offsets


def _part_glued_words(text: str, offsets: list[int]) -> tuple[str, list[int]]:
    for match in reversed(list(_WORD.finditer(text))):
        cut = part_glued(match.group())
        if cut is None:
            continue
        at = match.start() + cut
        text = f"{text[:at]} - {text[at:]}"
        offsets[at:at] = [offsets[at - 1]] * 3
    return text, offsets


@lru_cache(maxsize=65536)
def part_glued(word: str) -> int | None:
    """Where an unknown word parts into two known ones of which one is a function word; None where it does not.

    The longest function word wins, at the end before the beginning: `infarctoften` parts at 7.
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
    for length in range(min(10, len(word) - 3), 1, -1):
        if lowered[-length:] in _GLUE and _known(lowered[:-length]):
            return len(word) - length
    for length in range(min(10, len(word) - 3), 1, -1):
        if lowered[:length] in _GLUE and length > 2 and _known(lowered[length:]):
            return length
    return None


def _known(word: str) -> bool:
    return simplemma.is_known(word, lang="en") or word in _vocabulary_words()


@cache
def _vocabulary_words() -> frozenset[str]:
    """The words of all names, lower case: "fetalis" is no "fetal" that has lost its dash."""
    names = (text for text, _, _ in everything().names())
    return frozenset(word for text in names for word in re.findall(r"[a-z]{5,}", text.lower()))
