"""Queries that count, add and average, rewritten with what the columns of a snapshot answer.

The patterns are matched and folded in arrays (`matching`, `folding`). What is left, one row a group, is handed to the
engine as VALUES, so that divisions, the expressions of SELECT, HAVING, ORDER BY and the forms of numbers are its own,
and so is all that stands around a subquery.
"""

import re
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Final

import numpy as np
import numpy.typing as npt
import pyoxigraph
from pyoxigraph import QuerySolutions

from graph.columnar.aggregatequery import (
    PRIVATE,
    AggregateQuery,
    Among,
    Constant,
    Either,
    Filter,
    Pattern,
    Term,
    Variable,
    variable,
)
from graph.columnar.aggregatereading import read
from graph.columnar.columns import Columns, Ids, Sort
from graph.columnar.folding import Cells, Groups, Unknown, argument, fold, grouped
from graph.columnar.matching import LEAST_ROWS, Condition, Slot, Table, TooFew, TooMany, Triple, doubled, match

MOST_GROUPS: Final = 200_000
"""Most rows that are handed to the engine as the answer."""

MOST_JOINED: Final = 20_000
"""Most rows that are handed to the engine in place of a subquery, to be joined with others."""

_AT_LEAST: Final = re.compile(rf"\(\s*\?{PRIVATE}(\d+)\s*(>=?)\s*(\d{{1,15}})\s*\)")
_ROUNDING: Final = 1e-9
_PLACE: Final = f"{PRIVATE}place"


def find_rewriting(query: str, prefixes: Mapping[str, str], columns: Columns, *, least: int = LEAST_ROWS) -> str | None:
    """The query with what the columns answer in place of what they were asked, for the engine; None where nothing is.

    `prefixes` need no declaration. What comes to fewer than `least` solutions is left to the engine. The result is the
    same over the default graph, if the query is well-formed; if it is not, neither is the rewriting.
    """
    parts: list[str] = []
    place = 0
    for asked in read(query, prefixes):
        try:
            found = _rest(asked, columns, MOST_GROUPS if asked.end == len(query) else MOST_JOINED, least)
        except (TooMany, TooFew, Unknown, SyntaxError, MemoryError):
            continue  # the engine may do with less
        parts += [query[place : asked.start], found]
        place = asked.end
    return "".join([*parts, query[place:]]) if parts else None


def _rest(asked: AggregateQuery, columns: Columns, most: int, least: int) -> str:
    """The query that is left when at least so many solutions have been matched and folded into at most so many rows."""
    needed = {*asked.groups, *(name for known in asked.aggregates if (name := argument(known)) is not None)}
    patterns = [_triple(pattern, columns) for pattern in asked.patterns]
    known = [pattern for pattern in patterns if pattern is not None]
    if len(known) == len(patterns):
        conditions = [_condition(filter, asked.prologue, columns) for filter in asked.filters]
        table = match(columns, known, conditions, needed, least=least)
    elif least:  # a term that no triple has: the engine sees that at once
        raise TooFew
    else:
        table = Table({name: np.empty(0, np.int32) for name in needed}, 0)
    groups = grouped(columns, table, asked.groups)
    cells = [fold(columns, table, groups, aggregate) for aggregate in asked.aggregates]
    rows = _worth(asked, groups, cells)
    if len(rows) > most:
        raise TooMany
    names, values = [f"?{name}" for name in asked.groups], [_written(columns, keys[rows]) for keys in groups.keys]
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


def _written(columns: Columns, ids: Ids) -> list[str]:
    """The terms as SPARQL writes them in VALUES, which has no blank nodes."""
    texts = columns.texts(ids.tolist())
    if any(text.startswith(("_:", "<<")) for text in texts):
        raise Unknown
    return texts


def _worth(asked: AggregateQuery, groups: Groups, cells: Sequence[Cells]) -> npt.NDArray[np.intp]:
    """The groups that may be in the answer: all, but those that a plain HAVING or ORDER BY with LIMIT rules out."""
    rows = np.arange(groups.count, dtype=np.intp)
    is_certain = True
    for having in asked.having:
        match = _AT_LEAST.fullmatch(having)
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


