"""Claims, links and paths as JSON has them: dictionaries with the fields of `api.models`, absent ones left out.

What is asked most is sent as these are, for to make and write the models takes several times as long; `api.wire` makes
the models of them, where the fields are checked. Pure: the same object gives the same fields in the same order.
"""

from collections.abc import Callable, Mapping
from typing import Any

import orjson

from api.settings import NOTICE
from graph import claimjson
from graph.claimjson import EvidenceMode, Fields
from graph.knowledge import KnowledgeGraph
from graph.neighbours import Neighbour
from graph.paths import Hop, Path
from graph.quoting import in_quotes
from graph.stretches import Facets, Neighbourhood
from ontology.claim import Claim, Concept


def encode(fields: Mapping[str, object]) -> bytes:
    """The JSON, UTF-8."""
    return orjson.dumps(fields)


def node(concept: Concept) -> Fields:
    """A `Node`."""
    return {"id": concept.id, "label": concept.label, "kinds": concept.kinds}


def claim(found: Claim, label_of: Callable[[str], str], mode: EvidenceMode) -> Fields:
    """A `ClaimOut`, with its statements where the mode is "full"; `label_of` tells the label of a concept's id."""
    id = found.id
    fields: Fields = {
        "id": id,
        "subject": found.subject,
        "subject_label": label_of(found.subject),
        "predicate": found.predicate,
        "object": found.object,
        "object_label": label_of(found.object),
        **claimjson.figures(found),
        **claimjson.sources(found),
    }
    if mode != "none":
        fields |= claimjson.number(found)
    if mode == "full":
        fields |= claimjson.evidence(found, id)
    return fields


def association(link: Neighbour, mode: EvidenceMode) -> Fields:
    """An `Association`."""
    labels = {link.concept.id: link.concept.label, link.of.id: link.of.label}
    claims = [claim(each, labels.__getitem__, mode) for each in link.claims]
    main, *others = claims
    fields: Fields = {
        "concept": node(link.concept),
        "predicate": link.predicate,
        "direction": link.direction,
        "of": node(link.of),
        "distance": link.distance,
        "negated": main["negated"],
        "certainty": link.certainty if others else main["certainty"],
        "belief": link.belief if others else main["belief"],
    }
    if "frequency_qualifier" in main:
        fields["frequency_qualifier"] = main["frequency_qualifier"]
    fields["claims"] = claims
    return fields


def page(items: list[Fields], *, limit: int, offset: int, total: int) -> Fields:
    """A `Page` of them."""
    return {"limit": limit, "offset": offset, "total": total, "items": items, "notice": NOTICE}


def neighbourhood(of: Concept, found: Neighbourhood, *, limit: int, offset: int, mode: EvidenceMode) -> Fields:
    """A `Neighbourhood`."""
    concepts = {end.id: end for link in found.links for end in (link.concept, link.of)}
    items = [association(link, mode) for link in found.links]
    return {
        **page(items, limit=limit, offset=offset, total=found.total),
        "concept": node(of),
        "nodes": [node(concepts[id]) for id in sorted(concepts)],
        "facets": facets(found.facets),
        "truncated": found.truncated,
    }


def facets(found: Facets) -> Fields:
    """A `FacetsOut`."""
    return {
        "predicate": _by_name(found.predicates),
        "kind": _by_name(found.kinds),
        "certainty": _by_name(found.certainties),
    }


def _by_name(counts: Mapping[Any, int]) -> dict[str, int]:
    return {str(each): count for each, count in sorted(counts.items())}


def path(found: Path, mode: EvidenceMode) -> Fields:
    """A `PathOut`: one chain with the claims behind every hop."""
    weakest = found.weakest
    fields: Fields = {
        "rank": found.rank,
        "score": found.score,
        "score_terms": dict(found.terms),
        "weakest": {
            "hop": found.hops.index(weakest) + 1,
            "claim": weakest.claims[0].id,
            "belief": weakest.belief,
        },
        "nodes": [node(concept) for concept in found.nodes],
        "hops": [_hop(hop, mode) for hop in found.hops],
        "text": found.text,
    }
    if mode == "full":
        fields["explanation"] = in_quotes(found)
    fields["sparql"] = found.sparql
    return fields


def labels_of(network: KnowledgeGraph) -> Callable[[str], str]:
    """What tells the label of a concept's id."""
    return lambda concept_id: network.concepts[concept_id].label


def _hop(hop: Hop, mode: EvidenceMode) -> Fields:
    return {
        "subject": hop.subject,
        "predicate": hop.predicate,
        "object": hop.object,
        "inverted": hop.inverted,
        "claims": [_hop_claim(each, mode) for each in hop.claims],
    }


def _hop_claim(found: Claim, mode: EvidenceMode) -> Fields:
    fields: Fields = {"id": found.id, "negated": found.negated, "certainty": found.certainty}
    if mode == "count":
        fields["evidence_count"] = len(found.evidence)
    if mode == "full":
        fields["evidence"] = [
            {"article": row.article, "quote": row.quote, "start": row.start, "end": row.end, "section": row.section}
            for row in found.evidence
        ]
    return fields
