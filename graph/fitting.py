"""How well a condition fits the findings that are asked about: what is claimed of them, and what that adds up to.

The formulas are those of `graph.differential`, weights those of `graph.findings`.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from graph.budget import Budget
from graph.findings import Match, Shown, denied_by, related_to, shown_by
from graph.knowledge import KnowledgeGraph
from graph.neighbours import Filter
from graph.ranks import Terms
from ontology.claim import Claim, Concept
from ontology.errors import InvalidArgument

DENIAL: Final = 0.5
"""How far a denied claim speaks against a condition: texts deny in general what may hold of one."""

_ROUNDING: Final = 2e-4
"""More than the rounding of weights and terms can add to a score."""

MOST_FINDINGS: Final = 50
"""How many findings may be present, and how many absent."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A present finding, and how many conditions show it; its specificity is 0 where none does."""

    concept: Concept
    conditions: int

    @property
    def specificity(self) -> float:
        """1 / (1 + ln `conditions`), rounded to 4 places."""
        return round(1 / (1 + math.log(self.conditions)), 4) if self.conditions else 0.0


@dataclass(frozen=True, slots=True)
class Fit:
    """One finding and what is claimed of it: its claims by one related concept, the weightiest first.

    `weight` is that of the first claim. `is_a` says why `through` has to do with the finding.
    """

    finding: Concept
    through: Concept
    match: Match
    is_a: tuple[Claim, ...]
    claims: tuple[Claim, ...]
    terms: Terms
    weight: float


@dataclass(frozen=True, slots=True)
class Explained:
    """A present finding that the condition shows, and by what claims."""

    finding: Finding
    fit: Fit


@dataclass(frozen=True, slots=True)
class Against:
    """A finding that speaks against the condition, by `1 - weight`."""

    reason: Literal["absent", "denied"]
    fit: Fit


@dataclass(frozen=True, slots=True)
class Asked:
    """The findings, each once, in the order asked."""

    present: tuple[str, ...]
    absent: tuple[str, ...]

    @classmethod
    def of(cls, network: KnowledgeGraph, present: Iterable[str], absent: Iterable[str]) -> "Asked":
        """What is asked, if it can be.

        Raises:
            InvalidArgument: an unknown concept id, none or too many findings, or one that is both present and absent.
        """
        asked = cls(tuple(dict.fromkeys(present)), tuple(dict.fromkeys(absent)))
        if not asked.present:
            raise InvalidArgument("present", [], "at least one finding")
        for argument, findings in (("present", asked.present), ("absent", asked.absent)):
            if len(findings) > MOST_FINDINGS:
                raise InvalidArgument(argument, f"{len(findings)} findings", f"at most {MOST_FINDINGS}")
            for finding in findings:
                network.concept(finding, argument)
        both = [finding for finding in asked.absent if finding in asked.present]
        if both:
            label = network.concepts[both[0]].label
            raise InvalidArgument("absent", label, f"what is not present as well; both name {both[0]}")
        return asked


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that is claimed of the findings: condition → finding → claims. Only conditions that show any are in it.

    `findings` are the present ones, in the order asked.
    """

    findings: Mapping[str, Finding]
    shown: Mapping[str, Mapping[str, Sequence[Shown]]]
    absent: Mapping[str, Mapping[str, Sequence[Shown]]]
    denied: Mapping[str, Mapping[str, Sequence[Shown]]]

    @property
    def specificity(self) -> float:
        """That of all present findings together."""
        return sum(finding.specificity for finding in self.findings.values())

    def most(self, condition: str) -> float:
        """A score that the condition cannot exceed, reckoned without reading a claim."""
        most = {finding: max(row.most for row in rows) for finding, rows in self.shown[condition].items()}
        explained = sum(self.findings[finding].specificity * weight for finding, weight in most.items())
        return explained / self.specificity + _ROUNDING


_Claimed = defaultdict[str, defaultdict[str, list[Shown]]]


def gathered(network: KnowledgeGraph, asked: Asked, filter: Filter, budget: Budget) -> Evidence:
    """All that is claimed of the findings; where the budget does not suffice, not all of the commonest ones."""
    related = {finding: related_to(network, finding) for finding in (*asked.present, *asked.absent)}

    def commonness(finding: str) -> tuple[int, str]:
        return sum(len(network.links_to(near.concept)) for near in related[finding]), finding

    shown, absent, denied = _claimed(), _claimed(), _claimed()
    for finding in sorted(asked.present, key=commonness):
        for near in related[finding]:
            _gather(shown, shown_by(network, near, filter, budget))
            if near.match != "narrower":
                _gather(denied, denied_by(network, near, filter, budget))
    for finding in sorted(asked.absent, key=commonness):
        for near in related[finding]:
            if near.match != "broader":
                _gather(absent, shown_by(network, near, filter, budget))
    candidates = {key: findings for key, findings in shown.items() if key not in asked.absent}
    findings = {
        finding: Finding(network.concepts[finding], sum(finding in shows for shows in candidates.values()))
        for finding in asked.present
    }
    return Evidence(findings, candidates, absent, denied)


def _claimed() -> _Claimed:
    return defaultdict(lambda: defaultdict(list))


def _gather(into: _Claimed, found: Iterable[tuple[str, Shown]]) -> None:
    for condition, shown in found:
        into[condition][shown.related.finding].append(shown)


def terms_of(condition: str, evidence: Evidence) -> Terms:
    """The terms of the condition's score, `explained` and `uncontradicted`."""
    told = {finding: max(row.weight for row in rows) for finding, rows in evidence.shown[condition].items()}
    explained = sum(evidence.findings[finding].specificity * weight for finding, weight in sorted(told.items()))
    doubts = [1 - max(row.weight for row in rows) for rows in evidence.absent.get(condition, {}).values()]
    doubts += [1 - max(map(_denial, rows)) for rows in evidence.denied.get(condition, {}).values()]
    return (
        ("explained", round(explained / evidence.specificity, 4)),
        ("uncontradicted", round(math.prod(round(doubt, 4) for doubt in doubts), 4)),
    )


