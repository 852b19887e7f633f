"""Claims of a store, many read at once: two queries in place of several look-ups for each.

A claim that is not as `graph.rdf` writes it is left out; whoever reads it by itself learns what is wrong with it.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import Final

import pyoxigraph
from pyoxigraph import Literal, NamedNode, QuerySolution, QuerySolutions

from graph import nodes
from graph.stored import find_node
from ontology.claim import Claim, Evidence, evidence_order
from ontology.terms import PREFIXES, Certainty, Kind, Predicate

AT_ONCE: Final = 500
"""Most nodes that one query asks for."""

_KINDS: Final = {kind.iri: kind for kind in Kind}
_PREDICATES: Final = {predicate.iri: predicate for predicate in Predicate}
_TRUE: Final = "true"

_CLAIMS: Final = """
SELECT ?claim ?subject ?predicate ?object ?negated ?evidence {
  VALUES ?claim { %s }
  ?claim rdf:subject ?subject ; rdf:predicate ?predicate ; rdf:object ?object ; etio:negated ?negated ;
    etio:evidence ?evidence ; a etio:Claim
}"""
_EVIDENCE: Final = """
SELECT ?evidence ?article ?quote ?start ?end ?rule ?extractor ?subject_mention ?object_mention ?subject_kind
  ?object_kind ?certainty ?section ?cue ?frequency ?class ?qualifier {
  VALUES (?evidence ?words ?place) { %s }
  ?evidence oa:hasSource ?article ; etio:rule ?rule ; etio:extractor ?extractor ;
    etio:subjectMention ?subject_mention ; etio:objectMention ?object_mention ;
    etio:subjectKind ?subject_kind ; etio:objectKind ?object_kind ; etio:certainty ?certainty .
  ?words oa:exact ?quote . ?place oa:start ?start ; oa:end ?end
  OPTIONAL { ?evidence etio:section ?section }
  OPTIONAL { ?evidence etio:certaintyCue ?cue }
  OPTIONAL { ?evidence etio:frequency ?frequency }
  OPTIONAL { ?evidence etio:frequencyClass ?class }
  OPTIONAL { ?evidence etio:qualifier ?qualifier }
}"""


def claims_at(store: pyoxigraph.Store, ids: Collection[str]) -> dict[str, Claim]:
    """The claims with these ids with all their evidence, by id; those that there are not are left out."""
    stated: dict[str, QuerySolution] = {}
    evidence: defaultdict[str, list[str]] = defaultdict(list)
    for row in _rows(store, _CLAIMS, [str(node) for node in map(find_node, dict.fromkeys(ids)) if node is not None]):
        claim = nodes.curie(row["claim"])
        stated[claim] = row
        evidence[claim].append(str(row["evidence"]))
    known = _evidence_at(store, {node for rows in evidence.values() for node in rows})
    found = {}
    for claim, row in stated.items():
        rows = [known.get(node) for node in evidence[claim]]
        whole = [statement for statement in rows if statement is not None]
        predicate = _PREDICATES.get(row["predicate"].value)
        if len(whole) == len(rows) == len(set(evidence[claim])) and predicate is not None:
            found[claim] = Claim(
                subject=nodes.curie(row["subject"]),
                predicate=predicate,
                object=nodes.curie(row["object"]),
                negated=row["negated"].value == _TRUE,
                evidence=tuple(sorted(whole, key=evidence_order)),
            )
    return found


def _evidence_at(store: pyoxigraph.Store, asked: Collection[str]) -> dict[str, Evidence]:
    """By node as N-Triples write it; what lacks something, or has two of what should be one, is left out."""
    wanted = [f"({node} {node[:-1]}#quote> {node[:-1]}#position>)" for node in asked]
    found: dict[str, Evidence] = {}
    twice: set[str] = set()
    for row in _rows(store, _EVIDENCE, wanted):
        node = str(row["evidence"])
        if node in found:
            twice.add(node)
        found[node] = _evidence(row)
    return {node: statement for node, statement in found.items() if node not in twice}


def _evidence(row: QuerySolution) -> Evidence:
    section, frequency_class = _text(row, "section"), row["class"]
    return Evidence(
        article=nodes.article_id(row["article"]),
        quote=row["quote"].value,
        start=int(row["start"].value),
        end=int(row["end"].value),
        rule=row["rule"].value,
        extractor=row["extractor"].value,
        subject_mention=row["subject_mention"].value,
        object_mention=row["object_mention"].value,
        subject_kind=_KINDS[row["subject_kind"].value],
        object_kind=_KINDS[row["object_kind"].value],
        section=() if section is None else nodes.headings(section),
        certainty=Certainty(row["certainty"].value),
        certainty_cue=_text(row, "cue"),
        frequency=_text(row, "frequency"),
        frequency_class=None if frequency_class is None else nodes.curie(frequency_class),
        qualifier=_text(row, "qualifier"),
    )


def _text(row: QuerySolution, name: str) -> str | None:
    value: NamedNode | Literal | None = row[name]
    return None if value is None else value.value


def _rows(store: pyoxigraph.Store, query: str, values: list[str]) -> Iterator[QuerySolution]:
    for first in range(0, len(values), AT_ONCE):
        solutions = store.query(query % " ".join(values[first : first + AT_ONCE]), prefixes=PREFIXES)
        if isinstance(solutions, QuerySolutions):
            yield from solutions
