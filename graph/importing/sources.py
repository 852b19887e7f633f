"""RDF files to import: their formats, and which graph their triples go to."""

import gzip
from collections.abc import Mapping
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path
from types import MappingProxyType
from typing import IO, Final, cast
from urllib.parse import quote

from pyoxigraph import NamedNode, RdfFormat

from graph.importing.formats import ENDINGS, FORMATS
from ontology.errors import InvalidArgument, UnreadableGraph
from ontology.terms import ETIO

ENGINE: Final[Mapping[str, RdfFormat]] = MappingProxyType(
    {
        "turtle": RdfFormat.TURTLE,
        "ntriples": RdfFormat.N_TRIPLES,
        "nquads": RdfFormat.N_QUADS,
        "trig": RdfFormat.TRIG,
        "rdfxml": RdfFormat.RDF_XML,
        "jsonld": RdfFormat.JSON_LD,
        "n3": RdfFormat.N3,
    }
)
"""What the engine calls the formats."""

GRAPHS: Final = f"{ETIO}rdf/"
"""Below it lies a graph for every file whose triples were given none; its name is the file's, without `.gz`."""

_DATASETS: Final = ("nquads", "trig")
"""Formats whose files say of all that they hold in which graph it is: also of what is in the default graph."""

_GZIP: Final = b"\x1f\x8b"
_MARK: Final = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Source:
    """A file and how it is imported.

    `graph` is where the triples go that it puts into no named graph, None for the default graph; `base` is what its
    relative IRIs are relative to. A graph that is the file's `own` is made anew.
    """

    path: Path
    format: str
    graph: str | None
    base: str | None
    own: bool


def source(
    path: Path, *, format: str | None = None, graph: str | None = None, default: bool = False, base: str | None = None
) -> Source:
    """How a file is imported: into `graph`, into the default graph, or else where its format says.

    Triples of a file of N-Quads or TriG stay in the default graph if they are in none; those of other files go into a
    graph of the file's own. Relative IRIs are relative to `base`, by default to the IRI of the graph.

    Raises:
        InvalidArgument: the format is unknown, or graph or base is no absolute IRI.
        UnreadableGraph: there is no such file, or its name does not tell its format.
    """
    for argument, value in (("--graph", graph), ("--base", base)):
        if value is not None:
            _check_iri(argument, value)
    if not path.is_file():
        reason = "a folder; name the files in it" if path.is_dir() else "no such file"
        raise UnreadableGraph(f"{path}: {reason}")
    known = _format(path) if format is None else format
    if known not in FORMATS:
        raise InvalidArgument("--format", format, f"one of {', '.join(FORMATS)}")
    own = graph is None and not default and known not in _DATASETS
    target = GRAPHS + quote(_plain(path).name, safe="") if own else graph
    return Source(path, known, target, base or target, own)


def opened(file: BufferedReader) -> IO[bytes]:
    """The text of an open file, unpacked where it is gzip and without a byte order mark, as a stream."""
    packed = file.peek(len(_GZIP)).startswith(_GZIP)
    text = BufferedReader(gzip.GzipFile(fileobj=file)) if packed else file
    if text.peek(len(_MARK)).startswith(_MARK):
        text.read(len(_MARK))
    return cast("IO[bytes]", text)


def _format(path: Path) -> str:
    ending = _plain(path).suffix.lower()
    if ending not in ENDINGS:
        raise UnreadableGraph(
            f"{path}: the name does not tell the format; it may end in {', '.join(ENDINGS)}, each also with .gz, "
            f"or say --format {'|'.join(FORMATS)}"
        )
    return ENDINGS[ending]


def _plain(path: Path) -> Path:
    return path.with_suffix("") if path.suffix.lower() == ".gz" else path


def _check_iri(argument: str, value: str) -> None:
    try:
        NamedNode(value)
    except ValueError as error:
        raise InvalidArgument(argument, value[:200], "an absolute IRI") from error
