"""Members of a list by their neighbours: heads shared with the one before, unknown ones as the known ones are."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from ingest.arguments import Argument
from ingest.coordination import Conjunct
from ingest.phrases import is_instruction
from ingest.provisional import mint
from ingest.reading import Reading
from ontology.terms import Kind

_SYMPTOM_NOUN: Final = re.compile(r"[a-z]{3,}(?:ity|ness|ias?|ism|iness|osis|asis|emia|uria)")
_DRUG_NOUN: Final = re.compile(r"[a-z]{4,}(?:ines?|ones?|ides?|ates?|ols?|ins?|ams?|ils?|ants?|ics?)")
"""Endings of words for symptoms, and of words for medicines."""

_LONGEST_MEMBER: Final = 5
"""Words of an unknown member of a list that is taken for what its neighbours are."""

_SHARED_HEAD: Final = re.compile(
    r"(?:an? |the )?(?:\w+ing|trouble|problems?|loss|lack|difficulty|changes?|failure|mutations?|damage) "
    r"(?:of|with|in|to)\b",
    re.IGNORECASE,
)
"""How a phrase begins whose first words hold of two things joined by "or"."""


def lost_its_head(reading: Reading, before: Conjunct | None, member: Conjunct, named: list[Argument]) -> bool:
    """Tell whether an unknown member only ends the phrase before it: "yellowing of the skin or whites of the eyes"."""
    if before is None or not any(argument.concept.provisional for argument in named):
        return False
    joined = reading.text[before.span.end : member.span.start].strip() in ("or", "and")
    return joined and _SHARED_HEAD.match(before.span.of(reading.text)) is not None


def alike(
    reading: Reading, kinds: frozenset[Kind], members: tuple[Conjunct, ...], found: list[list[Argument]]
) -> list[list[Argument]]:
    """What members name, where unknown ones are what a known one of their list is: "confused talk, fever"."""
    sibling = next((argument for named in found for argument in named if not argument.concept.provisional), None)
    if sibling is None:
        return found
    many = sibling.kind is Kind.TREATMENT or sum(bool(named) for named in found) > 1
    return [
        named or _as(reading, kinds, member, sibling.kind) or (_alone(reading, member, sibling.kind) if many else [])
        for member, named in zip(members, found, strict=False)
    ]


def _as(reading: Reading, kinds: frozenset[Kind], member: Conjunct, kind: Kind) -> list[Argument]:
    short = len(member.span.of(reading.text).split()) <= _LONGEST_MEMBER
    argument = reading.link(member, kinds, default=kind) if short else None
    return [argument] if argument else []


def _alone(reading: Reading, member: Conjunct, kind: Kind) -> list[Argument]:
    """One unknown word as what its neighbours are, where its ending is that of such nouns: "distractibility"."""
    word = member.span.of(reading.text).strip()
    noun = _SYMPTOM_NOUN if kind in (Kind.SYMPTOM, Kind.CONDITION) else _DRUG_NOUN if kind is Kind.TREATMENT else None
    if noun is None or member.prefix or noun.fullmatch(word) is None or is_instruction(word):
        return []
    return [Argument(mint(word, kind), word, kind, member.span)]


def sharing_a_head(reading: Reading, members: Sequence[Conjunct], kinds: frozenset[Kind]) -> Iterator[Conjunct]:
    """The members, one word with the head of the one before where a name results: "samples of blood or sputum"."""
    text = reading.text
    for before, member in zip((None, *members), members, strict=False):
        head = re.match(r"(?:an? |the )?(\w+ of) ", before.span.of(text)) if before else None
        words = member.span.of(text)
        if head and " " not in words and reading.finder.named(f"{head.group(1)} {words}", kinds) is not None:
            yield replace(member, prefix=head.group(1), suffix="")
        else:
            yield member
