"""What a writer knows of its store because it has put it there itself, so that it need not be looked up."""

from collections import Counter
from collections.abc import Iterable
from typing import Final

import pyoxigraph

from graph import nodes
from graph.rdf import CLAIM, TYPE, kind_counts
from graph.stored import stored_kinds
from ontology.claim import Claim, Concept, claim_number
from ontology.terms import Kind

_MOST_COUNTED: Final = 500_000


class Known:
    """What the statements in a store take each provisional concept for, how the others stand there, and its claims.

    It is kept as articles are added. It may be forgotten at any time, and must be when the store changes otherwise.
    """

    def __init__(self) -> None:
        self._counts: dict[str, Counter[Kind]] = {}
        self._described: dict[str, Concept] = {}
        self._claims: set[int] = set()
        self._complete: bool | None = None

    def forget(self) -> None:
        """Look into the store again."""
        self._counts.clear()
        self._described.clear()
        self._claims.clear()
        self._complete = None

    def adds(self, store: pyoxigraph.Store, claim_id: str) -> bool:
        """Whether the store surely has no such claim, which is about to be stored.

        It is sure where the store had none when this was asked first, and not very many have come since.
        """
        if self._complete is None:
            self._complete = next(store.quads_for_pattern(None, TYPE, CLAIM, nodes.DEFAULT), None) is None
        if not self._complete:
            return False
        number = claim_number(claim_id)
        if number in self._claims:
            return False
        self._claims.add(number)
        if len(self._claims) > _MOST_COUNTED:
            self._claims.clear()
            self._complete = False
        return True

    def stands(self, concept: Concept) -> bool:
        """Whether this is how the concept was described when it was last about to be stored; from now on it is."""
        if len(self._described) > _MOST_COUNTED:
            self._described.clear()
        stands = self._described.get(concept.id) == concept
        self._described[concept.id] = concept
        return stands

    def count(self, store: pyoxigraph.Store, concept: str, claims: Iterable[Claim]) -> Counter[Kind]:
        """What statements take the concept for how often, with those of these claims, which are about to be stored."""
        if len(self._counts) > _MOST_COUNTED:
            self.forget()
        if concept not in self._counts:
            self._counts[concept] = stored_kinds(store, nodes.term(concept))
        self._counts[concept] += kind_counts(concept, claims)
        return self._counts[concept]
