"""Keys that are spelled much like a text, all compared at once.

What is computed is rapidfuzz's `fuzz.ratio`, the normalised Indel similarity: twice the length of the longest common
subsequence by the lengths of both. Two texts have no longer one than they have characters in common, wherever those
stand. That bound is cheap for a million keys, loses nothing, and says which keys to compare first; those are then
compared with the bit-parallel algorithm of Hyyrö (2004), the columns of many keys in one step.
"""

from collections import Counter
from typing import Final

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz

from graph.naming.alphabet import BINS, SHARED, codes_of
from graph.naming.arrays import NameArrays, Numbers, Spellings

LEAST: Final = 65
"""Least similarity, in percent."""

MOST_WORK: Final = 1_600_000
"""Most characters that are compared for one text (of up to 64 characters, half as many for up to 128 and so on).

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
    codes = codes_of(set(key), spellings.alphabet)
    text = [codes[character] for character in key]
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
    ends = spellings.first[lengths[0] : lengths[-1] + 2].astype(np.int64)
    low, high = int(ends[0]), int(ends[-1])
    counts = np.diff(ends)
    kind = np.dtype(np.uint8 if size < 256 else np.uint16)
    needed = np.repeat(np.array([-(-LEAST * (n + size) // 200) for n in lengths], kind), counts)
    shared: npt.NDArray[np.unsignedinteger] = np.empty(high - low, kind)
    binned = Counter(min(code, BINS) - 1 for code in text)
    for begin in range(low, high, _STRETCH):
        end = min(begin + _STRETCH, high)
        sums = shared[begin - low : end - low]
        sums[:] = sum(count for count in binned.values() if count > 255)  # a bag counts no further
        for number, count in binned.items():
            if count <= 255:
                np.add(sums, np.minimum(spellings.bags[number, begin:end], np.uint8(count)), out=sums)
    places = np.flatnonzero(shared >= needed)
    whole = np.repeat(np.array(lengths) + size, counts)[places]
    bounds = 200.0 * shared[places].astype(np.int64) / whole
    cost = -(-size // _WORD)
    most = MOST_WORK // (cost * max(1, lengths[0]))
    if len(places) > most:
        likeliest = np.argpartition(-bounds, most)[:most]
        places, whole, bounds = places[likeliest], whole[likeliest], bounds[likeliest]
    order = np.argsort(-bounds, kind="stable")
    order = order[: int(np.searchsorted(np.cumsum((whole[order] - size) * cost), MOST_WORK, side="right"))]
    return (places[order] + low).astype(np.int32), bounds[order]


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
    starts = (before[lengths] + (places - first[lengths]) * lengths)[::-1]  # longest first: keys end in order
    longest = int(lengths[-1]) if len(lengths) else 0
    going = np.searchsorted(lengths[::-1] * -1, -np.arange(longest), side="left")
    common = np.zeros(len(places), np.int64)
    masks = np.zeros((-(-len(text) // _WORD), 256), np.uint64)
    for place, code in enumerate(text):
        masks[place // _WORD, code] |= np.uint64(1 << place % _WORD)
    missing = [np.full(len(places), ~np.uint64(0)) for _ in masks]
    for column in range(longest):
        count = int(going[column])
        codes = spellings.codes[starts[:count] + column]
        carried: npt.NDArray[np.uint64] | None = None
        for mask, bits in zip(masks, missing, strict=True):
            now = bits[:count]
            both = now & mask[codes]
            rest = now - both
            added = now + both
            over = added < now
            if carried is not None:
                added += carried
                over |= added < carried
            np.bitwise_or(added, rest, out=now)
            carried = over.astype(np.uint64) if len(masks) > 1 else None
    for number, bits in enumerate(missing):
        size = min(_WORD, len(text) - number * _WORD)
        common += np.bitwise_count(~bits & np.uint64((1 << size) - 1))
    return lengths.astype(np.int64), common[::-1]
