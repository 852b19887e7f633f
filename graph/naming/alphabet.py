"""Characters as codes of one byte, and codes in bins."""

from typing import Final

import numpy as np
import numpy.typing as npt

SHARED: Final = 192
"""Codes from here up stand for more than one character; those below for one of the alphabet, 0 for none."""

BINS: Final = 32
"""Bins of codes: the most common have one each, the others the last together."""

POINTS: Final = 0x110000
"""How many code points there are."""


def common(counts: npt.NDArray[np.int64]) -> npt.NDArray[np.uint32]:
    """The code points that occur most often, most often first, ties by code point; `counts` are by code point."""
    present = np.flatnonzero(counts)
    order = np.argsort(-counts[present], kind="stable")
    return present[order][: SHARED - 1].astype(np.uint32)


def codes(alphabet: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint8]:
    """The code of every code point."""
    table = (SHARED + np.arange(POINTS) % (256 - SHARED)).astype(np.uint8)
    table[alphabet] = np.arange(1, len(alphabet) + 1)
    return table


def codes_of(text: str, alphabet: npt.NDArray[np.uint32]) -> list[int]:
    """The code of each character of a text."""
    known = {point: code for code, point in enumerate(alphabet.tolist(), start=1)}
    return [known.get(ord(character), SHARED + ord(character) % (256 - SHARED)) for character in text]


def bins(codes: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
    """The bin of each code from 1 up."""
    return np.minimum(codes - 1, BINS - 1).astype(np.uint8)
