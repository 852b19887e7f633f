"""What must hold of an extraction before the store takes it.

The shapes say most of it (`graph.shacl`). What they cannot say is checked here: that quotes stand where they
are said to stand, that evidence is of this article and tells itself apart, and that every concept is described.
The shapes are asked of the values first (`graph.foreseen`), then of the triples (`graph.constraints`), which alone know
unusual cases; the SHACL engine only has to tell what is wrong.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from pyoxigraph import NamedNode, Triple

from graph import nodes
from graph.constraints import conforms
from graph.foreseen import all_conform
from graph.layer import Layer
from graph.rdf import article_said, claim_said, concept_said, evidence_said, provisional_concept, statements_of
from graph.said import Said, triples_of
from graph.shacl import violations
from ontology.article import Extraction
from ontology.claim import Claim, Concept, Evidence
from ontology.errors import InvalidClaims


@dataclass(frozen=True, slots=True)
class Stated:
    """What an article states: what is said of itself and its evidence, and of each of its claims in their order."""

    own: tuple[Said, ...]
    claims: tuple[tuple[Said, ...], ...]


def check(extraction: Extraction, layer: Layer) -> Stated:
    """What the extraction states, if the store may take it.

    Raises:
        InvalidClaims: with one line a violation, those of the shapes only when there is no other.
    """
    report = tuple(_violations(extraction, layer))
    if report:
        raise InvalidClaims(extraction.article.id, report)
    stated = _stated(extraction)
    curated, described = _concepts(extraction, layer)
    said = (*stated.own, *chain.from_iterable(stated.claims), *map(concept_said, described))
    if not all_conform(said, curated):
        triples = triples_of(said).union(*curated.values())
        report = () if conforms(triples) else violations(triples)
        if report:
            raise InvalidClaims(extraction.article.id, report)
    return stated


def is_provisional(concept_id: str) -> bool:
    """Whether the id is one minted from an article's words."""
    return concept_id.startswith("etiop:")


def _violations(extraction: Extraction, layer: Layer) -> Iterator[str]:
    described = {concept.id for concept in extraction.concepts}
    seen: set[str] = set()
    for claim in extraction.claims:
        if claim.id in seen:
            yield f"{claim.id}: given twice; merge its evidence"
        seen.add(claim.id)
        if not claim.evidence:
            yield f"{claim.id}: no evidence"
        for end in (claim.subject, claim.object):
            problem = _problem_of_id(end)
            if problem:
                yield f"{claim.id}: {problem}"
            elif end not in described and not is_provisional(end) and nodes.term(end) not in layer.concepts:
                yield f"{claim.id}: {end} is not among the extraction's concepts"
        yield from _violations_of_evidence(claim, extraction)


def _violations_of_evidence(claim: Claim, extraction: Extraction) -> Iterator[str]:
    article = extraction.article
    seen: dict[NamedNode, Evidence] = {}
    for statement in claim.evidence:
        where = f"{claim.id}, {statement.start}–{statement.end}"
        if statement.article != article.id:
            yield f"{where}: evidence of {statement.article!r} among the claims of {article.id!r}"
        elif not 0 <= statement.start < statement.end <= len(article.text):
            yield f"{where}: outside the article's {len(article.text)} characters"
        elif article.text[statement.start : statement.end] != statement.quote:
            yield f"{where}: the quote is not what stands there"
        if seen.setdefault(nodes.evidence_node(claim.id, statement), statement) != statement:
            yield f"{where}: two statements of one rule with the same mentions differ; keep one"


@lru_cache(maxsize=8192)
def _problem_of_id(concept_id: str) -> str | None:
    try:
        node = nodes.term(concept_id)
    except ValueError as error:
        return f"{concept_id!r} makes no IRI: {error}"
    return None if nodes.curie(node) == concept_id else f"{concept_id!r} is written {nodes.curie(node)!r}"


def _stated(extraction: Extraction) -> Stated:
    own = article_said(extraction.article, extractor=extraction.extractor)
    claims: list[tuple[Said, ...]] = []
    for claim in extraction.claims:
        evidence = statements_of(claim)
        claims.append(tuple(claim_said(claim, evidence)))
        for node, statement in evidence.items():
            own += evidence_said(node, statement, extraction.article)
    return Stated(tuple(own), tuple(claims))


def _concepts(extraction: Extraction, layer: Layer) -> tuple[dict[NamedNode, frozenset[Triple]], list[Concept]]:
    """The concepts that the claims speak of: those of the layer, each with what it says of them, and the others."""
    curated: dict[NamedNode, frozenset[Triple]] = {}
    used: dict[str, list[Claim]] = {}
    for claim in extraction.claims:
        for end in (claim.subject, claim.object):
            used.setdefault(end, []).append(claim)
    described = {concept.id: concept for concept in extraction.concepts}
    others: list[Concept] = []
    for concept_id, claims in used.items():
        node = nodes.term(concept_id)
        if node in layer.concepts:
            curated[node] = layer.by_subject[node]
        else:
            others.append(foreign(concept_id, claims, described))
    return curated, others


def foreign(concept_id: str, claims: list[Claim], described: dict[str, Concept]) -> Concept:
    """The concept outside the curated vocabulary: as described or, when provisional, as its claims make it."""
    return provisional_concept(concept_id, claims) if is_provisional(concept_id) else described[concept_id]
