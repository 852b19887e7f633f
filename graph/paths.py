"""What leads from one concept to another, through what, and who says so.

A path visits no concept twice, and two paths differ in a concept: where several relations lead from one concept to
the next, the hop shows the one that counts most for the rank and lists the claims of the others. What is walked
is said in `graph.steps`, how paths are enumerated in `graph.search`, how they are ranked in `graph.ranks`.
"""

import heapq
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, get_args

from graph.arrayexploring import ArrayExplorer
from graph.arraypaths import Ranked, ranked_chains
from graph.denial import denial_of
from graph.exploring import MemoryExplorer
from graph.knowledge import KnowledgeGraph
from graph.narrowing import told_by
from graph.nopath import Explorer, NoPath, explained
from graph.ranks import Place, Ranking, RankName, Terms, place_of, ranking, score
from graph.search import Moves, Search, moves_of
from graph.steps import Step, Walk, region
from graph.wording import as_sparql, in_words
from ontology.claim import Claim, Concept
from ontology.errors import InvalidArgument
from ontology.terms import Certainty, Kind, Predicate

MAX_HOPS: Final = 8
"""The longest paths there are, and the usual bound: a mechanism told in full needs seven."""

MAX_PATHS: Final = 50
"""The most paths that are answered."""


@dataclass(frozen=True, slots=True)
class Hop:
    """One link of a path, as claimed: `subject` `predicate` `object`, all ids.

    `inverted` when the path goes from object to subject; a symmetric relation is never inverted, its subject is
    where the path comes from. `claims` holds the affirmed claim first, then the one that denies it where an article
    does. `others` holds the affirmed claims of other relations between the two, best first.
    """

    subject: str
    predicate: Predicate
    object: str
    inverted: bool
    claims: tuple[Claim, ...]
    others: tuple[Claim, ...] = ()

    @property
    def belief(self) -> float:
        """The belief of its affirmed claim."""
        return self.claims[0].belief


@dataclass(frozen=True, slots=True)
class Path:
    """One chain from source to target.

    `rank` counts from 1; `score` is the product of `terms`, rounded to 6 places; `nodes` has one concept more than
    `hops`; `weakest` is the first of the hops with the lowest belief, and of these with the lowest certainty.
    """

    rank: int
    score: float
    terms: Terms
    nodes: tuple[Concept, ...]
    hops: tuple[Hop, ...]
    text: str
    sparql: str
    weakest: Hop


@dataclass(frozen=True, slots=True)
class PathAnswer:
    """The best paths, best first, and what was left out.

    `total` counts the paths found before the best k were taken. `pruned` counts by reason: under `negated`,
    `predicate`, `avoid`, `min_certainty` and `min_articles` the claims that would have been steps of a walk short
    enough and that the filter forbids; under `via` and `via_kinds` the paths that were found and do not pass there.
    What articles say that were not asked is not counted.
    `truncated` when the search stopped early (`graph.search.MOST_VISITS`, or the bounds of
    `graph.arraypaths` where links lie in arrays): it goes by growing length, so what is missing is at least as long as
    the longest path it found; in arrays `pruned` then counts only what was looked at. `no_path` says why there is
    none, and is there where `paths` is empty.
    """

    paths: tuple[Path, ...]
    total: int
    pruned: Mapping[str, int]
    truncated: bool
    no_path: NoPath | None = None


def find_paths(
    network: KnowledgeGraph,
    source: str,
    target: str,
    *,
    max_hops: int = MAX_HOPS,
    k: int = 10,
    predicates: frozenset[Predicate] = frozenset(),
    via: frozenset[str] = frozenset(),
    via_kinds: frozenset[Kind] = frozenset(),
    avoid: frozenset[str] = frozenset(),
    min_certainty: Certainty = Certainty.UNLIKELY,
    min_articles: int = 1,
    articles: frozenset[str] = frozenset(),
    directed: bool = True,
    rank: RankName = "explanation",
) -> PathAnswer:
    """The `k` best simple paths of at most `max_hops` from `source` to `target`, best first.

    Directed, claims are walked from subject to object (symmetric ones both ways) by the relations that explain
    (`graph.steps.EXPLAINING`), or by `predicates` alone; otherwise all claims are walked both ways. No path passes
    a concept that is only a care action or an appearance, unless `via` or `via_kinds` ask for it. A path passes
    all of `via` between its ends, and for each of `via_kinds` a concept of that kind; it touches none of `avoid`.
    With `articles` all is as these alone tell it (`graph.narrowing`), the scores too.
    No paths where nothing leads there. Ties: fewer hops, higher product of beliefs, ids of the concepts.

    Raises:
        InvalidArgument: an unknown id of a concept or an article, source and target the same, articles that state too
            much, or a value outside its range.
    """
    for argument, concept_id in (("source", source), ("target", target)):
        network.concept(concept_id, argument)
    for argument, concept_ids in (("via", via), ("avoid", avoid)):
        for concept_id in sorted(concept_ids):
            network.concept(concept_id, argument)
    _check(source, target, max_hops=max_hops, k=k, avoid=avoid, via=via, min_articles=min_articles, rank=rank)
    walk = Walk(
        directed=directed,
        predicates=predicates,
        avoid=avoid,
        via=via,
        via_kinds=via_kinds,
        min_certainty=min_certainty,
        min_articles=min_articles,
    )
    whole = network
    if articles:
        network = told_by(whole, articles, besides={source, target, *via, *avoid})
    if network.arrays() is None:
        network = network.resident()
    arrays = network.arrays()
    if arrays is not None:
        found = ranked_chains(network, arrays, source, target, walk, max_hops=max_hops, k=k, rank=rank)
    else:
        found = _in_memory(network, source, target, walk, max_hops=max_hops, k=k, rank=rank)
    pruned = dict(sorted(found.pruned.items()))
    if not found.best:
        ends = (network.concepts[source], network.concepts[target])
        beyond = _explorer(whole, source, target) if articles else None
        explorer = _explorer(network, source, target)
        why = explained(network, explorer, ends, walk, max_hops, longest=MAX_HOPS, beyond=beyond)
        return PathAnswer((), found.total, pruned, found.truncated, why)
    network.read_ahead(shown.claim.id for chain in found.best for step, others in chain for shown in (step, *others))
    ranked = ranking(network, rank)
    hops = Hops(network)
    paths = tuple(path_of(network, number, chain, ranked, hops) for number, chain in enumerate(found.best, start=1))
    return PathAnswer(paths, found.total, pruned, found.truncated)


