"""Reads queries that count, add and average; all others, and all that has not one plain meaning, it leaves alone."""

from collections.abc import Mapping
from itertools import pairwise
from typing import Final

from graph.columnar.aggregatepatterns import PatternReader
from graph.columnar.aggregatequery import AGGREGATES, PRIVATE, AggregateQuery, Among, Filter, Order
from graph.columnar.aggregateterms import FUNCTIONS
from graph.columnar.aggregatetokens import NotPlain, Sign, tokens

_ELSEWHERE: Final = frozenset(("BASE", "FROM", "GRAPH", "SERVICE", "EXISTS", "LATERAL"))


def read(query: str, prefixes: Mapping[str, str]) -> tuple[AggregateQuery, ...]:
    """The query, or else those of its subqueries, that are of the kind described above; `prefixes` are declared.

    A subquery means the same wherever it stands, unless under what names another graph or is asked once a solution.
    """
    found = tokens(query)
    if found is None or any(token.sign is Sign.VARIABLE and token.text.startswith(PRIVATE) for token in found):
        return ()
    try:
        reader = _QueryReader(query, found, 0, prefixes)
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


class _QueryReader(PatternReader):
    def at(self, place: int) -> "_QueryReader":
        """A reader with the same prefixes that begins at the token."""
        return _QueryReader(self._query, self._tokens, place, self._prefixes)

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
        while self._at("(", *FUNCTIONS):
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
            elif self._at("(", *FUNCTIONS):
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


def _filtered(filter: Filter | Among) -> tuple[str, ...]:
    return (filter.variable,) if isinstance(filter, Among) else filter.variables
