"""What a graph or a part of it says in RDF, as sorted lines of N-Triples, however many: what the RDF formats write.

Lines of one subject follow one another, and chunks of lines come whole.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby, islice
from pathlib import Path
from tempfile import mkdtemp
from typing import IO, Final, Protocol, TypeAlias, cast

import pyoxigraph
from pyoxigraph import BlankNode, DefaultGraph, NamedNode, RdfFormat, Triple, serialize

from graph.batches import batches
from graph.export.selection import Selection
from graph.knowledge import KnowledgeGraph
from graph.nodes import DEFAULT, EVIDENCE
from graph.rdf import HAS_SOURCE, article_triples, claim_triples, concept_triples, evidence_triples
from graph.sorting import SortedLines

Lines: TypeAlias = Iterator[bytes]
"""Chunks of whole lines."""

_STATEMENT: Final = b"<" + EVIDENCE.encode()
_ID: Final = len(_STATEMENT) + 16
_AT_ONCE: Final = 500
_SOURCE: Final = f" {HAS_SOURCE} ".encode()


class Said(Protocol):
    """What is to be written. `scratch` is a folder for what waits; each call makes its own in it."""

    def graphs(self) -> list[NamedNode]:
        """The named graphs, by IRI."""

    def lines(self, graph: NamedNode | DefaultGraph, scratch: Path) -> Lines:
        """The triples of a graph."""

    def nquads(self, scratch: Path) -> Lines:
        """All of it as canonical N-Quads."""


@dataclass(frozen=True, slots=True)
class AllOf:
    """All that a store holds."""

    store: pyoxigraph.Store

    def graphs(self) -> list[NamedNode]:
        """The named graphs, by IRI."""
        named = (graph for graph in self.store.named_graphs() if isinstance(graph, NamedNode))
        return sorted(named, key=lambda graph: graph.value)

    def lines(self, graph: NamedNode | DefaultGraph, scratch: Path) -> Lines:
        """The triples of a graph."""
        lines = SortedLines(_own(scratch))
        self.store.dump(cast("IO[bytes]", lines), format=RdfFormat.N_TRIPLES, from_graph=graph)
        return lines.chunks()

    def nquads(self, scratch: Path) -> Lines:
        """All of it as canonical N-Quads."""
        lines = SortedLines(_own(scratch))
        self.store.dump(cast("IO[bytes]", lines), format=RdfFormat.N_QUADS)
        return lines.chunks()


@dataclass(frozen=True, slots=True)
class PartOf:
    """The selected concepts, claims and articles as the store holds them; without the ontology."""

    network: KnowledgeGraph
    selection: Selection

    def graphs(self) -> list[NamedNode]:
        """None: all of ours is in the default graph."""
        return []

    def lines(self, graph: NamedNode | DefaultGraph, scratch: Path) -> Lines:  # noqa: ARG002  # there is but one
        """The triples."""
        lines = SortedLines(_own(scratch))
        network, used = self.network, set[str]()

        def write(triples: set[Triple]) -> None:
            lines.write(serialize(triples, format=RdfFormat.N_TRIPLES) or b"")

        for concept_id in self.selection.concepts:
            write(concept_triples(network.concepts[concept_id]))
        for some in batches(self.selection.claims, _AT_ONCE):
            network.read_ahead(some)
            for claim_id in some:
                claim = self.selection.narrowed(network.claims[claim_id])
                write(claim_triples(claim))
                used.update(claim.articles)
                for statement in claim.evidence:
                    write(evidence_triples(claim.id, statement, network.articles[statement.article]))
        for article_id in sorted(used):
            write(article_triples(network.articles[article_id]))
        return lines.chunks()

    def nquads(self, scratch: Path) -> Lines:
        """All of it as canonical N-Quads."""
        return self.lines(DEFAULT, scratch)


def by_subject(lines: Lines) -> Iterator[tuple[NamedNode | BlankNode, list[Triple]]]:
    """Each subject with its triples in order."""
    for subject, triples in groupby(triples_of(lines), key=lambda triple: triple.subject):
        yield cast("NamedNode | BlankNode", subject), list(triples)


def triples_of(lines: Lines) -> Iterator[Triple]:
    """The lines as triples."""
    for chunk in lines:
        for quad in pyoxigraph.parse(chunk, format=RdfFormat.N_TRIPLES):
            yield cast("Triple", quad.triple)


def apart(lines: Lines, scratch: Path) -> tuple[Lines, Iterator[tuple[NamedNode, Lines]]]:
    """What is no article's statement, and by article the statements that stand in it."""
    others, stated = SortedLines(_own(scratch)), SortedLines(_own(scratch))
    statements = (line for chunk in lines for line in chunk.splitlines(keepends=True))
    for is_statement, of_one in groupby(
        statements, key=lambda line: line[:_ID] if line.startswith(_STATEMENT) else b""
    ):
        if not is_statement:
            for line in of_one:
                others.write(line)
            continue
        told = list(of_one)
        sources = [line.partition(_SOURCE)[2][:-3] for line in told if _SOURCE in line]
        article = sources[0] if len(sources) == 1 else b""
        for line in told:
            if article:
                stated.write(article + b" " + line)
            else:
                others.write(line)
    return others.chunks(), _by_article(stated.chunks())


def _by_article(lines: Lines) -> Iterator[tuple[NamedNode, Lines]]:
    rows = (line.partition(b" ")[::2] for chunk in lines for line in chunk.splitlines(keepends=True))
    for article, of_one in groupby(rows, key=lambda row: row[0]):
        yield NamedNode(article[1:-1].decode()), _joined(line for _, line in of_one)


def _joined(lines: Iterator[bytes]) -> Lines:
    while chunk := b"".join(islice(lines, _AT_ONCE)):
        yield chunk


def _own(scratch: Path) -> Path:
    return Path(mkdtemp(dir=scratch))
