"""A small graph in KGX's exchange format, and its files."""

import gzip
import json
from collections.abc import Sequence
from pathlib import Path

from ontology.lexicon import curated
from ontology.terms import Kind, MappingRelation

EXACT, CURATED = next(
    (mapping.curie, concept.id)
    for concept in curated().concepts.values()
    if Kind.SYMPTOM in concept.kinds
    for mapping in concept.mappings
    if mapping.relation is MappingRelation.EXACT
)
NODES: tuple[dict[str, str], ...] = (
    {"id": "OMIM:1", "category": "biolink:Disease|biolink:NamedThing", "name": "Sample disease"},
    {"id": "OMIM:2", "category": "biolink:Disease", "name": "Another"},
    {"id": "OMIM:3", "category": "biolink:Gene", "name": "no kind"},
    {"id": "ELSEWHERE:1", "category": "biolink:Disease", "name": "no prefix"},
    {"id": EXACT, "category": "biolink:PhenotypicFeature", "name": "by its own name"},
)
SOURCE = "infores:sample"
PLAIN = {"negated": "", "knowledge_level": "", "publications": "", "primary_knowledge_source": SOURCE}
EDGES: tuple[dict[str, str], ...] = (
    {**PLAIN, "subject": "OMIM:1", "predicate": "biolink:has_phenotype", "object": EXACT, "publications": "PMID:7"},
    {**PLAIN, "subject": "OMIM:1", "predicate": "biolink:causes", "object": "OMIM:2", "knowledge_level": "prediction"},
    {**PLAIN, "subject": "OMIM:2", "predicate": "biolink:correlated_with", "object": "OMIM:1", "negated": "True"},
    {**PLAIN, "subject": "OMIM:1", "predicate": "biolink:has_phenotype", "object": "HP:0"},
    {**PLAIN, "subject": "OMIM:1", "predicate": "biolink:related_to", "object": "OMIM:2"},
    {**PLAIN, "subject": "OMIM:1", "predicate": "biolink:treats", "object": "OMIM:2"},
    {**PLAIN, "subject": "OMIM:1", "predicate": "biolink:causes", "object": "OMIM:1"},
    {**PLAIN, "subject": "OMIM:1", "predicate": "biolink:causes", "object": "OMIM:3"},
)


def table(path: Path, rows: Sequence[dict[str, str]]) -> Path:
    lines = [
        "\t".join(rows[0]),
        *("\t".join(row.values()) for row in ({name: row[name] for name in rows[0]} for row in rows)),
    ]
    content = "".join(f"{line}\n" for line in lines).encode()
    path.write_bytes(gzip.compress(content, mtime=0) if path.suffix == ".gz" else content)
    return path


def lines(path: Path, rows: Sequence[dict[str, str]]) -> Path:
    listed = [
        {name: text.split("|") if name in ("category", "publications") else text for name, text in row.items() if text}
        for row in rows
    ]
    content = "".join(f"{json.dumps(row)}\n" for row in listed).encode()
    path.write_bytes(gzip.compress(content, mtime=0) if path.suffix == ".gz" else content)
    return path
