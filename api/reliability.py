"""Whether belief can be believed: claimed belief against the share of claims that are right, in five bins."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from api.evaluation import Evaluation

EDGES: Final = (0.0, 0.6, 0.7, 0.8, 0.9, 1.0)
"""Edges of the bins of belief; a bin has its upper edge and not its lower one. Few claims lie below 0.6."""


@dataclass(frozen=True, slots=True)
class Bin:
    """Claims whose belief lies above `low` and not above `high`: how many, their mean belief, the share that is right.

    Both shares are 0 in an empty bin.
    """

    low: float
    high: float
    claims: int
    belief: float
    precision: float


def reliability(beliefs: Iterable[tuple[float, bool]]) -> tuple[Bin, ...]:
    """The five bins, lowest first, of claims given as belief and whether they are right."""
    known = tuple(beliefs)
    found: list[Bin] = []
    for low, high in pairwise(EDGES):
        inside = [(belief, right) for belief, right in known if low < belief <= high or belief == low == 0]
        count = max(1, len(inside))
        belief = sum(belief for belief, _ in inside) / count
        precision = sum(right for _, right in inside) / count
        found.append(Bin(low, high, len(inside), round(belief, 4), round(precision, 4)))
    return tuple(found)


def judged_bins(evaluation: Evaluation) -> tuple[Bin, ...]:
    """The five bins of an evaluation's extracted claims, those that say how far they are to be believed."""
    verdicts = [(claim, True) for claim in evaluation.right] + [(claim, False) for claim in evaluation.extras]
    return reliability((claim.belief, right) for claim, right in verdicts if claim.belief is not None)


def calibration_error(bins: Iterable[Bin]) -> float:
    """The expected calibration error: the mean distance of belief and precision over all claims, 0 without any.

    Naeini, Cooper and Hauskrecht, Obtaining well calibrated probabilities using Bayesian binning, AAAI 2015.
    """
    known = tuple(bins)
    distance = sum(each.claims * abs(each.belief - each.precision) for each in known)
    return round(distance / max(1, sum(each.claims for each in known)), 4)
