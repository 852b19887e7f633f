"""The abbreviations an article defines for itself: "deep vein thrombosis (DVT)".

The algorithm is Schwartz and Hearst's (A simple algorithm for identifying abbreviation definitions in biomedical text,
2003): the letters of the short form must occur, in order and from the end, in the words before the parenthesis, the
first of them at the beginning of a word.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_SHORT: Final = re.compile(r"\(([A-Z][A-Za-z0-9/-]{1,7}s?)\)|,? or ([A-Z]{2,6})\b(?=,)")


@dataclass(frozen=True, slots=True)
class Definition:
    """A short form and the words it stands for, as the article writes them."""

    short: str
    long: str


def definitions(text: str) -> Iterator[Definition]:
    """The definitions in a view's text, in order."""
    for match in _SHORT.finditer(text):
        short = match.group(1) or match.group(2)
        if sum(letter.isupper() for letter in short) < 2:
            continue
        words = text[: match.start()].split()
        candidate = " ".join(words[-min(len(short) + 5, len(short) * 2) :])
        long = _long_form(short.removesuffix("s"), candidate)
        if long is not None:
            yield Definition(short, long)


def _long_form(short: str, candidate: str) -> str | None:
    position = len(candidate) - 1
    for index in range(len(short) - 1, -1, -1):
        letter = short[index].lower()
        if not letter.isalnum():
            continue
        while position >= 0 and (
            candidate[position].lower() != letter or (index == 0 and position > 0 and candidate[position - 1].isalnum())
        ):
            position -= 1
        if position < 0:
            return None
        position -= 1
    return candidate[position + 1 :].strip(" ,.;:")
