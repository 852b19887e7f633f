"""Concepts, articles, claims and evidence as RDF. The way back is `graph.reading`.

What is said of each is made once (`graph.said`), whether it is wanted as lines or as triples, which are pyoxigraph's,
all of the default graph. Every function answers what stands for the one thing it is given; roll-ups of a claim, its
plain link and the context around a quote are derived from the rest.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final

from pyoxigraph import NamedNode, Triple

from graph import nodes
from graph.said import Said, Value, triples_of
from ontology.article import Article, Extraction, Source
from ontology.claim import Claim, Concept, Evidence, Name
from ontology.terms import ETIO, PREFIXES, Kind, MappingRelation, NameType, Predicate, contract

CONTEXT: Final = 32
"""Characters of `oa:prefix` and `oa:suffix`."""

TYPE: Final = nodes.term("rdf:type")
SUBJECT: Final = nodes.term("rdf:subject")
OBJECT: Final = nodes.term("rdf:object")
HAS_EVIDENCE: Final = nodes.term("etio:evidence")
HAS_SOURCE: Final = nodes.term("oa:hasSource")
ARTICLE: Final = nodes.term("etio:Article")
CLAIM: Final = nodes.term("etio:Claim")
CONCEPT: Final = nodes.term("skos:Concept")
EVIDENCE: Final = nodes.term("etio:Evidence")
_QUOTE: Final = nodes.term("oa:TextQuoteSelector")
_POSITION: Final = nodes.term("oa:TextPositionSelector")
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

RELATIONS: Final = {predicate: contract(predicate.iri) for predicate in Predicate}
"""The property of each relation, as a CURIE."""

CONCEPT_PROPERTIES: Final = (
    TYPE,
    USUAL_KIND,
    *map(nodes.term, ("skos:prefLabel", "skos:definition", "etio:provisional", *NAMES.values(), *MAPPINGS.values())),
)
"""The properties that say what a concept is; others link it to what may be many thousands."""


def concept_said(concept: Concept) -> Said:
    """What the store holds of a concept. The first of several kinds is also its `etio:usualKind`."""
    kinds = [nodes.term(kind.iri) for kind in concept.kinds]
    linked: dict[str, dict[Value, None]] = {}
    for name in concept.names:
        linked.setdefault(contract(NAMES[name.type]), {})[name.text] = None
    for mapping in concept.mappings:
        linked.setdefault(contract(MAPPINGS[mapping.relation]), {})[nodes.term(mapping.curie)] = None
    return Said(
        nodes.term(concept.id),
        {
            "rdf:type": tuple(dict.fromkeys((CONCEPT, *kinds))),
            "etio:usualKind": kinds[0] if len(kinds) > 1 else None,
            "skos:prefLabel": concept.label,
            **{name: tuple(values) for name, values in linked.items()},
            "skos:definition": concept.definition,
            "etio:provisional": True if concept.provisional else None,
        },
    )


def concept_triples(concept: Concept) -> set[Triple]:
    """The same as triples."""
    return triples_of([concept_said(concept)])


def article_said(article: Article, *, extractor: str | None = None) -> list[Said]:
    """The bibliographic description, the text and its digest, what read it last, and the publication it restates."""
    restated = article.restates
    said = Said(
        nodes.article_node(article.id),
        {
            "rdf:type": ARTICLE,
            "dcterms:title": article.title,
            "dcterms:license": article.licence,
            "etio:text": article.text,
            "etio:format": article.format,
            "etio:sha256": article.sha256,
            "etio:extractor": extractor,
            "etio:sourceTitle": article.source.title,
            **_source(article.source),
            "etio:restates": nodes.restated_node(article.id) if restated else None,
        },
    )
    if not restated:
        return [said]
    return [said, Said(nodes.restated_node(article.id), {"dcterms:title": restated.title, **_source(restated)})]


def article_triples(article: Article, *, extractor: str | None = None) -> set[Triple]:
    """The same as triples."""
    return triples_of(article_said(article, extractor=extractor))


def claim_said(claim: Claim, evidence: Iterable[NamedNode]) -> list[Said]:
    """The claim's node with its roll-ups and the plain link where it is affirmed; its evidence is only pointed to."""
    subject, object_ = nodes.term(claim.subject), nodes.term(claim.object)
    said = Said(
        nodes.term(claim.id),
        {
            "rdf:type": CLAIM,
            "rdf:subject": subject,
            "rdf:predicate": nodes.term(claim.predicate.iri),
            "rdf:object": object_,
            "etio:negated": claim.negated,
            "etio:certainty": claim.certainty.value,
            "etio:frequency": claim.frequency,
            "etio:belief": nodes.decimal(claim.belief),
            "etio:articleCount": len(claim.articles),
            "etio:evidence": tuple(evidence),
        },
    )
    return [said] if claim.negated else [said, Said(subject, {RELATIONS[claim.predicate]: object_})]


