"""Weights of rules are what judged claims say they are."""

from pathlib import Path

import pytest

from ontology.calibration import Judgement, Row, main, measure, read_sheet, table
from ontology.errors import InvalidArgument
from ontology.reliability import RELIABILITY, Weights, family, weights
from ontology.terms import Certainty

HEADER = "article\tclaim\tstart\tend\trule\tcertainty\tverdict\n"


def judged(rule: str, right: int, wrong: int, certainty: Certainty = Certainty.ASSERTED) -> list[Judgement]:
    return [Judgement("a", "etio:claim/1", 0, 5, rule, certainty, n < right) for n in range(right + wrong)]


def test_a_rule_is_drawn_towards_its_family_and_a_family_towards_all_rules() -> None:
    rows = measure([*judged("heading-causes", 10, 0), *judged("cause-verb", 5, 5), *judged("is-a", 2, 0)])
    overall = 17 / 22
    heading = (10 + 10 * overall) / 20
    assert rows == (
        Row("*", 22, 17, round(overall, 4)),
        Row("heading-*", 10, 10, round(heading, 4)),
        Row("prose-*", 0, 0, round(overall, 4)),
        Row("certainty:asserted", 22, 17, 1.0),
        Row("certainty:possible", 0, 0, 1.0),
        Row("certainty:unlikely", 0, 0, 1.0),
        Row("cause-verb", 10, 5, round((5 + 10 * overall) / 20, 4)),
        Row("heading-causes", 10, 10, round((10 + 10 * heading) / 20, 4)),
    )


def test_the_factor_of_a_certainty_is_its_precision_over_that_of_asserted_claims_and_at_most_1() -> None:
    rows = measure(
        [*judged("is-a", 9, 1), *judged("is-a", 10, 0, Certainty.POSSIBLE), *judged("is-a", 0, 10, Certainty.UNLIKELY)]
    )
    assert {row.name: row.weight for row in rows if row.name.startswith("certainty:")} == {
        "certainty:asserted": 1.0,
        "certainty:possible": 1.0,
        "certainty:unlikely": 0.5,
    }


def test_a_statement_weighs_what_its_rule_or_family_does_times_its_certainty() -> None:
    certainties = {Certainty.ASSERTED: 1.0, Certainty.POSSIBLE: 0.5, Certainty.UNLIKELY: 0.1}
    known = Weights({"*": 0.8, "heading-*": 0.9, "prose-*": 0.7, "is-a": 0.6}, certainties)
    asked = [("is-a", Certainty.ASSERTED), ("heading-new", Certainty.POSSIBLE), ("new", Certainty.ASSERTED)]
    assert [known.statement(*each) for each in asked] == [0.6, 0.45, 0.8]
    assert [family(rule) for rule in ("heading-causes", "prose-x", "cause-verb", "event")] == [
        "heading-*",
        "prose-*",
        "*",
        "*",
    ]


def test_the_table_weighs_every_certainty_and_family_between_0_and_1() -> None:
    known = weights()
    assert {"*", "heading-*", "prose-*"} <= known.rules.keys()
    assert set(known.certainties) == set(Certainty)
    assert all(0 < weight <= 1 for weight in (*known.rules.values(), *known.certainties.values()))


def test_a_sheet_is_read_as_written_and_makes_the_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sheet = tmp_path / "sheet.tsv"
    sheet.write_text(HEADER + "a\tetio:claim/1\t0\t5\tis-a\tpossible\t1\n", encoding="utf-8")
    found = read_sheet(sheet)
    assert found == (Judgement("a", "etio:claim/1", 0, 5, "is-a", Certainty.POSSIBLE, right=True),)
    assert main([str(sheet)]) == 0
    assert capsys.readouterr().out == table(measure(found))


def test_a_sheet_with_another_verdict_is_refused_with_its_row(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sheet = tmp_path / "sheet.tsv"
    sheet.write_text(HEADER + "a\tetio:claim/1\t0\t5\tis-a\tpossible\tyes\n", encoding="utf-8")
    with pytest.raises(InvalidArgument, match=r"sheet\.tsv, row 1"):
        read_sheet(sheet)
    assert main([str(sheet)]) == 1
    assert "verdict 0 or 1" in capsys.readouterr().err


def test_the_table_follows_from_the_sheets_of_the_audits() -> None:
    sheets = sorted((Path(__file__).parent / "audit").glob("dev-*.tsv"))
    assert sheets
    expected = table(measure(judgement for sheet in sheets for judgement in read_sheet(sheet)))
    assert RELIABILITY.read_text(encoding="utf-8") == expected
