"""What replacing or removing an article changes in the store: which triples go and which come.

Only what the article touches is read: its own evidence, the claims it makes or made, their other evidence (which
stays), and the concepts outside the vocabulary layer that those claims speak of. What a claim's node, its plain
link and such a concept say follows from all evidence there is, so each is made anew and compared with what stands.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

import pyoxigraph
from pyoxigraph import BlankNode, NamedNode, Quad, RdfFormat, Triple, serialize

from graph import nodes
from graph.gate import is_provisional
from graph.layer import Layer
from graph.loading import load_claims
from graph.rdf import (
    CONCEPT,
    HAS_EVIDENCE,
    HAS_SOURCE,
    OBJECT,
    SUBJECT,
    TYPE,
    claim_triples,
    concept_triples,
    kind_counts,
    own_triples,
    provisional_of,
)
from graph.reading import Descriptions, read_concept
from graph.stored import about, stored_claim, stored_kinds, subjects
from ontology.article import Extraction
from ontology.claim import Claim, Concept, evidence_order
from ontology.terms import Predicate

LINKS: Final = frozenset(predicate.iri for predicate in Predicate)
"""The IRIs of the relations: what says nothing of a concept itself."""


@dataclass(frozen=True, slots=True)
class Change:
    """Triples to remove and triples to add, none in both."""

    removed: frozenset[Triple]
    added: frozenset[Triple]

    def __bool__(self) -> bool:
        return bool(self.removed or self.added)

    def as_update(self) -> str:
        """It as one SPARQL update, which the store applies whole or not at all."""
        removed, added = (
            (serialize(triples, format=RdfFormat.N_TRIPLES) or b"").decode() for triples in (self.removed, self.added)
        )
        return f"DELETE DATA {{\n{removed}}} ;\nINSERT DATA {{\n{added}}}"


def change(store: pyoxigraph.Store, article_id: str, new: Extraction | None, layer: Layer) -> Change:
    """What turns the store into one that knows of the article what `new` says, or nothing when it is None."""
    return _Replacement(store, article_id, new, layer).change()


def relayered(store: pyoxigraph.Store, layer: Layer, *, former: frozenset[Triple] | None = None) -> Change:
    """What turns the store into one with another vocabulary layer and the same articles, claims and evidence.

    `former` is what the layer that it has says; where that is not known, all that is not of articles. A concept that
    claims speak of and that only the former layer described keeps its description.
    """
    removed: set[Triple] = set()
    after, used = set(layer.triples), set[NamedNode]()
    for claim in load_claims(store):
        stood, stands = stated_of(store, claim), claim_triples(claim)
        removed |= stood - stands
        after |= stands - stood
        after |= {triple for triple in stands if triple.predicate.value in LINKS}
        used |= {nodes.term(claim.subject), nodes.term(claim.object)}
    for concept in used - layer.concepts:
        after |= concept_triples(read_concept(Descriptions(about(store, concept)), concept))
    before = _before(store, layer, former)
    return Change(frozenset((before | removed) - after), frozenset(after - before))


def stated_of(store: pyoxigraph.Store, claim: Claim) -> set[Triple]:
    """The triples that stand for the claim in the store, whichever software derived them: its node's and its link."""
    triples = set(about(store, nodes.term(claim.id)))
    link = Triple(nodes.term(claim.subject), nodes.term(claim.predicate.iri), nodes.term(claim.object))
    return triples if claim.negated else triples | {link}


def _before(store: pyoxigraph.Store, layer: Layer, former: frozenset[Triple] | None) -> set[Triple]:
    """What stands in the store in the place of the layer."""
    if former is None:
        quads = store.quads_for_pattern(None, None, None, nodes.DEFAULT)
        triples = {quad.triple for quad in quads if not _is_of_articles(quad.subject)}
        return {
            triple
            for triple in triples
            if not isinstance(triple.subject, BlankNode) and not isinstance(triple.object, BlankNode)
        }
    before = {triple for triple in former if Quad(*triple) in store}
    for concept in layer.concepts.difference(triple.subject for triple in former):  # known, but not as curated
        if Quad(concept, TYPE, CONCEPT) in store:
            before |= concept_triples(read_concept(Descriptions(about(store, concept)), concept))
    return before


