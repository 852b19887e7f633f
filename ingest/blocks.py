"""What every reader yields: stretches of the article's text, in order, with what they are."""

from dataclasses import dataclass
from enum import StrEnum


class RawKind(StrEnum):
    """What a reader saw. What it means (lead-in, question, label) is for `ingest.document` to say."""

    HEADING = "heading"
    ITEM = "item"
    PARAGRAPH = "paragraph"


@dataclass(frozen=True, slots=True)
class RawBlock:
    """`text[start:end]` is the content, without markers and surrounding white space.

    `level` is 1 to 6 for headings (1 outermost), the nesting depth from 1 for items, 0 for paragraphs.
    """

    kind: RawKind
    start: int
    end: int
    level: int = 0
