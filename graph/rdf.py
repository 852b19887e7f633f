"""Concepts, articles, claims and evidence as RDF. The way back is `graph.reading`.

Triples are pyoxigraph's, all of the default graph. Every function answers a set of triples that stand for the one
thing it is given; roll-ups of a claim, its plain link and the context around a quote are derived from the rest.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final, TypeAlias

from pyoxigraph import Literal, NamedNode, Triple

from graph import nodes
from ontology.article import Article, Extraction, Source
from ontology.claim import Claim, Concept, Evidence, Name
from ontology.terms import ETIO, PREFIXES, Kind, MappingRelation, NameType

CONTEXT: Final = 32
"""Characters of `oa:prefix` and `oa:suffix`."""

Term: TypeAlias = NamedNode | Literal

TYPE: Final = nodes.term("rdf:type")
SUBJECT: Final = nodes.term("rdf:subject")
OBJECT: Final = nodes.term("rdf:object")
HAS_EVIDENCE: Final = nodes.term("etio:evidence")
HAS_SOURCE: Final = nodes.term("oa:hasSource")
ARTICLE: Final = nodes.term("etio:Article")
CLAIM: Final = nodes.term("etio:Claim")
CONCEPT: Final = nodes.term("skos:Concept")
USUAL_KIND: Final = nodes.term("etio:usualKind")
NAMES: Final[Mapping[NameType, str]] = {
    NameType.EXACT: PREFIXES["skos"] + "altLabel",
    NameType.LAY: ETIO + "layName",
    NameType.ABBREVIATION: ETIO + "abbreviation",
    NameType.HIDDEN: PREFIXES["skos"] + "hiddenLabel",
}
"""The property of each kind of name, as in the curated vocabulary's files."""

MAPPINGS: Final[Mapping[MappingRelation, str]] = {
    relation: PREFIXES["skos"] + relation.value for relation in MappingRelation
}

CONCEPT_PROPERTIES: Final = (
    TYPE,
    USUAL_KIND,
    *map(nodes.term, ("skos:prefLabel", "skos:definition", "etio:provisional", *NAMES.values(), *MAPPINGS.values())),
)
"""The properties that say what a concept is; others link it to what may be many thousands."""


def concept_triples(concept: Concept) -> set[Triple]:
    """What the store holds of a concept. The first of several kinds is also its `etio:usualKind`."""
    node = nodes.term(concept.id)
    values: list[tuple[str, Term | None]] = [
        ("rdf:type", CONCEPT),
        *(("rdf:type", nodes.term(kind.iri)) for kind in concept.kinds),
        ("etio:usualKind", nodes.term(concept.kinds[0].iri) if len(concept.kinds) > 1 else None),
        ("skos:prefLabel", Literal(concept.label)),
        *((NAMES[name.type], Literal(name.text)) for name in concept.names),
        *((MAPPINGS[mapping.relation], nodes.term(mapping.curie)) for mapping in concept.mappings),
        ("skos:definition", _text(concept.definition)),
        ("etio:provisional", Literal(concept.provisional) if concept.provisional else None),
    ]
    return _triples(node, values)


def article_triples(article: Article, *, extractor: str | None = None) -> set[Triple]:
    """The bibliographic description, the text and its digest, what read it last, and the publication it restates."""
    restated = nodes.restated_node(article.id)
    values: list[tuple[str, Term | None]] = [
        ("rdf:type", ARTICLE),
        ("dcterms:title", Literal(article.title)),
        ("dcterms:license", _text(article.licence)),
        ("etio:text", Literal(article.text)),
        ("etio:format", Literal(article.format)),
        ("etio:sha256", Literal(article.sha256)),
        ("etio:extractor", _text(extractor)),
        ("etio:sourceTitle", _text(article.source.title)),
        *_source(article.source),
        ("etio:restates", restated if article.restates else None),
    ]
    triples = _triples(nodes.article_node(article.id), values)
    if article.restates:
        triples |= _triples(restated, [("dcterms:title", _text(article.restates.title)), *_source(article.restates)])
    return triples


def claim_triples(claim: Claim) -> set[Triple]:
    """The claim's node with its roll-ups and the plain link where it is affirmed; its evidence is only pointed to."""
    subject, predicate, object_ = nodes.term(claim.subject), nodes.term(claim.predicate.iri), nodes.term(claim.object)
    values: list[tuple[str, Term | None]] = [
        ("rdf:type", CLAIM),
        ("rdf:subject", subject),
        ("rdf:predicate", predicate),
        ("rdf:object", object_),
        ("etio:negated", Literal(claim.negated)),
        ("etio:certainty", Literal(claim.certainty.value)),
        ("etio:frequency", _text(claim.frequency)),
        ("etio:belief", nodes.decimal(claim.belief)),
        ("etio:articleCount", Literal(len(claim.articles))),
        *(("etio:evidence", nodes.evidence_node(claim.id, statement)) for statement in claim.evidence),
    ]
    triples = _triples(nodes.term(claim.id), values)
    if not claim.negated:
        triples.add(Triple(subject, predicate, object_))
    return triples


