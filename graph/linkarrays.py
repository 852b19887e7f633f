"""All links of a graph as arrays, and of its concepts what ranking looks at: nothing of it need be read first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from graph.adjacency.arrays import Adjacency, Ids, Links, Starts
from graph.adjacency.chains import ChainSearch
from graph.adjacency.walking import Mask, Rules
from graph.knowledge import Link
from graph.nodejson import NodeJson
from graph.numbering import RELATIONS, kind_bits
from graph.steps import ATTRIBUTES, Walk
from ontology.claim import Concept, claim_number
from ontology.terms import SYMMETRIC, Predicate, contract, expand

Kinds = npt.NDArray[np.uint16]


class NodeNames(Protocol):
    """The concepts' ids by number, numbered in order of the bytes of their IRIs."""

    def __len__(self) -> int:
        """How many there are."""

    def find(self, id: str) -> int | None:
        """The number of the concept with this CURIE or IRI; None where there is none."""

    def id(self, number: int) -> str:
        """The CURIE of the concept with this number."""

    def jsons(self, numbers: Sequence[int]) -> list[NodeJson]:
        """What is known of the concepts with these numbers."""


class IdsOf(dict[int, str]):
    """The ids of some concepts by number, each looked up once."""

    def __init__(self, names: NodeNames) -> None:
        super().__init__()
        self._names = names

    def __missing__(self, number: int) -> str:
        found = self[number] = self._names.id(number)
        return found


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
    chains: ChainSearch = field(init=False)
    _present: list[frozenset[int]] = field(init=False, default_factory=list, repr=False)
    telling: Mask = field(init=False)
    """Which nodes a path may pass whatever it asks for: all but care actions and appearances."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "chains", ChainSearch(self.affirmed))
        object.__setattr__(self, "telling", (self.kinds & ~np.uint16(kind_bits(ATTRIBUTES))) != 0)

    def numbers(self, ids: Iterable[str]) -> frozenset[int]:
        """The numbers of those of the concepts that are there."""
        return frozenset(number for number in map(self.names.find, ids) if number is not None)

    def passable(self, walk: Walk) -> Mask:
        """Which nodes a path may pass between its ends."""
        if not walk.via and not walk.via_kinds:
            return self.telling
        passable: Mask = self.telling | ((self.kinds & np.uint16(kind_bits(walk.via_kinds))) != 0)
        passable[list(self.numbers(walk.via))] = True
        return passable

    @property
    def present(self) -> frozenset[int]:
        """The numbers of the relations that affirmed links have, looked for once."""
        if not self._present:
            self._present.append(frozenset(np.flatnonzero(np.bincount(self.affirmed.relation)).tolist()))
        return self._present[0]

    def denies(self, subject: str, predicate: Predicate, object: str) -> bool:
        """Whether there is a denied link of this relation from the one concept to the other."""
        if not self.denied.links:
            return False
        start, end = self.names.find(subject), self.names.find(object)
        if start is None or end is None:
            return False
        return self.denied.find_link(start, RELATIONS.index(predicate.value), end) is not None

    def number_from(self, concept_id: str, predicate: Predicate) -> int:
        """How many affirmed links of this relation the concept is the subject of."""
        links = self.affirmed
        return self._number(concept_id, predicate, links.out_start, links.relation)

    def number_to(self, concept_id: str, predicate: Predicate) -> int:
        """How many affirmed links of this relation the concept is the object of."""
        links = self.affirmed
        return self._number(concept_id, predicate, links.in_start, links.in_relation)

    def _number(self, concept_id: str, predicate: Predicate, start: Starts, relation: npt.NDArray[np.uint8]) -> int:
        node = self.names.find(concept_id)
        if node is None:
            return 0
        of_node = relation[int(start[node]) : int(start[node + 1])]
        first, end = np.searchsorted(of_node, [RELATIONS.index(predicate.value), RELATIONS.index(predicate.value) + 1])
        return int(end - first)

    def rules(self, walk: Walk) -> Rules:
        """What a search may walk."""
        relations = walk.predicates or walk.considered
        backward = relations & SYMMETRIC if walk.directed else relations
        return Rules(
            forward=relation_numbers(relations),
            backward=relation_numbers(backward),
            min_certainty=walk.min_certainty.rank,
            min_articles=walk.min_articles,
            barred=self.numbers(walk.avoid),
            passable=self.passable(walk),
        )

    @property
    def by_polarity(self) -> tuple[tuple[bool, Adjacency], tuple[bool, Adjacency]]:
        """The affirmed links and the denied ones, each after whether they are denied."""
        return (False, self.affirmed), (True, self.denied)

    @classmethod
    def of(cls, concepts: Iterable[Concept], links: Iterable[Link]) -> "LinkArrays":
        """The arrays of these, in memory; links of other concepts are left out."""
        by_iri = {expand(concept.id): concept for concept in concepts}
        iris = sorted(by_iri, key=str.encode)
        in_order = [by_iri[iri] for iri in iris]
        names = ListedNames(iris, in_order)
        found = [link for link in links if link.subject in names and link.object in names]
        affirmed = _adjacency(names, [link for link in found if not link.negated])
        label, folded = ranks_of(in_order)
        return cls(
            names,
            affirmed,
            _adjacency(names, [link for link in found if link.negated]),
            kinds=np.array([kind_bits(concept.kinds) for concept in in_order], np.uint16),
            label=label,
            folded=folded,
            provisional=np.array([concept.provisional for concept in in_order], np.bool_),
            degree=degrees_of(affirmed),
        )


class ListedNames:
    """Names in memory."""

    def __init__(self, iris: Sequence[str], concepts: Sequence[Concept]) -> None:
        self._concepts = concepts
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

    def jsons(self, numbers: Sequence[int]) -> list[NodeJson]:
        """What is known of the concepts with these numbers."""
        return [
            NodeJson.told(each.id, each.label, kind_bits(each.kinds))
            for each in map(self._concepts.__getitem__, numbers)
        ]


def relation_numbers(predicates: Iterable[Predicate]) -> frozenset[int]:
    """The numbers of the relations, their places in `RELATIONS`."""
    return frozenset(RELATIONS.index(predicate.value) for predicate in predicates)


def places_of(start: Starts, nodes: npt.NDArray[np.integer[Any]]) -> tuple[npt.NDArray[np.int64], Starts]:
    """The places of all links of these nodes, one node after the other, and how many each has."""
    begin = start[nodes]
    counts = start[nodes + 1] - begin
    if len(nodes) == 1:
        return np.arange(int(begin[0]), int(begin[0]) + int(counts[0])), counts
    ends = np.cumsum(counts)
    return np.arange(int(ends[-1]) if len(ends) else 0) + np.repeat(begin - ends + counts, counts), counts


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
    pairs = np.concatenate([subject * nodes + object_, object_ * nodes + subject])
    pairs.sort()  # `np.unique` hashes whole numbers, which takes ten times as long where there are millions
    first, second = np.divmod(pairs[np.diff(pairs, prepend=-1) > 0], max(nodes, 1))
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
        claim=column((claim_number(link.id) for link in links), np.uint64),
    )
    return Adjacency.of(len(names), rows, RELATIONS)
