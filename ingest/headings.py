"""What a heading says of the items under it: the rows of `headings.yaml`."""

import re
from dataclasses import dataclass
from functools import cache

from ingest.datafiles import read_table
from ingest.prefilter import Prefilter
from ontology.terms import Kind, Predicate


@dataclass(frozen=True, slots=True)
class HeadingRule:
    """One row: headings that match `pattern` put their items in `relation` to the focus.

    `relation` is None where the heading only names a topic. `fixed` names the other side where it is no focus.
    """

    id: str
    pattern: re.Pattern[str]
    relation: Predicate | None
    item_is_subject: bool
    focus: tuple[Kind, ...]
    item_kinds: frozenset[Kind]
    fixed: str | None
    example: tuple[str, str, tuple[str, ...]]
    """A heading, an item under it, and subject and object of the claim they make (nothing for none)."""


def find_heading_rule(heading: str) -> HeadingRule | None:
    """The first row whose pattern occurs in `heading`; None when there is none."""
    return next((rule for rule in _prefilter().possible(heading) if rule.pattern.search(heading)), None)


@cache
def _prefilter() -> Prefilter[HeadingRule]:
    return Prefilter((rule, rule.pattern) for rule in heading_rules())


@cache
def heading_rules() -> tuple[HeadingRule, ...]:
    """All rows, in the order in which they are tried."""
    rows = read_table("headings.yaml")
    return tuple(
        HeadingRule(
            id=row["id"],
            pattern=re.compile(row["pattern"], re.IGNORECASE),
            relation=Predicate(row["relation"]) if "relation" in row else None,
            item_is_subject=row.get("item") == "subject",
            focus=tuple(Kind(kind) for kind in row.get("focus", ())),
            item_kinds=frozenset(Kind(kind) for kind in row.get("item_kinds", ())),
            fixed=row.get("fixed"),
            example=(row["example"]["heading"], row["example"]["item"], tuple(row["example"]["claim"])),
        )
        for row in rows
    )
