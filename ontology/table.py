"""Concepts as a cache file holds them: by id, each made when it is asked for.

A process that reads one article speaks of a hundred concepts and need not build twenty thousand.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

import orjson

from ontology.claim import Concept, Name
from ontology.claim import Mapping as Correspondence
from ontology.errors import InvalidVocabulary
from ontology.terms import Kind, MappingRelation, NameType

_KINDS: Final = {kind.value: kind for kind in Kind}
_TYPES: Final = {type_.value: type_ for type_ in NameType}
_RELATIONS: Final = {relation.value: relation for relation in MappingRelation}

_Row = tuple[str, str, list[str], list[tuple[str, str]], list[tuple[str, str]], str | None]


class ConceptTable(Mapping[str, Concept]):
    """Id → concept, in the order in which they were dumped."""

    __slots__ = ("_made", "_rows")

    def __init__(self, content: bytes) -> None:
        """Read what `dump` wrote.

        Raises:
            InvalidVocabulary: `content` is nothing that `dump` writes.
        """
        try:
            rows = {row[0]: row for row in orjson.loads(content)}
            if not all(len(row) == 6 and isinstance(row[3], list) for row in rows.values()):
                raise InvalidVocabulary("unreadable cache entry: a row of another length")
        except (ValueError, TypeError, KeyError, IndexError) as error:
            raise InvalidVocabulary(f"unreadable cache entry: {error}") from error
        self._rows: dict[str, _Row] = rows
        self._made: dict[str, Concept] = {}

    def __getitem__(self, curie: str) -> Concept:
        concept = self._made.get(curie)
        if concept is None:
            concept = self._made[curie] = _concept(self._rows[curie])
        return concept

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)


def dump(concepts: Iterable[Concept]) -> bytes:
    """The concepts as JSON, in order."""
    return orjson.dumps(
        [
            [
                concept.id,
                concept.label,
                [kind.value for kind in concept.kinds],
                [[name.text, name.type.value] for name in concept.names],
                [[mapping.relation.value, mapping.curie] for mapping in concept.mappings],
                concept.definition,
            ]
            for concept in concepts
        ]
    )


def load(content: bytes) -> tuple[Concept, ...]:
    """All concepts of a dump, in order.

    Raises:
        InvalidVocabulary: `content` is nothing that `dump` writes.
    """
    try:
        return tuple(ConceptTable(content).values())
    except (ValueError, TypeError, KeyError) as error:
        raise InvalidVocabulary(f"unreadable cache entry: {error}") from error


def _concept(row: _Row) -> Concept:
    curie, label, kinds, names, mappings, definition = row
    return Concept(
        curie,
        label,
        tuple([_KINDS[kind] for kind in kinds]),
        tuple([Name(text, _TYPES[type_]) for text, type_ in names]),
        tuple([Correspondence(_RELATIONS[relation], other) for relation, other in mappings]),
        definition,
    )
