"""Links as frozen arrays in both directions, mapped from files and shared by all processes that open them.

    out_start.npy out_node.npy relation.npy               links by subject, relation, object: the place is the number
    in_start.npy in_node.npy in_relation.npy in_link.npy  the same links by object, relation, subject
    certainty.npy articles.npy belief.npy claim.npy       what is known of each link, by its number
    shape.json                                            version, number of nodes, names of relations

Nodes and relations are numbers here; `graph.adjacency.nodes` knows the nodes' names.
"""

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeAlias

import numpy as np
import numpy.typing as npt

from ontology.errors import InvalidArgument, StoreError

Ids: TypeAlias = npt.NDArray[np.int32]
"""Numbers of nodes or links."""

Starts: TypeAlias = npt.NDArray[np.int64]
"""Where the links of each node begin; one more at the end."""

MOST_RELATIONS: Final = 255
VERSION: Final = 2
"""Of the files; another one is not opened."""

_SHAPE: Final = "shape.json"
_WIDEST_KEY: Final = 63


@dataclass(frozen=True, slots=True, eq=False)
class Links:
    """Links in no order, one array a part, all of one length: (subject, relation, object) and what is known of each.

    `certainty` holds `Certainty.rank`, `articles` how many articles state it, `belief` is between 0 and 1, `claim` is
    the number of its claim (`ontology.claim.claim_number`); None where links are no claims.
    """

    subject: npt.NDArray[np.integer[Any]]
    relation: npt.NDArray[np.integer[Any]]
    object: npt.NDArray[np.integer[Any]]
    certainty: npt.NDArray[np.integer[Any]]
    articles: npt.NDArray[np.integer[Any]]
    belief: npt.NDArray[np.floating[Any]]
    claim: npt.NDArray[np.uint64] | None = None

    def __len__(self) -> int:
        return len(self.subject)


@dataclass(frozen=True, slots=True, eq=False)
class Adjacency:
    """The links of each node, outgoing and incoming. All arrays are read-only.

    Links are numbered in order of subject, relation, object: those of node n, as subject, are `out_start[n]` up to
    `out_start[n + 1]`. The incoming ones of n are the places `in_start[n]` up to `in_start[n + 1]` of the `in_` arrays,
    in order of relation and subject, and `in_link` holds their numbers.
    """

    relations: tuple[str, ...]
    out_start: Starts
    out_node: Ids
    relation: npt.NDArray[np.uint8]
    in_start: Starts
    in_node: Ids
    in_relation: npt.NDArray[np.uint8]
    in_link: Ids
    certainty: npt.NDArray[np.uint8]
    articles: npt.NDArray[np.uint16] | npt.NDArray[np.uint32]
    belief: npt.NDArray[np.float32]
    claim: npt.NDArray[np.uint64]

    @classmethod
    def of(cls, nodes: int, links: Links, relations: tuple[str, ...]) -> "Adjacency":
        """The adjacency of so many nodes with these links; `relations` names what `links.relation` numbers.

        Raises:
            InvalidArgument: a number is out of range, a link stands twice, or there are too many relations.
        """
        _check(nodes, links, relations)
        order = _order(nodes, len(relations), links)
        subject, object_ = links.subject[order], links.object[order].astype(np.int32)
        relation = links.relation[order].astype(np.uint8)
        twice = (np.diff(subject) == 0) & (np.diff(relation) == 0) & (np.diff(object_) == 0)
        if twice.any():
            at = int(np.argmax(twice))
            seen = (int(subject[at]), relations[int(relation[at])], int(object_[at]))
            raise InvalidArgument("links", seen, "each link once")
        in_link = _incoming(nodes, len(relations), relation, object_)
        most = int(links.articles.max(initial=0))
        claim = np.zeros(len(links), np.uint64) if links.claim is None else links.claim[order]
        return cls(
            relations=relations,
            out_start=_starts(nodes, subject),
            out_node=_frozen(object_),
            relation=_frozen(relation),
            in_start=_starts(nodes, object_),
            in_node=_frozen(subject[in_link].astype(np.int32)),
            in_relation=_frozen(relation[in_link]),
            in_link=_frozen(in_link),
            certainty=_frozen(links.certainty[order].astype(np.uint8)),
            articles=_frozen(links.articles[order].astype(np.uint16 if most <= np.iinfo(np.uint16).max else np.uint32)),
            belief=_frozen(links.belief[order].astype(np.float32)),
            claim=_frozen(claim),
        )

    @classmethod
    def open(cls, folder: Path) -> "Adjacency":
        """What `save` wrote, mapped from its files: nothing is read before it is asked for.

        Raises:
            StoreError: a file is missing or damaged, or was written by another version.
        """
        try:
            shape = json.loads((folder / _SHAPE).read_bytes())
            if shape["version"] != VERSION:
                raise StoreError(
                    f"{folder} has version {shape['version']} of the arrays, expected {VERSION}; remove it"
                )
            return cls(tuple(shape["relations"]), *(mapped(folder / f"{name}.npy") for name in ARRAYS))
        except (OSError, ValueError, KeyError) as error:
            raise StoreError(f"the arrays in {folder} cannot be opened: {error}; remove the folder") from error

    def save(self, folder: Path) -> None:
        """Write the arrays into a folder, which is made."""
        folder.mkdir(parents=True, exist_ok=True)
        for name in ARRAYS:
            np.save(folder / f"{name}.npy", getattr(self, name))
        shape = {"version": VERSION, "nodes": self.nodes, "relations": self.relations}
        (folder / _SHAPE).write_text(json.dumps(shape), encoding="utf-8")

    @property
    def nodes(self) -> int:
        """How many nodes there are: their numbers are below."""
        return len(self.out_start) - 1

    @property
    def links(self) -> int:
        """How many links there are: their numbers are below."""
        return len(self.out_node)

    @property
    def bytes(self) -> int:
        """How much room the arrays take."""
        return sum(int(getattr(self, name).nbytes) for name in ARRAYS)

    def subjects(self, links: npt.NDArray[np.integer[Any]]) -> Ids:
        """The subject of each of these links."""
        return (np.searchsorted(self.out_start, links, side="right") - 1).astype(np.int32)

    def find_link(self, subject: int, relation: int, object: int) -> int | None:
        """The number of a link; None where there is no such link."""
        start, end = int(self.out_start[subject]), int(self.out_start[subject + 1])
        of_relation = self.relation[start:end]
        first = start + int(np.searchsorted(of_relation, relation, side="left"))
        last = start + int(np.searchsorted(of_relation, relation, side="right"))
        place = first + int(np.searchsorted(self.out_node[first:last], object))
        return place if place < last and int(self.out_node[place]) == object else None


