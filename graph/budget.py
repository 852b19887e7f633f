"""How much of the graph one question may look at."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

_Thing = TypeVar("_Thing")


@dataclass(slots=True)
class Budget:
    """How many things a question may still look at; `exhausted` once it wanted more, and then it looks at no more."""

    left: int
    exhausted: bool = False

    def take(self, things: Sequence[_Thing]) -> Sequence[_Thing]:
        """As many as may be looked at, from the first."""
        taken = things[: self.left]
        self.exhausted = self.exhausted or len(taken) < len(things)
        self.left -= len(taken)
        return taken
