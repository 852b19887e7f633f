"""Whether a store still holds what it must after a write: asked of what the write touched, and of nothing else.

Ours in the default graph are the vocabulary layer, and whatever speaks of claims, evidence, articles and concepts or
links two nodes by one of the relations. Everything else there is a user's own and is not looked at. What is touched
must conform to the shapes, and must be just what follows from the articles and their evidence, as `graph.expected`
says of a whole store. The layer may be added to, but nothing of it may go.
"""

from collections.abc import Iterable, Iterator
from typing import Final

import pyoxigraph
from pyoxigraph import Literal, NamedNode, Quad, Triple

from graph import nodes, shacl
from graph.change import LINKS, stated_of
from graph.constraints import conforms
from graph.gate import is_provisional
from graph.layer import VERSION, VOCABULARY, Layer, bundled
from graph.rdf import (
    ARTICLE,
    CLAIM,
    CONCEPT,
    HAS_EVIDENCE,
    HAS_SOURCE,
    OBJECT,
    SUBJECT,
    TYPE,
    article_triples,
    claim_triples,
    concept_triples,
    evidence_triples,
    provisional_of,
)
from graph.reading import Descriptions, read_article, read_concept
from graph.stored import about, stored_claim, stored_kinds, subjects
from graph.surroundings import around_claim, around_evidence
from graph.updating.delta import Delta
from ontology.article import Article
from ontology.claim import Claim, claim_id
from ontology.errors import StoreError
from ontology.terms import ETIO, PREFIXES, Predicate, contract

MOST_REPORTED: Final = 100
"""Lines of a report; a last one counts the others."""

_SUBCLASS: Final = nodes.term("rdfs:subClassOf")
_EVIDENCE: Final = nodes.term("etio:Evidence")
_SELECTORS: Final = frozenset((PREFIXES["oa"] + "TextQuoteSelector", PREFIXES["oa"] + "TextPositionSelector"))
_RELATIONS: Final = {predicate.iri: predicate for predicate in Predicate}
_UNREADABLE: Final = (StoreError, KeyError, ValueError, IndexError)
"""What reading a description raises that is not as the shapes want it."""


def violations(store: pyoxigraph.Store, layer: Layer, delta: Delta) -> tuple[str, ...]:
    """One line a violation, sorted; () where the store, which was changed by `delta`, holds what it must."""
    lines = sorted(set(_Touched(store, layer, delta).violations()))
    if len(lines) > MOST_REPORTED:
        return (*lines[:MOST_REPORTED], f"… and {len(lines) - MOST_REPORTED:,} more")
    return tuple(lines)


def may_stand(store: pyoxigraph.Store, layer: Layer, triple: Triple) -> bool:
    """Whether a triple that follows from no article may be there: a user's own, or said of the vocabulary besides."""
    subject, predicate = triple.subject, triple.predicate
    if predicate.value in LINKS or (predicate == TYPE and triple.object in (CLAIM, _EVIDENCE, ARTICLE)):
        return False
    if not isinstance(subject, NamedNode):
        return True
    if subject.value.startswith((nodes.CLAIMS, nodes.EVIDENCE, nodes.ARTICLES)):
        return False
    if subject in layer.by_subject:
        return subject in layer.concepts
    return not is_provisional(nodes.curie(subject)) and not users(store, subject)


def users(store: pyoxigraph.Store, concept: NamedNode) -> frozenset[NamedNode]:
    """The claims that speak of a concept."""
    return frozenset(
        claim
        for end in (SUBJECT, OBJECT)
        for claim in subjects(store, end, concept)
        if Quad(claim, TYPE, CLAIM) in store
    )


