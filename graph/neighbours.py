"""What a concept is linked to, and who says so.

Two concepts, one relation and one direction make one `Neighbour`. Walking further than one link follows affirmed
claims only; a denied claim is reported on request and never walked.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final, Literal

from graph.knowledge import KnowledgeGraph
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
        if claim.certainty.rank < self.min_certainty.rank or len(claim.articles) < self.min_articles:
            return None
        return claim


EVERYTHING: Final = Filter()
"""Every affirmed claim."""


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
    start = network.concept(concept_id)
    if direction not in ("out", "in", "both"):
        raise InvalidArgument("direction", direction, "out, in or both")
    if not 1 <= depth <= MAX_DEPTH:
        raise InvalidArgument("depth", depth, f"1 to {MAX_DEPTH}")
    wanted = Filter(negated=negated, min_certainty=min_certainty, min_articles=min_articles, articles=articles)
    found: list[Neighbour] = []
    seen: set[str] = set()
    reached = {concept_id}
    front = [start]
    for distance in range(1, depth + 1):
        following: dict[str, Concept] = {}
        for of in front:
            links = [
                link
                for link in links_of(network, of, direction=direction, predicates=predicates, filter=wanted)
                if not seen.issuperset(claim.id for claim in link.claims)
            ]
            seen.update(claim.id for link in links for claim in link.claims)
            found.extend(replace(link, distance=distance) for link in links)
            following |= {link.concept.id: link.concept for link in links if not link.claims[0].negated}
        front = [following[key] for key in sorted(following.keys() - reached)]
        reached |= following.keys()
    return report(found, negated=negated, kinds=kinds)


def links_of(
    network: KnowledgeGraph,
    of: Concept,
    *,
    direction: Direction = "both",
    predicates: frozenset[Predicate] = frozenset(),
    filter: Filter = EVERYTHING,
) -> Iterator[Neighbour]:
    """The links of one concept that pass all of `filter` but its `negated`: affirmed and denied ones, in no order."""
    grouped: dict[tuple[str, Predicate, Literal["out", "in"]], list[Claim]] = {}
    for claim, way in _claims_of(network, of.id, direction):
        narrowed = filter.narrow(claim) if not predicates or claim.predicate in predicates else None
        if narrowed is not None:
            other = claim.object if claim.subject == of.id else claim.subject
            grouped.setdefault((other, claim.predicate, way), []).append(narrowed)
    for (other, predicate, way), claims in grouped.items():
        yield Neighbour(network.concepts[other], predicate, way, tuple(claims), of)


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


def _order(link: Neighbour) -> tuple[int, bool, float, int, str, str, str, str, str]:
    return (
        link.distance,
        link.certainty is Certainty.UNLIKELY,
        -link.belief,
        -link.certainty.rank,
        link.predicate.value,
        link.concept.label,
        link.concept.id,
        link.direction,
        link.of.id,
    )


def _claims_of(
    network: KnowledgeGraph, concept_id: str, direction: Direction
) -> Iterator[tuple[Claim, Literal["out", "in"]]]:
    """Affirmed before denied, so that a link's first claim tells whether it is affirmed at all."""
    for out, into in (
        (network.outgoing(concept_id), network.incoming(concept_id)),
        (network.denied_outgoing(concept_id), network.denied_incoming(concept_id)),
    ):
        for claim in out:
            if direction != "in":
                yield claim, "out"
            elif claim.predicate in SYMMETRIC:
                yield claim, "in"
        for claim in into:
            if claim.predicate in SYMMETRIC and direction != "in":
                yield claim, "out"
            elif direction != "out":
                yield claim, "in"
