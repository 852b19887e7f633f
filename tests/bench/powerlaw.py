"""Typed power-law graphs of a stated seed: few hubs, many nodes with few links, in both directions.

A node is drawn as a subject, and as an object, with a weight that falls with its rank to the power of `FALL`. The two
ranks of a node are alike, as in graphs that people made: who is spoken of much as one is spoken of much as the other,
give or take a factor of e. With a million nodes and ten million links the largest hubs have some 75,000 links each way.
The same shape always gives the same links.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from graph.adjacency.arrays import Links

FALL: Final = 0.75
"""How fast weights fall with rank."""

CERTAINTIES: Final = (0.05, 0.2, 0.75)
"""Shares of unlikely, possible and asserted links, by rank."""


@dataclass(frozen=True, slots=True)
class Shape:
    """How many nodes, links and relations a graph has, and the seed of what is drawn."""

    nodes: int
    links: int
    relations: int = 24
    seed: int = 1


def power_law(shape: Shape) -> Links:
    """The links, in the order they were drawn; none stands twice and none leads from a node to itself."""
    random = np.random.default_rng(shape.seed)
    out_rank = random.permutation(shape.nodes)
    in_rank = out_rank[np.argsort(np.log(np.arange(1, shape.nodes + 1)) + random.normal(size=shape.nodes))]
    ends = _ends(shape.nodes, FALL)
    relation_ends = _ends(shape.relations, 1.0)
    keys = np.empty(0, np.int64)
    while len(keys) < shape.links:
        more = (shape.links - len(keys)) * 5 // 4 + 100
        subject = out_rank[_drawn(random, ends, more)].astype(np.int64)
        object_ = in_rank[_drawn(random, ends, more)].astype(np.int64)
        relation = _drawn(random, relation_ends, more)
        drawn = (subject * shape.relations + relation) * shape.nodes + object_
        keys = _first_of_each(np.concatenate([keys, drawn[subject != object_]]))
    keys = keys[: shape.links]
    pair, object_ = np.divmod(keys, shape.nodes)
    subject, relation = np.divmod(pair, shape.relations)
    return Links(
        subject=subject.astype(np.int32),
        relation=relation.astype(np.uint8),
        object=object_.astype(np.int32),
        certainty=np.searchsorted(np.cumsum(CERTAINTIES[:-1]), random.random(shape.links)).astype(np.uint8),
        articles=np.minimum(random.geometric(0.6, shape.links), 1000).astype(np.uint16),
        belief=(random.integers(3000, 9901, shape.links) / 10_000).astype(np.float32),
    )


def _ends(number: int, fall: float) -> npt.NDArray[np.float64]:
    """Where the share of each rank ends, between 0 and 1."""
    ends: npt.NDArray[np.float64] = np.cumsum(np.arange(1, number + 1, dtype=np.float64) ** -fall)
    ends /= ends[-1]
    return ends


def _drawn(random: np.random.Generator, ends: npt.NDArray[np.float64], number: int) -> npt.NDArray[np.intp]:
    """So many ranks, each as likely as its share."""
    return np.minimum(np.searchsorted(ends, random.random(number)), len(ends) - 1)


def _first_of_each(keys: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Each key once, in the order they first came."""
    order = np.argsort(keys, kind="stable")
    is_first = np.append(True, np.diff(keys[order]) != 0)
    first: npt.NDArray[np.int64] = keys[np.sort(order[is_first])]
    return first
