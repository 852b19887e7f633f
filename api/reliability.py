"""Whether belief can be believed: claimed belief against the share of claims that are right, in five bins.

    python -m api.reliability SHEET…

prints the bins of judged claims (sheets as `ontology.calibration` describes them).
"""

import sys
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Final

from api.evaluation import Evaluation
from ontology.calibration import Judgement, read_sheet
from ontology.reliability import together

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


def judged_beliefs(judgements: Iterable[Judgement]) -> tuple[tuple[float, bool], ...]:
    """Belief and verdict of every claim of a sheet, by article and claim."""
    claims: defaultdict[tuple[str, str], list[Judgement]] = defaultdict(list)
    for judgement in judgements:
        claims[judgement.article, judgement.claim].append(judgement)
    return tuple(
        (together([(row.rule, row.certainty, row.start, row.end) for row in rows]), rows[0].right)
        for _, rows in sorted(claims.items())
    )


def main(sheets: list[str]) -> int:
    """Print the bins of the claims of all sheets."""
    from api.telling import tell_reliability
    from api.terminal import Screen

    tell_reliability(Screen(), reliability(judged_beliefs(row for sheet in sheets for row in read_sheet(Path(sheet)))))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
