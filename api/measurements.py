"""What one server process counts of its answers; `api.metrics` tells it."""

import time
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field
from typing import Final

SECONDS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)
"""The bounds up to which durations are counted together."""

_METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


@dataclass(slots=True)
class Durations:
    """How long answers of one address took until they began."""

    numbers: list[int] = field(default_factory=lambda: [0] * (len(SECONDS) + 1))
    """How many took as long as each of `SECONDS` and longer than the bound before; the last, longer than all."""

    total: float = 0.0
    since: float = field(default_factory=time.time)


@dataclass(frozen=True, slots=True)
class Measurements:
    """What one server process has counted since it began."""

    answers: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    """How many answers there were by method, pattern of the address and status."""

    since: dict[tuple[str, str, str], float] = field(default_factory=dict)
    """When the first of these was given, in seconds of the epoch."""

    durations: dict[str, Durations] = field(default_factory=dict)
    """By pattern of the address."""

    def count(self, method: str, path: str, status: int, seconds: float) -> None:
        """Count one answer; `path` is the pattern of the address, so that there are few."""
        labels = (method if method in _METHODS else "other", path, str(status))
        if labels not in self.since:
            self.since[labels] = time.time()
        self.answers[labels] += 1
        durations = self.durations.get(path)
        if durations is None:
            durations = self.durations[path] = Durations()
        durations.numbers[bisect_left(SECONDS, seconds)] += 1
        durations.total += seconds
