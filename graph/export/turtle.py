"""Turtle, with the project's prefixes and three more for what the project mints."""

from collections.abc import Iterable
from typing import Final

from pyoxigraph import RdfFormat, Triple, serialize

from graph.layer import sorted_triples
from graph.nodes import ARTICLES, CLAIMS, EVIDENCE
from ontology.terms import PREFIXES

_PREFIXES: Final = {**PREFIXES, "article": ARTICLES, "claim": CLAIMS, "evidence": EVIDENCE}


def turtle(triples: Iterable[Triple]) -> bytes:
    """The triples as Turtle, grouped by subject, in order of their N-Triples; the prefixes first, by name."""
    written = serialize(sorted_triples(triples), format=RdfFormat.TURTLE, prefixes=_PREFIXES) or b""
    lines = written.splitlines(keepends=True)
    head = [line for line in lines[: len(_PREFIXES)] if line.startswith(b"@prefix ")]
    return b"".join([*sorted(head), *lines[len(head) :]])  # the serialiser writes its prefixes in no order
