"""What of an article is read at once: a sentence or an item with its lead-in, under its path of headings."""

from dataclasses import dataclass

from ingest.headings import HeadingRule
from ingest.sentences import Span
from ingest.tables import Row
from ingest.view import View


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: its cleaned text, its depth from 1, and what it says of the items under it."""

    view: View
    level: int
    rule: HeadingRule | None

    @property
    def text(self) -> str:
        """The cleaned text of the heading."""
        return self.view.text


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence to be read, in a view of its own.

    `quote` is the part of the view that evidence quotes: the sentence, or the item without its lead-in. `label` is the
    item's name where it has one ("Antibiotics: …"). `headings` is the path of headings, outermost first; `item` tells
    that the unit is a member of a list, `heading` that it is itself a heading which names a thing, `describes` that it
    is what stands behind a label, without a verb. `paragraph` counts blocks: it tells the units of one paragraph.
    `row` is the row of a flattened table that the unit is; its lead-in is the table's head.
    """

    view: View
    quote: Span
    headings: tuple[Heading, ...]
    paragraph: int
    label: Span | None = None
    lead_in: str | None = None
    item: bool = False
    heading: bool = False
    describes: bool = False
    row: Row | None = None

    @property
    def text(self) -> str:
        """The cleaned text that rules read."""
        return self.view.text

    @property
    def bare_member(self) -> bool:
        """Whether it is a phrase in a list under a lead-in, of which the next member does not speak."""
        phrase = self.item and self.label is None and not self.describes
        return phrase and self.lead_in is not None and not self.text.endswith((".", "!", "?"))
