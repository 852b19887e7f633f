"""Checks every mapping of the curated vocabulary against the other vocabulary's own file.

    python -m ontology.mappings [--shared DIR]

HP and ICD-10-CM come with their packages and are always checked. DOID with its cross-references, MAXO, UBERON and SYMP
are checked where `--shared` names a folder that has `vocabularies/`. An exact match must agree in a name; a
cross-reference (UMLS, MeSH, SNOMED CT) must be one that the exactly mapped DOID or HP term carries.
"""

import argparse
import csv
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from ontology.claim import Concept
from ontology.errors import InvalidVocabulary
from ontology.lexicon import curated, name_key
from ontology.obo import read_obo
from ontology.terms import MappingRelation
from ontology.vocabularies import hp_file, icd10cm_names

_OBO: Final = {"MAXO": "maxo.obo", "UBERON": "uberon-subset.obo", "SYMP": "symp.obo"}
_XREFS: Final = "doid-xrefs.tsv"
_XREF_PREFIX: Final = {"UMLS_CUI": "UMLS", "UMLS": "UMLS", "MESH": "MESH", "SNOMEDCT_US": "SNOMEDCT"}


@dataclass(frozen=True, slots=True)
class Entry:
    """A term of another vocabulary: its names as compared, and the CURIEs it refers to."""

    names: frozenset[str]
    xrefs: frozenset[str]


def problems(concepts: Iterable[Concept], *, shared: Path | None = None) -> tuple[str, ...]:
    """One line a mapping that does not hold, sorted; () where all do.

    Mappings to vocabularies whose file is in `shared` are passed over where that is None.

    Raises:
        InvalidVocabulary: a vocabulary's file is missing or not what it should be.
    """
    concepts = tuple(concepts)
    entries = _entries(shared)
    return tuple(sorted([*_repeated(concepts), *_unfounded(concepts, entries, complete=shared is not None)]))


def _repeated(concepts: tuple[Concept, ...]) -> Iterator[str]:
    exact: dict[str, str] = {}
    for concept in concepts:
        for curie, count in Counter(mapping.curie for mapping in concept.mappings).items():
            if count > 1:
                yield f"{concept.id}: mapped to {curie} in {count} ways; keep one"
        for mapping in concept.mappings:
            if mapping.relation is MappingRelation.EXACT:
                other = exact.setdefault(mapping.curie, concept.id)
                if other != concept.id:
                    yield f"{concept.id}: {mapping.curie} is the exact match of {other} already; make one of them close"


def _unfounded(
    concepts: tuple[Concept, ...], entries: Mapping[str, Mapping[str, Entry]], *, complete: bool
) -> Iterator[str]:
    for concept in concepts:
        exact = {m.curie for m in concept.mappings if m.relation is MappingRelation.EXACT}
        xrefs = {
            xref
            for curie in exact
            if (entry := entries.get(curie.partition(":")[0], {}).get(curie))
            for xref in entry.xrefs
        }
        own = {name_key(text) for text in (concept.label, *(name.text for name in concept.names))}
        for mapping in concept.mappings:
            prefix = mapping.curie.partition(":")[0]
            if prefix in _XREF_PREFIX.values():
                if complete and mapping.curie not in xrefs:
                    yield f"{concept.id}: {mapping.curie} is no cross-reference of the DOID or HP term it maps exactly"
            elif prefix in entries:
                entry = entries[prefix].get(mapping.curie)
                if entry is None:
                    yield f"{concept.id}: {mapping.curie} does not exist or is obsolete"
                elif mapping.relation is MappingRelation.EXACT and own.isdisjoint(entry.names):
                    yield f"{concept.id}: {mapping.curie} shares no name with it; make the match close or broad"
            elif prefix not in (*_OBO, "DOID"):
                yield f"{concept.id}: no file to check {mapping.curie} against; leave it out"


@cache
def _entries(shared: Path | None) -> Mapping[str, Mapping[str, Entry]]:
    entries: dict[str, Mapping[str, Entry]] = {"HP": _obo(hp_file(), "HP"), "ICD10CM": _icd10cm()}
    if shared is not None:
        for prefix, name in _OBO.items():
            entries[prefix] = _obo(_existing(shared / "vocabularies" / name), prefix)
        entries["DOID"] = _doid(_existing(shared / "vocabularies" / _XREFS))
    return entries


def _existing(path: Path) -> Path:
    if not path.is_file():
        raise InvalidVocabulary(f"{path}: no such file; --shared names the folder that has vocabularies/{path.name}")
    return path


def _obo(path: Path, prefix: str) -> Mapping[str, Entry]:
    return {
        term.id: Entry(
            frozenset(
                name_key(text)
                for text in (term.name, *(synonym.text for synonym in term.synonyms if synonym.scope == "EXACT"))
            ),
            frozenset(map(_xref, term.xrefs)),
        )
        for term in read_obo(path)
        if term.id.startswith(f"{prefix}:") and not term.obsolete
    }


def _icd10cm() -> Mapping[str, Entry]:
    return {
        f"ICD10CM:{code}": Entry(frozenset(map(name_key, names)), frozenset())
        for code, names in icd10cm_names().items()
    }


def _doid(path: Path) -> Mapping[str, Entry]:
    labels: dict[str, str] = {}
    xrefs: dict[str, set[str]] = {}
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            labels[row["id"]] = row["label"]
            xrefs.setdefault(row["id"], set()).add(_xref(row["xref"]))
    return {curie: Entry(frozenset({name_key(label)}), frozenset(xrefs[curie])) for curie, label in labels.items()}


def _xref(xref: str) -> str:
    """A cross-reference by our prefixes; `SNOMEDCT_US_2025_09_01:1` carries the date of its release."""
    prefix, _, local = xref.partition(":")
    known = next((ours for theirs, ours in _XREF_PREFIX.items() if prefix.startswith(theirs)), prefix)
    return f"{known}:{local}"


def main() -> int:
    """Report on standard output; 1 where a mapping does not hold, else 0."""
    parser = argparse.ArgumentParser(prog="python -m ontology.mappings", description="Check the mappings.")
    parser.add_argument("--shared", type=Path, help="folder that has vocabularies/ (DOID, MAXO, UBERON, SYMP)")
    shared: Path | None = parser.parse_args().shared
    concepts = curated().concepts.values()
    counts = Counter(
        (mapping.relation.value, mapping.curie.partition(":")[0])
        for concept in concepts
        for mapping in concept.mappings
    )
    found = problems(concepts, shared=shared)
    for (relation, prefix), count in sorted(counts.items()):
        sys.stdout.write(f"{relation} {prefix}: {count}\n")
    for problem in found:
        sys.stdout.write(f"{problem}\n")
    sys.stdout.write(f"{len(concepts)} concepts, {sum(counts.values())} mappings, {len(found)} problem(s)\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
