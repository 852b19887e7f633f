"""The solutions of a basic graph pattern over `Columns`, as arrays, each with how often it occurs.

Patterns are joined one after another, the smallest first, then always one that shares a variable. A variable that
nothing needs any more is left out, and what it would have multiplied is counted instead. Every step knows how many
rows it makes before it makes them, and none may make more than `MOST_ROWS`. Where the engine would come to few
solutions on its way it is as fast, and nothing is matched in its place.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from graph.columnar.columns import Columns, Ids

MOST_ROWS: Final = 20_000_000

LEAST_ROWS: Final = 30_000
"""How many solutions of some of the patterns there must be, all steps together, for arrays to be worth their while."""

_MOST: Final = float(1 << 53)

Counts = npt.NDArray[np.int64]
Slot = str | int
"""A variable's name or the number of a term."""


@dataclass(frozen=True, slots=True)
class Triple:
    """A triple pattern; no variable stands in it twice. Several predicates mean any of them."""

    subject: Slot
    predicate: Slot | tuple[int, ...]
    object: Slot

    @property
    def variables(self) -> frozenset[str]:
        """Its variables."""
        slots = (self.subject, self.predicate, self.object)
        return frozenset(slot for slot in slots if isinstance(slot, str))


@dataclass(frozen=True, slots=True)
class Table:
    """Solutions: for each variable its terms, `length` of them; `weights` how often each occurs, None for once."""

    columns: Mapping[str, Ids]
    length: int
    weights: Counts | None = None

    @property
    def solutions(self) -> int:
        """How many they are, each as often as it occurs."""
        return self.length if self.weights is None else int(self.weights.sum())

    def take(self, rows: npt.NDArray[np.intp] | npt.NDArray[np.bool_]) -> "Table":
        """The table of these rows."""
        length = int(np.count_nonzero(rows)) if rows.dtype == np.bool_ else len(rows)
        weights = None if self.weights is None else self.weights[rows]
        return Table({name: ids[rows] for name, ids in self.columns.items()}, length, weights)

    def only(self, names: Collection[str]) -> "Table":
        """The table without the other variables."""
        return Table({name: ids for name, ids in self.columns.items() if name in names}, self.length, self.weights)

    def weighted(self, factors: Counts) -> "Table":
        """The table with every row as many times more.

        Raises:
            TooMany: that no number would hold any more.
        """
        if self.weights is not None and float(self.weights.astype(np.float64) @ factors.astype(np.float64)) > _MOST:
            raise TooMany
        return Table(self.columns, self.length, factors if self.weights is None else self.weights * factors)


@dataclass(frozen=True, slots=True)
class Condition:
    """What solutions must fulfil: `keep` gives those that do of a table that has the variables."""

    variables: frozenset[str]
    keep: Callable[[Table], Table]


class TooMany(Exception):
    """A step would make more rows than it may, or the pattern falls apart into unconnected ones."""


class TooFew(Exception):
    """The engine is as fast: it comes to few solutions on its way."""


def match(
    columns: Columns,
    patterns: Collection[Triple],
    conditions: Collection[Condition],
    needed: Collection[str],
    *,
    least: int = LEAST_ROWS,
) -> Table:
    """The solutions of all patterns together that fulfil the conditions, for the variables `needed`.

    Raises:
        TooMany: see `MOST_ROWS`.
        TooFew: all steps together come to fewer than `least` solutions.
    """
    matching = _Matching(columns, conditions, needed, least)
    table = matching.table(list(patterns))
    matching.check(0)
    return table


def doubled(columns: Columns, predicates: Sequence[int]) -> bool:
    """Whether two of the predicates lead from one term to the same other one.

    Raises:
        TooMany: they have too many triples to say.
    """
    bounds = [columns.bounds(predicate) for predicate in predicates]
    if sum(end - start for start, end in bounds) > MOST_ROWS:
        raise TooMany
    parts = [_paired(columns.subjects[start:end], columns.objects[start:end]) for start, end in bounds]
    pairs = np.sort(np.concatenate([np.empty(0, np.int64), *parts]))
    return bool((pairs[1:] == pairs[:-1]).any())


