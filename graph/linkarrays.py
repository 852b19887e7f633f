"""All links of a graph as arrays, and of its concepts what ranking looks at: nothing of it need be read first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol

import numpy as np
import numpy.typing as npt

from graph.adjacency.arrays import Adjacency, Ids, Links
from graph.knowledge import Link
from ontology.claim import Concept
from ontology.terms import Kind, Predicate, contract, expand

RELATIONS: Final = tuple(sorted(predicate.value for predicate in Predicate))
"""The relations in the order of their numbers, which is that of their names."""

_KINDS: Final = {kind: 1 << place for place, kind in enumerate(Kind)}

Kinds = npt.NDArray[np.uint16]


class NodeNames(Protocol):
    """The concepts' ids by number, numbered in order of the bytes of their IRIs."""

    def __len__(self) -> int:
        """How many there are."""

    def find(self, id: str) -> int | None:
        """The number of the concept with this CURIE or IRI; None where there is none."""

    def id(self, number: int) -> str:
        """The CURIE of the concept with this number."""


@dataclass(frozen=True, slots=True, eq=False)
class LinkArrays:
    """Affirmed and denied links between the same nodes, and by node what ranks it.

    `kinds` has the bit of each kind (`kind_bits`); `label` is the place in order of label and id, `folded` that of the
    label in any case, equal ones having the same; `degree` counts the other concepts that affirmed links lead to.
    """

    names: NodeNames
    affirmed: Adjacency
    denied: Adjacency
    kinds: Kinds
    label: Ids
    folded: Ids
    provisional: npt.NDArray[np.bool_]
    degree: Ids

    @property
    def by_polarity(self) -> tuple[tuple[bool, Adjacency], tuple[bool, Adjacency]]:
        """The affirmed links and the denied ones, each after whether they are denied."""
        return (False, self.affirmed), (True, self.denied)

    @classmethod
    def of(cls, concepts: Iterable[Concept], links: Iterable[Link]) -> "LinkArrays":
        """The arrays of these, in memory; links of other concepts are left out."""
        by_iri = {expand(concept.id): concept for concept in concepts}
        names = ListedNames(sorted(by_iri, key=str.encode))
        in_order = [by_iri[iri] for iri in names.iris]
        found = [link for link in links if link.subject in names and link.object in names]
        affirmed = _adjacency(names, [link for link in found if not link.negated])
        label, folded = ranks_of(in_order)
        return cls(
            names=names,
            affirmed=affirmed,
            denied=_adjacency(names, [link for link in found if link.negated]),
            kinds=np.array([kind_bits(concept.kinds) for concept in in_order], np.uint16),
            label=label,
            folded=folded,
            provisional=np.array([concept.provisional for concept in in_order], np.bool_),
            degree=degrees_of(affirmed),
        )


class ListedNames:
    """Names in memory."""

    def __init__(self, iris: Sequence[str]) -> None:
        self.iris = iris
        self._ids = [contract(iri) for iri in iris]
        self._numbers = {id: number for number, id in enumerate(self._ids)}

    def __len__(self) -> int:
        return len(self._ids)

    def __contains__(self, id: str) -> bool:
        return id in self._numbers

    def find(self, id: str) -> int | None:
        """The number of the concept with this CURIE."""
        return self._numbers.get(id)

    def id(self, number: int) -> str:
        """The CURIE of the concept with this number."""
        return self._ids[number]


def kind_bits(kinds: Iterable[Kind]) -> int:
    """The sum of a bit for each kind, in the order of `Kind`."""
    return sum(_KINDS[kind] for kind in set(kinds))


def ranks_of(concepts: Sequence[Concept]) -> tuple[Ids, Ids]:
    """By place in `concepts`: the rank by label and id, and that by label in any case, equal ones sharing it."""
    label, folded = np.empty(len(concepts), np.int32), np.empty(len(concepts), np.int32)
    label[sorted(range(len(concepts)), key=lambda at: (concepts[at].label, concepts[at].id))] = np.arange(len(concepts))
    texts = [concept.label.casefold() for concept in concepts]
    order = {text: rank for rank, text in enumerate(sorted(set(texts)))}
    folded[:] = [order[text] for text in texts]
    return label, folded


def degrees_of(adjacency: Adjacency) -> Ids:
    """How many other nodes each node is linked to."""
    nodes = adjacency.nodes
    subject = np.repeat(np.arange(nodes, dtype=np.int64), np.diff(adjacency.out_start))
    object_ = adjacency.out_node.astype(np.int64)
    pairs = np.unique(np.concatenate([subject * nodes + object_, object_ * nodes + subject]))
    first, second = np.divmod(pairs, max(nodes, 1))
    return np.bincount(first[first != second], minlength=nodes).astype(np.int32)


def _adjacency(names: ListedNames, links: Sequence[Link]) -> Adjacency:
    numbers: dict[str, int] = {name: number for number, name in enumerate(RELATIONS)}

    def column(values: Iterable[Any], dtype: type[np.generic]) -> npt.NDArray[Any]:
        return np.fromiter(values, dtype, len(links))

    rows = Links(
        subject=column((names.find(link.subject) for link in links), np.int32),
        relation=column((numbers[link.predicate.value] for link in links), np.uint8),
        object=column((names.find(link.object) for link in links), np.int32),
        certainty=column((link.certainty.rank for link in links), np.uint8),
        articles=column((link.articles for link in links), np.uint32),
        belief=column((link.belief for link in links), np.float32),
    )
    return Adjacency.of(len(names), rows, RELATIONS)
