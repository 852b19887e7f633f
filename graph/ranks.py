"""How paths are ranked. Each rank is one score in (0, 1], higher is better, with the terms that make it up.

`explanation` (the default) asks how well a chain explains. Its score is the product of seven terms:

| term | what it is |
|---|---|
| `belief` | square root of the geometric mean of the hops' beliefs |
| `causality` | geometric mean of the hops' `FORCE`, halved for a hop walked against its direction |
| `detail` | (1 + Σ content) / (8 + Σ content): what lies between is worth telling; 1/8 for a bare link |
| `mechanism` | geometric mean of the content of the concepts between; 1 where there are none |
| `specificity` | geometric mean over the concepts between of √(20 / (20 + degree)); 1 where there are none |
| `coherence` | 0.8 + 0.2 × the share of joints whose two claims one article states both of; 1 for one hop |
| `brevity` | 0.98^(hops − 1) |

The content of a concept between is that of its best kind (`CONTENT`), × 0.8 when it is provisional, × 0.5 when it is
a Symptom only and the chain does not both enter and leave it by `causes`. So a full chain of mechanisms comes before
its own shortcuts, and a detour through a cough, which everything has and nothing follows from, far behind both.
The weights are judgements. They were chosen by looking at one question, what leads from pulmonary embolism to
hemoptysis, in the development claims and articles with up to 300 links added at random, and tried on no other.

`length` is 1 / hops. `belief` is the product of the hops' beliefs. `specificity` is the path-degree product of
Himmelstein and Baranzini (PLoS Computational Biology, 2015) for one path, damped by 0.5: over the hops,
(how many objects the subject has by this relation × how many subjects the object has by it)^−0.5.
Every rank breaks ties by fewer hops, then higher product of beliefs, then the concepts' ids.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final, Literal, Protocol

from graph.knowledge import KnowledgeGraph
from graph.steps import Step
from ontology.terms import Kind, Predicate

RankName = Literal["explanation", "length", "belief", "specificity"]

FORCE: Final[Mapping[Predicate, float]] = {
    Predicate.CAUSES: 1.0,
    Predicate.IS_A: 0.95,
    Predicate.HAS_COMPLICATION: 0.8,
    Predicate.HAS_SIDE_EFFECT: 0.8,
    Predicate.INCREASES_RISK_OF: 0.6,
    Predicate.HAS_SYMPTOM: 0.5,
    Predicate.ASSOCIATED_WITH: 0.3,
    Predicate.REDUCES_RISK_OF: 0.2,
    Predicate.PRESENTS_AS: 0.2,
    Predicate.LOCATED_IN: 0.1,
    Predicate.DIAGNOSES: 0.1,
    Predicate.TREATS: 0.1,
    Predicate.MIMICS: 0.1,
    Predicate.WARRANTS: 0.1,
}
"""How much a relation explains of its object."""

CONTENT: Final[Mapping[Kind, float]] = {
    Kind.MECHANISM: 1.0,
    Kind.CONDITION: 0.7,
    Kind.AGENT: 0.5,
    Kind.SYMPTOM: 0.5,
    Kind.RISK_FACTOR: 0.4,
    Kind.TREATMENT: 0.3,
    Kind.APPEARANCE: 0.2,
    Kind.TEST: 0.2,
    Kind.ANATOMY: 0.2,
    Kind.CARE_ACTION: 0.1,
}
"""How much a concept between the two ends tells of how the one comes of the other."""

HALF_DEGREE: Final = 20
"""The degree at which a concept's specificity has fallen to √½."""

Terms = tuple[tuple[str, float], ...]


