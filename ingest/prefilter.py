"""Which of many regular expressions can match a text at all: those whose indispensable words occur in it.

The words are derived from each expression's own parse tree, so a new row of a table is filtered without a list kept by
hand. One pass of Aho-Corasick over a text finds every literal of every expression; an expression is tried only where
each of its sets has one. The filter may keep an expression that does not match, never drop one that does.
"""

import importlib
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any, Final, Generic, TypeAlias, TypeVar

import orjson
from ahocorasick_rs import AhoCorasick

from ingest.expressions import Expression
from ontology.compiled import fingerprint, kept
from ontology.errors import InvalidVocabulary

Row = TypeVar("Row")

Written: TypeAlias = re.Pattern[str] | Expression
"""An expression, compiled or not yet."""

_MOST_STRINGS: Final = 96
"""Largest set of strings that is followed through a sequence; a larger one is cut into two."""

_LIKE_ASCII: Final = {0x17F: "s", 0x131: "i", 0x130: "i", 0x212A: "k"}
"""Letters that match an ASCII letter where case is ignored, though their lower case is another."""

_EMPTY: Final = frozenset({""})
_MANY: Final = 40


@dataclass(frozen=True, slots=True)
class _Needs:
    """What a part of an expression matches: all its strings where they are few, and sets of which one must occur."""

    strings: frozenset[str] | None
    sets: tuple[frozenset[str], ...] = ()


def required(pattern: Written) -> tuple[frozenset[str], ...]:
    """Sets of lower-case literals; whatever `pattern` matches holds, in lower case, one of each. () where none is sure.

    Lower case as `lowered` makes it.
    """
    # The parser of `re` is not public; the law in tests/test_ingest_prefilter.py guards against a change in it.
    tree = importlib.import_module("re._parser").parse(pattern.pattern, pattern.flags)
    needs = _sequence(tree)
    return _useful((*needs.sets, *((needs.strings,) if needs.strings is not None else ())))


def _required_by(patterns: Sequence[Written]) -> list[tuple[frozenset[str], ...]]:
    """What `required` says of each; of many from the cache, because parsing them takes a fifth of the start."""
    if len(patterns) < _MANY:
        return [required(pattern) for pattern in patterns]
    expressions = (f"{pattern.flags} {pattern.pattern}" for pattern in patterns)
    key = fingerprint((Path(__file__),), sys.version, *expressions)
    return kept("required", key, lambda: _dumped(patterns), lambda content: _read(content, len(patterns)))


def _dumped(patterns: Sequence[Written]) -> bytes:
    return orjson.dumps([[sorted(literals) for literals in required(pattern)] for pattern in patterns])


def _read(content: bytes, count: int) -> list[tuple[frozenset[str], ...]]:
    try:
        found = [tuple([frozenset(literals) for literals in sets]) for sets in orjson.loads(content)]
    except (ValueError, TypeError) as error:
        raise InvalidVocabulary(f"unreadable cache entry: {error}") from error
    if len(found) != count:
        raise InvalidVocabulary(f"unreadable cache entry: {len(found)} expressions instead of {count}")
    return found


def lowered(text: str) -> str:
    """The text as literals are compared with it: lower case, and letters that match an ASCII letter as that."""
    return text.lower() if text.isascii() else text.translate(_LIKE_ASCII).lower()


class Prefilter(Generic[Row]):
    """Rows, each with its expressions, and which of them can match a text. Built once; holds no state of a text."""

    def __init__(self, rows: Iterable[tuple[Row, Written]]) -> None:
        """Index `rows`; their order is the order of every answer."""
        sets: dict[frozenset[str], int] = {}
        self._rows: list[tuple[int, Row]] = []
        listed = list(rows)
        for (row, _), needed in zip(listed, _required_by([pattern for _, pattern in listed]), strict=True):
            mask = 0
            for literals in needed:
                mask |= 1 << sets.setdefault(literals, len(sets))
            self._rows.append((mask, row))
        masks: dict[str, int] = {}
        for literals, number in sets.items():
            for literal in literals:
                masks[literal] = masks.get(literal, 0) | 1 << number
        literals_ = sorted(masks)
        self._masks = [masks[literal] for literal in literals_]
        self._automaton = AhoCorasick(literals_)

    def possible(self, text: str) -> list[Row]:
        """The rows whose expressions may match somewhere in `text`, in order."""
        masks, met = self._masks, 0
        for literal in {hit[0] for hit in self._automaton.find_matches_as_indexes(lowered(text), overlapping=True)}:
            met |= masks[literal]
        return [row for mask, row in self._rows if mask & met == mask]


