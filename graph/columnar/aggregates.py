"""Queries that count, add and average, rewritten with what the columns of a snapshot answer.

What is left when the patterns were matched and folded in arrays (`aggregatematching`), one row a group, is handed to
the engine as VALUES, so that divisions, the expressions of SELECT, HAVING, ORDER BY and the forms of numbers are its
own, and so is all that stands around a subquery.
"""

import re
from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from graph.columnar.aggregatematching import folded, written
from graph.columnar.aggregatequery import PRIVATE, AggregateQuery, variable
from graph.columnar.columns import Columns
from graph.columnar.folding import Cells, Groups, Unknown
from graph.columnar.matching import LEAST_ROWS, TooFew, TooMany

MOST_GROUPS: Final = 200_000
"""Most rows that are handed to the engine as the answer."""

MOST_JOINED: Final = 20_000
"""Most rows that are handed to the engine in place of a subquery, to be joined with others."""

AT_LEAST: Final = re.compile(rf"\(\s*\?{PRIVATE}(\d+)\s*(>=?)\s*(\d{{1,15}})\s*\)")
"""A plain HAVING: so many or more of an aggregate, by its place."""

_ROUNDING: Final = 1e-9


def find_rewriting(
    query: str, read: Sequence[AggregateQuery], columns: Columns, *, least: int = LEAST_ROWS
) -> str | None:
    """The query with what the columns answer in place of what they were asked, for the engine; None where nothing is.

    `read` is what `aggregatereading.read` found in it. What comes to fewer than `least` solutions is left to the
    engine. The result is the same over the default graph, if the query is well-formed; if it is not, neither is the
    rewriting.
    """
    parts: list[str] = []
    place = 0
    for asked in read:
        try:
            found = _rest(asked, columns, MOST_GROUPS if asked.end == len(query) else MOST_JOINED, least)
        except (TooMany, TooFew, Unknown, SyntaxError, MemoryError):
            continue  # the engine may do with less
        parts += [query[place : asked.start], found]
        place = asked.end
    return "".join([*parts, query[place:]]) if parts else None


def _rest(asked: AggregateQuery, columns: Columns, most: int, least: int) -> str:
    """The query that is left when at least so many solutions have been matched and folded into at most so many rows."""
    groups, cells = folded(asked, columns, least=least)
    rows = _worth(asked, groups, cells)
    if len(rows) > most:
        raise TooMany
    names, values = [f"?{name}" for name in asked.groups], [written(columns, keys[rows]) for keys in groups.keys]
    bindings = []
    for place, (aggregate, found) in enumerate(zip(asked.aggregates, cells, strict=True)):
        name = variable(place)
        values.append(found.texts(rows))
        if aggregate.name in ("SUM", "AVG") and groups.codes.size:
            names.append(f"?{name}_sum")
            divided = "+ 0"
            if aggregate.name == "AVG" and found.counts is not None:
                names.append(f"?{name}_count")
                values.append([str(count) for count in found.counts[rows].tolist()])
                divided = f"/ ?{name}_count"
            bindings.append(f"BIND(?{name}_sum {divided} AS ?{name})")
        else:
            names.append(f"?{name}")
    lines = [f"({' '.join(row)})" for row in zip(*values, strict=True)]
    filters = [f"FILTER {having}" for having in asked.having]
    body = "\n".join([f"VALUES ({' '.join(names)}) {{", *lines, "}", *bindings, *filters])
    return f"{asked.head} WHERE {{ {body} }}\n{asked.tail}"


def _worth(asked: AggregateQuery, groups: Groups, cells: Sequence[Cells]) -> npt.NDArray[np.intp]:
    """The groups that may be in the answer: all, but those that a plain HAVING or ORDER BY with LIMIT rules out."""
    rows = np.arange(groups.count, dtype=np.intp)
    is_certain = True
    for having in asked.having:
        match = AT_LEAST.fullmatch(having)
        size = None
        if match is not None and asked.aggregates[int(match[1])].name == "COUNT":
            size = cells[int(match[1])].size
        if match is None or size is None:
            is_certain = False
        else:
            rows = rows[size[rows] >= int(match[3]) + (match[2] == ">")]
    if asked.rows is None or not is_certain or asked.rows >= len(rows):
        return rows
    if not asked.is_ordered:
        return rows[: asked.rows]
    place = next(
        (place for place in range(len(cells)) if asked.order and variable(place) == asked.order.variable), None
    )
    size = None if place is None else cells[place].size
    if asked.order is None or size is None or asked.rows == 0:
        return rows
    counts = cells[place].counts if place is not None and asked.aggregates[place].name == "AVG" else None
    sizes = (size if counts is None else size / np.maximum(counts, 1))[rows] * (-1 if asked.order.descending else 1)
    last = np.partition(sizes, asked.rows - 1)[asked.rows - 1]
    kept: npt.NDArray[np.bool_] = sizes <= last + abs(last) * _ROUNDING
    return rows[kept]
