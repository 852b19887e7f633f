"""Solutions put into groups, and what COUNT, SUM, AVG, MIN and MAX are of each group.

Sums are kept exact: where adding in another order could give another result (doubles that need rounding, numbers
too large) or where the columns do not know how a value adds up or compares, `Unknown` is raised.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from graph.columnar.aggregatequery import Aggregate
from graph.columnar.columns import DECIMAL_ONE, NUMBERS, Columns, Ids, Sort
from graph.columnar.matching import Counts, Table

Codes = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

UNBOUND: Final = "UNDEF"
_DENSE: Final = 1 << 24
_EXACT: Final = float(1 << 53)
_FRACTION: Final = float(1 << 20)
_XSD: Final = "http://www.w3.org/2001/XMLSchema#"


class Unknown(Exception):
    """What the answer is, the columns do not say."""


@dataclass(frozen=True, slots=True)
class Groups:
    """The groups: `keys` holds for each variable the term of each of the `count` groups, `codes` each row's group."""

    keys: tuple[Ids, ...]
    codes: Codes
    count: int


@dataclass(frozen=True, slots=True)
class Cells:
    """What an aggregate is for each group.

    `texts` writes the cells of some groups as SPARQL: the value, for SUM what has been added up, for AVG too, which is
    to be divided by `counts`. `size` orders the groups by value, up to rounding; None where it cannot.
    """

    texts: Callable[[npt.NDArray[np.intp]], list[str]]
    size: Floats | None
    counts: Counts | None = None


