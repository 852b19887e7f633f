"""A claim as the store takes it where it has it not: written out, counted and recorded by whoever makes it."""

from collections.abc import Sequence
from dataclasses import dataclass

from graph.contenthash import Counted
from graph.rdf import claim_said, statements_of
from graph.records.packing import pack
from graph.said import Said, lines_of
from ontology.claim import Claim


@dataclass(frozen=True, slots=True)
class NewClaim:
    """A claim, its id, its node and its plain link (nothing where it is denied) as N-Triples, and its record.

    `counted` is for the content's hash what the node is.
    """

    claim: Claim
    id: str
    node: bytes
    link: bytes
    counted: Counted
    record: bytes | None

    @classmethod
    def of(cls, claim: Claim) -> "NewClaim":
        """The claim as it is alone."""
        return cls.said(claim, claim_said(claim, statements_of(claim)))

    @classmethod
    def said(cls, claim: Claim, said: Sequence[Said]) -> "NewClaim":
        """The same from what is said of it (`graph.rdf.claim_said`)."""
        node, *link = said
        lines = written(node)
        return cls(claim, claim.id, lines, written(*link), Counted.of(lines), pack(claim))


def written(*said: Said) -> bytes:
    """What is said as N-Triples, in its order."""
    return "".join(lines_of(said)).encode()
