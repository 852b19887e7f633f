"""From articles to the store: the one module where ingest and graph meet."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from graph.rdf import ARTICLE, TYPE
from graph.store import Snapshot, Store
from ingest.article import bundled_articles, read_articles
from ingest.extract import extract
from ontology.article import Article, Extraction
from ontology.claim import Claim, Concept, evidence_order
from ontology.errors import EtiographError, InvalidClaims, StoreMissing, UnreadableArticle
from ontology.lexicon import curated

Progress = Callable[[int, int], None]
"""Called with the number of articles done and of all."""


@dataclass(frozen=True, slots=True)
class Read:
    """What was read: extractions by id of the article, and what could not be read, in order."""

    extractions: tuple[Extraction, ...]
    rejected: tuple[EtiographError, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """What an ingest did. `claims` counts each claim once; `new_concepts` were not in the store before."""

    articles: int
    sentences: int
    claims: int
    new_concepts: int
    rejected: tuple[EtiographError, ...]


def read(paths: Iterable[str | Path], *, progress: Progress | None = None) -> Read:
    """The claims of every article that `paths` name.

    Of two articles with one id and different texts the first is read, the other rejected.
    """
    articles: dict[str, Article] = {}
    rejected: list[EtiographError] = []
    for article in read_articles(paths):
        if isinstance(article, UnreadableArticle):
            rejected.append(article)
        elif articles.setdefault(article.id, article).text != article.text:
            rejected.append(
                UnreadableArticle(article.id, "two different articles have this id; rename one file, or set 'id' in it")
            )
    return Read(extract_all(list(articles.values()), progress=progress), tuple(rejected))


def extract_all(articles: Sequence[Article], *, progress: Progress | None = None) -> tuple[Extraction, ...]:
    """The claims of each article, by id of the article."""
    found = []
    for number, article in enumerate(articles):
        if progress is not None:
            progress(number, len(articles))
        found.append(extract(article))
    if progress is not None:
        progress(len(articles), len(articles))
    return tuple(sorted(found, key=lambda extraction: extraction.article.id))


def ingest_paths(folder: Path, paths: Iterable[str | Path], *, progress: Progress | None = None) -> Report:
    """What came of putting the articles that `paths` name into the store; it is untouched where none can be read.

    Raises:
        StoreInUse: another process is writing there.
    """
    found = read(paths, progress=progress)
    if not found.extractions:
        return Report(0, 0, 0, 0, found.rejected)
    report = put(folder, found.extractions)
    return replace(report, rejected=found.rejected + report.rejected)


def ingest_bundled(folder: Path) -> Report:
    """What came of putting the articles that come with the project into the store.

    Raises:
        StoreInUse: another process is writing there.
    """
    return put(folder, extract_all(bundled_articles()))


def put(folder: Path, extractions: tuple[Extraction, ...]) -> Report:
    """What came of putting these into the store; those that violate the shapes are rejected, the others stored.

    Raises:
        StoreInUse: another process is writing there.
    """
    known = known_concepts(folder)
    left = {extraction.article.id: extraction for extraction in extractions}
    rejected: tuple[InvalidClaims, ...] = ()
    with Store.open(folder) as store:
        try:
            store.replace(left.values())
        except InvalidClaims as error:
            rejected = _one_each(error)
    for refused in rejected:
        del left[refused.source]
    concepts = {concept.id for extraction in left.values() for concept in extraction.concepts}
    return Report(
        articles=len(left),
        sentences=sum(extraction.sentences for extraction in left.values()),
        claims=len({claim.id for extraction in left.values() for claim in extraction.claims}),
        new_concepts=len(concepts - known),
        rejected=rejected,
    )


def _one_each(error: InvalidClaims) -> tuple[InvalidClaims, ...]:
    """The error of several articles as one error an article."""
    sources = error.source.split(", ")
    if len(sources) == 1:
        return (error,)
    return tuple(
        InvalidClaims(
            source, tuple(line.removeprefix(f"{source}: ") for line in error.report if line.startswith(f"{source}: "))
        )
        for source in sources
    )


def known_concepts(folder: Path) -> frozenset[str]:
    """Ids of the concepts in the store, or of those a new store begins with."""
    try:
        with Snapshot.open(folder) as snapshot:
            return frozenset(concept.id for concept in snapshot.concepts())
    except StoreMissing:
        return frozenset(curated().concepts)


def is_empty(folder: Path) -> bool:
    """Whether no article is in the store."""
    try:
        with Snapshot.open(folder) as snapshot:
            return next(snapshot.store.quads_for_pattern(None, TYPE, ARTICLE), None) is None
    except StoreMissing:
        return True


def merged(extractions: Iterable[Extraction]) -> tuple[Claim, ...]:
    """The claims of all, each once with all its evidence, by first evidence, then id."""
    whole: dict[str, Claim] = {}
    for extraction in extractions:
        for claim in extraction.claims:
            known = whole.get(claim.id)
            evidence = (*known.evidence, *claim.evidence) if known else claim.evidence
            whole[claim.id] = replace(claim, evidence=tuple(sorted(evidence, key=evidence_order)))
    return tuple(sorted(whole.values(), key=lambda claim: (evidence_order(claim.evidence[0]), claim.id)))


def concepts_of(extractions: Iterable[Extraction]) -> dict[str, Concept]:
    """Every concept that the extractions speak of, by id; kinds are the union of what the articles take it for."""
    concepts: dict[str, Concept] = {}
    for extraction in extractions:
        for concept in extraction.concepts:
            known = concepts.get(concept.id)
            kinds = tuple(dict.fromkeys((*known.kinds, *concept.kinds))) if known else concept.kinds
            concepts[concept.id] = replace(concept, kinds=kinds)
    return concepts


def make_store(folder: Path) -> None:
    """Make sure that there is a store with a published snapshot, empty if need be.

    Raises:
        StoreInUse: another process is writing there.
    """
    Store.open(folder).close()


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
