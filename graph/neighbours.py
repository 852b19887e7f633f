"""What a concept is linked to, and who says so.

Two concepts, one relation and one direction make one `Neighbour`. Walking further than one link follows affirmed
claims only; a denied claim is reported on request and never walked.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final, Literal

from graph.arraylinks import links_at
from graph.knowledge import KnowledgeGraph, Link
from ontology.claim import Claim, Concept
from ontology.errors import InvalidArgument
from ontology.terms import SYMMETRIC, Certainty, Kind, Predicate

Direction = Literal["out", "in", "both"]
Negated = Literal["exclude", "include", "only"]

MAX_DEPTH: Final = 3
"""The furthest that neighbours are looked for."""


@dataclass(frozen=True, slots=True)
class Neighbour:
    """`concept`, linked to `of` by `predicate`.

    `direction` is "out" when `of` is the subject, "in" when it is the object; a symmetric relation reads "out"
    unless "in" was asked for. `claims` holds the affirmed claim first, then the one that denies it; at least one.
    `distance` counts links from the concept that was asked about, `of` being that concept at distance 1.
    """

    concept: Concept
    predicate: Predicate
    direction: Literal["out", "in"]
    claims: tuple[Claim, ...]
    of: Concept
    distance: int = 1

    @property
    def belief(self) -> float:
        """The highest belief of its affirmed claims, or of its denied ones where it has no other."""
        return max(claim.belief for claim in self._meant)

    @property
    def certainty(self) -> Certainty:
        """The strongest certainty of the same claims."""
        return max((claim.certainty for claim in self._meant), key=lambda certainty: certainty.rank)

    @property
    def _meant(self) -> tuple[Claim, ...]:
        return tuple(claim for claim in self.claims if claim.negated == self.claims[0].negated)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Which claims count.

    `negated` says whether denied claims are left out, included or alone wanted; `min_certainty` and `min_articles`
    are lower bounds; `articles`, where not empty, reduces every claim to what these articles say, before the
    other bounds are applied, and leaves out those they do not state.
    """

    negated: Negated = "exclude"
    min_certainty: Certainty = Certainty.UNLIKELY
    min_articles: int = 1
    articles: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        if self.negated not in ("exclude", "include", "only"):
            raise InvalidArgument("negated", self.negated, "exclude, include or only")
        if self.min_articles < 1:
            raise InvalidArgument("min_articles", self.min_articles, "1 or more")

    def narrow(self, claim: Claim) -> Claim | None:
        """The claim reduced to the articles asked for; None when the filter leaves it out."""
        if self.articles:
            evidence = tuple(row for row in claim.evidence if row.article in self.articles)
            if not evidence:
                return None
            claim = replace(claim, evidence=evidence)
        return claim if self.passes(Link.of(claim)) else None

    def passes(self, link: Link) -> bool:
        """Whether a claim, whatever states it, is within the bounds."""
        return link.certainty.rank >= self.min_certainty.rank and link.articles >= self.min_articles


