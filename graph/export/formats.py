"""All formats by name, and the one function that exports."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

from graph.export.cytoscape import cytoscape
from graph.export.graphml import graphml
from graph.export.nquads import nquads
from graph.export.part import Part
from graph.export.table import table
from graph.export.turtle import turtle
from graph.snapshot import Snapshot

FormatName = Literal["turtle", "nquads", "graphml", "cytoscape"]


@dataclass(frozen=True, slots=True)
class ExportFormat:
    """A format: its media type and the ending of its files."""

    media_type: str
    suffix: str


FORMATS: Final[Mapping[FormatName, ExportFormat]] = MappingProxyType(
    {
        "turtle": ExportFormat("text/turtle", ".ttl"),
        "nquads": ExportFormat("application/n-quads", ".nq"),
        "graphml": ExportFormat("application/graphml+xml", ".graphml"),
        "cytoscape": ExportFormat("application/json", ".cyjs"),
    }
)


def export_whole(snapshot: Snapshot, name: FormatName) -> bytes:
    """Everything: in RDF all that the snapshot holds, the ontology too; else its concepts and claims as a table."""
    match name:
        case "turtle":
            return turtle(snapshot.triples())
        case "nquads":
            return snapshot.nquads()
        case _:
            return export_part(Part(snapshot.concepts(), snapshot.claims(), snapshot.articles()), name)


def export_part(part: Part, name: FormatName) -> bytes:
    """The part alone: in RDF without the ontology."""
    match name:
        case "turtle":
            return turtle(part.triples())
        case "nquads":
            return nquads(part.triples())
        case "graphml":
            return graphml(table(part))
        case "cytoscape":
            return cytoscape(table(part))
