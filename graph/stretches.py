"""A stretch of the links of a concept, with the number of all of them and how many there are of what."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from graph.neighbours import Neighbour
from ontology.terms import Certainty, Kind, Predicate

Sort = Literal["belief", "label", "articles"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Which links of all, in which order: from `offset` on at most `limit` (None: all that are left) by `sort`.

    `belief` is the order of `graph.neighbours.report`; `label` that of the concept's label in any case, `articles` that
    of the number of articles, the most first: equal ones stay as `belief` has them.
    """

    sort: Sort = "belief"
    offset: int = 0
    limit: int | None = None

    @property
    def end(self) -> int | None:
        """The first place that is not asked for any more; None where all are."""
        return None if self.limit is None else self.offset + self.limit


@dataclass(frozen=True, slots=True)
class Facets:
    """How many links there are of each relation and certainty, and to concepts of each kind; only what occurs."""

    predicates: Mapping[Predicate, int]
    kinds: Mapping[Kind, int]
    certainties: Mapping[Certainty, int]


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """Some of the links, in their order; `total` and `facets` count all.

    `truncated` where more links than a search follows lie within the depth: then some are neither answered nor counted.
    """

    total: int
    links: tuple[Neighbour, ...]
    facets: Facets
    truncated: bool = False


def cut(found: tuple[Neighbour, ...], stretch: Stretch) -> Neighbourhood:
    """The stretch of links that are in the order of `report`."""
    facets = Facets(
        predicates=Counter(link.predicate for link in found),
        kinds=Counter(kind for link in found for kind in link.concept.kinds),
        certainties=Counter(link.certainty for link in found),
    )
    return Neighbourhood(len(found), _in_order(found, stretch)[stretch.offset : stretch.end], facets)


def _in_order(found: tuple[Neighbour, ...], stretch: Stretch) -> tuple[Neighbour, ...]:
    match stretch.sort:
        case "belief":
            return found
        case "label":
            return tuple(sorted(found, key=lambda link: link.concept.label.casefold()))
        case "articles":
            return tuple(sorted(found, key=lambda link: -articles_of(link)))


def articles_of(link: Neighbour) -> int:
    """How many articles state or deny it."""
    return len({article for claim in link.claims for article in claim.articles})
