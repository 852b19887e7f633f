"""What may be asked over HTTP: the query parameters, each described once, and the refusal of all others.

A parameter that an endpoint does not have, or one given twice that takes one value, is refused and never dropped.
"""

from collections.abc import Iterator, Mapping
from typing import Annotated, Final, get_origin

from fastapi import Path, Request
from fastapi.dependencies.models import Dependant
from pydantic import BaseModel, ConfigDict, Field
from rapidfuzz import process

from api.problems import Refused, Violation
from api.settings import LONGEST_NAME
from graph.claimjson import EvidenceMode
from graph.neighbours import Direction, Filter, Negated
from graph.paths import MAX_HOPS, MAX_PATHS
from graph.ranks import RankName
from graph.stretches import Sort, Stretch
from ontology.terms import Certainty, Kind, Predicate

MOST: Final = 50
"""How often a parameter may be repeated."""

Text = Annotated[str, Field(min_length=1, max_length=LONGEST_NAME)]
Asked = Annotated[
    str,
    Path(
        min_length=1,
        max_length=LONGEST_NAME,
        description="A concept: CURIE, IRI, CURIE of a vocabulary that maps it exactly, or a name in any case.",
        examples=["etio:hemoptysis", "HP:0002105", "coughing up blood"],
    ),
]
"""A concept in the address."""


class Question(BaseModel):
    """Base of the parameter groups."""

    model_config = ConfigDict(frozen=True)


class Paging(Question):
    """Which stretch of a list."""

    limit: int = Field(default=20, ge=1, le=500, description="At most so many items.")
    offset: int = Field(default=0, ge=0, le=1_000_000_000, description="Items to skip.")


class Bounded(Question):
    """Which claims count."""

    min_certainty: Certainty = Field(
        default=Certainty.UNLIKELY, description="Claims whose surest statement is at least so sure."
    )
    min_articles: int = Field(default=1, ge=1, le=1_000_000, description="Claims stated by at least so many articles.")


class Evidenced(Bounded):
    """And how much of their evidence is shown."""

    evidence: EvidenceMode = Field(default="full", description="Sentences in full, their number, or neither.")


class Filtered(Bounded):
    """Which links count."""

    kind: list[Kind] = Field(default=[], max_length=MOST, description="Only concepts of one of these kinds.")
    negated: Negated = Field(default="exclude", description="Denied claims: left out, included, or they alone.")
    article: list[Text] = Field(default=[], max_length=MOST, description="Count only what these articles state, by id.")

    @property
    def filter(self) -> Filter:
        """The filter that the parameters make."""
        return Filter(
            negated=self.negated,
            min_certainty=self.min_certainty,
            min_articles=self.min_articles,
            articles=frozenset(self.article),
        )


class Walked(Filtered):
    """And where to go."""

    direction: Direction = Field(default="both", description="`out`: the concept is the subject; `in`: the object.")
    predicate: list[str] = Field(
        default=[],
        max_length=MOST,
        description="Only these relations, by name or by inverse name (`caused_by` asks for what causes it).",
        examples=[["causes", "has_symptom"]],
    )
    depth: int = Field(default=1, ge=1, le=3, description="How many links to follow.")


class Linked(Paging, Filtered, Evidenced):
    """What the look-ups take."""

    sort: Sort = Field(
        default="belief",
        description="`belief`: nearest first, then best believed; `label`: by name; `articles`: most articles first.",
    )

    @property
    def stretch(self) -> Stretch:
        """The stretch that is asked for."""
        return Stretch(sort=self.sort, offset=self.offset, limit=self.limit)


class NeighbourQuestion(Walked, Linked):
    """What `neighbours` takes."""


class ConceptQuestion(Paging):
    """What the search for concepts takes."""

    q: str | None = Field(
        default=None, max_length=LONGEST_NAME, description="Part of a name; typing errors are forgiven."
    )
    kind: list[Kind] = Field(default=[], max_length=MOST, description="Only concepts of one of these kinds.")


class ClaimQuestion(Paging, Evidenced):
    """What the list of claims takes; repeated values of one parameter are alternatives."""

    subject: list[Text] = Field(default=[], max_length=MOST, description="A concept, as id or name.")
    predicate: list[Predicate] = Field(default=[], max_length=MOST, description="A relation.")
    object: list[Text] = Field(default=[], max_length=MOST, description="A concept, as id or name.")
    article: list[Text] = Field(default=[], max_length=MOST, description="Claims that one of these articles states.")
    negated: bool | None = Field(default=None, description="Only denied claims, or only affirmed ones.")
    q: str | None = Field(
        default=None, max_length=LONGEST_NAME, description="Words that a quote or a label of the claim contains."
    )


class PathQuestion(Evidenced):
    """What `paths` takes."""

    source: Text = Field(description="Where the chain begins: a concept, as id or name.", examples=["PE"])
    target: Text = Field(description="Where it ends.", examples=["coughing up blood"])
    max_hops: int = Field(default=MAX_HOPS, ge=1, le=MAX_HOPS, description="Longest chain.")
    k: int = Field(default=10, ge=1, le=MAX_PATHS, description="At most so many chains.")
    predicate: list[str] = Field(default=[], max_length=MOST, description="Walk these relations only.")
    via: list[Text] = Field(default=[], max_length=MOST, description="Concepts the chain passes, all of them.")
    via_kind: list[Kind] = Field(default=[], max_length=MOST, description="Kinds it passes a concept of, all of them.")
    avoid: list[Text] = Field(default=[], max_length=MOST, description="Concepts it must not touch.")
    article: list[Text] = Field(
        default=[], max_length=MOST, description="Only what these articles tell, by id; certainty and score are theirs."
    )
    directed: bool = Field(
        default=True, description="Walk claims from subject to object only; `false` walks every relation both ways."
    )
    rank: RankName = Field(default="explanation", description="What makes a chain better.")


async def known_parameters_only(request: Request) -> None:
    """Nothing, if the request has only parameters that its endpoint knows, single ones once.

    Raises:
        Refused: 422, naming the nearest parameter there is.
    """
    known = parameters_of(request.scope["route"].dependant)
    violations = []
    for name in dict.fromkeys(request.query_params):
        if name not in known:
            violations.append(Violation(where=f"query {name[:80]}", message=_unknown(name, known)))
        elif not known[name] and len(request.query_params.getlist(name)) > 1:
            violations.append(Violation(where=f"query {name}", message="given more than once; it takes one value"))
    if violations:
        raise Refused(422, "; ".join(f"{row.where}: {row.message}" for row in violations), tuple(violations))


def parameters_of(dependant: Dependant) -> Mapping[str, bool]:
    """The query parameters of an endpoint, each with whether it may be repeated.

    OpenAPI says the same, but to describe all addresses takes longer than the first answer should.
    """
    return dict(_queried(dependant))


def _queried(dependant: Dependant) -> Iterator[tuple[str, bool]]:
    for field in dependant.query_params:
        annotation = field.field_info.annotation
        if isinstance(annotation, type) and issubclass(annotation, BaseModel):
            for name, part in annotation.model_fields.items():
                yield part.alias or name, get_origin(part.annotation) is list
        else:
            yield field.alias, get_origin(annotation) is list
    for needed in dependant.dependencies:
        yield from _queried(needed)


def _unknown(name: str, known: Mapping[str, bool]) -> str:
    if not known:
        return "unknown parameter; this address takes none"
    nearest = process.extractOne(name, list(known), score_cutoff=60)
    guess = f" (did you mean {nearest[0]!r}?)" if nearest else ""
    return f"unknown parameter{guess}; known: {', '.join(sorted(known))}"
