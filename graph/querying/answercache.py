"""Answers that were given before, kept in memory up to so many bytes; the one not asked for longest goes first."""

from dataclasses import dataclass, replace
from typing import Final

from cachetools import LRUCache

from graph.querying.answer import Answer

_OVERHEAD: Final = 500
"""Bytes that an entry takes beside its body, about."""


@dataclass(frozen=True, slots=True)
class Key:
    """What an answer depends on: the hash of the graph, and the digest of query, dataset, formats and limit."""

    hash: str
    digest: str


class AnswerCache:
    """Answers by `Key`; a change of the graph makes all keys new, and the answers of the old graph go as others come.

    `hits` and `misses` count what was asked for, `size` is in bytes.
    """

    def __init__(self, largest: int) -> None:
        self._answers: LRUCache[Key, Answer] = LRUCache(largest, getsizeof=_size)
        self.hits = 0
        self.misses = 0

    def __len__(self) -> int:
        return len(self._answers)

    @property
    def size(self) -> int:
        """Bytes of what is kept."""
        return int(self._answers.currsize)

    def find(self, key: Key | None) -> Answer | None:
        """The answer, if it is kept; `key` is None for a question that may be answered otherwise each time."""
        answer = None if key is None else self._answers.get(key)
        if answer is None:
            self.misses += 1
            return None
        self.hits += 1
        return answer

    def keep(self, key: Key | None, answer: Answer) -> None:
        """Keep the answer, unless it may be another the next time or is larger than an eighth of the room."""
        if key is not None and _size(answer) <= self._answers.maxsize // 8:
            self._answers[key] = replace(answer, engine=None, queue=None)


def _size(answer: Answer) -> int:
    return len(answer.body) + _OVERHEAD
