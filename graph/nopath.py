"""Why no path was found: how far a search came from either end, and which filter is in the way.

A question is asked again with one of its filters dropped, and where that does not help with all of them dropped. The
names of the filters are those under which `pruned` counts what they hide, and `directed`, `max_hops` and `article`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final, Protocol

from graph.knowledge import KnowledgeGraph
from graph.steps import Walk
from ontology.claim import Concept
from ontology.terms import Certainty

MOST_NEAREST: Final = 5
"""How many of the concepts reached are named."""


@dataclass(frozen=True, slots=True)
class Loosened:
    """A question without some of its filters, which are named."""

    filters: tuple[str, ...]
    walk: Walk
    max_hops: int


@dataclass(frozen=True, slots=True)
class Front:
    """How far a search came from one end.

    `total` counts the concepts reached that a path may pass, `furthest` is the distance of the last of them, 0 where
    there is none. `nearest` holds of some the id, the distance from this end and the one to the other end if every
    claim could be walked either way, not past this end (None where that is too far), in the order of `Reach`.
    """

    total: int
    furthest: int
    nearest: tuple[tuple[str, int, int | None], ...]


class Explorer(Protocol):
    """What is asked of a graph between two ends that no path joins."""

    def front(self, walk: Walk, max_hops: int, free: Loosened, *, onward: bool) -> tuple[Front, bool]:
        """How far one comes from the source, or back from the target, and whether all of that was looked at.

        `free` is the walk by which distances to the other end are counted.
        """

    def fewest(self, question: Loosened) -> tuple[int | None, bool]:
        """How many hops the shortest path has, None where none was found, and whether all was looked at."""


@dataclass(frozen=True, slots=True)
class Reached:
    """A concept `hops` away from an end; `to_go` from the other if all could be walked either way, None if too far."""

    concept: Concept
    hops: int
    to_go: int | None


@dataclass(frozen=True, slots=True)
class Reach:
    """How far a search came from one end.

    `total` counts the concepts reached under all filters that a path may pass, within `furthest` hops. `nearest` are
    those with the fewest hops to the other end; ties: nearest to this end, most linked, IRI.
    """

    total: int
    furthest: int
    nearest: tuple[Reached, ...]


@dataclass(frozen=True, slots=True)
class Dropped:
    """The filters without which there is a path, and how many hops the shortest has."""

    filters: tuple[str, ...]
    hops: int


@dataclass(frozen=True, slots=True)
class NoPath:
    """Why there is no path, in words and in parts.

    `source` says what is reached from the source, `target` from where the target is reached. `without` has an entry
    for each filter that alone is in the way, fewest hops first; where there is none, but a path without all filters,
    one entry with all of them. `truncated` when not all was looked at: more concepts may be reached, more filters be
    in the way.
    """

    text: str
    source: Reach
    target: Reach
    without: tuple[Dropped, ...]
    truncated: bool


def explained(
    network: KnowledgeGraph,
    explorer: Explorer,
    ends: tuple[Concept, Concept],
    walk: Walk,
    max_hops: int,
    *,
    longest: int,
    beyond: Explorer | None = None,
) -> NoPath:
    """Why no path of at most `max_hops` joins source and target; `longest` is the most hops that a path may have.

    Where what is asked is what some articles tell, `beyond` is of what all of them do.
    """
    single = [(question, explorer) for question in loosened(walk, max_hops, longest)]
    free = unfiltered(walk, max_hops, longest)
    anything = free
    if beyond is not None:
        single.append((Loosened(("article",), walk, max_hops), beyond))
        anything = replace(free, filters=(*free.filters, "article"))
    ahead, all_ahead = explorer.front(walk, max_hops, free, onward=True)
    behind, all_behind = explorer.front(walk, max_hops, free, onward=False)
    complete = all_ahead and all_behind
    without: list[Dropped] = []
    for question, asked in (*single, *(((anything, beyond or explorer),) if len(anything.filters) > 1 else ())):
        if len(question.filters) > 1 and without:
            break
        hops, whole = asked.fewest(question)
        if hops is not None:
            without.append(Dropped(question.filters, hops))
        complete = complete and (whole or hops is not None)
    without.sort(key=lambda dropped: dropped.hops)
    return NoPath(
        text=_in_words(network, ends, walk, max_hops, without, longest=longest, complete=complete),
        source=_reach(network, ahead),
        target=_reach(network, behind),
        without=tuple(without),
        truncated=not complete,
    )


def loosened(walk: Walk, max_hops: int, longest: int) -> tuple[Loosened, ...]:
    """The question without each one of the filters that it has."""
    dropped = {
        "min_certainty": replace(walk, min_certainty=Certainty.UNLIKELY),
        "min_articles": replace(walk, min_articles=1),
        "predicate": replace(walk, predicates=frozenset()),
        "avoid": replace(walk, avoid=frozenset()),
        "via": replace(walk, via=frozenset()),
        "via_kinds": replace(walk, via_kinds=frozenset()),
        "directed": replace(walk, directed=False),
    }
    questions = [Loosened((name,), other, max_hops) for name, other in dropped.items() if other != walk]
    if max_hops < longest:
        questions.append(Loosened(("max_hops",), walk, longest))
    return tuple(questions)


def unfiltered(walk: Walk, max_hops: int, longest: int) -> Loosened:
    """The question without any filter: every claim may be walked either way."""
    names = tuple(name for question in loosened(walk, max_hops, longest) for name in question.filters)
    return Loosened(names, Walk(directed=False), longest)


def _reach(network: KnowledgeGraph, front: Front) -> Reach:
    rows = (Reached(network.concepts[id], hops, to_go) for id, hops, to_go in front.nearest)
    return Reach(front.total, front.furthest, tuple(rows))


def _in_words(
    network: KnowledgeGraph,
    ends: tuple[Concept, Concept],
    walk: Walk,
    max_hops: int,
    without: Iterable[Dropped],
    *,
    longest: int,
    complete: bool,
) -> str:
    source, target = ends
    said = [f"No chain of at most {counted(max_hops)} leads from {source.label} to {target.label}."]
    found = [f"{_dropping(network, row.filters, walk, longest)} there is one of {counted(row.hops)}" for row in without]
    if found:
        said.append("; ".join([found[0], *(row[:1].lower() + row[1:] for row in found[1:])]) + ".")
    elif complete:
        said.append(f"Without any filter there is none of at most {counted(longest)} either.")
    else:
        said.append("None was found without its filters either, before the search stopped at its limit.")
    return " ".join(said)


def counted(hops: int) -> str:
    """So many hops, in words: "1 hop", "2 hops"."""
    return f"{hops} hop" if hops == 1 else f"{hops} hops"


def _dropping(network: KnowledgeGraph, filters: tuple[str, ...], walk: Walk, longest: int) -> str:
    if len(filters) > 1:
        return f"Only without all of {', '.join(filters)}"
    labels: dict[str, Sequence[str]] = {
        "via": [network.concepts[id].label for id in sorted(walk.via)],
        "avoid": [network.concepts[id].label for id in sorted(walk.avoid)],
        "via_kinds": sorted(walk.via_kinds),
        "predicate": sorted(walk.predicates),
        "min_certainty": [walk.min_certainty],
        "min_articles": [str(walk.min_articles)],
    }
    match filters[0]:
        case "directed":
            return "With directed=false"
        case "max_hops":
            return f"With max_hops={longest}"
        case "article":
            return "With what all articles tell"
        case "via_kinds":
            return f"Without via_kind={','.join(labels['via_kinds'])}"
        case name:
            return f"Without {name}={','.join(labels[name])}"
