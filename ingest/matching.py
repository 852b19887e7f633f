"""Where a text states a relation: the words of each trigger, and the slots that they close.

What fills the slots is read by `ingest.slots`, how surely it is said by `ingest.assertion`.
"""

import re
from dataclasses import dataclass
from functools import cache

from ingest.prefilter import Prefilter, lowered
from ingest.sentences import Span
from ingest.trigger_table import triggers
from ingest.triggers import Trigger


@dataclass(frozen=True, slots=True)
class Match:
    """A trigger found in a text: its words, and the slots between them (open ones are left to be cut)."""

    trigger: Trigger
    words: Span
    slots: tuple[tuple[str, Span], ...]
    """(`subject` or `object`, span) for each slot that has words on both sides."""

    def slot(self, name: str) -> Span | None:
        """The closed slot of that name, or None where it is open or missing."""
        return dict(self.slots).get(name)

    @property
    def own(self) -> tuple[Span, ...]:
        """The stretches of the text that are the row's own words: what is left without its closed slots."""
        stretches: list[Span] = []
        start = self.words.start
        for _, slot in sorted(self.slots, key=lambda named: named[1].start):
            stretches.append(Span(start, slot.start))
            start = slot.end
        return (*stretches, Span(start, self.words.end))

    def conflicts(self, other: "Match") -> bool:
        """Tell whether the two read the same words."""
        return any(mine.overlaps(its) for mine in self.own for its in other.own)


def _own_length(match: Match) -> int:
    """How many characters of the text are the row's own words."""
    return match.words.end - match.words.start - sum(span.end - span.start for _, span in match.slots)


def find_matches(text: str) -> tuple[tuple[Match, ...], ...]:
    """Groups of matches that share words, left to right; in a group most words of its own first, then row order."""
    text = lowered(text)
    found: list[tuple[Match, int]] = []
    for position, trigger in _prefilter().possible(text):
        if trigger.ending is not None and trigger.ending.compiled.search(text) is None:
            continue
        found += [(_match(trigger, match), position) for match in trigger.regex.compiled.finditer(text)]
    found.sort(key=lambda each: (each[0].words.start, each[0].words.end))
    groups: list[list[tuple[Match, int]]] = []
    end = 0
    for match, position in found:
        if match.words.start < end:
            groups[-1].append((match, position))
            end = max(end, match.words.end)
        else:
            groups.append([(match, position)])
            end = match.words.end
    return tuple(
        tuple(match for match, _ in sorted(group, key=lambda each: (-_own_length(each[0]), each[1])))
        for group in groups
    )


@cache
def _prefilter() -> Prefilter[tuple[int, Trigger]]:
    return Prefilter((row, row[1].regex) for row in enumerate(triggers()))


def _match(trigger: Trigger, match: re.Match[str]) -> Match:
    slots = tuple(
        ("subject" if name == "S" else "object", Span(match.start(name), match.end(name)))
        for name in sorted(match.groupdict())
        if name in ("S", "O") and match.start(name) >= 0
    )
    return Match(trigger, Span(match.start(), match.start() + len(match.group().rstrip())), slots)
