"""The graph of a snapshot, read from disk as questions need it: opened at once, however much it holds.

Concepts, claims and articles are read by id and the ones asked for last are kept; what is linked to a concept is found
in the store's index of subjects and objects. Nothing is loaded beforehand but by `resident`.
"""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from threading import Lock
from typing import Final, TypeVar

from pyoxigraph import Literal, NamedNode, Quad

from graph import nodes
from graph.adjacency.building import find_links, make_links
from graph.arraylinks import figures_in, links_at, relations_at
from graph.counting import count_of, figures_of
from graph.frequencies import agreed
from graph.knowledge import Figures, KnowledgeGraph, Link, RelationCounts, Sizes
from graph.linkarrays import LinkArrays
from graph.network import Network
from graph.rdf import ARTICLE, CLAIM, CONCEPT, HAS_EVIDENCE, HAS_SOURCE, OBJECT, SUBJECT, TYPE
from graph.reading import Descriptions, read_article, read_concept
from graph.shelf import Shelf
from graph.snapshot import Snapshot
from graph.stored import about, find_node, objects, stored_claim, stored_link, subjects, varying_in
from graph.storednames import StoredNames
from ontology.article import Article
from ontology.claim import Claim, Concept
from ontology.errors import InvalidArgument
from ontology.terms import Predicate

_CONCEPTS_KEPT: Final = 20_000
_CLAIMS_KEPT: Final = 10_000
_LINKS_KEPT: Final = 100_000
_TEXT_KEPT: Final = 32 << 20
"""Characters of articles."""

MOST_LOADED: Final = 20_000
"""The most claims of a graph that is loaded into memory where it has no arrays."""

_LOOK_EVERY: Final = 1.0
"""Seconds between two looks for arrays that another process makes."""

_NEGATED: Final = nodes.term("etio:negated")
_EVIDENCE: Final = nodes.term("etio:Evidence")
_FREQUENCY_CLASS: Final = nodes.term("etio:frequencyClass")
_TRUE: Final = Literal("true", datatype=nodes.term("xsd:boolean"))

_Thing = TypeVar("_Thing")


