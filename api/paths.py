"""`/v1/paths`: explanatory chains from one concept to another."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response

from api import written
from api.claims import known_articles
from api.current import Current
from api.keptroute import KeptRoute
from api.models import Paths
from api.nopath import no_path_out
from api.problems import RESPONSES
from api.questions import PathQuestion, known_parameters_only
from api.relations import chosen_relations
from graph.claimjson import Fields
from graph.knowledge import KnowledgeGraph
from graph.paths import PathAnswer, find_paths
from ontology.claim import Concept

router = APIRouter(
    prefix="/v1/paths", tags=["paths"], route_class=KeptRoute, dependencies=[Depends(known_parameters_only)]
)


# A plain function: a search may take long, and runs in a thread so that others are answered meanwhile.
@router.get("", response_model=Paths, responses=RESPONSES)
def paths(reading: Current, question: Annotated[PathQuestion, Query()]) -> Response:
    """The best chains from `source` to `target`, best first; ties: fewer hops, higher belief, ids of the concepts.

    Every hop carries its claims and their sentences, every chain the terms of its score and the query that finds its
    sentences again. `limit` is `k`, `total` counts the chains found before the best were taken, `pruned` what the
    filters hid. Where there is no chain, `no_path` says how far the search came from both ends and which filter is in
    the way.
    """
    return reading.send(path_fields(reading.network, question))


def ask_paths(network: KnowledgeGraph, question: PathQuestion) -> Paths:
    """The answer to the question."""
    return Paths.model_validate(path_fields(network, question))


def path_fields(network: KnowledgeGraph, question: PathQuestion) -> Fields:
    """The fields of the answer to the question."""
    source, target = network.lexicon.get(question.source), network.lexicon.get(question.target)
    found = search_paths(network, source, target, question)
    items = [written.path(path, question.evidence) for path in found.paths]
    fields = {
        **written.page(items, limit=question.k, offset=0, total=found.total),
        "source": written.node(source),
        "target": written.node(target),
        "truncated": found.truncated,
        "pruned": dict(found.pruned),
    }
    if found.no_path is not None:
        fields["no_path"] = no_path_out(found.no_path).model_dump(exclude_none=True)
    return fields


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
