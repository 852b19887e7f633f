"""Which part of the graph an export is asked for."""

from collections.abc import Iterable, Iterator
from typing import Any, Final

from api.claims import claim_curie, get_claim, known_articles
from api.exportquestions import ExportQuestion
from api.paths import search_paths
from api.questions import MOST, Bounded, PathQuestion, Walked
from api.relations import chosen_relations
from graph.batches import batches
from graph.export.near import near
from graph.export.selection import Selection, along
from graph.export.stated import alone, stated_by, these
from graph.knowledge import KnowledgeGraph
from graph.neighbours import Pattern
from ontology.claim import Claim
from ontology.errors import InvalidArgument

_OF_ALL: Final = frozenset({"format", "negated"})
_OF_CLAIMS: Final = frozenset({"format", "claim", "article"})
_OF_ARTICLES: Final = frozenset(Bounded.model_fields) | {"format", "article", "negated"}
_OF_CONCEPTS_ALONE: Final = frozenset({"format", "concept", "depth"})
_OF_CONCEPTS: Final = frozenset(Walked.model_fields) | {"format", "concept"}
_OF_PATHS: Final = (frozenset(PathQuestion.model_fields) | {"format"}) - {"evidence"}
_AT_ONCE: Final = 500
"""Claims that are read together."""


def find_selection(network: KnowledgeGraph, question: ExportQuestion) -> Selection | None:
    """The part that the question asks for; None for everything.

    Raises:
        InvalidArgument: parameters that do not go together, or a value that one cannot have.
        UnknownConcept, AmbiguousName: a name of no concept, or of several.
        UnknownArticle, UnknownClaim: an id of no article or claim.
    """
    if question.claim:
        return _named(network, question)
    if question.source is not None or question.target is not None:
        return _chains(network, question)
    if question.concept:
        _refuse_others(question, _OF_CONCEPTS, "'source' and 'target'")
        return _around(network, question) if question.depth else _alone(network, question)
    if question.article:
        _refuse_others(question, _OF_ARTICLES, "'concept'", "'source' and 'target'")
        known_articles(network, question.article)
        return stated_by(network, question.filter)
    _refuse_others(question, _OF_ALL, "'concept'", "'source' and 'target'")
    return None


def _named(network: KnowledgeGraph, question: ExportQuestion) -> Selection:
    for name in sorted(question.model_fields_set - _OF_CLAIMS):
        raise InvalidArgument(name, getattr(question, name), "to go without 'claim'")
    known_articles(network, question.article)
    return these(_claims(network, question.claim), articles=frozenset(question.article))


def _claims(network: KnowledgeGraph, asked: Iterable[str]) -> Iterator[Claim]:
    for some in batches(asked, _AT_ONCE):
        network.read_ahead(map(claim_curie, some))
        yield from (get_claim(network, each) for each in some)


def _alone(network: KnowledgeGraph, question: ExportQuestion) -> Selection:
    for name in sorted(question.model_fields_set - _OF_CONCEPTS_ALONE):
        raise InvalidArgument(name, getattr(question, name), "to go with a 'depth' of 1 to 3")
    return alone(network.lexicon.get(name).id for name in question.concept)


def _around(network: KnowledgeGraph, question: ExportQuestion) -> Selection:
    if len(question.concept) > MOST:
        expected = f"at most {MOST} with what is linked to them; 'depth' 0 takes concepts alone"
        raise InvalidArgument("concept", len(question.concept), expected)
    relations = chosen_relations(question.predicate, question.direction)
    known_articles(network, question.article)
    return near(
        network,
        [network.lexicon.get(name).id for name in question.concept],
        Pattern(relations.direction, relations.predicates),
        depth=question.depth,
        kinds=frozenset(question.kind),
        filter=question.filter,
    )


def _chains(network: KnowledgeGraph, question: ExportQuestion) -> Selection:
    for name, value, other in (("source", question.source, "target"), ("target", question.target, "source")):
        if value is None:
            raise InvalidArgument(other, getattr(question, other), f"to go with '{name}'")
    if question.concept:
        raise InvalidArgument("concept", question.concept[0], "to go without 'source' and 'target'")
    _refuse_others(question, _OF_PATHS, "'concept'")
    given: dict[str, Any] = {
        name: getattr(question, name) for name in _OF_PATHS & question.model_fields_set if name != "format"
    }
    asked = PathQuestion.model_construct(**given)
    source, target = network.lexicon.get(asked.source), network.lexicon.get(asked.target)
    found = search_paths(network, source, target, asked)
    return along(found.paths, ends=(source.id, target.id), truncated=found.truncated)


def _refuse_others(question: ExportQuestion, known: frozenset[str], *partners: str) -> None:
    for name in sorted(question.model_fields_set - known):
        partner = partners[0] if name in _OF_CONCEPTS or len(partners) == 1 else partners[1]
        raise InvalidArgument(name, getattr(question, name), f"to go with {partner}")
