"""One graph of a snapshot, whole, in an RDF format. It takes time by its size, and little memory."""

from typing import IO

from pyoxigraph import DefaultGraph, NamedNode, RdfFormat

from graph.querying.formats import Format
from graph.snapshot import Snapshot
from ontology.errors import InvalidArgument, UnknownGraph


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