EVERYTHING: Final = Filter()
"""Every affirmed claim."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """Links to look for, of one concept: direction, relations and the kinds at the other end; empty means any."""

    direction: Direction = "both"
    predicates: frozenset[Predicate] = frozenset()
    kinds: frozenset[Kind] = frozenset()

    def way(self, predicate: Predicate, *, outward: bool) -> Literal["out", "in"] | None:
        """How a link reads that has the concept as its subject (outward) or object; None where it is not looked for.

        A symmetric relation reads "out" from either end, unless "in" is asked for.
        """
        if self.predicates and predicate not in self.predicates:
            return None
        if predicate in SYMMETRIC:
            return "in" if self.direction == "in" else "out"
        way: Literal["out", "in"] = "out" if outward else "in"
        return way if self.direction in (way, "both") else None


def find_neighbours(
    network: KnowledgeGraph,
    concept_id: str,
    *,
    direction: Direction = "both",
    predicates: frozenset[Predicate] = frozenset(),
    kinds: frozenset[Kind] = frozenset(),
    depth: int = 1,
    negated: Negated = "exclude",
    min_certainty: Certainty = Certainty.UNLIKELY,
    min_articles: int = 1,
    articles: frozenset[str] = frozenset(),
) -> tuple[Neighbour, ...]:
    """The concepts linked to one: nearest first, then the best believed, ties by predicate, label, id.

    `predicates`, where not empty, are the only relations looked at and walked. `kinds`, where not empty, chooses
    what is reported, not what is walked through. With `depth` above 1 each concept found is looked at in turn, in
    the same `direction`; a link is reported once, from its nearer end. () when nothing is linked.

    Raises:
        InvalidArgument: an unknown concept id, a depth outside 1 to 3, or a value no option has.
    """
    wanted = Filter(negated=negated, min_certainty=min_certainty, min_articles=min_articles, articles=articles)
    return find_matching(
        network, concept_id, (Pattern(direction, predicates),), kinds=kinds, depth=depth, filter=wanted
    )


def find_matching(
    network: KnowledgeGraph,
    concept_id: str,
    patterns: tuple[Pattern, ...],
    *,
    kinds: frozenset[Kind] = frozenset(),
    depth: int = 1,
    filter: Filter = EVERYTHING,
) -> tuple[Neighbour, ...]:
    """The same for links of any of several patterns, no two of which look for the same relation.

    Raises:
        InvalidArgument: an unknown concept id, a direction that there is not, or a depth outside 1 to 3.
    """
    start = network.concept(concept_id)
    check(patterns, depth)
    found: list[Neighbour] = []
    seen: set[str] = set()
    reached = {concept_id}
    front = [start]
    for distance in range(1, depth + 1):
        following: dict[str, Concept] = {}
        for of in front:
            links = [
                link
                for pattern in patterns
                for link in links_of(network, of, pattern, filter)
                if not seen.issuperset(claim.id for claim in link.claims)
            ]
            seen.update(claim.id for link in links for claim in link.claims)
            found.extend(replace(link, distance=distance) for link in links)
            following |= {link.concept.id: link.concept for link in links if not link.claims[0].negated}
        front = sorted((following[key] for key in following.keys() - reached), key=_place)
        reached |= following.keys()
    return report(found, negated=filter.negated, kinds=kinds)


def check(patterns: tuple[Pattern, ...], depth: int) -> None:
    """Pass over patterns and a depth that can be asked for.

    Raises:
        InvalidArgument: a direction that there is not, or a depth outside 1 to 3.
    """
    for pattern in patterns:
        if pattern.direction not in ("out", "in", "both"):
            raise InvalidArgument("direction", pattern.direction, "out, in or both")
    if not 1 <= depth <= MAX_DEPTH:
        raise InvalidArgument("depth", depth, f"1 to {MAX_DEPTH}")


def links_of(
    network: KnowledgeGraph, of: Concept, pattern: Pattern, filter: Filter = EVERYTHING
) -> Iterator[Neighbour]:
    """The links of one concept that pass all of `filter` but its `negated`: affirmed and denied ones, in no order."""
    stated = frozenset().union(*map(network.stated_in, filter.articles)) if filter.articles else None
    grouped: dict[tuple[str, Predicate, Literal["out", "in"]], list[Claim]] = {}
    for link, way in stated_links(network, of.id, pattern):
        if filter.passes(link) if stated is None else link.id in stated:
            claim = filter.narrow(network.claims[link.id])
            if claim is not None:
                other = link.object if link.subject == of.id else link.subject
                grouped.setdefault((other, link.predicate, way), []).append(claim)
    for (other, predicate, way), claims in grouped.items():
        concept = network.concepts[other]
        if not pattern.kinds or not pattern.kinds.isdisjoint(concept.kinds):
            yield Neighbour(concept, predicate, way, tuple(claims), of)


def report(
    found: Iterable[Neighbour], *, negated: Negated = "exclude", kinds: frozenset[Kind] = frozenset()
) -> tuple[Neighbour, ...]:
    """Those of `found` that are of one of `kinds` (any, if empty), their claims chosen by `negated`.

    Nearest first, then what the authors do not call unlikely, then the best believed; ties by the author's certainty,
    predicate, label, id.
    """
    shown: list[Neighbour] = []
    for link in found:
        claims = tuple(claim for claim in link.claims if negated == "include" or claim.negated == (negated == "only"))
        if claims and (not kinds or kinds & set(link.concept.kinds)):
            shown.append(replace(link, claims=claims))
    return tuple(sorted(shown, key=_order))


def _order(link: Neighbour) -> tuple[object, ...]:
    return (
        link.distance,
        link.certainty is Certainty.UNLIKELY,
        -link.belief,
        -link.certainty.rank,
        link.predicate.value,
        *_place(link.concept),
        link.direction,
        *_place(link.of),
    )


def _place(concept: Concept) -> tuple[str, str]:
    return (concept.label, concept.id)


def stated_links(
    network: KnowledgeGraph, concept_id: str, pattern: Pattern
) -> Iterator[tuple[Link, Literal["out", "in"]]]:
    """The claims in short of one concept that the pattern looks for, each with the way it is met; kinds are not asked.

    Affirmed before denied, so that a link's first claim tells whether it is affirmed at all.
    """
    arrays = network.arrays()
    if arrays is not None and pattern.predicates:
        from_it, to_it = (
            links_at(arrays, concept_id, outward=outward, predicates=pattern.predicates) for outward in (True, False)
        )
    else:
        from_it, to_it = network.links_from(concept_id), network.links_to(concept_id)
    sides = ((from_it, True), (to_it, False))
    for negated in (False, True):
        for links, outward in sides:
            for link in links:
                way = pattern.way(link.predicate, outward=outward)
                if link.negated == negated and way is not None:
                    yield link, way
