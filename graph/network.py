"""The frozen network that path and neighbour questions are asked of.

Built once from concepts, claims and articles, then never changed: a new snapshot of the store makes a new network.
Only affirmed claims are edges; the denied ones are kept beside them. An edge runs from the claim's subject to its
object. This module answers nothing but "what is linked to what"; filters, order and scores live in `neighbours`,
`lookups` and `paths`.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol, TypeVar

from graph import claimjson
from graph.frequencies import agreed, varies
from graph.knowledge import Figures, Link, RelationCounts, Sizes
from ontology.article import Article
from ontology.claim import Claim, Concept, numbered_claim
from ontology.errors import InvalidArgument
from ontology.lexicon import Lexicon
from ontology.terms import Kind, Predicate

if TYPE_CHECKING:
    import networkx as nx

    from graph.linkarrays import LinkArrays

_Thing = TypeVar("_Thing", Concept, Claim, Article)


class Source(Protocol):
    """Whatever a network can be loaded from: a `graph.store.Snapshot`."""

    @property
    def hash(self) -> str:
        """What identifies the content."""

    def concepts(self) -> tuple[Concept, ...]:
        """Every concept."""

    def claims(self) -> tuple[Claim, ...]:
        """Every claim with all its evidence."""

    def articles(self) -> tuple[Article, ...]:
        """Every article."""


class Network:
    """Concepts, claims and articles by id, and the links between the concepts.

    `multigraph` is a frozen `networkx.MultiDiGraph`: nodes are the ids of all concepts, one edge for each affirmed
    claim, from subject to object, its key the claim's id, with `predicate` (its value) and `belief` as attributes.
    `claims` holds all claims, `denied` the negated ones alone. All mappings are sorted by id.
    """

    __slots__ = (
        "_denied_in",
        "_denied_out",
        "_in",
        "_multigraph",
        "_out",
        "articles",
        "claims",
        "concepts",
        "denied",
        "hash",
        "lexicon",
    )

    def __init__(
        self, concepts: Iterable[Concept], claims: Iterable[Claim], articles: Iterable[Article], *, hash: str = ""
    ) -> None:
        self.concepts: Mapping[str, Concept] = _by_id(concepts)
        self.claims: Mapping[str, Claim] = _by_id(claims)
        self.articles: Mapping[str, Article] = _by_id(articles)
        self.hash = hash
        self.denied: Mapping[str, Claim] = _by_id(claim for claim in self.claims.values() if claim.negated)
        self._out, self._in = _links(claim for claim in self.claims.values() if not claim.negated)
        self._denied_out, self._denied_in = _links(self.denied.values())
        self.lexicon = Lexicon(self.concepts.values())
        for claim in self.claims.values():
            for end, name in ((claim.subject, "subject"), (claim.object, "object")):
                if end not in self.concepts:
                    raise InvalidArgument("claims", claim.id, f"its {name} {end!r} among the concepts")
        self._multigraph: nx.MultiDiGraph[str] | None = None

    @classmethod
    def build(
        cls, concepts: Iterable[Concept], claims: Iterable[Claim], articles: Iterable[Article], *, hash: str = ""
    ) -> "Network":
        """The network of these; `hash` names the content they came from.

        Raises:
            InvalidArgument: a claim speaks of a concept that is not given.
        """
        return cls(concepts, claims, articles, hash=hash)

    @classmethod
    def load(cls, snapshot: Source) -> "Network":
        """The network of all that a snapshot holds, with its hash."""
        return cls(snapshot.concepts(), snapshot.claims(), snapshot.articles(), hash=snapshot.hash)

    def outgoing(self, concept_id: str) -> tuple[Claim, ...]:
        """The affirmed claims whose subject it is, by id; () for an unknown concept."""
        return self._out.get(concept_id, ())

    def incoming(self, concept_id: str) -> tuple[Claim, ...]:
        """The affirmed claims whose object it is, by id; () for an unknown concept."""
        return self._in.get(concept_id, ())

    def denied_outgoing(self, concept_id: str) -> tuple[Claim, ...]:
        """The negated claims whose subject it is, by id."""
        return self._denied_out.get(concept_id, ())

    def denied_incoming(self, concept_id: str) -> tuple[Claim, ...]:
        """The negated claims whose object it is, by id."""
        return self._denied_in.get(concept_id, ())

    def claims_written(self, numbers: Sequence[int]) -> list[bytes]:
        """The claims with these numbers, which are there, as `graph.claimjson.written` has them."""
        return [claimjson.written(self.claims[numbered_claim(number)]) for number in numbers]

    def read_ahead(self, claims: Iterable[str]) -> None:
        """Nothing: all is at hand."""

    def links_from(self, concept_id: str) -> tuple[Link, ...]:
        """The claims whose subject it is in short, by id."""
        return _short(self.outgoing(concept_id), self.denied_outgoing(concept_id))

    def links_to(self, concept_id: str) -> tuple[Link, ...]:
        """The claims whose object it is in short, by id."""
        return _short(self.incoming(concept_id), self.denied_incoming(concept_id))

    def links(self) -> Iterator[Link]:
        """All claims in short, by id."""
        return map(Link.of, self.claims.values())

    def number_from(self, concept_id: str, predicate: Predicate) -> int:
        """How many affirmed claims of this relation have it as their subject."""
        return sum(claim.predicate is predicate for claim in self.outgoing(concept_id))

    def number_to(self, concept_id: str, predicate: Predicate) -> int:
        """How many affirmed claims of this relation have it as their object."""
        return sum(claim.predicate is predicate for claim in self.incoming(concept_id))

    def relations_of(self, concept_id: str) -> RelationCounts:
        """How many claims of each relation it is part of."""
        return RelationCounts.of(self.links_from(concept_id), self.links_to(concept_id))

    def articles_of(self, claim_id: str) -> frozenset[str]:
        """The ids of the articles that state the claim."""
        claim = self.claims.get(claim_id)
        return frozenset() if claim is None else frozenset(claim.articles)

    def degree(self, concept_id: str) -> int:
        """How many other concepts affirmed claims link it to, whatever the relation and direction."""
        others = {claim.object for claim in self.outgoing(concept_id)}
        others |= {claim.subject for claim in self.incoming(concept_id)}
        return len(others - {concept_id})

    def saying(self, words: str) -> Iterator[Link]:
        """The claims in short that have the words, given in lower case, in a quote or in the label of an end."""
        for claim in self.claims.values():
            labels = (self.concepts[end].label for end in (claim.subject, claim.object))
            if any(words in text.casefold() for text in chain(labels, (row.quote for row in claim.evidence))):
                yield Link.of(claim)

    def nature(self, concept_id: str) -> tuple[frozenset[Kind], bool]:
        """The kinds of a concept that is there, and whether it is provisional."""
        concept = self.concepts[concept_id]
        return frozenset(concept.kinds), concept.provisional

    def concept(self, concept_id: str, argument: str = "concept") -> Concept:
        """The concept with this id.

        Raises:
            InvalidArgument: there is none; `argument` names what was asked. Names are resolved by `lexicon.get`.
        """
        if concept_id not in self.concepts:
            raise InvalidArgument(argument, concept_id, "the id of a concept in the graph; resolve names first")
        return self.concepts[concept_id]

    def stated_in(self, article_id: str) -> frozenset[str]:
        """The ids of the claims that the article states or denies."""
        return frozenset(claim.id for claim in self.claims.values() if article_id in claim.articles)

    def places_in(self, article_id: str) -> tuple[tuple[int, str], ...]:
        """Where the article states what: the first character of every statement and the claim's id, sorted."""
        rows = (
            (row.start, claim.id)
            for claim in self.claims.values()
            for row in claim.evidence
            if row.article == article_id
        )
        return tuple(sorted(set(rows)))

    def frequency_of(self, claim_id: str) -> str | None:
        """The HPO frequency class on which all statements of the claim that have one agree; None where they do not."""
        claim = self.claims.get(claim_id)
        return agreed(row.frequency_class for row in claim.evidence) if claim else None

    def varying(self) -> tuple[str, ...]:
        """The ids of the affirmed claims whose statements differ in how often they hold, sorted."""
        return tuple(claim.id for claim in self.claims.values() if not claim.negated and varies(claim))

    def sizes(self) -> Sizes:
        """How many articles and claims there are."""
        return Sizes(len(self.articles), len(self.claims), len(self.denied))

    def figures(self) -> Figures:
        """How much of what there is."""
        claims, concepts = self.claims.values(), self.concepts.values()
        return Figures(
            articles=len(self.articles),
            concepts=len(concepts),
            provisional=sum(concept.provisional for concept in concepts),
            claims=len(claims),
            denied=len(self.denied),
            evidence=sum(len(claim.evidence) for claim in claims),
            by_predicate=Counter(claim.predicate for claim in claims),
            by_kind=Counter(kind for concept in concepts for kind in concept.kinds),
            by_certainty=Counter(claim.certainty for claim in claims),
        )

    def resident(self) -> "Network":
        """Itself."""
        return self

    def arrays(self) -> "LinkArrays | None":
        """None: everything is at hand."""
        return None

    @property
    def multigraph(self) -> "nx.MultiDiGraph[str]":
        """The links as networkx has them, made when they are first asked for: few questions need that library."""
        if self._multigraph is None:
            self._multigraph = self._made_multigraph()
        return self._multigraph

    def _made_multigraph(self) -> "nx.MultiDiGraph[str]":
        import networkx as nx

        multigraph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
        multigraph.add_nodes_from(self.concepts)
        for claim in self.claims.values():
            if not claim.negated:
                multigraph.add_edge(
                    claim.subject,
                    claim.object,
                    key=claim.id,
                    predicate=claim.predicate.value,
                    belief=claim.belief,
                )
        frozen: nx.MultiDiGraph[str] = nx.freeze(multigraph)
        return frozen


def _by_id(things: Iterable[_Thing]) -> Mapping[str, _Thing]:
    return MappingProxyType({thing.id: thing for thing in sorted(things, key=lambda thing: thing.id)})


def _short(*claims: Iterable[Claim]) -> tuple[Link, ...]:
    return tuple(sorted(map(Link.of, chain.from_iterable(claims)), key=lambda link: link.id))


def _links(claims: Iterable[Claim]) -> tuple[dict[str, tuple[Claim, ...]], dict[str, tuple[Claim, ...]]]:
    out: defaultdict[str, list[Claim]] = defaultdict(list)
    into: defaultdict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        out[claim.subject].append(claim)
        into[claim.object].append(claim)
    return (
        {concept: tuple(links) for concept, links in out.items()},
        {concept: tuple(links) for concept, links in into.items()},
    )
