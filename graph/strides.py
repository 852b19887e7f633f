"""Links as they may be walked, without their sentences: what searches look at that walk far and show little.

What may be walked is said by a `graph.steps.Walk`; a stride is a `graph.steps.Step` whose claim has not been read yet.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from graph.knowledge import KnowledgeGraph, Link
from graph.paths import Path, path_of
from graph.ranks import Belief
from graph.steps import Step, Walk
from ontology.terms import SYMMETRIC


@dataclass(frozen=True, slots=True)
class Stride:
    """One link as it may be walked, from `source` to `target`; `inverted` when that is against its direction."""

    source: str
    target: str
    link: Link
    inverted: bool


def leaving(network: KnowledgeGraph, concept: str, walk: Walk) -> Iterator[Stride]:
    """The strides from the concept by the relations considered, those that a filter forbids and denied ones too."""
    for link in network.links_from(concept):
        if _considered(link, walk):
            yield Stride(concept, link.object, link, inverted=False)
    for link in network.links_to(concept):
        if _considered(link, walk) and _both_ways(link, walk):
            yield Stride(concept, link.subject, link, inverted=link.predicate not in SYMMETRIC)


def arriving(network: KnowledgeGraph, concept: str, walk: Walk) -> Iterator[Stride]:
    """The strides to the concept, likewise."""
    for link in network.links_to(concept):
        if _considered(link, walk):
            yield Stride(link.subject, concept, link, inverted=False)
    for link in network.links_from(concept):
        if _considered(link, walk) and _both_ways(link, walk):
            yield Stride(link.object, concept, link, inverted=link.predicate not in SYMMETRIC)


def chain_of(network: KnowledgeGraph, strides: Sequence[Stride]) -> Path:
    """The strides as a path that is told and scored by the product of beliefs; there is at least one."""
    return path_of(network, 1, [(_step(network, stride), ()) for stride in strides], Belief())


def _step(network: KnowledgeGraph, stride: Stride) -> Step:
    link = stride.link
    return Step(stride.source, stride.target, link, stride.inverted, link.belief, network.articles_of(link.id))


def _considered(link: Link, walk: Walk) -> bool:
    return link.predicate in walk.considered and link.subject != link.object


def _both_ways(link: Link, walk: Walk) -> bool:
    return link.predicate in SYMMETRIC or not walk.directed