class _Matching:
    def __init__(
        self, columns: Columns, conditions: Collection[Condition], needed: Collection[str], least: int
    ) -> None:
        self._columns = columns
        self._conditions = list(conditions)
        self._needed = frozenset(needed)
        self._least = least
        self._solutions = 0

    def table(self, rest: list[Triple]) -> Table:
        sizes = {pattern: self._size(pattern) for pattern in rest}
        first = min(rest, key=sizes.__getitem__)
        rest.remove(first)
        table = self._fulfilling(self._begun(first, first.variables & self._later(rest)), rest)
        while rest:
            near = [pattern for pattern in rest if pattern.variables & table.columns.keys()]
            if not near:
                raise TooMany
            pattern = min(near, key=lambda pattern: (len(pattern.variables - table.columns.keys()), sizes[pattern]))
            rest.remove(pattern)
            later = self._later(rest)
            table = self._fulfilling(self._joined(table, pattern, later, last=not rest).only(later), rest)
        return table

    def check(self, more: int) -> None:
        """Raise `TooFew` where so many more solutions would not be enough."""
        if self._solutions + more < self._least:
            raise TooFew

    def _fulfilling(self, table: Table, rest: Collection[Triple]) -> Table:
        self._solutions += table.solutions
        for condition in [known for known in self._conditions if known.variables <= table.columns.keys()]:
            self._conditions.remove(condition)
            table = condition.keep(table)
        return table.only(self._later(rest))

    def _later(self, rest: Collection[Triple]) -> frozenset[str]:
        wanted = self._needed.union(*(pattern.variables for pattern in rest))
        return wanted.union(*(condition.variables for condition in self._conditions))

    # -- one pattern

    def _size(self, pattern: Triple) -> int:
        return sum(end - start for _, _, start, end in self._ranges(pattern))

    def _ranges(self, pattern: Triple) -> list[tuple[int, bool, int, int]]:
        """Where its triples lie: predicate, whether in the order by object, begin, end."""
        columns, found = self._columns, []
        match pattern.predicate:
            case str():
                wanted: Sequence[int] = columns.predicates.tolist()
            case int():
                wanted = (pattern.predicate,)
            case _:
                wanted = pattern.predicate
        for predicate in wanted:
            start, end = columns.bounds(predicate)
            by_object = isinstance(pattern.object, int)
            if by_object or isinstance(pattern.subject, int):
                order = columns.by_object if by_object else columns.subjects
                key = pattern.object if by_object else pattern.subject
                low, high = (start + int(place) for place in _span(order[start:end], int(key)))
                start, end = low, high
                if by_object and isinstance(pattern.subject, int):
                    low, high = (start + int(place) for place in _span(columns.of_object[start:end], pattern.subject))
                    start, end = low, high
            if start < end:
                found.append((predicate, by_object, start, end))
        return found

    def _begun(self, pattern: Triple, wanted: frozenset[str]) -> Table:
        """Its triples as a table, equal rows put together where they lie together."""
        columns, ranges = self._columns, self._ranges(pattern)
        lengths = np.array([end - start for _, _, start, end in ranges], np.int64)
        if not wanted:
            return Table({}, 1, np.array([lengths.sum()]))
        if wanted == {pattern.predicate}:
            return Table(
                {str(pattern.predicate): np.array([predicate for predicate, _, _, _ in ranges], np.int32)},
                len(ranges),
                lengths,
            )
        whole = (
            isinstance(pattern.predicate, int) and isinstance(pattern.subject, str) and isinstance(pattern.object, str)
        )
        if not whole or len(wanted) > 1 or not ranges:
            return self._rows(pattern, wanted)
        (name,), ((_, _, start, end),) = wanted, ranges
        order = (columns.by_object if name == pattern.object else columns.subjects)[start:end]
        firsts = np.append(0, np.flatnonzero(order[1:] != order[:-1]) + 1)
        return Table({name: order[firsts]}, len(firsts), np.diff(np.append(firsts, len(order))))

    def _rows(self, pattern: Triple, wanted: Collection[str]) -> Table:
        """Its triples as a table of the variables wanted."""
        columns, ranges = self._columns, self._ranges(pattern)
        length = sum(end - start for _, _, start, end in ranges)
        if length > MOST_ROWS:
            raise TooMany
        found: dict[str, Ids] = {}
        if isinstance(pattern.subject, str) and pattern.subject in wanted:
            parts = [(columns.of_object if by else columns.subjects)[start:end] for _, by, start, end in ranges]
            found[pattern.subject] = _concatenated(parts)
        if isinstance(pattern.object, str) and pattern.object in wanted:
            found[pattern.object] = _concatenated([columns.objects[start:end] for _, _, start, end in ranges])
        if isinstance(pattern.predicate, str) and pattern.predicate in wanted:
            names = np.array([predicate for predicate, _, _, _ in ranges], np.int32)
            found[pattern.predicate] = np.repeat(names, [end - start for _, _, start, end in ranges])
        return Table(found, length)

    # -- one pattern more

    def _joined(self, table: Table, pattern: Triple, later: frozenset[str], *, last: bool) -> Table:
        shared = pattern.variables & table.columns.keys()
        new = (pattern.variables - shared) & later
        if isinstance(pattern.predicate, int):
            if isinstance(pattern.subject, str) and isinstance(pattern.object, str):
                if len(shared) == 2:
                    return self._having_pair(table, pattern.predicate, pattern.subject, pattern.object)
                by_object = pattern.object in shared
                key, other = (pattern.object, pattern.subject) if by_object else (pattern.subject, pattern.object)
                known = other if other in new else None
                return self._followed(table, pattern.predicate, key, known, by_object=by_object, last=last)
            (key,) = shared
            return table.take(self._columns.among(self._rows(pattern, shared).columns[key])[table.columns[key]])
        return self._scanned(table, pattern, shared, new)

    def _followed(
        self, table: Table, predicate: int, key: str, new: str | None, *, by_object: bool, last: bool
    ) -> Table:
        """Join on the subject (or the object) of a predicate's triples; `new` is what the other end is called."""
        columns, (start, end) = self._columns, self._columns.bounds(predicate)
        order = (columns.by_object if by_object else columns.subjects)[start:end]
        others = (columns.of_object if by_object else columns.objects)[start:end]
        firsts, counts = self._spans(order, table.columns[key])
        if last:
            self.check(int(counts.sum() if table.weights is None else counts @ table.weights))
        if new is None:
            kept = counts > 0
            return table.take(kept).weighted(counts[kept])
        rows, places = _expanded(firsts, counts)
        joined = table.take(rows)
        return Table({**joined.columns, new: others[places]}, joined.length, joined.weights)

    def _spans(self, order: Ids, keys: Ids) -> tuple[Counts, Counts]:
        """For each key where it begins in `order` and how often it stands there."""
        if len(keys) * 8 < self._columns.terms:
            firsts = np.searchsorted(order, keys, "left")
            return firsts.astype(np.int64), (np.searchsorted(order, keys, "right") - firsts).astype(np.int64)
        counts = np.bincount(order, minlength=self._columns.terms)
        return (np.cumsum(counts) - counts)[keys], counts[keys]

    def _having_pair(self, table: Table, predicate: int, subject: str, object: str) -> Table:
        start, end = self._columns.bounds(predicate)
        pairs = _paired(self._columns.subjects[start:end], self._columns.objects[start:end])
        wanted = _paired(table.columns[subject], table.columns[object])
        places = np.searchsorted(pairs, wanted)
        places[places == len(pairs)] = 0
        return table.take(pairs[places] == wanted if len(pairs) else np.zeros(len(wanted), np.bool_))

    def _scanned(self, table: Table, pattern: Triple, shared: frozenset[str], new: frozenset[str]) -> Table:
        """Join where the predicate is a variable: all triples of the pattern are looked through."""
        if self._size(pattern) > MOST_ROWS:
            raise TooMany
        rows = self._rows(pattern, shared | new)
        key, *more = sorted(shared)
        order = np.argsort(table.columns[key], kind="stable")
        table = table.take(order)
        kept = self._columns.among(table.columns[key])[rows.columns[key]]
        rows = rows.take(kept)
        places, picked = _expanded(*self._spans(table.columns[key], rows.columns[key]))
        left, right = table.take(picked), rows.take(places)
        joined = Table({**left.columns, **{name: right.columns[name] for name in new}}, left.length, left.weights)
        for name in more:
            same = left.columns[name] == right.columns[name]
            left, right, joined = left.take(same), right.take(same), joined.take(same)
        return joined


def _span(order: Ids, key: int) -> tuple[int, int]:
    return int(np.searchsorted(order, key, "left")), int(np.searchsorted(order, key, "right"))


def _concatenated(parts: list[Ids]) -> Ids:
    return parts[0] if len(parts) == 1 else np.concatenate(parts) if parts else np.empty(0, np.int32)


def _paired(first: Ids, second: Ids) -> Counts:
    return (first.astype(np.int64) << 32) | second


def _expanded(firsts: Counts, counts: Counts) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """For every place in every span the row that the span belongs to, and the place."""
    total = int(counts.sum())
    if total > MOST_ROWS:
        raise TooMany
    rows = np.repeat(np.arange(len(counts), dtype=np.intp), counts)
    places = np.arange(total, dtype=np.intp) + np.repeat(firsts - (np.cumsum(counts) - counts), counts)
    return rows, places