def grouped(columns: Columns, table: Table, names: Sequence[str]) -> Groups:
    """The groups that the values of the variables make; all rows are one group where there are no variables."""
    codes: Codes = np.zeros(table.length, np.int64)
    if not names:
        return Groups((), codes, 1)
    keys: list[Ids] = []
    count = 1
    for name in names:
        ids = table.columns[name]
        present = np.flatnonzero(columns.among(ids))
        places = np.zeros(columns.terms, np.int64)
        places[present] = np.arange(len(present))
        codes = codes * len(present) + places[ids]
        count *= len(present)
        if count <= _DENSE:
            used = np.flatnonzero(np.bincount(codes, minlength=count))
            compact = np.zeros(count, np.int64)
            compact[used] = np.arange(len(used))
            codes = compact[codes]
        else:
            used, codes = np.unique(codes, return_inverse=True)
        keys = [key[used // len(present)] for key in keys]
        keys.append(present[used % len(present)].astype(np.int32))
        count = len(used)
    return Groups(tuple(keys), codes, count)


def argument(aggregate: Aggregate) -> str | None:
    """The variable whose values the aggregate needs; to count solutions is to need none, for all are bound."""
    return None if aggregate.name == "COUNT" and not aggregate.distinct else aggregate.argument


def fold(columns: Columns, table: Table, groups: Groups, aggregate: Aggregate) -> Cells:
    """What the aggregate is for each group.

    Raises:
        Unknown: the columns do not say.
    """
    codes, weights = groups.codes, table.weights
    name = argument(aggregate)
    if name is None:
        return _counted(_added(codes, weights, groups.count))
    ids = table.columns[name]
    if aggregate.name in ("MIN", "MAX"):
        return _extreme(columns, codes, ids, groups.count, aggregate.name)
    if aggregate.distinct:
        pairs = _once((codes << 32) | ids)
        codes, ids, weights = pairs >> 32, (pairs & 0xFFFFFFFF).astype(np.int32), None
    if aggregate.name == "COUNT":
        return _counted(_added(codes, weights, groups.count))
    return _summed(columns, codes, ids, weights, groups.count)


def _once(pairs: Codes) -> Codes:
    """Each of them once, in order; many times faster than `np.unique`, most of all where they are in order."""
    if not bool((pairs[1:] >= pairs[:-1]).all()):
        pairs.sort()
    return pairs[np.append(True, pairs[1:] != pairs[:-1])] if len(pairs) else pairs


def _added(codes: Codes, weights: Counts | None, count: int) -> Counts:
    if weights is None:
        return np.bincount(codes, minlength=count)
    if weights.sum(dtype=np.float64) > _EXACT:
        raise Unknown
    return np.bincount(codes, weights, minlength=count).astype(np.int64)


def _counted(counts: Counts) -> Cells:
    return Cells(lambda rows: list(map(str, counts[rows].tolist())), counts.astype(np.float64))


def _summed(columns: Columns, codes: Codes, ids: Ids, weights: Counts | None, count: int) -> Cells:
    sorts = columns.sorts[ids]
    present = set(np.unique(sorts).tolist())
    if Sort.OTHER in present or {Sort.DECIMAL, Sort.DOUBLE} <= present:
        raise Unknown
    counts = _added(codes, weights, count)
    is_number = np.isin(sorts, NUMBERS)
    failed = np.bincount(codes[~is_number], minlength=count) > 0
    numbers = is_number.nonzero()[0]
    codes, ids, sorts = codes[numbers], ids[numbers], sorts[numbers]
    weights = None if weights is None else weights[numbers]
    values = columns.values[ids]
    if Sort.DOUBLE in present:
        floats = np.where(sorts == Sort.DOUBLE, values.view(np.float64), values.astype(np.float64))
        sums: npt.NDArray[np.generic] = _exact_sums(floats, codes, weights, count)
        wide = np.bincount(codes[sorts == Sort.DOUBLE], minlength=count) > 0
        size = sums.astype(np.float64)
    else:
        scale = DECIMAL_ONE if Sort.DECIMAL in present else 1
        _bounded(values, weights, scale)
        values = np.where(sorts == Sort.DECIMAL, values, values * scale) if scale > 1 else values
        sums = np.zeros(count, np.int64)
        np.add.at(sums, codes, values if weights is None else values * weights)
        wide = np.bincount(codes[sorts == Sort.DECIMAL], minlength=count) > 0
        size = sums.astype(np.float64) / scale

    def texts(rows: npt.NDArray[np.intp]) -> list[str]:
        found = []
        for value, is_wide, is_failed in zip(
            sums[rows].tolist(), wide[rows].tolist(), failed[rows].tolist(), strict=True
        ):
            if is_failed:
                found.append(UNBOUND)
            elif Sort.DOUBLE in present:
                found.append(f'"{value!r}"^^<{_XSD}double>' if is_wide else str(int(value)))
            elif scale == 1:
                found.append(str(value))
            else:
                found.append(_decimal(value) if is_wide else str(value // scale))
        return found

    return Cells(texts, None if failed.any() else size, counts)


def _bounded(values: Counts, weights: Counts | None, scale: int) -> None:
    largest = float(np.abs(values).max(initial=0)) * scale
    total = len(values) if weights is None else float(weights.sum(dtype=np.float64))
    if largest * max(total, 1) > float(1 << 62):
        raise Unknown


def _exact_sums(values: Floats, codes: Codes, weights: Counts | None, count: int) -> Floats:
    """The sums, where every order of adding gives the same."""
    scaled = np.abs(values) * _FRACTION
    total = float((scaled if weights is None else scaled * weights).sum())
    if total > _EXACT or not bool((scaled == np.floor(scaled)).all()):
        raise Unknown
    sums = np.bincount(codes, values if weights is None else values * weights, minlength=count)
    return sums.astype(np.float64)


def _decimal(value: int) -> str:
    whole, part = divmod(abs(value), DECIMAL_ONE)
    return f'"{"-" if value < 0 else ""}{whole}.{part:06}"^^<{_XSD}decimal>'


def _extreme(columns: Columns, codes: Codes, ids: Ids, count: int, name: str) -> Cells:
    present = np.flatnonzero(columns.among(ids))
    sorts = set(np.unique(columns.sorts[present]).tolist())
    if len(sorts) > 1 or not sorts <= {Sort.IRI, Sort.STRING, *NUMBERS}:
        raise Unknown
    values: npt.NDArray[np.generic] = columns.values[present]
    if sorts == {Sort.DOUBLE}:
        values = values.view(np.float64)
    if sorts <= set(NUMBERS):
        order = np.argsort(values, kind="stable")
        present, values = present[order], values[order]
    ranks = np.zeros(columns.terms, np.int64)
    ranks[present] = np.arange(len(present))
    nothing = len(present) if name == "MIN" else -1
    found = np.full(count, nothing, np.int64)
    (np.minimum if name == "MIN" else np.maximum).at(found, codes, ranks[ids])
    is_bound = found != nothing

    def texts(rows: npt.NDArray[np.intp]) -> list[str]:
        bound = is_bound[rows]
        named = iter(columns.texts(present[found[rows][bound]].tolist()))
        return [next(named) if is_there else UNBOUND for is_there in bound.tolist()]

    sizes = values[found].astype(np.float64) if sorts and sorts <= set(NUMBERS) and is_bound.all() else None
    return Cells(texts, sizes)
