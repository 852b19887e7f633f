"""The prefixes of what is exported in RDF, and their place at its head."""

import io
from typing import IO, Any, Final

from graph.nodes import ARTICLES, CLAIMS, EVIDENCE
from ontology import terms

PREFIXES: Final = {**terms.PREFIXES, "article": ARTICLES, "claim": CLAIMS, "evidence": EVIDENCE}


class PrefixesFirst(io.RawIOBase):
    """A file for a serialiser that writes one line for each of `PREFIXES` first, in no order: they come by name."""

    def __init__(self, out: IO[bytes]) -> None:
        super().__init__()
        self._out = out
        self._head: bytes | None = b""

    def writable(self) -> bool:
        """True."""
        return True

    def write(self, content: Any) -> int:  # whatever has bytes
        """Take all of it."""
        some = bytes(content)
        if self._head is None:
            self._out.write(some)
            return len(some)
        self._head += some
        lines = self._head.split(b"\n", len(PREFIXES))
        if len(lines) > len(PREFIXES):
            *head, rest = lines
            self._out.write(b"\n".join([*sorted(head), rest]))
            self._head = None
        return len(some)
