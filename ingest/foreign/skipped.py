"""What of a foreign graph made no claim: counted by reason, each with its first example."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

MOST_REASONS: Final = 500
"""Reasons that are told apart; what comes after under a new one is counted without its detail."""

LONGEST: Final = 200
"""Characters of a detail or an example that are kept."""


@dataclass(frozen=True, slots=True)
class Skip:
    """A reason, how often it was met, and the first example of it."""

    reason: str
    number: int
    first: str


@dataclass(slots=True)
class Skipped:
    """The reasons so far."""

    counts: Counter[str] = field(default_factory=Counter)
    examples: dict[str, str] = field(default_factory=dict)

    def add(self, reason: str, example: str, *, detail: str = "") -> None:
        """Count one; `detail` tells what of the kind that `reason` states was met."""
        told = f"{reason}: {_cut(detail)}" if detail else reason
        if told not in self.counts and len(self.counts) >= MOST_REASONS:
            told = f"{reason}: others" if detail else reason
        self.counts[told] += 1
        self.examples.setdefault(told, _cut(example))

    def __iter__(self) -> Iterator[Skip]:
        """The reasons, most frequent first."""
        for reason, number in sorted(self.counts.items(), key=lambda each: (-each[1], each[0])):
            yield Skip(reason, number, self.examples[reason])


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
