"""How often a claim holds: HPO's frequency classes as shares of the patients, and when two frequencies differ."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

from ontology.claim import Claim

SHARES: Final[Mapping[str, float]] = MappingProxyType(
    {
        "HP:0040280": 1.0,
        "HP:0040281": 0.895,
        "HP:0040282": 0.545,
        "HP:0040283": 0.17,
        "HP:0040284": 0.025,
        "HP:0040285": 0.0,
    }
)
"""Class → the middle of its range after HPO: obligate, very frequent, frequent, occasional, very rare, excluded."""


def said(word: str | None, frequency_class: str | None) -> str | None:
    """What a statement says of how often: the HPO class or, without one, the word; None where it says nothing.

    Statements that say different things differ.
    """
    return (frequency_class or word.casefold()) if word else None


def varies(claim: Claim) -> bool:
    """Whether statements of the claim differ in how often it holds."""
    return len({said(row.frequency, row.frequency_class) for row in claim.evidence} - {None}) > 1


def agreed(classes: Iterable[str | None]) -> str | None:
    """The class on which all statements that have one agree; None where they do not, or none has one."""
    known = {found for found in classes if found}
    return known.pop() if len(known) == 1 else None


def share(frequency_class: str | None, *, otherwise: float) -> float:
    """The share of the patients that a class says; `otherwise` where it is none of `SHARES`."""
    return SHARES.get(frequency_class or "", otherwise)
