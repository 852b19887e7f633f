"""A chain of claims in words, and as the SPARQL query that finds its claims and sentences again."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from graph.knowledge import KnowledgeGraph, Link
from graph.steps import Step
from ontology.claim import Claim
from ontology.terms import PREFIXES, Certainty, Predicate, expand


@dataclass(frozen=True, slots=True)
class Verb:
    """A relation between two names: as a fact, after "may", and the same two from the object's side."""

    fact: str
    hedged: str
    inverse: str
    inverse_hedged: str


VERBS: Final[dict[Predicate, Verb]] = {
    Predicate.CAUSES: Verb("causes", "cause", "is caused by", "be caused by"),
    Predicate.HAS_SYMPTOM: Verb("has the symptom", "have the symptom", "is a symptom of", "be a symptom of"),
    Predicate.INCREASES_RISK_OF: Verb(
        "increases the risk of", "increase the risk of", "is made likelier by", "be made likelier by"
    ),
    Predicate.REDUCES_RISK_OF: Verb(
        "reduces the risk of", "reduce the risk of", "is made less likely by", "be made less likely by"
    ),
    Predicate.DIAGNOSES: Verb("diagnoses", "diagnose", "is diagnosed by", "be diagnosed by"),
    Predicate.TREATS: Verb("treats", "treat", "is treated with", "be treated with"),
    Predicate.HAS_SIDE_EFFECT: Verb(
        "has the side effect", "have the side effect", "is a side effect of", "be a side effect of"
    ),
    Predicate.HAS_COMPLICATION: Verb(
        "has the complication", "have the complication", "is a complication of", "be a complication of"
    ),
    Predicate.LOCATED_IN: Verb("is located in", "be located in", "is the place of", "be the place of"),
    Predicate.PRESENTS_AS: Verb("presents as", "present as", "is how one sees", "be how one sees"),
    Predicate.MIMICS: Verb("can be mistaken for", "be mistaken for", "can be mistaken for", "be mistaken for"),
    Predicate.IS_A: Verb("is a kind of", "be a kind of", "has the kind", "have the kind"),
    Predicate.WARRANTS: Verb("calls for", "call for", "is called for by", "be called for by"),
    Predicate.ASSOCIATED_WITH: Verb(
        "is associated with", "be associated with", "is associated with", "be associated with"
    ),
}
"""The words of each relation."""


def in_words(network: KnowledgeGraph, steps: Sequence[Step]) -> str:
    """The chain as one sentence without a full stop: "A causes B, which may cause C".

    A step whose claim is at best possible reads "may", at best unlikely "is unlikely to".
    """
    links = [f"{verb(step.claim, inverted=step.inverted)} {network.concepts[step.target].label}" for step in steps]
    return f"{network.concepts[steps[0].source].label} " + ", which ".join(links)


def verb(claim: Claim | Link, *, inverted: bool = False) -> str:
    """The words between subject and object, hedged as the claim is; `inverted`, between object and subject."""
    words = VERBS[claim.predicate]
    fact, hedged = (words.inverse, words.inverse_hedged) if inverted else (words.fact, words.hedged)
    match claim.certainty:
        case Certainty.ASSERTED:
            return fact
        case Certainty.POSSIBLE:
            return f"may {hedged}"
        case Certainty.UNLIKELY:
            return f"is unlikely to {hedged}"


def as_sparql(steps: Sequence[Step]) -> str:
    """A query with one row for each sentence behind each hop: ?hop (from 1), the link, its claim, article and quote.

    A hop has rows only while its plain link stands in the store.
    """
    rows = "\n".join(f"    ({number} <{expand(step.claim.id)}>)" for number, step in enumerate(steps, start=1))
    prefixes = "\n".join(f"PREFIX {prefix}: <{PREFIXES[prefix]}>" for prefix in ("etio", "oa", "rdf"))
    return f"""{prefixes}
SELECT ?hop ?subject ?predicate ?object ?claim ?article ?quote WHERE {{
  VALUES (?hop ?claim) {{
{rows}
  }}
  ?claim rdf:subject ?subject ; rdf:predicate ?predicate ; rdf:object ?object ; etio:evidence ?evidence .
  ?subject ?predicate ?object .
  ?evidence oa:hasSource ?article ; oa:hasSelector ?selector .
  ?selector oa:exact ?quote .
}}
ORDER BY ?hop ?article ?quote
"""
