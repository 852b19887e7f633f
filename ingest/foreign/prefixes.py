"""Which concept an identifier of a foreign graph is: under our prefix where we have one, else its IRI.

The namespaces of other prefixes are those of the Biolink Model's own map (`biolink-prefixes.tsv`).
"""

from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from pyoxigraph import NamedNode

from ontology.terms import PREFIXES, contract

OF_THINGS: Final = (
    "etio",
    "etiop",
    "HP",
    "DOID",
    "MONDO",
    "UBERON",
    "MAXO",
    "SYMP",
    "UMLS",
    "MESH",
    "SNOMEDCT",
    "ICD10CM",
    "OMIM",
    "ORPHA",
    "DECIPHER",
)
"""Those of our prefixes whose identifiers are concepts; the others are of vocabularies of RDF."""


@cache
def namespaces() -> Mapping[str, str]:
    """The namespace of every prefix whose identifiers can be concepts."""
    lines = Path(__file__).with_name("biolink-prefixes.tsv").read_text(encoding="utf-8").splitlines()
    _, *rows = (line.split("\t") for line in lines if not line.startswith("#"))
    found = {prefix: namespace for prefix, namespace in rows}  # noqa: C416 - two values a row, or an error
    return MappingProxyType(found | {prefix: PREFIXES[prefix] for prefix in OF_THINGS})


def find_concept_id(curie: str) -> str | None:
    """The id of the concept that the CURIE names; None where its prefix is unknown or it makes no IRI."""
    prefix, _, local = curie.partition(":")
    namespace = namespaces().get(prefix)
    if namespace is None or not local:
        return None
    try:
        return contract(NamedNode(namespace + local).value)
    except ValueError:
        return None


@lru_cache(maxsize=65_536)
def compact(concept_id: str) -> str:
    """The concept's id in few letters: a CURIE, also where the id is an IRI of a prefix that only Biolink has."""
    if not concept_id.startswith("http"):
        return concept_id
    found = [
        (-len(namespace), prefix) for prefix, namespace in namespaces().items() if concept_id.startswith(namespace)
    ]
    if not found:
        return concept_id
    length, prefix = min(found)
    return f"{prefix}:{concept_id[-length:]}"
