"""How many links the filters of a search for paths hide, by reason: counted in arrays as `graph.steps.region` does."""

from collections import Counter
from dataclasses import replace
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from graph.adjacency.arrays import Adjacency
from graph.adjacency.walking import Mask, Side, Ways
from graph.linkarrays import LinkArrays, relation_numbers
from graph.steps import Walk
from ontology.terms import Certainty

FAR: Final = 127
"""The distance of what was not reached."""

Distances = npt.NDArray[np.int8]


def hidden_by(
    arrays: LinkArrays, walk: Walk, source: int, target: int, max_hops: int, *, budget: int
) -> tuple[Counter[str], bool]:
    """By reason, the links that would be steps of a walk of at most `max_hops`, and whether all were looked at.

    From either end so many links are followed as half of `budget` allows; where that does not reach all that matter,
    what lies further is not counted.
    """
    filtered = walk.predicates or walk.avoid or walk.min_certainty.rank or walk.min_articles > 1
    if not filtered and not arrays.denied.links:
        return Counter(), True
    anything = replace(
        walk, predicates=walk.considered, avoid=frozenset(), min_certainty=Certainty.UNLIKELY, min_articles=1
    )
    rules = arrays.rules(anything)
    ways = Ways.under(arrays.affirmed, rules)
    passable = arrays.passable(walk)
    nodes = len(arrays.names)
    ahead, followed = distances(ways.onward, source, nodes, max_hops, passable, budget // 2)
    behind, followed_back = distances(ways.back, target, nodes, max_hops, passable, budget // 2)
    left = (ahead < followed) & passable
    left[source] = True
    pruned: Counter[str] = Counter()
    for denied, links in arrays.by_polarity:
        if denied or filtered:
            sides = Ways.under(links, rules).onward
            near = _near(links, sides, ahead, behind, left, max_hops)
            pruned += _reasons(arrays, walk, links, near, denied=denied)
    return pruned, followed == followed_back == max_hops


def distances(
    sides: tuple[Side, ...], start: int, nodes: int, furthest: int, passable: Mask, budget: int
) -> tuple[Distances, int]:
    """How many steps each node is away, `FAR` where it was not reached; from what distance on none was followed."""
    distances = np.full(nodes, FAR, np.int8)
    distances[start] = 0
    front = np.array([start], np.int32)
    for distance in range(1, furthest + 1):
        counts = [side.counts(front) for side in sides]
        budget -= sum(int(count.sum()) for _, count in counts)
        if budget < 0:
            return distances, distance - 1
        for side, (begin, count) in zip(sides, counts, strict=True):
            reached = side.fan(begin, count).node
            distances[reached[distances[reached] == FAR]] = distance
        front = np.flatnonzero(distances == distance).astype(np.int32)
        front = front[passable[front]]
        if not len(front):
            break
    return distances, furthest


def _near(
    links: Adjacency, sides: tuple[Side, ...], ahead: Distances, behind: Distances, left: Mask, max_hops: int
) -> npt.NDArray[np.int64]:
    """The numbers of the links that a short enough walk can take, each once."""
    found: list[npt.NDArray[np.integer[Any]]] = [np.zeros(0, np.int64)]
    nodes = np.flatnonzero(left & (np.diff(links.out_start) + np.diff(links.in_start) > 0))
    for side in sides:
        begin, count = side.counts(nodes.astype(np.int32))
        fan = side.fan(begin, count)
        owner = nodes[fan.owners(np.arange(len(fan.node)))]
        short = ahead[owner].astype(np.int16) + 1 + behind[fan.node] <= max_hops
        short &= owner != fan.node
        places = _places(begin, count, fan.places)[short]
        found.append(places if side.link is None else side.link[places])
    numbers = np.sort(np.concatenate(found))
    return numbers[np.diff(numbers, prepend=-1) > 0]


def _places(
    begin: npt.NDArray[np.int64], count: npt.NDArray[np.int64], kept: npt.NDArray[np.intp] | None
) -> npt.NDArray[np.int64]:
    ends = count.cumsum()
    places = np.arange(int(ends[-1]) if len(ends) else 0, dtype=np.int64)
    places += np.repeat(begin - ends + count, count)
    return places if kept is None else places[kept]


def _reasons(
    arrays: LinkArrays, walk: Walk, links: Adjacency, near: npt.NDArray[np.int64], *, denied: bool
) -> Counter[str]:
    avoid = np.array(sorted(arrays.numbers(walk.avoid)), np.int64)
    touching = np.isin(links.subjects(near), avoid) | np.isin(links.out_node[near], avoid)
    wanted = np.array(sorted(relation_numbers(walk.predicates)), np.int64)
    reasons = {
        "negated": len(near) if denied else 0,
        "predicate": int(np.count_nonzero(~np.isin(links.relation[near], wanted))) if walk.predicates else 0,
        "avoid": int(np.count_nonzero(touching)),
        "min_certainty": int(np.count_nonzero(links.certainty[near] < walk.min_certainty.rank)),
        "min_articles": int(np.count_nonzero(links.articles[near] < walk.min_articles)),
    }
    return Counter({name: number for name, number in reasons.items() if number})