class _Touched:
    """The nodes of ours that a write touched."""

    def __init__(self, store: pyoxigraph.Store, layer: Layer, delta: Delta) -> None:
        self._store = store
        self._layer = bundled() if Quad(VOCABULARY, VERSION, Literal(bundled().version)) in delta.added else layer
        self._delta = delta
        self._claims: set[NamedNode] = set()
        self._evidence: set[NamedNode] = set()
        self._articles: set[NamedNode] = set()
        self._concepts: set[NamedNode] = set()
        self._shown: set[Triple] = set()

    def violations(self) -> Iterator[str]:
        """One line a violation, in no order, some more than once."""
        yield from self._of_layer()
        for quad in (*self._delta.removed, *self._delta.added):
            yield from self._touch(quad.triple)
        for article in tuple(self._articles):
            self._evidence.update(subjects(self._store, HAS_SOURCE, article))
        for statement in self._evidence:
            yield from self._of_statement(statement)
        for claim in tuple(self._claims):
            yield from self._of_claim(claim)
        for article in self._articles:
            yield from self._of_article(article)
        for concept in self._concepts:
            yield from self._of_concept(concept)
        if not conforms(self._shown):
            yield from shacl.violations(self._shown)

    def _of_layer(self) -> Iterator[str]:
        for quad in self._delta.removed:
            if quad.triple in self._layer.triples:
                yield f"belongs to the vocabulary and cannot be removed: {_line(quad.triple)}"
        for quad in self._delta.added:
            if (quad.subject, quad.predicate) == (VOCABULARY, VERSION):
                whole = all(Quad(*triple) in self._store for triple in bundled().triples)
                if quad.object != Literal(bundled().version) or not whole:
                    yield "the vocabulary is not that of this version of the software; run `etiograph ingest` instead"
            elif quad.triple in self._layer.triples:
                continue
            elif quad.subject in self._layer.by_subject and quad.subject not in self._layer.concepts:
                yield f"the ontology cannot be added to: {_line(quad.triple)}"
            elif quad.predicate == _SUBCLASS and _is_ours(quad.object):
                yield f"a class of ours has no subclasses: {_line(quad.triple)}"

    def _touch(self, triple: Triple) -> Iterator[str]:
        """Take down which of our nodes the triple is about."""
        subject, predicate, object_ = triple.subject, triple.predicate, triple.object
        if predicate.value in LINKS:
            if not isinstance(subject, NamedNode) or not isinstance(object_, NamedNode):
                yield f"a relation links two concepts: {_line(triple)}"
                return
            claim = nodes.term(
                claim_id(nodes.curie(subject), _RELATIONS[predicate.value], nodes.curie(object_), negated=False)
            )
            self._claims.add(claim)
            yield from self._of_link(triple, claim)
        elif predicate == HAS_EVIDENCE and isinstance(object_, NamedNode):
            self._evidence.add(object_)
        elif predicate in (SUBJECT, OBJECT) and isinstance(object_, NamedNode):
            self._concepts.add(object_)
        if not isinstance(subject, NamedNode):
            if predicate == TYPE and _is_ours(object_):
                yield f"a node of ours has an IRI: {_line(triple)}"
            return
        place = self._place(subject, predicate, object_)
        if place is not None:
            place.add(_main(subject))

    def _place(self, subject: NamedNode, predicate: NamedNode, object_: object) -> set[NamedNode] | None:
        """Among which nodes the subject is; None where it is none of ours."""
        for prefix, known in (
            (nodes.CLAIMS, self._claims),
            (nodes.EVIDENCE, self._evidence),
            (nodes.ARTICLES, self._articles),
        ):
            if subject.value.startswith(prefix):
                return known
        if predicate == TYPE:
            typed = {CLAIM: self._claims, _EVIDENCE: self._evidence, ARTICLE: self._articles, CONCEPT: self._concepts}
            if isinstance(object_, NamedNode) and object_ in typed:
                return typed[object_]
            if isinstance(object_, NamedNode) and object_.value in _SELECTORS:
                self._shown.update(about(self._store, subject))
        if subject in self._layer.concepts or Quad(subject, TYPE, CONCEPT) in self._store:
            return self._concepts
        return None

    def _of_link(self, link: Triple, claim: NamedNode) -> Iterator[str]:
        if Quad(*link) in self._store and Quad(claim, TYPE, CLAIM) not in self._store:
            yield f"link without an affirmed claim: {_line(link)}"

    def _of_statement(self, node: NamedNode) -> Iterator[str]:
        if next(about(self._store, node, nodes.quote_node(node), nodes.position_node(node)), None) is None:
            return
        claims = list(subjects(self._store, HAS_EVIDENCE, node))
        self._claims.update(claims)
        if not claims:
            yield f"{_short(node)}: evidence of no claim"
        self._shown |= around_evidence(self._store, node)

    def _of_claim(self, node: NamedNode) -> Iterator[str]:
        try:
            claim = stored_claim(self._store, node)
        except _UNREADABLE as error:
            self._shown |= around_claim(self._store, node)
            yield f"{_short(node)}: cannot be read as a claim: {error}"
            return
        if claim is None:
            return
        self._shown |= around_claim(self._store, node)
        self._shown |= around_claim(self._store, _opposite(claim))
        if nodes.term(claim.id) != node:
            yield f"{_short(node)}: the claim that it describes is called {claim.id}"
            return
        if not claim.evidence:
            yield f"{claim.id}: no evidence"
            return
        yield from self._unlike(self._stated(claim), claim_triples(claim))
        for row in claim.evidence:
            article = self._find_article(nodes.article_node(row.article))
            if article is None:
                yield f"{claim.id}: its article {row.article!r} is not in the store"
            elif article.text[row.start : row.end] != row.quote:
                yield f"{claim.id}: {row.article} {row.start}–{row.end} is not the quote {row.quote!r}"
            else:
                statement = nodes.evidence_node(claim.id, row)
                stands = about(self._store, statement, nodes.quote_node(statement), nodes.position_node(statement))
                yield from self._unlike(set(stands), evidence_triples(claim.id, row, article))
        self._concepts |= {nodes.term(claim.subject), nodes.term(claim.object)}

    def _stated(self, claim: Claim) -> set[Triple]:
        return {triple for triple in stated_of(self._store, claim) if Quad(*triple) in self._store}

    def _find_article(self, node: NamedNode) -> Article | None:
        try:
            described = Descriptions(about(self._store, node, nodes.restated_node(nodes.article_id(node))))
            return read_article(described, node) if Quad(node, TYPE, ARTICLE) in self._store else None
        except _UNREADABLE:
            return None

    def _of_article(self, node: NamedNode) -> Iterator[str]:
        stands = set(about(self._store, node, nodes.restated_node(nodes.article_id(node))))
        if not stands:
            return  # evidence that it leaves behind is among what was touched
        self._shown |= stands
        article = self._find_article(node)
        if article is None:
            yield f"{_short(node)}: cannot be read as an article"
            return
        extractor = Descriptions(stands).find(node, "etio:extractor")
        yield from self._unlike(stands, article_triples(article, extractor=extractor))

    def _of_concept(self, node: NamedNode) -> Iterator[str]:
        stands = {triple for triple in about(self._store, node) if triple.predicate.value not in LINKS}
        self._shown |= stands
        used = users(self._store, node)
        if Triple(node, TYPE, CONCEPT) not in stands:
            if used:
                yield f"{_short(node)}: no concept, yet {len(used)} claim(s) speak of it"
            return
        try:
            concept = read_concept(Descriptions(stands), node)
        except _UNREADABLE as error:
            yield f"{_short(node)}: cannot be read as a concept: {error}"
            return
        if is_provisional(concept.id):
            if not used:
                yield f"{concept.id}: a provisional concept of which no claim speaks"
                return
            concept = provisional_of(concept.id, stored_kinds(self._store, node))
        if used and node not in self._layer.concepts:
            yield from self._unlike(stands, concept_triples(concept))

    @staticmethod
    def _unlike(stands: Iterable[Triple], must: Iterable[Triple]) -> Iterator[str]:
        is_there, should_be = set(stands), set(must)
        for triple in is_there - should_be:
            yield f"follows from no evidence; say it in a named graph: {_line(triple)}"
        for triple in should_be - is_there:
            yield f"missing: {_line(triple)}"


def _opposite(claim: Claim) -> NamedNode:
    return nodes.term(claim_id(claim.subject, claim.predicate, claim.object, negated=not claim.negated))


def _main(node: NamedNode) -> NamedNode:
    """The statement that a selector is of, the article that a publication or version is of, or the node itself."""
    if node.value.startswith(nodes.EVIDENCE):
        return NamedNode(node.value.partition("#")[0])
    if node.value.startswith(nodes.ARTICLES):
        return NamedNode(nodes.ARTICLES + node.value.removeprefix(nodes.ARTICLES).partition("/")[0])
    return node


def _is_ours(type_: object) -> bool:
    return isinstance(type_, NamedNode) and (
        type_.value.startswith(ETIO) or type_ == CONCEPT or type_.value in _SELECTORS
    )


def _short(node: NamedNode) -> str:
    return contract(node.value)


def _line(triple: Triple) -> str:
    line = str(triple)
    return line if len(line) <= 300 else line[:299] + "…"
