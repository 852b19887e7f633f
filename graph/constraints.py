"""The shapes as plain checks: whether triples conform, in a small part of the time that a SHACL engine takes.

`shapes.ttl` is the only source: it is compiled once into checks of pyoxigraph's terms. "Conforms" is never said here
of what SHACL would refuse; where a case is unusual (a subclass, an odd number) it is not said either, and the SHACL
engine decides (`ontology.shapes`). That both agree is a test.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Final, Protocol, TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse

from graph.nodes import term
from ontology.schema import SHAPES
from ontology.terms import PREFIXES

Values: TypeAlias = "list[object]"
Described: TypeAlias = "dict[object, dict[NamedNode, Values]]"
Alone: TypeAlias = Callable[[object], bool]
"""Whether a value is allowed, whatever else there is."""
Among: TypeAlias = "Callable[[Values, About, Mapping[object, Mapping[NamedNode, Values]]], bool]"
"""Whether values are allowed, given what else is said of their node and of all nodes."""


class About(Protocol):
    """What is said of a node, by property."""

    def get(self, property: NamedNode, default: Values, /) -> Values:
        """The values of a property."""


_SH: Final = PREFIXES["sh"]
_TYPE: Final = term("rdf:type")
_CLAIM: Final = term("etio:Claim")
_NEGATED: Final = term("etio:negated")
_LINK: Final = (term("rdf:subject"), term("rdf:predicate"), term("rdf:object"))
_SUBCLASS: Final = term("rdfs:subClassOf")
_NOTHING: Final[Values] = []
_UNDESCRIBED: Final[dict[NamedNode, Values]] = {}
_LEXICAL: Final = {
    "string": re.compile(r".*", re.DOTALL),
    "boolean": re.compile(r"true|false"),
    "integer": re.compile(r"[+-]?[0-9]+"),
    "decimal": re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)"),
}


@dataclass(frozen=True, slots=True)
class Path:
    """Where from a node the values lie: along properties, or against one."""

    forward: tuple[NamedNode, ...]
    inverse: NamedNode | None = None

    def values(self, node: object, described: Described, pointing: Described) -> Values:
        """What lies there, given what is said of all nodes and, for some properties, which nodes point to each."""
        if self.inverse is not None:
            return pointing.get(node, _UNDESCRIBED).get(self.inverse, _NOTHING)
        found = described[node].get(self.forward[0], _NOTHING)
        for step in self.forward[1:]:
            found = list({value for each in found for value in described.get(each, _UNDESCRIBED).get(step, _NOTHING)})
        return found


@dataclass(frozen=True, slots=True)
class Property:
    """What must hold of the values at the end of a path."""

    path: Path
    least: int
    most: float
    alone: tuple[Alone, ...]
    among: tuple[Among, ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """What must hold of the nodes of one class."""

    target: NamedNode
    itself: tuple[Alone, ...]
    properties: tuple[Property, ...]

    def allows(self, node: object, described: Described, pointing: Described) -> bool:
        """Whether it surely holds of a node; `described` and `pointing` as `Path.values` has them."""
        if not all(allowed(node) for allowed in self.itself):
            return False
        about = described[node]
        for property in self.properties:
            values = property.path.values(node, described, pointing)
            if not property.least <= len(values) <= property.most:
                return False
            for value in values:
                for allowed in property.alone:
                    if not allowed(value):
                        return False
            if property.among and not all(allowed(values, about, described) for allowed in property.among):
                return False
        return True


def conforms(triples: Iterable[Triple]) -> bool:
    """Whether the shapes surely allow these triples; False where only the SHACL engine can tell."""
    described: Described = defaultdict(dict)
    pointing: Described = defaultdict(dict)
    inverse = {property.path.inverse for shape in shapes() for property in shape.properties}
    for subject, predicate, object_ in triples:
        described[subject].setdefault(predicate, []).append(object_)
        if predicate in inverse:
            pointing[object_].setdefault(predicate, []).append(subject)
    if any(_SUBCLASS in about for about in described.values()):
        return False
    nodes = {shape.target: [node for node, about in described.items() if shape.target in about.get(_TYPE, _NOTHING)]
             for shape in shapes()}  # fmt: skip
    return all(
        shape.allows(node, described, pointing) for shape in shapes() for node in nodes[shape.target]
    ) and _links_hold(nodes[_CLAIM], described)


def _links_hold(claims: Values, described: Described) -> bool:
    """Whether the affirmed claims, and no others, have their plain triple."""
    links: dict[bool, set[tuple[object, object, object]]] = {True: set(), False: set()}
    subject, predicate, object_ = _LINK
    for claim in claims:
        about = described[claim]
        (negated,) = about[_NEGATED]
        denied = isinstance(negated, Literal) and negated.value == "true"
        links[denied].add((about[subject][0], about[predicate][0], about[object_][0]))
    return all(_stands(*link, described) for link in links[False]) and not any(
        _stands(*link, described) for link in links[True] - links[False]
    )


def _stands(subject: object, predicate: object, object_: object, described: Described) -> bool:
    about = described.get(subject, _UNDESCRIBED)
    return isinstance(predicate, NamedNode) and object_ in about.get(predicate, _NOTHING)


@cache
def shapes() -> tuple[Shape, ...]:
    """The shapes of `shapes.ttl`, compiled; read once.

    Raises:
        ValueError: they use a part of SHACL that is not known here.
    """
    about: Described = defaultdict(dict)
    for quad in parse(path=SHAPES, format=RdfFormat.TURTLE):
        about[quad.subject].setdefault(quad.predicate, []).append(quad.object)
    return tuple(
        Shape(
            target=_node(about[node][_sh("targetClass")][0]),
            itself=tuple(_alone(name, value) for name, value in _stated(about, node, "targetClass", "property")),
            properties=tuple(_property(about, each) for each in about[node][_sh("property")]),
        )
        for node in sorted((node for node in about if _sh("NodeShape") in about[node].get(_TYPE, _NOTHING)), key=str)
    )


def _property(about: Described, shape: object) -> Property:
    least, most, alone, among = 0, float("inf"), list[Alone](), list[Among]()
    for name, value in _stated(about, shape, "path", "message"):
        match name, value:
            case "minCount", Literal():
                least = int(value.value)
            case "maxCount", Literal():
                most = int(value.value)
            case "class", NamedNode():
                among.append(_typed(value))
            case "disjoint", NamedNode():
                among.append(_disjoint(value))
            case "lessThan", NamedNode():
                among.append(_less(value))
            case "in", _:
                alone.append(frozenset(_list(about, value)).__contains__)
            case _:
                alone.append(_alone(name, value))
    return Property(_path(about, about[shape][_sh("path")][0]), least, most, tuple(alone), tuple(among))


def _stated(about: Described, node: object, *passed: str) -> Iterator[tuple[str, object]]:
    for name, values in about[node].items():
        local = name.value.removeprefix(_SH)
        if name != _TYPE and local not in passed:
            yield from ((local, value) for value in values)


def _typed(wanted: NamedNode) -> Among:
    return lambda values, _, described: all(
        wanted in described.get(value, _UNDESCRIBED).get(_TYPE, _NOTHING) for value in values
    )


def _disjoint(other: NamedNode) -> Among:
    return lambda values, about, _: not set(values).intersection(about.get(other, _NOTHING))


def _less(other: NamedNode) -> Among:
    def allowed(values: Values, about: About, _: Mapping[object, Mapping[NamedNode, Values]]) -> bool:
        greater = [_number(value) for value in about.get(other, _NOTHING)]
        smaller = [_number(value) for value in values]
        return all(a is not None and b is not None and a < b for a in smaller for b in greater)

    return allowed


def _alone(name: str, stated: object) -> Alone:
    match name, stated:
        case "nodeKind", NamedNode() if stated == _sh("IRI"):
            return lambda value: isinstance(value, NamedNode)
        case "datatype", NamedNode():
            matches = _LEXICAL[stated.value.removeprefix(PREFIXES["xsd"])].fullmatch
            return lambda value: isinstance(value, Literal) and value.datatype == stated and bool(matches(value.value))
        case "minLength", Literal():
            shortest = int(stated.value)
            return lambda value: len(_text(value)) >= shortest
        case "pattern", Literal():
            found = re.compile(stated.value).search
            return lambda value: bool(found(_text(value)))
        case "minInclusive", Literal():
            low = Decimal(stated.value)
            return lambda value: (number := _number(value)) is not None and number >= low
        case "maxInclusive", Literal():
            high = Decimal(stated.value)
            return lambda value: (number := _number(value)) is not None and number <= high
    raise ValueError(f"sh:{name} in shapes.ttl: not known to graph/constraints.py, which must learn it")


def _number(value: object) -> Decimal | None:
    try:
        return Decimal(value.value) if isinstance(value, Literal) else None
    except InvalidOperation:
        return None


def _text(value: object) -> str:
    return value.value if isinstance(value, NamedNode | Literal) else ""


def _path(about: Described, value: object) -> Path:
    if isinstance(value, NamedNode):
        return Path((value,))
    inverse = about[value].get(_sh("inversePath"))
    return Path((), _node(inverse[0])) if inverse else Path(tuple(_node(step) for step in _list(about, value)))


def _list(about: Described, head: object) -> Values:
    found: Values = []
    while isinstance(head, BlankNode):
        found += about[head][term("rdf:first")]
        (head,) = about[head][term("rdf:rest")]
    return found


def _node(value: object) -> NamedNode:
    if not isinstance(value, NamedNode):
        raise ValueError(f"{value} in shapes.ttl: expected an IRI")
    return value


def _sh(name: str) -> NamedNode:
    return NamedNode(_SH + name)