def _useful(sets: Iterable[frozenset[str]]) -> tuple[frozenset[str], ...]:
    """The sets that can tell texts apart, each once and without literals that hold another of it."""
    kept: dict[frozenset[str], None] = {}
    for literals in sets:
        if all(len(literal.strip()) > 1 for literal in literals):
            shortest = {one for one in literals if not any(other in one for other in literals if other != one)}
            kept[frozenset(shortest)] = None
    return tuple(kept)


def _sequence(items: Iterable[Any]) -> _Needs:  # Any: nodes of the parser of `re` have no types
    strings: frozenset[str] = _EMPTY
    sets: list[frozenset[str]] = []
    whole = True
    for operation, argument in items:
        needs = _node(str(operation), argument)
        sets += needs.sets
        joined = None if needs.strings is None else _joined(strings, needs.strings)
        if joined is not None:
            strings = joined
            continue
        sets.append(strings)
        strings = _EMPTY if needs.strings is None else needs.strings
        whole = False
    if whole:
        return _Needs(strings, tuple(sets))
    return _Needs(None, _useful((*sets, strings)))


def _joined(first: frozenset[str], second: frozenset[str]) -> frozenset[str] | None:
    if len(first) * len(second) > _MOST_STRINGS:
        return None
    return frozenset(one + other for one, other in product(first, second))


def _node(operation: str, argument: Any) -> _Needs:
    match operation:
        case "LITERAL":
            return _Needs(frozenset({lowered(chr(argument))}))
        case "IN":
            return _Needs(_characters(argument))
        case "BRANCH":
            return _either([_sequence(branch) for branch in argument[1]])
        case "SUBPATTERN":
            return _sequence(argument[-1])
        case "ATOMIC_GROUP":
            return _sequence(argument)
        case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
            least, most, inner = argument
            # What may be absent and may be repeated says nothing, and costs most of the time.
            return _repeated(_sequence(inner), int(least), int(most)) if least or most == 1 else _Needs(None)
        case "ASSERT" | "ASSERT_NOT" | "AT":
            return _Needs(_EMPTY)
        case _:
            return _Needs(None)


def _characters(members: Iterable[tuple[Any, Any]]) -> frozenset[str] | None:
    found = list(members)
    if len(found) > 4 or any(str(operation) != "LITERAL" for operation, _ in found):
        return None
    return frozenset(lowered(chr(character)) for _, character in found)


def _either(branches: list[_Needs]) -> _Needs:
    strings = [branch.strings for branch in branches]
    known = [each for each in strings if each is not None]
    if len(known) == len(branches):
        return _Needs(frozenset().union(*known))
    chosen = list(_best(branches))
    return _Needs(None, _useful((frozenset().union(*chosen),)) if len(chosen) == len(branches) else ())


def _best(branches: Iterable[_Needs]) -> Iterator[frozenset[str]]:
    """The most telling set of each branch that has one: that whose shortest literal is longest."""
    for branch in branches:
        sets = branch.sets if branch.strings is None else (branch.strings,)
        if sets:
            yield max(sets, key=lambda literals: (min(map(len, literals)), -len(literals), sorted(literals)))


def _repeated(inner: _Needs, least: int, most: int) -> _Needs:
    if least == 0:
        return _Needs(None if inner.strings is None else inner.strings | _EMPTY)
    if most == 1:
        return inner
    return _Needs(None, inner.sets if inner.strings is None else _useful((*inner.sets, inner.strings)))
