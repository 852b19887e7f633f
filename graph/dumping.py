"""One graph of a snapshot, whole, in an RDF format, or its digest. It takes time by its size, and little memory."""

from hashlib import sha256
from io import BufferedWriter, RawIOBase
from typing import IO, TYPE_CHECKING, Final

from pyoxigraph import DefaultGraph, NamedNode, RdfFormat

from graph.querying.formats import Format
from graph.snapshot import Snapshot
from ontology.errors import InvalidArgument, UnknownGraph

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

_BUFFER: Final = 1 << 16


def get_graph(snapshot: Snapshot, graph: str | None) -> NamedNode | DefaultGraph:
    """The name of the graph with this IRI, or of the default graph for None.

    Raises:
        UnknownGraph: the snapshot has no such named graph.
    """
    if graph is None:
        return DefaultGraph()
    named = NamedNode(graph)
    if not snapshot.store.contains_named_graph(named):
        raise UnknownGraph(graph)
    return named


def dump_graph(snapshot: Snapshot, graph: NamedNode | DefaultGraph, format: Format, output: IO[bytes]) -> None:
    """Write the triples of a graph, in no order.

    Raises:
        InvalidArgument: the format is none of a graph.
        OSError: `output` takes no more.
    """
    known = RdfFormat.from_media_type(format.media_type)
    if known is None or not format.graph:
        raise InvalidArgument("format", format.name, "a format of triples")
    snapshot.store.dump(output, format=known, from_graph=graph)


def default_digest(snapshot: Snapshot) -> bytes:
    """The SHA-256 of the default graph as it lies in the store: the same digest, the same graph.

    Triples lie in the order of keys that follow from their terms, so that it does not depend on how they came there.
    """
    digest = _Digest()
    with BufferedWriter(digest, _BUFFER) as output:
        snapshot.store.dump(output, format=RdfFormat.N_TRIPLES, from_graph=DefaultGraph())
    return digest.sum.digest()


class _Digest(RawIOBase):
    """A file to write to that keeps nothing but its digest."""

    def __init__(self) -> None:
        self.sum = sha256()

    def writable(self) -> bool:
        return True

    def write(self, data: "ReadableBuffer") -> int:
        self.sum.update(data)
        return memoryview(data).nbytes
