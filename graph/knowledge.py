"""What questions ask of a graph of claims, whoever holds it: all of it in memory, or a snapshot on disk.

`graph.network.Network` holds everything and is the reference; `graph.storednetwork.StoredNetwork` reads from a snapshot
what a question needs. Both answer the same.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from ontology.article import Article
from ontology.claim import Claim, Concept
from ontology.resolving import Names
from ontology.terms import Certainty, Kind, Predicate

if TYPE_CHECKING:
    from graph.linkarrays import LinkArrays


@dataclass(frozen=True, slots=True)
class Link:
    """A claim in short: what filters and orders look at, without its sentences. `articles` counts them."""

    id: str
    subject: str
    predicate: Predicate
    object: str
    negated: bool
    certainty: Certainty
    articles: int
    belief: float

    @classmethod
    def of(cls, claim: Claim) -> "Link":
        """The claim in short."""
        return cls(
            claim.id,
            claim.subject,
            claim.predicate,
            claim.object,
            claim.negated,
            claim.certainty,
            len(claim.articles),
            claim.belief,
        )


@dataclass(frozen=True, slots=True)
class Figures:
    """How much of what there is; only names that occur are counted."""

    articles: int
    concepts: int
    provisional: int
    claims: int
    denied: int
    evidence: int
    by_predicate: Mapping[Predicate, int]
    by_kind: Mapping[Kind, int]
    by_certainty: Mapping[Certainty, int]


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many articles and claims there are, and how many of the claims are denied."""

    articles: int
    claims: int
    denied: int


@dataclass(frozen=True, slots=True)
class RelationCounts:
    """How many claims of each relation a concept is part of, where any: affirmed ones by side, denied ones of both."""

    outgoing: Mapping[Predicate, int]
    incoming: Mapping[Predicate, int]
    denied: Mapping[Predicate, int]

    @classmethod
    def of(cls, outgoing: Iterable[Link], incoming: Iterable[Link]) -> "RelationCounts":
        """The counts of these links."""
        out, into = tuple(outgoing), tuple(incoming)
        return cls(
            outgoing=Counter(link.predicate for link in out if not link.negated),
            incoming=Counter(link.predicate for link in into if not link.negated),
            denied=Counter(link.predicate for link in (*out, *into) if link.negated),
        )


class KnowledgeGraph(Protocol):
    """Concepts, claims and articles by id, and what is linked to what.

    The mappings are in order of their ids. Only affirmed claims are links; a link runs from subject to object.
    """

    @property
    def hash(self) -> str:
        """What identifies the content."""

    @property
    def lexicon(self) -> Names:
        """Which concept a name means."""

    @property
    def concepts(self) -> Mapping[str, Concept]:
        """Every concept; going through all of them reads them all."""

    @property
    def claims(self) -> Mapping[str, Claim]:
        """Every claim with its evidence; going through all of them reads them all."""

    @property
    def denied(self) -> Mapping[str, Claim]:
        """The negated claims alone."""

    @property
    def articles(self) -> Mapping[str, Article]:
        """Every article with its text; going through all of them reads them all."""

    def outgoing(self, concept_id: str) -> tuple[Claim, ...]:
        """The affirmed claims whose subject it is, by id; () for an unknown concept."""

    def incoming(self, concept_id: str) -> tuple[Claim, ...]:
        """The affirmed claims whose object it is, by id; () for an unknown concept."""

    def denied_outgoing(self, concept_id: str) -> tuple[Claim, ...]:
        """The negated claims whose subject it is, by id."""

    def denied_incoming(self, concept_id: str) -> tuple[Claim, ...]:
        """The negated claims whose object it is, by id."""

    def claims_written(self, numbers: Sequence[int]) -> Sequence[bytes]:
        """The claims with these numbers, which are there, as `graph.claimjson.written` has them."""

    def read_ahead(self, claims: Iterable[str]) -> None:
        """Have the claims with these ids at hand, which are looked up next; it changes no answer."""

    def links_from(self, concept_id: str) -> tuple[Link, ...]:
        """The claims whose subject it is in short, affirmed and denied ones, by id."""

    def links_to(self, concept_id: str) -> tuple[Link, ...]:
        """The claims whose object it is in short, affirmed and denied ones, by id."""

    def links(self) -> Iterable[Link]:
        """All claims in short, affirmed and denied ones, in no order."""

    def degree(self, concept_id: str) -> int:
        """How many other concepts affirmed claims link it to, whatever the relation and direction."""

    def saying(self, words: str) -> Iterable[Link]:
        """The claims in short that have the words, given in lower case, in a quote or in the label of an end.

        Each comes once, in no order.
        """

    def nature(self, concept_id: str) -> tuple[frozenset[Kind], bool]:
        """The kinds of a concept that is there, and whether it is provisional; the concept need not be read for it."""

    def number_from(self, concept_id: str, predicate: Predicate) -> int:
        """How many affirmed claims of this relation have it as their subject."""

    def number_to(self, concept_id: str, predicate: Predicate) -> int:
        """How many affirmed claims of this relation have it as their object."""

    def relations_of(self, concept_id: str) -> RelationCounts:
        """How many claims of each relation it is part of; none for an unknown concept."""

    def articles_of(self, claim_id: str) -> frozenset[str]:
        """The ids of the articles that state the claim; none for an unknown one."""

    def concept(self, concept_id: str, argument: str = "concept") -> Concept:
        """The concept with this id.

        Raises:
            InvalidArgument: there is none; `argument` names what was asked.
        """

    def stated_in(self, article_id: str) -> frozenset[str]:
        """The ids of the claims that the article states or denies."""

    def places_in(self, article_id: str) -> tuple[tuple[int, str], ...]:
        """Where the article states what: the first character of every statement and the claim's id, sorted."""

    def frequency_of(self, claim_id: str) -> str | None:
        """The HPO frequency class on which all statements of the claim that have one agree; None where they do not."""

    def varying(self) -> tuple[str, ...]:
        """The ids of the affirmed claims whose statements differ in how often they hold, sorted."""

    def sizes(self) -> Sizes:
        """How many articles and claims there are."""

    def figures(self) -> Figures:
        """How much of what there is."""

    def resident(self) -> "KnowledgeGraph":
        """The same graph as a question that goes through much of it needs it: in memory, or with arrays."""

    def arrays(self) -> "LinkArrays | None":
        """All links as arrays; None where there are none."""
