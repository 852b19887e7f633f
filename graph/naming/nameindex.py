"""NameArrays → concepts from sorted arrays: the answers of `ontology.lexicon.Lexicon`, nothing of it held in memory.

What is found is the same, but for one bound: of a vocabulary so large that more keys may be alike than
`graph.naming.likeness.MOST_WORK` lets be compared, the misspellings least like the text may be missed.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final, overload

import numpy as np
import numpy.typing as npt

from graph.naming.arranging import arranged
from graph.naming.arrays import NameArrays, Numbers
from graph.naming.containing import beginning, inside
from graph.naming.gathering import gathered, kind_mask
from graph.naming.likeness import alike
from graph.naming.texts import utf8
from ontology.claim import Concept
from ontology.names import name_key, singular_key
from ontology.resolving import Hit, written
from ontology.terms import Kind

_EQUAL, _BEGINNING, _INSIDE, _ALIKE = 10_000, 9_500, 9_000, 8_500
_ENTRY_BITS: Final = 30


class NameIndex:
    """Concepts by id and by every name they have; `concepts` gives a concept by its id, whenever one is answered."""

    __slots__ = ("_names", "concepts")

    def __init__(self, names: NameArrays, concepts: Mapping[str, Concept]) -> None:
        self._names = names
        self.concepts = concepts

    @classmethod
    def of(cls, concepts: Iterable[Concept]) -> "NameIndex":
        """The index of these concepts, in memory."""
        by_id = {concept.id: concept for concept in concepts}
        return cls(arranged(gathered(by_id.values())), by_id)

    def find(self, name: str) -> tuple[Concept, ...]:
        """As `Lexicon.find`."""
        keys = self._names.keys
        key = name_key(name)
        numbers: Sequence[int] = keys.texts.equal(utf8(key))
        if not numbers:
            numbers = self._same_singular(singular_key(key))
        if not numbers:
            return ()
        rows = _entries(keys.first_entry, np.array(numbers, np.int32))
        ranks = keys.weights[rows] >> 16
        return tuple(self._concept(number) for number in np.unique(keys.concepts[rows[ranks == ranks.min()]]).tolist())

    def begins(self, words: str) -> bool:
        """As `Lexicon.begins`."""
        return self._names.keys.texts.has_beginning(utf8(f"{name_key(words)} "))

    def search(self, text: str, *, kinds: frozenset[Kind] = frozenset(), limit: int = 20) -> Sequence[Hit]:
        """As `Lexicon.search`; concepts are read when a hit is taken out."""
        key = name_key(text)
        if not key or limit < 1:
            return ()
        wanted = kind_mask(kinds)
        found = self._containing(key)
        if len(found) >= limit:  # nothing that is only spelled alike comes before what contains the text
            best = self._best(found, wanted, limit)
            if len(best) == limit:
                return Hits(self._hit, best)
        return Hits(self._hit, self._best(np.concatenate((found, self._alike(key, 10 * limit))), wanted, limit))

    def listed(self, *, kinds: frozenset[Kind] = frozenset()) -> Sequence[Hit]:
        """As `Lexicon.listed`; concepts are read when a hit is taken out."""
        concepts = self._names.concepts
        numbers = concepts.labelled
        if kinds:
            numbers = numbers[(concepts.kinds[numbers] & kind_mask(kinds)) != 0]
        return Hits(self._labelled, numbers)

    def _labelled(self, number: int) -> Hit:
        concept = self._concept(number)
        return Hit(concept, concept.label, 100.0)

    def _hit(self, place: int) -> Hit:
        """The hit that `_places` put into one number."""
        keys = self._names.keys
        entry = place & ((1 << _ENTRY_BITS) - 1)
        concept = self._concept(int(keys.concepts[entry]))
        key = keys.texts[int(keys.of_entry[entry])].decode()
        return Hit(concept, written(concept, key), (_EQUAL - (place >> 49)) / 100)

    def _best(self, places: npt.NDArray[np.int64], kinds: int, limit: int) -> npt.NDArray[np.int64]:
        """The first place of each concept that fits, in order, `limit` at most."""
        of_entry, concepts = self._names.keys.concepts, self._names.concepts
        entries = places & ((1 << _ENTRY_BITS) - 1)
        if kinds:
            fits = (concepts.kinds[of_entry[entries]] & kinds) != 0
            places = places[fits]
        places = np.sort(places)
        numbers = of_entry[places & ((1 << _ENTRY_BITS) - 1)]
        first = np.empty(len(concepts.ids), np.int32)
        order = np.arange(len(numbers), dtype=np.int32)
        first[numbers[::-1]] = order[::-1]  # of several the last one stays
        kept: npt.NDArray[np.int64] = places[first[numbers] == order][:limit]
        return kept

    def _containing(self, key: str) -> npt.NDArray[np.int64]:
        names, text = self._names, utf8(key)
        numbers = beginning(names, text)
        entries = names.keys.first_entry
        start, end = int(entries[numbers.start]), int(entries[numbers.stop])
        begin = self._places(np.arange(start, end), np.full(end - start, _BEGINNING))
        if numbers and names.keys.texts[numbers.start] == text:
            same = int(entries[numbers.start + 1]) - start
            begin[:same] = self._places(np.arange(start, start + same), np.full(same, _EQUAL))
        rows = _entries(entries, inside(names, text))
        return np.concatenate((begin, self._places(rows, np.full(len(rows), _INSIDE))))

    def _alike(self, key: str, most: int) -> npt.NDArray[np.int64]:
        numbers, ratios = alike(self._names, key, most=most)
        different, back = np.unique(ratios, return_inverse=True)
        scores = np.array([min(_ALIKE, round(100 * round(ratio * 0.85, 2))) for ratio in different.tolist()], np.int64)
        entries = self._names.keys.first_entry
        counts = entries[numbers + 1] - entries[numbers]
        return self._places(_entries(entries, numbers), np.repeat(scores[back], counts))

    def _places(self, entries: npt.NDArray[np.int64], scores: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        """Numbers in the order of hits: best score, then least rank, then shortest key, then entry."""
        return ((_EQUAL - scores) << 19 | self._names.keys.weights[entries]) << _ENTRY_BITS | entries

    def _same_singular(self, singular: str) -> list[int]:
        """The keys whose singular is this."""
        keys, text = self._names.keys, utf8(singular)
        found = [int(keys.plurals[place]) for place in keys.singulars.equal(text)]
        if singular_key(singular) == singular:
            found += keys.texts.equal(text)
        return found

    def _concept(self, number: int) -> Concept:
        return self.concepts[self._names.concepts.ids[number].decode()]


class Hits(Sequence[Hit]):
    """Hits of which each is made when it is taken out."""

    __slots__ = ("_make", "_places")

    def __init__(self, make: Callable[[int], Hit], places: npt.NDArray[np.int64] | Numbers) -> None:
        self._make = make
        self._places = places

    def __len__(self) -> int:
        return len(self._places)

    @overload
    def __getitem__(self, place: int) -> Hit: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Hit, ...]: ...
    def __getitem__(self, place: int | slice) -> Hit | tuple[Hit, ...]:
        if isinstance(place, slice):
            return tuple(self._make(one) for one in self._places[place].tolist())
        return self._make(int(self._places[place]))


def _entries(first: Numbers, keys: Numbers) -> npt.NDArray[np.int64]:
    """The entries of these keys, one key after the other."""
    starts = first[keys].astype(np.int64)
    counts = first[keys + 1] - starts
    if not len(counts) or counts.max() == 1:
        return starts
    ends = np.cumsum(counts)
    entries: npt.NDArray[np.int64] = np.arange(ends[-1]) + np.repeat(starts - ends + counts, counts)
    return entries
