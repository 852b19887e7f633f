"""Whether a store holds what it must: shapes, quotes, records, and everything that is derived from evidence."""

from collections.abc import Iterator, Mapping

from pyoxigraph import Literal, Quad, Triple

from api.models import Wire
from graph.change import LINKS
from graph.expected import differences
from graph.layer import EMPTY, VERSION, VOCABULARY, bundled
from graph.nodes import DEFAULT
from graph.records.comparing import differing
from graph.records.kept import FOLDER
from graph.records.segment import Damaged
from graph.store import Snapshot
from graph.surroundings import violations_of
from graph.updating.consistency import may_stand
from ontology.article import Article
from ontology.claim import Claim, Concept


class CheckOut(Wire):
    """What `etiograph check` looked at and found."""

    articles: int
    claims: int
    evidence: int
    violations: tuple[str, ...]


def check(snapshot: Snapshot) -> CheckOut:
    """What was looked at, and every violation: of quotes first, then of what is derived, of records, of the shapes."""
    claims, concepts = snapshot.claims(), snapshot.concepts()
    articles = {article.id: article for article in snapshot.articles()}
    return CheckOut(
        articles=len(articles),
        claims=len(claims),
        evidence=sum(len(claim.evidence) for claim in claims),
        violations=(
            *_quotes(claims, articles),
            *_derived(snapshot, claims, concepts, articles),
            *_records(snapshot, claims, concepts),
            *violations_of(snapshot.store, claims),
        ),
    )


def _quotes(claims: tuple[Claim, ...], articles: Mapping[str, Article]) -> Iterator[str]:
    for claim in claims:
        if not claim.evidence:
            yield f"{claim.id}: no evidence"
        for row in claim.evidence:
            article = articles.get(row.article)
            if article is None:
                yield f"{claim.id}: its article {row.article!r} is not in the store"
            elif article.text[row.start : row.end] != row.quote:
                yield f"{claim.id}: {row.article} {row.start}–{row.end} is not the quote {row.quote!r}"


def _derived(
    snapshot: Snapshot, claims: tuple[Claim, ...], concepts: tuple[Concept, ...], articles: Mapping[str, Article]
) -> Iterator[str]:
    versions = list(snapshot.store.quads_for_pattern(VOCABULARY, VERSION, None, DEFAULT))
    layer = bundled() if versions else EMPTY
    if versions and Quad(VOCABULARY, VERSION, Literal(layer.version)) not in versions:
        yield "the vocabulary in the store is of another version of the software; ingest any article to renew it"
        return
    surplus: list[str] = []
    for triple, stored in differences(snapshot.store, layer, concepts, claims, articles):
        is_link = triple.predicate.value in LINKS
        if stored and may_stand(snapshot.store, layer, triple):
            continue
        if stored:
            surplus.append(
                f"{'link without an affirmed claim' if is_link else 'follows from no evidence'}: {_line(triple)}"
            )
        else:
            yield f"{'affirmed claim without its link' if is_link else 'missing'}: {_line(triple)}"
    yield from surplus


def _records(snapshot: Snapshot, claims: tuple[Claim, ...], concepts: tuple[Concept, ...]) -> Iterator[str]:
    try:
        for id in sorted(differing(snapshot.path, claims, concepts)):
            yield f"{id}: its record is not what the triples say; delete {snapshot.path / FOLDER}, it is made anew"
    except Damaged as error:
        yield f"{error}; delete {snapshot.path / FOLDER}, it is made anew"


def _line(triple: Triple) -> str:
    line = str(triple)
    return line if len(line) <= 300 else line[:299] + "…"
