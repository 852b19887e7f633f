"""The numbers that stand for words of the model wherever links lie as numbers."""

from collections.abc import Iterable
from functools import cache
from typing import Final

from ontology.terms import Certainty, Kind, Predicate

RELATIONS: Final = tuple(sorted(predicate.value for predicate in Predicate))
"""The relations in the order of their numbers, which is that of their names."""

PREDICATES: Final = tuple(map(Predicate, RELATIONS))
"""The same as members of `Predicate`."""

_KINDS: Final = {kind: 1 << place for place, kind in enumerate(Kind)}
_VERSION: Final = 2


def kind_bits(kinds: Iterable[Kind]) -> int:
    """The sum of a bit for each kind, in the order of `Kind`."""
    return sum(_KINDS[kind] for kind in set(kinds))


@cache
def kinds_of(bits: int) -> frozenset[Kind]:
    """The kinds whose bits these are."""
    return frozenset(kind for kind, bit in _KINDS.items() if bits & bit)


def meaning() -> dict[str, object]:
    """What the numbers mean, as JSON data: numbers of software that says otherwise cannot be gone on with."""
    return {
        "version": _VERSION,
        "relations": list(RELATIONS),
        "kinds": [kind.value for kind in Kind],
        "certainties": {certainty.value: certainty.rank for certainty in Certainty},
    }
