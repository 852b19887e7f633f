"""Things taken some at a time, so that those of one batch can be read together."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

_Item = TypeVar("_Item")


def batches(items: Iterable[_Item], size: int) -> Iterator[list[_Item]]:
    """All of them in order, in lists of so many, the last one shorter."""
    left = iter(items)
    while some := list(islice(left, size)):
        yield some
