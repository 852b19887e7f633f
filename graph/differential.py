"""Which conditions, after what articles say, show the findings that are present and not those that are absent.

It ranks literature, not patients: it knows nothing of how common a condition is, of the patient, or of what articles
leave out. What a condition shows, and the weight with which it does, is said in `graph.findings`. The score of a
condition, between 0 and 1, is the product of two terms:

- `explained` = Σ specificity × weight / Σ specificity. Above are the present findings that the condition shows, each by
  its weightiest claim; below are all that some condition shows. The specificity of a finding is 1 / (1 + ln n), n being
  the number of conditions that show it: what everything shows tells little.
- `uncontradicted` = Π (1 − what speaks against it). An absent finding that the condition shows, or a kind of it, speaks
  against it with the weight with which it shows it; a denied claim that it shows a present finding, or what that is a
  kind of, with `DENIAL` × belief × match.

Terms are rounded to 4 places, the score to 6. Ties: more findings explained, then label, then id.
"""

from bisect import insort
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from graph.budget import Budget
from graph.fitting import Against, Asked, Evidence, Explained, Finding, explained, gathered, spoken_against, terms_of
from graph.knowledge import KnowledgeGraph
from graph.lookups import REASSURANCE, red_flags_of
from graph.neighbours import Filter, Neighbour, Pattern, links_of, report
from graph.ranks import Terms, score
from graph.telling import Telling, telling_tests
from ontology.claim import Concept
from ontology.errors import InvalidArgument
from ontology.terms import Certainty, Predicate

RIVALS: Final = 3
"""How many other conditions tests are to tell a condition from."""

MOST_CLAIMS: Final = 20_000
"""How many claims are looked at; those of the rarest findings first."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One condition, with all that makes up its score.

    `explains` begins with what adds most, `against` with what speaks most against it, `unexplained` is in the order
    asked. `red_flags` is the care that the condition itself calls for. `tests` are those that find it, told apart from
    `rivals`, the next ones of the ranking.
    """

    rank: int
    concept: Concept
    score: float
    terms: Terms
    explains: tuple[Explained, ...]
    unexplained: tuple[Concept, ...]
    against: tuple[Against, ...]
    red_flags: tuple[Neighbour, ...]
    rivals: tuple[Concept, ...]
    tests: tuple[Telling, ...]


@dataclass(frozen=True, slots=True)
class Differential:
    """A stretch of the ranking, of `total` conditions.

    `red_flags` is the care that the present findings, or kinds of them, call for. A present finding that no condition
    shows takes no part in any score. `truncated` when claims of the commonest findings were left out (`MOST_CLAIMS`).
    """

    present: tuple[Finding, ...]
    absent: tuple[Concept, ...]
    red_flags: tuple[Neighbour, ...]
    candidates: tuple[Candidate, ...]
    total: int
    truncated: bool


def find_differential(
    network: KnowledgeGraph,
    present: Sequence[str],
    absent: Sequence[str] = (),
    *,
    limit: int = 10,
    offset: int = 0,
    min_certainty: Certainty = Certainty.UNLIKELY,
    min_articles: int = 1,
) -> Differential:
    """The conditions that show any of the present findings, best first, those ranked from `offset` on.

    A finding is given by its concept's id; given twice it counts once. A condition that is itself absent is left out.

    Raises:
        InvalidArgument: an unknown concept id, none or too many findings, one that is both present and absent, or a
            value outside its range.
    """
    asked = Asked.of(network, present, absent)
    if limit < 1 or offset < 0:
        raise InvalidArgument("limit, offset", (limit, offset), "1 or more, 0 or more")
    bounds = Filter(min_certainty=min_certainty, min_articles=min_articles)
    budget = Budget(MOST_CLAIMS)
    evidence = gathered(network, asked, bounds, budget)
    scored = _scored(network, evidence, offset + limit + RIVALS)
    ranking = [condition for _, _, _, condition, _ in scored]
    candidates = tuple(
        Candidate(
            rank=place + 1,
            concept=network.concepts[condition],
            score=-negative,
            terms=terms,
            explains=explained(network, condition, evidence),
            unexplained=tuple(
                network.concepts[finding] for finding in asked.present if finding not in evidence.shown[condition]
            ),
            against=spoken_against(network, condition, evidence),
            red_flags=_care(network, network.concepts[condition]),
            rivals=(rivals := tuple(network.concepts[other] for other in _rivals(ranking, place))),
            tests=telling_tests(network, condition, rivals, bounds),
        )
        for place, (negative, _, _, condition, terms) in enumerate(scored[offset : offset + limit], start=offset)
    )
    return Differential(
        present=tuple(evidence.findings.values()),
        absent=tuple(network.concepts[finding] for finding in asked.absent),
        red_flags=_red_flags(network, asked.present),
        candidates=candidates,
        total=len(evidence.shown),
        truncated=budget.exhausted,
    )


_Place = tuple[float, int, str, str, Terms]


def _scored(network: KnowledgeGraph, evidence: Evidence, wanted: int) -> list[_Place]:
    """The best conditions in order, as many as are wanted: minus score, minus findings explained, label, id, terms.

    Conditions are taken by the highest score they might have, and no more of them than could still be among the best.
    """
    scored: list[_Place] = []
    for most, condition in sorted((-evidence.most(condition), condition) for condition in evidence.shown):
        if len(scored) >= wanted and most > scored[wanted - 1][0]:
            break
        terms = terms_of(condition, evidence)
        shows = len(evidence.shown[condition])
        insort(scored, (-score(terms), -shows, network.concepts[condition].label, condition, terms))
    return scored[:wanted]


def _rivals(ranking: Sequence[str], place: int) -> Sequence[str]:
    """The next ones; at the end of the ranking, those before it that make up their number."""
    following = ranking[place + 1 : place + 1 + RIVALS]
    return (*following, *ranking[max(0, place - RIVALS + len(following)) : place])


def _red_flags(network: KnowledgeGraph, present: Iterable[str]) -> tuple[Neighbour, ...]:
    found = {
        claim.id: flag for finding in present for flag in red_flags_of(network, finding) for claim in flag.claims[:1]
    }
    return report(found.values())


def _care(network: KnowledgeGraph, condition: Concept) -> tuple[Neighbour, ...]:
    """The care that the condition itself calls for, not what kinds of it do."""
    links = links_of(network, condition, Pattern("out", frozenset({Predicate.WARRANTS})))
    return report(link for link in links if link.concept.id != REASSURANCE)
