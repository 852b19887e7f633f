"""Labels and lead-ins of lists: where an item's name ends, and which sentences are read on with each item.

"Antibiotics: they kill bacteria" has a label, "Symptoms include:" is a lead-in that each member of its list completes.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from ingest.matching import find_matches
from ingest.phrases import is_instruction
from ingest.sentences import Span
from ingest.view import View

_LABEL: Final = re.compile(r"^([A-Z0-9][^.:;?!]{1,70}?)(?:\s*[:.]\s+|\s+-\s+)(?=[A-Z0-9a-z(])")
FINITE: Final = re.compile(
    r"\b(?:is|are|was|were|has|have|had|does|do|did|can|may|might|could|will|would|should|must|include[sd]?|"
    r"causes?|occurs?|"
    r"happens?|uses?|helps?|means|makes?|takes?|affects?|prevents?|protects?|treats?)\b|n't\b",
    re.IGNORECASE,
)
OPEN_END: Final = re.compile(
    r"\b(?:includes?|including|such as|are|is|can|may|might|could|will|to|who|that|of|for|from|by|with|if|when|"
    r"often|usually|also|ask|"
    r"those|present|symptoms|following|these)\W*$",
    re.IGNORECASE,
)
LONGEST_LEAD_IN: Final = 1_000


@dataclass(frozen=True, slots=True)
class Joined:
    """A lead-in and an item in one view, and which part of it is the item."""

    view: View
    quote: Span


def join_item(lead_in: View, item: View) -> Joined:
    """Lead-in and item as one sentence; the quote is the item's part."""
    opening = re.sub(r"[\s:]+$", "", lead_in.text)
    offsets = (*lead_in.offsets[: len(opening)], lead_in.offsets[len(opening)], *item.offsets)
    start = len(opening) + 1
    return Joined(View(f"{opening} {item.text}", offsets), Span(start, start + len(item.text)))


def find_label(text: str) -> Span | None:
    """The name at the head of an item or a paragraph: "Antibiotics:", "Lung cancer."; None where there is none."""
    match = _LABEL.match(text)
    if (
        match is None
        or FINITE.search(match.group(1))
        or (text[match.end(1)] == "." and is_instruction(match.group(1)))
        or len(match.group(1).split()) > 8
    ):
        return None
    if text[match.end(1) :].lstrip()[:1] == "." and len(match.group(1).split()) > 6:
        return None
    return Span(match.start(1), match.end(1))


def is_sentence(text: str) -> bool:
    """Tell whether an item is a sentence of its own: it ends as one, or has a subject and a verb."""
    main = re.split(r"(?i)\s*[,(]|\s(?:that|which|who|whose|when|if|because|where|in which)\s", text, maxsplit=1)[0]
    verb = FINITE.search(main)
    return re.match(r"(?i)(?:whether|how|why|what)\b", text) is not None or (
        verb is not None and verb.start() > 0 and len(main.split()) > 2
    )


def after_label(text: str, label: Span) -> int:
    """Where the text goes on behind a label and its colon, dash or stop."""
    match = re.compile(r"[\s:.-]+").match(text, label.end)
    return match.end() if match else label.end


@lru_cache(maxsize=64)
def is_open(lead_in: str) -> bool:
    """Tell whether a lead-in is read together with each item; one too long for a sentence is not."""
    return len(lead_in) <= LONGEST_LEAD_IN and (bool(OPEN_END.search(lead_in)) or _ends_in_trigger(lead_in))


def _ends_in_trigger(text: str) -> bool:
    """Tell whether a sentence stops right behind a trigger, where its list should begin: "Symptoms include:"."""
    stripped = re.sub(r"[\s:]+$", "", text)
    return any(match.words.end >= len(stripped) - 1 for group in find_matches(stripped + " ") for match in group)
