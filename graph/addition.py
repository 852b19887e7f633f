"""What many new articles add to the store at once.

Most of it is new to the store and is loaded in bulk. What is not, roll-ups of claims that other articles make too and
kinds of concepts that they speak of, becomes one small `Change`, as does the mark that makes an article one.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pyoxigraph
from pyoxigraph import Quad, Triple

from graph import nodes
from graph.change import LINKS, Change, stated_of
from graph.gate import is_provisional
from graph.layer import Layer
from graph.prepared import Prepared, mark, ntriples
from graph.rdf import CLAIM, TYPE, claim_triples, concept_triples, kind_counts, provisional_of
from graph.stored import about, stored_claim, stored_kinds
from ontology.claim import Claim, Concept, united
from ontology.terms import Kind

_MOST_COUNTED = 500_000


@dataclass(frozen=True, slots=True)
class Addition:
    """N-Triples to load, then a change to apply; before the change the articles are not articles yet.

    `claims`, each with its lines, and `concepts` are those that the store has not; the lines say all of them.
    """

    lines: tuple[bytes, ...]
    change: Change
    claims: tuple[tuple[Claim, bytes], ...]
    concepts: tuple[Concept, ...]


class KindCounts:
    """What the statements in a store take each provisional concept for, and how the others stand there.

    It is kept as articles are added. It may be forgotten at any time, and must be when the store changes otherwise.
    """

    def __init__(self) -> None:
        self._counts: dict[str, Counter[Kind]] = {}
        self._described: dict[str, Concept] = {}

    def forget(self) -> None:
        """Look into the store again."""
        self._counts.clear()
        self._described.clear()

    def stands(self, concept: Concept) -> bool:
        """Whether this is how the concept was described when it was last about to be stored; from now on it is."""
        if len(self._described) > _MOST_COUNTED:
            self._described.clear()
        stands = self._described.get(concept.id) == concept
        self._described[concept.id] = concept
        return stands

    def add(self, store: pyoxigraph.Store, concept_id: str, claims: Iterable[Claim]) -> Counter[Kind]:
        """The counts with those of these claims, which are about to be stored."""
        if len(self._counts) > _MOST_COUNTED:
            self.forget()
        if concept_id not in self._counts:
            self._counts[concept_id] = stored_kinds(store, nodes.term(concept_id))
        self._counts[concept_id] += kind_counts(concept_id, claims)
        return self._counts[concept_id]


def addition(store: pyoxigraph.Store, batch: Sequence[Prepared], layer: Layer, counts: KindCounts) -> Addition:
    """What these articles, none of which is in the store, add to it."""
    lines = [article.own for article in batch]
    before: set[Triple] = set()
    after = {mark(article.id) for article in batch}
    described = {concept.id: concept for article in batch for concept in article.extraction.concepts}
    stated: dict[str, list[tuple[Claim, bytes]]] = {}
    new_claims: list[tuple[Claim, bytes]] = []
    new_concepts: list[Concept] = []
    for article in batch:
        for claim, line in zip(article.extraction.claims, article.lines, strict=True):
            stated.setdefault(claim.id, []).append((claim, line))
    for curie, made in stated.items():
        node = nodes.term(curie)
        former = stored_claim(store, node) if Quad(node, TYPE, CLAIM) in store else None
        if former is not None:
            before |= stated_of(store, former)
            after |= claim_triples(united([former, *(claim for claim, _ in made)]))
        else:
            new_claims.append(made[0] if len(made) == 1 else _together([claim for claim, _ in made]))
    for concept, claims in _used([claim for article in batch for claim in article.extraction.claims], layer).items():
        if not is_provisional(concept) and counts.stands(described[concept]):
            continue
        was = {triple for triple in about(store, nodes.term(concept)) if triple.predicate.value not in LINKS}
        made_up = is_provisional(concept)
        described_now = provisional_of(concept, counts.add(store, concept, claims)) if made_up else described[concept]
        will_be = concept_triples(described_now)
        if was:
            before |= was
            after |= will_be
        else:
            lines.append(ntriples(will_be))
            new_concepts.append(described_now)
    lines += [line for _, line in new_claims]
    change = Change(frozenset(before - after - layer.triples), frozenset(after - before - layer.triples))
    return Addition(tuple(lines), change, tuple(new_claims), tuple(new_concepts))


def _together(claims: Sequence[Claim]) -> tuple[Claim, bytes]:
    whole = united(claims)
    return whole, ntriples(claim_triples(whole))


def _used(claims: Iterable[Claim], layer: Layer) -> dict[str, list[Claim]]:
    """The concepts outside the vocabulary layer, each with the claims that speak of it."""
    used: dict[str, list[Claim]] = {}
    for claim in claims:
        for end in (claim.subject, claim.object):
            used.setdefault(end, []).append(claim)
    return {concept: made for concept, made in used.items() if nodes.term(concept) not in layer.concepts}
