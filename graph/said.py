"""What is to be said of a node, before it is triples: its properties with their values, as triples or as N-Triples."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final, TypeAlias

from pyoxigraph import Literal, NamedNode, Triple

from graph import nodes
from ontology.terms import PREFIXES

Term: TypeAlias = NamedNode | Literal
Value: TypeAlias = str | int | NamedNode | Literal
"""What a property has: a plain text, a number or a truth value, a node, or any other literal."""

Values: TypeAlias = Mapping[str, Value | tuple[Value, ...] | None]
"""What a node's properties have, by their CURIEs: one, several of which none twice, or None."""

_BOOLEAN: Final = f'"^^<{PREFIXES["xsd"]}boolean>'
_INTEGER: Final = f'"^^<{PREFIXES["xsd"]}integer>'
_ESCAPED: Final = re.compile('["\\\\\x00-\x1f\x7f\ufffe\uffff]')
"""What canonical N-Triples write otherwise than as it is."""


@dataclass(frozen=True, slots=True)
class Said:
    """A node and what is said of it."""

    node: NamedNode
    values: Values


def several(value: Value | tuple[Value, ...] | None) -> tuple[Value, ...]:
    """All that a property has."""
    if value is None:
        return ()
    return value if isinstance(value, tuple) else (value,)


def triples_of(said: Iterable[Said]) -> set[Triple]:
    """All of it as triples."""
    return {
        Triple(each.node, nodes.term(name), as_term(value))
        for each in said
        for name, values in each.values.items()
        for value in several(values)
    }


def lines_of(said: Iterable[Said]) -> list[str]:
    """All of it as canonical N-Triples in its order, a line each."""
    lines: list[str] = []
    for each in said:
        subject = str(each.node)
        for name, value in each.values.items():
            if value is None:
                continue
            if isinstance(value, str):
                written = str(Literal(value)) if _ESCAPED.search(value) else f'"{value}"'
                lines.append(f"{subject}{_property(name)}{written} .\n")
            elif isinstance(value, tuple):
                lines += [f"{subject}{_property(name)}{_written(one)} .\n" for one in value]
            else:
                lines.append(f"{subject}{_property(name)}{_written(value)} .\n")
    return lines


def as_term(value: Value) -> Term:
    """The value as a term of RDF."""
    return value if isinstance(value, NamedNode | Literal) else Literal(value)


def _written(value: Value) -> str:
    if isinstance(value, bool):
        return f'"{"true" if value else "false"}{_BOOLEAN}'
    if isinstance(value, int):
        return f'"{value}{_INTEGER}'
    return str(Literal(value)) if isinstance(value, str) else str(value)


@cache
def _property(name: str) -> str:
    return f" {nodes.term(name)} "
