"""How far one statement is to be trusted: how often its rule reads rightly, and how sure its author is.

`reliability.tsv` holds the weights; `ontology.calibration` measures them on judged claims. A rule with too few judged
claims has the weight of its family (`heading-*`, what a heading makes of its items; `prose-*`, what it makes of
sentences without a trigger), else that of all rules (`*`).
"""

import csv
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from ontology.terms import Certainty

RELIABILITY: Final = Path(__file__).parent / "reliability.tsv"
"""The table: `name` (a rule, a family, `*` or `certainty:…`), `judged` and `right` claims, the `weight` they give."""

FAMILIES: Final = ("heading-*", "prose-*")
"""The families that have a weight of their own."""

EVERY_RULE: Final = "*"
"""The name under which the table has the weight of all rules."""


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights by rule or family, and factors by certainty."""

    rules: Mapping[str, float]
    certainties: Mapping[Certainty, float]

    def rule(self, name: str) -> float:
        """The weight of a rule: its own or, where it has none, that of its family."""
        known = self.rules.get(name)
        return self.rules[family(name)] if known is None else known

    def statement(self, rule: str, certainty: Certainty) -> float:
        """The weight of one statement, between 0 and 1: that of its rule times the factor of its certainty."""
        return self.rule(rule) * self.certainties[certainty]


def family(rule: str) -> str:
    """The name of the rule's family in the table, `*` where it has none of its own."""
    name = rule.partition("-")[0] + "-*"
    return name if name in FAMILIES else EVERY_RULE


@cache
def weights() -> Weights:
    """The table as it stands."""
    with RELIABILITY.open(encoding="utf-8", newline="") as file:
        rows = {row["name"]: float(row["weight"]) for row in csv.DictReader(file, delimiter="\t")}
    certainties = {certainty: rows.pop(f"certainty:{certainty}") for certainty in Certainty}
    return Weights(MappingProxyType(rows), MappingProxyType(certainties))


def together(statements: Sequence[tuple[str, Certainty, int, int]]) -> float:
    """What the statements of one claim in one article, each (rule, certainty, start, end), weigh together.

    It is 1 − Π(1 − w) over the `independent` ones, rounded to 4 places; 0 where there are none.
    """
    if len(statements) == 1:  # as most articles have it
        ((rule, certainty, _, _),) = statements
        doubt = 1 - weights().statement(rule, certainty)
    else:
        doubt = math.prod([1 - weight for weight in independent(statements).values()])
    return round(1 - doubt, 4)


def independent(statements: Sequence[tuple[str, Certainty, int, int]]) -> Mapping[int, float]:
    """Which of the statements count, by place, with their weights, the weightiest first.

    Of those that share a rule or a sentence only the weightiest counts, of equal ones the first by rule and sentence.
    """
    known = weights()
    weighed = sorted(
        (-known.statement(rule, certainty), rule, start, end, place)
        for place, (rule, certainty, start, end) in enumerate(statements)
    )
    rules: set[str] = set()
    sentences: set[tuple[int, int]] = set()
    counted: dict[int, float] = {}
    for negative, rule, start, end, place in weighed:
        if rule not in rules and (start, end) not in sentences:
            rules.add(rule)
            sentences.add((start, end))
            counted[place] = -negative
    return counted
