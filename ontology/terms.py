"""The closed vocabularies of the model, each member bound to its IRI.

`Kind` and `Predicate` restate what `etiograph.ttl` says; a test proves that they are equal.
This module holds names only: domains, ranges and symmetry are read from the TTL by `ontology.schema`.
"""

import re
from enum import StrEnum
from typing import Final

ETIO: Final = "https://w3id.org/etiograph/"
"""Namespace of the terms and of the curated concepts (prefix `etio`)."""

PROVISIONAL: Final = f"{ETIO}provisional/"
"""Namespace of the concepts minted from an article's own words (prefix `etiop`)."""

PREFIXES: Final[dict[str, str]] = {
    "etio": ETIO,
    "etiop": PROVISIONAL,
    "HP": "http://purl.obolibrary.org/obo/HP_",
    "DOID": "http://purl.obolibrary.org/obo/DOID_",
    "MONDO": "http://purl.obolibrary.org/obo/MONDO_",
    "UBERON": "http://purl.obolibrary.org/obo/UBERON_",
    "MAXO": "http://purl.obolibrary.org/obo/MAXO_",
    "SYMP": "http://purl.obolibrary.org/obo/SYMP_",
    "UMLS": "https://uts.nlm.nih.gov/uts/umls/concept/",
    "MESH": "http://id.nlm.nih.gov/mesh/",
    "SNOMEDCT": "http://snomed.info/id/",
    "ICD10CM": "http://purl.bioontology.org/ontology/ICD10CM/",
    "OMIM": "https://omim.org/entry/",
    "ORPHA": "http://www.orpha.net/ORDO/Orphanet_",
    "DECIPHER": "https://www.deciphergenomics.org/syndrome/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "skosxl": "http://www.w3.org/2008/05/skos-xl#",
    "dcterms": "http://purl.org/dc/terms/",
    "oa": "http://www.w3.org/ns/oa#",
    "prov": "http://www.w3.org/ns/prov#",
    "sh": "http://www.w3.org/ns/shacl#",
    "biolink": "https://w3id.org/biolink/vocab/",
    "schema": "https://schema.org/",
    "sd": "http://www.w3.org/ns/sparql-service-description#",
    "spex": "https://purl.expasy.org/sparql-examples/ontology#",
    "void": "http://rdfs.org/ns/void#",
}
"""Prefix → namespace, for every CURIE the project reads or writes."""


class Kind(StrEnum):
    """What sort of thing a concept is. A concept may have several."""

    CONDITION = "Condition"
    SYMPTOM = "Symptom"
    MECHANISM = "Mechanism"
    TEST = "Test"
    TREATMENT = "Treatment"
    RISK_FACTOR = "RiskFactor"
    ANATOMY = "Anatomy"
    AGENT = "Agent"
    CARE_ACTION = "CareAction"
    APPEARANCE = "Appearance"

    @property
    def iri(self) -> str:
        """The class of the ontology, `https://w3id.org/etiograph/Condition` and so on."""
        return ETIO + self.value


class Predicate(StrEnum):
    """The fourteen relations. The value is the name in JSON; only this direction is stored."""

    CAUSES = "causes"
    HAS_SYMPTOM = "has_symptom"
    INCREASES_RISK_OF = "increases_risk_of"
    REDUCES_RISK_OF = "reduces_risk_of"
    DIAGNOSES = "diagnoses"
    TREATS = "treats"
    HAS_SIDE_EFFECT = "has_side_effect"
    HAS_COMPLICATION = "has_complication"
    LOCATED_IN = "located_in"
    PRESENTS_AS = "presents_as"
    MIMICS = "mimics"
    IS_A = "is_a"
    WARRANTS = "warrants"
    ASSOCIATED_WITH = "associated_with"

    @property
    def iri(self) -> str:
        """The property of the ontology, `https://w3id.org/etiograph/hasSymptom` and so on."""
        first, *rest = self.value.split("_")
        return ETIO + first + "".join(word.capitalize() for word in rest)

    @property
    def reading(self) -> str:
        """The relation as words between subject and object: `increases risk of`."""
        return self.value.replace("_", " ")


SYMMETRIC: Final = frozenset({Predicate.MIMICS, Predicate.ASSOCIATED_WITH})
"""Relations whose two sides may be exchanged; stored once, with the smaller id as subject."""


class Certainty(StrEnum):
    """How sure the author is, strongest first."""

    ASSERTED = "asserted"
    POSSIBLE = "possible"
    UNLIKELY = "unlikely"

    @property
    def rank(self) -> int:
        """2 for asserted, 1 for possible, 0 for unlikely."""
        return _RANKS[self]


_RANKS: Final = {Certainty.UNLIKELY: 0, Certainty.POSSIBLE: 1, Certainty.ASSERTED: 2}


class NameType(StrEnum):
    """How a name names its concept. A hidden name is matched but never shown as a name of it."""

    EXACT = "exact"
    LAY = "lay"
    ABBREVIATION = "abbreviation"
    HIDDEN = "hidden"


class MappingRelation(StrEnum):
    """How a concept stands to one of another vocabulary (SKOS mapping relations)."""

    EXACT = "exactMatch"
    CLOSE = "closeMatch"
    BROAD = "broadMatch"


def expand(curie: str) -> str:
    """The IRI of a CURIE; an IRI comes back as it is.

    Raises:
        ValueError: the prefix is none of `PREFIXES`.
    """
    if curie.startswith(("http://", "https://", "urn:")):
        return curie
    prefix, colon, local = curie.partition(":")
    if not colon or prefix not in PREFIXES:
        raise ValueError(f"no known prefix in {curie!r} (known: {', '.join(sorted(PREFIXES))})")
    return PREFIXES[prefix] + local


_PREFIX_OF: Final = {namespace: prefix for prefix, namespace in PREFIXES.items()}
_NAMESPACE: Final = re.compile("|".join(map(re.escape, sorted(_PREFIX_OF, key=len, reverse=True))))
"""Matches the longest namespace that an IRI begins with."""


def contract(iri: str) -> str:
    """The CURIE of an IRI, by the longest matching namespace; the IRI itself where none matches."""
    found = _NAMESPACE.match(iri)
    return f"{_PREFIX_OF[found[0]]}:{iri[found.end() :]}" if found else iri
