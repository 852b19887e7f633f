"""The vocabulary layer: what every store holds before the first article, and no article can change.

It is the ontology, the curated vocabulary and the example queries as their Turtle files say, the declarations of
prefixes, plus `etio:usualKind` for curated concepts of several kinds, since RDF does not keep the order in which the
files give them. Blank nodes get IRIs from their canonical labels (RDFC-1.0), so that the same files make the same
triples.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Final

from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    Literal,
    NamedNode,
    Quad,
    RdfFormat,
    Triple,
    parse,
    serialize,
)

from graph.describing.example import EXAMPLES, prefix_triples
from graph.nodes import term
from graph.rdf import CONCEPT, TYPE, USUAL_KIND
from ontology.schema import ONTOLOGY
from ontology.skos import KINDS
from ontology.terms import ETIO
from ontology.vocabularies import LEXICON

GENID: Final = f"{ETIO}.well-known/genid/"
VERSION: Final = term("owl:versionInfo")
VOCABULARY: Final = term("etio:vocabulary")


@dataclass(frozen=True, slots=True)
class Layer:
    """Its triples, the nodes of its concepts, its triples by subject, and its version: the hash of the files' triples.

    The version is also among the triples, as `owl:versionInfo` of `etio:vocabulary`.
    """

    triples: frozenset[Triple]
    concepts: frozenset[NamedNode]
    by_subject: Mapping[NamedNode, frozenset[Triple]]
    version: str

    @classmethod
    def of(cls, triples: Iterable[Triple]) -> "Layer":
        """The layer of these triples and its version."""
        stated = set(triples)
        version = "sha256:" + sha256(sorted_ntriples(stated)).hexdigest()
        stated.add(Triple(VOCABULARY, VERSION, Literal(version)))
        by_subject: defaultdict[NamedNode, set[Triple]] = defaultdict(set)
        for triple in stated:
            if isinstance(triple.subject, NamedNode):
                by_subject[triple.subject].add(triple)
        return cls(
            triples=frozenset(stated),
            concepts=frozenset(
                node for node, described in by_subject.items() if Triple(node, TYPE, CONCEPT) in described
            ),
            by_subject={node: frozenset(described) for node, described in by_subject.items()},
            version=version,
        )


EMPTY: Final = Layer(frozenset(), frozenset(), {}, "")
"""The layer of a store that holds nothing at all."""


@cache
def bundled() -> Layer:
    """The layer of the bundled ontology, vocabulary and examples; read once."""
    triples = prefix_triples()
    for path in (ONTOLOGY, *sorted(EXAMPLES.glob("*.ttl"))):
        triples |= _skolemized(path.stem, _read(path))
    for path in sorted(LEXICON.glob("*.ttl")):
        stated = _read(path)
        triples |= _skolemized(path.stem, stated)
        triples |= _usual_kinds(stated)
    return Layer.of(triples)


def sorted_ntriples(triples: Iterable[Triple]) -> bytes:
    """The triples as canonical N-Triples, lines in order of their bytes; also N-Quads of the default graph."""
    lines = serialize(triples, format=RdfFormat.N_TRIPLES)
    return b"".join(sorted(lines.splitlines(keepends=True))) if lines else b""


def sorted_triples(triples: Iterable[Triple]) -> list[Triple]:
    """The triples in the order of their N-Triples."""
    return sorted(triples, key=str)


def _read(path: Path) -> list[Quad]:
    """What a Turtle file says, in its order."""
    return list(parse(path=path, format=RdfFormat.TURTLE))


def _usual_kinds(stated: Iterable[Quad]) -> set[Triple]:
    """Which kind comes first of those of each subject that has several."""
    kinds: defaultdict[NamedNode | BlankNode | Triple, list[NamedNode]] = defaultdict(list)
    for quad in stated:
        if quad.predicate == TYPE and isinstance(quad.object, NamedNode) and quad.object.value in KINDS:
            kinds[quad.subject].append(quad.object)
    return {Triple(subject, USUAL_KIND, found[0]) for subject, found in kinds.items() if len(found) > 1}


def _skolemized(file: str, stated: list[Quad]) -> set[Triple]:
    """The triples, blank nodes called after the file and their canonical labels."""
    if not any(isinstance(term, BlankNode) for quad in stated for term in (quad.subject, quad.object)):
        return {quad.triple for quad in stated}
    dataset = Dataset(stated)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return {_without_blank_nodes(quad, file) for quad in dataset}


def _without_blank_nodes(quad: Quad, file: str) -> Triple:
    subject, object_ = quad.subject, quad.object
    if isinstance(subject, BlankNode):
        subject = NamedNode(f"{GENID}{file}-{subject.value}")
    if isinstance(object_, BlankNode):
        object_ = NamedNode(f"{GENID}{file}-{object_.value}")
    return Triple(subject, quad.predicate, object_)
