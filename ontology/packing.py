"""How values cross from one process to another: as what they were made of, in order."""

from collections.abc import Callable
from dataclasses import fields
from functools import cache
from operator import attrgetter
from typing import Any


class Packed:
    """A base of frozen dataclasses of two fields or more: pickled as the values of their fields and no names.

    Either way takes half as long as what dataclasses do, which counts where a corpus is read in several processes.
    """

    __slots__ = ()

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[Any, ...]]:
        """The class and the values of its fields."""
        made: Any = type(self)
        return _of, (made, _values(made)(self))


def _of(made: Any, values: tuple[Any, ...]) -> Any:
    found = made.__new__(made)
    for name, value in zip(_names(made), values, strict=True):
        object.__setattr__(found, name, value)
    return found


@cache
def _names(made: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(made))


@cache
def _values(made: type) -> Callable[[Any], tuple[Any, ...]]:
    return attrgetter(*_names(made))
