"""`/v1/export`: the graph, or exactly the part that was asked for, in the formats of other tools, as a stream."""

from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.concurrency import run_in_threadpool

from api.claims import get_claim, known_articles
from api.current import Current
from api.flowing import Places, flow
from api.paths import search_paths
from api.problems import PROBLEM_RESPONSE, RESPONSES, Refused
from api.questions import Bounded, ExportQuestion, PathQuestion, Walked, known_parameters_only
from api.relations import chosen_relations
from graph.export.formats import FORMATS, export, get_format, names
from graph.export.near import near
from graph.export.selection import Selection, along
from graph.export.stated import stated_by, these
from graph.knowledge import KnowledgeGraph
from graph.neighbours import Pattern
from ontology.errors import InvalidArgument

router = APIRouter(prefix="/v1/export", tags=["export"], dependencies=[Depends(known_parameters_only)])

_OF_ALL: Final = frozenset({"format", "negated"})
_OF_CLAIMS: Final = frozenset({"format", "claim", "article"})
_OF_ARTICLES: Final = frozenset(Bounded.model_fields) | {"format", "article", "negated"}
_OF_CONCEPTS: Final = frozenset(Walked.model_fields) | {"format", "concept"}
_OF_PATHS: Final = (frozenset(PathQuestion.model_fields) | {"format"}) - {"evidence"}
_CONTENT: Final[dict[str, object]] = {known.media_type: {} for known in FORMATS.values()}
_PLACES: Final = Places()


@router.get(
    "",
    response_class=Response,
    responses={
        **RESPONSES,
        200: {"description": "A file in the format asked for.", "content": _CONTENT},
        406: {**PROBLEM_RESPONSE, "description": "No such format; `detail` lists those there are."},
        429: {**PROBLEM_RESPONSE, "description": "Too many exports are being written."},
    },
)
async def export_graph(request: Request, reading: Current, question: Annotated[ExportQuestion, Query()]) -> Response:
    """Everything, or the part that is named: exactly what `neighbours` or `paths` answers, or claims.

    `concept` goes with the parameters of `neighbours`, `source` and `target` with those of `paths`. `article` alone
    takes what these articles state, and each claim with their sentences only; `claim` takes the claims that it names,
    with `article` what these articles say of them. The whole in RDF holds the ontology and the vocabulary too. Denied
    claims are edges where `negated` asks for them or `claim` names them. Rows and triples are sorted, so that the same
    graph gives the same bytes; the answer is sent while it is made. The header `Truncated` says that more belongs to
    the part than is looked for.
    """
    accept = question.format or request.headers.get("accept") or "*/*"
    chosen = get_format(accept)
    if chosen is None:
        raise Refused(406, f"nothing can be exported as {accept[:200]!r}; there are: {names(FORMATS.values())}")
    selection = await run_in_threadpool(find_selection, reading.network, question)
    headers = {
        "Content-Disposition": f'attachment; filename="etiograph{chosen.suffix}"',
        "Cache-Control": "no-cache",
        "ETag": reading.etag,
    }
    if selection is not None and selection.truncated:
        headers["Truncated"] = "links"
    if request.scope.get("headless"):
        return Response(media_type=chosen.media_type, headers=headers)
    network = reading.network
    return await flow(
        lambda write: export(network, chosen, write, selection=selection, negated=question.negated),
        _PLACES,
        chosen.media_type,
        headers,
    )


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
        return _around(network, question)
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
    claims = (get_claim(network, asked) for asked in question.claim)
    return these(claims, articles=frozenset(question.article))


def _around(network: KnowledgeGraph, question: ExportQuestion) -> Selection:
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
