"""Why there is no chain: on the wire, and in words for terminal and pages."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from api.models import DroppedOut, NoPathOut, Paths, ReachedOut, ReachOut
from graph.nopath import NoPath, Reach, counted

if TYPE_CHECKING:
    from api.terminal import Screen


def no_path_out(found: NoPath) -> NoPathOut:
    """Why there is no chain, as the wire has it."""
    return NoPathOut(
        text=found.text,
        source=_reach(found.source),
        target=_reach(found.target),
        without=tuple(DroppedOut(filters=row.filters, hops=row.hops) for row in found.without),
        truncated=found.truncated,
    )


def tell_no_path(screen: "Screen", answer: Paths, why: NoPathOut) -> None:
    """Print why there is no chain, and how far the search came from either end."""
    screen.line(why.text)
    for said, reach in ends_of(answer, why):
        screen.line(f"{said}{':' if reach.nearest else '.'}")
        for row in reach.nearest:
            screen.parts(("• ", ""), (row.label, "bold"), (f" ({distances_of(row)})", "dim"), indent=2)


def ends_of(answer: Paths, why: NoPathOut) -> Iterator[tuple[str, ReachOut]]:
    """What is said of either end, before the concepts nearest to the other."""
    source, target = answer.source.label, answer.target.label
    yield _said(f"From {source}", "nothing can be reached", "can be reached", why.source, target, why), why.source
    yield _said(f"To {target}", "nothing leads", "lead", why.target, source, why), why.target


def _said(before: str, nothing: str, verb: str, reach: ReachOut, other: str, why: NoPathOut) -> str:
    if not reach.total:
        return f"{before} {nothing}"
    at_least = "at least " if why.truncated else ""
    concepts = "1 concept" if reach.total == 1 else f"{reach.total:,} concepts"
    verb = "leads" if reach.total == 1 and verb == "lead" else verb
    return f"{before} {at_least}{concepts} {verb} within {counted(reach.furthest)}; nearest to {other}"


def distances_of(row: ReachedOut) -> str:
    """How far the concept is from either end, in words."""
    to_go = f", {counted(row.to_go)} from the other end either way" if row.to_go is not None else ""
    return f"{counted(row.hops)}{to_go}"


def _reach(found: Reach) -> ReachOut:
    rows = (
        ReachedOut(id=row.concept.id, label=row.concept.label, kinds=row.concept.kinds, hops=row.hops, to_go=row.to_go)
        for row in found.nearest
    )
    return ReachOut(total=found.total, furthest=found.furthest, nearest=tuple(rows))