def _denial(shown: Shown) -> float:
    return round(math.prod(value for _, value in _denial_terms(shown)), 4)


def _denial_terms(shown: Shown) -> Terms:
    return (("denial", DENIAL), ("belief", shown.link.belief), ("match", shown.related.factor))


def explained(network: KnowledgeGraph, condition: str, evidence: Evidence) -> tuple[Explained, ...]:
    """The present findings that the condition shows: what adds most to its score first, ties by label."""
    found = [
        Explained(evidence.findings[finding], _fit(network, rows))
        for finding, rows in evidence.shown[condition].items()
    ]
    return tuple(sorted(found, key=lambda row: (-row.finding.specificity * row.fit.weight, row.fit.finding.label)))


def spoken_against(network: KnowledgeGraph, condition: str, evidence: Evidence) -> tuple[Against, ...]:
    """What speaks against the condition, most first, ties by reason and label."""
    found = [Against("absent", _fit(network, rows)) for rows in evidence.absent.get(condition, {}).values()]
    found += [
        Against("denied", _fit(network, rows, denied=True)) for rows in evidence.denied.get(condition, {}).values()
    ]
    return tuple(sorted(found, key=lambda row: (-row.fit.weight, row.reason, row.fit.finding.label)))


def _fit(network: KnowledgeGraph, rows: Sequence[Shown], *, denied: bool = False) -> Fit:
    """The claims of the concept with the weightiest one, ties by the nearest, the surest, id."""
    weighed = [(_denial(row) if denied else row.weight, row) for row in rows]
    weighed.sort(
        key=lambda entry: (
            -entry[0],
            -entry[1].related.factor,
            -entry[1].link.certainty.rank,
            entry[1].related.concept,
            entry[1].link.id,
        )
    )
    weight, best = weighed[0]
    return Fit(
        finding=network.concepts[best.related.finding],
        through=network.concepts[best.related.concept],
        match=best.related.match,
        is_a=best.related.is_a,
        claims=tuple(network.claims[row.link.id] for _, row in weighed if row.related == best.related),
        terms=_denial_terms(best) if denied else best.terms,
        weight=weight,
    )
