"""The wire: every JSON shape that an answer has, with the descriptions that OpenAPI shows.

Absent values are left out of an answer, never null. `api.wire` builds these from the objects of the graph.
"""

from typing import Annotated, Generic, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from api.settings import NOTICE
from ontology.terms import Certainty, Kind, MappingRelation, NameType, Predicate

Item = TypeVar("Item", bound=BaseModel)


class Wire(BaseModel):
    """Base of all shapes: immutable, no undeclared fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    def encode(self) -> bytes:
        """The JSON, UTF-8, without fields that are absent."""
        return self.__pydantic_serializer__.to_json(self, exclude_none=True)


class Node(Wire):
    """A concept in short."""

    id: str = Field(description="CURIE.", examples=["etio:hemoptysis"])
    label: str = Field(description="Preferred name.", examples=["hemoptysis"])
    kinds: tuple[Kind, ...] = Field(description="What sort of thing it is, the usual one first.")


class NameOut(Wire):
    """One name of a concept."""

    text: str
    type: NameType


class MappingOut(Wire):
    """A checked correspondence to another vocabulary."""

    relation: MappingRelation
    id: str = Field(description="CURIE in the other vocabulary.", examples=["HP:0002105"])
    iri: str


class Match(Node):
    """A hit of the search: the concept and the name that matched."""

    name: str = Field(description="The name that matched; the label where nothing was searched for.")
    score: float = Field(description="How well it matched, 0 to 100.")


class RelationCount(Wire):
    """How many claims of one relation a concept takes part in."""

    predicate: Predicate
    outgoing: int = Field(description="Affirmed claims with the concept as subject.")
    incoming: int = Field(description="Affirmed claims with the concept as object.")
    denied: int = Field(description="Claims of either direction that an article denies.")


class ConceptOut(Node):
    """A concept in full."""

    iri: str
    definition: str | None = None
    names: tuple[NameOut, ...] = Field(description="Other names; the label is not among them.")
    mappings: tuple[MappingOut, ...]
    provisional: bool = Field(description="Minted from an article's own words: no vocabulary knows it.")
    relations: tuple[RelationCount, ...] = Field(description="Counts per relation, by name of the relation.")
    notice: str = NOTICE


class EvidenceOut(Wire):
    """One statement of a claim in one article; `text[start:end] == quote` in that article's text."""

    article: str = Field(description="Id of the article.")
    quote: str = Field(description="The exact sentence.")
    start: int = Field(description="Where the quote begins in the article's text, in characters from 0.")
    end: int = Field(description="Where it ends, exclusive.")
    section: tuple[str, ...] = Field(description="Headings above it, outermost first.")
    certainty: Certainty
    certainty_cue: str | None = Field(default=None, description="The author's word for it, such as 'may'.")
    frequency: str | None = Field(default=None, description="The author's word for how often, such as 'often'.")
    frequency_class: str | None = Field(default=None, description="HPO frequency class.", examples=["HP:0040282"])
    qualifier: str | None = Field(default=None, description="In which case it holds.")
    rule: str = Field(description="The extraction rule that read it.")
    extractor: str = Field(description="Version of the extractor.")
    subject_mention: str = Field(description="The article's words for the subject.")
    object_mention: str = Field(description="The article's words for the object.")


class ClaimOut(Wire):
    """A claim, with Monarch's field names where they exist."""

    id: str = Field(examples=["etio:claim/0123456789abcdef"])
    subject: str
    subject_label: str
    predicate: Predicate
    object: str
    object_label: str
    negated: bool = Field(description="The articles deny it.")
    certainty: Certainty = Field(description="The strongest of its evidence.")
    belief: float = Field(
        description="1 − Π(1 − w) over its articles: how often claims read like this one turn out right."
    )
    frequency_qualifier: str | None = Field(default=None, description="Where all evidence that states one agrees.")
    publications: tuple[str, ...] = Field(description="IRIs of the articles that state it.")
    primary_knowledge_source: str = "infores:etiograph"
    evidence_count: int | None = Field(default=None, description="Number of statements; not with `evidence=none`.")
    has_evidence: tuple[str, ...] | None = Field(default=None, description="IRIs of the statements.")
    evidence: tuple[EvidenceOut, ...] | None = Field(default=None, description="Left out unless `evidence=full`.")


