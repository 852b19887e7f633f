"""Measures the weights of `ontology.reliability` on judged claims.

    python -m ontology.calibration SHEET… [--write]

A sheet is a table of statements that a person, or a full gold, has judged: tab-separated, with the columns `article`,
`claim`, `start`, `end`, `rule`, `certainty` and `verdict` (1 for right, 0 for wrong) and no text of the article.
`etiograph evaluate --sheet` writes one from gold claims; those of the audits lie in `tests/audit/`.

The weight of a rule is its share of right claims, drawn towards that of its family as `PRIOR` more claims would:
(right + `PRIOR` × p) / (judged + `PRIOR`). So ten of ten is not 1, and one of two is hardly less than usual. The factor
of a certainty is its share of right claims over that of asserted ones, drawn towards 1 in the same way, at most 1.
"""

import argparse
import csv
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ontology.errors import InvalidArgument
from ontology.reliability import EVERY_RULE, FAMILIES, RELIABILITY, family
from ontology.terms import Certainty

COLUMNS: Final = ("article", "claim", "start", "end", "rule", "certainty", "verdict")
"""The columns of a sheet, in order."""

PRIOR: Final = 10
"""How many claims the family's share counts for."""

LEAST: Final = 5
"""Rules with fewer judged claims have no row of their own."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """One statement of a claim, and whether a reader finds that it says so."""

    article: str
    claim: str
    start: int
    end: int
    rule: str
    certainty: Certainty
    right: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table of weights."""

    name: str
    judged: int
    right: int
    weight: float


def read_sheet(path: Path) -> tuple[Judgement, ...]:
    """The judgements of a sheet, in its order.

    Raises:
        InvalidArgument: a column is missing or holds something else; the message says where.
    """
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(_judgement(row, f"{path.name}, row {number}") for number, row in _rows(file))


def _rows(lines: Iterable[str]) -> Iterator[tuple[int, dict[str, str]]]:
    return enumerate(csv.DictReader(lines, delimiter="\t"), start=1)


def _judgement(row: dict[str, str], where: str) -> Judgement:
    try:
        return Judgement(
            article=row["article"],
            claim=row["claim"],
            start=int(row["start"]),
            end=int(row["end"]),
            rule=row["rule"],
            certainty=Certainty(row["certainty"]),
            right={"1": True, "0": False}[row["verdict"]],
        )
    except (KeyError, ValueError, TypeError) as error:
        raise InvalidArgument(where, str(row), f"the columns {', '.join(COLUMNS)}, verdict 0 or 1") from error


def measure(judgements: Iterable[Judgement]) -> tuple[Row, ...]:
    """The table of weights that judged statements give: all rules, families, certainties, then rules by name."""
    judged: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for each in judgements:
        for name in {each.rule, family(each.rule), EVERY_RULE, f"certainty:{each.certainty}"}:
            judged[name] += 1
            right[name] += each.right
    overall = _share(right[EVERY_RULE], judged[EVERY_RULE])
    shares = {EVERY_RULE: overall} | {name: _drawn(right[name], judged[name], overall) for name in FAMILIES}
    asserted = _share(right["certainty:asserted"], judged["certainty:asserted"])
    rows = [Row(name, judged[name], right[name], round(share, 4)) for name, share in shares.items()]
    for certainty in Certainty:
        name = f"certainty:{certainty}"
        ratio = _drawn(right[name], judged[name], asserted) / asserted if asserted else 1.0
        rows.append(Row(name, judged[name], right[name], round(min(1.0, ratio), 4)))
    rules = sorted(judged.keys() - shares.keys() - {f"certainty:{certainty}" for certainty in Certainty})
    rows += [
        Row(rule, judged[rule], right[rule], round(_drawn(right[rule], judged[rule], shares[family(rule)]), 4))
        for rule in rules
        if judged[rule] >= LEAST
    ]
    return tuple(rows)


def _share(right: int, judged: int) -> float:
    return right / judged if judged else 0.0


def _drawn(right: int, judged: int, towards: float) -> float:
    return (right + PRIOR * towards) / (judged + PRIOR)


def table(rows: Iterable[Row]) -> str:
    """The table as `reliability.tsv` has it."""
    lines = ["name\tjudged\tright\tweight"]
    lines += [f"{row.name}\t{row.judged}\t{row.right}\t{row.weight:g}" for row in rows]
    return "\n".join(lines) + "\n"


def main(arguments: list[str] | None = None) -> int:
    """Print the table that the sheets give, or write it in place of the one there is."""
    parser = argparse.ArgumentParser(prog="python -m ontology.calibration", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("sheets", nargs="+", type=Path, metavar="SHEET", help="judged statements, tab-separated")
    parser.add_argument("--write", action="store_true", help=f"write {RELIABILITY.name} instead of printing it")
    asked = parser.parse_args(arguments)
    try:
        found = table(measure(judgement for sheet in asked.sheets for judgement in read_sheet(sheet)))
    except (OSError, InvalidArgument) as error:
        sys.stderr.write(f"calibration: {error}\n")
        return 1
    if asked.write:
        RELIABILITY.write_text(found, encoding="utf-8")
    else:
        sys.stdout.write(found)
    return 0


if __name__ == "__main__":
    sys.exit(main())
