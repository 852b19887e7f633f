"""`/v1/paths`: explanatory chains from one concept to another."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response

from api.claims import known_articles
from api.current import Current
from api.models import Paths
from api.nopath import no_path_out
from api.problems import RESPONSES
from api.questions import PathQuestion, known_parameters_only
from api.relations import chosen_relations
from api.wire import node, path_out
from graph.knowledge import KnowledgeGraph
from graph.paths import PathAnswer, find_paths
from ontology.claim import Concept

router = APIRouter(prefix="/v1/paths", tags=["paths"], dependencies=[Depends(known_parameters_only)])


# A plain function: a search may take long, and runs in a thread so that others are answered meanwhile.
@router.get("", response_model=Paths, responses=RESPONSES)
def paths(reading: Current, question: Annotated[PathQuestion, Query()]) -> Response:
    """The best chains from `source` to `target`, best first; ties: fewer hops, higher belief, ids of the concepts.

    Every hop carries its claims and their sentences, every chain the terms of its score and the query that finds its
    sentences again. `limit` is `k`, `total` counts the chains found before the best were taken, `pruned` what the
    filters hid. Where there is no chain, `no_path` says how far the search came from both ends and which filter is in
    the way.
    """
    return reading.send(ask_paths(reading.network, question))


def ask_paths(network: KnowledgeGraph, question: PathQuestion) -> Paths:
    """The answer to the question."""
    source, target = network.lexicon.get(question.source), network.lexicon.get(question.target)
    return _paths(search_paths(network, source, target, question), source, target, question)


def search_paths(network: KnowledgeGraph, source: Concept, target: Concept, question: PathQuestion) -> PathAnswer:
    """The chains from source to target that the question asks for."""

    def get(name: str) -> Concept:
        return network.lexicon.get(name)

    return find_paths(
        network,
        source.id,
        target.id,
        max_hops=question.max_hops,
        k=question.k,
        predicates=chosen_relations(question.predicate, "both").predicates,
        via=frozenset(get(name).id for name in question.via),
        via_kinds=frozenset(question.via_kind),
        avoid=frozenset(get(name).id for name in question.avoid),
        min_certainty=question.min_certainty,
        min_articles=question.min_articles,
        articles=known_articles(network, question.article),
        directed=question.directed,
        rank=question.rank,
    )


def _paths(found: PathAnswer, source: Concept, target: Concept, question: PathQuestion) -> Paths:
    return Paths(
        limit=question.k,
        offset=0,
        total=found.total,
        items=tuple(path_out(path, evidence=question.evidence) for path in found.paths),
        source=node(source),
        target=node(target),
        truncated=found.truncated,
        pruned=dict(found.pruned),
        no_path=no_path_out(found.no_path) if found.no_path else None,
    )
