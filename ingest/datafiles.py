"""The package's own tables of rules and words, read."""

from pathlib import Path
from typing import Any, Final

import yaml

_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The one in C where PyYAML was built with it: five times as fast."""


def read_table(name: str) -> Any:  # Any: whoever asks checks the rows field by field
    """What the YAML file of that name, beside this module, holds."""
    with (Path(__file__).parent / name).open(encoding="utf-8") as file:
        return yaml.load(file, Loader=_LOADER)  # noqa: S506 - both loaders are safe ones
