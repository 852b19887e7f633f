"""What categories and predicates of the Biolink Model are in Etiograph's model: one table of each."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Final

from ontology.schema import schema
from ontology.terms import Kind, Predicate

KINDS: Final[Mapping[str, tuple[Kind, ...]]] = MappingProxyType(
    {
        "biolink:Disease": (Kind.CONDITION,),
        "biolink:DiseaseOrPhenotypicFeature": (Kind.CONDITION,),
        "biolink:PhenotypicFeature": (Kind.SYMPTOM,),
        "biolink:PathologicalProcess": (Kind.MECHANISM,),
        "biolink:Procedure": (Kind.TEST,),
        "biolink:Treatment": (Kind.TREATMENT,),
        "biolink:Drug": (Kind.TREATMENT, Kind.AGENT),
        "biolink:ChemicalEntity": (Kind.AGENT,),
        "biolink:SmallMolecule": (Kind.AGENT,),
        "biolink:OrganismTaxon": (Kind.AGENT,),
        "biolink:Bacterium": (Kind.AGENT,),
        "biolink:Virus": (Kind.AGENT,),
        "biolink:ExposureEvent": (Kind.RISK_FACTOR,),
        "biolink:EnvironmentalExposure": (Kind.RISK_FACTOR,),
        "biolink:BehavioralExposure": (Kind.RISK_FACTOR,),
        "biolink:AnatomicalEntity": (Kind.ANATOMY,),
        "biolink:GrossAnatomicalStructure": (Kind.ANATOMY,),
    }
)
"""The kinds of a node by its category; a node of several categories has the kinds of all."""

_BESIDE: Final = {
    "biolink:treats": Predicate.TREATS,
    "biolink:disease_has_location": Predicate.LOCATED_IN,
    "biolink:preventative_for_condition": Predicate.REDUCES_RISK_OF,
}
"""Relations beside those that the ontology calls the same."""

_LEFT_OUT: Final = frozenset({Predicate.HAS_COMPLICATION})
"""What contributes to a condition need not be complicated by it."""


@cache
def relations() -> Mapping[str, Predicate]:
    """The relation of each predicate of Biolink that has one: those the ontology calls the same, and a few beside."""
    same = {
        relation.biolink: predicate
        for predicate, relation in schema().items()
        if relation.biolink and predicate not in _LEFT_OUT
    }
    return same | _BESIDE
