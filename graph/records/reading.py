"""What a store says of a claim or a concept, for its record."""

import pyoxigraph
from pyoxigraph import NamedNode, Quad

from graph import nodes
from graph.rdf import CLAIM, CONCEPT, TYPE
from graph.reading import Descriptions, read_concept
from graph.stored import about_concept, stored_claim
from ontology.claim import Claim, Concept
from ontology.errors import StoreError


def thing_at(store: pyoxigraph.Store, node: NamedNode) -> Claim | Concept | None:
    """The claim or the concept; None where the node is neither, or both, or cannot be read."""
    is_claim, is_concept = (Quad(node, TYPE, type_, nodes.DEFAULT) in store for type_ in (CLAIM, CONCEPT))
    try:
        if is_claim and not is_concept:
            claim = stored_claim(store, node)
            return claim if claim is not None and claim.id == nodes.curie(node) else None
        if is_concept and not is_claim:
            return read_concept(Descriptions(about_concept(store, node)), node)
    except (StoreError, KeyError, ValueError):  # whoever asks for it learns what is wrong with it
        return None
    return None
