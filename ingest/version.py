"""The version of everything that decides what is read from a text."""

from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Final

from ontology import installed
from ontology.vocabularies import hp_file, icd10cm_file

NAME: Final = "etiograph/0.1"
"""Name and version of the rules for people."""

_PACKAGES: Final = (Path(__file__).parent, Path(__file__).parents[1] / "ontology")
_ENDINGS: Final = frozenset({".py", ".yaml", ".ttl", ".tsv", ".txt"})
_LIBRARIES: Final = ("ahocorasick-rs", "markdown-it-py", "simplemma")


@cache
def extractor_version() -> str:
    """`etiograph/0.1+` and 12 hex digits: a digest of rules, vocabularies and the libraries that words go through.

    With another digest the same text may say something else, so what was read with it is read again.
    """
    digest = sha256()
    for name, content in _sources():
        digest.update(f"{name}:{len(content)}:".encode())
        digest.update(content)
    return f"{NAME}+{digest.hexdigest()[:12]}"


def _sources() -> Iterator[tuple[str, bytes]]:
    for package in _PACKAGES:
        for path in sorted(path for path in package.rglob("*") if path.suffix in _ENDINGS):
            yield path.relative_to(package.parent).as_posix(), path.read_bytes()
    for path in (hp_file(), icd10cm_file()):
        yield path.name, path.read_bytes()
    yield "added vocabularies", installed.digest().encode()
    for library in _LIBRARIES:
        yield library, version(library).encode()
