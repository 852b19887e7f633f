"""The draw of claims for an audit, and what the sheets in `tests/audit/` say of it.

    python tests/audited.py PATH…

prints the claims drawn from articles with their sentences, as a reader judges them.
"""

import sys
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final

from api.pipeline import concepts_of, read
from ontology.calibration import COLUMNS, Judgement, read_sheet
from ontology.claim import Claim, Concept, Evidence

SHEETS: Final = Path(__file__).parent / "audit"
SEED: Final = 20261124
DRAWN: Final = 150


@dataclass(frozen=True, slots=True)
class Drawn:
    """A claim of one article, and the first statement of it there, which it is judged against."""

    article: str
    claim: Claim
    statement: Evidence


def drawn(
    paths: Iterable[Path], *, seed: int = SEED, count: int = DRAWN
) -> tuple[tuple[Drawn, ...], dict[str, Concept]]:
    """The first `count` claims of the articles in the order of their hashes, and the concepts they speak of."""
    found = read(paths)
    claims = [Drawn(e.article.id, claim, claim.evidence[0]) for e in found.extractions for claim in e.claims]
    claims.sort(key=lambda each: sha256(f"{seed}:{each.article}:{each.claim.id}".encode()).digest())
    return tuple(claims[:count]), concepts_of(found.extractions)


def verdicts(sheet: str) -> dict[tuple[str, str], Judgement]:
    """The judgements of a sheet by article and claim."""
    return {(row.article, row.claim): row for row in read_sheet(SHEETS / sheet)}


def main(paths: list[str]) -> None:
    """Print a row of the sheet, its verdict left open, and what is to be judged, for every claim drawn."""
    claims, concepts = drawn(Path(path) for path in paths)
    print("\t".join(COLUMNS))  # noqa: T201 - a command
    for each in claims:
        row = each.statement
        denied = "NOT " if each.claim.negated else ""
        words = (
            f"{concepts[each.claim.subject].label} {denied}{each.claim.predicate} {concepts[each.claim.object].label}"
        )
        place = f"{each.article}\t{each.claim.id}\t{row.start}\t{row.end}\t{row.rule}\t{row.certainty}"
        print(f"{place}\t?\t{words}\t{' / '.join(row.section)}\t{' '.join(row.quote.split())}")  # noqa: T201 - a command


if __name__ == "__main__":
    main(sys.argv[1:])
