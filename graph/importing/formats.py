"""The formats of RDF files that can be imported, and how their names end."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

ENDINGS: Final[Mapping[str, str]] = MappingProxyType(
    {
        ".ttl": "turtle",
        ".nt": "ntriples",
        ".nq": "nquads",
        ".trig": "trig",
        ".rdf": "rdfxml",
        ".xml": "rdfxml",
        ".owl": "rdfxml",
        ".jsonld": "jsonld",
        ".n3": "n3",
    }
)
"""The format of files whose names end so, or so with `.gz` behind it."""

FORMATS: Final = tuple(dict.fromkeys(ENDINGS.values()))
"""Their names, as `--format` takes them."""
