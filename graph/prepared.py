"""An article with its claims, checked and written out as the store takes it; made in any process, cheap to store."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pyoxigraph import RdfFormat, Triple, serialize

from graph.contenthash import Counted
from graph.gate import check
from graph.layer import Layer
from graph.newclaim import NewClaim
from graph.nodes import article_node
from graph.rdf import ARTICLE, TYPE
from graph.said import lines_of
from ontology.article import Extraction


@dataclass(frozen=True, slots=True)
class Stating:
    """What an article that passed the gate puts into the store; it costs little to hand to another process.

    `own` is the article, but for the mark that makes it one, and its evidence, as N-Triples; `counted` is for the
    content's hash what `own` is. `claims` are the values of each claim as this article alone makes it, in their order,
    as `NewClaim` has them after the claim itself. `triples` counts all.
    """

    own: bytes
    counted: Counted
    claims: tuple[tuple[str, bytes, bytes, int, int, bytes | None], ...]
    triples: int


@dataclass(frozen=True, slots=True)
class Prepared:
    """An extraction that passed the gate, and what it puts into the store."""

    extraction: Extraction
    stating: Stating

    @property
    def id(self) -> str:
        """The article's id."""
        return self.extraction.article.id

    def claims(self) -> Iterator[NewClaim]:
        """Each claim as this article alone makes it."""
        for claim, made in zip(self.extraction.claims, self.stating.claims, strict=True):
            id, node, link, lines, sum, record = made
            yield NewClaim(claim, id, node, link, Counted(lines, sum), record)


def prepare(extraction: Extraction, layer: Layer) -> Prepared:
    """The extraction as the store takes it.

    Raises:
        InvalidClaims: it violates the shapes; see `graph.gate.check`.
    """
    return Prepared(extraction, state(extraction, layer))


def state(extraction: Extraction, layer: Layer) -> Stating:
    """What the extraction puts into the store.

    Raises:
        InvalidClaims: it violates the shapes; see `graph.gate.check`.
    """
    stated = check(extraction, layer)
    marked = f"{mark(extraction.article.id)} .\n"
    own = "".join(line for line in lines_of(stated.own) if line != marked).encode()
    counted = Counted.of(own)
    claims = list(map(NewClaim.said, extraction.claims, stated.claims))
    return Stating(
        own,
        counted,
        tuple((each.id, each.node, each.link, each.counted.lines, each.counted.sum, each.record) for each in claims),
        triples=1 + counted.lines + sum(each.counted.lines + bool(each.link) for each in claims),
    )


def mark(article_id: str) -> Triple:
    """The triple that makes an article one; it is stored last."""
    return Triple(article_node(article_id), TYPE, ARTICLE)


def ntriples(triples: Iterable[Triple]) -> bytes:
    """The triples as N-Triples, in no order."""
    return serialize(triples, format=RdfFormat.N_TRIPLES) or b""
