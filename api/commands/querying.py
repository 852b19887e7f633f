"""`sparql` and `export`: the graph for other programs."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from api.commands.options import Data, Kinds  # noqa: F401
