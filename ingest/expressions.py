"""Regular expressions of large tables, compiled when they are first tried: in a short text few are."""

import re
from dataclasses import dataclass
from functools import cache


@dataclass(frozen=True, slots=True)
class Expression:
    """A regular expression as `re.compile` takes it, without flags."""

    pattern: str

    @property
    def flags(self) -> int:
        """Those of a text, as `re.Pattern.flags` has them."""
        return re.UNICODE.value

    @property
    def compiled(self) -> re.Pattern[str]:
        """The expression to be searched for, compiled once."""
        return _compiled(self.pattern)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
