"""Turtle, with the project's prefixes and three more for what the project mints."""

from pathlib import Path
from typing import IO, cast

from pyoxigraph import RdfFormat, serialize

from graph.export.prefixes import PREFIXES, PrefixesFirst
from graph.export.triples import Said, triples_of
from graph.nodes import DEFAULT


def turtle(said: Said, out: IO[bytes], scratch: Path) -> None:
    """Write the default graph, grouped by subject, in order of its N-Triples; the prefixes first, by name."""
    serialize(
        triples_of(said.lines(DEFAULT, scratch)),
        cast("IO[bytes]", PrefixesFirst(out)),
        format=RdfFormat.TURTLE,
        prefixes=PREFIXES,
    )
