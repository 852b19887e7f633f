"""Extracted claims against gold claims: how many were found, how many of what was said is right.

A gold claim is *linked* when a claim of the same article has the same two concepts (in either order), and *found*
(strict) when that claim also has a relation of the same family, in the right direction unless the relation is
symmetric, and the same polarity. A gold claim marked `hedge` is found by either polarity. Recall counts gold claims,
precision counts extracted claims, each article apart. How names are compared is `api.agreement`'s affair.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, TypeVar

from api.agreement import agree, normal_names
from api.gold import GoldClaim, StatedClaim
from ontology.terms import SYMMETRIC, Predicate

_FAMILIES: Final[tuple[frozenset[Predicate], ...]] = (
    frozenset({Predicate.CAUSES, Predicate.HAS_SYMPTOM, Predicate.HAS_COMPLICATION, Predicate.HAS_SIDE_EFFECT}),
    frozenset({Predicate.INCREASES_RISK_OF, Predicate.CAUSES}),
    frozenset({Predicate.REDUCES_RISK_OF, Predicate.TREATS}),
    frozenset({Predicate.ASSOCIATED_WITH, Predicate.HAS_SYMPTOM, Predicate.INCREASES_RISK_OF}),
)
"""Relations that annotators use for one another; two relations of one family count as the same."""


_AnyClaim = TypeVar("_AnyClaim", GoldClaim, StatedClaim)


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts, and the shares that follow from them; a share of nothing is 0.

    Of `gold` gold claims, `linked` and `found`; of `stated` extracted claims, `stated_linked` and `right`.
    """

    gold: int = 0
    linked: int = 0
    found: int = 0
    stated: int = 0
    stated_linked: int = 0
    right: int = 0

    def __add__(self, other: "Figures") -> "Figures":
        return Figures(
            self.gold + other.gold,
            self.linked + other.linked,
            self.found + other.found,
            self.stated + other.stated,
            self.stated_linked + other.stated_linked,
            self.right + other.right,
        )

    @property
    def recall(self) -> float:
        """Strict: found / gold."""
        return self.found / max(1, self.gold)

    @property
    def precision(self) -> float:
        """Strict: right / stated."""
        return self.right / max(1, self.stated)

    @property
    def f1(self) -> float:
        """Harmonic mean of strict recall and precision."""
        return _harmonic_mean(self.recall, self.precision)

    @property
    def link_recall(self) -> float:
        """Linked / gold."""
        return self.linked / max(1, self.gold)

    @property
    def link_precision(self) -> float:
        """Stated and linked / stated."""
        return self.stated_linked / max(1, self.stated)

    @property
    def link_f1(self) -> float:
        """Harmonic mean of link recall and link precision."""
        return _harmonic_mean(self.link_recall, self.link_precision)


@dataclass(frozen=True, slots=True)
class Miss:
    """A gold claim that no extracted claim finds; `linked` tells that its two concepts were joined all the same."""

    claim: GoldClaim
    linked: bool


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Figures over all, by article and by predicate (both sorted), then what was missed and what was too much.

    In the figures of a predicate, gold claims count where the gold has it, extracted ones where they have it.
    `right` are the extracted claims that a gold claim matches, `extras` all others.
    """

    overall: Figures
    articles: Mapping[str, Figures]
    predicates: Mapping[Predicate, Figures]
    misses: tuple[Miss, ...]
    right: tuple[StatedClaim, ...]
    extras: tuple[StatedClaim, ...]


def score(
    gold: Iterable[GoldClaim],
    claims: Iterable[StatedClaim],
    *,
    articles: frozenset[str] = frozenset(),
    precision_only: Iterable[GoldClaim] = (),
) -> Evaluation:
    """How `claims` fare against `gold` in `articles` (by default those the gold speaks of).

    Claims in `precision_only` make extracted claims right but need not be found: for a gold that is only a sample of
    what an article says.
    """
    wanted, allowed, stated = _by_article(gold), _by_article(precision_only), _by_article(claims)
    by_article: dict[str, Figures] = {}
    by_predicate: defaultdict[Predicate, Figures] = defaultdict(Figures)
    misses: list[Miss] = []
    confirmed: list[StatedClaim] = []
    extras: list[StatedClaim] = []
    for article in sorted(articles or wanted):
        here = stated.get(article, ())
        matches = [_matches(claim, here) for claim in wanted.get(article, ())]
        lenient = [_matches(claim, here) for claim in allowed.get(article, ())]
        linked = frozenset[int]().union(*(each.linked for each in (*matches, *lenient)))
        right = frozenset[int]().union(*(each.right for each in (*matches, *lenient)))
        total = Figures()
        for each in matches:
            counted = Figures(gold=1, linked=bool(each.linked), found=bool(each.right))
            total += counted
            by_predicate[each.claim.predicate] += counted
            if not each.right:
                misses.append(Miss(each.claim, linked=bool(each.linked)))
        for place, claim in enumerate(here):
            counted = Figures(stated=1, stated_linked=place in linked, right=place in right)
            total += counted
            by_predicate[claim.predicate] += counted
            (confirmed if place in right else extras).append(claim)
        by_article[article] = total
    return Evaluation(
        overall=sum(by_article.values(), Figures()),
        articles=by_article,
        predicates={predicate: by_predicate[predicate] for predicate in sorted(by_predicate)},
        misses=tuple(misses),
        right=tuple(confirmed),
        extras=tuple(extras),
    )


@dataclass(frozen=True, slots=True)
class _Matches:
    """Places of the extracted claims of its article that link a gold claim, and of those that find it."""

    claim: GoldClaim
    linked: frozenset[int]
    right: frozenset[int]


def _matches(claim: GoldClaim, stated: tuple[StatedClaim, ...]) -> _Matches:
    left, right = _normal(claim.subject), _normal(claim.object)
    linked: set[int] = set()
    found: set[int] = set()
    for place, each in enumerate(stated):
        first, second = _normal(each.subject), _normal(each.object)
        forward = agree(left, first) and agree(right, second)
        if not forward and not (agree(left, second) and agree(right, first)):
            continue
        linked.add(place)
        directed = forward or claim.predicate in SYMMETRIC
        same_polarity = claim.hedge or claim.negated == each.negated
        if directed and same_polarity and _same_family(claim.predicate, each.predicate):
            found.add(place)
    return _Matches(claim, frozenset(linked), frozenset(found))


def _same_family(one: Predicate, other: Predicate) -> bool:
    return one is other or any({one, other} <= family for family in _FAMILIES)


@lru_cache(maxsize=65536)
def _normal(names: tuple[str, ...]) -> frozenset[str]:
    return normal_names(names)


def _by_article(claims: Iterable[_AnyClaim]) -> dict[str, tuple[_AnyClaim, ...]]:
    found: defaultdict[str, list[_AnyClaim]] = defaultdict(list)
    for claim in claims:
        found[claim.article].append(claim)
    return {article: tuple(each) for article, each in found.items()}


def _harmonic_mean(recall: float, precision: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0
