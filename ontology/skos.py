"""Reads concepts from a SKOS file in Turtle, as `lexicon/*.ttl` are written."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import pyoxigraph

from ontology.claim import Concept, Mapping, Name
from ontology.errors import InvalidVocabulary
from ontology.terms import ETIO, PREFIXES, Kind, MappingRelation, NameType, contract

_SKOS: Final = PREFIXES["skos"]
_TYPE: Final = PREFIXES["rdf"] + "type"
KINDS: Final = {kind.iri: kind for kind in Kind}
NAMES: Final = {
    _SKOS + "altLabel": NameType.EXACT,
    ETIO + "layName": NameType.LAY,
    ETIO + "abbreviation": NameType.ABBREVIATION,
    _SKOS + "hiddenLabel": NameType.HIDDEN,
}
"""Property → the type of the names it gives."""

MAPPINGS: Final = {_SKOS + relation.value: relation for relation in MappingRelation}


@dataclass(slots=True)
class _Draft:
    is_concept: bool = False
    labels: list[str] = field(default_factory=list)
    kinds: list[Kind] = field(default_factory=list)
    names: list[Name] = field(default_factory=list)
    mappings: list[Mapping] = field(default_factory=list)
    definition: str | None = None


def read_skos(path: Path) -> tuple[Concept, ...]:
    """The concepts of a SKOS file, by id; names in file order within exact, lay, abbreviation, hidden.

    Labels in languages other than English are passed over; kinds are the classes of the ontology a concept is
    typed with, in file order.

    Raises:
        InvalidVocabulary: the file is not Turtle, or a concept has no kind or not exactly one preferred label.
    """
    drafts: dict[str, _Draft] = {}
    try:
        for triple in pyoxigraph.parse(path=path, format=pyoxigraph.RdfFormat.TURTLE):
            if isinstance(triple.subject, pyoxigraph.NamedNode):
                draft = drafts.setdefault(triple.subject.value, _Draft())
                _add(draft, triple.predicate.value, triple.object)
    except SyntaxError as error:
        raise InvalidVocabulary(f"{path.name}: not valid Turtle: {error}") from error
    concepts = [_concept(path, iri, draft) for iri, draft in drafts.items() if draft.is_concept]
    return tuple(sorted(concepts, key=lambda concept: concept.id))


def _add(draft: _Draft, predicate: str, value: object) -> None:
    if isinstance(value, pyoxigraph.Literal):
        if value.language not in (None, "en"):
            return
        if predicate == _SKOS + "prefLabel":
            draft.labels.append(value.value)
        elif predicate == _SKOS + "definition":
            draft.definition = value.value
        elif predicate in NAMES:
            draft.names.append(Name(value.value, NAMES[predicate]))
    elif isinstance(value, pyoxigraph.NamedNode):
        if predicate == _TYPE and value.value in KINDS:
            draft.kinds.append(KINDS[value.value])
        elif predicate == _TYPE:
            draft.is_concept |= value.value == _SKOS + "Concept"
        elif predicate in MAPPINGS:
            draft.mappings.append(Mapping(MAPPINGS[predicate], contract(value.value)))


def _concept(path: Path, iri: str, draft: _Draft) -> Concept:
    curie = contract(iri)
    if len(draft.labels) != 1:
        raise InvalidVocabulary(f"{path.name}: {curie} has {len(draft.labels)} preferred labels; give it exactly one")
    if not draft.kinds:
        raise InvalidVocabulary(f"{path.name}: {curie} has no kind; add one of {', '.join(Kind)}")
    order = list(NameType)
    return Concept(
        id=curie,
        label=draft.labels[0],
        kinds=tuple(dict.fromkeys(draft.kinds)),
        names=tuple(sorted(dict.fromkeys(draft.names), key=lambda name: order.index(name.type))),
        mappings=tuple(sorted(draft.mappings, key=lambda mapping: (mapping.relation.value, mapping.curie))),
        definition=draft.definition,
    )
