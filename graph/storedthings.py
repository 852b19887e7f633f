"""Shelves of what a snapshot holds: each reads one sort of thing from the store by id and keeps the last ones.

They know the store and nothing of what asks them, so that a graph that is not used any more is gone at once, and its
snapshot with it.
"""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Lock
from typing import Final

import pyoxigraph
from pyoxigraph import Literal, NamedNode, Quad

from graph import nodes
from graph.adjacency.building import find_links
from graph.arraylinks import links_at
from graph.knowledge import Link
from graph.linkarrays import LinkArrays
from graph.naming.texts import Texts
from graph.rdf import ARTICLE, CLAIM, CONCEPT, HAS_EVIDENCE, HAS_SOURCE, SUBJECT, TYPE
from graph.reading import Descriptions, read_article, read_concept
from graph.records.kept import Records
from graph.shelf import Shelf
from graph.stored import about, about_concept, find_node, objects, stored_claim, stored_link, subjects
from graph.tallying import Tally, make_tally
from ontology.article import Article
from ontology.claim import Claim, Concept

MOST_LOADED: Final = 20_000
"""The most claims of a graph that this process goes through."""

_CONCEPTS_KEPT: Final = 20_000
_CLAIMS_KEPT: Final = 10_000
_LINKS_KEPT: Final = 100_000
_TEXT_KEPT: Final = 32 << 20
"""Characters of articles."""

_LOOK_EVERY: Final = 1.0
"""Seconds between two looks for arrays that another process makes."""

_NEGATED: Final = nodes.term("etio:negated")
_TRUE: Final = Literal("true", datatype=nodes.term("xsd:boolean"))


class MadeArrays:
    """The arrays of a snapshot's links, looked for until they are there."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._arrays: LinkArrays | None = None
        self._looked = float("-inf")

    def find(self) -> LinkArrays | None:
        """The arrays; None as long as they were not made, which is looked for once a second."""
        if self._arrays is None and time.monotonic() - self._looked >= _LOOK_EVERY:
            self._looked = time.monotonic()
            self._arrays = find_links(self._path)
        return self._arrays

    def look_again(self) -> None:
        """Have the next `find` look for them."""
        self._looked = float("-inf")


class MadeTally:
    """What was counted in a snapshot (`graph.tallying`); of a large one it is counted when it is first asked for."""

    def __init__(self, path: Path, arrays: MadeArrays) -> None:
        self._path = path
        self._arrays = arrays
        self._tally: Tally | None = None
        self._counting = Lock()

    def find(self) -> Tally | None:
        """It; None where the engine can tell as well."""
        with self._counting:
            if self._tally is None:
                self._tally = Tally.find(self._path)
            if self._tally is None and self._is_large:
                self._tally = make_tally(self._path)
            return self._tally

    def articles(self) -> Texts | None:
        """The ids of all articles in their order; None where the engine can tell as well."""
        tally = self.find()
        return None if tally is None else tally.articles

    @property
    def _is_large(self) -> bool:
        arrays = self._arrays.find()
        return arrays is not None and arrays.affirmed.links + arrays.denied.links > MOST_LOADED


def concepts_in(store: pyoxigraph.Store, records: Records) -> Shelf[Concept]:
    """The concepts by id."""

    def read(concept_id: str) -> Concept | None:
        recorded = records.concept(concept_id)
        if recorded is not None:
            return recorded
        node = find_node(concept_id)
        if node is None:
            return None
        triples = Descriptions(about_concept(store, node))
        return read_concept(triples, node) if triples.is_a(node, CONCEPT) else None

    return Shelf(read, _ids(store, TYPE, CONCEPT), room=_CONCEPTS_KEPT)


def claims_in(store: pyoxigraph.Store, records: Records) -> Shelf[Claim]:
    """The claims by id."""

    def read(claim_id: str) -> Claim | None:
        recorded = records.claim(claim_id)
        if recorded is not None:
            return recorded
        node = find_node(claim_id)
        if node is None or Quad(node, TYPE, CLAIM) not in store:
            return None
        return stored_claim(store, node)

    return Shelf(read, _ids(store, TYPE, CLAIM), room=_CLAIMS_KEPT)


def denied_in(store: pyoxigraph.Store, claims: Shelf[Claim]) -> Shelf[Claim]:
    """Those of the claims that are negated, by id."""

    def read(claim_id: str) -> Claim | None:
        claim = claims.get(claim_id)
        return claim if claim is not None and claim.negated else None

    return Shelf(read, _ids(store, _NEGATED, _TRUE), room=_CLAIMS_KEPT)


def articles_in(store: pyoxigraph.Store, tally: MadeTally) -> Shelf[Article]:
    """The articles by id."""

    def read(article_id: str) -> Article | None:
        node = nodes.article_node(article_id)
        if Quad(node, TYPE, ARTICLE) not in store:
            return None
        return read_article(Descriptions(about(store, node, nodes.restated_node(article_id))), node)

    def ids() -> Iterator[str]:
        return (nodes.article_id(node) for node in subjects(store, TYPE, ARTICLE))

    return Shelf(read, ids, room=_TEXT_KEPT, size=lambda article: len(article.text) + 1, listed=tally.articles)


def links_in(store: pyoxigraph.Store, end: NamedNode, arrays: MadeArrays) -> Shelf[tuple[Link, ...]]:
    """By id of a concept the claims in short that have it as this end, by id; () for an unknown one."""

    def read(concept_id: str) -> tuple[Link, ...]:
        mapped = arrays.find()
        if mapped is not None:
            return links_at(mapped, concept_id, outward=end == SUBJECT)
        node = find_node(concept_id)
        claims = () if node is None else subjects(store, end, node)
        found = (stored_link(store, claim) for claim in claims)
        return tuple(sorted((link for link in found if link is not None), key=lambda link: link.id))

    return Shelf(read, tuple, room=_LINKS_KEPT, size=lambda links: len(links) + 1)


def stating_in(store: pyoxigraph.Store, records: Records) -> Shelf[frozenset[str]]:
    """By id of a claim the ids of the articles that state it; none for an unknown one."""

    def read(claim_id: str) -> frozenset[str]:
        recorded = records.articles(claim_id)
        if recorded is not None:
            return recorded
        node = find_node(claim_id)
        statements = () if node is None else objects(store, node, HAS_EVIDENCE)
        return frozenset(
            nodes.article_id(source) for statement in statements for source in objects(store, statement, HAS_SOURCE)
        )

    return Shelf(read, tuple, room=_LINKS_KEPT, size=lambda articles: len(articles) + 1)


def _ids(store: pyoxigraph.Store, property: NamedNode, value: NamedNode | Literal) -> Callable[[], Iterator[str]]:
    return lambda: (nodes.curie(node) for node in subjects(store, property, value))
