"""Things of a snapshot by id, read when they are asked for; those asked for last are kept."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import cached_property
from threading import Lock
from typing import Generic, TypeVar

from cachetools import LRUCache

from graph.naming.texts import Texts

_Thing = TypeVar("_Thing")


class Shelf(Mapping[str, _Thing], Generic[_Thing]):
    """A mapping from ids, in their order, to what `read` finds, None being nothing.

    `ids` gives all ids, in any order; they are gone through for the length and for iteration alone. Where there is a
    `listed`, they are only if that knows no list of them, and only once: then they stay, in their order and packed.
    Of what was read so much is kept as `size` adds up to `room`, things asked for last; threads may share it.
    """

    def __init__(
        self,
        read: Callable[[str], _Thing | None],
        ids: Callable[[], Iterable[str]],
        *,
        room: int,
        size: Callable[[_Thing], int] | None = None,
        listed: Callable[[], Texts | None] | None = None,
    ) -> None:
        self._read = read
        self._ids = ids
        self._find_list = listed
        self._listed: Texts | None = None
        self._kept: LRUCache[str, _Thing] = LRUCache(room, size)
        self._lock = Lock()

    def __getitem__(self, id: str) -> _Thing:
        with self._lock:
            kept = self._kept.get(id)
        if kept is not None:
            return kept
        found = self._read(id)
        if found is None:
            raise KeyError(id)
        with self._lock:
            if self._kept.getsizeof(found) <= self._kept.maxsize:
                self._kept[id] = found
        return found

    def fill(self, ids: Iterable[str], read: Callable[[Collection[str]], Mapping[str, _Thing]]) -> None:
        """Have those of these things that are not kept be kept, read all at once by `read`."""
        with self._lock:
            missing = {id for id in ids if id not in self._kept}
        found = read(missing) if missing else {}
        with self._lock:
            for id, thing in found.items():
                if self._kept.getsizeof(thing) <= self._kept.maxsize:
                    self._kept[id] = thing

    def list_as(self, other: "Shelf[_Thing]") -> None:
        """Take the ids from another shelf of the same things, if it has gone through them."""
        self._listed = other._listed

    def __iter__(self) -> Iterator[str]:
        listed = self._list()
        return iter(sorted(self._ids())) if listed is None else (text.decode() for text in listed)

    def __len__(self) -> int:
        return self._number

    @cached_property
    def _number(self) -> int:
        listed = self._list()
        return sum(1 for _ in self._ids()) if listed is None else len(listed)

    def _list(self) -> Texts | None:
        if self._find_list is not None and self._listed is None:
            known = self._find_list()
            self._listed = Texts.encoded(sorted(self._ids())) if known is None else known
        return self._listed
