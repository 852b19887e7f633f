"""One vocabulary of three: terms of HPO and ICD-10-CM go into the curated concepts that map them exactly."""

from collections.abc import Iterator

from ontology.claim import Concept, Mapping, Name
from ontology.names import name_key, texts
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
