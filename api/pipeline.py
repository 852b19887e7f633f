"""From articles to claims and to the store. Ingests of any size are streams: `api.ingesting`."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from api.ingesting import Report, ingest_paths, two_of_one_id
from api.preparing import sentences_of
from api.progress import Progress, Status, unseen
from graph.layer import bundled
from graph.prepared import Prepared, prepare
from graph.store import Snapshot, Store
from ingest.article import bundled_articles, read_articles
from ontology.article import Article, Extraction
from ontology.claim import Claim, Concept, evidence_order, united
from ontology.errors import EtiographError, InvalidClaims, UnreadableArticle

__all__ = ["Report", "ingest_bundled", "ingest_paths", "put", "read"]


@dataclass(frozen=True, slots=True)
class Read:
    """What was read: extractions by id of the article, and what could not be read, in order."""

    extractions: tuple[Extraction, ...]
    rejected: tuple[EtiographError, ...]


def read(paths: Iterable[str | Path], *, progress: Progress = unseen) -> Read:
    """The claims of every article that `paths` name.

    Of two articles with one id and different texts the first is read, the other rejected, as is one without a sentence.
    """
    articles: dict[str, Article] = {}
    rejected: list[EtiographError] = []
    for article in read_articles(paths):
        if isinstance(article, UnreadableArticle):
            rejected.append(article)
        elif articles.setdefault(article.id, article).text != article.text:
            rejected.append(two_of_one_id(article.id))
    found = []
    for number, article in enumerate(articles.values()):
        progress(Status(number, number / len(articles)))
        try:
            found.append(sentences_of(article))
        except UnreadableArticle as error:
            rejected.append(error)
    return Read(tuple(sorted(found, key=lambda extraction: extraction.article.id)), tuple(rejected))


def ingest_bundled(folder: Path) -> Report:
    """What came of putting the articles that come with the project into the store.

    Raises:
        StoreInUse: another process is writing there.
    """
    return put(folder, tuple(sentences_of(article) for article in bundled_articles()))


def put(folder: Path, extractions: tuple[Extraction, ...]) -> Report:
    """What came of putting these into the store; those that violate the shapes are rejected, the others stored.

    Raises:
        StoreInUse: another process is writing there.
    """
    prepared: list[Prepared] = []
    rejected: list[InvalidClaims] = []
    for extraction in extractions:
        try:
            prepared.append(prepare(extraction, bundled()))
        except InvalidClaims as error:
            rejected.append(error)
    with Store.open(folder) as store:
        known = store.concepts()
        store.put(prepared)
        store.publish()
    left = [each.extraction for each in prepared]
    concepts = {concept.id for extraction in left for concept in extraction.concepts}
    return Report(
        articles=len(left),
        sentences=sum(extraction.sentences for extraction in left),
        claims=len({claim.id for extraction in left for claim in extraction.claims}),
        new_concepts=len(concepts - known),
        rejected=tuple(rejected),
    )


def merged(extractions: Iterable[Extraction]) -> tuple[Claim, ...]:
    """The claims of all, each once with all its evidence, by first evidence, then id."""
    stated: dict[str, list[Claim]] = {}
    for extraction in extractions:
        for claim in extraction.claims:
            stated.setdefault(claim.id, []).append(claim)
    return tuple(sorted(map(united, stated.values()), key=lambda claim: (evidence_order(claim.evidence[0]), claim.id)))


def concepts_of(extractions: Iterable[Extraction]) -> dict[str, Concept]:
    """Every concept that the extractions speak of, by id; kinds are the union of what the articles take it for."""
    concepts: dict[str, Concept] = {}
    for extraction in extractions:
        for concept in extraction.concepts:
            known = concepts.get(concept.id)
            kinds = tuple(dict.fromkeys((*known.kinds, *concept.kinds))) if known else concept.kinds
            concepts[concept.id] = replace(concept, kinds=kinds)
    return concepts


def remove(folder: Path, article_id: str) -> None:
    """Take an article out of the store.

    Raises:
        StoreMissing: there is no store.
        UnknownArticle: it has no such article.
        StoreInUse: another process is writing there.
    """
    Snapshot.open(folder).close()
    with Store.open(folder) as store:
        store.remove(article_id)
