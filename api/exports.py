"""`/v1/export`: the graph, or exactly the part that was asked for, in the formats of other tools."""

from collections.abc import Iterable
from typing import Annotated, Final

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.concurrency import run_in_threadpool

from api.claims import known_articles
from api.current import Current, CurrentGraph, tag_of
from api.problems import RESPONSES
from api.questions import ExportQuestion, known_parameters_only
from api.relations import chosen_relations
from graph.export.formats import FORMATS, export_part, export_whole
from graph.export.part import Part, around
from graph.knowledge import KnowledgeGraph
from graph.snapshot import Snapshot
from ontology.errors import InvalidArgument

router = APIRouter(prefix="/v1/export", tags=["export"], dependencies=[Depends(known_parameters_only)])

_FILTERS: Final = frozenset(ExportQuestion.model_fields) - {"format", "concept"}
_CONTENT: Final[dict[str, object]] = {known.media_type: {} for known in FORMATS.values()}


@router.get(
    "",
    response_class=Response,
    responses={**RESPONSES, 200: {"description": "A file in the format asked for.", "content": _CONTENT}},
)
async def export(request: Request, reading: Current, question: Annotated[ExportQuestion, Query()]) -> Response:
    """Without `concept` everything; with it these concepts and the claims that `neighbours` answers for them.

    The whole in Turtle or N-Quads holds the ontology and the vocabulary too. Rows and triples are sorted.
    """
    current: CurrentGraph = request.app.state.current
    chosen = FORMATS[question.format]
    headers = {
        "Content-Disposition": f'attachment; filename="etiograph{chosen.suffix}"',
        "Cache-Control": "no-cache",
        "ETag": reading.etag,
    }
    if question.concept:
        part = await run_in_threadpool(_part, reading.network, question)
        content = await run_in_threadpool(export_part, part, question.format)
        return Response(content, media_type=chosen.media_type, headers=headers)
    stray = sorted(question.model_fields_set & _FILTERS)
    if stray:
        raise InvalidArgument(stray[0], getattr(question, stray[0]), "to go with 'concept'")
    with Snapshot.open(current.folder) as snapshot:
        headers["ETag"] = tag_of(request, snapshot.hash)
        content = await run_in_threadpool(export_whole, snapshot, question.format)
    return Response(content, media_type=chosen.media_type, headers=headers)


def part_of(network: KnowledgeGraph, names: Iterable[str], *, depth: int) -> Part:
    """The concepts with these names and all that is linked to them within `depth` links.

    Raises:
        UnknownConcept, AmbiguousName: a name of no concept, or of several.
    """
    return around(network, [network.lexicon.get(name).id for name in names], depth=depth)


def _part(network: KnowledgeGraph, question: ExportQuestion) -> Part:
    relations = chosen_relations(question.predicate, question.direction)
    return around(
        network,
        [network.lexicon.get(name).id for name in question.concept],
        depth=question.depth,
        direction=relations.direction,
        predicates=relations.predicates,
        kinds=frozenset(question.kind),
        negated=question.negated,
        min_certainty=question.min_certainty,
        min_articles=question.min_articles,
        articles=known_articles(network, question.article),
    )
