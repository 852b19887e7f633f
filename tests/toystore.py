"""The toy graph in a real store on disk."""

from collections.abc import Callable, Iterable
from pathlib import Path

from pyoxigraph import Quad, Triple
from toygraph import toy_extractions

from graph.adjacency.building import build
from graph.knowledge import KnowledgeGraph
from graph.rdf import article_triples, claim_triples, concept_triples, evidence_triples
from graph.store import Store
from graph.storednetwork import StoredNetwork
from graph.updating.delta import as_stored
from ontology.article import Article
from ontology.claim import Claim, Concept

Build = Callable[[Iterable[Concept], Iterable[Claim], Iterable[Article]], KnowledgeGraph]
"""Makes a graph, as the fixture `build` does."""


def store_toy(folder: Path) -> None:
    """Put the toy articles with the bundled vocabulary into a data folder, and publish them."""
    with Store.open(folder) as store:
        store.replace(toy_extractions())


def stored(
    folder: Path, concepts: Iterable[Concept], claims: Iterable[Claim], articles: Iterable[Article]
) -> StoredNetwork:
    """The graph of these and nothing else, whatever the shapes say of them, in a store on disk."""
    with Store.open_as_it_is(folder) as store, store.revision():
        store.apply((), as_stored([Quad(*triple) for triple in triples_of(concepts, claims, articles)]))
    return StoredNetwork.open(folder)


def triples_of(concepts: Iterable[Concept], claims: Iterable[Claim], articles: Iterable[Article]) -> set[Triple]:
    """What the store holds of these."""
    texts = {article.id: article for article in articles}
    triples: set[Triple] = set()
    for concept in concepts:
        triples |= concept_triples(concept)
    for article in texts.values():
        triples |= article_triples(article)
    for claim in claims:
        triples |= claim_triples(claim)
        for statement in claim.evidence:
            triples |= evidence_triples(claim.id, statement, texts[statement.article])
    return triples


def with_arrays(network: StoredNetwork) -> StoredNetwork:
    """The same graph, once its links lie in arrays."""
    build(network.snapshot.path)
    return StoredNetwork(network.snapshot)