class StatementTerm(Wire):
    """What one statement adds to the belief in its claim."""

    start: int = Field(description="Where its quote begins in the article.")
    end: int
    rule: str
    certainty: Certainty
    rule_weight: float = Field(description="How often what this rule, or its family, reads is right.")
    certainty_factor: float = Field(description="The share of that which holds where the author is so sure.")
    counted: bool = Field(description="Of statements that share a rule or a sentence only the weightiest counts.")


class BeliefTerm(Wire):
    """What one article adds: 1 − Π(1 − rule_weight × certainty_factor) over its statements that are counted."""

    article: str
    weight: float = Field(description="Rounded to 4 places.")
    statements: tuple[StatementTerm, ...] = Field(description="In the order of `evidence`.")


class OneClaim(ClaimOut):
    """A claim that was asked for by its id."""

    belief_terms: tuple[BeliefTerm, ...] = Field(
        description="One an article; `belief` is 1 − Π(1 − weight) over them, rounded to 4 places."
    )
    notice: str = NOTICE


class Association(Wire):
    """One concept linked to the one asked about, by one relation in one direction."""

    concept: Node
    predicate: Predicate
    direction: Literal["out", "in"] = Field(description="'out': the concept at `of` is the subject of the claims.")
    of: Node = Field(description="What it is linked to: the concept asked about, at distance 1.")
    distance: int = Field(description="Links from the concept asked about.")
    negated: bool = Field(description="Every claim shown is a denial.")
    certainty: Certainty
    belief: float
    frequency_qualifier: str | None = None
    claims: tuple[ClaimOut, ...]


class HopEvidence(Wire):
    """The sentence behind a hop."""

    article: str
    quote: str
    start: int
    end: int
    section: tuple[str, ...]


class HopClaim(Wire):
    """A claim that carries a hop."""

    id: str
    negated: bool
    certainty: Certainty
    evidence_count: int | None = Field(default=None, description="With `evidence=count`.")
    evidence: tuple[HopEvidence, ...] | None = Field(default=None, description="With `evidence=full`.")


class HopOut(Wire):
    """One step of a path; `inverted` when it is walked from object to subject."""

    subject: str
    predicate: Predicate
    object: str
    inverted: bool
    claims: tuple[HopClaim, ...]


class WeakestOut(Wire):
    """The hop of a path that is believed least."""

    hop: int = Field(description="Which hop, from 1.")
    claim: str
    belief: float


class PathOut(Wire):
    """One explanatory chain."""

    rank: int
    score: float
    score_terms: dict[str, float] = Field(description="The terms that the score is made of.")
    weakest: WeakestOut
    nodes: tuple[Node, ...]
    hops: tuple[HopOut, ...]
    text: str = Field(description="The chain in words.")
    explanation: tuple[str, ...] | None = Field(
        default=None,
        description="The chain told by its quotes, one sentence a hop; with `evidence=full`.",
        examples=[["Pneumonia may cause hemoptysis: “Pneumonia can make you cough up blood.” [an-article]."]],
    )
    sparql: str = Field(description="The query that reproduces it.")


class ArticleOut(Wire):
    """An article without its text."""

    id: str
    iri: str
    title: str
    author: str | None = None
    publisher: str | None = None
    date: str | None = None
    url: str | None = None
    licence: str | None = None
    restates: "SourceOut | None" = Field(default=None, description="The publication whose facts it restates.")
    format: str
    sha256: str = Field(description="Hex digest of its text in UTF-8.")
    characters: int
    claims: int = Field(description="Claims that it states or denies.")


class SourceOut(Wire):
    """Bibliographic data."""

    title: str | None = None
    author: str | None = None
    publisher: str | None = None
    date: str | None = None
    url: str | None = None


class ArticleText(ArticleOut):
    """An article with its text."""

    text: str
    notice: str = NOTICE


