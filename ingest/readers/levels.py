"""Levels of headings that carry none, inferred from their order and their wording.

Plain text says which lines are headings but not which stands under which. What can be told: the first is the
title; a numbered heading, and one that a lead-in ("These include:") announces, stand one deeper; and the
questions of an article stand either above the plain headings or below them, whichever the places where one
follows the other directly show. An article that opens with a question and asks on has its questions above.
What cannot be told is level 2.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

_NAME_WORDS: Final = 3
_QUESTIONS_THAT_LEAD: Final = 4


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading before it has a level.

    `block` is its place among the blocks, `marked` the level it states itself ("##"), `lead_in` how many paragraphs
    stand between it and a lead-in ending in a colon before it, None where there is no lead-in.
    """

    content: str
    block: int
    marked: int | None = None
    numbered: bool = False
    lead_in: int | None = None

    @property
    def question(self) -> bool:
        """Tell whether it asks something."""
        return self.content.endswith("?")


def levels(headings: Sequence[Heading]) -> tuple[int, ...]:
    """One level a heading, 1 to 6, in order; () for none."""
    deep_questions, deep_names = _which_is_deeper(headings[1:])
    found: list[int] = []
    listed = False
    for position, heading in enumerate(headings):
        short = len(heading.content.split()) <= _NAME_WORDS
        # Where headings were lost, the list goes on with the first that was kept, if that only names something.
        led = heading.lead_in == 0 or (heading.lead_in is not None and short)
        listed = led or (listed and short)
        if heading.marked is not None:
            found.append(heading.marked)
        elif position == 0 and heading.block == 0:
            found.append(1)
        elif heading.numbered or listed or (deep_questions if heading.question else deep_names):
            found.append(3)
        else:
            found.append(2)
    return tuple(found)


def _which_is_deeper(headings: Sequence[Heading]) -> tuple[bool, bool]:
    """Whether questions, and whether plain headings, stand one deeper; at most one of the two is true."""
    under_questions = under_names = 0
    for upper, lower in pairwise(headings):
        if lower.block == upper.block + 1 and upper.question != lower.question:
            under_questions += upper.question
            under_names += lower.question
    if not under_names and len([heading for heading in headings if heading.question]) >= _QUESTIONS_THAT_LEAD:
        return False, headings[0].question
    return under_names > under_questions, under_questions > under_names
