"""Which concepts and claims are near some concepts: what `graph.neighbours` answers, by ids, with no claim read."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from graph.export.selection import Selection
from graph.knowledge import KnowledgeGraph, Link
from graph.neighbours import Filter, Pattern, check
from ontology.terms import Kind

MOST_FOLLOWED: Final = 300_000
"""How many links are followed beyond those of a concept itself, as `graph.arrayneighbours` does."""


def near(
    network: KnowledgeGraph,
    concept_ids: Iterable[str],
    pattern: Pattern,
    *,
    depth: int = 1,
    kinds: frozenset[Kind] = frozenset(),
    filter: Filter,
) -> Selection:
    """The concepts asked for and exactly the claims that `find_matching` answers for each with the same options.

    What lies behind more links than are followed is left out, and `truncated` says so. Denied claims that are asked for
    are edges too.

    Raises:
        InvalidArgument: an unknown concept id, or a depth outside 1 to 3.
    """
    check((pattern,), depth)
    stated = frozenset().union(*map(network.stated_in, filter.articles)) if filter.articles else None
    concepts: set[str] = set()
    claims: set[str] = set()
    truncated = False
    for concept_id in concept_ids:
        network.concept(concept_id)
        concepts.add(concept_id)
        search = _Search(network, pattern, filter, stated, kinds)
        for link in search.links(concept_id, depth):
            concepts |= {link.subject, link.object}
            claims.add(link.id)
        truncated = truncated or search.truncated
    in_order = tuple(sorted(claims))
    return Selection(tuple(sorted(concepts)), in_order, in_order, filter.articles, truncated)


@dataclass(slots=True)
class _Search:
    network: KnowledgeGraph
    pattern: Pattern
    filter: Filter
    stated: frozenset[str] | None
    kinds: frozenset[Kind]
    truncated: bool = False

    def links(self, start: str, depth: int) -> Iterator[Link]:
        """The claims to report, each once, from its nearer end."""
        seen: set[str] = set()
        reached, front, left = {start}, [start], MOST_FOLLOWED
        for distance in range(1, depth + 1):
            following: set[str] = set()
            for of in front:
                if distance > 1:
                    followed = self._followed(of)
                    if followed > left:
                        self.truncated = True
                        break
                    left -= followed
                for link in self._of(of):
                    if link.id in seen:
                        continue
                    seen.add(link.id)
                    other = link.object if link.subject == of else link.subject
                    if not link.negated:
                        following.add(other)
                    if self._reported(link, other):
                        yield link
            if distance < depth:
                front = sorted(following - reached, key=lambda one: (self.network.concepts[one].label, one))
                reached |= following

    def _followed(self, of: str) -> int:
        links = (*self.network.links_from(of), *self.network.links_to(of))
        return sum(not link.negated for link in links)

    def _of(self, of: str) -> Iterator[Link]:
        """The claims of a concept that pass all but `negated`."""
        for links, outward in ((self.network.links_from(of), True), (self.network.links_to(of), False)):
            for link in links:
                if self.pattern.way(link.predicate, outward=outward) is not None and self._passes(link):
                    yield link

    def _passes(self, link: Link) -> bool:
        if self.stated is None:
            return self.filter.passes(link)
        return link.id in self.stated and self.filter.narrow(self.network.claims[link.id]) is not None

    def _reported(self, link: Link, other: str) -> bool:
        wanted = self.filter.negated
        if wanted != "include" and link.negated != (wanted == "only"):
            return False
        return not self.kinds or not self.kinds.isdisjoint(self.network.concepts[other].kinds)
