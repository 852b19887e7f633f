"""The version of the software; a test holds it equal to that of `pyproject.toml`."""

from typing import Final

VERSION: Final = "0.1.0"