def _triple(pattern: Pattern, columns: Columns) -> Triple | None:
    """The pattern in numbers of terms; None where a term of it is in no triple."""
    terms = (pattern.subject, pattern.predicate, pattern.object)
    if sum(isinstance(term, Variable) for term in terms) > len(pattern.variables):
        raise Unknown
    subject, object = _slot(pattern.subject, columns), _slot(pattern.object, columns)
    if isinstance(pattern.predicate, Either):
        slots = [_slot(predicate, columns) for predicate in pattern.predicate.predicates]
        known = tuple(slot for slot in slots if isinstance(slot, int))
        if doubled(columns, known):  # two solutions by the recommendation, one by the engine
            raise Unknown
        predicate: Slot | tuple[int, ...] | None = known
    else:
        predicate = _slot(pattern.predicate, columns)
    return None if subject is None or predicate is None or object is None else Triple(subject, predicate, object)


def _slot(term: Term, columns: Columns) -> Slot | None:
    return term.name if isinstance(term, Variable) else columns.find_id(_kept(term))


def _kept(term: Constant) -> str:
    """The term in the form in which the engine keeps it: 1 for "01"^^xsd:integer."""
    if term.text.startswith("<"):
        return term.text
    store = pyoxigraph.Store()
    store.update(f"INSERT DATA {{ <x:x> <x:x> {term.text} }}")
    (kept,) = (quad.object for quad in store)
    return str(kept)


def _condition(filter: Filter | Among, prologue: str, columns: Columns) -> Condition:
    if isinstance(filter, Among):
        numbers = [number for term in filter.terms if (number := columns.find_id(term.text)) is not None]
        passing = columns.among(np.array(numbers, np.int32))
        name = filter.variable
        return Condition(frozenset((name,)), lambda table: table.take(passing[table.columns[name]]))
    match filter.comparison:
        case (Variable(left), sign, Variable(right)) if left != right:
            return Condition(frozenset((left, right)), partial(_compared, columns, left, sign, right))
    if len(filter.variables) != 1:
        raise Unknown
    (name,) = filter.variables
    return Condition(frozenset((name,)), partial(_filtered, columns, name, filter, prologue))


def _compared(columns: Columns, left: str, sign: str, right: str, table: Table) -> Table:
    """The rows where two variables are the same IRI, or are not."""
    for name in (left, right):
        if not (columns.sorts[table.columns[name]] == Sort.IRI).all():
            raise Unknown
    same = table.columns[left] == table.columns[right]
    return table.take(same if sign == "=" else ~same)


def _filtered(columns: Columns, name: str, filter: Filter, prologue: str, table: Table) -> Table:
    """The rows whose value of the variable passes the filter: the engine is asked once for each value."""
    ids = table.columns[name]
    passing = columns.among(ids)
    present = np.flatnonzero(passing)
    match filter.comparison:
        case (Variable(), sign, Constant(text)) if text.startswith("<") and (columns.sorts[present] == Sort.IRI).all():
            number = columns.find_id(text)
            same = ids == (-1 if number is None else number)
            return table.take(same if sign == "=" else ~same)
    if len(present) > MOST_GROUPS:
        raise TooMany
    texts = _written(columns, present.astype(np.int32))
    rows = " ".join(f"({text} {number})" for text, number in zip(texts, present.tolist(), strict=True))
    query = f"{prologue}SELECT ?{_PLACE} WHERE {{ VALUES (?{name} ?{_PLACE}) {{ {rows} }} FILTER {filter.text} }}"
    found = pyoxigraph.Store().query(query)
    if not isinstance(found, QuerySolutions):
        raise Unknown
    passing[present] = False
    passing[[int(row[_PLACE].value) for row in found]] = True
    return table.take(passing[ids])
