"""Which claims have words in a quote or in the label of an end: every quote of a store is looked at, no claim read."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Final

import pyoxigraph
from pyoxigraph import Literal, NamedNode

from graph import nodes
from graph.rdf import HAS_EVIDENCE
from graph.reading import english
from graph.stored import subjects

_QUOTE: Final = nodes.term("oa:exact")
_LABEL: Final = nodes.term("skos:prefLabel")


def claims_quoting(store: pyoxigraph.Store, words: str) -> Iterator[NamedNode]:
    """The claims that a quote with these words, given in lower case, is evidence of; once for each such quote."""
    for quad in store.quads_for_pattern(None, _QUOTE, None, nodes.DEFAULT):
        quoted, text = quad.subject, quad.object
        if isinstance(text, Literal) and isinstance(quoted, NamedNode) and words in text.value.casefold():
            yield from subjects(store, HAS_EVIDENCE, nodes.quoted_evidence(quoted))


def concepts_labelled(store: pyoxigraph.Store, words: str) -> tuple[str, ...]:
    """The ids of the concepts whose label has these words, given in lower case; in no order."""
    labels: defaultdict[NamedNode, list[Literal]] = defaultdict(list)
    for quad in store.quads_for_pattern(None, _LABEL, None, nodes.DEFAULT):
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, Literal):
            labels[quad.subject].append(quad.object)
    return tuple(
        nodes.curie(node)
        for node, found in labels.items()
        if any(words in label.casefold() for label in english(found)[:1])
    )
