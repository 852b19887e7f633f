"""N-Quads, canonical: of a whole graph what its hash is taken of."""

from pathlib import Path
from typing import IO

from graph.export.triples import Said


def nquads(said: Said, out: IO[bytes], scratch: Path) -> None:
    """Write all of it, lines in order of their bytes."""
    for chunk in said.nquads(scratch):
        out.write(chunk)
