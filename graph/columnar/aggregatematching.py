"""The patterns and filters of a query that counts matched in the columns, and the solutions folded into groups."""

from functools import partial
from typing import Final

import numpy as np
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
)
from graph.columnar.columns import Columns, Ids, Sort
from graph.columnar.folding import Cells, Groups, Unknown, argument, fold, grouped
from graph.columnar.matching import Condition, Slot, Table, TooFew, TooMany, Triple, doubled, match

MOST_FILTERED: Final = 200_000
"""Most values that the engine is asked to filter."""

_PLACE: Final = f"{PRIVATE}place"


def folded(asked: AggregateQuery, columns: Columns, *, least: int = 0) -> tuple[Groups, list[Cells]]:
    """The groups of the solutions, and for each of the aggregates what it is for each group.

    Raises:
        TooMany: a step would make too many solutions.
        TooFew: all steps together come to fewer than `least`.
        Unknown: the columns do not say.
        SyntaxError: of a filter.
    """
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
    return groups, [fold(columns, table, groups, aggregate) for aggregate in asked.aggregates]


def written(columns: Columns, ids: Ids) -> list[str]:
    """The terms as SPARQL writes them in VALUES, which has no blank nodes.

    Raises:
        Unknown: one of them is a blank node, or a triple.
    """
    texts = columns.texts(ids.tolist())
    if any(text.startswith(("_:", "<<")) for text in texts):
        raise Unknown
    return texts


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
    if len(present) > MOST_FILTERED:
        raise TooMany
    texts = written(columns, present.astype(np.int32))
    rows = " ".join(f"({text} {number})" for text, number in zip(texts, present.tolist(), strict=True))
    query = f"{prologue}SELECT ?{_PLACE} WHERE {{ VALUES (?{name} ?{_PLACE}) {{ {rows} }} FILTER {filter.text} }}"
    found = pyoxigraph.Store().query(query)
    if not isinstance(found, QuerySolutions):
        raise Unknown
    passing[present] = False
    passing[[int(row[_PLACE].value) for row in found]] = True
    return table.take(passing[ids])
