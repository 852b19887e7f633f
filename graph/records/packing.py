"""A claim or a concept as bytes and back: a JSON array of its id and the values of its fields, in their order.

What comes back is what `graph.reading` makes of the triples that `graph.rdf` makes of the same thing.
"""

from collections.abc import Callable, Sequence
from dataclasses import fields
from hashlib import sha256
from operator import attrgetter
from typing import Any, Final

import orjson

from graph.rdf import canonical
from ontology.claim import Claim, Concept, Evidence, Mapping, Name, evidence_order
from ontology.terms import PREFIXES, Certainty, Kind, MappingRelation, NameType, Predicate, contract, expand

_VERSION: Final = 1
_OF_CLAIM: Final = 5
_OF_CONCEPT: Final = 6
"""Values after the id."""

_STATEMENT: Final = tuple(field.name for field in fields(Evidence))
_values: Callable[[Evidence], tuple[Any, ...]] = attrgetter(*_STATEMENT)
_KINDS: Final = {kind.value: kind for kind in Kind}
_PREDICATES: Final = {predicate.value: predicate for predicate in Predicate}
_CERTAINTIES: Final = {certainty.value: certainty for certainty in Certainty}
_NAME_TYPES: Final = {type_.value: type_ for type_ in NameType}
_MAPPING_RELATIONS: Final = {relation.value: relation for relation in MappingRelation}


def meaning() -> str:
    """What bytes mean, as 16 hex digits: those written by software that says otherwise cannot be read."""
    enums = (Kind, Predicate, Certainty, NameType, MappingRelation)
    said = (_VERSION, _STATEMENT, dict(PREFIXES), [[member.value for member in enum] for enum in enums])
    return sha256(orjson.dumps(said, option=orjson.OPT_SORT_KEYS)).hexdigest()[:16]


def pack(thing: Claim | Concept) -> bytes | None:
    """Its bytes; None where triples would say it in other words, such as an IRI that has a CURIE."""
    packed, named = _pack_claim(thing) if isinstance(thing, Claim) else _pack_concept(thing)
    return packed if all(map(_is_usual, named)) else None


def unpack_claim(packed: bytes, id: str) -> Claim | None:
    """The claim with this id; None where these are not its bytes."""
    own, *values = orjson.loads(packed)
    if own != id or len(values) != _OF_CLAIM:
        return None
    subject, predicate, object_, negated, evidence = values
    return Claim(subject, _PREDICATES[predicate], object_, negated, tuple(map(_statement, evidence)))


def unpack_articles(packed: bytes, id: str) -> frozenset[str] | None:
    """The ids of the articles that state the claim with this id; None where these are not its bytes."""
    own, *values = orjson.loads(packed)
    return frozenset(row[0] for row in values[-1]) if own == id and len(values) == _OF_CLAIM else None


def unpack_concept(packed: bytes, id: str) -> Concept | None:
    """The concept with this id; None where these are not its bytes."""
    own, *values = orjson.loads(packed)
    if own != id or len(values) != _OF_CONCEPT:
        return None
    label, kinds, names, mappings, definition, provisional = values
    return Concept(
        id=own,
        label=label,
        kinds=tuple(_KINDS[kind] for kind in kinds),
        names=tuple(Name(text, _NAME_TYPES[type_]) for text, type_ in names),
        mappings=tuple(Mapping(_MAPPING_RELATIONS[relation], curie) for relation, curie in mappings),
        definition=definition,
        provisional=provisional,
    )


def id_in(packed: bytes) -> str:
    """The id of what these bytes are of."""
    return str(orjson.loads(packed)[0])


def _pack_claim(claim: Claim) -> tuple[bytes, list[str]]:
    evidence = sorted(claim.evidence, key=evidence_order)
    values = claim.id, claim.subject, claim.predicate, claim.object, claim.negated, [_values(row) for row in evidence]
    classes = [row.frequency_class for row in evidence if row.frequency_class is not None]
    return orjson.dumps(values), [claim.subject, claim.object, *classes]


def _pack_concept(concept: Concept) -> tuple[bytes, list[str]]:
    read = canonical(concept)
    names = [(name.text, name.type) for name in read.names]
    mappings = [(mapping.relation, mapping.curie) for mapping in read.mappings]
    values = read.id, read.label, read.kinds, names, mappings, read.definition, read.provisional
    return orjson.dumps(values), [read.id, *(curie for _, curie in mappings)]


def _is_usual(name: str) -> bool:
    try:
        return contract(expand(name)) == name
    except ValueError:  # an IRI of a scheme that is none of the usual ones
        return False


def _statement(values: Sequence[Any]) -> Evidence:
    named = dict(zip(_STATEMENT, values, strict=True))
    named["subject_kind"], named["object_kind"] = _KINDS[named["subject_kind"]], _KINDS[named["object_kind"]]
    named["section"], named["certainty"] = tuple(named["section"]), _CERTAINTIES[named["certainty"]]
    return Evidence(**named)
