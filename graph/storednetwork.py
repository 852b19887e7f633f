"""The graph of a snapshot, read from disk as questions need it: opened at once, however much it holds.

Concepts, claims and articles are read by id and the ones asked for last are kept; what is linked to a concept is found
in the store's index of subjects and objects. Nothing is loaded beforehand but by `resident`.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from threading import Lock
from typing import Final

from graph import claimjson, nodes
from graph.adjacency.building import make_links
from graph.arraylinks import figures_in, relations_at
from graph.counting import count_of, figures_of
from graph.frequencies import agreed
from graph.knowledge import Figures, KnowledgeGraph, Link, RelationCounts, Sizes
from graph.linkarrays import LinkArrays
from graph.network import Network
from graph.numbering import kinds_of
from graph.rdf import CLAIM, EVIDENCE, HAS_EVIDENCE, HAS_SOURCE, OBJECT, SUBJECT, TYPE
from graph.readahead import claims_at
from graph.records.kept import Records
from graph.saying import claims_quoting, concepts_labelled
from graph.snapshot import Snapshot
from graph.stored import find_node, numbers, objects, stored_link, subjects, varying_in
from graph.storednames import StoredNames
from graph.storedthings import (
    MOST_LOADED,
    MadeArrays,
    MadeTally,
    articles_in,
    claims_in,
    concepts_in,
    denied_in,
    links_in,
    stating_in,
)
from ontology.article import Article
from ontology.claim import Claim, Concept, numbered_claim
from ontology.errors import InvalidArgument
from ontology.terms import Kind, Predicate

_FREQUENCY_CLASS: Final = nodes.term("etio:frequencyClass")
_START: Final = nodes.term("oa:start")


class StoredNetwork:
    """A `graph.knowledge.KnowledgeGraph` over a snapshot, which stays open for as long as this is there."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self._store = snapshot.store
        self._arrays = MadeArrays(snapshot.path)
        self._records = Records(snapshot.path)
        self._concepts = concepts_in(self._store, self._records)
        self._claims = claims_in(self._store, self._records)
        self._denied = denied_in(self._store, self._claims)
        self._tally = MadeTally(snapshot.path, self._arrays)
        self._articles = articles_in(self._store, self._tally)
        self._from = links_in(self._store, SUBJECT, self._arrays)
        self._to = links_in(self._store, OBJECT, self._arrays)
        self._stating = stating_in(self._store, self._records)
        self._lexicon = StoredNames(snapshot, self._concepts)
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

    def take_over(self, former: "StoredNetwork") -> None:
        """Have what another one counted or loaded of the same content, so that it is not done again."""
        if former.hash == self.hash:
            self._figures, self._varying, self._resident = former._figures, former._varying, former._resident
            self._articles.list_as(former._articles)

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

    def claims_written(self, numbers: Sequence[int]) -> list[bytes]:
        """The claims with these numbers, which are there, as `graph.claimjson.written` has them; few need be read."""
        recorded = self._records.written(numbers)
        missing = {number: numbered_claim(number) for number, found in zip(numbers, recorded, strict=True) if not found}
        self.read_ahead(missing.values())
        return [
            claimjson.written(self._claims[missing[number]]) if found is None else found
            for number, found in zip(numbers, recorded, strict=True)
        ]

    def read_ahead(self, claims: Iterable[str]) -> None:
        """Read those of the claims with these ids that are not kept, at once."""
        self._claims.fill(claims, self._claims_at)

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
        return self._stating[claim_id]

    def degree(self, concept_id: str) -> int:
        """How many other concepts affirmed claims link it to."""
        arrays = self.arrays()
        if arrays is not None:
            number = arrays.names.find(concept_id)
            return 0 if number is None else int(arrays.degree[number])
        others = {link.object for link in self.links_from(concept_id) if not link.negated}
        others |= {link.subject for link in self.links_to(concept_id) if not link.negated}
        return len(others - {concept_id})

    def saying(self, words: str) -> Iterator[Link]:
        """The claims in short that have the words, given in lower case, in a quote or in the label of an end."""
        found: dict[str, Link] = {}
        for concept in concepts_labelled(self._store, words):
            found |= {link.id: link for link in (*self.links_from(concept), *self.links_to(concept))}
        for node in claims_quoting(self._store, words):
            if nodes.curie(node) not in found:
                link = stored_link(self._store, node)
                found |= {link.id: link} if link else {}
        return iter(found.values())

    def nature(self, concept_id: str) -> tuple[frozenset[Kind], bool]:
        """The kinds of a concept that is there, and whether it is provisional; the concept need not be read for it."""
        arrays = self.arrays()
        number = None if arrays is None else arrays.names.find(concept_id)
        if arrays is None or number is None:
            concept = self._concepts[concept_id]
            return frozenset(concept.kinds), concept.provisional
        return kinds_of(int(arrays.kinds[number])), bool(arrays.provisional[number])

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

    def places_in(self, article_id: str) -> tuple[tuple[int, str], ...]:
        """Where the article states what: the first character of every statement and the claim's id, sorted.

        No claim is read for it.
        """
        statements = subjects(self._store, HAS_SOURCE, nodes.article_node(article_id))
        return tuple(
            sorted(
                {
                    (start, nodes.curie(claim))
                    for statement in statements
                    for start in numbers(self._store, nodes.position_node(statement), _START)
                    for claim in subjects(self._store, HAS_EVIDENCE, statement)
                }
            )
        )

    def frequency_of(self, claim_id: str) -> str | None:
        """The HPO frequency class on which all statements of the claim agree, which need not be read for it."""
        recorded = self._records.claim(claim_id)
        if recorded is not None:
            return agreed(row.frequency_class for row in recorded.evidence if row.frequency_class is not None)
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
                tally = self._tally.find()
                evidence = count_of(self._store, EVIDENCE) if tally is None else tally.statements
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
            if self._arrays.find() is not None:
                return self
            if self._resident is None:
                claims = islice(subjects(self._store, TYPE, CLAIM), MOST_LOADED + 1)
                if sum(1 for _ in claims) > MOST_LOADED and make_links(self.snapshot.path):
                    self._arrays.look_again()
                    return self
                self._resident = Network.load(self.snapshot)
            return self._resident

    def arrays(self) -> LinkArrays | None:
        """All links as arrays; None as long as they were not made."""
        return self._arrays.find()

    def _claims_at(self, ids: Collection[str]) -> dict[str, Claim]:
        """Those of these claims that there are, by id."""
        recorded = {id: claim for id in ids if (claim := self._records.claim(id)) is not None}
        return recorded | claims_at(self._store, [id for id in ids if id not in recorded])

    def _read(self, links: Iterable[Link], *, negated: bool) -> tuple[Claim, ...]:
        return tuple(self._claims[link.id] for link in links if link.negated == negated)
