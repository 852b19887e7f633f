"""An article with its claims, checked and written out as the store takes it; made in any process, cheap to store."""

from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import RdfFormat, Triple, serialize

from graph.contenthash import Counted
from graph.gate import check
from graph.layer import Layer
from graph.nodes import article_node
from graph.rdf import ARTICLE, TYPE
from graph.said import lines_of
from ontology.article import Extraction


@dataclass(frozen=True, slots=True)
class Prepared:
    """An extraction that passed the gate.

    `own` is the article, but for the mark that makes it one, and its evidence; `lines` is each claim as this article
    alone makes it, in their order; both are N-Triples. `counted` is for the content's hash what `own` is, `triples`
    counts both.
    """

    extraction: Extraction
    own: bytes
    counted: Counted
    lines: tuple[bytes, ...]
    triples: int

    @property
    def id(self) -> str:
        """The article's id."""
        return self.extraction.article.id


def prepare(extraction: Extraction, layer: Layer) -> Prepared:
    """The extraction as the store takes it.

    Raises:
        InvalidClaims: it violates the shapes; see `graph.gate.check`.
    """
    stated = check(extraction, layer)
    marked = f"{mark(extraction.article.id)} .\n"
    own = [line for line in lines_of(stated.own) if line != marked]
    claims = [lines_of(claim) for claim in stated.claims]
    written = "".join(own).encode()
    return Prepared(
        extraction=extraction,
        own=written,
        counted=Counted.of(written),
        lines=tuple("".join(lines).encode() for lines in claims),
        triples=len(own) + 1 + sum(map(len, claims)),
    )


def mark(article_id: str) -> Triple:
    """The triple that makes an article one; it is stored last."""
    return Triple(article_node(article_id), TYPE, ARTICLE)


def ntriples(triples: Iterable[Triple]) -> bytes:
    """The triples as N-Triples, in no order."""
    return serialize(triples, format=RdfFormat.N_TRIPLES) or b""
