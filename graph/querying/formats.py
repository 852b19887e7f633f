"""The formats of SPARQL answers, and which of them an `Accept` header admits."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Protocol, TypeVar


@dataclass(frozen=True, slots=True)
class Format:
    """A format of answers; `graph` when it holds the triples of a CONSTRUCT or DESCRIBE, else rows or a truth value.

    `aliases` are other media types and names by which programs ask for it.
    """

    name: str
    media_type: str
    graph: bool = False
    aliases: tuple[str, ...] = ()


FORMATS: Final = (
    Format("json", "application/sparql-results+json", aliases=("application/json",)),
    Format("xml", "application/sparql-results+xml", aliases=("application/xml", "text/xml")),
    Format("csv", "text/csv"),
    Format("tsv", "text/tab-separated-values"),
    Format(
        "turtle", "text/turtle", graph=True, aliases=("application/x-turtle", "ttl", "n3", "text/n3", "text/rdf+n3")
    ),
    Format("ntriples", "application/n-triples", graph=True, aliases=("text/plain", "nt")),
    Format("jsonld", "application/ld+json", graph=True, aliases=("application/json", "json", "json-ld")),
    Format(
        "rdfxml", "application/rdf+xml", graph=True, aliases=("application/xml", "text/xml", "rdf+xml", "rdf", "xml")
    ),
    Format("nquads", "application/n-quads", graph=True, aliases=("nq", "text/x-nquads")),
    Format("trig", "application/trig", graph=True),
)
"""All formats; of those that fit a query and are as welcome the first is taken."""


class Offered(Protocol):
    """What can be asked for by a media type or a name."""

    @property
    def name(self) -> str:
        """Its name."""

    @property
    def media_type(self) -> str:
        """Its media type."""

    @property
    def aliases(self) -> tuple[str, ...]:
        """Other media types and names of it."""


_Offered = TypeVar("_Offered", bound=Offered)


@lru_cache(maxsize=256)
def acceptable(accept: str) -> tuple[Format, ...]:
    """Those of `FORMATS` that an `Accept` header or a name admits; see `admitted`."""
    return admitted(accept, FORMATS)


def admitted(accept: str, formats: tuple[_Offered, ...]) -> tuple[_Offered, ...]:
    """The formats that an HTTP `Accept` header, or the name of a format, admits, best first; () when none.

    Quality decides, then their order; a range or an alias admits what it covers. A part that cannot be read admits
    nothing.
    """
    quality: dict[str, tuple[float, int]] = {}
    for part in accept.split(","):
        media_range, *parameters = (piece.strip().lower() for piece in part.split(";"))
        value = next((text[2:] for text in parameters if text.startswith("q=")), "1")
        try:
            wanted = float(value)
        except ValueError:
            continue
        for known in formats:
            precision = _precision(media_range, known)
            if precision and precision >= quality.get(known.name, (0.0, 0))[1]:
                quality[known.name] = (wanted, precision)
    found = [known for known in formats if quality.get(known.name, (0.0, 0))[0] > 0]
    return tuple(sorted(found, key=lambda known: -quality[known.name][0]))


def _precision(media_range: str, format: Offered) -> int:
    """How precisely a range admits a format: 4 by type, 3 by another name, 2 by its main type, 1 by */*, 0 not."""
    if media_range in (format.media_type, format.name):
        return 4
    if media_range in format.aliases:
        return 3
    if media_range == format.media_type.partition("/")[0] + "/*":
        return 2
    return int(media_range == "*/*")
