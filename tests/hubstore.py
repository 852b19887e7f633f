"""A store on disk with a concept that is linked to 100,000 others; only the links that chains pass have evidence."""

import os
from hashlib import sha256
from pathlib import Path
from typing import Final

import pyoxigraph
from toygraph import claim_between
from toystore import triples_of

from graph import nodes
from graph.adjacency.building import build
from graph.checkpoints import mark_unpublished, publish
from graph.layer import sorted_ntriples
from ontology.article import Article
from ontology.claim import Concept, claim_id
from ontology.terms import Certainty, Kind, Predicate

LEAVES: Final = 100_000
LEADING_ON: Final = 20
"""How many of them lead to the end; these come first."""

_CLAIM: Final = "".join(
    f"{{claim}} {nodes.term(name)} {value} .\n"
    for name, value in {
        "rdf:type": str(nodes.term("etio:Claim")),
        "rdf:subject": "{subject}",
        "rdf:predicate": "{predicate}",
        "rdf:object": "{object}",
        "etio:negated": f'"false"^^{nodes.term("xsd:boolean")}',
        "etio:certainty": '"unlikely"',
        "etio:belief": f'"0.1"^^{nodes.term("xsd:decimal")}',
        "etio:articleCount": f'"1"^^{nodes.term("xsd:integer")}',
    }.items()
)
_CONCEPT: Final = (
    f"{{object}} {nodes.term('rdf:type')} {nodes.term('skos:Concept')} .\n"
    f"{{object}} {nodes.term('rdf:type')} {nodes.term(Kind.MECHANISM.iri)} .\n"
    f'{{object}} {nodes.term("skos:prefLabel")} "{{name}}" .\n'
    "{subject} {predicate} {object} .\n"
)


def leaf(number: int) -> str:
    """The local name of a concept that the hub is linked to."""
    return f"leaf-{number:06}"


def build_hub(folder: Path) -> None:
    """Make the data folder: `start` causes `hub`, `hub` causes every leaf, the first leaves cause `end`."""
    folder.mkdir(parents=True, exist_ok=True)
    mark_unpublished(folder)
    store = pyoxigraph.Store(os.fspath(folder / "store"))
    triples = _told() + b"".join(_leaf(number) for number in range(LEAVES))
    store.bulk_load(triples, format=pyoxigraph.RdfFormat.N_TRIPLES)
    publish(store, folder, content=sha256(triples).hexdigest())  # that of the graph takes as long as all the rest
    (snapshot,) = (path for path in (folder / "snapshots").iterdir() if path.is_dir())
    build(snapshot)


def _told() -> bytes:
    """All that has evidence, and the article."""
    claims = [claim_between("start", Predicate.CAUSES, "hub")]
    for number in range(LEADING_ON):
        claims.append(claim_between("hub", Predicate.CAUSES, leaf(number), certainty=Certainty.ASSERTED))
        claims.append(claim_between(leaf(number), Predicate.CAUSES, "end", certainty=Certainty.POSSIBLE))
    concepts = tuple(Concept(f"etio:{name}", name, (Kind.CONDITION,)) for name in ("start", "hub", "end"))
    article = Article(id="more", title="more", text="x", format="text")
    return sorted_ntriples(triples_of(concepts, claims, (article,)))


def _leaf(number: int) -> bytes:
    name, predicate = leaf(number), Predicate.CAUSES
    ends = {"subject": str(nodes.term("etio:hub")), "object": str(nodes.term(f"etio:{name}"))}
    claim = str(nodes.term(claim_id("etio:hub", predicate, f"etio:{name}", negated=False)))
    text = _CONCEPT if number < LEADING_ON else _CONCEPT + _CLAIM
    return text.format(claim=claim, predicate=str(nodes.term(predicate.iri)), name=name, **ends).encode()
