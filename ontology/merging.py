"""One vocabulary of several: terms of others go into the concepts that map them exactly.

HPO and ICD-10-CM go into the curated vocabulary, vocabularies that were added into all three.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from ontology.claim import Concept, Mapping, Name
from ontology.findings import Finding, Note
from ontology.names import name_key, singular_key, texts
from ontology.terms import MappingRelation, NameType


def merged(
    own: tuple[Concept, ...], phenotypes: tuple[Concept, ...], categories: tuple[Concept, ...]
) -> Iterator[Concept]:
    """Every concept once: first what only the other vocabularies know, then the curated ones with the names they gain.

    A name that a curated concept has stays its alone; one that two concepts would gain goes to neither.
    """
    exact = {
        mapping.curie: concept.id
        for concept in own
        for mapping in concept.mappings
        if mapping.relation is MappingRelation.EXACT
    }
    taken = {name_key(text) for concept in own for text, _ in texts(concept)}
    outside = _with_categories(phenotypes, categories)
    users: dict[str, set[str]] = {}
    for concept in outside:
        for text, type_ in texts(concept):
            if type_ is not NameType.HIDDEN:
                users.setdefault(name_key(text), set()).add(exact.get(concept.id, concept.id))
    gained: dict[str, list[Name]] = {}
    for concept in outside:
        home = exact.get(concept.id)
        if home is None:
            names = tuple(name for name in concept.names if name_key(name.text) not in taken)
            yield _with_names(concept, names)
            continue
        for text, type_ in texts(concept):
            key = name_key(text)
            if key not in taken and users.get(key, {home}) == {home}:
                gained.setdefault(home, []).append(Name(text, type_ or NameType.EXACT))
                taken.add(key)
    for concept in own:
        yield _with_names(concept, concept.names + tuple(gained.get(concept.id, ())))


def _with_categories(phenotypes: tuple[Concept, ...], categories: tuple[Concept, ...]) -> list[Concept]:
    """Phenotypes, each with the ICD-10-CM category of the same name merged in, and the categories left over."""
    named: dict[str, list[int]] = {}
    for index, concept in enumerate(phenotypes):
        for key in {name_key(text) for text, type_ in texts(concept) if type_ in (None, NameType.EXACT)}:
            named.setdefault(key, []).append(index)
    merged = list(phenotypes)
    for category in categories:
        key = name_key(category.label)
        namesakes = named.get(key, [])
        # Where it is the label of one and only another name of others, the one is meant.
        namesakes = [index for index in namesakes if name_key(phenotypes[index].label) == key] or namesakes
        if len(namesakes) != 1:
            merged.append(category)
            continue
        term = merged[namesakes[0]]
        merged[namesakes[0]] = Concept(
            term.id,
            term.label,
            tuple(dict.fromkeys(category.kinds + term.kinds)),
            term.names,
            (*term.mappings, Mapping(MappingRelation.EXACT, category.id)),
            term.definition,
        )
    return merged


def _with_names(concept: Concept, names: tuple[Name, ...]) -> Concept:
    if names == concept.names:
        return concept
    return Concept(concept.id, concept.label, concept.kinds, names, concept.mappings, concept.definition)


class Growing:
    """A vocabulary that others are added to, one after the other; what is there already stands before what comes.

    `concepts` are all by id, `added` the ids of those that only an added vocabulary has, `notes` what befell the terms
    and names of the vocabulary added last.
    """

    def __init__(self, concepts: Iterable[Concept]) -> None:
        self.concepts = {concept.id: concept for concept in concepts}
        self.added: set[str] = set()
        self.notes: list[Note] = []
        self._homes = {curie: curie for curie in self.concepts}
        self._owners: dict[str, str] = {}
        for concept in self.concepts.values():
            self._register(concept)

    def add(self, vocabulary: Iterable[Concept]) -> None:
        """Add the concepts of one vocabulary.

        One whose id is known, that a known concept maps exactly, or that maps exactly one known concept exactly goes
        into that concept. A name that has an owner stays with it; a concept without a free name is left out.
        """
        self.notes = []
        for concept in vocabulary:
            home = self._find_home(concept)
            if home is None:
                self._settle(concept)
            else:
                self._join(home, concept)

    def _find_home(self, concept: Concept) -> str | None:
        known = self._homes.get(concept.id)
        if known is not None:
            return known
        exact = (mapping.curie for mapping in concept.mappings if mapping.relation is MappingRelation.EXACT)
        homes = {self._homes[curie] for curie in exact if curie in self._homes}
        return homes.pop() if len(homes) == 1 else None

    def _join(self, home: str, concept: Concept) -> None:
        into = self.concepts[home]
        same = concept.id == home
        self.notes.append(Note(Finding.KNOWN_ID if same else Finding.MERGED, concept.id, concept.label, home))
        gained = [
            Name(text, type_ or NameType.EXACT) for text, type_ in texts(concept) if self._claims(text, home, concept)
        ]
        mappings = into.mappings
        if not same and concept.id not in {mapping.curie for mapping in mappings}:
            mappings += (Mapping(MappingRelation.EXACT, concept.id),)
        self.concepts[home] = replace(into, names=into.names + tuple(gained), mappings=mappings)
        self._register(self.concepts[home])
        self._homes.setdefault(concept.id, home)

    def _settle(self, concept: Concept) -> None:
        free = tuple(name for name in concept.names if self._claims(name.text, concept.id, concept))
        labelled = self._claims(concept.label, concept.id, concept)
        if not free and not labelled:
            owner = self._owners.get(singular_key(name_key(concept.label)))
            self.notes.append(Note(Finding.NAMELESS, concept.id, concept.label, owner))
            return
        self.concepts[concept.id] = replace(concept, names=free)
        self.added.add(concept.id)
        self._register(self.concepts[concept.id])

    def _claims(self, text: str, home: str, concept: Concept) -> bool:
        """Tell whether a name is free; one that means another concept is noted."""
        owner = self._owners.get(singular_key(name_key(text)))
        if owner is not None and owner != home:
            self.notes.append(Note(Finding.NAME_TAKEN, concept.id, text, owner))
        return owner is None

    def _register(self, concept: Concept) -> None:
        self._homes.setdefault(concept.id, concept.id)
        for mapping in concept.mappings:
            if mapping.relation is MappingRelation.EXACT:
                self._homes.setdefault(mapping.curie, concept.id)
        for text, _ in texts(concept):
            self._owners.setdefault(singular_key(name_key(text)), concept.id)
