"""How much of what a store holds, counted by its engine."""

from collections import Counter
from collections.abc import Iterable
from typing import Final

import pyoxigraph
from pyoxigraph import Literal, NamedNode, QuerySolutions

from graph.knowledge import Figures
from ontology.terms import PREFIXES, Certainty, Kind, Predicate

_KINDS: Final = {kind.iri: kind for kind in Kind}
_PREDICATES: Final = {predicate.iri: predicate for predicate in Predicate}


def figures_of(store: pyoxigraph.Store) -> Figures:
    """The figures of the default graph."""
    things = _tally(store, "etio:Article", "etio:Evidence", "etio:Claim", "skos:Concept")
    denied = _counts(store, "?value", "?claim a etio:Claim ; etio:negated ?value")
    minted = _counts(store, "?value", "?concept a skos:Concept ; etio:provisional ?value")
    relations = _counts(store, "?value", "?claim a etio:Claim ; rdf:predicate ?value")
    kinds = _counts(store, "?value", f"?concept a skos:Concept, ?value VALUES ?value {{ {_iris(_KINDS)} }}")
    certainties = _counts(store, "?value", "?claim a etio:Claim ; etio:certainty ?value")
    return Figures(
        articles=things["etio:Article"],
        concepts=things["skos:Concept"],
        provisional=minted["true"],
        claims=things["etio:Claim"],
        denied=denied["true"],
        evidence=things["etio:Evidence"],
        by_predicate={_PREDICATES[iri]: number for iri, number in relations.items()},
        by_kind={_KINDS[iri]: number for iri, number in kinds.items()},
        by_certainty={Certainty(word): number for word, number in certainties.items()},
    )


def count_of(store: pyoxigraph.Store, type_: NamedNode) -> int:
    """How many members the class has."""
    return _counts(store, "?one", f"?thing a <{type_.value}> BIND (1 AS ?one)")["1"]


def _tally(store: pyoxigraph.Store, *classes: str) -> dict[str, int]:
    return {name: _counts(store, "?one", f"?thing a {name} BIND (1 AS ?one)")["1"] for name in classes}


def _counts(store: pyoxigraph.Store, variable: str, pattern: str) -> Counter[str]:
    rows = store.query(
        f"SELECT {variable} (COUNT(*) AS ?number) WHERE {{ {pattern} }} GROUP BY {variable}", prefixes=PREFIXES
    )
    counts: Counter[str] = Counter()
    if isinstance(rows, QuerySolutions):
        for row in rows:
            value, number = row[0], row[1]
            if isinstance(value, NamedNode | Literal) and isinstance(number, Literal):
                counts[value.value] += int(number.value)
    return counts


def _iris(names: Iterable[str]) -> str:
    return " ".join(f"<{name}>" for name in names)
