"""What is in a graph, counted: classes, properties, which class has which property with what as its object.

Counted in numpy over the columns of a snapshot (`graph.columnar.columns`): three million triples take about a second,
where the engine takes minutes. Every term gets a number for the set of its classes; what is counted is the pairs of
numbers on both sides of each property, and only these few sums are spread over the classes.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt

from graph.columnar.columns import Columns, Ids, Sort

MOST_CLASSES: Final = 500
"""How many classes are told apart, those with the most members; a graph of ontology classes may have any number."""

_RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_XSD: Final = "http://www.w3.org/2001/XMLSchema#"
_TYPE: Final = f"<{_RDF}type>"
_DATATYPES: Final = {
    Sort.STRING: f"{_XSD}string",
    Sort.TAGGED: f"{_RDF}langString",
    Sort.INTEGER: f"{_XSD}integer",
    Sort.DECIMAL: f"{_XSD}decimal",
    Sort.DOUBLE: f"{_XSD}double",
}

Codes = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class PropertyCount:
    """How often a property is stated, of how many subjects and with how many objects."""

    property: str
    triples: int
    subjects: int
    objects: int


@dataclass(frozen=True, slots=True)
class ClassProperty:
    """How often members of a class state a property, how many do, and the classes and datatypes of its objects.

    An object of several classes counts for each; one of none and no literal counts for none.
    """

    property: str
    triples: int
    subjects: int
    classes: Mapping[str, int]
    datatypes: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class ClassCount:
    """How many members a class has, and their properties, sorted."""

    name: str
    entities: int
    properties: tuple[ClassProperty, ...]


@dataclass(frozen=True, slots=True)
class Links:
    """How many triples of a property lead into a namespace, and to how many different things there."""

    property: str
    namespace: str
    triples: int
    subjects: int
    objects: int


@dataclass(frozen=True, slots=True)
class Profile:
    """The counts of one graph; everything in it is sorted by IRI."""

    triples: int
    subjects: int
    objects: int
    properties: tuple[PropertyCount, ...]
    classes: tuple[ClassCount, ...]
    links: tuple[Links, ...]


def profile(columns: Columns, *, link_properties: Iterable[str], namespaces: Iterable[str]) -> Profile:
    """The counts; links are those of `link_properties` into each of `namespaces`."""
    segments = _segments(columns)
    return Profile(
        triples=columns.triples,
        subjects=_different(columns, columns.subjects),
        objects=_different(columns, columns.objects),
        properties=tuple(
            PropertyCount(name, len(subjects), _runs(subjects), _different(columns, objects))
            for name, (subjects, objects) in segments.items()
        ),
        classes=_classes(columns, segments),
        links=tuple(
            found
            for name in sorted(link_properties)
            if name in segments
            for found in _links(columns, name, *segments[name], tuple(namespaces))
        ),
    )


def _segments(columns: Columns) -> dict[str, tuple[Ids, Ids]]:
    """Property → the subjects, in order, and the objects of its triples."""
    names = columns.texts(columns.predicates.tolist())
    starts = pairwise(columns.starts.tolist())
    return {
        name[1:-1]: (columns.subjects[start:end], columns.objects[start:end])
        for name, (start, end) in sorted(zip(names, starts, strict=True))
    }


def _classes(columns: Columns, segments: Mapping[str, tuple[Ids, Ids]]) -> tuple[ClassCount, ...]:
    subjects, objects = segments.get(_TYPE[1:-1], (np.empty(0, np.int32), np.empty(0, np.int32)))
    present, members = np.unique(objects, return_counts=True)
    largest = np.sort(np.argsort(-members, kind="stable")[:MOST_CLASSES])
    entities = dict(zip(columns.texts(present[largest].tolist()), members[largest].tolist(), strict=True))
    kept = np.isin(objects, present[largest])
    codes, classes_of = _class_sets(columns, subjects[kept], objects[kept])
    datatypes = _add_datatypes(columns, codes, len(classes_of))
    properties: defaultdict[str, list[ClassProperty]] = defaultdict(list)
    for name, (having, had) in segments.items():
        for of_class, counted in _class_properties(name, codes[having], codes[had], having, classes_of, datatypes):
            properties[of_class].append(counted)
    named = {name for name in entities if name.startswith("<")}
    return tuple(ClassCount(name[1:-1], entities[name], tuple(properties[name])) for name in sorted(named))


def _class_sets(columns: Columns, subjects: Ids, classes: Ids) -> tuple[Codes, list[tuple[str, ...]]]:
    """For each term the number of the set of its classes, 0 where it has none, and the sets by number."""
    codes = np.zeros(columns.terms, np.int64)
    known: dict[tuple[int, ...], int] = {(): 0}
    if len(subjects):
        firsts = np.flatnonzero(np.diff(subjects, prepend=-1))
        sizes = np.diff(np.append(firsts, len(subjects)))
        for size in np.unique(sizes).tolist():  # objects of a subject are in order, so equal sets are equal rows
            chosen = firsts[sizes == size]
            rows, which = np.unique(classes[chosen[:, None] + np.arange(size)], axis=0, return_inverse=True)
            numbers = np.array([known.setdefault(tuple(row), len(known)) for row in rows.tolist()])
            codes[subjects[chosen]] = numbers[which.ravel()]
    return codes, [tuple(columns.texts(ids)) for ids in known]


def _add_datatypes(columns: Columns, codes: Codes, first: int) -> dict[int, str]:
    """Number → datatype; the terms that are literals get the number of theirs."""
    numbers: dict[str, int] = {}
    for sort, datatype in _DATATYPES.items():
        codes[columns.sorts == sort] = numbers.setdefault(datatype, first + len(numbers))
    others = np.flatnonzero(columns.sorts == Sort.OTHER).tolist()
    for place, text in zip(others, columns.texts(others), strict=True):
        if text.startswith('"'):
            typed = text.rpartition('"^^<')[2]
            datatype = typed[:-1] if text.endswith(">") else _DATATYPES[Sort.STRING]
            codes[place] = numbers.setdefault(datatype, first + len(numbers))
    return {number: datatype for datatype, number in numbers.items()}


def _class_properties(
    name: str,
    having: Codes,
    had: Codes,
    subjects: Ids,
    classes_of: list[tuple[str, ...]],
    datatypes: Mapping[int, str],
) -> Iterable[tuple[str, ClassProperty]]:
    triples: Counter[str] = Counter()
    owners: Counter[str] = Counter()
    to_classes: defaultdict[str, Counter[str]] = defaultdict(Counter)
    to_datatypes: defaultdict[str, Counter[str]] = defaultdict(Counter)
    pairs, counts = np.unique((having << 32) | had, return_counts=True)
    for pair, count in zip(pairs.tolist(), counts.tolist(), strict=True):
        subject, object_ = pair >> 32, pair & 0xFFFFFFFF
        for one in classes_of[subject]:
            triples[one] += count
            if object_ in datatypes:
                to_datatypes[one][datatypes[object_]] += count
            for other in classes_of[object_] if object_ < len(classes_of) else ():
                to_classes[one][other[1:-1]] += count
    first_of_each = np.flatnonzero(np.diff(subjects, prepend=-1))
    numbers, counts = np.unique(having[first_of_each], return_counts=True)
    for number, count in zip(numbers.tolist(), counts.tolist(), strict=True):
        for one in classes_of[number]:
            owners[one] += count
    for one in sorted(triples):
        yield (
            one,
            ClassProperty(
                property=name,
                triples=triples[one],
                subjects=owners[one],
                classes=dict(sorted(to_classes[one].items())),
                datatypes=dict(sorted(to_datatypes[one].items())),
            ),
        )


def _links(columns: Columns, name: str, subjects: Ids, objects: Ids, namespaces: tuple[str, ...]) -> Iterable[Links]:
    targets = np.unique(objects)
    texts = columns.texts(targets.tolist())
    for namespace in sorted(namespaces):
        inside = targets[np.fromiter((text.startswith(f"<{namespace}") for text in texts), np.bool_, len(texts))]
        if len(inside):
            chosen = columns.among(inside)[objects]
            yield Links(name, namespace, int(chosen.sum()), _runs(subjects[chosen]), len(inside))


def _different(columns: Columns, ids: Ids) -> int:
    return int(columns.among(ids).sum())


def _runs(ordered: Ids) -> int:
    """How many different numbers there are among ordered ones."""
    return int(np.count_nonzero(np.diff(ordered, prepend=-1)))