ARRAYS: Final = tuple(name for name in Adjacency.__slots__ if name != "relations")
"""The names of the arrays, which are those of their files."""


def _check(nodes: int, links: Links, relations: tuple[str, ...]) -> None:
    if len(relations) > MOST_RELATIONS:
        raise InvalidArgument("relations", len(relations), f"at most {MOST_RELATIONS} names")
    if nodes > np.iinfo(np.int32).max or len(links) > np.iinfo(np.int32).max:
        raise InvalidArgument("nodes, links", (nodes, len(links)), f"at most {np.iinfo(np.int32).max} of each")
    for name, values, below in (
        ("subject", links.subject, nodes),
        ("object", links.object, nodes),
        ("relation", links.relation, len(relations)),
    ):
        if len(links) and not 0 <= int(values.min()) <= int(values.max()) < below:
            raise InvalidArgument(name, (int(values.min()), int(values.max())), f"numbers from 0 to {below - 1}")


def key_of(nodes: int, relations: int, links: Links) -> npt.NDArray[np.int64] | None:
    """A number for each link, by which they are in order of subject, relation, object; None where that is too wide."""
    node, kind = _bits(nodes), _bits(relations)
    if 2 * node + kind > _WIDEST_KEY:
        return None
    key = links.subject.astype(np.int64)
    key <<= kind
    key |= links.relation
    key <<= node
    key |= links.object
    return key


def _order(nodes: int, relations: int, links: Links) -> npt.NDArray[np.intp] | slice:
    """The places of the links in order of subject, relation, object; a slice of all where they lie in it."""
    key = key_of(nodes, relations, links)
    if key is None:
        return np.lexsort((links.object, links.relation, links.subject))
    # one sort of whole numbers takes half the time of a sort by three arrays
    return slice(None) if (key[1:] > key[:-1]).all() else np.argsort(key)


def _incoming(nodes: int, relations: int, relation: npt.NDArray[np.uint8], object: Ids) -> Ids:
    """The numbers of the links in order of object, relation, and themselves, which is that of their subjects."""
    place, kind = _bits(len(object)), _bits(relations)
    if _bits(nodes) + kind + place > _WIDEST_KEY:
        return np.lexsort((relation, object)).astype(np.int32)
    key = object.astype(np.int64)
    key <<= kind
    key |= relation
    key <<= place
    key |= np.arange(len(object))
    key.sort()
    key &= (1 << place) - 1
    return key.astype(np.int32)


def _bits(numbers: int) -> int:
    """How many bits hold the numbers below."""
    return max(numbers - 1, 1).bit_length()


def _starts(nodes: int, of: npt.NDArray[np.integer[Any]]) -> Starts:
    starts = np.zeros(nodes + 1, np.int64)
    np.cumsum(np.bincount(of, minlength=nodes), out=starts[1:])
    starts.flags.writeable = False
    return starts


def _frozen(array: Any) -> Any:  # whatever its type, the array itself
    array.flags.writeable = False
    return array


def mapped(path: Path) -> Any:  # whatever was saved
    """The array in a file, read-only."""
    # a small file is read: to map it takes longer, and one without content cannot be mapped
    if path.stat().st_size < os.sysconf("SC_PAGE_SIZE"):
        return _frozen(np.load(path))
    return np.load(path, mmap_mode="r").view(np.ndarray)
