"""One form for the spellings of a word: case, plural, British or American.

Two names that fold to the same words are the same name. Verbs are left alone: "smoke" and "smoking" differ.
"""

import re
from functools import lru_cache
from typing import Final

_IRREGULAR: Final = {
    "alveoli": "alveolus", "bacteria": "bacterium", "bronchi": "bronchus", "children": "child",
    "diagnoses": "diagnosis", "emboli": "embolus", "feet": "foot", "fungi": "fungus", "lice": "louse", "lives": "life",
    "men": "man",
    "metastases": "metastasis", "ova": "ovum", "people": "person", "prognoses": "prognosis", "teeth": "tooth",
    "thrombi": "thrombus", "viri": "virus", "women": "woman",
}  # fmt: skip

_SPELLING: Final = (
    (re.compile(r"haem"), "hem"),
    (re.compile(r"aemi(?=a|c)"), "emi"),
    (re.compile(r"^oe(?=dem|soph|str)"), "e"),
    (re.compile(r"rrhoe"), "rrhe"),
    (re.compile(r"pnoe"), "pne"),
    (re.compile(r"tumour"), "tumor"),
    (re.compile(r"odour"), "odor"),
    (re.compile(r"colour"), "color"),
    (re.compile(r"paed(?=iatr)"), "ped"),
    (re.compile(r"gynaec"), "gynec"),
    (re.compile(r"leuk?aem"), "leukem"),
    (re.compile(r"ise$"), "ize"),
)


@lru_cache(maxsize=131072)
def fold(word: str) -> str:
    """The folded form of one word (letters, digits, an inner apostrophe)."""
    if re.fullmatch(r"[A-Z]{2,}s", word):
        return word[:-1].lower()
    lowered = word.lower().removesuffix("'s")
    if lowered in _IRREGULAR:
        return _IRREGULAR[lowered]
    for pattern, replacement in _SPELLING:
        lowered = pattern.sub(replacement, lowered)
    if len(lowered) > 4 and lowered.endswith("ies"):
        return lowered[:-3] + "y"
    if len(lowered) > 4 and re.search(r"(?:ss|x|ch|sh|zz)es$", lowered):
        return lowered[:-2]
    if len(lowered) > 3 and lowered.endswith("s") and not lowered.endswith(("ss", "us", "is")):
        return lowered[:-1]
    return lowered


def fold_words(text: str) -> tuple[str, ...]:
    """The folded words of a name or phrase, in order."""
    return _remembered(text) if len(text) <= _LONGEST_REMEMBERED else _folded_words(text)


_LONGEST_REMEMBERED: Final = 80
_WORD: Final = re.compile(r"[A-Za-z0-9]+(?:'[A-Za-z]+)?|%")


def _folded_words(text: str) -> tuple[str, ...]:
    return tuple([fold(word) for word in _WORD.findall(text.replace("\u2019", "'"))])


_remembered = lru_cache(maxsize=65_536)(_folded_words)
