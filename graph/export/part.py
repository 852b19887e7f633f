"""Which part of the graph is exported."""

from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import Triple

from graph.knowledge import KnowledgeGraph
from graph.neighbours import Direction, Negated, find_neighbours
from graph.rdf import article_triples, claim_triples, concept_triples, evidence_triples
from ontology.article import Article
from ontology.claim import Claim, Concept
from ontology.terms import Certainty, Kind, Predicate


@dataclass(frozen=True, slots=True)
class Part:
    """Concepts, the claims between them and the articles these rest on, each sorted by id."""

    concepts: tuple[Concept, ...]
    claims: tuple[Claim, ...]
    articles: tuple[Article, ...]

    def triples(self) -> set[Triple]:
        """It as RDF, as the store holds it; without the ontology."""
        texts = {article.id: article for article in self.articles}
        triples: set[Triple] = set()
        for concept in self.concepts:
            triples |= concept_triples(concept)
        for article in self.articles:
            triples |= article_triples(article)
        for claim in self.claims:
            triples |= claim_triples(claim)
            for statement in claim.evidence:
                triples |= evidence_triples(claim.id, statement, texts[statement.article])
        return triples


def whole(network: KnowledgeGraph) -> Part:
    """Everything in the graph."""
    return Part(tuple(network.concepts.values()), tuple(network.claims.values()), tuple(network.articles.values()))


def around(
    network: KnowledgeGraph,
    concept_ids: Iterable[str],
    *,
    depth: int = 1,
    direction: Direction = "both",
    predicates: frozenset[Predicate] = frozenset(),
    kinds: frozenset[Kind] = frozenset(),
    negated: Negated = "exclude",
    min_certainty: Certainty = Certainty.UNLIKELY,
    min_articles: int = 1,
    articles: frozenset[str] = frozenset(),
) -> Part:
    """The concepts asked for and exactly the claims that `find_neighbours` answers for them with the same options.

    Raises:
        InvalidArgument: as `find_neighbours` does.
    """
    concepts: dict[str, Concept] = {}
    claims: dict[str, Claim] = {}
    for concept_id in concept_ids:
        concepts[concept_id] = network.concept(concept_id)
        for link in find_neighbours(
            network,
            concept_id,
            direction=direction,
            predicates=predicates,
            kinds=kinds,
            depth=depth,
            negated=negated,
            min_certainty=min_certainty,
            min_articles=min_articles,
            articles=articles,
        ):
            concepts |= {link.concept.id: link.concept, link.of.id: link.of}
            claims |= {claim.id: claim for claim in link.claims}
    used = {article_id for claim in claims.values() for article_id in claim.articles}
    return Part(
        tuple(concepts[key] for key in sorted(concepts)),
        tuple(claims[key] for key in sorted(claims)),
        tuple(network.articles[key] for key in sorted(used)),
    )
