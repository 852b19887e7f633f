"""Keeps concepts read from a large vocabulary file in the user's cache folder, as JSON.

The file's name is a hash of everything the concepts were made from, so an entry is never out of date. An entry
that cannot be read is made anew; a folder that cannot be written is done without.
"""

import os
import tempfile
from collections.abc import Callable, Iterable
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path

import orjson
import platformdirs

from ontology.claim import Concept, Mapping, Name
from ontology.errors import InvalidVocabulary
from ontology.terms import Kind, MappingRelation, NameType


def compiled(
    name: str, sources: Iterable[Path], make: Callable[[], tuple[Concept, ...]], *, folder: Path | None = None
) -> tuple[Concept, ...]:
    """What `make()` returns, from the cache where the bytes of all `sources` are the ones it was made from.

    `folder` is `platformdirs.user_cache_dir("etiograph")` unless given.
    """
    folder = folder or Path(platformdirs.user_cache_dir("etiograph"))
    path = folder / f"{name}-{_digest(sources)}.json"
    with suppress(OSError, InvalidVocabulary):
        return _load(path.read_bytes())
    concepts = make()
    with suppress(OSError):
        _write(path, _dump(concepts))
    return concepts


def _digest(sources: Iterable[Path]) -> str:
    digest = blake2b(digest_size=16)
    for path in sources:
        content = path.read_bytes()
        digest.update(f"{path.name}:{len(content)}:".encode())
        digest.update(content)
    return digest.hexdigest()


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=path.stem)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(temporary).replace(path)
    except OSError:
        Path(temporary).unlink(missing_ok=True)
        raise


def _dump(concepts: tuple[Concept, ...]) -> bytes:
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


def _load(content: bytes) -> tuple[Concept, ...]:
    kinds = {kind.value: kind for kind in Kind}
    types = {type_.value: type_ for type_ in NameType}
    relations = {relation.value: relation for relation in MappingRelation}
    try:
        return tuple(
            Concept(
                curie,
                label,
                tuple([kinds[kind] for kind in kinds_]),
                tuple([Name(text, types[type_]) for text, type_ in names]),
                tuple([Mapping(relations[relation], other) for relation, other in mappings]),
                definition,
            )
            for curie, label, kinds_, names, mappings, definition in orjson.loads(content)
        )
    except (ValueError, TypeError, KeyError) as error:
        raise InvalidVocabulary(f"unreadable cache entry: {error}") from error
