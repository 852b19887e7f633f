"""Whether a store holds what it must: shapes, quotes, and everything that is derived from evidence."""

from collections.abc import Iterator

from pyoxigraph import Literal, Triple

from api.models import Wire
from graph import nodes
from graph.layer import VERSION, VOCABULARY, bundled
from graph.rdf import (
    article_triples,
    claim_triples,
    concept_triples,
    evidence_triples,
    provisional_concept,
    rdflib_graph,
)
from graph.reading import Descriptions
from graph.store import Snapshot
from graph.stored import about
from ontology.article import Article
from ontology.claim import Claim
from ontology.shapes import violations
from ontology.terms import Predicate

_LINKS = frozenset(predicate.iri for predicate in Predicate)


class CheckOut(Wire):
    """What `etiograph check` looked at and found."""

    articles: int
    claims: int
    evidence: int
    violations: tuple[str, ...]


def check(snapshot: Snapshot) -> CheckOut:
    """What was looked at, and every violation: of quotes first, then of what is derived, then of the shapes."""
    claims = snapshot.claims()
    articles = {article.id: article for article in snapshot.articles()}
    stored = {quad.triple for quad in snapshot.store}
    return CheckOut(
        articles=len(articles),
        claims=len(claims),
        evidence=sum(len(claim.evidence) for claim in claims),
        violations=(
            *_quotes(claims, articles),
            *_derived(stored, _expected(snapshot, claims, articles)),
            *violations(rdflib_graph(stored)),
        ),
    )


def _quotes(claims: tuple[Claim, ...], articles: dict[str, Article]) -> Iterator[str]:
    for claim in claims:
        if not claim.evidence:
            yield f"{claim.id}: no evidence"
        for row in claim.evidence:
            article = articles.get(row.article)
            if article is None:
                yield f"{claim.id}: its article {row.article!r} is not in the store"
            elif article.text[row.start : row.end] != row.quote:
                yield f"{claim.id}: {row.article} {row.start}–{row.end} is not the quote {row.quote!r}"


def _expected(snapshot: Snapshot, claims: tuple[Claim, ...], articles: dict[str, Article]) -> set[Triple]:
    """Everything that the store must hold, made anew from its articles and evidence."""
    expected = set(bundled().triples)
    for article in articles.values():
        expected |= article_triples(article, extractor=_extractor(snapshot, article))
    for claim in claims:
        expected |= claim_triples(claim)
        for row in claim.evidence:
            if row.article in articles:
                expected |= evidence_triples(claim.id, row, articles[row.article])
    used = {end for claim in claims for end in (claim.subject, claim.object)}
    for concept in snapshot.concepts():
        if nodes.term(concept.id) not in bundled().concepts and concept.id in used:
            expected |= concept_triples(provisional_concept(concept.id, claims) if concept.provisional else concept)
    return expected


def _extractor(snapshot: Snapshot, article: Article) -> str | None:
    node = nodes.article_node(article.id)
    return Descriptions(about(snapshot.store, node)).find(node, "etio:extractor")


def _derived(stored: set[Triple], expected: set[Triple]) -> Iterator[str]:
    if Triple(VOCABULARY, VERSION, Literal(bundled().version)) not in stored:
        yield "the vocabulary in the store is of another version of the software; ingest any article to renew it"
        return
    for triple in sorted(expected - stored, key=str):
        yield f"{'affirmed claim without its link' if _is_link(triple) else 'missing'}: {_line(triple)}"
    for triple in sorted(stored - expected, key=str):
        yield f"{'link without an affirmed claim' if _is_link(triple) else 'follows from no evidence'}: {_line(triple)}"


def _is_link(triple: Triple) -> bool:
    return triple.predicate.value in _LINKS


def _line(triple: Triple) -> str:
    line = str(triple)
    return line if len(line) <= 300 else line[:299] + "…"
