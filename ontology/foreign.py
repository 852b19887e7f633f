"""Terms of other people's vocabularies, in one form: what an OBO, OBO Graphs JSON or SKOS file says of each.

This module knows what is read from such a file and in which words its problems are told. The readers are
`ontology.obo`, `ontology.obographs` and `ontology.skos`; what a term becomes is decided in `ontology.adoption`.
"""

import re
import stat
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from ontology.claim import Mapping, Name
from ontology.errors import InvalidVocabulary
from ontology.terms import PREFIXES, Kind, MappingRelation, NameType, contract, expand

LARGEST: Final = 512_000_000
"""Largest vocabulary file that is read, in bytes."""

Progress = Callable[[int, int], None]
"""Called with the number of bytes read and of all."""

_IRI: Final = re.compile(r"(?:https?://|urn:)[^\s<>\"{}|\\^`]+")
_LOCAL: Final = re.compile(r"[A-Za-z0-9._-]+")
_OBO: Final = "http://purl.obolibrary.org/obo/"
_OTHER_PREFIXES: Final = {"UMLS_CUI": "UMLS", "MSH": "MESH", "MeSH": "MESH", "SCTID": "SNOMEDCT", "ICD10CM": "ICD10CM"}
_STEP: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class ForeignTerm:
    """One term: `parents` are ids of the file, `kinds` those that it states itself, `prefix` that of its id.

    `label` is None where it has none in English. `names` leaves out broader, narrower and related ones.
    """

    id: str
    prefix: str
    label: str | None
    names: tuple[Name, ...] = ()
    parents: tuple[str, ...] = ()
    mappings: tuple[Mapping, ...] = ()
    kinds: tuple[Kind, ...] = ()
    definition: str | None = None
    obsolete: bool = False


@dataclass(frozen=True, slots=True)
class ForeignVocabulary:
    """What a file holds. `prefix` is that of its own terms, "" where all are; `imports` were not followed."""

    format: str
    title: str
    prefix: str
    terms: tuple[ForeignTerm, ...]
    imports: tuple[str, ...] = ()


class Source:
    """A file that is read once, in pieces, and tells how far it is. A context manager."""

    def __init__(self, path: Path, *, progress: Progress | None = None) -> None:
        """Open `path`.

        Raises:
            InvalidVocabulary: it is no regular file, cannot be opened, is empty or too large.
        """
        self.path = path
        self._progress = progress
        self._read = self._told = 0
        try:
            status = path.stat()
            if not stat.S_ISREG(status.st_mode):
                raise InvalidVocabulary(f"{path}: not a file; give the vocabulary's file itself")
            if not status.st_size:
                raise InvalidVocabulary(f"{path}: empty: there is no vocabulary in it")
            if status.st_size > LARGEST:
                raise InvalidVocabulary(
                    f"{path}: too large: {status.st_size:,} bytes, at most {LARGEST:,} are read; "
                    "give a subset of it (most vocabularies publish some)"
                )
            self.size = status.st_size
            self._file: BinaryIO = path.open("rb")
        except OSError as error:
            raise InvalidVocabulary(f"{path}: cannot be read ({error.strerror or error})") from error

    def read(self, size: int = -1) -> bytes:
        """The next `size` bytes, all that are left where negative."""
        content = self._file.read(size)
        self._tell(len(content))
        return content

    def readline(self) -> bytes:
        """The next line with its end; b"" at the end of the file."""
        line = self._file.readline(_STEP)
        self._tell(len(line))
        return line

    @property
    def file(self) -> BinaryIO:
        """The file itself, for a parser that reads it without telling how far it is."""
        return self._file

    def rewind(self) -> None:
        """Go back to the beginning."""
        self._file.seek(0)
        self._read = self._told = 0

    def __enter__(self) -> "Source":
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def _tell(self, length: int) -> None:
        self._read += length
        if self._progress is not None and (self._read - self._told >= _STEP or not length):
            self._told = self._read
            self._progress(min(self._read, self.size), self.size)


def find_id(stated: str, *, spaces: dict[str, str] | None = None) -> tuple[str, str] | None:
    """The (id, prefix) of a term as its file states it: a CURIE of a prefix that we know, else an IRI; else None.

    `spaces` are the prefixes that the file itself explains. An OBO id of an unknown prefix is an IRI of the OBO
    library, the prefix is the one in it.
    """
    if _IRI.fullmatch(stated):
        curie = contract(stated)
        prefix = curie.partition(":")[0] if curie != stated else stated.removeprefix(_OBO).rpartition("_")[0]
        return curie, prefix if curie != stated or stated.startswith(_OBO) else ""
    prefix, colon, local = stated.partition(":")
    if not colon or not _LOCAL.fullmatch(local) or not _LOCAL.fullmatch(prefix) or prefix == "etiop":
        return None
    if prefix in PREFIXES:
        return stated, prefix
    namespace = (spaces or {}).get(prefix)
    iri = f"{namespace}{local}" if namespace and _IRI.match(namespace) else f"{_OBO}{prefix}_{local}"
    return contract(iri), prefix


def find_mapping(relation: MappingRelation, stated: str) -> Mapping | None:
    """A mapping to a vocabulary that we know; None for any other, and for a reference that is no CURIE."""
    prefix, colon, local = contract(stated).partition(":")
    known = next((ours for theirs, ours in _OTHER_PREFIXES.items() if prefix == theirs), prefix)
    if prefix.startswith("SNOMEDCT"):
        known = "SNOMEDCT"
    if not colon or known not in PREFIXES or not _LOCAL.fullmatch(local) or known == "etiop":
        return None
    return Mapping(relation, contract(expand(f"{known}:{local}")))


def name_type(scope: str, type_: str) -> NameType | None:
    """How a synonym of an OBO vocabulary names its term; None where it is no name of just this term."""
    if scope.upper() not in ("EXACT", "HASEXACTSYNONYM"):
        return None
    kind = re.split(r"[/#]", type_)[-1].replace("_", ":").lower()
    if kind in ("deprecated", "misspelling", "obsolete:synonym", "inconsistent"):
        return None
    if kind in ("layperson", "omo:0003003"):
        return NameType.LAY
    return NameType.ABBREVIATION if kind in ("abbreviation", "omo:0003000", "acronym") else NameType.EXACT


def find_prefix(title: str, terms: tuple[ForeignTerm, ...]) -> str:
    """The prefix of a vocabulary's own terms: its title's, where terms have it, else that of most; "" for none.

    A file often carries terms of the vocabularies it refers to; they are not what it was chosen for.
    """
    count = Counter(term.prefix for term in terms if not term.obsolete)
    stated = re.split(r"[/.#]", title.removeprefix(_OBO))[0].upper()
    named = next((prefix for prefix in sorted(count) if prefix.upper() == stated), None)
    return named or min(count, key=lambda prefix: (-count[prefix], prefix), default="")
