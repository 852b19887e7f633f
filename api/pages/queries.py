"""What a view shows, as SPARQL: a row for each sentence behind each claim."""

from collections.abc import Iterable
from typing import Final

from graph.nodes import article_node
from ontology.terms import PREFIXES, expand

_PREFIXES: Final = "\n".join(f"PREFIX {prefix}: <{PREFIXES[prefix]}>" for prefix in ("etio", "oa", "rdf"))


def about_concept(concept_id: str) -> str:
    """Every claim that the concept is part of."""
    node = f"<{expand(concept_id)}>"
    return _rows(f"{{ ?claim rdf:subject {node} }} UNION {{ ?claim rdf:object {node} }}")


def said_in(article_id: str) -> str:
    """Every claim of the article, with its own sentences alone."""
    return _rows(f"VALUES ?article {{ <{article_node(article_id).value}> }}")


def of_claims(claim_ids: Iterable[str]) -> str:
    """These claims."""
    nodes = "\n".join(f"    <{expand(claim)}>" for claim in claim_ids)
    return _rows(f"VALUES ?claim {{\n{nodes}\n  }}")


def of_concepts(concept_ids: Iterable[str]) -> str:
    """These concepts, a row for each of their kinds."""
    nodes = "\n".join(f"    <{expand(concept)}>" for concept in concept_ids)
    skos = f"PREFIX skos: <{PREFIXES['skos']}>"
    return f"""{skos}
SELECT ?concept ?label ?kind WHERE {{
  VALUES ?concept {{
{nodes}
  }}
  ?concept skos:prefLabel ?label ; a ?kind .
  FILTER(?kind != skos:Concept)
}}
ORDER BY ?label ?concept ?kind
"""


def _rows(which: str) -> str:
    return f"""{_PREFIXES}
SELECT ?claim ?subject ?predicate ?object ?negated ?certainty ?article ?quote WHERE {{
  {which}
  ?claim rdf:subject ?subject ; rdf:predicate ?predicate ; rdf:object ?object ;
         etio:negated ?negated ; etio:certainty ?certainty ; etio:evidence ?evidence .
  ?evidence oa:hasSource ?article ; oa:hasSelector/oa:exact ?quote .
}}
ORDER BY ?claim ?article ?quote
"""
