"""Turns for scarce places, fair between clients."""

import asyncio
from collections import OrderedDict, deque

from ontology.errors import Busy


class Turns:
    """So many `places`; who finds none waits, and clients with someone waiting take turns, whoever asks how often.

    At most `longest` wait in all, and a quarter of them, at least one, for any one client. For one event loop.
    """

    def __init__(self, places: int, *, longest: int) -> None:
        self._places = places
        self._free = places
        self._longest = longest
        self._own = max(1, longest // 4)
        self._waiting: OrderedDict[str, deque[asyncio.Future[None]]] = OrderedDict()

    @property
    def taken(self) -> int:
        """How many places are taken."""
        return self._places - self._free

    @property
    def waiting(self) -> int:
        """How many wait."""
        return sum(map(len, self._waiting.values()))

    def take_free(self) -> bool:
        """Whether a place was free, and now is taken; `give_back` must follow."""
        if not self._free:
            return False
        self._free -= 1
        return True

    async def take(self, client: str) -> None:
        """Return with a place taken; `give_back` must follow.

        Raises:
            Busy: too many wait already.
        """
        if self.take_free():
            return
        ahead = len(self._waiting.get(client, ()))
        if ahead >= self._own or self.waiting >= self._longest:
            whose = "of yours " if ahead >= self._own else ""
            raise Busy(
                f"{self.waiting} queries {whose}wait for a turn already; ask again later", 1 + ahead // self._places
            )
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(client, deque()).append(turn)
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                self.give_back()  # the turn came in the same moment
            else:
                self._forget(client, turn)
            raise

    def give_back(self) -> None:
        """Give the place to whose turn it is."""
        while self._waiting:
            client, turns = self._waiting.popitem(last=False)
            turn = turns.popleft()
            if turns:
                self._waiting[client] = turns  # behind the others
            if not turn.done():
                turn.set_result(None)
                return
        self._free += 1

    def _forget(self, client: str, turn: asyncio.Future[None]) -> None:
        turns = self._waiting.get(client)
        if turns and turn in turns:
            turns.remove(turn)
            if not turns:
                del self._waiting[client]
