"""Characters as codes of one byte, and codes in bins."""

from collections import Counter
from collections.abc import Iterable
from typing import Final

import numpy as np
import numpy.typing as npt

SHARED: Final = 192
"""Codes from here up stand for more than one character; those below for one of the alphabet, 0 for none."""

BINS: Final = 32
"""Bins of codes: the most common have one each, the others the last together."""


def common(texts: Iterable[str]) -> npt.NDArray[np.uint32]:
    """The code points of the most common characters, most common first, ties by code point."""
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(text)
    ordered = sorted(counts, key=lambda character: (-counts[character], character))
    return np.array([ord(character) for character in ordered[: SHARED - 1]], np.uint32)


def codes_of(characters: Iterable[str], alphabet: npt.NDArray[np.uint32]) -> dict[str, int]:
    """The code of each character."""
    known = {chr(point): code for code, point in enumerate(alphabet.tolist(), start=1)}
    shared = 256 - SHARED
    return {character: known.get(character, SHARED + ord(character) % shared) for character in characters}


def bins(codes: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
    """The bin of each code from 1 up."""
    return np.minimum(codes - 1, BINS - 1).astype(np.uint8)
