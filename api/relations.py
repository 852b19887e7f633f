"""Relations as users name them: the fourteen of the model and their inverse names."""

from collections.abc import Iterable
from dataclasses import dataclass

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
    relations = {predicate.value: predicate for predicate in Predicate}
    inverses = {relation.inverse: predicate for predicate, relation in schema().items()}
    chosen: set[Predicate] = set()
    turned: set[bool] = set()
    for name in names:
        if name in relations:
            predicate, inverse = relations[name], False
        elif name in inverses:
            predicate, inverse = inverses[name], True
        else:
            raise InvalidArgument("predicate", name, _expected(name, [*relations, *inverses]))
        chosen.add(predicate)
        if predicate not in SYMMETRIC:
            turned.add(inverse)
    if len(turned) > 1:
        raise InvalidArgument("predicate", ", ".join(names), "names of one direction: relations, or inverse names")
    if True in turned:
        direction = "out" if direction == "in" else "in"
    return Relations(frozenset(chosen), direction)


def _expected(name: str, known: list[str]) -> str:
    nearest = process.extractOne(name, known, score_cutoff=60)
    guess = f"; did you mean {nearest[0]!r}?" if nearest else ""
    return f"one of {', '.join(sorted(set(known)))}{guess}"
