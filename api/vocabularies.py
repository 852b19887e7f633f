"""Vocabularies of the installation: adding files with a report of what clashes, listing, and the JSON of both."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from pydantic import Field

from api.models import Wire
from ontology.adoption import Adopted, adopt, read_vocabulary
from ontology.errors import InvalidArgument, InvalidVocabulary
from ontology.findings import Finding, Note
from ontology.foreign import Progress
from ontology.installed import Vocabulary, installed, put, vocabularies_folder, vocabulary_name
from ontology.lexicon import grown
from ontology.terms import Kind


@dataclass(frozen=True, slots=True)
class Addition:
    """What came of one file: `gained` concepts are new, `changed` tells whether the installation is another now."""

    vocabulary: Vocabulary
    terms: int
    gained: int
    notes: tuple[Note, ...]
    imports: tuple[str, ...]
    changed: bool


class NoteOut(Wire):
    """A term or a name that was not taken as it is, or that went into a known concept."""

    finding: str
    term: str = Field(description="Id of the term.")
    name: str
    other: str | None = Field(default=None, description="Id of the concept that stands against it.")


class VocabularyOut(Wire):
    """A vocabulary of the installation."""

    name: str
    file: str
    format: str
    sha256: str
    kind: Kind | None = None
    concepts: int
    kinds: dict[Kind, int] = Field(description="Concepts by their usual kind.")
    names: int


class AdditionOut(Wire):
    """What came of adding one file."""

    vocabulary: VocabularyOut
    changed: bool
    terms: int
    new_concepts: int
    findings: dict[str, int]
    notes: tuple[NoteOut, ...]
    imports_not_followed: tuple[str, ...]


class VocabulariesOut(Wire):
    """The vocabularies of the installation, in the order in which they were added."""

    folder: str
    items: tuple[VocabularyOut, ...]


class AdditionsOut(Wire):
    """What came of adding files, in their order."""

    items: tuple[AdditionOut, ...]


def add(
    paths: Sequence[Path], *, name: str | None = None, kind: Kind | None = None, progress: Progress | None = None
) -> tuple[Addition, ...]:
    """What came of adding the files; nothing is added where one of them cannot be.

    Raises:
        InvalidVocabulary: a file cannot be read as a vocabulary, or the folder cannot be written.
        InvalidArgument: a name can be none, or two files would have the same.
    """
    read = [_read(path, name=name, kind=kind, progress=progress) for path in paths]
    names = [vocabulary.name for vocabulary, _ in read]
    for each, count in Counter(names).items():
        if count > 1:
            raise InvalidArgument("name", each, "one name a file; add the files one by one with --name")
    whole = grown(other for other in installed() if other.name not in names)
    found: list[Addition] = []
    for vocabulary, adopted in read:
        before = len(whole.concepts)
        whole.add(vocabulary.concepts)
        notes = (*adopted.notes, *whole.notes)
        gained = len(whole.concepts) - before
        imports = adopted.vocabulary.imports
        found.append(Addition(vocabulary, len(adopted.vocabulary.terms), gained, notes, imports, changed=False))
    return tuple(
        Addition(each.vocabulary, each.terms, each.gained, each.notes, each.imports, changed=put(each.vocabulary))
        for each in found
    )


def additions_out(found: Iterable[Addition]) -> AdditionsOut:
    """The additions as data."""
    return AdditionsOut(
        items=tuple(
            AdditionOut(
                vocabulary=_vocabulary(each.vocabulary),
                changed=each.changed,
                terms=each.terms,
                new_concepts=each.gained,
                findings={finding.value: number for finding, number in counted(each.notes)},
                notes=tuple(
                    NoteOut(finding=note.finding, term=note.term, name=note.name, other=note.other)
                    for note in each.notes
                ),
                imports_not_followed=each.imports,
            )
            for each in found
        )
    )


def vocabularies_out() -> VocabulariesOut:
    """The vocabularies of the installation as data."""
    return VocabulariesOut(folder=str(vocabularies_folder()), items=tuple(map(_vocabulary, installed())))


def counted(notes: Iterable[Note]) -> tuple[tuple[Finding, int], ...]:
    """How many notes there are of each finding, in the order of `Finding`."""
    count = Counter(note.finding for note in notes)
    return tuple((finding, count[finding]) for finding in Finding if count[finding])


def _read(path: Path, *, name: str | None, kind: Kind | None, progress: Progress | None) -> tuple[Vocabulary, Adopted]:
    called = vocabulary_name(name or path.stem)
    foreign = read_vocabulary(path, progress=progress)
    try:
        adopted = adopt(foreign, kind=kind)
    except InvalidVocabulary as error:
        raise InvalidVocabulary(f"{path}: {error}; --kind names the kind of what has none") from error
    with path.open("rb") as file:
        digest = sha256()
        while piece := file.read(1 << 20):
            digest.update(piece)
    vocabulary = Vocabulary(called, path.name, digest.hexdigest(), foreign.format, kind, adopted.concepts)
    return vocabulary, adopted


def _vocabulary(found: Vocabulary) -> VocabularyOut:
    kinds = Counter(concept.kinds[0] for concept in found.concepts)
    return VocabularyOut(
        name=found.name,
        file=found.file,
        format=found.format,
        sha256=found.sha256,
        kind=found.kind,
        concepts=len(found.concepts),
        kinds={kind: kinds[kind] for kind in Kind if kinds[kind]},
        names=sum(1 + len(concept.names) for concept in found.concepts),
    )
