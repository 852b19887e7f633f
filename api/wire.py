"""Concepts, claims, links and paths as the shapes of the wire. Pure: the same object gives the same shape.

The command line's `--json` prints the same shapes as HTTP answers.
"""

from api import written
from api.cards import Card
from api.models import (
    ArticleOut,
    ArticleText,
    Association,
    BeliefTerm,
    CardOut,
    ClaimOut,
    ConceptOut,
    EvidenceOut,
    MappingOut,
    Match,
    NameOut,
    Node,
    OneClaim,
    PathOut,
    RelationCount,
    SectionOut,
    SourceOut,
    StatementTerm,
)
from graph import claimjson
from graph.claimjson import EvidenceMode
from graph.knowledge import KnowledgeGraph
from graph.neighbours import Neighbour
from graph.nodes import article_iri
from graph.paths import Path
from ontology.article import Article, Source
from ontology.claim import Claim, Concept, Evidence
from ontology.lexicon import Hit
from ontology.reliability import independent, weights
from ontology.terms import NameType, Predicate, expand


def node(concept: Concept) -> Node:
    """The concept in short."""
    return Node.model_validate(written.node(concept))


def match(hit: Hit) -> Match:
    """A hit of the search."""
    concept = hit.concept
    return Match(id=concept.id, label=concept.label, kinds=concept.kinds, name=hit.name, score=hit.score)


def concept_out(network: KnowledgeGraph, concept: Concept) -> ConceptOut:
    """The concept in full; hidden names are left out."""
    return ConceptOut(
        id=concept.id,
        label=concept.label,
        kinds=concept.kinds,
        iri=expand(concept.id),
        definition=concept.definition,
        names=tuple(
            NameOut(text=name.text, type=name.type) for name in concept.names if name.type is not NameType.HIDDEN
        ),
        mappings=tuple(
            MappingOut(relation=mapping.relation, id=mapping.curie, iri=expand(mapping.curie))
            for mapping in concept.mappings
        ),
        provisional=concept.provisional,
        relations=_relation_counts(network, concept.id),
    )


def claim_out(network: KnowledgeGraph, claim: Claim, *, evidence: EvidenceMode = "full") -> ClaimOut:
    """The claim, with its statements where `evidence` is "full"."""
    return ClaimOut.model_validate(written.claim(claim, written.labels_of(network), evidence))


def one_claim(network: KnowledgeGraph, claim: Claim) -> OneClaim:
    """The claim with all its evidence and what that adds to its belief."""
    known = weights()
    terms = []
    for article, weight in claim.belief_terms:
        rows = [row for row in claim.evidence if row.article == article]
        counted = independent([(row.rule, row.certainty, row.start, row.end) for row in rows])
        statements = tuple(
            StatementTerm(
                start=row.start,
                end=row.end,
                rule=row.rule,
                certainty=row.certainty,
                rule_weight=known.rule(row.rule),
                certainty_factor=known.certainties[row.certainty],
                counted=place in counted,
            )
            for place, row in enumerate(rows)
        )
        terms.append(BeliefTerm(article=article, weight=weight, statements=statements))
    return OneClaim(**dict(claim_out(network, claim)), belief_terms=tuple(terms))


def evidence_out(evidence: Evidence) -> EvidenceOut:
    """One statement of a claim."""
    return EvidenceOut.model_validate(claimjson.statement(evidence))


def association(link: Neighbour, *, evidence: EvidenceMode = "full") -> Association:
    """One link of a concept with the claims that make it."""
    return Association.model_validate(written.association(link, evidence))


def card_out(network: KnowledgeGraph, found: Card) -> CardOut:
    """The card of a concept."""
    return CardOut(
        concept=concept_out(network, found.concept),
        sections=tuple(
            SectionOut(
                name=section.name,
                title=section.title,
                items=tuple(association(link) for link in section.links),
                more=section.more or None,
            )
            for section in found.sections
        ),
        denied=tuple(association(link) for link in found.denied),
    )


def path_out(path: Path, *, evidence: EvidenceMode = "full") -> PathOut:
    """One chain with the claims behind every hop."""
    return PathOut.model_validate(written.path(path, evidence))


def article_out(article: Article, claims: int) -> ArticleOut:
    """The article without its text; `claims` counts what it states or denies."""
    source = article.source
    return ArticleOut(
        id=article.id,
        iri=article_iri(article.id),
        title=article.title,
        author=source.author,
        publisher=source.publisher,
        date=source.date,
        url=source.url,
        licence=article.licence,
        restates=_source(article.restates),
        format=article.format,
        sha256=article.sha256,
        characters=len(article.text),
        claims=claims,
    )


def article_text(article: Article, claims: int) -> ArticleText:
    """The article with its text."""
    return ArticleText(**article_out(article, claims).model_dump(), text=article.text)


def _relation_counts(network: KnowledgeGraph, concept: str) -> tuple[RelationCount, ...]:
    found = network.relations_of(concept)
    counts = (
        RelationCount(
            predicate=predicate,
            outgoing=found.outgoing.get(predicate, 0),
            incoming=found.incoming.get(predicate, 0),
            denied=found.denied.get(predicate, 0),
        )
        for predicate in sorted(Predicate, key=lambda predicate: predicate.value)
    )
    return tuple(row for row in counts if row.outgoing or row.incoming or row.denied)


def _source(source: Source | None) -> SourceOut | None:
    if source is None:
        return None
    return SourceOut(
        title=source.title, author=source.author, publisher=source.publisher, date=source.date, url=source.url
    )
