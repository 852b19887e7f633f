"""`/v1/articles`: what was read, and what each article says."""

from collections import Counter
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Response

from api.claims import known_articles
from api.current import Current
from api.models import ArticleOut, ArticleText, ClaimOut, Page
from api.problems import RESPONSES
from api.questions import Paging, known_parameters_only
from api.wire import article_out, article_text, claim_out
from graph.neighbours import Filter
from graph.network import Network
from ontology.article import Article
from ontology.claim import Claim

router = APIRouter(prefix="/v1/articles", tags=["articles"], dependencies=[Depends(known_parameters_only)])

ArticleId = Annotated[str, Path(max_length=200, description="Id of an article.", examples=["blood-in-mucus"])]


@router.get("", response_model=Page[ArticleOut], responses={422: RESPONSES[422], 503: RESPONSES[503]})
async def articles(reading: Current, question: Annotated[Paging, Query()]) -> Response:
    """Every article without its text, by id."""
    found = tuple(reading.network.articles.values())
    stated = claims_by_article(reading.network)
    stretch = found[question.offset : question.offset + question.limit]
    return reading.send(
        Page[ArticleOut](
            limit=question.limit,
            offset=question.offset,
            total=len(found),
            items=tuple(article_out(article, stated[article.id]) for article in stretch),
        )
    )


@router.get("/{id}/claims", response_model=Page[ClaimOut], responses=RESPONSES)
async def article_claims(reading: Current, id: ArticleId, question: Annotated[Paging, Query()]) -> Response:
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
async def article(reading: Current, id: ArticleId) -> Response:
    """The article with its text; offsets of evidence count characters in it."""
    found = get_article(reading.network, id)
    return reading.send(article_text(found, len(claims_of(reading.network, found))))


def get_article(network: Network, asked: str) -> Article:
    """The article with this id.

    Raises:
        UnknownArticle: there is none.
    """
    (known,) = known_articles(network, [asked])
    return network.articles[known]


def claims_of(network: Network, article: Article) -> tuple[Claim, ...]:
    """What the article says: its claims with its own evidence alone, by first place in the text, then id."""
    alone = Filter(articles=frozenset({article.id}))
    found = (claim for claim in map(alone.narrow, network.claims.values()) if claim is not None)
    return tuple(sorted(found, key=lambda claim: (claim.evidence[0].start, claim.evidence[0].end, claim.id)))


def claims_by_article(network: Network) -> Counter[str]:
    """How many claims each article states or denies."""
    return Counter(article for claim in network.claims.values() for article in claim.articles)
