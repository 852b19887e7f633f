"""The names of concepts, folded, with what is needed to rank them: from concepts, or from a store in a few scans."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

import pyoxigraph
from pyoxigraph import Literal, NamedNode

from graph import nodes
from graph.rdf import CONCEPT, NAMES, TYPE
from graph.stored import subjects
from ontology.claim import Concept
from ontology.names import name_key, texts
from ontology.resolving import name_rank, standing
from ontology.terms import Kind, NameType

_KINDS: Final = {kind: 1 << place for place, kind in enumerate(Kind)}
_LABEL: Final = nodes.term("skos:prefLabel")


@dataclass(frozen=True, slots=True)
class Gathered:
    """What the arrays are made from; concepts are numbered by their place in `ids`, which is sorted.

    The three lists of names are of one length; the order of their rows says nothing.
    """

    ids: list[str]
    kinds: list[int]
    labels: list[str]
    keys: list[str] = field(default_factory=list)
    ranks: list[int] = field(default_factory=list)
    concepts: list[int] = field(default_factory=list)

    def add(self, concept: int, text: str, type_: NameType | None) -> None:
        """Note a name as written; the label has no type."""
        self.keys.append(name_key(text))
        self.ranks.append(name_rank(standing(self.ids[concept]), type_))
        self.concepts.append(concept)


def kind_mask(kinds: Iterable[Kind]) -> int:
    """One bit a kind."""
    mask = 0
    for kind in kinds:
        mask |= _KINDS[kind]
    return mask


def gathered(concepts: Iterable[Concept]) -> Gathered:
    """The names of these concepts."""
    ordered = sorted(concepts, key=lambda concept: concept.id)
    found = Gathered(
        [concept.id for concept in ordered],
        [kind_mask(concept.kinds) for concept in ordered],
        [concept.label for concept in ordered],
    )
    for number, concept in enumerate(ordered):
        for text, type_ in texts(concept):
            found.add(number, text, type_)
    return found


def gathered_from(store: pyoxigraph.Store) -> Gathered:
    """The names of all concepts of a store, as `graph.reading.read_concept` reads them, without reading each."""
    nodes_by_id = sorted((nodes.curie(node), node.value) for node in subjects(store, TYPE, CONCEPT))
    numbers = {iri: number for number, (_, iri) in enumerate(nodes_by_id)}
    found = Gathered([curie for curie, _ in nodes_by_id], [0] * len(nodes_by_id), [])
    del nodes_by_id
    for kind, bit in _KINDS.items():
        for node in subjects(store, TYPE, NamedNode(kind.iri)):
            number = numbers.get(node.value)
            if number is not None:
                found.kinds[number] |= bit
    _add_names(found, store, numbers)
    return found


def _add_names(found: Gathered, store: pyoxigraph.Store, numbers: dict[str, int]) -> None:
    labels: list[str | None] = [None] * len(numbers)
    for number, text in _english(store, _LABEL, numbers):
        known = labels[number]
        labels[number] = text if known is None else min(known, text)
    found.labels.extend(id if label is None else label for id, label in zip(found.ids, labels, strict=True))
    for number, label in enumerate(found.labels):
        found.add(number, label, None)
    for type_, name in NAMES.items():
        for number, text in _english(store, NamedNode(name), numbers):
            found.add(number, text, type_)


def _english(store: pyoxigraph.Store, name: NamedNode, numbers: dict[str, int]) -> Iterable[tuple[int, str]]:
    """Concept and text of each value of a property that is in English or in no language."""
    for quad in store.quads_for_pattern(None, name, None, nodes.DEFAULT):
        value = quad.object
        if isinstance(quad.subject, NamedNode) and isinstance(value, Literal) and value.language in (None, "en"):
            number = numbers.get(quad.subject.value)
            if number is not None:
                yield number, value.value
