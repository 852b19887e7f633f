"""What becomes of the terms of a vocabulary that is added: concepts, and what was left out with the reason."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from ontology.claim import Concept, Name
from ontology.errors import InvalidVocabulary
from ontology.findings import Finding, Note
from ontology.foreign import ForeignTerm, ForeignVocabulary, Progress, Source
from ontology.kinds import find_kinds
from ontology.names import name_key
from ontology.obo import read_obo_vocabulary
from ontology.obographs import read_obographs
from ontology.terms import Kind, NameType
from ontology.thesaurus import FORMATS, read_thesaurus
from ontology.vocabularies import everyday_words, proper_words, uncapitalised, unsafe_names

LONGEST_NAME = 120
"""Longest name that is matched, in characters."""


@dataclass(frozen=True, slots=True)
class Adopted:
    """What a file gives: its concepts by id, and notes on what it does not give, in the order of the file."""

    vocabulary: ForeignVocabulary
    concepts: tuple[Concept, ...]
    notes: tuple[Note, ...]


def read_vocabulary(path: Path, *, progress: Progress | None = None) -> ForeignVocabulary:
    """What the file holds, in the format that its ending names. Imports are not followed.

    Raises:
        InvalidVocabulary: it cannot be read, has another ending, or is not what its ending says.
    """
    ending = path.suffix.lower()
    if ending not in (".obo", ".json", *FORMATS):
        known = ", ".join(sorted((".obo", ".json", *FORMATS)))
        raise InvalidVocabulary(f"{path}: {ending or 'a name without ending'} is no vocabulary read here ({known})")
    with Source(path, progress=progress) as source:
        if ending == ".obo":
            return read_obo_vocabulary(source)
        if ending == ".json":
            return read_obographs(source)
        return read_thesaurus(source, FORMATS[ending])


def adopt(vocabulary: ForeignVocabulary, *, kind: Kind | None = None) -> Adopted:
    """The concepts of a vocabulary by themselves; `kind` is given to those whose kind nothing tells.

    Raises:
        InvalidVocabulary: none of its terms can become a concept; the message says why.
    """
    terms = {term.id: term for term in reversed(vocabulary.terms)}
    proper = proper_words(". ".join(f"{term.definition or ''} {term.label or ''}" for term in vocabulary.terms))
    concepts: dict[str, Concept] = {}
    notes: list[Note] = []
    for term in vocabulary.terms:
        note = _find_bar(term, vocabulary, terms, kind, concepts)
        if note is not None:
            notes.append(note)
            continue
        label = uncapitalised(term.label or "", proper)
        names = [Name(uncapitalised(name.text, proper), name.type) for name in term.names]
        safe = list(_safe(term.id, (Name(label), *names), notes))
        if not safe:
            notes.append(Note(Finding.NO_NAME, term.id, label))
            continue
        label = next((name.text for name in safe if name.type is NameType.EXACT), safe[0].text)
        kinds = find_kinds(term, terms, vocabulary.title, kind)
        order = list(NameType)
        rest = sorted((name for name in safe if name.text != label), key=lambda name: order.index(name.type))
        mappings = tuple(sorted(term.mappings, key=lambda mapping: (mapping.relation.value, mapping.curie)))
        concepts[term.id] = Concept(term.id, label, kinds, tuple(rest), mappings, term.definition)
    if not concepts:
        raise InvalidVocabulary(f"no concept comes of its {len(vocabulary.terms)} terms: {_summary(notes)}")
    return Adopted(vocabulary, tuple(concepts[curie] for curie in sorted(concepts)), tuple(notes))


def _find_bar(
    term: ForeignTerm,
    vocabulary: ForeignVocabulary,
    terms: dict[str, ForeignTerm],
    kind: Kind | None,
    concepts: dict[str, Concept],
) -> Note | None:
    label = term.label or ""
    if term.obsolete:
        return Note(Finding.OBSOLETE, term.id, label)
    if vocabulary.prefix and term.prefix != vocabulary.prefix:
        return Note(Finding.IMPORTED, term.id, label)
    if not label:
        return Note(Finding.NO_LABEL, term.id, "")
    if term.id in concepts:
        return Note(Finding.TWICE, term.id, label)
    if not find_kinds(term, terms, vocabulary.title, kind):
        return Note(Finding.NO_KIND, term.id, label)
    return None


def _safe(curie: str, names: Iterable[Name], notes: list[Note]) -> Iterable[Name]:
    """The names that may be matched in running text, each once."""
    seen: set[str] = set()
    for name in names:
        key = name_key(name.text)
        if key in seen:
            continue
        seen.add(key)
        if sum(character.isalpha() for character in name.text) < 3:
            notes.append(Note(Finding.SHORT, curie, name.text))
        elif key in unsafe_names() or (key in everyday_words() and not name.text.isupper()):
            notes.append(Note(Finding.COMMON, curie, name.text))
        elif len(name.text) > LONGEST_NAME:
            notes.append(Note(Finding.LONG, curie, name.text))
        else:
            yield name


def _summary(notes: Iterable[Note]) -> str:
    count: defaultdict[Finding, int] = defaultdict(int)
    for note in notes:
        count[note.finding] += 1
    return "; ".join(f"{number} {finding}" for finding, number in sorted(count.items(), key=lambda item: -item[1]))
