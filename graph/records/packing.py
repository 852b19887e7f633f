"""A claim or a concept as bytes and back.

A claim is its JSON as `graph.claimjson` has it, so that it can be sent as it lies there, and after it the kinds that
its statements take its ends for, which are not sent. A concept is a JSON array of its id and the values of its fields,
in their order. What comes back is what `graph.reading` makes of the triples that `graph.rdf` makes of the same thing.
"""

from dataclasses import fields, replace
from functools import lru_cache
from hashlib import sha256
from typing import Any, Final

import orjson

from graph import claimjson
from graph.rdf import canonical
from ontology.claim import Claim, Concept, Evidence, Mapping, Name, evidence_order
from ontology.reliability import weights
from ontology.terms import PREFIXES, Certainty, Kind, MappingRelation, NameType, Predicate, contract, expand

_VERSION: Final = 2
_CONCEPT: Final = b"["
_OF_CONCEPT: Final = 6
"""Values after the id."""

_STATEMENT: Final = tuple(field.name for field in fields(Evidence))
_KINDS: Final = {kind.value: kind for kind in Kind}
_PREDICATES: Final = {predicate.value: predicate for predicate in Predicate}
_CERTAINTIES: Final = {certainty.value: certainty for certainty in Certainty}
_NAME_TYPES: Final = {type_.value: type_ for type_ in NameType}
_MAPPING_RELATIONS: Final = {relation.value: relation for relation in MappingRelation}


def meaning() -> str:
    """What bytes mean, as 16 hex digits: those written by software that says otherwise cannot be read."""
    enums = (Kind, Predicate, Certainty, NameType, MappingRelation)
    weighed = weights()
    said = (
        *(_VERSION, _STATEMENT, dict(PREFIXES), [[member.value for member in enum] for enum in enums]),
        *(sorted(weighed.rules.items()), sorted(weighed.certainties.items())),  # which beliefs are made of
    )
    return sha256(orjson.dumps(said, option=orjson.OPT_SORT_KEYS)).hexdigest()[:16]


def pack(thing: Claim | Concept) -> bytes | None:
    """Its bytes; None where triples would say it in other words, such as an IRI that has a CURIE, or say too little."""
    if isinstance(thing, Claim) and not thing.evidence:
        return None
    packed, named = _pack_claim(thing) if isinstance(thing, Claim) else _pack_concept(thing)
    return packed if all(map(_is_usual, named)) else None


def unpack_claim(packed: bytes, id: str) -> Claim | None:
    """The claim with this id; None where these are not its bytes."""
    said = _said(packed, id)
    if said is None:
        return None
    evidence = tuple(map(_statement, said["evidence"], said["kinds"]))
    return Claim(said["subject"], _PREDICATES[said["predicate"]], said["object"], said["negated"], evidence)


def unpack_articles(packed: bytes, id: str) -> frozenset[str] | None:
    """The ids of the articles that state the claim with this id; None where these are not its bytes."""
    said = _said(packed, id)
    return None if said is None else frozenset(row["article"] for row in said["evidence"])


def unpack_concept(packed: bytes, id: str) -> Concept | None:
    """The concept with this id; None where these are not its bytes."""
    if not packed.startswith(_CONCEPT):
        return None
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
    return str(orjson.loads(packed)[0] if packed.startswith(_CONCEPT) else orjson.loads(claimjson.text(packed))["id"])


def _pack_claim(claim: Claim) -> tuple[bytes, list[str]]:
    evidence = tuple(sorted(claim.evidence, key=evidence_order))
    written = claimjson.written(claim if evidence == claim.evidence else replace(claim, evidence=evidence))
    kinds = orjson.dumps([(row.subject_kind, row.object_kind) for row in evidence])
    classes = [row.frequency_class for row in evidence if row.frequency_class is not None]
    return b"".join((written, b',"kinds":', kinds, b"}")), [claim.subject, claim.object, *classes]


def _pack_concept(concept: Concept) -> tuple[bytes, list[str]]:
    read = canonical(concept)
    names = [(name.text, name.type) for name in read.names]
    mappings = [(mapping.relation, mapping.curie) for mapping in read.mappings]
    values = read.id, read.label, read.kinds, names, mappings, read.definition, read.provisional
    return orjson.dumps(values), [read.id, *(curie for _, curie in mappings)]


@lru_cache(maxsize=1 << 14)  # claims have few ends
def _is_usual(name: str) -> bool:
    try:
        return contract(expand(name)) == name
    except ValueError:  # an IRI of a scheme that is none of the usual ones
        return False


def _said(packed: bytes, id: str) -> dict[str, Any] | None:
    """The fields of the claim with this id; None where these are not its bytes."""
    if not claimjson.is_written(packed):
        return None
    said: dict[str, Any] = orjson.loads(claimjson.text(packed))
    return said if said["id"] == id else None


def _statement(said: dict[str, Any], kinds: tuple[str, str]) -> Evidence:
    said["subject_kind"], said["object_kind"] = _KINDS[kinds[0]], _KINDS[kinds[1]]
    said["section"], said["certainty"] = tuple(said["section"]), _CERTAINTIES[said["certainty"]]
    return Evidence(**said)
