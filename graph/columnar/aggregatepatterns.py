"""The patterns of a plain query: triples, paths of one step after another, filters, values of one variable."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from graph.columnar.aggregatequery import PRIVATE, Among, Constant, Either, Filter, Pattern, Term, Variable
from graph.columnar.aggregateterms import TermReader
from graph.columnar.aggregatetokens import NotPlain, Sign, Token

_MOST_BRACKETS: Final = 20


@dataclass(frozen=True, slots=True)
class _Step:
    predicate: Term | Either
    is_inverse: bool = False


class PatternReader(TermReader):
    """Reads what stands between the brackets of WHERE."""

    def __init__(self, query: str, found: Sequence[Token], place: int, prefixes: Mapping[str, str]) -> None:
        super().__init__(query, found, place, prefixes)
        self._patterns: list[Pattern] = []
        self._filters: list[Filter | Among] = []
        self._steps = 0
        self._brackets = 0

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

    def _path(self) -> tuple[_Step, ...]:
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

    def _step(self) -> tuple[_Step, ...]:
        is_inverse = self._has_mark("^")
        if not self._has_mark("("):
            found: tuple[_Step, ...] = (_Step(self._predicate()),)
        elif self._peek.sign is Sign.VARIABLE:
            raise NotPlain
        else:
            self._brackets += 1
            if self._brackets > _MOST_BRACKETS:
                raise NotPlain
            found = self._path()
            self._mark(")")
        if self._at("*", "+", "?") or (is_inverse and len(found) > 1):
            raise NotPlain
        return tuple(_Step(step.predicate, is_inverse != step.is_inverse) for step in found)

    def _follow(self, subject: Term, path: tuple[_Step, ...], object: Term) -> None:
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


def _comparison(parts: Sequence[Term | str]) -> tuple[Term, str, Term] | None:
    match parts:
        case [Variable() as left, "=" | "!=" as sign, (Variable() | Constant()) as right]:
            return left, sign, right
    return None
