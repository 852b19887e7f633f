"""Concepts, claims, links and paths as the shapes of the wire. Pure: the same object gives the same shape.

The command line's `--json` prints the same shapes as HTTP answers.
"""

from collections.abc import Iterable
from typing import Literal

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
    FacetsOut,
    HopClaim,
    HopEvidence,
    HopOut,
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
    WeakestOut,
)
from graph.knowledge import KnowledgeGraph
from graph.neighbours import Neighbour
from graph.nodes import article_node, evidence_node
from graph.paths import Hop, Path
from graph.quoting import in_quotes
from graph.stretches import Facets
from ontology.article import Article, Source
from ontology.claim import Claim, Concept, Evidence
from ontology.lexicon import Hit
from ontology.reliability import independent, weights
from ontology.terms import NameType, Predicate, expand

EvidenceMode = Literal["none", "count", "full"]


def node(concept: Concept) -> Node:
    """The concept in short."""
    return Node(id=concept.id, label=concept.label, kinds=concept.kinds)


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
    return ClaimOut(
        id=claim.id,
        subject=claim.subject,
        subject_label=network.concepts[claim.subject].label,
        predicate=claim.predicate,
        object=claim.object,
        object_label=network.concepts[claim.object].label,
        negated=claim.negated,
        certainty=claim.certainty,
        belief=claim.belief,
        frequency_qualifier=claim.frequency,
        publications=tuple(article_node(article).value for article in claim.articles),
        evidence_count=len(claim.evidence) if evidence != "none" else None,
        has_evidence=tuple(evidence_node(claim.id, row).value for row in claim.evidence)
        if evidence == "full"
        else None,
        evidence=tuple(evidence_out(row) for row in claim.evidence) if evidence == "full" else None,
    )


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
    return EvidenceOut(
        article=evidence.article,
        quote=evidence.quote,
        start=evidence.start,
        end=evidence.end,
        section=evidence.section,
        certainty=evidence.certainty,
        certainty_cue=evidence.certainty_cue,
        frequency=evidence.frequency,
        frequency_class=evidence.frequency_class,
        qualifier=evidence.qualifier,
        rule=evidence.rule,
        extractor=evidence.extractor,
        subject_mention=evidence.subject_mention,
        object_mention=evidence.object_mention,
    )


def association(network: KnowledgeGraph, link: Neighbour, *, evidence: EvidenceMode = "full") -> Association:
    """One link of a concept with the claims that make it."""
    main = link.claims[0]
    return Association(
        concept=node(link.concept),
        predicate=link.predicate,
        direction=link.direction,
        of=node(link.of),
        distance=link.distance,
        belief=link.belief,
        certainty=link.certainty,
        negated=main.negated,
        frequency_qualifier=main.frequency,
        claims=tuple(claim_out(network, claim, evidence=evidence) for claim in link.claims),
    )


def facets_out(facets: Facets) -> FacetsOut:
    """The counts, by name."""
    return FacetsOut(
        predicate=dict(sorted(facets.predicates.items())),
        kind=dict(sorted(facets.kinds.items())),
        certainty=dict(sorted(facets.certainties.items())),
    )


def card_out(network: KnowledgeGraph, found: Card) -> CardOut:
    """The card of a concept."""
    return CardOut(
        concept=concept_out(network, found.concept),
        sections=tuple(
            SectionOut(
                name=section.name,
                title=section.title,
                items=tuple(association(network, link) for link in section.links),
                more=section.more or None,
            )
            for section in found.sections
        ),
        denied=tuple(association(network, link) for link in found.denied),
    )


def path_out(path: Path, *, evidence: EvidenceMode = "full") -> PathOut:
    """One chain with the claims behind every hop."""
    return PathOut(
        rank=path.rank,
        score=path.score,
        score_terms=dict(path.terms),
        weakest=WeakestOut(
            hop=path.hops.index(path.weakest) + 1, claim=path.weakest.claims[0].id, belief=path.weakest.belief
        ),
        nodes=tuple(node(concept) for concept in path.nodes),
        hops=tuple(_hop(hop, evidence) for hop in path.hops),
        text=path.text,
        explanation=in_quotes(path) if evidence == "full" else None,
        sparql=path.sparql,
    )


def article_out(article: Article, claims: int) -> ArticleOut:
    """The article without its text; `claims` counts what it states or denies."""
    source = article.source
    return ArticleOut(
        id=article.id,
        iri=article_node(article.id).value,
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


def touched(links: Iterable[Association]) -> tuple[Node, ...]:
    """Every concept the links touch, each once, by id."""
    nodes = {end.id: end for link in links for end in (link.concept, link.of)}
    return tuple(nodes[key] for key in sorted(nodes))


def _hop(hop: Hop, evidence: EvidenceMode) -> HopOut:
    return HopOut(
        subject=hop.subject,
        predicate=hop.predicate,
        object=hop.object,
        inverted=hop.inverted,
        claims=tuple(_hop_claim(claim, evidence) for claim in hop.claims),
    )


def _hop_claim(claim: Claim, evidence: EvidenceMode) -> HopClaim:
    return HopClaim(
        id=claim.id,
        negated=claim.negated,
        certainty=claim.certainty,
        evidence_count=len(claim.evidence) if evidence == "count" else None,
        evidence=tuple(
            HopEvidence(article=row.article, quote=row.quote, start=row.start, end=row.end, section=row.section)
            for row in claim.evidence
        )
        if evidence == "full"
        else None,
    )


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
