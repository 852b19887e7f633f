"""`/v1/claims`: what the articles say, claim by claim."""

from collections.abc import Iterable
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Response
from rapidfuzz import process

from api import written
from api.current import Current
from api.keptroute import KeptRoute
from api.models import ClaimOut, OneClaim, Page
from api.problems import RESPONSES
from api.questions import ClaimQuestion, known_parameters_only
from api.wire import one_claim
from graph.claimorder import ClaimBounds, in_order, ranked
from graph.knowledge import KnowledgeGraph, Link
from ontology.claim import Claim, claim_iri
from ontology.errors import UnknownArticle, UnknownClaim

router = APIRouter(
    prefix="/v1/claims", tags=["claims"], route_class=KeptRoute, dependencies=[Depends(known_parameters_only)]
)


@router.get("", response_model=Page[ClaimOut], responses=RESPONSES)
def claims(reading: Current, question: Annotated[ClaimQuestion, Query()]) -> Response:
    """Claims with their evidence, best believed first, ties by subject, relation and object."""
    network = reading.network
    total, stretch = find_claims(network, question)
    network.read_ahead(stretch)
    label_of = written.labels_of(network)
    items = [written.claim(network.claims[id], label_of, question.evidence) for id in stretch]
    return reading.send(written.page(items, limit=question.limit, offset=question.offset, total=total))


@router.get("/{id:path}", response_model=OneClaim, responses=RESPONSES)
def claim(
    reading: Current,
    id: Annotated[
        str,
        Path(
            max_length=200,
            description="A claim: CURIE, IRI or its 16 digits.",
            examples=["etio:claim/0123456789abcdef"],
        ),
    ],
) -> Response:
    """One claim with all its evidence, and what each statement adds to the belief in it."""
    return reading.send(one_claim(reading.network, get_claim(reading.network, id)))


def claim_curie(asked: str) -> str:
    """The CURIE that a claim's CURIE, IRI or hash means."""
    return "etio:claim/" + asked.rpartition("/")[2]


def get_claim(network: KnowledgeGraph, asked: str) -> Claim:
    """The claim with this CURIE, IRI or hash.

    Raises:
        UnknownClaim: there is none.
    """
    curie = claim_curie(asked)
    found = network.claims.get(curie)
    if found is None or asked not in (curie, claim_iri(curie), curie.rpartition("/")[2]):
        raise UnknownClaim(asked)
    return found


def known_articles(network: KnowledgeGraph, asked: list[str]) -> frozenset[str]:
    """The ids asked for.

    Raises:
        UnknownArticle: one is the id of no article.
    """
    for article in asked:
        if article not in network.articles:
            near = process.extract(article, network.articles.keys(), limit=3, score_cutoff=60)
            raise UnknownArticle(article, tuple(name for name, _, _ in near))
    return frozenset(asked)


def find_claims(network: KnowledgeGraph, question: ClaimQuestion) -> tuple[int, tuple[str, ...]]:
    """How many claims fit the question, and the ids of those of its stretch, in the order of `graph.claimorder`.

    Raises:
        UnknownConcept, AmbiguousName: a subject or object that is no concept's name, or several's.
        UnknownArticle: an article that there is not.
    """
    subjects = {network.lexicon.get(name).id for name in question.subject}
    objects = {network.lexicon.get(name).id for name in question.object}
    articles = known_articles(network, question.article)
    bounds = ClaimBounds(
        predicates=frozenset(question.predicate),
        negated=question.negated,
        min_certainty=question.min_certainty,
        min_articles=question.min_articles,
    )
    arrays = network.arrays()
    if arrays is not None and not (subjects or objects or articles or question.q):
        return ranked(arrays, bounds, question.offset, question.limit)
    stated = frozenset().union(*map(network.stated_in, articles))
    words = question.q.casefold() if question.q else None
    if words is not None and not (subjects or objects or articles):
        fitting: Iterable[Link] = network.saying(words)
    else:
        fitting = (
            link
            for link in _candidates(network, subjects, objects, stated if articles else None)
            if (not subjects or link.subject in subjects)
            and (not objects or link.object in objects)
            and (not articles or link.id in stated)
            and (words is None or (bounds.holds(link) and _says(network, network.claims[link.id], words)))
        )
    found = in_order(fitting, bounds)
    return len(found), tuple(link.id for link in found[question.offset : question.offset + question.limit])


def _candidates(
    network: KnowledgeGraph, subjects: set[str], objects: set[str], stated: frozenset[str] | None
) -> Iterable[Link]:
    """Claims among which all are that fit: as few as are found without looking at every one."""
    if subjects:
        return (link for subject in subjects for link in network.links_from(subject))
    if objects:
        return (link for object_ in objects for link in network.links_to(object_))
    if stated is not None:
        return (Link.of(network.claims[claim_id]) for claim_id in stated)
    return network.links()


def _says(network: KnowledgeGraph, claim: Claim, words: str) -> bool:
    texts = [network.concepts[claim.subject].label, network.concepts[claim.object].label]
    texts += [row.quote for row in claim.evidence]
    return any(words in text.casefold() for text in texts)
