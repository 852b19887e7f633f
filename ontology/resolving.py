"""What a name or identifier asks for, whoever holds the names: a `Lexicon` in memory or an index in files."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from ontology.claim import Concept
from ontology.errors import AmbiguousName, UnknownConcept
from ontology.names import name_key, texts
from ontology.terms import PREFIXES, Kind, NameType, contract

_RANK: Final = {None: 0, NameType.EXACT: 0, NameType.LAY: 1, NameType.ABBREVIATION: 1, NameType.HIDDEN: 2}
_OUTSIDE: Final = 3
_PREFIX: Final = {prefix.casefold(): prefix for prefix in PREFIXES}


@dataclass(frozen=True, slots=True)
class Hit:
    """One concept found by `Lexicon.search`: the name that matched and how well, 0 to 100."""

    concept: Concept
    name: str
    score: float


class Names(Protocol):
    """Which concept a name means: a `Lexicon`, or what answers as one."""

    def find(self, name: str) -> tuple[Concept, ...]:
        """Every concept that the name may mean, by id."""

    def begins(self, words: str) -> bool:
        """Whether a name begins with these words and goes on with others."""

    def get(self, asked: str) -> Concept:
        """The concept with this CURIE, IRI, exactly mapped CURIE or name.

        Raises:
            UnknownConcept: nothing is called so.
            AmbiguousName: more than one concept is.
        """

    def search(self, text: str, *, kinds: frozenset[Kind] = frozenset(), limit: int = 20) -> Sequence[Hit]:
        """Concepts with a name like `text`, best first."""

    def listed(self, *, kinds: frozenset[Kind] = frozenset()) -> Sequence[Hit]:
        """Every concept with its label, by label in any case and id; of `kinds` alone where there are any."""


def chosen(names: Names, asked: str, known: tuple[Concept, ...]) -> Concept:
    """The one concept that `asked` means: of those `known` to have it as CURIE, else of those with it as a name.

    Raises:
        UnknownConcept: nothing is called so; carries up to three near names.
        AmbiguousName: more than one concept is.
    """
    asked = asked.strip()
    found = known or names.find(asked)
    if len(found) == 1:
        return found[0]
    if found:
        raise AmbiguousName(asked, tuple((concept.id, concept.label) for concept in found))
    hits = names.search(asked, limit=3)
    raise UnknownConcept(asked, tuple(dict.fromkeys(hit.name for hit in hits)))


def curie_of(asked: str) -> str | None:
    """The CURIE that is asked for by CURIE or IRI, its prefix in any case; None for what has no colon."""
    prefix, colon, local = contract(asked).partition(":")
    return f"{_PREFIX.get(prefix.casefold(), prefix)}:{local}" if colon else None


def standing(curie: str) -> int:
    """Whose names count first where nothing was added: 0 of the curated vocabulary, 1 of HPO and ICD-10-CM."""
    return 0 if curie.startswith("etio") else 1


def name_rank(standing: int, type_: NameType | None) -> int:
    """How late a name of this type (None: the label) counts, of a concept with this standing."""
    return _OUTSIDE * standing + _RANK[type_]


def written(concept: Concept, key: str) -> str:
    """The first name of the concept that has this key, as written."""
    return next(text for text, _ in texts(concept) if name_key(text) == key)
