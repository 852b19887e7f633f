"""Which claims a search for paths may walk, and what each filter takes away from it."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from graph.knowledge import KnowledgeGraph, Link
from ontology.claim import Claim
from ontology.terms import SYMMETRIC, Certainty, Kind, Predicate

EXPLAINING: Final = frozenset(
    {
        Predicate.CAUSES,
        Predicate.HAS_SYMPTOM,
        Predicate.HAS_COMPLICATION,
        Predicate.HAS_SIDE_EFFECT,
        Predicate.INCREASES_RISK_OF,
        Predicate.IS_A,
        Predicate.ASSOCIATED_WITH,
    }
)
"""Relations that carry an explanation from what comes first to what comes of it.

`is_a` leads from a kind of thing to the thing, since what the general does the special may do. Tests, treatments,
care, places, looks, lookalikes and what lowers a risk are neighbours, not steps: nothing follows from them.
"""

ATTRIBUTES: Final = frozenset({Kind.CARE_ACTION, Kind.APPEARANCE})
"""Kinds of concept that many things share and that join none: two symptoms that are both pink, or both harmless, have
nothing to do with each other. No path passes a concept of these kinds alone, unless it is asked to.
"""


@dataclass(frozen=True, slots=True)
class Step:
    """One claim as it may be walked, from `source` to `target`; `inverted` when that is against its direction."""

    source: str
    target: str
    claim: Claim | Link
    inverted: bool
    belief: float
    articles: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Walk:
    """What a search may walk.

    Directed: claims from subject to object, symmetric ones both ways; the relations are `predicates` or, where that
    is empty, `EXPLAINING`. Not directed: all claims both ways; the relations are `predicates` or all fourteen.
    Concepts of `ATTRIBUTES` alone may be passed where `via` names them or `via_kinds` one of their kinds.
    """

    directed: bool = True
    predicates: frozenset[Predicate] = frozenset()
    avoid: frozenset[str] = frozenset()
    via: frozenset[str] = frozenset()
    via_kinds: frozenset[Kind] = frozenset()
    min_certainty: Certainty = Certainty.UNLIKELY
    min_articles: int = 1

    @property
    def considered(self) -> frozenset[Predicate]:
        """The relations that a search is about, those that `predicates` leaves out among them."""
        return (EXPLAINING if self.directed else frozenset(Predicate)) | self.predicates

    def passes(self, network: KnowledgeGraph, concept: str) -> bool:
        """Tell whether a path may go on from a concept that is none of its ends."""
        kinds = frozenset(network.concepts[concept].kinds)
        return not kinds <= ATTRIBUTES or concept in self.via or bool(kinds & self.via_kinds)

    def reasons(self, claim: Claim | Link) -> tuple[str, ...]:
        """Every reason why the claim may not be walked, by name of the filter; () when it may."""
        reasons = {
            "negated": claim.negated,
            "predicate": bool(self.predicates) and claim.predicate not in self.predicates,
            "avoid": claim.subject in self.avoid or claim.object in self.avoid,
            "min_certainty": claim.certainty.rank < self.min_certainty.rank,
            "min_articles": (claim.articles if isinstance(claim, Link) else len(claim.articles)) < self.min_articles,
        }
        return tuple(name for name, holds in reasons.items() if holds)

    def missed(self, network: KnowledgeGraph, steps: Sequence[Step]) -> str | None:
        """The name of the first filter that asks for a concept which the path does not pass; None when it does."""
        between = [step.source for step in steps[1:]]
        if not self.via.issubset(between):
            return "via"
        kinds = {kind for concept_id in between for kind in network.concepts[concept_id].kinds}
        return None if self.via_kinds <= kinds else "via_kinds"


@dataclass(frozen=True, slots=True)
class Region:
    """The part of a network that paths of a bounded length between two concepts can use.

    `steps` holds by source what may be walked; `pruned` counts by reason the claims that a filter took away.
    """

    steps: Mapping[str, tuple[Step, ...]]
    pruned: Mapping[str, int]


def region(network: KnowledgeGraph, source: str, target: str, walk: Walk, max_hops: int) -> Region:
    """The steps that lie on a walk of at most `max_hops` from `source` to `target`.

    The walk counts affirmed claims of the relations considered, filters aside. A claim that would be a step of such
    a walk and that a filter forbids is counted once under each filter that forbids it; a denied claim is counted
    under "negated".
    """

    def leaving(concept: str) -> Iterator[str]:
        if concept == source or walk.passes(network, concept):
            yield from (step.target for step in _leaving(network, concept, walk))

    def arriving(concept: str) -> Iterator[str]:
        if concept == target or walk.passes(network, concept):
            yield from (step.source for step in _arriving(network, concept, walk))

    ahead = _distances(source, max_hops, leaving)
    behind = _distances(target, max_hops, arriving)
    steps: defaultdict[str, list[Step]] = defaultdict(list)
    forbidden: dict[str, tuple[str, ...]] = {}
    for concept in sorted(ahead):
        if concept != source and not walk.passes(network, concept):
            continue
        for step in (*_leaving(network, concept, walk), *_leaving(network, concept, walk, denied=True)):
            if step.target not in behind or ahead[concept] + 1 + behind[step.target] > max_hops:
                continue
            reasons = walk.reasons(step.claim)
            if reasons:
                forbidden[step.claim.id] = reasons
            else:
                steps[concept].append(step)
    pruned = Counter(reason for reasons in forbidden.values() for reason in reasons)
    return Region({key: tuple(found) for key, found in steps.items()}, dict(sorted(pruned.items())))


def reached(
    network: KnowledgeGraph, start: str, walk: Walk, furthest: int, *, onward: bool, unpassed: str | None = None
) -> dict[str, int]:
    """How many steps each concept is away from the start under all filters, or the start from it; the start is 0.

    `unpassed` may be reached, but not passed.
    """

    def following(concept: str) -> Iterator[str]:
        if concept == start or (concept != unpassed and walk.passes(network, concept)):
            for step in _leaving(network, concept, walk) if onward else _arriving(network, concept, walk):
                if not walk.reasons(step.claim):
                    yield step.target if onward else step.source

    return _distances(start, furthest, following)


def _distances(start: str, furthest: int, following: Callable[[str], Iterator[str]]) -> dict[str, int]:
    distances = {start: 0}
    front = [start]
    for distance in range(1, furthest + 1):
        reached = {other for concept in front for other in following(concept)} - distances.keys()
        distances |= dict.fromkeys(reached, distance)
        front = sorted(reached)
    return distances


def _leaving(network: KnowledgeGraph, concept: str, walk: Walk, *, denied: bool = False) -> Iterator[Step]:
    forward, backward = _claims(network, concept, denied=denied)
    yield from _steps(forward, backward, walk)


def _arriving(network: KnowledgeGraph, concept: str, walk: Walk) -> Iterator[Step]:
    backward, forward = _claims(network, concept, denied=False)
    yield from _steps(forward, backward, walk)


def _claims(network: KnowledgeGraph, concept: str, *, denied: bool) -> tuple[tuple[Claim, ...], tuple[Claim, ...]]:
    if denied:
        return network.denied_outgoing(concept), network.denied_incoming(concept)
    return network.outgoing(concept), network.incoming(concept)


def _steps(forward: tuple[Claim, ...], backward: tuple[Claim, ...], walk: Walk) -> Iterator[Step]:
    considered = walk.considered
    for claim in forward:
        if claim.predicate in considered and claim.subject != claim.object:
            yield _step(claim, claim.subject, claim.object, inverted=False)
    for claim in backward:
        symmetric = claim.predicate in SYMMETRIC
        if claim.predicate in considered and claim.subject != claim.object and (symmetric or not walk.directed):
            yield _step(claim, claim.object, claim.subject, inverted=not symmetric)


def _step(claim: Claim, source: str, target: str, *, inverted: bool) -> Step:
    return Step(source, target, claim, inverted, claim.belief, frozenset(claim.articles))
