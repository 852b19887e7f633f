"""Terms, expressions and aggregates of a plain query."""

import re
import string
from collections.abc import Mapping, Sequence
from typing import Final

from graph.columnar.aggregatequery import AGGREGATES, Aggregate, Constant, Term, Variable, variable
from graph.columnar.aggregatetokens import Cursor, NotPlain, Sign, Token

FUNCTIONS: Final = frozenset(
    """
    STR LANG LANGMATCHES DATATYPE BOUND ABS CEIL FLOOR ROUND CONCAT STRLEN UCASE LCASE CONTAINS
    STRSTARTS STRENDS STRBEFORE STRAFTER YEAR MONTH DAY HOURS MINUTES SECONDS SUBSTR REPLACE REGEX COALESCE IF STRLANG
    STRDT SAMETERM ISIRI ISURI ISBLANK ISLITERAL ISNUMERIC
    """.split()
)
"""Those whose value depends on nothing but their arguments."""

_OTHER_WORDS: Final = frozenset(("IN", "NOT", "TRUE", "FALSE"))
_RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_SCHEME: Final = frozenset(string.ascii_letters + string.digits + "+.-")
_LEADS_UP: Final = re.compile(r"/\.\.?(?:[/?#]|$)")


class TermReader(Cursor):
    """Reads what stands in patterns and behind SELECT, FILTER, HAVING and ORDER BY."""

    def __init__(self, query: str, found: Sequence[Token], place: int, prefixes: Mapping[str, str]) -> None:
        super().__init__(found, place)
        self._query = query
        self._prefixes = dict(prefixes)
        self._aggregates: list[Aggregate] = []

    def prologue(self) -> None:
        """Take the declared prefixes."""
        while self._has_word("PREFIX"):
            name, iri = self._take(Sign.NAME), self._take(Sign.IRI)
            if not name.text.endswith(":") or name.text.count(":") != 1:
                raise NotPlain
            self._prefixes[name.text[:-1]] = _absolute(iri.text)[1:-1]

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
        if name not in FUNCTIONS:
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
            elif token.sign is Sign.WORD and token.text not in FUNCTIONS and token.text not in _OTHER_WORDS:
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


def _absolute(iri: str) -> str:
    """The IRI, where no base changes it: it has a scheme, and no segments that lead up."""
    scheme, colon, rest = iri[1:-1].partition(":")
    plain = colon and scheme[:1].isalpha() and _SCHEME.issuperset(scheme)
    if not plain or _LEADS_UP.search(rest):
        raise NotPlain
    return iri
