"""Which part of a graph is exported, by the ids of what it holds: however much that is, it takes little memory."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol, TypeVar

import pyoxigraph
from pyoxigraph import Literal, NamedNode, Quad

from graph import nodes
from graph.export.linked import linked_claims, linked_concepts
from graph.linkarrays import LinkArrays
from graph.rdf import CONCEPT, OBJECT, SUBJECT, TYPE
from graph.sorting import SortedLines
from graph.stored import subjects
from ontology.claim import Claim

if TYPE_CHECKING:
    from graph.neighbours import Negated
    from graph.paths import Path as Chain

_Row_co = TypeVar("_Row_co", covariant=True)

_AT_ONCE: Final = 1000
_PIECE: Final = 4 << 20
"""Bytes of ids that are sorted at once."""

_NEGATED: Final = nodes.term("etio:negated")
_BOOLEAN: Final = nodes.term("xsd:boolean")


class Rows(Protocol[_Row_co]):
    """Rows that can be gone through as often as a format needs, and their number."""

    def __iter__(self) -> Iterator[_Row_co]:
        """The rows, by id."""

    def __len__(self) -> int:
        """How many there are."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Concepts and claims by their ids, each sorted.

    `edges` are those of the claims that are edges of a table, `articles`, where any are named, those that claims are
    reduced to what they say. `truncated` where more belongs to the part than is looked for; `linked` is False where
    concepts alone were asked for: a list, of which formats that have a row for each edge have one for each concept.
    """

    concepts: Rows[str]
    claims: Rows[str]
    edges: Rows[str]
    articles: frozenset[str] = frozenset()
    truncated: bool = False
    linked: bool = True

    def narrowed(self, claim: Claim) -> Claim:
        """The claim as the part has it."""
        if not self.articles:
            return claim
        return replace(claim, evidence=tuple(row for row in claim.evidence if row.article in self.articles))


def along(chains: Iterable["Chain"], *, ends: Iterable[str], truncated: bool = False) -> Selection:
    """Both ends, the concepts of these chains and the claims shown at their hops, of which the denied are no edges."""
    concepts = set(ends)
    claims: dict[str, bool] = {}
    for chain in chains:
        concepts.update(concept.id for concept in chain.nodes)
        claims |= {claim.id: claim.negated for hop in chain.hops for claim in hop.claims}
    edges = tuple(sorted(id for id, negated in claims.items() if not negated))
    return Selection(tuple(sorted(concepts)), tuple(sorted(claims)), edges, truncated=truncated)


def everything(
    store: pyoxigraph.Store, scratch: Path, *, negated: "Negated" = "exclude", arrays: LinkArrays | None = None
) -> Selection:
    """All affirmed claims of a store, or with `negated` the denied ones too or alone, and the concepts they are about.

    Where it has no such claims, all its concepts. `scratch` is a folder that is there for as long as the selection;
    with the `arrays` of its links the store is hardly asked.
    """
    denied = {"exclude": (False,), "include": (False, True), "only": (True,)}[negated]
    if arrays is not None:
        claims = sorted_ids(linked_claims(arrays, denied), scratch / "claims")
        concepts = sorted_ids(linked_concepts(arrays, denied), scratch / "concepts")
    else:
        values = [Literal(str(value).lower(), datatype=_BOOLEAN) for value in denied]
        stated = (nodes.curie(claim) for value in values for claim in subjects(store, _NEGATED, value))
        claims = sorted_ids(stated, scratch / "claims")
        concepts = sorted_ids(_ends(store, values), scratch / "concepts")
    if not len(claims):
        concepts = sorted_ids((nodes.curie(node) for node in subjects(store, TYPE, CONCEPT)), scratch / "all")
    return Selection(concepts, claims, claims)


def sorted_ids(ids: Iterable[str], scratch: Path) -> Rows[str]:
    """The ids, sorted, each once; they are kept in a file in the folder `scratch`, which is made."""
    scratch.mkdir(parents=True)
    lines = SortedLines(scratch / "order", piece=_PIECE)
    left = iter(ids)
    while some := "".join(f"{id}\n" for id in islice(left, _AT_ONCE)):
        lines.write(some.encode())
    number, last = 0, b""
    with (scratch / "ids").open("wb") as file:
        for chunk in lines.chunks():
            for line in chunk.splitlines(keepends=True):
                if line != last:
                    file.write(line)
                    number, last = number + 1, line
    return _FiledIds(scratch / "ids", number)


class _FiledIds:
    def __init__(self, path: Path, number: int) -> None:
        self._path = path
        self._number = number

    def __iter__(self) -> Iterator[str]:
        with self._path.open(encoding="utf-8", newline="\n") as file:
            for line in file:
                yield line[:-1]

    def __len__(self) -> int:
        return self._number


def _ends(store: pyoxigraph.Store, values: Collection[Literal]) -> Iterator[str]:
    """The concepts that claims with one of these values of `negated` are about, some of them several times."""
    for end in (SUBJECT, OBJECT):
        known: object = None  # the store gives the claims of one concept one after another
        for quad in store.quads_for_pattern(None, end, None, nodes.DEFAULT):
            concept = quad.object
            if concept == known or not isinstance(concept, NamedNode):
                continue
            if any(Quad(quad.subject, _NEGATED, value) in store for value in values):
                known = concept
                yield nodes.curie(concept)
