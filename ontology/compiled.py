"""Keeps in the user's cache folder what is read or made from large files, so that it is made once.

The file's name is a hash of everything its content was made from, so an entry is never out of date. An entry that
cannot be read is made anew; a folder that cannot be written is done without. Two processes may make one together: each
writes a file of its own and puts it in place at once.
"""

import os
import tempfile
from collections.abc import Callable, Iterable
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import TypeVar

import platformdirs

from ontology.claim import Concept
from ontology.errors import InvalidVocabulary
from ontology.table import dump, load

Made = TypeVar("Made")


def compiled(
    name: str, sources: Iterable[Path], make: Callable[[], tuple[Concept, ...]], *, folder: Path | None = None
) -> tuple[Concept, ...]:
    """What `make()` returns, from the cache where the bytes of all `sources` are the ones it was made from.

    `folder` is `platformdirs.user_cache_dir("etiograph")` unless given.
    """
    return kept(name, fingerprint(sources), lambda: dump(make()), load, folder=folder)


def kept(
    name: str, key: str, make: Callable[[], bytes], read: Callable[[bytes], Made], *, folder: Path | None = None
) -> Made:
    """What `read` makes of the bytes that `make()` returns, which the cache keeps under this name and key.

    `read` raises `InvalidVocabulary` for bytes that `make` does not return. `folder` as for `compiled`.
    """
    folder = folder or Path(platformdirs.user_cache_dir("etiograph"))
    path = folder / f"{name}-{key}.json"
    with suppress(OSError, InvalidVocabulary):
        return read(path.read_bytes())
    content = make()
    with suppress(OSError):
        write(path, content)
    return read(content)


def fingerprint(sources: Iterable[Path], *keys: str) -> str:
    """A hash of the names and bytes of all `sources` and of `keys`, in their order."""
    digest = blake2b(digest_size=16)
    for path in sources:
        content = path.read_bytes()
        digest.update(f"{path.name}:{len(content)}:".encode())
        digest.update(content)
    for key in keys:
        digest.update(f"{len(key)}:{key}".encode())
    return digest.hexdigest()


def write(path: Path, content: bytes) -> None:
    """Put the content there whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=path.stem)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(temporary).replace(path)
    except OSError:
        Path(temporary).unlink(missing_ok=True)
        raise
