"""What lies between two ends that no path joins, looked for in memory: the reference of `graph.arrayexploring`."""

from dataclasses import dataclass
from typing import Final

from graph.knowledge import KnowledgeGraph
from graph.nopath import MOST_NEAREST, Front, Loosened
from graph.ranks import ranking
from graph.search import Search, moves_of
from graph.steps import Walk, reached, region
from ontology.terms import expand

MOST_VISITS: Final = 10_000
"""How often the search for one path comes to a concept before it stops."""


@dataclass(frozen=True, slots=True)
class MemoryExplorer:
    """A `graph.nopath.Explorer` of claims in memory."""

    network: KnowledgeGraph
    source: str
    target: str

    def front(self, walk: Walk, max_hops: int, free: Loosened, *, onward: bool) -> tuple[Front, bool]:
        """How far one comes from the source, or back from the target; all of it is looked at."""
        start, other = (self.source, self.target) if onward else (self.target, self.source)
        near = reached(self.network, start, walk, max_hops, onward=onward)
        left = reached(self.network, other, free.walk, free.max_hops, onward=not onward, unpassed=start)
        found = [id for id in near if id not in (start, other) and walk.passes(self.network, id)]

        def order(id: str) -> tuple[int, int, int, bytes]:
            far = free.max_hops + 1
            return (left.get(id, far), near[id], -self.network.degree(id), expand(id).encode())

        nearest = sorted(found, key=order)[:MOST_NEAREST]
        rows = tuple((id, near[id], left.get(id)) for id in nearest)
        return Front(len(found), max((near[id] for id in found), default=0), rows), True

    def fewest(self, question: Loosened) -> tuple[int | None, bool]:
        """How many hops the shortest path has, None where none was found, and whether all was looked at."""
        near = region(self.network, self.source, self.target, question.walk, question.max_hops)
        moves = moves_of(near, ranking(self.network, "length"))
        search = Search(moves, self.source, self.target, most=MOST_VISITS)
        for steps in search.paths(question.max_hops):
            if question.walk.missed(self.network, steps) is None:
                return len(steps), True
        return None, not search.truncated
