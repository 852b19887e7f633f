"""The shapes asked of values before there are triples: whether what is about to be said conforms.

It is `graph.constraints` with the same compiled shapes, so what is said here follows from `shapes.ttl` too. What makes
it quick is what it need not look at: nodes that are described once, values that were judged before, and concepts of
the vocabulary layer, which nobody describes again. "Conforms" is never said of what triples would be refused for; where
something is unusual it is not said either, and the triples are looked at. That both agree is a test.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final, TypeAlias

from pyoxigraph import Literal, NamedNode, Triple

from graph.constraints import Property, Shape, Values, conforms, shapes
from graph.nodes import curie
from graph.rdf import CLAIM, CONCEPT, RELATIONS, TYPE
from graph.said import Said, Value, as_term, several
from graph.said import Values as SaidValues

_Types: TypeAlias = Mapping[NamedNode, Values]

_LINKS: Final = frozenset(RELATIONS.values())
_NOTHING: Final[SaidValues] = {}
_SHORT: Final = 100
"""Characters up to which it is kept what was judged of a text."""


def all_conform(said: Iterable[Said], curated: Mapping[NamedNode, frozenset[Triple]]) -> bool:
    """Whether the shapes surely allow all of this together; False where triples must be looked at.

    `curated` is what the vocabulary layer says of the concepts of its that are spoken of.
    """
    described = {node: _said_in(triples) for node, triples in curated.items()}
    judged: list[NamedNode] = []
    links: set[tuple[object, ...]] = set()
    for each in said:
        if len(each.values) == 1 and not _LINKS.isdisjoint(each.values):
            links.update((each.node, *link) for link in each.values.items())
        elif each.node in described:
            return False
        else:
            described[each.node] = each.values
            judged.append(each.node)
    around = _around(described)
    return (
        _can_be_foreseen()
        and all(map(_conform_alone, curated.values()))
        and all(shape.allows(node, around) for node in judged for shape in _shapes_of(described[node].get("rdf:type")))
        and _links_hold(described, links, curated)
    )


class _Judge:
    """What must hold of the values at the end of a path, by the CURIEs of its properties."""

    def __init__(self, property: Property) -> None:
        path = property.path
        self.along = tuple(map(_curie, path.forward))
        self.against = None if path.inverse is None else _curie(path.inverse)
        self.least, self.most = property.least, property.most
        self.among = property.among
        self.alone = property.alone
        self.is_plain = len(self.along) == 1 and not self.among
        self._remembered = lru_cache(maxsize=4096, typed=True)(self._judge)

    def allows(self, value: Value | tuple[Value, ...] | None) -> bool:
        """Whether what a property has is allowed, whatever else there is."""
        if value is None:
            return not self.least
        if isinstance(value, tuple):
            return self.least <= len(value) <= self.most and (not self.alone or all(map(self._judge, value)))
        if not self.least <= 1 <= self.most:
            return False
        is_long = isinstance(value, str) and len(value) > _SHORT
        return not self.alone or (self._judge(value) if is_long else self._remembered(value))

    def _judge(self, value: Value) -> bool:
        stated = as_term(value)
        return all(allowed(stated) for allowed in self.alone)


class _Judged:
    """One shape, and what must hold of its properties."""

    def __init__(self, shape: Shape) -> None:
        judges = tuple(map(_Judge, shape.properties))
        self._itself = shape.itself
        self._plain = tuple((judge.along[0], judge) for judge in judges if judge.is_plain)
        self._others = tuple(judge for judge in judges if not judge.is_plain)

    def allows(self, node: NamedNode, around: "_Around") -> bool:
        """Whether it surely holds of a node."""
        values = around.described[node]
        for name, judge in self._plain:
            if not judge.allows(values.get(name)):
                return False
        for judge in self._others:
            found = self._found(judge, node, around)
            if not judge.allows(found):
                return False
            if judge.among:
                terms: Values = list(map(as_term, found))
                about = _About(values)
                if not all(allowed(terms, about, around.types) for allowed in judge.among):
                    return False
        return all(allowed(node) for allowed in self._itself)

    def _found(self, judge: _Judge, node: NamedNode, around: "_Around") -> tuple[Value, ...]:
        if judge.against is not None:
            return around.pointing.get((judge.against, node), ())
        found = several(around.described[node].get(judge.along[0]))
        for step in judge.along[1:]:
            nearer = (around.described.get(each, _NOTHING) for each in found if isinstance(each, NamedNode))
            found = tuple(value for each in nearer for value in several(each.get(step)))
        return found


@dataclass(frozen=True, slots=True)
class _Around:
    """All that is said: what of each node, which nodes point to one (where a shape asks for that), and its types."""

    described: Mapping[NamedNode, SaidValues]
    pointing: Mapping[tuple[str, Value], tuple[Value, ...]]
    types: Mapping[object, _Types]


def _around(described: Mapping[NamedNode, SaidValues]) -> _Around:
    types: dict[object, _Types] = {node: _types(values.get("rdf:type")) for node, values in described.items()}
    pointing: dict[tuple[str, Value], tuple[Value, ...]] = {}
    for name in _against():
        for node, values in described.items():
            for value in several(values.get(name)):
                pointing[name, value] = (*pointing.get((name, value), ()), node)
    return _Around(described, pointing, types)


class _About:
    """What is said of a node, as checks of triples ask for it."""

    __slots__ = ("_values",)

    def __init__(self, values: SaidValues) -> None:
        self._values = values

    def get(self, property: NamedNode, _: Values, /) -> Values:
        """The values of a property as terms."""
        return [as_term(value) for value in several(self._values.get(_curie(property)))]


def _links_hold(
    described: Mapping[NamedNode, SaidValues],
    links: set[tuple[object, ...]],
    curated: Mapping[NamedNode, frozenset[Triple]],
) -> bool:
    """Whether the affirmed claims have their plain link and the denied ones surely none."""
    affirmed: set[tuple[object, ...]] = set()
    denied: set[tuple[NamedNode, NamedNode, NamedNode]] = set()
    for values in described.values():
        if values.get("rdf:type") != CLAIM:
            continue
        subject, predicate, object_ = values["rdf:subject"], values["rdf:predicate"], values["rdf:object"]
        if not (isinstance(subject, NamedNode) and isinstance(predicate, NamedNode) and isinstance(object_, NamedNode)):
            return False
        if values["etio:negated"]:
            denied.add((subject, predicate, object_))
        else:
            affirmed.add((subject, _curie(predicate), object_))
    return affirmed == links and not any(
        Triple(subject, predicate, object_) in curated.get(subject, ())
        for subject, predicate, object_ in denied
        if (subject, _curie(predicate), object_) not in affirmed
    )


@lru_cache(maxsize=4096)
def _curie(property: NamedNode) -> str:
    return curie(property)


@lru_cache(maxsize=4096)
def _types(value: Value | tuple[Value, ...] | None) -> _Types:
    return {TYPE: [as_term(each) for each in several(value)]}


@lru_cache(maxsize=4096)
def _said_in(triples: frozenset[Triple]) -> SaidValues:
    """What the layer says of one concept."""
    values: dict[str, tuple[Value, ...]] = {}
    for triple in triples:
        if isinstance(triple.object, NamedNode | Literal):  # as all in the layer are
            values[curie(triple.predicate)] = (*values.get(curie(triple.predicate), ()), triple.object)
    return values


@lru_cache(maxsize=4096)
def _conform_alone(triples: frozenset[Triple]) -> bool:
    """Whether what the layer says of a concept conforms, whatever else is said (`_can_be_foreseen`)."""
    return conforms(triples)


@lru_cache(maxsize=4096)
def _shapes_of(types: Value | tuple[Value, ...] | None) -> tuple[_Judged, ...]:
    """The shapes that hold of a node of these types."""
    every = _every_judged()
    return tuple(every[shape.target] for shape in shapes() if shape.target in several(types))


@cache
def _every_judged() -> Mapping[NamedNode, _Judged]:
    return {shape.target: _Judged(shape) for shape in shapes()}


@cache
def _against() -> tuple[str, ...]:
    return tuple({_curie(each.path.inverse) for shape in shapes() for each in shape.properties if each.path.inverse})


@cache
def _can_be_foreseen() -> bool:
    """Whether no shape looks at links, and that of concepts at nothing but these themselves."""
    return all(
        _LINKS.isdisjoint(map(_curie, property.path.forward))
        and (shape.target != CONCEPT or len(property.path.forward) == 1)
        for shape in shapes()
        for property in shape.properties
    )
