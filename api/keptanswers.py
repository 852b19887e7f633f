"""JSON answers that were given before, kept in memory as long as the graph stays the one they came from."""

from dataclasses import dataclass, field
from threading import Lock
from typing import Final

from cachetools import LRUCache

ROOM: Final = 32 << 20
"""Bytes of all that is kept."""

_LARGEST: Final = 1 << 20
"""Bytes of the largest answer that is kept."""


@dataclass(slots=True)
class KeptAnswers:
    """Answers by what was asked; those not asked for longest go first. Threads may share it."""

    _hash: str = ""
    _answers: LRUCache[str, bytes] = field(default_factory=lambda: LRUCache(ROOM, getsizeof=len))
    _lock: Lock = field(default_factory=Lock)

    def find(self, hash: str, asked: str) -> bytes | None:
        """The answer from the graph with this hash, if it is kept."""
        with self._lock:
            return self._answers.get(asked) if hash == self._hash else None

    def keep(self, hash: str, asked: str, answer: bytes) -> None:
        """Keep the answer, unless it is large; those from another graph go."""
        with self._lock:
            if hash != self._hash:
                self._answers.clear()
                self._hash = hash
            if len(answer) <= _LARGEST:
                self._answers[asked] = answer
