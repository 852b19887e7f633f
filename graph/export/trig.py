"""TriG: what articles state, each article's statements in a named graph of its own; the rest as in Turtle."""

from collections.abc import Iterator
from pathlib import Path
from typing import IO, cast

from pyoxigraph import Quad, RdfFormat, serialize

from graph.export.prefixes import PREFIXES, PrefixesFirst
from graph.export.triples import Said, apart, triples_of
from graph.nodes import DEFAULT


def trig(said: Said, out: IO[bytes], scratch: Path) -> None:
    """Write all graphs: the default one without the articles' statements, those by article, then a user's own.

    The graph of an article's statements is called as the article.
    """
    serialize(_quads(said, scratch), cast("IO[bytes]", PrefixesFirst(out)), format=RdfFormat.TRIG, prefixes=PREFIXES)


def _quads(said: Said, scratch: Path) -> Iterator[Quad]:
    others, statements = apart(said.lines(DEFAULT, scratch), scratch)
    for triple in triples_of(others):
        yield Quad(triple.subject, triple.predicate, triple.object)
    for article, lines in statements:
        for triple in triples_of(lines):
            yield Quad(triple.subject, triple.predicate, triple.object, article)
    for graph in said.graphs():
        for triple in triples_of(said.lines(graph, scratch)):
            yield Quad(triple.subject, triple.predicate, triple.object, graph)
