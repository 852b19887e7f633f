"""What many new articles add to the store at once.

Most of it is new to the store and is loaded in bulk. What is not, roll-ups of claims that other articles make too and
kinds of concepts that they speak of, becomes one small `Change`, as does the mark that makes an article one.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import pyoxigraph
from pyoxigraph import Quad, Triple

from graph import nodes
from graph.change import LINKS, Change, stated_of
from graph.gate import is_provisional
from graph.known import Known
from graph.layer import Layer
from graph.prepared import Prepared, mark, ntriples
from graph.rdf import CLAIM, TYPE, claim_triples, concept_triples, provisional_of
from graph.records.packing import pack
from graph.stored import about, stored_claim
from ontology.claim import Claim, Concept, united


@dataclass(frozen=True, slots=True)
class Addition:
    """N-Triples to load, then a change to apply; before the change the articles are not articles yet.

    `lines` of what articles have together, besides what each has for itself.
    `claims`, each with its lines, and `concepts` are those that the store has not; the lines say all of them.
    `records` are those of these and of the claims that it has and that get more evidence, by id.
    """

    lines: tuple[bytes, ...]
    change: Change
    claims: tuple[tuple[Claim, bytes], ...]
    concepts: tuple[Concept, ...]
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
    lines: list[bytes] = []
    before: set[Triple] = set()
    after = {mark(article.id) for article in batch}
    described = {concept.id: concept for article in batch for concept in article.extraction.concepts}
    stated: dict[str, list[tuple[Claim, bytes]]] = {}
    new_claims: list[tuple[Claim, bytes]] = []
    new_concepts: list[Concept] = []
    for article in batch:
        for claim, line in zip(article.extraction.claims, article.lines, strict=True):
            stated.setdefault(claim.id, []).append((claim, line))
    restated: list[Claim] = []
    for curie, made in stated.items():
        former = recorded(curie)
        if former is not None:
            before |= claim_triples(former)
        elif Quad(nodes.term(curie), TYPE, CLAIM) in store:
            former = stored_claim(store, nodes.term(curie))
            before |= stated_of(store, former) if former is not None else set()
        if former is not None:
            restated.append(united([former, *(claim for claim, _ in made)]))
            after |= claim_triples(restated[-1])
        else:
            new_claims.append(made[0] if len(made) == 1 else _together([claim for claim, _ in made]))
    for concept, claims in _used([claim for article in batch for claim in article.extraction.claims], layer).items():
        if not is_provisional(concept) and known.stands(described[concept]):
            continue
        was = {triple for triple in about(store, nodes.term(concept)) if triple.predicate.value not in LINKS}
        made_up = is_provisional(concept)
        described_now = provisional_of(concept, known.count(store, concept, claims)) if made_up else described[concept]
        will_be = concept_triples(described_now)
        if was:
            before |= was
            after |= will_be
        else:
            lines.append(ntriples(will_be))
            new_concepts.append(described_now)
    lines += [line for _, line in new_claims]
    change = Change(frozenset(before - after - layer.triples), frozenset(after - before - layer.triples))
    records = {claim.id: pack(claim) for claim in chain((claim for claim, _ in new_claims), restated)}
    records |= {concept.id: pack(concept) for concept in new_concepts}
    return Addition(tuple(lines), change, tuple(new_claims), tuple(new_concepts), records)


def _together(claims: Sequence[Claim]) -> tuple[Claim, bytes]:
    whole = united(claims)
    return whole, ntriples(claim_triples(whole))


def _used(claims: Iterable[Claim], layer: Layer) -> dict[str, list[Claim]]:
    """The concepts outside the vocabulary layer, each with the claims that speak of it."""
    used: dict[str, list[Claim]] = {}
    for claim in claims:
        for end in (claim.subject, claim.object):
            used.setdefault(end, []).append(claim)
    return {concept: made for concept, made in used.items() if nodes.term(concept) not in layer.concepts}
