"""All chains between two sets of concepts, merged into one part of the graph.

A chain begins at any of the sources, ends at any of the targets, has at most so many hops and visits no concept twice.
A link is in the answer exactly when such a chain goes over it.

The links are gathered from both ends at once, always further on the side whose front is smaller, until the two meet:
every link of a chain of n hops lies within i hops of a source or n − i hops of a target. Which of them are on a chain
is then decided one by one, for a walk that is short enough may have to pass a concept twice.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from graph.budget import Budget
from graph.denial import denial_of
from graph.knowledge import KnowledgeGraph, Link
from graph.steps import Walk
from graph.weaving import Ends, Moves, Woven, gathered, on_chains
from ontology.claim import Claim, Concept
from ontology.errors import InvalidArgument

MAX_HOPS: Final = 6
"""The longest chains."""

MOST_ENDS: Final = 50
"""How many sources, and how many targets, there may be."""

MOST_LINKS: Final = 20_000
"""How many links are gathered."""

MOST_VISITS: Final = 100_000
"""How often a concept is come to while links are tried."""


@dataclass(frozen=True, slots=True)
class Between:
    """One link; `hops` is the length of the shortest walk over it from a source to a target."""

    hops: int
    link: Link


@dataclass(frozen=True, slots=True)
class Part:
    """All links that chains go over.

    They are in order of the shortest walk over them, then nearest to a source, best believed, ties by label of subject,
    relation, label of object, id.

    `nodes` are their ends, sources and targets that no chain reaches left out, by id. `pruned` counts by reason the
    links that would be on a walk short enough and that a filter forbids. `truncated` when there was too much to look
    at: links may be missing.
    """

    links: tuple[Between, ...]
    nodes: tuple[Concept, ...]
    pruned: Mapping[str, int]
    truncated: bool


def find_between(
    network: KnowledgeGraph,
    sources: Iterable[str],
    targets: Iterable[str],
    *,
    max_hops: int = 4,
    walk: Walk | None = None,
) -> Part:
    """The part of the graph that chains of at most `max_hops` from the sources to the targets make; empty without any.

    A concept may be source and target. `walk` says what may be walked, as for paths; its `via` and `via_kinds` only let
    chains pass concepts that are care actions or appearances alone.

    Raises:
        InvalidArgument: an unknown concept id, no or too many sources or targets, one concept as both and no other, one
            that is to be avoided, or a value outside its range.
    """
    ends = Ends(frozenset(sources), frozenset(targets))
    chosen = walk or Walk()
    _check(network, ends, chosen)
    if not 1 <= max_hops <= MAX_HOPS:
        raise InvalidArgument("max_hops", max_hops, f"1 to {MAX_HOPS}")
    links = Budget(MOST_LINKS)
    allowed = Moves(network, ends, chosen, gathered(network, ends, chosen, max_hops, links))
    visits = Budget(MOST_VISITS)
    found = on_chains(allowed, max_hops, visits)
    touched = {end for woven in found for end in (woven.stride.source, woven.stride.target)}
    nodes = {concept_id: network.concepts[concept_id] for concept_id in sorted(touched)}

    def order(woven: Woven) -> tuple[int, int, float, str, str, str, str]:
        link = woven.stride.link
        names = (nodes[link.subject].label, link.predicate.value, nodes[link.object].label)
        return (woven.hops, woven.before, -link.belief, *names, link.id)

    return Part(
        links=tuple(Between(woven.hops, woven.stride.link) for woven in sorted(found, key=order)),
        nodes=tuple(nodes.values()),
        pruned=_pruned(network, ends, chosen, max_hops),
        truncated=links.exhausted or visits.exhausted,
    )


def _check(network: KnowledgeGraph, ends: Ends, walk: Walk) -> None:
    for argument, concepts in (("source", ends.sources), ("target", ends.targets)):
        if not 1 <= len(concepts) <= MOST_ENDS:
            raise InvalidArgument(argument, f"{len(concepts)} concepts", f"1 to {MOST_ENDS} concepts")
        for concept_id in sorted(concepts):
            network.concept(concept_id, argument)
        if concepts & walk.avoid:
            raise InvalidArgument("avoid", min(concepts & walk.avoid), "concepts other than sources and targets")
    for concept_id in sorted(walk.avoid):
        network.concept(concept_id, "avoid")
    if len(ends.sources | ends.targets) == 1:
        raise InvalidArgument("target", min(ends.targets), "another concept than the source")


def _pruned(network: KnowledgeGraph, ends: Ends, walk: Walk, max_hops: int) -> Mapping[str, int]:
    """By reason, the links that would be on a walk short enough; as far as `MOST_LINKS` reaches."""
    strides = gathered(network, ends, walk, max_hops, Budget(MOST_LINKS), filtered=False)
    every = Moves(network, ends, walk, [stride for stride in strides if not stride.link.negated])
    forbidden = {
        stride.link.id: reasons
        for stride in strides
        if (reasons := walk.reasons(stride.link))
        and (every.shortest(stride.source, stride.target) or max_hops + 1) <= max_hops
    }
    return dict(sorted(Counter(reason for reasons in forbidden.values() for reason in reasons).items()))


def claims_of(network: KnowledgeGraph, link: Link) -> tuple[Claim, ...]:
    """The claim that affirms the link, then the one that denies it where an article does."""
    denied = denial_of(network, link)
    return (network.claims[link.id], denied) if denied else (network.claims[link.id],)
