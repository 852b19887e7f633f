"""What a sentence speaks of, as the next may mean it by "it": what it opens with, and what it leads with."""

from dataclasses import replace
from typing import Final

from ingest.arguments import Argument
from ingest.reading import Candidate
from ontology.terms import Kind, Predicate

_AT_THE_HEAD: Final = 5
"""How far into a sentence its subject may begin: behind an article or a possessive."""


def opening(candidates: tuple[Candidate, ...]) -> Argument | None:
    """The thing of a claim that its sentence opens with; None where it opens with something else."""
    sides = [side for candidate in candidates for side in (candidate.subject, candidate.object)]
    return next((side for side in sides if side.span and side.span.start <= _AT_THE_HEAD), None)


def leads(candidate: Candidate) -> bool:
    """Tell whether a claim's subject is what its sentence is about, or what it sets beside something."""
    span = candidate.subject.span
    return candidate.predicate is Predicate.ASSOCIATED_WITH or (span is not None and span.start <= _AT_THE_HEAD)


def as_topic(argument: Argument) -> Argument:
    """The subject of a sentence as what the next may mean by "it", even where it is a substance."""
    kinds = [kind for kind in argument.concept.kinds if kind is not Kind.AGENT]
    return replace(argument, kind=kinds[0]) if argument.kind is Kind.AGENT and kinds else argument
