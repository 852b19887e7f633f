"""Queries that count, add and average: SELECT with aggregates over triple patterns with filters.

Read by a parser of its own, which knows a part of SPARQL that has one meaning and answers None to all else. What is
done with the groups afterwards (the expressions of SELECT, HAVING, ORDER BY, LIMIT) is kept as text in which every
aggregate is replaced by a variable, for the engine to evaluate.
"""

import re
import string
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from graph.aggregatetokens import Sign, Token, tokens

PRIVATE: Final = "etiograph_"
"""How the variables begin that stand for aggregates; a query that has such variables of its own is not read."""

AGGREGATES: Final = ("COUNT", "SUM", "AVG", "MIN", "MAX")

_FUNCTIONS: Final = frozenset(
    """
    STR LANG LANGMATCHES DATATYPE BOUND ABS CEIL FLOOR ROUND CONCAT STRLEN UCASE LCASE CONTAINS
    STRSTARTS STRENDS STRBEFORE STRAFTER YEAR MONTH DAY HOURS MINUTES SECONDS SUBSTR REPLACE REGEX COALESCE IF STRLANG
    STRDT SAMETERM ISIRI ISURI ISBLANK ISLITERAL ISNUMERIC
    """.split()
)
_OTHER_WORDS: Final = frozenset(("IN", "NOT", "TRUE", "FALSE"))
_ELSEWHERE: Final = frozenset(("BASE", "FROM", "GRAPH", "SERVICE", "EXISTS", "LATERAL"))
_RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_SCHEME: Final = frozenset(string.ascii_letters + string.digits + "+.-")
_LEADS_UP: Final = re.compile(r"/\.\.?(?:[/?#]|$)")


class NotPlain(Exception):
    """The query is none of those that are read here."""


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


def read(query: str, prefixes: Mapping[str, str]) -> tuple[AggregateQuery, ...]:
    """The query, or else those of its subqueries, that are of the kind described above; `prefixes` are declared.

    A subquery means the same wherever it stands, unless under what names another graph or is asked once a solution.
    """
    found = tokens(query)
    if found is None or any(token.sign is Sign.VARIABLE and token.text.startswith(PRIVATE) for token in found):
        return ()
    try:
        reader = _Reader(query, found, prefixes)
        reader.prologue()
        whole = reader.find(Sign.END)
    except NotPlain:
        return ()
    if whole is not None:
        return (whole,)
    if any(token.sign is Sign.WORD and token.text in _ELSEWHERE for token in found):
        return ()
    pairs = enumerate(pairwise(token.text if token.sign in (Sign.WORD, Sign.MARK) else "" for token in found), 1)
    inner = (reader.at(place).find(Sign.MARK) for place, pair in pairs if pair == ("{", "SELECT"))
    return tuple(subquery for subquery in inner if subquery is not None)


@dataclass(frozen=True, slots=True)
class _Step:
    predicate: Term | Either
    is_inverse: bool = False


