"""`/v1/articles`: what was read, and what each article says."""

from itertools import islice
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Response

from api.claims import known_articles
from api.current import Current
from api.keptroute import KeptRoute
from api.models import ArticleOut, ArticleText, ClaimOut, Page
from api.problems import RESPONSES
from api.questions import Paging, known_parameters_only
from api.wire import article_out, article_text, claim_out
from graph.knowledge import KnowledgeGraph
from graph.neighbours import Filter
from ontology.article import Article
from ontology.claim import Claim

router = APIRouter(
    prefix="/v1/articles", tags=["articles"], route_class=KeptRoute, dependencies=[Depends(known_parameters_only)]
)

ArticleId = Annotated[str, Path(max_length=200, description="Id of an article.", examples=["blood-in-mucus"])]


@router.get("", response_model=Page[ArticleOut], responses={422: RESPONSES[422], 503: RESPONSES[503]})
def articles(reading: Current, question: Annotated[Paging, Query()]) -> Response:
    """Every article without its text, by id."""
    network = reading.network
    stretch = tuple(islice(network.articles, question.offset, question.offset + question.limit))
    return reading.send(
        Page[ArticleOut](
            limit=question.limit,
            offset=question.offset,
            total=len(network.articles),
            items=tuple(article_out(network.articles[key], len(network.stated_in(key))) for key in stretch),
        )
    )


@router.get("/{id}/claims", response_model=Page[ClaimOut], responses=RESPONSES)
def article_claims(reading: Current, id: ArticleId, question: Annotated[Paging, Query()]) -> Response:
    """What the article says, in the order of its text; evidence and belief are those of this article alone."""
    article = get_article(reading.network, id)
    found = claims_of(reading.network, article)
    stretch = found[question.offset : question.offset + question.limit]
    return reading.send(
        Page[ClaimOut](
            limit=question.limit,
            offset=question.offset,
            total=len(found),
            items=tuple(claim_out(reading.network, claim) for claim in stretch),
        )
    )


@router.get("/{id}", response_model=ArticleText, responses=RESPONSES)
def article(reading: Current, id: ArticleId) -> Response:
    """The article with its text; offsets of evidence count characters in it."""
    found = get_article(reading.network, id)
    return reading.send(article_text(found, len(reading.network.stated_in(found.id))))


def get_article(network: KnowledgeGraph, asked: str) -> Article:
    """The article with this id.

    Raises:
        UnknownArticle: there is none.
    """
    (known,) = known_articles(network, [asked])
    return network.articles[known]


def claims_of(network: KnowledgeGraph, article: Article) -> tuple[Claim, ...]:
    """What the article says: its claims with its own evidence alone, by first place in the text, then id."""
    alone = Filter(articles=frozenset({article.id}))
    stated = (alone.narrow(network.claims[claim_id]) for claim_id in network.stated_in(article.id))
    found = (claim for claim in stated if claim is not None)
    return tuple(sorted(found, key=lambda claim: (claim.evidence[0].start, claim.evidence[0].end, claim.id)))
