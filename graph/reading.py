"""RDF back to concepts, articles, claims and evidence: the inverse of `graph.rdf`.

It reads what `graph.rdf` wrote, or what the shapes admit; anything else is an error that names the node.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from pyoxigraph import Literal, NamedNode, Triple

from graph import nodes
from graph.rdf import ARTICLE, CLAIM, CONCEPT, HAS_SOURCE, MAPPINGS, NAMES, TYPE, USUAL_KIND, canonical
from graph.said import Term
from ontology.article import Article, Source
from ontology.claim import Claim, Concept, Evidence, Name, evidence_order
from ontology.claim import Mapping as ConceptMapping
from ontology.errors import StoreError
from ontology.terms import Certainty, Kind, Predicate, expand

_KINDS: Final = {kind.iri: kind for kind in Kind}
_PREDICATES: Final = {predicate.iri: predicate for predicate in Predicate}


class Descriptions:
    """Triples by subject and property."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        by_subject: defaultdict[str, defaultdict[str, list[Term]]] = defaultdict(lambda: defaultdict(list))
        for triple in triples:
            if isinstance(triple.subject, NamedNode) and isinstance(triple.object, (NamedNode, Literal)):
                by_subject[triple.subject.value][triple.predicate.value].append(triple.object)
        self._by_subject: Mapping[str, Mapping[str, list[Term]]] = by_subject

    def of_type(self, type_: NamedNode) -> list[NamedNode]:
        """The nodes with this `rdf:type`, by IRI."""
        return [
            NamedNode(subject)
            for subject, values in sorted(self._by_subject.items())
            if type_ in values.get(TYPE.value, ())
        ]

    def is_a(self, node: NamedNode, type_: NamedNode) -> bool:
        """Whether the node has this `rdf:type`."""
        return type_ in self.all(node, TYPE.value)

    def all(self, node: NamedNode, name: str) -> list[Term]:
        """The values of a property, in no order; `name` is a CURIE or an IRI."""
        return self._by_subject[node.value].get(expand(name), []) if node.value in self._by_subject else []

    def find(self, node: NamedNode, name: str) -> str | None:
        """The text or IRI that is the one value of a property; None where it has none.

        Raises:
            StoreError: it has several.
        """
        values = self.all(node, name)
        if len(values) > 1:
            raise StoreError(f"{node.value} has {len(values)} values of {name}, expected one; ingest its article again")
        return values[0].value if values else None

    def get(self, node: NamedNode, name: str) -> str:
        """The text or IRI that is the one value of a property.

        Raises:
            StoreError: it has none, or several.
        """
        value = self.find(node, name)
        if value is None:
            raise StoreError(f"{node.value} has no {name}; ingest its article again")
        return value


def read_concepts(triples: Descriptions) -> Iterator[Concept]:
    """The concepts among them, by id; a label or definition in another language than English is passed over."""
    for node in triples.of_type(CONCEPT):
        yield read_concept(triples, node)


def read_concept(triples: Descriptions, node: NamedNode) -> Concept:
    """One concept, in `graph.rdf.canonical` order."""
    kinds = [_KINDS[value.value] for value in triples.all(node, "rdf:type") if value.value in _KINDS]
    usual = triples.find(node, USUAL_KIND.value)
    kinds.sort(key=lambda kind: (kind.iri != usual, list(Kind).index(kind)))
    names = [Name(text, type_) for type_, name in NAMES.items() for text in english(triples.all(node, name))]
    return canonical(
        Concept(
            id=nodes.curie(node),
            label=next(iter(english(triples.all(node, "skos:prefLabel"))), nodes.curie(node)),
            kinds=tuple(kinds),
            names=tuple(names),
            mappings=tuple(
                ConceptMapping(relation, nodes.curie(NamedNode(value.value)))
                for relation, name in MAPPINGS.items()
                for value in triples.all(node, name)
            ),
            definition=next(iter(english(triples.all(node, "skos:definition"))), None),
            provisional=triples.find(node, "etio:provisional") == "true",
        )
    )


def read_articles(triples: Descriptions) -> Iterator[Article]:
    """The articles among them, by IRI."""
    for node in triples.of_type(ARTICLE):
        yield read_article(triples, node)


def read_article(triples: Descriptions, node: NamedNode) -> Article:
    """One article."""
    restated = triples.find(node, "etio:restates")
    return Article(
        id=nodes.article_id(node),
        title=triples.get(node, "dcterms:title"),
        text=triples.get(node, "etio:text"),
        format=triples.get(node, "etio:format"),
        source=_source(triples, node, "etio:sourceTitle"),
        licence=triples.find(node, "dcterms:license"),
        restates=None if restated is None else _source(triples, NamedNode(restated), "dcterms:title"),
    )


def read_claims(triples: Descriptions) -> Iterator[Claim]:
    """The claims among them with all their evidence, by id."""
    for node in triples.of_type(CLAIM):
        yield read_claim(triples, node)


def read_claim(triples: Descriptions, node: NamedNode) -> Claim:
    """One claim with all its evidence."""
    evidence = (read_evidence(triples, NamedNode(value.value)) for value in triples.all(node, "etio:evidence"))
    return Claim(
        subject=nodes.curie(NamedNode(triples.get(node, "rdf:subject"))),
        predicate=_PREDICATES[triples.get(node, "rdf:predicate")],
        object=nodes.curie(NamedNode(triples.get(node, "rdf:object"))),
        negated=triples.get(node, "etio:negated") == "true",
        evidence=tuple(sorted(evidence, key=evidence_order)),
    )


def read_evidence(triples: Descriptions, node: NamedNode) -> Evidence:
    """One statement."""
    quote, position = nodes.quote_node(node), nodes.position_node(node)
    frequency_class = triples.find(node, "etio:frequencyClass")
    section = triples.find(node, "etio:section")
    return Evidence(
        article=nodes.article_id(NamedNode(triples.get(node, HAS_SOURCE.value))),
        quote=triples.get(quote, "oa:exact"),
        start=int(triples.get(position, "oa:start")),
        end=int(triples.get(position, "oa:end")),
        rule=triples.get(node, "etio:rule"),
        extractor=triples.get(node, "etio:extractor"),
        subject_mention=triples.get(node, "etio:subjectMention"),
        object_mention=triples.get(node, "etio:objectMention"),
        subject_kind=_KINDS[triples.get(node, "etio:subjectKind")],
        object_kind=_KINDS[triples.get(node, "etio:objectKind")],
        section=() if section is None else nodes.headings(section),
        certainty=Certainty(triples.get(node, "etio:certainty")),
        certainty_cue=triples.find(node, "etio:certaintyCue"),
        frequency=triples.find(node, "etio:frequency"),
        frequency_class=None if frequency_class is None else nodes.curie(NamedNode(frequency_class)),
        qualifier=triples.find(node, "etio:qualifier"),
    )


def _source(triples: Descriptions, node: NamedNode, title: str) -> Source:
    return Source(
        title=triples.find(node, title),
        author=triples.find(node, "dcterms:creator"),
        publisher=triples.find(node, "dcterms:publisher"),
        date=triples.find(node, "dcterms:date"),
        url=triples.find(node, "dcterms:source"),
    )


def english(values: Iterable[Term]) -> list[str]:
    """The texts in English or in no language, each once, sorted; the first of its labels is a concept's."""
    literals = (value for value in values if isinstance(value, Literal))
    return sorted({value.value for value in literals if value.language in (None, "en")})
