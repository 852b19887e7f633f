"""All concepts, articles and claims of a store, read with little more memory than they take themselves.

Claims and evidence are read one property at a time, which the store does fastest, and equal texts are kept once: many
statements share their sentence. Concepts and articles are read one by one.
"""

from collections.abc import Callable, Iterator
from typing import Final, TypeVar

import pyoxigraph
from pyoxigraph import Literal, NamedNode

from graph import nodes
from graph.rdf import ARTICLE, CLAIM, CONCEPT, HAS_EVIDENCE, HAS_SOURCE, TYPE
from graph.reading import Descriptions, read_article, read_concept
from graph.stored import about, subjects
from ontology.article import Article
from ontology.claim import Claim, Concept, Evidence, evidence_order
from ontology.errors import StoreError
from ontology.terms import Certainty, Kind, Predicate

_Value = TypeVar("_Value")
_KINDS: Final = {kind.iri: kind for kind in Kind}
_PREDICATES: Final = {predicate.iri: predicate for predicate in Predicate}


def load_concepts(store: pyoxigraph.Store) -> Iterator[Concept]:
    """The concepts, in no order."""
    for node in subjects(store, TYPE, CONCEPT):
        yield read_concept(Descriptions(about(store, node)), node)


def load_articles(store: pyoxigraph.Store) -> Iterator[Article]:
    """The articles, in no order."""
    for node in subjects(store, TYPE, ARTICLE):
        restated = nodes.restated_node(nodes.article_id(node))
        yield read_article(Descriptions(about(store, node, restated)), node)


def load_claims(store: pyoxigraph.Store) -> Iterator[Claim]:
    """The claims with all their evidence, by id.

    Raises:
        StoreError: something is missing or stands twice.
    """
    found: dict[str, list[Evidence]] = {}
    evidence = _evidence(store)
    for quad in store.quads_for_pattern(None, HAS_EVIDENCE, None, nodes.DEFAULT):
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode):
            row = evidence.get(quad.object.value)
            if row is None:
                raise StoreError(f"{quad.object.value} is described by no triple; ingest its article again")
            found.setdefault(quad.subject.value, []).append(row)
    claims = _Table(store, CLAIM)
    curie = _once(lambda iri: nodes.curie(NamedNode(iri)))
    subject, object_ = claims.all("rdf:subject", curie), claims.all("rdf:object", curie)
    predicate = claims.all("rdf:predicate", _PREDICATES.__getitem__)
    negated = claims.all("etio:negated", "true".__eq__)
    for iri, place in sorted(claims.places.items()):
        rows = tuple(sorted(found.get(iri, ()), key=evidence_order))
        yield Claim(subject[place], predicate[place], object_[place], negated[place], rows)


def _evidence(store: pyoxigraph.Store) -> dict[str, Evidence]:
    """Every statement by its IRI."""
    table = _Table(store, nodes.term("etio:Evidence"))
    text = _once(str)
    columns = zip(
        table.all(HAS_SOURCE.value, _once(lambda iri: nodes.article_id(NamedNode(iri)))),
        table.all("oa:exact", text, of="#quote"),
        table.all("oa:start", int, of="#position"),
        table.all("oa:end", int, of="#position"),
        table.all("etio:rule", text),
        table.all("etio:extractor", text),
        table.all("etio:subjectMention", text),
        table.all("etio:objectMention", text),
        table.all("etio:subjectKind", _KINDS.__getitem__),
        table.all("etio:objectKind", _KINDS.__getitem__),
        table.some("etio:section", _once(nodes.headings)),
        table.all("etio:certainty", Certainty),
        table.some("etio:certaintyCue", text),
        table.some("etio:frequency", text),
        table.some("etio:frequencyClass", _once(lambda iri: nodes.curie(NamedNode(iri)))),
        table.some("etio:qualifier", text),
        strict=True,
    )
    return {
        iri: Evidence(
            article=article,
            quote=quote,
            start=start,
            end=end,
            rule=rule,
            extractor=extractor,
            subject_mention=subject_mention,
            object_mention=object_mention,
            subject_kind=subject_kind,
            object_kind=object_kind,
            section=section or (),
            certainty=certainty,
            certainty_cue=cue,
            frequency=frequency,
            frequency_class=frequency_class,
            qualifier=qualifier,
        )
        for iri, (
            article, quote, start, end, rule, extractor, subject_mention, object_mention, subject_kind, object_kind,
            section, certainty, cue, frequency, frequency_class, qualifier,
        ) in zip(table.places, columns, strict=True)
    }  # fmt: skip


class _Table:
    """The nodes of a type, each with a place, and the values of their properties by place."""

    def __init__(self, store: pyoxigraph.Store, type_: NamedNode) -> None:
        self._store = store
        self.places = {node.value: place for place, node in enumerate(subjects(store, TYPE, type_))}

    def some(self, name: str, made: Callable[[str], _Value], *, of: str = "") -> list[_Value | None]:
        """The value of a property for each node, None where it has none; with `of` that of its part of this name.

        Raises:
            StoreError: a node has several.
        """
        column: list[_Value | None] = [None] * len(self.places)
        for quad in self._store.quads_for_pattern(None, nodes.term(name), None, nodes.DEFAULT):
            if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode | Literal):
                place = self.places.get(quad.subject.value.removesuffix(of))
                if place is None:
                    continue
                if column[place] is not None:
                    raise StoreError(
                        f"{quad.subject.value} has several values of {name}, expected one; ingest its article again"
                    )
                column[place] = made(quad.object.value)
        return column

    def all(self, name: str, made: Callable[[str], _Value], *, of: str = "") -> list[_Value]:
        """The same where every node has one.

        Raises:
            StoreError: a node has none, or several.
        """
        column = self.some(name, made, of=of)
        given = [value for value in column if value is not None]
        if len(given) < len(column):
            node = next(iri for iri, value in zip(self.places, column, strict=True) if value is None)
            raise StoreError(f"{node}{of} has no {name}; ingest its article again")
        return given


def _once(made: Callable[[str], _Value]) -> Callable[[str], _Value]:
    """The same function, asked once for each argument."""
    known: dict[str, _Value] = {}

    def remembered(argument: str) -> _Value:
        if argument not in known:
            known[argument] = made(argument)
        return known[argument]

    return remembered
