"""Gathered names as arrays. Everything is sorted once; the largest part of the time goes into the words."""

from array import array
from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from graph.naming.alphabet import BINS, POINTS, bins, codes, common
from graph.naming.arrays import LONGEST, Concepts, Keys, NameArrays, Numbers, Spellings, Words
from graph.naming.gathering import Gathered
from graph.naming.texts import Texts
from ontology.names import singular_key

_STRETCH: Final = 1 << 16


def arranged(found: Gathered) -> NameArrays:
    """The arrays of what was gathered; the same from rows in any order."""
    keys = sorted(set(found.keys))
    texts = Texts.encoded(keys)
    lengths = np.minimum(np.fromiter(map(len, keys), np.int64, len(keys)), LONGEST).astype(np.uint16)
    return NameArrays(_keys(found, keys, texts, lengths), _words(texts), _spellings(keys, lengths), _concepts(found))


def _keys(found: Gathered, keys: list[str], texts: Texts, lengths: npt.NDArray[np.uint16]) -> Keys:
    numbers = {key: number for number, key in enumerate(keys)}
    rows = np.fromiter(map(numbers.__getitem__, found.keys), np.int64, len(found.keys)) << 35
    rows |= np.array(found.ranks, np.int64) << 32
    rows |= np.array(found.concepts, np.int64)
    rows = np.unique(rows)
    of_entry = (rows >> 35).astype(np.int32)
    singular_words: dict[str, str] = {}
    singulars: list[tuple[str, int]] = []
    for number, key in enumerate(keys):
        words = key.split(" ")
        for word in words:
            if word not in singular_words:
                singular_words[word] = singular_key(word)
        singular = " ".join([singular_words[word] for word in words])
        if singular != key:
            singulars.append((singular, number))
    singulars.sort()
    return Keys(
        texts=texts,
        first_entry=_firsts(of_entry, len(keys)).astype(np.int32),
        of_entry=of_entry,
        weights=(rows >> 32 & 7).astype(np.int32) << 16 | lengths[of_entry],
        concepts=(rows & 0xFFFFFFFF).astype(np.int32),
        singulars=Texts.encoded(singular for singular, _ in singulars),
        plurals=np.fromiter((number for _, number in singulars), np.int32, len(singulars)),
    )


def _words(keys: Texts) -> Words:
    numbers: dict[bytes, int] = {}
    words, of_key, starts = array("i"), array("i"), array("q")
    begin = 0
    for number, key in enumerate(keys):
        first, *others = key.split(b" ")
        at = begin + len(first) + 1
        for word in others:
            words.append(numbers.setdefault(word, len(numbers)))
            of_key.append(number)
            starts.append(at)
            at += len(word) + 1
        begin += len(key)
    ordered = sorted(numbers)
    renumbered = np.empty(len(ordered), np.int32)
    renumbered[[numbers[word] for word in ordered]] = np.arange(len(ordered), dtype=np.int32)
    of_word = renumbered[np.frombuffer(words, np.int32)] if words else np.empty(0, np.int32)
    order = np.argsort(of_word, kind="stable")
    return Words(
        texts=Texts.of(ordered),
        first_place=_firsts(of_word[order], len(ordered)),
        keys=np.array(of_key, np.int32)[order],
        starts=np.array(starts, np.int64)[order],
    )


def _spellings(keys: Sequence[str], lengths: npt.NDArray[np.uint16]) -> Spellings:
    order = np.argsort(lengths, kind="stable").astype(np.int32)
    ordered = lengths[order].astype(np.int64)
    longest = int(ordered[-1]) if len(ordered) else 0
    counts = np.zeros(POINTS, np.int64)
    stretches = range(0, len(keys), _STRETCH)
    for begin in stretches:
        found, counted = np.unique(_points(keys, order[begin : begin + _STRETCH]), return_counts=True)
        counts[found] += counted
    alphabet = common(counts)
    table = codes(alphabet)
    written: list[npt.NDArray[np.uint8]] = [np.empty(0, np.uint8)]
    bags = np.empty((BINS, len(keys)), np.uint8)
    for begin in stretches:
        part = slice(begin, begin + _STRETCH)
        written.append(table[_points(keys, order[part])])
        owners = np.repeat(np.arange(len(order[part])), ordered[part])
        held = np.bincount(owners * BINS + bins(written[-1]), minlength=len(order[part]) * BINS)
        bags[:, part] = np.minimum(held, 255).reshape(-1, BINS).T
    return Spellings(alphabet, order, _firsts(ordered, longest + 1).astype(np.int32), np.concatenate(written), bags)


def _points(keys: Sequence[str], numbers: Numbers) -> npt.NDArray[np.uint32]:
    """The code points of these keys, one after the other."""
    whole = "".join([keys[number][:LONGEST] for number in numbers.tolist()])
    return np.frombuffer(whole.encode("utf-32-le", "surrogatepass"), np.uint32)


def _concepts(found: Gathered) -> Concepts:
    folded = [label.casefold() for label in found.labels]
    labelled = sorted(range(len(folded)), key=folded.__getitem__)
    return Concepts(Texts.encoded(found.ids), np.array(found.kinds, np.uint16), np.array(labelled, np.int32))


def _firsts(of: Numbers | npt.NDArray[np.int64], count: int) -> npt.NDArray[np.int64]:
    """Where the rows of each number below `count` begin in rows sorted by number, at last how many rows there are."""
    return np.searchsorted(of, np.arange(count + 1)).astype(np.int64)
