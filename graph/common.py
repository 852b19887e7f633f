"""What several concepts have in common before or behind them: their common causes, their common effects.

A common cause leads to each of them by a chain of links from subject to object, a common effect is led to. The chain
shown to each is the one of fewest hops, of these the one with the highest product of beliefs, ties by ids. The score of
a common concept, between 0 and 1, is the product of these terms:

| term | what it is |
|---|---|
| `belief of chain 1`, one for each concept, in order | product of the beliefs of its hops, rounded to 6 places |
| `brevity` | number of chains / number of their hops |
| `specificity` | √(20 / (20 + degree)): what leads to everything explains nothing |

It is rounded to 6 places. Ties: fewer hops, label, id.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from graph.budget import Budget
from graph.knowledge import KnowledgeGraph
from graph.paths import Path
from graph.ranks import HALF_DEGREE, Terms, score
from graph.steps import Walk
from graph.strides import Stride, arriving, chain_of, leaving
from ontology.claim import Concept
from ontology.errors import InvalidArgument
from ontology.terms import Certainty, Kind, Predicate

Side = Literal["causes", "effects"]

CAUSAL: Final = frozenset(
    {
        Predicate.CAUSES,
        Predicate.HAS_SYMPTOM,
        Predicate.HAS_COMPLICATION,
        Predicate.HAS_SIDE_EFFECT,
        Predicate.INCREASES_RISK_OF,
    }
)
"""The relations that lead from a cause to an effect. `is_a` is none of them: a kind of a thing is no cause of it."""

MAX_HOPS: Final = 4
"""The longest chains."""

MOST_CONCEPTS: Final = 10
"""How many concepts may be asked about at once."""

MOST_LINKS: Final = 50_000
"""How many links are looked at, the same number for each concept."""


@dataclass(frozen=True, slots=True)
class Common:
    """A concept that all have in common, with its chain to (or from) each of them, in the order asked."""

    rank: int
    concept: Concept
    score: float
    terms: Terms
    chains: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class CommonAnswer:
    """A stretch of the common concepts, best first, of `total`.

    `truncated` when the search stopped at `MOST_LINKS`: there may be more, and shorter chains.
    """

    items: tuple[Common, ...]
    total: int
    truncated: bool


def find_common(
    network: KnowledgeGraph,
    concepts: Sequence[str],
    *,
    side: Side = "causes",
    max_hops: int = 3,
    predicates: frozenset[Predicate] = CAUSAL,
    kinds: frozenset[Kind] = frozenset(),
    min_certainty: Certainty = Certainty.UNLIKELY,
    min_articles: int = 1,
    limit: int = 20,
    offset: int = 0,
) -> CommonAnswer:
    """The common causes, or effects, of all the concepts, best first, those from `offset` on.

    Only those of `kinds` where any is given. The concepts themselves are none. No chain passes a concept that is only a
    care action or an appearance.

    Raises:
        InvalidArgument: an unknown concept id, fewer than two or too many different concepts, or a value outside its
            range.
    """
    asked = tuple(dict.fromkeys(concepts))
    for concept_id in asked:
        network.concept(concept_id)
    if not 2 <= len(asked) <= MOST_CONCEPTS:
        raise InvalidArgument("concept", ", ".join(asked), f"2 to {MOST_CONCEPTS} different concepts")
    if not 1 <= max_hops <= MAX_HOPS:
        raise InvalidArgument("max_hops", max_hops, f"1 to {MAX_HOPS}")
    if limit < 1 or offset < 0:
        raise InvalidArgument("limit, offset", (limit, offset), "1 or more, 0 or more")
    walk = Walk(predicates=predicates, min_certainty=min_certainty, min_articles=min_articles)
    budgets = [Budget(MOST_LINKS // len(asked)) for _ in asked]
    reached = [
        _reached(network, concept, walk, max_hops, side, budget) for concept, budget in zip(asked, budgets, strict=True)
    ]
    shared = set.intersection(*(set(each) for each in reached)).difference(asked)
    scored = []
    for concept_id in shared:
        concept = network.concepts[concept_id]
        if not kinds or kinds & set(concept.kinds):
            chains = [each[concept_id] for each in reached]
            terms = _terms(network, concept_id, chains)
            scored.append((-score(terms), sum(chain.hops for chain in chains), concept.label, concept_id, terms))
    scored.sort()
    items = tuple(
        Common(
            rank=place,
            concept=network.concepts[concept_id],
            score=-negative,
            terms=terms,
            chains=tuple(chain_of(network, _strides(each, concept_id, side)) for each in reached),
        )
        for place, (negative, _, _, concept_id, terms) in enumerate(scored[offset : offset + limit], start=offset + 1)
    )
    return CommonAnswer(items, len(scored), any(budget.exhausted for budget in budgets))


@dataclass(frozen=True, slots=True)
class _Reached:
    """How the best chain goes on from a concept towards the one asked about, and what it is as a whole."""

    stride: Stride
    hops: int
    belief: float


def _reached(
    network: KnowledgeGraph, start: str, walk: Walk, max_hops: int, side: Side, budget: Budget
) -> Mapping[str, _Reached]:
    """Every concept with a chain to `start`, or from it, by its best chain; level by level."""
    found: dict[str, _Reached] = {}
    front = {start: 1.0}
    for hops in range(1, max_hops + 1):
        new: dict[str, _Reached] = {}
        for near in sorted(front):
            if budget.exhausted:
                break
            if near != start and not walk.passes(network, near):
                continue
            strides = arriving(network, near, walk) if side == "causes" else leaving(network, near, walk)
            for stride in budget.take([stride for stride in strides if not walk.reasons(stride.link)]):
                other = stride.source if side == "causes" else stride.target
                belief = front[near] * stride.link.belief
                if other != start and other not in found and (other not in new or belief > new[other].belief):
                    new[other] = _Reached(stride, hops, belief)
        found |= new
        front = {concept: reached.belief for concept, reached in new.items()}
    return found


def _strides(reached: Mapping[str, _Reached], concept: str, side: Side) -> list[Stride]:
    """The chain between the concept and the one that was started from, in the direction of cause and effect."""
    strides = []
    while concept in reached:
        stride = reached[concept].stride
        strides.append(stride)
        concept = stride.target if side == "causes" else stride.source
    return strides if side == "causes" else strides[::-1]


def _terms(network: KnowledgeGraph, concept: str, chains: Sequence[_Reached]) -> Terms:
    beliefs = [(f"belief of chain {number}", round(chain.belief, 6)) for number, chain in enumerate(chains, start=1)]
    return (
        *beliefs,
        ("brevity", round(len(chains) / sum(chain.hops for chain in chains), 4)),
        ("specificity", round(math.sqrt(HALF_DEGREE / (HALF_DEGREE + network.degree(concept))), 4)),
    )
