"""How many examples a test tries whose examples are drawn: few in every run, more with `make fuzz`."""

import os
from typing import Final

from hypothesis import settings

_TIMES: Final = int(os.environ.get("ETIOGRAPH_EXAMPLES", "1"))


def drawn(number: int) -> settings:
    """So many examples, or as many times that as the environment says (`ETIOGRAPH_EXAMPLES`)."""
    return settings(max_examples=number * _TIMES)
