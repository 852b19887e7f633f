"""A line of a page: what the walk over its tree finds, before it is decided what the line is taken for."""

from dataclasses import dataclass

from ingest.blocks import RawKind


@dataclass(frozen=True, slots=True)
class Line:
    """A passage before it is decided what it is taken for.

    `level` 0 of a heading is for its neighbours to say. `strong` tells that all of it is bold, `link` that all of it is
    a link, `part` the list item or definition it is part of, 0 for none, `term` that it names what the next explains.
    """

    kind: RawKind
    words: str
    level: int = 0
    strong: bool = False
    link: bool = False
    part: int = 0
    term: bool = False
