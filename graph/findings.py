"""Which conditions show a finding, how well that is known, and how often it is so.

A condition shows what it is the subject of `has_symptom`, `causes` or `has_complication` with. It also shows what that
is a kind of, and perhaps the kinds of it: affirmed `is_a` claims are followed both ways, `FURTHEST` links at most. What
a condition shows is not taken over from the conditions that it is a kind of.

The **weight** with which it shows a finding, between 0 and 1, is the product of four terms, each rounded to 4 places:

| term | what it is |
|---|---|
| `belief` | of the claim |
| `relation` | `RELATION` |
| `match` | 1 for the very finding, 0.8 a link for a kind of it, 0.5 a link for what it is a kind of |
| `frequency` | the middle of the HPO frequency class that the claim's statements agree on, `UNSTATED` without one |

The weights of relations, matches and unstated frequencies are judgements and were fitted to nothing.
"""

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final, Literal

from graph.budget import Budget
from graph.frequencies import share
from graph.knowledge import KnowledgeGraph, Link
from graph.neighbours import Filter
from graph.numbering import kind_bits
from graph.ranks import Terms
from ontology.claim import Claim
from ontology.terms import Kind, Predicate

Match = Literal["same", "narrower", "broader"]

RELATION: Final[Mapping[Predicate, float]] = MappingProxyType(
    {Predicate.HAS_SYMPTOM: 1.0, Predicate.CAUSES: 1.0, Predicate.HAS_COMPLICATION: 0.5}
)
"""How far a relation says that the condition shows its object."""

MATCH: Final[Mapping[Match, float]] = MappingProxyType({"same": 1.0, "narrower": 0.8, "broader": 0.5})
"""How far a finding is shown by what is a kind of it (narrower), or by what it is a kind of; for each `is_a` link."""

UNSTATED: Final = 0.5
"""The frequency of what is said to be shown, and not how often."""

FURTHEST: Final = 2
"""How many `is_a` links are followed."""

MOST_RELATED: Final = 200
"""How many narrower and broader findings are looked at, nearest first."""


@dataclass(frozen=True, slots=True)
class Related:
    """`concept` is the finding asked about, or a kind of it ("narrower"), or what it is a kind of ("broader").

    `is_a` are the claims that say so, from the narrower to the broader; () for the finding itself.
    """

    finding: str
    concept: str
    match: Match
    is_a: tuple[Claim, ...] = ()

    @property
    def factor(self) -> float:
        """The term `match`."""
        return round(MATCH[self.match] ** len(self.is_a), 4)


@dataclass(frozen=True, slots=True)
class Shown:
    """One claim by which a condition shows, or is denied to show, the finding that `related` is about.

    What the claim says of how often is looked up in `network` when it is asked for.
    """

    related: Related
    link: Link
    network: KnowledgeGraph = field(repr=False, compare=False)

    @property
    def most(self) -> float:
        """The weight if it were always so: no weight is higher."""
        return self.link.belief * RELATION[self.link.predicate] * self.related.factor

    @property
    def terms(self) -> Terms:
        """The four terms, in the order of the table."""
        return (
            ("belief", self.link.belief),
            ("relation", RELATION[self.link.predicate]),
            ("match", self.related.factor),
            ("frequency", share(self.network.frequency_of(self.link.id), otherwise=UNSTATED)),
        )

    @property
    def weight(self) -> float:
        """The product of the terms, rounded to 4 places."""
        return round(math.prod(value for _, value in self.terms), 4)


def related_to(network: KnowledgeGraph, finding: str) -> tuple[Related, ...]:
    """The finding, then what is narrower, then what is broader, nearest first, ties by id; each concept once."""
    found = [Related(finding, finding, "same")]
    known = {finding}
    matches: tuple[Match, ...] = ("narrower", "broader")
    for match in matches:
        front = found[:1]
        for _ in range(FURTHEST):
            front = [further for near in front for further in _further(network, near, match, known)]
            found += front
    return tuple(found[: 1 + MOST_RELATED])


def _further(network: KnowledgeGraph, near: Related, match: Match, known: set[str]) -> Iterator[Related]:
    narrower = match == "narrower"
    links = network.links_to(near.concept) if narrower else network.links_from(near.concept)
    others = {
        link.subject if narrower else link.object: link.id
        for link in links
        if link.predicate is Predicate.IS_A and not link.negated
    }
    for other in sorted(others.keys() - known):
        known.add(other)
        claim = network.claims[others[other]]
        yield Related(near.finding, other, match, (claim, *near.is_a) if narrower else (*near.is_a, claim))


def shown_by(network: KnowledgeGraph, related: Related, filter: Filter, budget: Budget) -> Iterator[tuple[str, Shown]]:
    """The conditions that show the concept, each with the claim; one that does so by two claims comes twice."""
    return _claimed(network, related, filter, budget, negated=False)


def denied_by(network: KnowledgeGraph, related: Related, filter: Filter, budget: Budget) -> Iterator[tuple[str, Shown]]:
    """The conditions that articles deny to show the concept, each with the claim that denies it."""
    return _claimed(network, related, filter, budget, negated=True)


def _claimed(
    network: KnowledgeGraph, related: Related, filter: Filter, budget: Budget, *, negated: bool
) -> Iterator[tuple[str, Shown]]:
    links = [
        link
        for link in network.links_to(related.concept)
        if link.negated == negated
        and link.predicate in RELATION
        and link.certainty.rank >= filter.min_certainty.rank
        and link.articles >= filter.min_articles
        and link.subject not in (related.concept, related.finding)
    ]
    is_condition = _condition_test(network)
    for link in budget.take(links):
        if is_condition(link.subject):
            yield link.subject, Shown(related, link, network)


def _condition_test(network: KnowledgeGraph) -> Callable[[str], bool]:
    """Tells whether a concept is a condition; where the graph has arrays, without reading it."""
    arrays = network.arrays()
    if arrays is None:
        return lambda concept_id: Kind.CONDITION in network.concepts[concept_id].kinds
    names, kinds, bit = arrays.names, arrays.kinds, kind_bits({Kind.CONDITION})
    return lambda concept_id: (number := names.find(concept_id)) is not None and bool(kinds[number] & bit)