class StoredNetwork:
    """A `graph.knowledge.KnowledgeGraph` over a snapshot, which stays open for as long as this is there."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self._store = snapshot.store
        self._concepts = Shelf(self._concept, self._ids(TYPE, CONCEPT), room=_CONCEPTS_KEPT)
        self._claims = Shelf(self._claim, self._ids(TYPE, CLAIM), room=_CLAIMS_KEPT)
        self._denied = Shelf(self._denial, self._ids(_NEGATED, _TRUE), room=_CLAIMS_KEPT)
        self._articles = Shelf(self._article, self._article_ids, room=_TEXT_KEPT, size=_length)
        self._from = Shelf(self._links(SUBJECT), tuple, room=_LINKS_KEPT, size=_links)
        self._to = Shelf(self._links(OBJECT), tuple, room=_LINKS_KEPT, size=_links)
        self._articles_of = Shelf(self._stating, tuple, room=_LINKS_KEPT, size=_articles)
        self._lexicon = StoredNames(snapshot, self._concepts)
        self._arrays: LinkArrays | None = None
        self._looked = float("-inf")
        self._figures: Figures | None = None
        self._varying: tuple[str, ...] | None = None
        self._resident: Network | None = None
        self._loading = Lock()

    @classmethod
    def open(cls, folder: Path) -> "StoredNetwork":
        """The graph that is published in a data folder.

        Raises:
            StoreMissing: none was yet.
        """
        return cls(Snapshot.open(folder))

    @property
    def hash(self) -> str:
        """The hash of the snapshot."""
        return self.snapshot.hash

    @property
    def lexicon(self) -> StoredNames:
        """Which concept a name means."""
        return self._lexicon

    @property
    def concepts(self) -> Mapping[str, Concept]:
        """Every concept, by id."""
        return self._concepts

    @property
    def claims(self) -> Mapping[str, Claim]:
        """Every claim, by id."""
        return self._claims

    @property
    def denied(self) -> Mapping[str, Claim]:
        """The negated claims, by id."""
        return self._denied

    @property
    def articles(self) -> Mapping[str, Article]:
        """Every article, by id."""
        return self._articles

    def outgoing(self, concept_id: str) -> tuple[Claim, ...]:
        """The affirmed claims whose subject it is, by id."""
        return self._read(self.links_from(concept_id), negated=False)

    def incoming(self, concept_id: str) -> tuple[Claim, ...]:
        """The affirmed claims whose object it is, by id."""
        return self._read(self.links_to(concept_id), negated=False)

    def denied_outgoing(self, concept_id: str) -> tuple[Claim, ...]:
        """The negated claims whose subject it is, by id."""
        return self._read(self.links_from(concept_id), negated=True)

    def denied_incoming(self, concept_id: str) -> tuple[Claim, ...]:
        """The negated claims whose object it is, by id."""
        return self._read(self.links_to(concept_id), negated=True)

    def links_from(self, concept_id: str) -> tuple[Link, ...]:
        """The claims whose subject it is in short, by id."""
        return self._from[concept_id]

    def links_to(self, concept_id: str) -> tuple[Link, ...]:
        """The claims whose object it is in short, by id."""
        return self._to[concept_id]

    def links(self) -> Iterator[Link]:
        """All claims in short, in no order."""
        found = (stored_link(self._store, claim) for claim in subjects(self._store, TYPE, CLAIM))
        return (link for link in found if link is not None)

    def number_from(self, concept_id: str, predicate: Predicate) -> int:
        """How many affirmed claims of this relation have it as their subject."""
        arrays = self.arrays()
        if arrays is not None:
            return arrays.number_from(concept_id, predicate)
        return sum(link.predicate is predicate and not link.negated for link in self.links_from(concept_id))

    def number_to(self, concept_id: str, predicate: Predicate) -> int:
        """How many affirmed claims of this relation have it as their object."""
        arrays = self.arrays()
        if arrays is not None:
            return arrays.number_to(concept_id, predicate)
        return sum(link.predicate is predicate and not link.negated for link in self.links_to(concept_id))

    def relations_of(self, concept_id: str) -> RelationCounts:
        """How many claims of each relation it is part of."""
        arrays = self.arrays()
        if arrays is not None:
            return relations_at(arrays, concept_id)
        return RelationCounts.of(self.links_from(concept_id), self.links_to(concept_id))

    def articles_of(self, claim_id: str) -> frozenset[str]:
        """The ids of the articles that state the claim, which need not be read for it."""
        return self._articles_of[claim_id]

    def _stating(self, claim_id: str) -> frozenset[str]:
        node = find_node(claim_id)
        if node is None:
            return frozenset()
        return frozenset(
            nodes.article_id(source)
            for statement in objects(self._store, node, HAS_EVIDENCE)
            for source in objects(self._store, statement, HAS_SOURCE)
        )

    def degree(self, concept_id: str) -> int:
        """How many other concepts affirmed claims link it to."""
        arrays = self.arrays()
        if arrays is not None:
            number = arrays.names.find(concept_id)
            return 0 if number is None else int(arrays.degree[number])
        others = {link.object for link in self.links_from(concept_id) if not link.negated}
        others |= {link.subject for link in self.links_to(concept_id) if not link.negated}
        return len(others - {concept_id})

    def concept(self, concept_id: str, argument: str = "concept") -> Concept:
        """The concept with this id.

        Raises:
            InvalidArgument: there is none; `argument` names what was asked. Names are resolved by `lexicon.get`.
        """
        found = self._concepts.get(concept_id)
        if found is None:
            raise InvalidArgument(argument, concept_id, "the id of a concept in the graph; resolve names first")
        return found

    def stated_in(self, article_id: str) -> frozenset[str]:
        """The ids of the claims that the article states or denies."""
        statements = subjects(self._store, HAS_SOURCE, nodes.article_node(article_id))
        return frozenset(
            nodes.curie(claim) for statement in statements for claim in subjects(self._store, HAS_EVIDENCE, statement)
        )

    def frequency_of(self, claim_id: str) -> str | None:
        """The HPO frequency class on which all statements of the claim agree, which need not be read for it."""
        node = find_node(claim_id)
        if node is None:
            return None
        return agreed(
            nodes.curie(found)
            for statement in objects(self._store, node, HAS_EVIDENCE)
            for found in objects(self._store, statement, _FREQUENCY_CLASS)
        )

    def varying(self) -> tuple[str, ...]:
        """The ids of the affirmed claims whose statements differ in how often they hold, found when first asked."""
        with self._loading:
            if self._varying is None:
                self._varying = varying_in(self._store)
            return self._varying

    def sizes(self) -> Sizes:
        """How many articles and claims there are."""
        arrays = self.arrays()
        if arrays is None:
            figures = self.figures()
            return Sizes(figures.articles, figures.claims, figures.denied)
        affirmed, denied = arrays.affirmed.links, arrays.denied.links
        return Sizes(len(self._articles), affirmed + denied, denied)

    def figures(self) -> Figures:
        """How much of what there is, counted when it is first asked."""
        arrays = self.arrays()
        with self._loading:
            if self._figures is None and arrays is not None:
                evidence = count_of(self._store, _EVIDENCE)
                self._figures = figures_in(arrays, articles=len(self._articles), evidence=evidence)
            elif self._figures is None:
                self._figures = figures_of(self._store)
            return self._figures

    def resident(self) -> KnowledgeGraph:
        """The graph as a question that goes through much of it needs it.

        A small one is loaded into memory. For a larger one the arrays of its links are made by a process of its own,
        which waits where another makes them, and once they are there it is this one.
        """
        with self._loading:
            if self._arrays is not None:
                return self
            if self._resident is None:
                claims = islice(subjects(self._store, TYPE, CLAIM), MOST_LOADED + 1)
                if sum(1 for _ in claims) > MOST_LOADED and make_links(self.snapshot.path):
                    self._arrays = find_links(self.snapshot.path)
                    return self
                self._resident = Network.load(self.snapshot)
            return self._resident

    def arrays(self) -> LinkArrays | None:
        """All links as arrays; None as long as they were not made, which is looked for once a second."""
        if self._arrays is None and time.monotonic() - self._looked >= _LOOK_EVERY:
            self._looked = time.monotonic()
            self._arrays = find_links(self.snapshot.path)
        return self._arrays

    def _read(self, links: Iterable[Link], *, negated: bool) -> tuple[Claim, ...]:
        return tuple(self._claims[link.id] for link in links if link.negated == negated)

    def _concept(self, concept_id: str) -> Concept | None:
        node = find_node(concept_id)
        if node is None or Quad(node, TYPE, CONCEPT) not in self._store:
            return None
        return read_concept(Descriptions(about(self._store, node)), node)

    def _claim(self, claim_id: str) -> Claim | None:
        node = find_node(claim_id)
        if node is None or Quad(node, TYPE, CLAIM) not in self._store:
            return None
        return stored_claim(self._store, node)

    def _denial(self, claim_id: str) -> Claim | None:
        claim = self._claims.get(claim_id)
        return claim if claim is not None and claim.negated else None

    def _article(self, article_id: str) -> Article | None:
        node = nodes.article_node(article_id)
        if Quad(node, TYPE, ARTICLE) not in self._store:
            return None
        return read_article(Descriptions(about(self._store, node, nodes.restated_node(article_id))), node)

    def _article_ids(self) -> Iterator[str]:
        return (nodes.article_id(node) for node in subjects(self._store, TYPE, ARTICLE))

    def _ids(self, property: NamedNode, value: NamedNode | Literal) -> Callable[[], Iterator[str]]:
        return lambda: (nodes.curie(node) for node in subjects(self._store, property, value))

    def _links(self, end: NamedNode) -> Callable[[str], tuple[Link, ...]]:
        def links(concept_id: str) -> tuple[Link, ...]:
            arrays = self.arrays()
            if arrays is not None:
                return links_at(arrays, concept_id, outward=end == SUBJECT)
            node = find_node(concept_id)
            claims = () if node is None else subjects(self._store, end, node)
            found = (stored_link(self._store, claim) for claim in claims)
            return tuple(sorted((link for link in found if link is not None), key=lambda link: link.id))

        return links


def _length(article: Article) -> int:
    return len(article.text) + 1


def _articles(articles: frozenset[str]) -> int:
    return len(articles) + 1


def _links(links: tuple[Link, ...]) -> int:
    return len(links) + 1
