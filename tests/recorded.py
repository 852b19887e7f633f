"""The records of a data folder's current snapshot, compared with what its triples say."""

from collections.abc import Iterable
from pathlib import Path

from pyoxigraph import NamedNode, Quad, Store

from graph import nodes
from graph.rdf import CLAIM, CONCEPT, TYPE
from graph.reading import Descriptions, read_concept
from graph.records.kept import FOLDER, WHOLE, Records
from graph.records.packing import pack
from graph.snapshot import Snapshot
from graph.stored import about_concept, stored_claim
from ontology.claim import Claim, Concept, claim_number
from ontology.errors import StoreError


def check_records(folder: Path, *, former: Iterable[str] = ()) -> tuple[int, bool]:
    """How many things have a record, and whether all have; `former` are ids of what may be there no more.

    Raises:
        AssertionError: a record says something else than the triples, or one is missing where all should be there.
    """
    with Snapshot.open(folder) as snapshot:
        store, records, found = snapshot.store, Records(snapshot.path), 0
        whole = (snapshot.path / FOLDER / WHOLE).exists()
        ids = {nodes.curie(node) for type_ in (CLAIM, CONCEPT) for node in nodes_of(store, type_)}
        for id in sorted(ids | set(former)):
            node = nodes.term(id)
            claim, concept = claim_at(store, node), concept_at(store, node)
            recorded = records.claim(id), records.concept(id)
            assert recorded[0] is None or (recorded[0], recorded[0].evidence) == (claim, claim and claim.evidence)
            assert recorded[1] is None or recorded[1] == concept
            if claim is not None and recorded[0] is not None:
                assert records.written([claim_number(id)]) == [pack(claim)]
            is_both = all(Quad(node, TYPE, type_) in store for type_ in (CLAIM, CONCEPT))
            can_have_one = not is_both and (concept is not None or (claim is not None and claim.evidence != ()))
            assert not whole or any(recorded) == can_have_one
            found += any(recorded)
    return found, whole


def nodes_of(store: Store, type_: NamedNode) -> Iterable[NamedNode]:
    quads = store.quads_for_pattern(None, TYPE, type_, nodes.DEFAULT)
    return [quad.subject for quad in quads if isinstance(quad.subject, NamedNode)]


def claim_at(store: Store, node: NamedNode) -> Claim | None:
    """The claim as the triples have it; None where they make none, or one with another name."""
    if Quad(node, TYPE, CLAIM) not in store:
        return None
    try:
        claim = stored_claim(store, node)
    except (StoreError, KeyError, ValueError):
        return None
    return claim if claim is not None and claim.id == nodes.curie(node) else None


def concept_at(store: Store, node: NamedNode) -> Concept | None:
    """The concept as the triples have it; None where they make none."""
    if Quad(node, TYPE, CONCEPT) not in store:
        return None
    try:
        return read_concept(Descriptions(about_concept(store, node)), node)
    except (StoreError, KeyError, ValueError):
        return None
