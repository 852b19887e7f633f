"""What a row of a flattened table says: its name as a whole, its figure as frequency, the head's relation.

The head names the relation ("Signs and symptoms  Share of patients"), the article the other side. A row of
inheritance, onset or course ("X-linked inheritance", "Adult onset") is no sign and makes no claim.
"""

import re
from functools import cache
from typing import Final

from ingest.arguments import Argument
from ingest.assertion import Assertion
from ingest.headings import HeadingRule, find_heading_rule
from ingest.headnouns import kind_of
from ingest.provisional import mint
from ingest.reading import Candidate, Reading
from ingest.tables import Row
from ontology.terms import Kind, Predicate
from ontology.vocabularies import clinical_modifiers

_MODIFIER: Final = re.compile(
    r"\b(?:inheritance|onset|expressivity|penetrance|variability|anticipation|mosaicism)$|"
    r"^(?:heterogeneous|sporadic|variable|(?:rapidly |slowly )?(?:non-?)?progressive|congenital|familial)$",
    re.IGNORECASE,
)
_STATES: Final = (Kind.CONDITION, Kind.SYMPTOM, Kind.MECHANISM)
_MOST_WORDS: Final = 14


def read_row(reading: Reading, row: Row) -> tuple[Candidate, ...]:
    """The claim that a row makes under its table's head; () where the head gives no relation or the row no sign."""
    unit = reading.unit
    rule = find_heading_rule(unit.lead_in or "")
    if rule is None or rule.relation is None or not rule.focus:
        return ()
    other = _about(reading, rule)
    item = _item(reading, row, rule)
    if other is None or item is None:
        return ()
    assertion = Assertion(negated=_is_none(row.figure), frequency=row.figure)
    pair = (item, other) if rule.item_is_subject else (other, item)
    return (Candidate(pair[0], rule.relation, pair[1], assertion, f"table-{rule.id}"),)


def _about(reading: Reading, rule: HeadingRule) -> Argument | None:
    """The other side: what headings or title name of the usual kind, else of any kind that can have it."""
    usual = reading.focus.find(rule.focus, recent=False, item=False, told=False)
    return usual or reading.focus.find(_STATES, recent=False, item=False, told=False)


def _item(reading: Reading, row: Row, rule: HeadingRule) -> Argument | None:
    words = row.name.of(reading.text)
    if _MODIFIER.search(words) or words.lower() in _modifiers() or len(words.split()) > _MOST_WORDS:
        return None
    # A table takes its names from a vocabulary: the concept of that label is meant, not one that is also called so.
    kinds = frozenset((*rule.item_kinds, *_STATES)) if rule.relation is Predicate.HAS_SYMPTOM else rule.item_kinds
    concept = reading.finder.labelled(words, kinds) or reading.finder.named(words, kinds)
    if concept is not None:
        return Argument(concept, words, next(kind for kind in concept.kinds if kind in kinds), row.name)
    told = kind_of(words)
    if told is not None and told in rule.item_kinds:
        return Argument(mint(words, told), words, told, row.name)
    if Kind.SYMPTOM not in rule.item_kinds or " " not in words:
        return None
    return Argument(mint(words, Kind.SYMPTOM), words, Kind.SYMPTOM, row.name)


def _is_none(figure: str | None) -> bool:
    return figure is not None and re.match(r"0+(?:\.0+)?\s?(?:%|/|of)", figure) is not None


@cache
def _modifiers() -> frozenset[str]:
    return frozenset(
        text.lower() for term in clinical_modifiers() for text in (term.label, *(name.text for name in term.names))
    )
