"""When two sets of names name the same thing, as gold claims and extracted ones are compared.

Names agree when they are equal once case, punctuation, possessives, small words and plurals are set aside, or when
they share at least half of the words of each, endings aside. This decides figures only, never what is stored: it is
far too generous for that.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import product
from typing import Final

_SMALL_WORDS: Final = frozenset({
    "a", "an", "the", "of", "in", "on", "at", "to", "from", "for", "by", "with", "and", "or", "your", "my",
    "their", "his", "her", "its", "some", "any", "this", "that", "these", "those", "very", "one", "other", "such",
    "as", "being", "is", "are", "be", "into", "due"
})  # fmt: skip
_IRREGULAR: Final = {
    "alveoli": "alveolus",
    "arteries": "artery",
    "diagnoses": "diagnosis",
    "haemoptysis": "hemoptysis",
    "haemorrhage": "hemorrhage",
    "oedema": "edema",
    "pe": "pulmonary embolism",
    "vessels": "vessel",
}
_POSSESSIVE: Final = re.compile(r"[’']s\b")
_SEPARATOR: Final = re.compile(r"[^a-z0-9]+")
_SIBILANT_PLURAL: Final = re.compile(r".*(?:ss|x|ch|sh)es")
_ENDINGS: Final = ("ing", "ed", "ion", "al")
_SHORTEST_STEM: Final = 4
_SHARE: Final = 0.5


def normal_names(names: Iterable[str | None]) -> frozenset[str]:
    """The names in their normal form, without those that nothing is left of."""
    return frozenset(normal for name in names if name and (normal := normal_name(name)))


@lru_cache(maxsize=65536)
def normal_name(name: str) -> str:
    """Words in lower case and singular, small words left out: "the patient's X-rays" is "patient x ray"."""
    words = _SEPARATOR.sub(" ", _POSSESSIVE.sub("", name.lower())).split()
    return " ".join(_singular(word) for word in words if word not in _SMALL_WORDS)


@lru_cache(maxsize=262144)
def agree(left: frozenset[str], right: frozenset[str]) -> bool:
    """Tell whether any two normal names are equal or share enough words.

    Two names share enough when the words they have in common, endings aside, are at least half of the longer one's
    and two at least, one being enough where one of the names has no other.
    """
    if left & right:
        return True
    for one, other in product(map(_stems, left), map(_stems, right)):
        shared = len(one & other)
        shorter, longer = sorted((len(one), len(other)))
        if shared >= _SHARE * longer and (shared > 1 or (shared == 1 and shorter == 1)):
            return True
    return False


def _singular(word: str) -> str:
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if len(word) > 4 and word.endswith("ies"):
        return f"{word[:-3]}y"
    if len(word) > 4 and _SIBILANT_PLURAL.fullmatch(word):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


@lru_cache(maxsize=65536)
def _stems(name: str) -> frozenset[str]:
    return frozenset(_stem(word) for word in name.split())


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return word[: -len(ending)]
    return word