class _Reader:
    def __init__(self, query: str, found: Sequence[Token], prefixes: Mapping[str, str]) -> None:
        self._query = query
        self._tokens = found
        self._place = 0
        self._prefixes = dict(prefixes)
        self._aggregates: list[Aggregate] = []
        self._patterns: list[Pattern] = []
        self._filters: list[Filter | Among] = []
        self._steps = 0

    def at(self, place: int) -> "_Reader":
        """A reader with the same prefixes that begins at the token."""
        reader = _Reader(self._query, self._tokens, self._prefixes)
        reader._place = place
        return reader

    def find(self, end: Sign) -> AggregateQuery | None:
        """The query from here to the end or a closing bracket; None where it is of another kind."""
        try:
            return self._select(end)
        except NotPlain:
            return None

    def _select(self, end: Sign) -> AggregateQuery:
        start = self._peek.start
        self._word("SELECT")
        distinct = self._has_word("DISTINCT")
        chosen, aliases = self._selection()
        self._has_word("WHERE")
        self._group()
        bound = {name for pattern in self._patterns for name in pattern.variables}
        grouped, groups = self._grouping()
        having = self._having(groups)
        order, ordering = self._ordering()
        limit, offset, slicing = self._slice()
        if self._peek.sign is not end or (end is Sign.MARK and self._peek.text != "}") or not self._patterns:
            raise NotPlain
        self._check(bound, groups, chosen, aliases, ordering)
        if not grouped and not self._aggregates:
            raise NotPlain
        items = " ".join(text for text, _ in chosen)
        return AggregateQuery(
            start,
            self._peek.start,
            "".join(f"PREFIX {name}: <{iri}> " for name, iri in self._prefixes.items()),
            f"SELECT {'DISTINCT ' if distinct else ''}{items}",
            having,
            " ".join(part for part in (ordering[0] if ordering else "", slicing) if part),
            tuple(self._patterns),
            tuple(self._filters),
            groups,
            grouped,
            tuple(self._aggregates),
            ordering is not None,
            self._resolved(order, aliases),
            None if distinct or limit is None else limit + offset,
        )

    # -- the parts of a query

    def prologue(self) -> None:
        """Take the declared prefixes."""
        while self._has_word("PREFIX"):
            name, iri = self._take(Sign.NAME), self._take(Sign.IRI)
            if not name.text.endswith(":") or name.text.count(":") != 1:
                raise NotPlain
            self._prefixes[name.text[:-1]] = _absolute(iri.text)[1:-1]

    def _selection(self) -> tuple[list[tuple[str, frozenset[str]]], dict[str, str]]:
        """The items with the variables each needs, and the names given, each with what it renames or ''."""
        chosen: list[tuple[str, frozenset[str]]] = []
        aliases: dict[str, str] = {}
        while True:
            if self._peek.sign is Sign.VARIABLE:
                name = self._next().text
                chosen.append((f"?{name}", frozenset((name,))))
            elif self._has_mark("("):
                text, variables = self._expression(stop="AS")
                self._word("AS")
                alias = self._take(Sign.VARIABLE).text
                self._mark(")")
                chosen.append((f"({text} AS ?{alias})", variables - aliases.keys()))
                if alias in aliases:
                    raise NotPlain
                aliases[alias] = text.removeprefix("?") if text.startswith("?") and text[1:].isidentifier() else ""
            else:
                break
        if not chosen:
            raise NotPlain
        return chosen, aliases

    def _group(self) -> None:
        self._mark("{")
        while not self._has_mark("}"):
            if self._has_word("FILTER"):
                self._filter()
                self._has_mark(".")
                continue
            if self._has_word("VALUES"):
                self._values()
                self._has_mark(".")
                continue
            self._triples()
            if not self._at("}", "FILTER", "VALUES") and not self._has_mark("."):
                raise NotPlain

    def _triples(self) -> None:
        subject = self._term()
        while True:
            path = self._path()
            while True:
                self._follow(subject, path, self._term(literals=True))
                if not self._has_mark(","):
                    break
            if not self._has_mark(";"):
                return
            while self._has_mark(";"):
                pass
            if self._at(".", "}", "FILTER", "VALUES"):
                return

    def _path(self) -> tuple["_Step", ...]:
        """A variable, or predicates one after another; a step may be inverse and may be one of several predicates."""
        if self._peek.sign is Sign.VARIABLE:
            return (_Step(Variable(self._next().text)),)
        steps = list(self._step())
        while self._has_mark("/"):
            steps += self._step()
        if self._at("|"):
            first = steps[0].predicate
            if len(steps) > 1 or steps[0].is_inverse or not isinstance(first, Constant):
                raise NotPlain
            predicates = [first]
            while self._has_mark("|"):
                predicates.append(self._predicate())
            if self._at("/"):
                raise NotPlain
            steps = [_Step(Either(tuple(predicates)))]
        if self._at("*", "+", "?"):
            raise NotPlain
        return tuple(steps)

    def _step(self) -> tuple["_Step", ...]:
        is_inverse = self._has_mark("^")
        if not self._has_mark("("):
            found: tuple[_Step, ...] = (_Step(self._predicate()),)
        elif self._peek.sign is Sign.VARIABLE:
            raise NotPlain
        else:
            found = self._path()
            self._mark(")")
        if self._at("*", "+", "?") or (is_inverse and len(found) > 1):
            raise NotPlain
        return tuple(_Step(step.predicate, is_inverse != step.is_inverse) for step in found)

    def _follow(self, subject: Term, path: tuple["_Step", ...], object: Term) -> None:
        """Add the patterns of the path, with variables of their own between its steps."""
        for place, step in enumerate(path, 1):
            self._steps += place < len(path)
            end = Variable(f"{PRIVATE}step{self._steps}") if place < len(path) else object
            ends = (end, subject) if step.is_inverse else (subject, end)
            self._patterns.append(Pattern(ends[0], step.predicate, ends[1]))
            subject = end

    def _values(self) -> None:
        name = self._take(Sign.VARIABLE).text
        self._mark("{")
        terms: list[Constant] = []
        while not self._has_mark("}"):
            term = self._term(literals=True)
            if not isinstance(term, Constant) or not term.text.startswith("<") or term in terms:
                raise NotPlain
            terms.append(term)
        self._filters.append(Among(name, tuple(terms)))

    def _filter(self) -> None:
        aggregates, start = len(self._aggregates), self._place + 1
        text, variables = self._constraint()
        if len(self._aggregates) > aggregates or not variables:
            raise NotPlain
        inner = self._tokens[start : self._place - 1]
        comparison = _comparison([self._as_term(token) for token in inner]) if len(inner) == 3 else None
        self._filters.append(Filter(text, tuple(sorted(variables)), comparison))

    def _grouping(self) -> tuple[bool, tuple[str, ...]]:
        if not self._has_word("GROUP"):
            return False, ()
        self._word("BY")
        names = [self._take(Sign.VARIABLE).text]
        while self._peek.sign is Sign.VARIABLE:
            names.append(self._next().text)
        return True, tuple(dict.fromkeys(names))

    def _having(self, groups: tuple[str, ...]) -> tuple[str, ...]:
        if not self._has_word("HAVING"):
            return ()
        found = []
        while self._at("(", *_FUNCTIONS):
            text, variables = self._constraint()
            if not variables <= set(groups):
                raise NotPlain
            found.append(text)
        if not found:
            raise NotPlain
        return tuple(found)

    def _ordering(self) -> tuple[Order | None, tuple[str, frozenset[str]] | None]:
        if not self._has_word("ORDER"):
            return None, None
        self._word("BY")
        texts: list[str] = []
        needed, first = frozenset[str](), None
        while True:
            descending = self._at("DESC")
            if self._has_word("ASC") or self._has_word("DESC"):
                if not self._at("("):
                    raise NotPlain
                text, variables = self._constraint()
                sole = text.strip("()")
                text = f"{'DESC' if descending else 'ASC'}{text}"
            elif self._peek.sign is Sign.VARIABLE:
                sole = f"?{self._next().text}"
                text, variables = sole, frozenset((sole[1:],))
            elif self._at("(", *_FUNCTIONS):
                text, variables = self._constraint()
                sole = text
            elif self._at(*AGGREGATES):
                sole = text = f"?{self._aggregate()}"
                variables = frozenset()
            else:
                break
            if not texts and sole.startswith("?") and sole[1:].isidentifier():
                first = Order(sole[1:], descending)
            texts.append(text)
            needed |= variables
        if not texts:
            raise NotPlain
        return first, (f"ORDER BY {' '.join(texts)}", needed)

    def _slice(self) -> tuple[int | None, int, str]:
        found: dict[str, int] = {}
        while self._at("LIMIT", "OFFSET"):
            word = self._next().text
            number = self._take(Sign.NUMBER).text
            if word in found or not number.isdigit() or len(number) > 15:
                raise NotPlain
            found[word] = int(number)
        text = " ".join(f"{word} {number}" for word, number in found.items())
        return found.get("LIMIT"), found.get("OFFSET", 0), text

    def _check(
        self,
        bound: set[str],
        groups: tuple[str, ...],
        chosen: list[tuple[str, frozenset[str]]],
        aliases: Mapping[str, str],
        ordering: tuple[str, frozenset[str]] | None,
    ) -> None:
        """Raise, unless every variable is where the engine lets it be and is bound there."""
        arguments = {aggregate.argument for aggregate in self._aggregates} - {None}
        filtered = {name for filter in self._filters for name in _filtered(filter)}
        selected = frozenset[str]().union(*(variables for _, variables in chosen))
        allowed = (
            set(groups) | arguments | filtered <= bound
            and selected <= set(groups)
            and not aliases.keys() & (bound | set(groups))
            and (ordering is None or ordering[1] <= set(groups) | aliases.keys())
        )
        if not allowed:
            raise NotPlain

    @staticmethod
    def _resolved(order: Order | None, aliases: Mapping[str, str]) -> Order | None:
        """The order by what a name stands for; None where that is an expression."""
        if order is None or order.variable not in aliases:
            return order
        return Order(aliases[order.variable], order.descending) if aliases[order.variable] else None

    # -- terms and expressions

    def _term(self, *, literals: bool = False) -> Term:
        token = self._next()
        match token.sign:
            case Sign.VARIABLE:
                return Variable(token.text)
            case Sign.IRI | Sign.NAME:
                return Constant(self._iri(token))
            case Sign.TEXT if literals:
                if "\\" in token.text:
                    raise NotPlain
                if self._peek.sign is Sign.LANGUAGE:
                    return Constant(token.text + self._next().text)
                if self._has_mark("^^"):
                    return Constant(f"{token.text}^^{self._iri(self._next())}")
                return Constant(token.text)
            case Sign.NUMBER if literals:
                return Constant(token.text)
            case Sign.WORD if literals and token.text in ("TRUE", "FALSE"):
                return Constant(token.text.lower())
        raise NotPlain

    def _predicate(self) -> Constant:
        token = self._next()
        if token.sign is Sign.WORD and token.text == "a":
            return Constant(f"<{_RDF}type>")
        return Constant(self._iri(token))

    def _iri(self, token: Token) -> str:
        if token.sign is Sign.IRI:
            return _absolute(token.text)
        prefix, _, local = token.text.partition(":")
        if token.sign is not Sign.NAME or prefix not in self._prefixes:
            raise NotPlain
        return _absolute(f"<{self._prefixes[prefix]}{local}>")

    def _as_term(self, token: Token) -> Term | str:
        """A variable or an IRI as such, anything else as its text."""
        if token.sign is Sign.VARIABLE:
            return Variable(token.text)
        return Constant(self._iri(token)) if token.sign in (Sign.IRI, Sign.NAME) else token.text

    def _constraint(self) -> tuple[str, frozenset[str]]:
        if self._peek.sign is Sign.WORD:
            return self._call()
        self._mark("(")
        text, variables = self._expression()
        self._mark(")")
        return f"({text})", variables

    def _call(self) -> tuple[str, frozenset[str]]:
        name = self._take(Sign.WORD).text
        if name not in _FUNCTIONS:
            raise NotPlain
        self._mark("(")
        text, variables = self._expression()
        self._mark(")")
        return f"{name}({text})", variables

    def _expression(self, *, stop: str = ")") -> tuple[str, frozenset[str]]:
        """The text up to `stop` outside of parentheses, aggregates replaced, and the variables outside of these."""
        parts: list[str] = []
        variables: set[str] = set()
        depth, end = 0, self._peek.start
        while depth or not self._at(stop):
            token = self._peek
            if token.sign is Sign.END or self._at("{", "}", ";", "."):
                raise NotPlain
            parts.append(" " if token.start > end else "")
            if self._at(*AGGREGATES):
                parts.append(f"?{self._aggregate()}")
                end = self._tokens[self._place - 1].end
                continue
            end = token.end
            self._next()
            if token.sign is Sign.MARK:
                depth += (token.text == "(") - (token.text == ")")
                if depth < 0:
                    raise NotPlain
            elif token.sign is Sign.VARIABLE:
                variables.add(token.text)
            elif token.sign in (Sign.IRI, Sign.NAME):
                self._iri(token)
            elif token.sign is Sign.WORD and token.text not in _FUNCTIONS and token.text not in _OTHER_WORDS:
                raise NotPlain
            parts.append(self._query[token.start : token.end])
        if not parts:
            raise NotPlain
        return "".join(parts), frozenset(variables)

    def _aggregate(self) -> str:
        name = self._take(Sign.WORD).text
        self._mark("(")
        distinct = self._has_word("DISTINCT")
        argument = None if self._has_mark("*") else self._take(Sign.VARIABLE).text
        self._mark(")")
        if argument is None and (name != "COUNT" or distinct):
            raise NotPlain
        found = Aggregate(name, argument, distinct)
        if found not in self._aggregates:
            self._aggregates.append(found)
        return variable(self._aggregates.index(found))

    # -- tokens

    @property
    def _peek(self) -> Token:
        return self._tokens[self._place]

    def _next(self) -> Token:
        token = self._tokens[self._place]
        if token.sign is Sign.END:
            raise NotPlain
        self._place += 1
        return token

    def _take(self, sign: Sign) -> Token:
        token = self._next()
        if token.sign is not sign:
            raise NotPlain
        return token

    def _at(self, *texts: str) -> bool:
        """Whether the next token is one of these words or marks."""
        return self._peek.sign in (Sign.WORD, Sign.MARK) and self._peek.text in texts

    def _has_word(self, word: str) -> bool:
        return self._has(Sign.WORD, word)

    def _has_mark(self, mark: str) -> bool:
        return self._has(Sign.MARK, mark)

    def _has(self, sign: Sign, text: str) -> bool:
        if self._peek.sign is sign and self._peek.text == text:
            self._place += 1
            return True
        return False

    def _word(self, word: str) -> None:
        if not self._has_word(word):
            raise NotPlain

    def _mark(self, mark: str) -> None:
        if not self._has_mark(mark):
            raise NotPlain


def _filtered(filter: Filter | Among) -> tuple[str, ...]:
    return (filter.variable,) if isinstance(filter, Among) else filter.variables


def _comparison(parts: Sequence[Term | str]) -> tuple[Term, str, Term] | None:
    match parts:
        case [Variable() as left, "=" | "!=" as sign, (Variable() | Constant()) as right]:
            return left, sign, right
    return None


def _absolute(iri: str) -> str:
    """The IRI, where no base changes it: it has a scheme, and no segments that lead up."""
    scheme, colon, rest = iri[1:-1].partition(":")
    plain = colon and scheme[:1].isalpha() and _SCHEME.issuperset(scheme)
    if not plain or _LEADS_UP.search(rest):
        raise NotPlain
    return iri