class Page(Wire, Generic[Item]):
    """A stretch of a list: `items` are the entries from `offset` on, at most `limit` of `total`."""

    limit: int
    offset: int
    total: int
    items: tuple[Item, ...]
    notice: str = NOTICE


class FacetsOut(Wire):
    """How many links there are of each relation and certainty, and to concepts of each kind; only what occurs."""

    predicate: dict[Predicate, int] = Field(examples=[{"causes": 3}])
    kind: dict[Kind, int] = Field(examples=[{"Condition": 3}])
    certainty: dict[Certainty, int] = Field(examples=[{"asserted": 2, "possible": 1}])


class Neighbourhood(Page[Association]):
    """Links of one concept, with every concept they touch."""

    concept: Node = Field(description="The concept that the request's name was understood as.")
    nodes: tuple[Node, ...] = Field(description="Every concept in `items`, by id.")
    facets: FacetsOut = Field(description="What the `total` links are, those on other pages among them.")
    truncated: bool = Field(
        default=False, description="Whether more links lie within `depth` than are followed; they are not counted."
    )


class SectionOut(Wire):
    """One heading of a card."""

    name: str = Field(examples=["red-flags"])
    title: str
    items: tuple[Association, ...]
    more: int | None = Field(default=None, description="How many links were left out at the end, if any.")


class CardOut(Wire):
    """A concept with what the articles say of it, red flags first."""

    concept: ConceptOut
    sections: tuple[SectionOut, ...] = Field(description="Empty ones are left out.")
    denied: tuple[Association, ...] = Field(description="What articles deny.")
    notice: str = NOTICE


class ReachedOut(Node):
    """A concept that a search reached from one end."""

    hops: int = Field(description="How far it is from this end.")
    to_go: int | None = Field(
        default=None,
        description="Hops to the other end if every claim could be walked either way; left out where it is too far.",
    )


class ReachOut(Wire):
    """How far a search came from one end under all its filters."""

    total: int = Field(description="Concepts reached that a chain may pass.")
    furthest: int = Field(description="Hops to the last of them; 0 where there is none.")
    nearest: tuple[ReachedOut, ...] = Field(
        description="At most five of them: fewest hops to the other end first, then nearest to this end, most linked."
    )


class DroppedOut(Wire):
    """Filters without which there is a chain."""

    filters: tuple[str, ...] = Field(
        description="Named as in `pruned`, or `directed` or `max_hops`.", examples=[["min_certainty"]]
    )
    hops: int = Field(description="Length of the shortest chain without them.")


class NoPathOut(Wire):
    """Why there is no chain."""

    text: str = Field(
        description="In words.",
        examples=[
            (
                "No chain of at most 5 hops leads from pneumonia to hemoptysis. "
                "Without min_certainty=asserted there is one of 3 hops."
            )
        ],
    )
    source: ReachOut = Field(description="What is reached from the source.")
    target: ReachOut = Field(description="From where the target is reached.")
    without: tuple[DroppedOut, ...] = Field(
        description="Each filter that alone is in the way, shortest chain first; where none is, but a chain without "
        "all of them, one entry with all."
    )
    truncated: bool = Field(
        description="Not all was looked at: more concepts may be reached, more filters be in the way."
    )


class Paths(Page[PathOut]):
    """Ranked chains from source to target."""

    source: Node
    target: Node
    truncated: bool = Field(description="The search stopped at its cap; longer chains may be missing.")
    pruned: dict[str, int] = Field(description="Reason → how many chains or links the filters hid.")
    no_path: NoPathOut | None = Field(
        default=None,
        description="Why there is no chain, how far the search came from both ends; where `items` is empty.",
    )


class Stats(Wire):
    """What the graph holds."""

    version: str
    hash: Annotated[str, Field(description="SHA-256 over the sorted N-Quads.")]
    articles: int
    concepts: int
    provisional_concepts: int
    claims: int
    denied_claims: int
    evidence: int
    claims_by_predicate: dict[str, int]
    concepts_by_kind: dict[str, int]
    claims_by_certainty: dict[str, int]


class Health(Wire):
    """Whether the service works; `detail` says what would help where it does not."""

    status: Literal["ok", "unavailable"]
    hash: str | None = None
    detail: str | None = None
