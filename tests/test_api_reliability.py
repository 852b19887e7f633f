"""Claimed belief against measured precision."""

import pytest

from api.evaluation import score
from api.gold import GoldClaim, StatedClaim
from api.reliability import Bin, calibration_error, judged_bins, reliability
from ontology.terms import Predicate


def test_every_claim_falls_into_the_bin_whose_upper_edge_it_does_not_pass() -> None:
    beliefs = [(0.0, False), (0.6, True), (0.61, True), (0.7, False), (0.95, True), (1.0, True)]
    assert reliability(beliefs) == (
        Bin(0.0, 0.6, 2, 0.3, 0.5),
        Bin(0.6, 0.7, 2, 0.655, 0.5),
        Bin(0.7, 0.8, 0, 0.0, 0.0),
        Bin(0.8, 0.9, 0, 0.0, 0.0),
        Bin(0.9, 1.0, 2, 0.975, 1.0),
    )


def test_the_calibration_error_is_the_mean_distance_of_belief_and_precision_over_claims() -> None:
    bins = reliability([(0.5, True), (0.95, True), (0.95, True), (0.95, False)])
    assert calibration_error(bins) == pytest.approx((0.5 + 3 * (0.95 - 0.6667)) / 4, abs=1e-4)
    assert calibration_error(reliability([])) == 0


def test_the_bins_of_an_evaluation_hold_right_and_wrong_claims_but_none_without_belief() -> None:
    def stated(object: str, belief: float | None) -> StatedClaim:
        return StatedClaim("a", ("asthma",), Predicate.CAUSES, (object,), belief=belief)

    evaluation = score(
        [GoldClaim("a", ("asthma",), Predicate.CAUSES, ("cough",))],
        [stated("cough", 0.9), stated("fever", 0.85), stated("rash", None)],
    )
    assert judged_bins(evaluation)[3] == Bin(0.8, 0.9, 2, 0.875, 0.5)
    assert sum(each.claims for each in judged_bins(evaluation)) == 2
