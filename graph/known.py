"""What a writer knows of its store because it has put it there itself, so that it need not be looked up."""

from collections import Counter
from collections.abc import Iterable
from typing import Final

import pyoxigraph
from cachetools import LRUCache
from pyoxigraph import Quad, Triple

from graph import nodes
from graph.change import stated_of
from graph.rdf import CLAIM, TYPE, claim_triples, kind_counts
from graph.records.packing import pack, unpack_claim
from graph.stored import stored_claim, stored_kinds
from ontology.claim import Claim, Concept
from ontology.terms import Kind

_MOST_COUNTED: Final = 500_000
_CLAIMS_KEPT: Final = 128 << 20
"""Bytes of records."""


class Known:
    """Claims as they stand in the store, what its statements take each provisional concept for, and how others stand.

    It is kept as articles are added. It may be forgotten at any time, and must be when the store changes otherwise.
    """

    def __init__(self) -> None:
        self._claims: LRUCache[str, bytes] = LRUCache(_CLAIMS_KEPT, len)
        self._counts: dict[str, Counter[Kind]] = {}
        self._described: dict[str, Concept] = {}

    def forget(self) -> None:
        """Look into the store again."""
        self._claims.clear()
        self._counts.clear()
        self._described.clear()

    def claim(self, store: pyoxigraph.Store, id: str) -> tuple[Claim, set[Triple]] | None:
        """A claim of the store, and the triples that stand for it there; None where there is none."""
        packed = self._claims.get(id)
        claim = unpack_claim(packed, id) if packed else None
        if claim is not None:
            return claim, claim_triples(claim)
        node = nodes.term(id)
        claim = stored_claim(store, node) if Quad(node, TYPE, CLAIM) in store else None
        return None if claim is None else (claim, stated_of(store, claim))

    def learn(self, claim: Claim) -> bytes | None:
        """The record of a claim that is about to be stored so, with all its evidence; see `graph.records.packing`."""
        packed = pack(claim)
        if packed is None or len(packed) > _CLAIMS_KEPT:
            self._claims.pop(claim.id, None)
        else:
            self._claims[claim.id] = packed
        return packed

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
