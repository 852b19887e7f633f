"""Gold claims and extracted claims in the one form in which they are compared."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import cast

from ontology.errors import InvalidArgument
from ontology.terms import Certainty, Predicate


@dataclass(frozen=True, slots=True)
class GoldClaim:
    """One claim of the gold standard: `subject` and `object` hold the acceptable names, the first the usual one."""

    article: str
    subject: tuple[str, ...]
    predicate: Predicate
    object: tuple[str, ...]
    negated: bool = False
    hedge: bool = False
    quote: str = ""


@dataclass(frozen=True, slots=True)
class StatedClaim:
    """One extracted claim in one article: the names of its sides (label first), and its first quote there.

    `belief` and `statements` (start, end, rule and certainty of each) are there where the extractor gives them.
    """

    article: str
    subject: tuple[str, ...]
    predicate: Predicate
    object: tuple[str, ...]
    negated: bool = False
    quote: str = ""
    id: str = ""
    belief: float | None = None
    statements: tuple["Statement", ...] = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """Where a claim is stated, by which rule it was read, and how sure its author is."""

    start: int
    end: int
    rule: str
    certainty: Certainty


def read_gold(lines: Iterable[str]) -> tuple[GoldClaim, ...]:
    """The claims of a gold file, one JSON object a line, in its order; empty lines are passed over.

    Raises:
        InvalidArgument: a line is no such object; the message says which.
    """
    found: list[GoldClaim] = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            found.append(
                GoldClaim(
                    article=row["article"],
                    subject=tuple(row["subj"]),
                    predicate=Predicate(row["pred"]),
                    object=tuple(row["obj"]),
                    negated=bool(row.get("negated")),
                    hedge=bool(row.get("hedge")),
                    quote=row.get("quote") or "",
                )
            )
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            expected = "a gold claim as a JSON object with article, subj, pred and obj"
            raise InvalidArgument(f"gold line {number}", line.strip()[:60], expected) from error
    return tuple(found)


def read_claims(rows: Iterable[Mapping[str, object]]) -> tuple[StatedClaim, ...]:
    """One `StatedClaim` for each article that a claim has evidence in, from rows as `etiograph extract` prints them."""
    found: list[StatedClaim] = []
    for row in rows:
        stated: dict[str, list[dict[str, object]]] = {}
        for statement in cast("list[dict[str, object]]", row.get("evidence", ())):
            stated.setdefault(str(statement["article"]), []).append(statement)
        for article, statements in sorted(stated.items()):
            found.append(
                StatedClaim(
                    article=article,
                    subject=_side(row["subject"]),
                    predicate=Predicate(cast("str", row["predicate"])),
                    object=_side(row["object"]),
                    negated=bool(row.get("negated")),
                    quote=str(statements[0].get("quote", "")),
                    id=str(row.get("id", "")),
                    belief=cast("float | None", row.get("belief")),
                    statements=tuple(_statement(each) for each in statements if "rule" in each),
                )
            )
    return tuple(found)


def _statement(row: Mapping[str, object]) -> Statement:
    return Statement(
        start=cast("int", row["start"]),
        end=cast("int", row["end"]),
        rule=str(row["rule"]),
        certainty=Certainty(str(row.get("certainty", Certainty.ASSERTED))),
    )


def _side(side: object) -> tuple[str, ...]:
    """The names of a claim's subject or object: label, mention, synonyms, all mentions."""
    if isinstance(side, str):
        return (side,)
    named = cast("Mapping[str, object]", side)
    single = [named.get("label"), named.get("mention")]
    several = [*cast("list[str]", named.get("synonyms") or []), *cast("list[str]", named.get("mentions") or [])]
    return tuple(str(name) for name in (*single, *several) if name)
