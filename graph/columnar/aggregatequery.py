"""What a query that counts, adds and averages consists of: SELECT with aggregates over triple patterns with filters.

What is done with the groups afterwards (the expressions of SELECT, HAVING, ORDER BY, LIMIT) is kept as text in which
every aggregate is replaced by a variable, for the engine to evaluate.
"""

from dataclasses import dataclass
from typing import Final

PRIVATE: Final = "etiograph_"
"""How the variables begin that stand for aggregates; a query that has such variables of its own is not read."""

AGGREGATES: Final = ("COUNT", "SUM", "AVG", "MIN", "MAX")


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable, by name."""

    name: str


@dataclass(frozen=True, slots=True)
class Constant:
    """A term, as the query writes it, prefixes replaced: an IRI in brackets, a literal."""

    text: str


Term = Variable | Constant


@dataclass(frozen=True, slots=True)
class Either:
    """One of several predicates: the path `a|b`."""

    predicates: tuple[Constant, ...]


@dataclass(frozen=True, slots=True)
class Pattern:
    """One triple pattern."""

    subject: Term
    predicate: Term | Either
    object: Term

    @property
    def variables(self) -> frozenset[str]:
        """The names of its variables."""
        terms = (self.subject, self.predicate, self.object)
        return frozenset(term.name for term in terms if isinstance(term, Variable))


@dataclass(frozen=True, slots=True)
class Among:
    """What `VALUES ?x { … }` lets through: the variable's value is one of the terms, which are all different."""

    variable: str
    terms: tuple[Constant, ...]


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter: its text, its variables, and where it is a plain comparison `?a = ?b`, `?a != term` its parts."""

    text: str
    variables: tuple[str, ...]
    comparison: tuple[Term, str, Term] | None = None


@dataclass(frozen=True, slots=True)
class Aggregate:
    """`COUNT(DISTINCT ?x)`: `argument` is None for `*`."""

    name: str
    argument: str | None
    distinct: bool


@dataclass(frozen=True, slots=True)
class Order:
    """The first condition of ORDER BY, where it is a variable or an aggregate alone."""

    variable: str
    descending: bool


@dataclass(frozen=True, slots=True)
class AggregateQuery:
    """A query or subquery that was read; it stands in the text from `start` to `end`.

    `head` (from SELECT), `having` and `tail` (from ORDER BY) are texts for the engine, aggregates replaced by the
    variables `variable(0)` … in the order of `aggregates`. `rows` is the most rows that LIMIT and OFFSET let through
    from the first one on; None without LIMIT, and where DISTINCT makes that unknown.
    """

    start: int
    end: int
    prologue: str
    head: str
    having: tuple[str, ...]
    tail: str
    patterns: tuple[Pattern, ...]
    filters: tuple[Filter | Among, ...]
    groups: tuple[str, ...]
    grouped: bool
    aggregates: tuple[Aggregate, ...]
    is_ordered: bool
    order: Order | None
    rows: int | None


def variable(place: int) -> str:
    """The name of the variable that stands for an aggregate."""
    return f"{PRIVATE}{place}"
