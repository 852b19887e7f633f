"""Names ↔ concepts: which concept a name means, and where the vocabulary leaves that open.

A `Lexicon` is built once and never changes. Names are compared without regard to case, white space, hyphens and
kind of apostrophe, and, where nothing matches so, without regard to plurals. It reads no running text.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from types import MappingProxyType

from rapidfuzz import fuzz, process

from ontology.claim import Concept
from ontology.compiled import fingerprint, kept
from ontology.errors import InvalidVocabulary
from ontology.installed import Vocabulary, digest, installed
from ontology.merging import Growing, merged
from ontology.names import name_key, singular_key, texts
from ontology.resolving import Hit, chosen, curie_of, name_rank, standing, written
from ontology.table import ConceptTable, dump
from ontology.terms import Kind, MappingRelation, NameType
from ontology.vocabularies import LEXICON, hp_file, human_phenotype_ontology, icd10cm, icd10cm_file, read_skos

__all__ = ["Ambiguity", "Hit", "Lexicon", "curated", "everything", "name_key"]


@dataclass(frozen=True, slots=True)
class Ambiguity:
    """A name that several concepts have in the same rank; `candidates` are their ids, sorted."""

    name: str
    candidates: tuple[str, ...]


class Lexicon:
    """Concepts by id and by every name they have.

    Of the concepts a name may mean only those of the best rank count: label and exact names before lay names and
    abbreviations, those before hidden names; and the curated vocabulary before HPO and ICD-10-CM, these before what
    was added.
    """

    __slots__ = ("__dict__", "_added", "concepts", "fingerprint")

    concepts: Mapping[str, Concept]
    fingerprint: str | None
    """A hash of all it was made from, where it came from the cache."""

    def __init__(self, concepts: Iterable[Concept], *, added: Iterable[str] = ()) -> None:
        """Index `concepts`; `added` are the ids of those that only an added vocabulary has.

        Raises:
            InvalidVocabulary: two of them have the same id.
        """
        by_id: dict[str, Concept] = {}
        for concept in concepts:
            if by_id.setdefault(concept.id, concept) is not concept:
                raise InvalidVocabulary(f"{concept.id} is described twice; keep one description")
        self.concepts = MappingProxyType(dict(sorted(by_id.items())))
        self.fingerprint = None
        self._added = frozenset(added)

    @classmethod
    def of(cls, concepts: Mapping[str, Concept], *, fingerprint: str, added: Iterable[str] = ()) -> "Lexicon":
        """The lexicon of concepts that are sorted by id already; `fingerprint` tells its content from any other."""
        lexicon = cls((), added=added)
        lexicon.concepts = concepts
        lexicon.fingerprint = fingerprint
        return lexicon

    def standing(self, curie: str) -> int:
        """Whose names count first: 0 of the curated vocabulary, 1 of HPO and ICD-10-CM, 2 of an added vocabulary."""
        return 2 if curie in self._added else standing(curie)

    def find(self, name: str) -> tuple[Concept, ...]:
        """Every concept that `name` may mean, of the best rank, by id; () where none has it."""
        key = name_key(name)
        found = self._by_key.get(key)
        if found is None:
            found = [entry for other in self._by_singular.get(singular_key(key), ()) for entry in self._by_key[other]]
        if not found:
            return ()
        best = min(rank for rank, _ in found)
        return tuple(self.concepts[curie] for curie in sorted({curie for rank, curie in found if rank == best}))

    def begins(self, words: str) -> bool:
        """Whether a name begins with these words and goes on with others."""
        first = f"{name_key(words)} "
        place = bisect_left(self._keys, first)
        return place < len(self._keys) and self._keys[place].startswith(first)

    def get(self, asked: str) -> Concept:
        """The concept with this CURIE, IRI, exactly mapped CURIE or name.

        Raises:
            UnknownConcept: nothing is called so; carries up to three near names.
            AmbiguousName: more than one concept is.
        """
        return chosen(self, asked, self._by_curie(asked.strip()))

    def search(self, text: str, *, kinds: frozenset[Kind] = frozenset(), limit: int = 20) -> tuple[Hit, ...]:
        """Concepts with a name like `text`, best first; ties by curated first, length of name, id.

        A name equal to `text` scores 100, one beginning with it 95, one with a word beginning with it 90, any other
        its similarity (normalised Indel distance) from 65 up, at most 85. Only concepts with one of `kinds` where any
        is given. No hits for an empty text.
        """
        key = name_key(text)
        if not key or limit < 1:
            return ()
        scores: dict[str, float] = {}
        for other, ratio, _ in process.extract(key, self._keys, scorer=fuzz.ratio, score_cutoff=65, limit=10 * limit):
            scores[other] = min(85.0, round(ratio * 0.85, 2))
        for other in self._keys:
            if key in other:
                scores[other] = max(scores.get(other, 0.0), _containment(key, other))
        hits: dict[str, tuple[float, int, int, str]] = {}
        for other, score in scores.items():
            for rank, curie in self._by_key.get(other, ()):
                place = (-score, rank, len(other), other)
                if score and place < hits.get(curie, (1.0, 0, 0, "")) and _fits(self.concepts[curie], kinds):
                    hits[curie] = place
        best = sorted(hits.items(), key=lambda item: (item[1], item[0]))[:limit]
        return tuple(
            Hit(self.concepts[curie], written(self.concepts[curie], other), -negative)
            for curie, (negative, _, _, other) in best
        )

    def listed(self, *, kinds: frozenset[Kind] = frozenset()) -> tuple[Hit, ...]:
        """Every concept with its label, by label in any case and id; of `kinds` alone where there are any."""
        fitting = (concept for concept in self.concepts.values() if _fits(concept, kinds))
        ordered = sorted(fitting, key=lambda concept: (concept.label.casefold(), concept.id))
        return tuple(Hit(concept, concept.label, 100.0) for concept in ordered)

    def names(self, prefix: str = "") -> Iterator[tuple[str, NameType, str]]:
        """Every (text, type, concept id) of concepts whose id begins with `prefix`, labels as exact names, sorted."""
        rows = [
            (text, type_ or NameType.EXACT, curie)
            for curie in self.concepts
            if curie.startswith(prefix)
            for text, type_ in texts(self.concepts[curie])
        ]
        return iter(sorted(rows))

    def ambiguities(self) -> tuple[Ambiguity, ...]:
        """Names for which `find` returns more than one concept, sorted."""
        found = ((key, self.find(key)) for key in self._keys)
        return tuple(
            Ambiguity(key, tuple(concept.id for concept in concepts)) for key, concepts in found if len(concepts) > 1
        )

    def _by_curie(self, asked: str) -> tuple[Concept, ...]:
        curie = curie_of(asked)
        if curie is None:
            return ()
        if curie in self.concepts:
            return (self.concepts[curie],)
        return tuple(self.concepts[known] for known in self._by_mapping.get(curie, ()))

    @cached_property
    def _by_key(self) -> dict[str, list[tuple[int, str]]]:
        keys: dict[str, list[tuple[int, str]]] = {}
        for concept in self.concepts.values():
            place = self.standing(concept.id)
            for text, type_ in texts(concept):
                keys.setdefault(name_key(text), []).append((name_rank(place, type_), concept.id))
        return keys

    @cached_property
    def _by_mapping(self) -> dict[str, list[str]]:
        mapped: dict[str, list[str]] = {}
        for concept in self.concepts.values():
            for mapping in concept.mappings:
                if mapping.relation is MappingRelation.EXACT:
                    mapped.setdefault(mapping.curie, []).append(concept.id)
        return mapped

    @cached_property
    def _by_singular(self) -> dict[str, list[str]]:
        singulars: dict[str, list[str]] = {}
        for key in self._by_key:
            singulars.setdefault(singular_key(key), []).append(key)
        return singulars

    @cached_property
    def _keys(self) -> list[str]:
        return sorted(self._by_key)


@cache
def curated() -> Lexicon:
    """The bundled SKOS vocabulary, `lexicon/*.ttl`, and nothing else.

    Raises:
        InvalidVocabulary: a file cannot be read or describes a concept that another describes too.
    """
    return Lexicon(concept for path in sorted(LEXICON.glob("*.ttl")) for concept in read_skos(path))


@cache
def everything() -> Lexicon:
    """The curated vocabulary with HPO, ICD-10-CM and what was added to the installation; read once a process.

    Names of an added vocabulary count only where no other concept has them.

    Raises:
        InvalidVocabulary: what was added cannot be read any more; the message says how to mend it.
    """
    vocabularies = installed()
    whole = built_in()
    if not vocabularies:
        return whole
    key = fingerprint(_made_from(), digest())
    table = kept(
        "everything", key, lambda: dump(Lexicon(grown(vocabularies).concepts.values()).concepts.values()), ConceptTable
    )
    ids = {concept.id for vocabulary in vocabularies for concept in vocabulary.concepts}
    return Lexicon.of(table, fingerprint=key, added=ids - whole.concepts.keys())


def grown(vocabularies: Iterable[Vocabulary]) -> Growing:
    """The curated vocabulary with HPO and ICD-10-CM and these, added in order."""
    whole = Growing(built_in().concepts.values())
    for vocabulary in vocabularies:
        whole.add(vocabulary.concepts)
    return whole


@cache
def built_in() -> Lexicon:
    """The curated vocabulary with HPO and ICD-10-CM.

    A concept of theirs that a curated one maps exactly is merged into that one; an ICD-10-CM category that bears the
    name of exactly one HPO term is merged into that term. Names that a curated concept already has stay its alone.
    """
    key = fingerprint(_made_from())

    def make() -> bytes:
        concepts = merged(tuple(curated().concepts.values()), human_phenotype_ontology(), icd10cm())
        return dump(Lexicon(concepts).concepts.values())

    return Lexicon.of(kept("everything", key, make, ConceptTable), fingerprint=key)


def _made_from() -> Iterator[Path]:
    """The files whose content decides what `built_in` is, code included."""
    yield from sorted(LEXICON.iterdir())
    yield from (hp_file(), icd10cm_file())
    yield from sorted(Path(__file__).parent.glob("*.py"))


def _containment(key: str, other: str) -> float:
    if key == other:
        return 100.0
    if other.startswith(key):
        return 95.0
    return 90.0 if f" {key}" in other else 0.0


def _fits(concept: Concept, kinds: frozenset[Kind]) -> bool:
    return not kinds or not kinds.isdisjoint(concept.kinds)
