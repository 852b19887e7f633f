"""All formats by name, and the one function that exports."""

import io
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import IO, Final

from graph.export.cx2 import cx2
from graph.export.cypher import cypher
from graph.export.cytoscape import cytoscape
from graph.export.dot import dot
from graph.export.edgelist import edge_list
from graph.export.gexf import gexf
from graph.export.graphml import graphml
from graph.export.jsonld import jsonld
from graph.export.kgx import kgx_jsonl, kgx_tsv
from graph.export.mermaid import mermaid
from graph.export.neo4j import neo4j
from graph.export.nodelink import nodelink
from graph.export.nquads import nquads
from graph.export.obsidian import obsidian
from graph.export.parquet import parquet
from graph.export.rdfxml import rdfxml
from graph.export.selection import Selection, everything
from graph.export.sink import Sink, Write
from graph.export.table import Table, Watch, table_of
from graph.export.trig import trig
from graph.export.triples import AllOf, PartOf, Said
from graph.export.turtle import turtle
from graph.neighbours import Negated
from graph.querying.formats import admitted
from graph.storednetwork import StoredNetwork

_BUFFER: Final = 1 << 16


@dataclass(frozen=True, slots=True)
class ExportFormat:
    """A format: its name, its media type, other names of it, the ending of its files, and who opens them."""

    name: str
    media_type: str
    suffix: str
    tools: str
    aliases: tuple[str, ...] = ()
    write_table: Callable[[Table, IO[bytes]], None] | None = None
    write_triples: Callable[[Said, IO[bytes], Path], None] | None = None


_ALL: Final = (
    ExportFormat("turtle", "text/turtle", ".ttl", "any RDF tool", ("ttl",), write_triples=turtle),
    ExportFormat("trig", "application/trig", ".trig", "any RDF tool; a graph an article", write_triples=trig),
    ExportFormat("nquads", "application/n-quads", ".nq", "any RDF tool", ("nq",), write_triples=nquads),
    ExportFormat(
        "jsonld", "application/ld+json", ".jsonld", "any JSON-LD tool", ("json-ld",), write_triples=jsonld
    ),
    ExportFormat(
        "rdfxml", "application/rdf+xml", ".rdf", "Protégé, older RDF tools", ("rdf",), write_triples=rdfxml
    ),
    ExportFormat(
        "graphml", "application/graphml+xml", ".graphml", "Gephi, Cytoscape, yEd, igraph, networkx",
        ("application/xml", "text/xml"), graphml,
    ),
    ExportFormat("gexf", "application/gexf+xml", ".gexf", "Gephi, networkx, sigma.js", write_table=gexf),
    ExportFormat(
        "cytoscape", "application/vnd.cytoscape.cyjs+json", ".cyjs", "Cytoscape, Cytoscape.js",
        ("application/json", "cyjs"), cytoscape,
    ),
    ExportFormat("cx2", "application/vnd.cx2+json", ".cx2", "NDEx, Cytoscape Web, Cytoscape 3.10", write_table=cx2),
    ExportFormat(
        "nodelink", "application/vnd.node-link+json", ".json", "D3, networkx", ("d3", "node-link"), nodelink
    ),
    ExportFormat("dot", "text/vnd.graphviz", ".gv", "Graphviz", ("graphviz",), dot),
    ExportFormat("mermaid", "text/vnd.mermaid", ".mmd", "GitHub, GitLab, Obsidian; up to 500 edges", ("mmd",), mermaid),
    ExportFormat("neo4j", "application/vnd.neo4j-import+zip", ".neo4j.zip", "neo4j-admin", write_table=neo4j),
    ExportFormat("cypher", "application/x-cypher-query", ".cypher", "Neo4j, Memgraph", write_table=cypher),
    ExportFormat("kgx-tsv", "application/vnd.kgx-tsv+zip", ".kgx-tsv.zip", "KGX, Biolink tools", ("kgx",), kgx_tsv),
    ExportFormat(
        "kgx-jsonl", "application/vnd.kgx-jsonl+zip", ".kgx-jsonl.zip", "KGX, Translator", write_table=kgx_jsonl
    ),
    ExportFormat("csv", "text/csv", ".csv", "pandas, R, Gephi, spreadsheets", (), partial(edge_list, delimiter=",")),
    ExportFormat(
        "tsv", "text/tab-separated-values", ".tsv", "pandas, R, Cytoscape, spreadsheets", (),
        partial(edge_list, delimiter="\t"),
    ),
    ExportFormat("parquet", "application/vnd.apache.parquet", ".parquet", "pandas, Polars, DuckDB, Spark", (), parquet),
    ExportFormat("obsidian", "application/vnd.obsidian-vault+zip", ".obsidian.zip", "Obsidian", ("vault",), obsidian),
)  # fmt: skip

FORMATS: Final[Mapping[str, ExportFormat]] = MappingProxyType({known.name: known for known in _ALL})
"""Every format by its name; of those that are as welcome the first is taken."""

_ENDINGS: Final[Mapping[str, str]] = {".dot": "dot", ".xml": "rdfxml", ".owl": "rdfxml", ".cyp": "cypher"}
"""Endings beside those of the formats."""


def get_format(asked: str) -> ExportFormat | None:
    """The format that a name or an HTTP `Accept` header asks for, the best one of several; None where there is none."""
    return next(iter(admitted(asked, _ALL)), None)


def find_format(file: str) -> ExportFormat | None:
    """The format that the ending of a file's name tells; None where it tells none."""
    name = file.lower()
    known = [found for found in FORMATS.values() if name.endswith(found.suffix)]
    if known:
        return max(known, key=lambda found: len(found.suffix))
    return next((FORMATS[of] for ending, of in _ENDINGS.items() if name.endswith(ending)), None)


def export(
    network: StoredNetwork,
    format: ExportFormat,
    write: Write,
    *,
    selection: Selection | None = None,
    negated: Negated = "exclude",
    watch: Watch | None = None,
) -> None:
    """Hand the export to `write`, a piece at a time: the selected part or, without a selection, everything.

    Everything is in RDF all that the snapshot holds, the ontology too; else its claims, affirmed ones unless `negated`
    says otherwise, and what they are about. It takes time by the size and little memory; the same graph gives the same
    bytes. `watch` is told how many of how many edges of a table are done.

    Raises:
        InvalidArgument: the format needs a package that is not installed.
        StoreError: the snapshot lacks something.
    """
    with (
        TemporaryDirectory(prefix="etiograph-export-") as folder,
        io.BufferedWriter(Sink(write), _BUFFER) as out,
    ):
        scratch = Path(folder)
        store = network.snapshot.store
        if format.write_triples is not None:
            said: Said = AllOf(store) if selection is None else PartOf(network, selection)
            format.write_triples(said, out, scratch)
        if format.write_table is not None:
            chosen = selection or everything(store, scratch, negated=negated, arrays=network.arrays())
            format.write_table(table_of(network, chosen, watch), out)


def names(formats: Iterable[ExportFormat]) -> str:
    """The names of formats in one line."""
    return ", ".join(known.name for known in formats)