def _is_of_articles(node: object) -> bool:
    prefixes = (nodes.ARTICLES, nodes.EVIDENCE, nodes.CLAIMS)
    return isinstance(node, NamedNode) and node.value.startswith(prefixes)


class _Replacement:
    """One article's change, step by step."""

    def __init__(self, store: pyoxigraph.Store, article_id: str, new: Extraction | None, layer: Layer) -> None:
        self._store = store
        self._article_id = article_id
        self._new = new
        self._layer = layer
        self._own = tuple(self._subjects(HAS_SOURCE, nodes.article_node(article_id)))
        stated = {nodes.term(claim.id): claim for claim in new.claims} if new else {}
        made = {claim for node in self._own for claim in self._subjects(HAS_EVIDENCE, node)}
        self._affected = made | stated.keys()
        former = {node: self._stored(node) for node in self._affected}
        self._former = [claim for claim in former.values() if claim]
        merged = [self._merged(former[node], stated.get(node)) for node in self._affected]
        self._current = [claim for claim in merged if claim]

    def change(self) -> Change:
        before, after = self._article_before(), self._article_after()
        for claim in self._former:
            before |= stated_of(self._store, claim)
        for claim in self._current:
            after |= claim_triples(claim)
        for concept_id in {end for claim in (*self._former, *self._current) for end in (claim.subject, claim.object)}:
            node = nodes.term(concept_id)
            if node not in self._layer.concepts:
                before |= {triple for triple in self._about(node) if triple.predicate.value not in LINKS}
                concept = self._foreign(concept_id)
                after |= concept_triples(concept) if concept else set()
        return Change(frozenset(before - after - self._layer.triples), frozenset(after - before - self._layer.triples))

    def _article_before(self) -> set[Triple]:
        described = [nodes.article_node(self._article_id), nodes.restated_node(self._article_id)]
        for node in self._own:
            described += [node, nodes.quote_node(node), nodes.position_node(node)]
        return set(self._about(*described))

    def _article_after(self) -> set[Triple]:
        if self._new is None:
            return set()
        return own_triples(self._new)

    def _merged(self, former: Claim | None, new: Claim | None) -> Claim | None:
        """The claim as it will be: what other articles say of it, and what this one now says."""
        claim = new or former
        others = [row for row in former.evidence if row.article != self._article_id] if former else []
        evidence = sorted([*others, *(new.evidence if new else ())], key=evidence_order)
        return replace(claim, evidence=tuple(evidence)) if claim and evidence else None

    def _foreign(self, concept_id: str) -> Concept | None:
        """The concept as it will be; None when no claim will speak of it."""
        node = nodes.term(concept_id)
        users = {claim for end in (SUBJECT, OBJECT) for claim in self._subjects(end, node)} - self._affected
        current = [claim for claim in self._current if concept_id in (claim.subject, claim.object)]
        if not users and not current:
            return None
        if is_provisional(concept_id):
            return provisional_of(concept_id, stored_kinds(self._store, node, users) + kind_counts(concept_id, current))
        described = {concept.id: concept for concept in self._new.concepts} if self._new else {}
        return described.get(concept_id) or read_concept(Descriptions(self._about(node)), node)

    def _stored(self, node: NamedNode) -> Claim | None:
        return stored_claim(self._store, node)

    def _about(self, *described: NamedNode) -> Iterator[Triple]:
        return about(self._store, *described)

    def _subjects(self, predicate: NamedNode, object_: NamedNode) -> Iterator[NamedNode]:
        return subjects(self._store, predicate, object_)
