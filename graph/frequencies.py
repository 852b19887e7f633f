"""How often a claim holds: HPO's frequency classes as shares of the patients, and when two frequencies differ."""

from collections.abc import Mapping
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


def frequency_class(claim: Claim) -> str | None:
    """The class on which all statements of the claim that have one agree; None where they do not, or have none."""
    classes = {row.frequency_class for row in claim.evidence if row.frequency_class}
    return classes.pop() if len(classes) == 1 else None


def share(claim: Claim, *, otherwise: float) -> float:
    """The share of the patients of whom the claim holds; `otherwise` where no class of `SHARES` says it."""
    return SHARES.get(frequency_class(claim) or "", otherwise)
