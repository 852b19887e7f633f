"""Everything that a store must hold, made anew from its articles and evidence, and how that differs from it."""

import heapq
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, cast

import pyoxigraph
from pyoxigraph import RdfFormat, Triple, parse

from graph import nodes
from graph.gate import is_provisional
from graph.layer import Layer
from graph.prepared import ntriples
from graph.rdf import article_triples, claim_triples, concept_triples, evidence_triples, kind_counts, provisional_of
from graph.reading import Descriptions
from graph.sorting import SortedLines
from graph.stored import about
from ontology.article import Article
from ontology.claim import Claim, Concept
from ontology.terms import Kind


def differences(
    store: pyoxigraph.Store,
    layer: Layer,
    concepts: Iterable[Concept],
    claims: Iterable[Claim],
    articles: Mapping[str, Article],
) -> Iterator[tuple[Triple, bool]]:
    """The triples that only one of both has, in the order of their N-Triples, and whether it is the store.

    `concepts`, `claims` and `articles` are all that the store has. Both sides are sorted in pieces in the folder for
    temporary files, so little of them is held.
    """
    with TemporaryDirectory() as folder:
        holds, must = SortedLines(Path(folder, "holds")), SortedLines(Path(folder, "must"))
        store.dump(cast("IO[bytes]", holds), format=RdfFormat.N_TRIPLES, from_graph=nodes.DEFAULT)
        for triples in _expected(store, layer, concepts, claims, articles):
            must.write(ntriples(triples))
        merged = heapq.merge(_marked(holds, stored=True), _marked(must, stored=False))
        for line, both in groupby(merged, key=lambda marked: marked[0]):
            stored = {mark for _, mark in both}
            if len(stored) == 1:
                (quad,) = parse(line, format=RdfFormat.N_TRIPLES)
                yield quad.triple, stored.pop()


def _marked(lines: SortedLines, *, stored: bool) -> Iterator[tuple[bytes, bool]]:
    for chunk in lines.chunks():
        for line in chunk.splitlines(keepends=True):
            yield line, stored


def _expected(
    store: pyoxigraph.Store,
    layer: Layer,
    concepts: Iterable[Concept],
    claims: Iterable[Claim],
    articles: Mapping[str, Article],
) -> Iterator[Iterable[Triple]]:
    yield layer.triples
    for article in articles.values():
        described = Descriptions(about(store, nodes.article_node(article.id)))
        extractor = described.find(nodes.article_node(article.id), "etio:extractor")
        yield article_triples(article, extractor=extractor)
    used: defaultdict[str, Counter[Kind]] = defaultdict(Counter)
    for claim in claims:
        yield claim_triples(claim)
        for row in claim.evidence:
            if row.article in articles:
                yield evidence_triples(claim.id, row, articles[row.article])
        for end in (claim.subject, claim.object):
            used[end] += kind_counts(end, [claim]) if is_provisional(end) else Counter()
    for concept in concepts:
        if nodes.term(concept.id) not in layer.concepts and concept.id in used:
            made_anew = provisional_of(concept.id, used[concept.id]) if concept.provisional else concept
            yield concept_triples(made_anew)
