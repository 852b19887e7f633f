"""What must hold of an extraction before the store takes it.

The shapes say most of it (`ontology.shapes`). What they cannot say is checked here: that quotes stand where they
are said to stand, that evidence is of this article and tells itself apart, and that every concept is described.
The shapes are asked through `graph.constraints`; the SHACL engine only has to tell what is wrong.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import NamedNode, Triple

from graph import nodes
from graph.constraints import conforms
from graph.layer import Layer
from graph.rdf import (
    claim_triples,
    concept_triples,
    own_triples,
    provisional_concept,
)
from graph.rdflibgraph import rdflib_graph
from ontology.article import Extraction
from ontology.claim import Claim, Concept, Evidence
from ontology.errors import InvalidClaims
from ontology.shapes import violations


@dataclass(frozen=True, slots=True)
class Stated:
    """What an article states, as triples: itself with its evidence, and each of its claims in their order."""

    own: frozenset[Triple]
    claims: tuple[frozenset[Triple], ...]


def check(extraction: Extraction, layer: Layer) -> Stated:
    """The extraction as triples, if the store may take it.

    Raises:
        InvalidClaims: with one line a violation, those of the shapes only when there is no other.
    """
    report = tuple(_violations(extraction, layer))
    if report:
        raise InvalidClaims(extraction.article.id, report)
    stated = _stated(extraction)
    triples = stated.own.union(*stated.claims, _concepts(extraction, layer))
    if not conforms(triples):
        report = violations(rdflib_graph(triples))
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


def _problem_of_id(concept_id: str) -> str | None:
    try:
        node = nodes.term(concept_id)
    except ValueError as error:
        return f"{concept_id!r} makes no IRI: {error}"
    return None if nodes.curie(node) == concept_id else f"{concept_id!r} is written {nodes.curie(node)!r}"


def _stated(extraction: Extraction) -> Stated:
    return Stated(
        frozenset(own_triples(extraction)), tuple(frozenset(claim_triples(claim)) for claim in extraction.claims)
    )


def _concepts(extraction: Extraction, layer: Layer) -> set[Triple]:
    triples: set[Triple] = set()
    used: dict[str, list[Claim]] = {}
    for claim in extraction.claims:
        for end in (claim.subject, claim.object):
            used.setdefault(end, []).append(claim)
    described = {concept.id: concept for concept in extraction.concepts}
    for concept_id, claims in used.items():
        node = nodes.term(concept_id)
        if node in layer.concepts:
            triples |= layer.by_subject[node]
        else:
            triples |= concept_triples(foreign(concept_id, claims, described))
    return triples


def foreign(concept_id: str, claims: list[Claim], described: dict[str, Concept]) -> Concept:
    """The concept outside the curated vocabulary: as described or, when provisional, as its claims make it."""
    return provisional_concept(concept_id, claims) if is_provisional(concept_id) else described[concept_id]