class Ranking(Protocol):
    """One way to rank."""

    def merit(self, step: Step) -> float:
        """How good a step is among those between the same two concepts; higher is better."""

    def terms(self, steps: Sequence[Step]) -> Terms:
        """The named terms of a path's score, whose product, rounded to 6 places, is the score."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """See the module."""

    network: KnowledgeGraph
    _known: dict[str, "_Between"] = field(default_factory=dict, repr=False, compare=False)

    def merit(self, step: Step) -> float:
        """Force times belief."""
        return _force(step) * step.belief

    def terms(self, steps: Sequence[Step]) -> Terms:
        """The seven terms, in the order of the table."""
        joints = list(pairwise(steps))
        between = [self._between(into.target) for into, _ in joints]
        contents = [
            concept.content if _causal(into, out) else concept.content_otherwise
            for concept, (into, out) in zip(between, joints, strict=True)
        ]
        told = sum(contents)
        return (
            ("belief", _rounded(math.sqrt(_mean([step.belief for step in steps])))),
            ("causality", _mean([_force(step) for step in steps])),
            ("detail", _rounded((1 + told) / (8 + told))),
            ("mechanism", _mean(contents)),
            ("specificity", _mean([concept.specificity for concept in between])),
            ("coherence", coherence(steps)),
            ("brevity", _rounded(0.98 ** len(joints))),
        )

    def _between(self, concept_id: str) -> "_Between":
        if concept_id not in self._known:
            kinds, provisional = self.network.nature(concept_id)
            content = max((CONTENT[kind] for kind in kinds), default=min(CONTENT.values()))
            content *= 0.8 if provisional else 1
            otherwise = content / 2 if kinds == {Kind.SYMPTOM} else content
            specificity = math.sqrt(HALF_DEGREE / (HALF_DEGREE + self.network.degree(concept_id)))
            self._known[concept_id] = _Between(content, otherwise, specificity)
        return self._known[concept_id]


@dataclass(frozen=True, slots=True)
class _Between:
    """What a concept adds between two hops: its content between two `causes` hops and otherwise, its specificity."""

    content: float
    content_otherwise: float
    specificity: float


@dataclass(frozen=True, slots=True)
class Length:
    """See the module."""

    def merit(self, step: Step) -> float:
        """Belief."""
        return step.belief

    def terms(self, steps: Sequence[Step]) -> Terms:
        """One term, `brevity`."""
        return (("brevity", _rounded(1 / len(steps))),)


@dataclass(frozen=True, slots=True)
class Belief:
    """See the module."""

    def merit(self, step: Step) -> float:
        """Belief."""
        return step.belief

    def terms(self, steps: Sequence[Step]) -> Terms:
        """One term a hop, `belief of hop 1` and so on."""
        return tuple((f"belief of hop {number}", step.belief) for number, step in enumerate(steps, start=1))


@dataclass(frozen=True, slots=True)
class Specificity:
    """See the module."""

    network: KnowledgeGraph
    _known: dict[str, float] = field(default_factory=dict, repr=False, compare=False)

    def merit(self, step: Step) -> float:
        """The damping of its two degrees."""
        known = self._known.get(step.claim.id)
        if known is None:
            predicate = step.claim.predicate
            out = self.network.number_from(step.claim.subject, predicate)
            into = self.network.number_to(step.claim.object, predicate)
            known = self._known[step.claim.id] = _rounded((out * into) ** -0.5)
        return known

    def terms(self, steps: Sequence[Step]) -> Terms:
        """One term a hop, `damping of hop 1` and so on."""
        return tuple((f"damping of hop {number}", self.merit(step)) for number, step in enumerate(steps, start=1))


def ranking(network: KnowledgeGraph, name: RankName) -> Ranking:
    """The way to rank that has this name."""
    match name:
        case "explanation":
            return Explanation(network)
        case "length":
            return Length()
        case "belief":
            return Belief()
        case "specificity":
            return Specificity(network)


def coherence(steps: Sequence[Step]) -> float:
    """The term of `explanation` that the articles behind the steps make; it is at most 1."""
    shared = [not into.articles.isdisjoint(out.articles) for into, out in pairwise(steps)]
    return _rounded(0.8 + 0.2 * (sum(shared) / len(shared) if shared else 1))


def score(terms: Terms) -> float:
    """The product of the terms, rounded to 6 places."""
    return round(math.prod(value for _, value in terms), 6)


Place = tuple[float, int, float, tuple[str, ...]]
"""What paths are sorted by: the lowest comes first."""


def place_of(ranked: Ranking, steps: Sequence[Step]) -> Place:
    """The place of a path: by score, fewer hops, product of beliefs, ids of the concepts."""
    believed = 1.0
    for step in steps:
        believed *= step.belief
    return (-score(ranked.terms(steps)), len(steps), -round(believed, 6), tuple(step.target for step in steps))


def _force(step: Step) -> float:
    return FORCE[step.claim.predicate] / (2 if step.inverted else 1)


def _causal(into: Step, out: Step) -> bool:
    return into.claim.predicate is Predicate.CAUSES and out.claim.predicate is Predicate.CAUSES


def _mean(values: Sequence[float]) -> float:
    return _rounded(math.prod(values) ** (1 / len(values))) if values else 1.0


def _rounded(value: float) -> float:
    return round(value, 4)
