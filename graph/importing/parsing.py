"""What RDF files say, as canonical N-Quads in the form the engine keeps, a piece at a time.

Blank nodes get names of their own for every reading of a file, so that those of two files are never one. Nothing that
a file mentions is opened or fetched.
"""

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO, Final, TypeAlias

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Triple, parse, serialize

from graph.importing.sources import ENGINE, Source, opened
from graph.nodes import DEFAULT
from graph.updating.delta import as_stored
from ontology.errors import UnreadableGraph
from ontology.terms import PREFIXES

GraphName: TypeAlias = NamedNode | BlankNode | DefaultGraph

_AT_ONCE: Final = 20_000
_BYTES_AT_ONCE: Final = 8 << 20
_PLAIN: Final = frozenset((NamedNode(PREFIXES["xsd"] + "string"), NamedNode(PREFIXES["rdf"] + "langString")))
_PLACE: Final = re.compile(r"Parser error at [^:]*: ")
_NOT_FETCHED: Final = "LoadDocumentCallback"
_NO_BASE: Final = "No scheme found"


@dataclass(slots=True)
class Reading:
    """How far the reading of some files is: `done` bytes of them as they are on disk, so many triples, which graphs."""

    done: int = 0
    triples: int = 0
    graphs: set[GraphName] = field(default_factory=set)


class _Counted:
    """A stream that knows how many bytes and lines were taken from it: some errors come without a place."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self.lines = 1
        self.size = 0

    def read(self, size: int = -1) -> bytes:
        content = self._stream.read(size)
        self.lines += content.count(b"\n")
        self.size += len(content)
        return content


def nquads_of(source: Source, reading: Reading) -> Iterator[bytes]:
    """The file's quads, some lines of N-Quads at a time, in its order; `reading` is kept up to date.

    Raises:
        UnreadableGraph: it is not what its format says; names the file and the line.
    """
    before = reading.done
    with source.path.open("rb") as file:
        text: _Counted | None = None
        try:
            text = _Counted(opened(file))
            for piece in _pieces(source, text, reading):
                reading.done = before + file.tell()
                yield piece
        except SyntaxError as error:
            raise _malformed(source, error.msg, error.lineno, error.offset, text) from error
        except (ValueError, MemoryError) as error:
            if isinstance(error, MemoryError) and "buffer" not in str(error):
                raise
            reason = "a single statement or term of more than 16 MiB" if isinstance(error, MemoryError) else str(error)
            raise _malformed(source, reason, None, None, text) from error
        except (EOFError, zlib.error, OSError) as error:
            raise UnreadableGraph(f"{source.path}: {getattr(error, 'strerror', None) or error}") from error


def _pieces(source: Source, text: _Counted, reading: Reading) -> Iterator[bytes]:
    target = DEFAULT if source.graph is None else NamedNode(source.graph)
    before = reading.triples
    quads = parse(text, format=ENGINE[source.format], base_iri=source.base, rename_blank_nodes=True)  # type: ignore[arg-type]
    while piece := _some(quads, text):
        reading.triples += len(piece)
        placed = piece if target == DEFAULT else [_placed(quad, target) for quad in piece]
        reading.graphs.update(quad.graph_name for quad in placed)
        yield serialize(_normalised(placed), format=RdfFormat.N_QUADS) or b""
    if reading.triples == before and source.graph is not None:
        reading.graphs.add(target)


def _some(quads: Iterator[Quad], text: _Counted) -> list[Quad]:
    piece: list[Quad] = []
    most = text.size + _BYTES_AT_ONCE
    for quad in quads:
        piece.append(quad)
        if len(piece) >= _AT_ONCE or text.size > most:
            break
    return piece


def _placed(quad: Quad, target: GraphName) -> Quad:
    return Quad(quad.subject, quad.predicate, quad.object, target) if quad.graph_name == DEFAULT else quad


def _normalised(quads: list[Quad]) -> list[Quad]:
    """They as the engine stores them, in no order."""
    special = [quad for quad in quads if _has_value(quad.object)]
    if not special:
        return quads
    return [*(quad for quad in quads if not _has_value(quad.object)), *as_stored(special)]


def _has_value(term: object) -> bool:
    return isinstance(term, Triple) or (isinstance(term, Literal) and term.datatype not in _PLAIN)


def _malformed(
    source: Source, reason: str, line: int | None, column: int | None, text: _Counted | None
) -> UnreadableGraph:
    if line is not None:
        place = f"line {line}, column {column}"
    else:
        place = f"line {1 if text is None else text.lines} or before"
    reason = _PLACE.sub("", reason, count=1)
    if _NOT_FETCHED in reason:
        reason = "it refers to a context that is not in the file, and nothing is fetched; put the context into it"
    elif _NO_BASE in reason and source.base is None:
        reason = f"a relative IRI; say with --base IRI what it is relative to ({reason})"
    return UnreadableGraph(f"{source.path}, {place}: not {source.format}: {reason}", line, column)
