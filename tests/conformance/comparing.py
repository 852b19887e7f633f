"""Whether two tables of terms say the same: rows as often in both, up to one renaming of blank nodes.

The terms of a row are compared by form first. `valued` turns numbers, truth values and language tags into a form of
their own, so that `1.0` and `1` of one datatype are the same; doubles and floats to nine and six digits.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from decimal import Decimal, InvalidOperation
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode

from conformance.answers import Row
from conformance.documents import Term

XSD: Final = "http://www.w3.org/2001/XMLSchema#"
_DIGITS: Final = {XSD + "double": 9, XSD + "float": 6}
_INTEGERS: Final = frozenset(
    XSD + name
    for name in (
        "integer nonPositiveInteger negativeInteger long int short byte nonNegativeInteger unsignedLong unsignedInt "
        "unsignedShort unsignedByte positiveInteger"
    ).split()
)

_TIMES: Final = frozenset(XSD + name for name in ("date", "dateTime", "time"))

Colours = dict[BlankNode, int]


def same(left: Collection[Row], right: Collection[Row]) -> bool:
    """Whether both hold the same rows, each as often, under some bijection of blank nodes."""
    return len(left) == len(right) and _matches(
        list(left), list(right), dict.fromkeys(_blank(left), 0), dict.fromkeys(_blank(right), 0)
    )


def same_order(left: Collection[Row], right: Collection[Row]) -> bool:
    """Whether both hold the same rows in the same order."""

    def numbered(rows: Iterable[Row]) -> list[Row]:
        return [(Literal(str(number)), *row) for number, row in enumerate(rows)]

    return same(numbered(left), numbered(right))


def valued(row: Row) -> Row:
    """The row with every literal in the one form of its value."""
    return tuple(_value(term) for term in row)


def _matches(left: list[Row], right: list[Row], lefts: Colours, rights: Colours) -> bool:
    lefts, rights = _refined(left, lefts), _refined(right, rights)
    if _painted(left, lefts) != _painted(right, rights):
        return False
    classes: dict[int, list[BlankNode]] = defaultdict(list)
    for node, colour in lefts.items():
        classes[colour].append(node)
    open_ones = sorted((len(nodes), colour) for colour, nodes in classes.items() if len(nodes) > 1)
    if not open_ones:
        return True
    _, colour = open_ones[0]
    chosen = classes[colour][0]
    return any(
        _matches(left, right, {**lefts, chosen: -1}, {**rights, other: -1})
        for other, painted in rights.items()
        if painted == colour
    )


def _refined(rows: list[Row], colours: Colours) -> Colours:
    """Colours that tell blank nodes apart by where they stand, as far as that goes."""
    while True:
        places: dict[BlankNode, list[int]] = defaultdict(list)
        for row in rows:
            painted = _paint(row, colours)
            for place, term in enumerate(row):
                if isinstance(term, BlankNode):
                    places[term].append(hash((place, painted)))
        finer = {node: hash((colours[node], *sorted(seen))) for node, seen in places.items()}
        if len(set(finer.values())) == len(set(colours.values())):
            return finer
        colours = finer


def _paint(row: Row, colours: Colours) -> tuple[object, ...]:
    return tuple((colours[term],) if isinstance(term, BlankNode) else term for term in row)


def _painted(rows: list[Row], colours: Colours) -> Counter[tuple[object, ...]]:
    return Counter(_paint(row, colours) for row in rows)


def _blank(rows: Iterable[Row]) -> set[BlankNode]:
    return {term for row in rows for term in row if isinstance(term, BlankNode)}


def _value(term: Term | None) -> Term | None:
    if not isinstance(term, Literal):
        return term
    if term.language is not None:
        return Literal(term.value, language=term.language.lower())
    return Literal(_form(term.value, term.datatype.value), datatype=NamedNode(term.datatype.value))


def _form(written: str, datatype: str) -> str:
    try:
        if datatype in _INTEGERS:
            return str(int(written))
        if datatype == XSD + "decimal":
            return format(Decimal(written).normalize(), "f")
        if datatype in _DIGITS:
            return f"{float(written.replace('INF', 'inf')):.{_DIGITS[datatype] - 1}e}"
    except (ValueError, InvalidOperation):
        return written
    if datatype in _TIMES:
        return re.sub(r"[+-]00:00\Z", "Z", written)
    return {"1": "true", "0": "false"}.get(written, written) if datatype == XSD + "boolean" else written
