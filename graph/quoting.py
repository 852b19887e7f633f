"""Which sentence to show for a claim, and a chain told by the sentences it rests on."""

from collections.abc import Iterator
from itertools import pairwise

from graph.paths import Hop, Path
from graph.wording import verb
from ontology.claim import Claim, Concept, Evidence


def surest(claim: Claim) -> Evidence:
    """The statement to show where there is room for one: the surest, among equals a sentence rather than a heading.

    Ties by article and place.
    """
    return max(claim.evidence, key=lambda row: (row.certainty.rank, not is_bare(row)))


def is_bare(row: Evidence) -> bool:
    """Whether the quote is no more than a name: a heading or an item, which its section makes a statement."""
    return row.quote in (row.subject_mention, row.object_mention)


def quoted(row: Evidence) -> str:
    """The quote in quotation marks, its line breaks as spaces; a bare one with the heading that it stands under."""
    under = f", under “{row.section[-1]}”" if is_bare(row) and row.section else ""
    return f"“{' '.join(row.quote.split())}”{under}"


def in_quotes(path: Path) -> tuple[str, ...]:
    """The chain as one sentence a hop, in order: what is claimed, in its own direction, and the words that say so.

    "A may cause B (often): “quote” [article]." Where two hops in a row rest on one quote it is given once. How many
    other articles say the same is counted, and what an article denies follows with its quote.
    """
    labels = {concept.id: concept for concept in path.nodes}
    rows = [surest(hop.claims[0]) for hop in path.hops]
    repeated = [False, *(_place(before) == _place(row) for before, row in pairwise(rows))]
    return tuple(
        "".join(_sentences(hop, labels, row, again=again))
        for hop, row, again in zip(path.hops, rows, repeated, strict=True)
    )


def _sentences(hop: Hop, concepts: dict[str, Concept], row: Evidence, *, again: bool) -> Iterator[str]:
    claim = hop.claims[0]
    often = f" ({claim.frequency})" if claim.frequency else ""
    subject = concepts[hop.subject].label
    yield f"{subject[:1].upper()}{subject[1:]} {verb(claim)} {concepts[hop.object].label}{often}: "
    yield "the same words" if again else quoted(row)
    yield f" [{row.article}{_others(claim)}]."
    for denied in hop.claims[1:]:
        against = surest(denied)
        yield f" This is denied: {quoted(against)} [{against.article}{_others(denied)}]."


def _others(claim: Claim) -> str:
    count = len(claim.articles) - 1
    return f" and {count} other article{'s' if count > 1 else ''}" if count else ""


def _place(row: Evidence) -> tuple[str, int, int]:
    return (row.article, row.start, row.end)
