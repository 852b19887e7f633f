"""N-Quads, canonical: what the hash of a snapshot is taken of."""

from collections.abc import Iterable

from pyoxigraph import Triple

from graph.layer import sorted_ntriples


def nquads(triples: Iterable[Triple]) -> bytes:
    """The triples, all of the default graph, as canonical N-Quads, lines in order of their bytes."""
    return sorted_ntriples(triples)
