"""What many new articles add to the store at once.

Most of it is new to the store and is loaded in bulk. What is not, roll-ups of claims that other articles make too and
kinds of concepts that they speak of, becomes one small `Change`, as does the mark that makes an article one.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import pyoxigraph
from pyoxigraph import Quad, Triple

from graph import nodes
from graph.change import LINKS, Change, stated_of
from graph.gate import is_provisional
from graph.known import Known
from graph.layer import Layer
from graph.newclaim import NewClaim, written
from graph.prepared import Prepared, mark
from graph.rdf import CLAIM, TYPE, claim_triples, concept_said, provisional_of
from graph.records.packing import pack
from graph.said import triples_of
from graph.stored import about, stored_claim
from ontology.claim import Claim, Concept, united


@dataclass(frozen=True, slots=True)
class Addition:
    """N-Triples to load, then a change to apply; before the change the articles are not articles yet.

    Besides what each article has for itself: `claims` and `concepts` that the store has not, `lines` of the links of
    these claims and of these concepts. `records` are those of these and of the claims that it has and that get more
    evidence, by id.
    """

    claims: tuple[NewClaim, ...]
    concepts: tuple[Concept, ...]
    lines: tuple[bytes, ...]
    change: Change
    records: Mapping[str, bytes | None]


def addition(
    store: pyoxigraph.Store,
    batch: Sequence[Prepared],
    layer: Layer,
    known: Known,
    recorded: Callable[[str], Claim | None],
) -> Addition:
    """What these articles, none of which is in the store, add to it.

    `recorded` is asked for claims of the store by id, None being none or one that must be read.
    """
    after = {mark(article.id) for article in batch}
    described = {concept.id: concept for article in batch for concept in article.extraction.concepts}
    new_claims, restated, before = _claims(store, batch, known, recorded)
    for claim in restated:
        after |= claim_triples(claim)
    new_concepts: list[Concept] = []
    lines = [claim.link for claim in new_claims]
    for concept, claims in _used([claim for article in batch for claim in article.extraction.claims], layer).items():
        if not is_provisional(concept) and known.stands(described[concept]):
            continue
        was = {triple for triple in about(store, nodes.term(concept)) if triple.predicate.value not in LINKS}
        made_up = is_provisional(concept)
        described_now = provisional_of(concept, known.count(store, concept, claims)) if made_up else described[concept]
        said = concept_said(described_now)
        if was:
            before |= was
            after |= triples_of([said])
        else:
            lines.append(written(said))
            new_concepts.append(described_now)
    records = {new.id: new.record for new in new_claims}
    records |= {claim.id: pack(claim) for claim in restated} | {concept.id: pack(concept) for concept in new_concepts}
    return Addition(
        claims=tuple(new_claims),
        concepts=tuple(new_concepts),
        lines=tuple(lines),
        change=Change(frozenset(before - after - layer.triples), frozenset(after - before - layer.triples)),
        records=records,
    )


def _claims(
    store: pyoxigraph.Store, batch: Sequence[Prepared], known: Known, recorded: Callable[[str], Claim | None]
) -> tuple[list[NewClaim], list[Claim], set[Triple]]:
    """The claims that the store has not, those that it has as they will be, and what stands there for these."""
    stated: dict[str, list[NewClaim]] = {}
    for article in batch:
        for made in article.claims():
            stated.setdefault(made.id, []).append(made)
    new: list[NewClaim] = []
    restated: list[Claim] = []
    before: set[Triple] = set()
    for curie, every in stated.items():
        former = None if known.adds(store, curie) else _former(store, curie, recorded, before)
        if former is not None:
            restated.append(united([former, *(made.claim for made in every)]))
        elif len(every) > 1:
            new.append(NewClaim.of(united([made.claim for made in every])))
        else:
            new += every
    return new, restated, before


def _former(
    store: pyoxigraph.Store, curie: str, recorded: Callable[[str], Claim | None], before: set[Triple]
) -> Claim | None:
    """The claim as the store has it, if it has it; what stands there for it is added to `before`."""
    former = recorded(curie)
    if former is not None:
        before |= claim_triples(former)
    elif Quad(nodes.term(curie), TYPE, CLAIM) in store:
        former = stored_claim(store, nodes.term(curie))
        before |= stated_of(store, former) if former is not None else set()
    return former


def _used(claims: Iterable[Claim], layer: Layer) -> dict[str, list[Claim]]:
    """The concepts outside the vocabulary layer, each with the claims that speak of it."""
    used: dict[str, list[Claim]] = {}
    for claim in claims:
        for end in (claim.subject, claim.object):
            used.setdefault(end, []).append(claim)
    return {concept: made for concept, made in used.items() if nodes.term(concept) not in layer.concepts}
