"""The toy graph in a real store on disk."""

from collections.abc import Callable, Iterable
from pathlib import Path

from pyoxigraph import Quad
from toygraph import toy_extractions

from graph.adjacency.building import build
from graph.export.part import Part
from graph.knowledge import KnowledgeGraph
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
    part = Part(tuple(concepts), tuple(claims), tuple(articles))
    with Store.open_as_it_is(folder) as store, store.revision():
        store.apply((), as_stored([Quad(*triple) for triple in part.triples()]))
    return StoredNetwork.open(folder)


def with_arrays(network: StoredNetwork) -> StoredNetwork:
    """The same graph, once its links lie in arrays."""
    build(network.snapshot.path)
    return StoredNetwork(network.snapshot)