def _explorer(network: KnowledgeGraph, source: str, target: str) -> Explorer:
    if network.arrays() is None:
        network = network.resident()
    arrays = network.arrays()
    return MemoryExplorer(network, source, target) if arrays is None else ArrayExplorer(arrays, source, target)


def _in_memory(
    network: KnowledgeGraph, source: str, target: str, walk: Walk, *, max_hops: int, k: int, rank: RankName
) -> Ranked:
    near = region(network, source, target, walk, max_hops)
    ranked = ranking(network, rank)
    search = Search(moves_of(near, ranked), source, target)
    best = _Best(k, ranked)
    pruned = Counter(near.pruned)
    for steps in search.paths(max_hops):
        missed = walk.missed(network, steps)
        if missed:
            pruned[missed] += 1
        else:
            best.offer(steps)
    chains = tuple(tuple(_with_others(step, search.moves) for step in steps) for steps in best.in_order())
    return Ranked(chains, best.offered, pruned, search.truncated)


def _with_others(step: Step, moves: Moves) -> tuple[Step, tuple[Step, ...]]:
    (move,) = (move for move in moves[step.source] if move.step is step)
    return step, move.others


def _check(
    source: str,
    target: str,
    *,
    max_hops: int,
    k: int,
    avoid: frozenset[str],
    via: frozenset[str],
    min_articles: int,
    rank: str,
) -> None:
    if source == target:
        raise InvalidArgument("target", target, "another concept than the source")
    if not 1 <= max_hops <= MAX_HOPS:
        raise InvalidArgument("max_hops", max_hops, f"1 to {MAX_HOPS}")
    if not 1 <= k <= MAX_PATHS:
        raise InvalidArgument("k", k, f"1 to {MAX_PATHS}")
    if min_articles < 1:
        raise InvalidArgument("min_articles", min_articles, "1 or more")
    if rank not in get_args(RankName):
        raise InvalidArgument("rank", rank, "one of " + ", ".join(get_args(RankName)))
    ends = {source, target}
    if avoid & ends:
        raise InvalidArgument("avoid", min(avoid & ends), "concepts other than source and target")
    if via & (ends | avoid):
        raise InvalidArgument("via", min(via & (ends | avoid)), "concepts other than source, target and those to avoid")


class _Best:
    """The best k of the paths offered."""

    def __init__(self, k: int, ranked: Ranking) -> None:
        self.offered = 0
        self._k = k
        self._ranked = ranked
        self._kept: list[tuple[Place, tuple[Step, ...]]] = []

    def offer(self, steps: tuple[Step, ...]) -> None:
        self.offered += 1
        self._kept.append((place_of(self._ranked, steps), steps))
        if len(self._kept) > 100 * self._k:
            self._kept = self._smallest()

    def in_order(self) -> list[tuple[Step, ...]]:
        return [steps for _, steps in self._smallest()]

    def _smallest(self) -> list[tuple[Place, tuple[Step, ...]]]:
        return heapq.nsmallest(self._k, self._kept, key=lambda entry: entry[0])


class Hops:
    """The hops of several paths, of which each is read once."""

    def __init__(self, network: KnowledgeGraph) -> None:
        self._network = network
        self._known: dict[tuple[str, str], Hop] = {}

    def of(self, step: Step, others: tuple[Step, ...] = ()) -> Hop:
        """The step as a hop, with the claim that denies it and the claims of the other steps between the two."""
        key = (step.claim.id, step.source)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._read(step, others)
        return found

    def _read(self, step: Step, others: tuple[Step, ...]) -> Hop:
        claims = self._network.claims
        claim = claims[step.claim.id]
        denied = denial_of(self._network, step.claim)
        subject, object_ = (step.target, step.source) if step.inverted else (step.source, step.target)
        return Hop(
            subject=subject,
            predicate=claim.predicate,
            object=object_,
            inverted=step.inverted,
            claims=(claim, denied) if denied else (claim,),
            others=tuple(claims[other.claim.id] for other in others),
        )


def path_of(
    network: KnowledgeGraph,
    number: int,
    chain: Sequence[tuple[Step, tuple[Step, ...]]],
    ranked: Ranking,
    hops: Hops | None = None,
) -> Path:
    """The path of this rank that the steps make, each with the others between the same two; there is at least one.

    `hops` has those of other paths of the same answer.
    """
    steps = tuple(step for step, _ in chain)
    known = hops or Hops(network)
    walked = tuple(known.of(step, others) for step, others in chain)
    terms = ranked.terms(steps)
    weakest = min(range(len(steps)), key=lambda place: (steps[place].belief, steps[place].claim.certainty.rank))
    return Path(
        rank=number,
        score=score(terms),
        terms=terms,
        nodes=tuple(network.concepts[key] for key in (steps[0].source, *(step.target for step in steps))),
        hops=walked,
        text=in_words(network, steps),
        sparql=as_sparql(steps),
        weakest=walked[weakest],
    )