def evidence_triples(claim_id: str, statement: Evidence, article: Article) -> set[Triple]:
    """One statement with its two selectors; `article` is the one it stands in."""
    node = nodes.evidence_node(claim_id, statement)
    quote, position = nodes.quote_node(node), nodes.position_node(node)
    before = article.text[max(0, statement.start - CONTEXT) : statement.start]
    after = article.text[statement.end : statement.end + CONTEXT]
    frequency_class = statement.frequency_class
    values: list[tuple[str, Term | None]] = [
        ("rdf:type", nodes.term("etio:Evidence")),
        ("oa:hasSource", nodes.article_node(statement.article)),
        ("oa:hasSelector", quote),
        ("oa:hasSelector", position),
        ("prov:wasDerivedFrom", nodes.version_node(article.id, article.sha256)),
        ("etio:certainty", Literal(statement.certainty.value)),
        ("etio:certaintyCue", _text(statement.certainty_cue)),
        ("etio:frequency", _text(statement.frequency)),
        ("etio:frequencyClass", nodes.term(frequency_class) if frequency_class is not None else None),
        ("etio:qualifier", _text(statement.qualifier)),
        ("etio:rule", Literal(statement.rule)),
        ("etio:extractor", Literal(statement.extractor)),
        ("etio:section", Literal(nodes.heading_path(statement.section)) if statement.section else None),
        ("etio:subjectMention", Literal(statement.subject_mention)),
        ("etio:objectMention", Literal(statement.object_mention)),
        ("etio:subjectKind", nodes.term(statement.subject_kind.iri)),
        ("etio:objectKind", nodes.term(statement.object_kind.iri)),
    ]
    return (
        _triples(node, values)
        | _triples(
            quote,
            [
                ("rdf:type", nodes.term("oa:TextQuoteSelector")),
                ("oa:exact", Literal(statement.quote)),
                ("oa:prefix", Literal(before)),
                ("oa:suffix", Literal(after)),
            ],
        )
        | _triples(
            position,
            [
                ("rdf:type", nodes.term("oa:TextPositionSelector")),
                ("oa:start", Literal(statement.start)),
                ("oa:end", Literal(statement.end)),
            ],
        )
    )


def own_triples(extraction: Extraction) -> set[Triple]:
    """What only this article has in the store: its description, and its statements with their selectors."""
    triples = article_triples(extraction.article, extractor=extraction.extractor)
    for claim in extraction.claims:
        for statement in claim.evidence:
            triples |= evidence_triples(claim.id, statement, extraction.article)
    return triples


def provisional_concept(concept_id: str, claims: Iterable[Claim]) -> Concept:
    """The concept that words of articles made, from the claims that speak of it; see `provisional_of`."""
    return provisional_of(concept_id, kind_counts(concept_id, claims))


def kind_counts(concept_id: str, claims: Iterable[Claim]) -> Counter[Kind]:
    """How many statements of these claims take the concept for which kind."""
    counts: Counter[Kind] = Counter()
    for claim in claims:
        for statement in claim.evidence:
            for end, kind in ((claim.subject, statement.subject_kind), (claim.object, statement.object_kind)):
                if end == concept_id:
                    counts[kind] += 1
    return counts


def provisional_of(concept_id: str, counts: Mapping[Kind, int]) -> Concept:
    """The concept that words of articles made: its label is the words of its id, its kinds the most frequent first."""
    order = list(Kind)
    kinds = sorted(counts, key=lambda kind: (-counts[kind], order.index(kind)))
    label = concept_id.removeprefix("etiop:").replace("_", " ")
    return canonical(Concept(concept_id, label, tuple(kinds), provisional=True))


def canonical(concept: Concept) -> Concept:
    """The concept as it is read back: kinds after the first in the order of `Kind`, names by type and text."""
    kinds, types = list(Kind), list(NameType)
    others = sorted(set(concept.kinds[1:]) - set(concept.kinds[:1]), key=kinds.index)
    names = sorted(set(concept.names), key=lambda name: (types.index(name.type), name.text))
    mappings = sorted(set(concept.mappings), key=lambda mapping: (mapping.relation.value, mapping.curie))
    return Concept(
        id=concept.id,
        label=concept.label,
        kinds=(*concept.kinds[:1], *others),
        names=tuple(Name(name.text, name.type) for name in names),
        mappings=tuple(mappings),
        definition=concept.definition,
        provisional=concept.provisional,
    )


def _source(source: Source) -> list[tuple[str, Term | None]]:
    return [
        ("dcterms:creator", _text(source.author)),
        ("dcterms:publisher", _text(source.publisher)),
        ("dcterms:date", _text(source.date)),
        ("dcterms:source", _text(source.url)),
    ]


def _text(value: str | None) -> Literal | None:
    return None if value is None else Literal(value)


def _triples(node: NamedNode, values: Iterable[tuple[str, Term | None]]) -> set[Triple]:
    return {Triple(node, nodes.term(name), value) for name, value in values if value is not None}
