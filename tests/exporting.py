"""Exports as tests look at them: whole files in memory, and the rows that must come back."""

import io
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import networkx as nx

from graph.export.formats import FORMATS, export
from graph.export.selection import Selection, everything
from graph.export.table import Scalar, Table, table_of
from graph.neighbours import Negated
from graph.storednetwork import StoredNetwork

Row = dict[str, Scalar]


def exported(
    network: StoredNetwork, format: str, selection: Selection | None = None, *, negated: Negated = "exclude"
) -> bytes:
    """The file."""
    pieces: list[bytes] = []
    export(network, FORMATS[format], pieces.append, selection=selection, negated=negated)
    return b"".join(pieces)


def unzipped(content: bytes) -> dict[str, bytes]:
    """The files of an archive, all of which are sound, by name."""
    with ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def read_graphml(content: bytes) -> "nx.MultiDiGraph[str]":
    """What networkx reads in GraphML, by the ids of the graph: those that stand in columns of their own."""
    read: Any = nx.read_graphml(io.BytesIO(content), force_multigraph=True)
    assert read.is_directed()
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    curies = {node: values.pop("curie") for node, values in read.nodes(data=True)}
    graph.add_nodes_from((curies[node], values) for node, values in read.nodes(data=True))
    for source, target, values in read.edges(data=True):
        graph.add_edge(curies[source], curies[target], values.pop("claim"), **values)
    return graph


def whole_table(network: StoredNetwork, scratch: Path, *, negated: Negated = "exclude") -> Table:
    """The table of the whole graph."""
    return table_of(network, everything(network.snapshot.store, scratch, negated=negated))


def nodes_of(table: Table) -> dict[str, Row]:
    """By id what is said of each node."""
    return {node.id: dict(node.values) for node in table.nodes}


def edges_of(table: Table) -> dict[str, tuple[str, str, Row]]:
    """By id the ends of each edge and what is said of it."""
    return {edge.id: (edge.source, edge.target, dict(edge.values)) for edge in table.edges}
