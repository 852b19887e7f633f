"""The vocabularies that were added to this installation: `etiograph vocabulary add` puts them there.

Each is one JSON file in the user's data folder, or in the folder that `ETIOGRAPH_VOCABULARIES` names, so that every
process of the installation sees the same: `ingest` with its workers, `extract` and `serve`. What a file was read to is
kept, not the file. One is written whole or not at all.
"""

import difflib
import os
import re
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final

import orjson
import platformdirs

from ontology.claim import Concept
from ontology.compiled import write
from ontology.errors import InvalidArgument, InvalidVocabulary
from ontology.table import dump, load
from ontology.terms import Kind

FOLDER: Final = "ETIOGRAPH_VOCABULARIES"
"""The environment variable that names the folder."""

_FORM: Final = 1
"""Form of the kept files; one of another form is refused."""

_NAME: Final = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """One that was added: its name, the file it was read from with that file's SHA-256, its format and its concepts.

    `kind` was given to the terms whose kind nothing tells. Names go to the vocabulary that was added first.
    """

    name: str
    file: str
    sha256: str
    format: str
    kind: Kind | None
    concepts: tuple[Concept, ...]


def vocabularies_folder() -> Path:
    """The folder of the installation's vocabularies; it need not exist."""
    stated = os.environ.get(FOLDER)
    return Path(stated) if stated else Path(platformdirs.user_data_dir("etiograph")) / "vocabularies"


def installed() -> tuple[Vocabulary, ...]:
    """The vocabularies that were added, in the order in which they were; () where none was.

    Raises:
        InvalidVocabulary: one cannot be read any more.
    """
    return tuple(vocabulary for _, vocabulary in sorted(map(_read, _files()), key=lambda kept: (kept[0], kept[1].name)))


def digest() -> str:
    """A hash of all that was added, "" where nothing was: with it the same text is read in the same way."""
    files = _files()
    if not files:
        return ""
    whole = sha256()
    for path in files:
        whole.update(path.name.encode() + b"\0" + sha256(path.read_bytes()).digest())
    return whole.hexdigest()


def put(vocabulary: Vocabulary) -> bool:
    """Keep a vocabulary, in place of one of the same name or behind all others; whether anything changed.

    Raises:
        InvalidArgument: its name can be none.
        InvalidVocabulary: the folder cannot be written.
    """
    path = _path(vocabulary.name)
    kept = {other.name: position for position, other in map(_read, _files())}
    content = _content(vocabulary, kept.get(vocabulary.name, max(kept.values(), default=0) + 1))
    try:
        if path.is_file() and path.read_bytes() == content:
            return False
        write(path, content)
        path.chmod(0o644)  # another user's server may read them
    except OSError as error:
        raise InvalidVocabulary(
            f"{path.parent} cannot be written ({error.strerror or error}); name another folder in {FOLDER}"
        ) from error
    return True


def remove(name: str) -> None:
    """Take a vocabulary out of the installation.

    Raises:
        InvalidArgument: there is none of that name; suggests those that look like it.
    """
    known = [path.stem for path in _files()]
    if name not in known:
        near = difflib.get_close_matches(name, known, n=3)
        listed = " or ".join(map(repr, near or known)) or "one that was added, and none was"
        raise InvalidArgument("vocabulary", name, listed)
    _path(name).unlink()


def vocabulary_name(stem: str) -> str:
    """The name that a file's stem gives: lower case, with hyphens for what a name may not have.

    Raises:
        InvalidArgument: nothing is left of it.
    """
    name = re.sub(r"[^a-z0-9._-]+", "-", stem.lower()).strip("-._")[:64]
    if not _NAME.fullmatch(name):
        raise InvalidArgument("name", stem, "a name with Latin letters or digits; give one with --name")
    return name


def _files() -> tuple[Path, ...]:
    folder = vocabularies_folder()
    return tuple(sorted(folder.glob("*.json"))) if folder.is_dir() else ()


def _path(name: str) -> Path:
    if not _NAME.fullmatch(name):
        raise InvalidArgument("name", name, "up to 64 lower-case letters, digits, '.', '_' and '-'")
    return vocabularies_folder() / f"{name}.json"


def _content(vocabulary: Vocabulary, position: int) -> bytes:
    head = {
        "form": _FORM,
        "position": position,
        "name": vocabulary.name,
        "file": vocabulary.file,
        "sha256": vocabulary.sha256,
        "format": vocabulary.format,
        "kind": vocabulary.kind,
        "concepts": orjson.Fragment(dump(vocabulary.concepts)),
    }
    return orjson.dumps(head)


def _read(path: Path) -> tuple[int, Vocabulary]:
    try:
        head = orjson.loads(path.read_bytes())
        if head["form"] != _FORM:
            raise InvalidVocabulary(f"form {head['form']}")
        return int(head["position"]), Vocabulary(
            name=path.stem,
            file=head["file"],
            sha256=head["sha256"],
            format=head["format"],
            kind=Kind(head["kind"]) if head["kind"] else None,
            concepts=load(orjson.dumps(head["concepts"])),
        )
    except (OSError, ValueError, TypeError, KeyError, InvalidVocabulary) as error:
        raise InvalidVocabulary(
            f"{path}: cannot be read as an added vocabulary ({error}); add it again, or delete the file"
        ) from error
