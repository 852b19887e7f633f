"""Counts as the JSON of an answer, where nothing is left for the engine to do but to write them.

With thousands of groups it takes the engine longer to read and to write what it is handed than the columns to count.
"""

import re
from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt
import pyoxigraph

from graph.columnar.aggregatematching import folded
from graph.columnar.aggregatequery import AggregateQuery, variable
from graph.columnar.aggregates import AT_LEAST, MOST_GROUPS
from graph.columnar.columns import Columns, Sort
from graph.columnar.folding import Unknown
from graph.columnar.matching import TooMany
from ontology.terms import PREFIXES

_ITEM: Final = re.compile(r" (?:\?(\w+)|\(\?(\w+) AS \?(\w+)\))")
_HEAD: Final = re.compile(rf"SELECT(?:{_ITEM.pattern})+")
_KEY: Final = re.compile(r"(?:(ASC|DESC)\(\?(\w+)\)|\?(\w+))(?: |$)")
_TAIL: Final = re.compile(rf"(?:ORDER BY ((?:{_KEY.pattern})+))?((?:(?:LIMIT|OFFSET) \d+(?: |$))*)")
_SLICE: Final = re.compile(r"(LIMIT|OFFSET) (\d+)")
_COUNT: Final = '{"type":"literal","value":"%s","datatype":"http://www.w3.org/2001/XMLSchema#integer"}'

Rows = npt.NDArray[np.intp]
Numbers = npt.NDArray[np.int64]


def find_counts(query: str, read: Sequence[AggregateQuery], columns: Columns, *, rows: int | None) -> bytes | None:
    """The answer to the query in SPARQL's JSON; None where the engine is needed, or there are more than `rows` rows.

    `read` is what `aggregatereading.read` found in the query. An answer is the engine's own, byte by byte, but for the
    order of rows where the query leaves that open.
    """
    if len(read) != 1 or read[0].end != len(query):
        return None
    try:
        pyoxigraph.Store().query(query, prefixes=PREFIXES)  # whether it is well-formed is the engine's to say
        return _Counting(read[0], columns).written(MOST_GROUPS if rows is None else min(rows, MOST_GROUPS))
    except (TooMany, Unknown, SyntaxError, MemoryError):
        return None


class _Counting:
    """What the columns know of a query: its groups and, by each name it may select or order by, numbers of theirs.

    Those of a variable are the numbers of its terms, which lie as the terms do.
    """

    def __init__(self, asked: AggregateQuery, columns: Columns) -> None:
        head, tail = _HEAD.fullmatch(asked.head), _TAIL.fullmatch(asked.tail)
        havings = [AT_LEAST.fullmatch(having) for having in asked.having]
        if head is None or tail is None or any(aggregate.name != "COUNT" for aggregate in asked.aggregates):
            raise Unknown
        groups, cells = folded(asked, columns)
        if any(not (columns.sorts[keys] == Sort.IRI).all() for keys in groups.keys):
            raise Unknown
        self._columns = columns
        self._count = groups.count
        self._keys = dict(zip(asked.groups, groups.keys, strict=True))
        self._numbers: dict[str, Numbers] = {name: keys.astype(np.int64) for name, keys in self._keys.items()}
        for place, found in enumerate(cells):
            if found.size is None:
                raise Unknown
            self._numbers[variable(place)] = found.size.astype(np.int64)
        self._items = [(plain or source, plain or alias) for plain, source, alias in _ITEM.findall(asked.head)]
        if len({name for _, name in self._items}) < len(self._items):
            raise Unknown
        for source, name in self._items:
            self._numbers.setdefault(name, self._numbers[source])
        self._havings = havings
        self._order, self._slice = tail[1] or "", dict(_SLICE.findall(asked.tail))

    def written(self, most: int) -> bytes:
        """The answer, with at most so many rows."""
        rows = self._ordered(self._passing())
        first = int(self._slice.get("OFFSET", 0))
        rows = rows[first : first + int(self._slice.get("LIMIT", self._count))]
        if len(rows) > most:
            raise TooMany
        cells = ",".join(
            f'"{name}":{{"type":"uri","value":"%s"}}' if source in self._keys else f'"{name}":{_COUNT}'
            for source, name in self._items
        )
        columns = [self._texts(source, rows) for source, _ in self._items]
        bindings = ",".join(map(f"{{{cells}}}".__mod__, zip(*columns, strict=True)))
        names = ",".join(f'"{name}"' for _, name in self._items)
        return f'{{"head":{{"vars":[{names}]}},"results":{{"bindings":[{bindings}]}}}}'.encode()

    def _passing(self) -> Rows:
        """The groups that HAVING lets through."""
        rows = np.arange(self._count, dtype=np.intp)
        for having in self._havings:
            if having is None:
                raise Unknown
            counts = self._numbers[variable(int(having[1]))]
            rows = rows[counts[rows] >= int(having[3]) + (having[2] == ">")]
        return rows

    def _ordered(self, rows: Rows) -> Rows:
        """The same in the order asked for, equal ones by their terms."""
        keys = []
        for direction, called, plain in _KEY.findall(self._order):
            numbers = self._numbers[called or plain][rows]
            keys.append(-numbers if direction == "DESC" else numbers)
        return rows[np.lexsort(keys[::-1])] if keys else rows

    def _texts(self, source: str, rows: Rows) -> list[str]:
        if source not in self._keys:
            return list(map(str, self._numbers[source][rows].tolist()))
        texts = self._columns.texts(self._keys[source][rows].tolist())
        if any("\\" in text or '"' in text for text in texts):
            raise Unknown
        return [text[1:-1] for text in texts]
