"""Relations as users name them: the fourteen of the model and their inverse names."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from rapidfuzz import process

from graph.neighbours import Direction
from ontology.errors import InvalidArgument
from ontology.schema import schema
from ontology.terms import SYMMETRIC, Predicate


@dataclass(frozen=True, slots=True)
class Relations:
    """The relations asked for, () meaning all, and the direction that their names and the question ask for."""

    predicates: frozenset[Predicate]
    direction: Direction


def chosen_relations(names: Iterable[str], direction: Direction) -> Relations:
    """What the names mean. An inverse name turns the direction round: `caused_by`, both ways, asks for what comes in.

    Raises:
        InvalidArgument: a name of no relation, or inverse names among others.
    """
    chosen: set[Predicate] = set()
    turned: set[bool] = set()
    for name in names:
        if name not in _named():
            raise InvalidArgument("predicate", name, _expected(name, list(_named())))
        predicate, inverse = _named()[name]
        chosen.add(predicate)
        if predicate not in SYMMETRIC:
            turned.add(inverse)
    if len(turned) > 1:
        raise InvalidArgument("predicate", ", ".join(names), "names of one direction: relations, or inverse names")
    if True in turned:
        direction = "out" if direction == "in" else "in"
    return Relations(frozenset(chosen), direction)


@cache
def _named() -> Mapping[str, tuple[Predicate, bool]]:
    """By name the relation, and whether the name is that of its inverse."""
    inverses = {relation.inverse: (predicate, True) for predicate, relation in schema().items()}
    return inverses | {predicate.value: (predicate, False) for predicate in Predicate}


def _expected(name: str, known: list[str]) -> str:
    nearest = process.extractOne(name, known, score_cutoff=60)
    guess = f"; did you mean {nearest[0]!r}?" if nearest else ""
    return f"one of {', '.join(sorted(set(known)))}{guess}"
