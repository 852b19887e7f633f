"""`import rdf`: RDF files into the store, and what came of it."""

from collections.abc import Sequence
from pathlib import Path

from pydantic import Field

from api.models import Wire
from api.progress import Progress, Status
from api.terminal import Screen
from graph.checkpoints import published
from graph.importing.importer import Imported
from graph.importing.process import import_rdf
from graph.importing.sources import Source


class RdfImportOut(Wire):
    """What an import of RDF files did."""

    files: int
    triples: int = Field(description="Read in the files, repetitions counted.")
    new: int = Field(description="Triples that the store did not have.")
    removed: int = Field(description="Triples of a graph made anew that the files do not have.")
    default_graph: bool = Field(description="Whether triples went into the default graph.")
    graphs: tuple[str, ...] = Field(description="IRIs of the named graphs that were written to, the first hundred.")
    graphs_in_all: int = Field(description="How many named graphs were written to.")
    hash: str = Field(description="Of all that the store holds now.")


class RdfStopped(KeyboardInterrupt):
    """The import was interrupted; says what the store holds."""


def import_sources(
    folder: Path, sources: Sequence[Source], *, replace: bool, memory: int, progress: Progress
) -> Imported:
    """What came of importing the files, all or none, within so many bytes of memory.

    Raises:
        UnreadableGraph: a file is not what its format says.
        InvalidUpdate: ontology, vocabulary and claims would no longer be consistent.
        StoreInUse: another process is writing there.
        RdfStopped: Ctrl-C was pressed.
    """
    size = sum(given.path.stat().st_size for given in sources)

    def tell(doing: str, triples: int, done: int) -> None:
        share = done / max(size, 1) if doing == "reading" else None
        progress(Status(triples, share, doing, counted="triple"))

    before = published(folder)
    try:
        return import_rdf(folder, sources, replace=replace, memory=memory, progress=tell)
    except KeyboardInterrupt:
        stays = published(folder) in (None, before)
        raise RdfStopped(f"stopped; {'nothing was imported' if stays else 'all had been imported'}") from None


def rdf_out(found: Imported) -> RdfImportOut:
    """What an import did, as it is sent."""
    return RdfImportOut(
        files=found.files,
        triples=found.triples,
        new=found.new,
        removed=found.removed,
        default_graph=found.default,
        graphs=found.graphs,
        graphs_in_all=found.graphs_in_all,
        hash=found.hash,
    )


def tell_rdf(screen: Screen, found: Imported) -> None:
    """Print what an import did: figures, then the graphs."""
    figures = {"files": found.files, "triples": found.triples, "new": found.new, "removed": found.removed}
    screen.table(tuple(figures), [tuple(f"{value:,}" for value in figures.values())], numbers=frozenset(figures))
    for graph in (*(("the default graph",) if found.default else ()), *(f"<{name}>" for name in found.graphs)):
        screen.line(f"in {graph}")
    if found.graphs_in_all > len(found.graphs):
        screen.line(f"and in {found.graphs_in_all - len(found.graphs):,} more graphs")
