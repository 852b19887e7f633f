"""Keys that are spelled much like a text, all compared at once.

What is computed is rapidfuzz's `fuzz.ratio`, the normalised Indel similarity: twice the length of the longest common
subsequence by the lengths of both. Two texts have no longer one than they have characters in common, wherever those
stand. That bound is cheap for a million keys, loses nothing, and says which keys to compare first; those are then
compared with the bit-parallel algorithm of Hyyrö (2004), the columns of many keys in one step.
"""

from bisect import bisect_left
from collections import Counter
from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz

from graph.naming.alphabet import BINS, SHARED, codes_of
from graph.naming.arrays import NameArrays, Numbers, Spellings

LEAST: Final = 65
"""Least similarity, in percent."""

MOST_WORK: Final = 1_200_000
"""How often the length of a text the keys may be that are compared with it (half as often for more than 64 characters,
a third for more than 128 and so on): for a text of 20 characters, 60,000 keys.

Where more keys may be alike, those are compared that have most characters in common with the text.
"""

_STRETCH: Final = 1 << 16
_AT_ONCE: Final = 1 << 13
_WORD: Final = 64
_NOISE: Final = 1e-9

Ratios = npt.NDArray[np.float64]


def alike(names: NameArrays, key: str, *, most: int) -> tuple[Numbers, Ratios]:
    """Up to `most` keys with a similarity of `LEAST` or more and that similarity, best first, then in order."""
    spellings = names.spellings
    text = codes_of(key, spellings.alphabet)
    places, bounds = _candidates(spellings, text)
    found: list[Numbers] = []
    ratios: list[Ratios] = []
    enough = 0
    for begin in range(0, len(places), _AT_ONCE):
        if enough >= most:
            break
        part = places[begin : begin + _AT_ONCE]
        numbers, similar = _compared(names, key, text, np.sort(part))
        found.append(numbers)
        ratios.append(similar)
        rest = bounds[begin + _AT_ONCE] if begin + _AT_ONCE < len(bounds) else 0.0
        enough = sum(int(np.count_nonzero(some > rest + _NOISE)) for some in ratios)
    if not found:
        return np.empty(0, np.int32), np.empty(0)
    numbers, similar = np.concatenate(found), np.concatenate(ratios)
    order = np.lexsort((numbers, -similar))[:most]
    return numbers[order], similar[order]


def _candidates(spellings: Spellings, text: list[int]) -> tuple[Numbers, Ratios]:
    """The places of keys that may be alike, and how much at most, the likeliest first."""
    size = len(text)
    lengths = [n for n in range(len(spellings.first) - 1) if 200 * min(n, size) >= LEAST * (n + size)]
    if not lengths:
        return np.empty(0, np.int32), np.empty(0)
    ends = spellings.first[lengths[0] : lengths[-1] + 2].tolist()
    shared = _shared(spellings, text, ends[0], ends[-1])
    blocks = [
        (begin, shared[begin - ends[0] : end - ends[0]], n + size)
        for n, (begin, end) in zip(lengths, pairwise(ends), strict=True)
        if begin < end
    ]

    def few(least: int) -> bool:
        counts = (int(np.count_nonzero(block >= _needed(least, whole))) for _, block, whole in blocks)
        return sum(counts) <= MOST_WORK // (size * -(-size // _WORD))

    least = LEAST if few(LEAST) else bisect_left(range(101), 1, lo=LEAST + 1, key=few)
    places, bounds = [np.empty(0, np.int64)], [np.empty(0)]
    for begin, block, whole in blocks:
        found = np.flatnonzero(block >= _needed(least, whole))
        places.append(found + begin)
        bounds.append(200.0 * block[found].astype(np.int64) / whole)
    bound = np.concatenate(bounds)
    order = np.argsort(-bound, kind="stable")
    return np.concatenate(places)[order].astype(np.int32), bound[order]


def _needed(least: int, whole: int) -> int:
    """How many characters two texts of `whole` characters together must share to be alike by `least` percent."""
    return -(-least * whole // 200)


def _shared(spellings: Spellings, text: list[int], low: int, high: int) -> npt.NDArray[np.unsignedinteger]:
    """How many characters the text shares with each key at these places, at most."""
    kind = np.dtype(np.uint8 if len(text) < 256 else np.uint16)
    binned = Counter(min(code, BINS) - 1 for code in text)
    shared = np.full(
        high - low, sum(count for count in binned.values() if count > 255), kind
    )  # a bag counts no further
    least = np.empty(_STRETCH, np.uint8)
    for begin in range(low, high, _STRETCH):
        end = min(begin + _STRETCH, high)
        sums, some = shared[begin - low : end - low], least[: end - begin]
        for number, count in binned.items():
            if count <= 255:
                np.minimum(spellings.bags[number, begin:end], np.uint8(count), out=some)
                np.add(sums, some, out=sums)
    return shared


def _compared(names: NameArrays, key: str, text: list[int], places: Numbers) -> tuple[Numbers, Ratios]:
    """Of the keys at these places, which are in order, those that are alike, and how much."""
    spellings = names.spellings
    lengths, common = _common(spellings, text, places)
    whole = lengths + len(text)
    similar = (1.0 - (whole - 2 * common) / whole) * 100
    alike = similar >= LEAST
    numbers, similar = spellings.keys[places[alike]], similar[alike]
    if max(text) >= SHARED:  # codes may be equal where characters are not
        exact = [fuzz.ratio(key, names.keys.texts[number].decode()) for number in numbers.tolist()]
        similar = np.array(exact, np.float64)
        numbers, similar = numbers[similar >= LEAST], similar[similar >= LEAST]
    return numbers, similar


def _common(
    spellings: Spellings, text: list[int], places: Numbers
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """The lengths of the keys at these places, which are in order, and of their longest common subsequences."""
    first = spellings.first.astype(np.int64)
    before = np.concatenate(([0], np.cumsum(np.arange(len(first) - 1) * np.diff(first))))
    lengths = np.searchsorted(first, places, side="right") - 1
    starts = before[lengths] + (places - first[lengths]) * lengths
    longest = int(lengths[-1]) if len(lengths) else 0
    going = np.searchsorted(lengths, np.arange(longest), side="right").tolist()  # short keys come first, end first
    size = min(len(text), _WORD)
    kind: type[np.unsignedinteger] = np.uint16 if size <= 16 else np.uint32 if size <= 32 else np.uint64
    masks = np.zeros((-(-len(text) // _WORD), 256), kind)
    for place, code in enumerate(text):
        masks[place // _WORD, code] |= kind(1 << place % _WORD)
    missing = np.full((len(masks), len(places)), kind(np.iinfo(kind).max))
    for column in range(longest):
        rest = going[column]
        codes = spellings.codes[starts[rest:] + column]
        carried: npt.NDArray[np.bool_] | None = None
        for mask, bits in zip(masks, missing[:, rest:], strict=True):
            both = mask[codes]
            np.bitwise_and(both, bits, out=both)
            added = bits + both
            if len(masks) > 1:
                over = added < bits
                if carried is not None:
                    added += carried
                    over |= carried & (added == 0)
                carried = over
            np.subtract(bits, both, out=both)
            np.bitwise_or(added, both, out=bits)
    common = np.zeros(len(places), np.int64)
    for number, bits in enumerate(missing):
        width = min(_WORD, len(text) - number * _WORD)
        common += np.bitwise_count(~bits & kind((1 << width) - 1))
    return lengths.astype(np.int64), common
