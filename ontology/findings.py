"""What may befall terms and names of a vocabulary that is added: words for the report."""

from dataclasses import dataclass
from enum import StrEnum


class Finding(StrEnum):
    """What may befall a term or a name of a vocabulary that is added; the value is what a reader is told."""

    MERGED = "merged into a concept that is known already"
    KNOWN_ID = "id known already"
    NAME_TAKEN = "name means another concept already"
    NAMELESS = "left out: every name means another concept already"
    SHORT = "name too short to match safely"
    COMMON = "name too common to match safely"
    LONG = "name too long"
    OBSOLETE = "left out: obsolete"
    IMPORTED = "left out: of another vocabulary"
    NO_KIND = "left out: nothing tells its kind"
    NO_LABEL = "left out: no label in English"
    TWICE = "left out: described twice"
    NO_NAME = "left out: no name that can be matched safely"


@dataclass(frozen=True, slots=True)
class Note:
    """One finding: the term it befell, the name, and the concept that stands against it where there is one."""

    finding: Finding
    term: str
    name: str
    other: str | None = None
