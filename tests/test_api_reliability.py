"""Claimed belief against measured precision."""

from pathlib import Path

import pytest

from api.evaluation import score
from api.gold import GoldClaim, StatedClaim
from api.reliability import Bin, calibration_error, judged_beliefs, judged_bins, main, reliability
from ontology.calibration import Judgement
from ontology.reliability import weights
from ontology.terms import Certainty, Predicate


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


def test_a_sheet_gives_one_belief_a_claim_from_its_independent_statements() -> None:
    def judged(rule: str, start: int, *, claim: str = "etio:claim/1", right: bool = True) -> Judgement:
        return Judgement("a", claim, start, start + 5, rule, Certainty.ASSERTED, right)

    one = weights().statement("toy", Certainty.ASSERTED)
    rows = [
        judged("toy", 0),
        judged("toy", 20),
        judged("other toy", 9),
        judged("toy", 0, claim="etio:claim/2", right=False),
    ]
    assert judged_beliefs(rows) == ((round(1 - (1 - one) ** 2, 4), True), (round(one, 4), False))


def test_the_bins_of_a_sheet_are_printed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sheet = tmp_path / "sheet.tsv"
    sheet.write_text(
        "article\tclaim\tstart\tend\trule\tcertainty\tverdict\na\tetio:claim/1\t0\t5\ttoy\tasserted\t1\n",
        encoding="utf-8",
    )
    assert main([str(sheet)]) == 0
    *rows, error = capsys.readouterr().out.splitlines()
    assert (rows[0].split(), len(rows)) == (["belief", "claims", "mean", "belief", "precision"], 6)
    assert error.startswith("expected calibration error ")