def claim_triples(claim: Claim) -> set[Triple]:
    """The same as triples."""
    return triples_of(claim_said(claim, statements_of(claim)))


def statements_of(claim: Claim) -> dict[NamedNode, Evidence]:
    """The nodes of the claim's evidence, each with what it stands for, in their order."""
    id = claim.id
    return {nodes.evidence_node(id, statement): statement for statement in claim.evidence}


def evidence_said(node: NamedNode, statement: Evidence, article: Article) -> list[Said]:
    """One statement with its two selectors; `article` is the one it stands in."""
    quote, position = nodes.quote_node(node), nodes.position_node(node)
    frequency_class = statement.frequency_class
    return [
        Said(
            node,
            {
                "rdf:type": EVIDENCE,
                "oa:hasSource": nodes.article_node(statement.article),
                "oa:hasSelector": (quote, position),
                "prov:wasDerivedFrom": nodes.version_node(article.id, article.sha256),
                "etio:certainty": statement.certainty.value,
                "etio:certaintyCue": statement.certainty_cue,
                "etio:frequency": statement.frequency,
                "etio:frequencyClass": nodes.term(frequency_class) if frequency_class is not None else None,
                "etio:qualifier": statement.qualifier,
                "etio:rule": statement.rule,
                "etio:extractor": statement.extractor,
                "etio:section": nodes.heading_path(statement.section) if statement.section else None,
                "etio:subjectMention": statement.subject_mention,
                "etio:objectMention": statement.object_mention,
                "etio:subjectKind": nodes.term(statement.subject_kind.iri),
                "etio:objectKind": nodes.term(statement.object_kind.iri),
            },
        ),
        Said(
            quote,
            {
                "rdf:type": _QUOTE,
                "oa:exact": statement.quote,
                "oa:prefix": article.text[max(0, statement.start - CONTEXT) : statement.start],
                "oa:suffix": article.text[statement.end : statement.end + CONTEXT],
            },
        ),
        Said(position, {"rdf:type": _POSITION, "oa:start": statement.start, "oa:end": statement.end}),
    ]


def evidence_triples(claim_id: str, statement: Evidence, article: Article) -> set[Triple]:
    """The same as triples."""
    return triples_of(evidence_said(nodes.evidence_node(claim_id, statement), statement, article))


def own_triples(extraction: Extraction) -> set[Triple]:
    """What only this article has in the store: its description, and its statements with their selectors."""
    triples = article_triples(extraction.article, extractor=extraction.extractor)
    for claim in extraction.claims:
        for node, statement in statements_of(claim).items():
            triples |= triples_of(evidence_said(node, statement, extraction.article))
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


def _source(source: Source) -> dict[str, str | None]:
    return {
        "dcterms:creator": source.author,
        "dcterms:publisher": source.publisher,
        "dcterms:date": source.date,
        "dcterms:source": source.url,
    }
