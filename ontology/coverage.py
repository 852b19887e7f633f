"""Counts how well the curated vocabulary names things.

    python -m ontology.coverage [--list]

A concept should have three names or more, its label counted, among them one that people who are not clinicians use
where they have one. `--list` prints the concepts that have fewer.
"""

import argparse
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from ontology.claim import Concept
from ontology.lexicon import curated
from ontology.terms import Kind

ENOUGH: Final = 3
"""Names a concept should have, its label counted."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """The concepts whose usual kind is `kind`: how many, their names, their mappings, and those with too few names."""

    kind: Kind
    concepts: int
    names: int
    mapped: int
    short: tuple[Concept, ...]


def coverage(concepts: Iterable[Concept]) -> tuple[Coverage, ...]:
    """The figures of every kind, in the order of `Kind`; those of a kind without concepts are 0."""
    concepts = tuple(sorted(concepts, key=lambda concept: concept.id))
    return tuple(_of(kind, [concept for concept in concepts if concept.kinds[0] is kind]) for kind in Kind)


def _of(kind: Kind, concepts: list[Concept]) -> Coverage:
    return Coverage(
        kind=kind,
        concepts=len(concepts),
        names=sum(1 + len(concept.names) for concept in concepts),
        mapped=sum(bool(concept.mappings) for concept in concepts),
        short=tuple(concept for concept in concepts if 1 + len(concept.names) < ENOUGH),
    )


def main() -> int:
    """Report on standard output; 0."""
    parser = argparse.ArgumentParser(prog="python -m ontology.coverage", description="Count concepts and names.")
    parser.add_argument("--list", action="store_true", help="print the concepts with fewer than three names")
    listed: bool = parser.parse_args().list
    rows = coverage(curated().concepts.values())
    sys.stdout.write(f"{'kind':12}{'concepts':>9}{'names':>8}{'mapped':>8}{'short':>7}\n")
    for row in rows:
        sys.stdout.write(f"{row.kind:12}{row.concepts:9}{row.names:8}{row.mapped:8}{len(row.short):7}\n")
        for concept in row.short if listed else ():
            names = "; ".join(name.text for name in concept.names)
            sys.stdout.write(f"  {concept.label}: {names or 'no other name'}\n")
    total = (sum(row.concepts for row in rows), sum(row.names for row in rows), sum(row.mapped for row in rows))
    sys.stdout.write(f"{'all':12}{total[0]:9}{total[1]:8}{total[2]:8}{sum(len(row.short) for row in rows):7}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
