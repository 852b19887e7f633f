"""Writes a typed power-law graph as claims into a data folder: `linkstore.py FOLDER [--links 1_000_000] [--seed 1]`.

Every node is a concept with a label and a kind, every link an affirmed claim with its roll-ups and the plain link, as
articles would leave them, but without evidence: some ten triples a link. FOLDER becomes a data folder as `etiograph
serve --data FOLDER` serves it; what is there already is kept. Ten million links, 100 million triples, take some
twenty minutes and 13 GB.
"""

import argparse
import os
import sys
import time
from pathlib import Path
from typing import IO, Final

import numpy as np
import pyoxigraph

sys.path.insert(0, str(Path(__file__).parents[2]))

from powerlaw import Shape, power_law

from graph import nodes
from graph.checkpoints import mark_unpublished, publish
from graph.layer import bundled, sorted_ntriples
from graph.rdf import article_triples
from ontology.article import Article, Source
from ontology.claim import claim_id
from ontology.terms import Certainty, Kind, Predicate

RELATIONS: Final = tuple(Predicate)
KINDS: Final = (Kind.CONDITION, Kind.SYMPTOM, Kind.MECHANISM, Kind.TREATMENT)
_ARTICLE: Final = Article(id="power-law", title="A power-law graph", text="Made up.\n", format="text", source=Source())
_AT_ONCE: Final = 100_000
_TYPE: Final = str(nodes.term("rdf:type"))
_XSD: Final = "http://www.w3.org/2001/XMLSchema#"


def concept(number: int) -> str:
    """The id of a node's concept."""
    return f"etio:node-{number:08}"


def write(file: IO[bytes], shape: Shape) -> None:
    """Write the graph as N-Triples, each triple once."""
    file.write(sorted_ntriples(bundled().triples))
    file.write(sorted_ntriples(article_triples(_ARTICLE)))  # a store without any is one that is empty
    properties = {
        name: str(nodes.term(name))
        for name in (
            "rdf:subject",
            "rdf:predicate",
            "rdf:object",
            "etio:negated",
            "etio:certainty",
            "etio:belief",
            "etio:articleCount",
            "skos:prefLabel",
        )
    }
    iris = [str(nodes.term(concept(number))) for number in range(shape.nodes)]
    kinds = [str(nodes.term(kind.iri)) for kind in KINDS]
    skos, claim = str(nodes.term("skos:Concept")), str(nodes.term("etio:Claim"))
    for number, iri in enumerate(iris):
        file.write(
            f"{iri} {_TYPE} {skos} .\n{iri} {_TYPE} {kinds[number % len(kinds)]} .\n"
            f'{iri} {properties["skos:prefLabel"]} "node {number}" .\n'.encode()
        )
    links = power_law(shape)
    relations = [str(nodes.term(relation.iri)) for relation in RELATIONS]
    certainties = {certainty.rank: f'"{certainty.value}"' for certainty in Certainty}
    belief = np.round(links.belief.astype(np.float64), 4)
    for start in range(0, len(links), _AT_ONCE):
        part = slice(start, start + _AT_ONCE)
        lines: list[str] = []
        for s, r, o, c, a, b in zip(
            links.subject[part].tolist(),
            links.relation[part].tolist(),
            links.object[part].tolist(),
            links.certainty[part].tolist(),
            links.articles[part].tolist(),
            belief[part].tolist(),
            strict=True,
        ):
            node = str(nodes.term(claim_id(concept(s), RELATIONS[r], concept(o), negated=False)))
            lines.append(
                f"{node} {_TYPE} {claim} .\n"
                f"{node} {properties['rdf:subject']} {iris[s]} .\n"
                f"{node} {properties['rdf:predicate']} {relations[r]} .\n"
                f"{node} {properties['rdf:object']} {iris[o]} .\n"
                f'{node} {properties["etio:negated"]} "false"^^<{_XSD}boolean> .\n'
                f"{node} {properties['etio:certainty']} {certainties[c]} .\n"
                f'{node} {properties["etio:belief"]} "{b}"^^<{_XSD}decimal> .\n'
                f'{node} {properties["etio:articleCount"]} "{a}"^^<{_XSD}integer> .\n'
                f"{iris[s]} {relations[r]} {iris[o]} .\n"
            )
        file.write("".join(lines).encode())


def build(folder: Path, shape: Shape) -> int:
    """Make the data folder, unless it is there; how many triples it holds."""
    ntriples = folder.with_name(f"{folder.name}.nt")
    if not (folder / "current").exists():
        folder.mkdir(parents=True, exist_ok=True)
        with ntriples.open("wb") as file:
            write(file, shape)
        mark_unpublished(folder)
        store = pyoxigraph.Store(os.fspath(folder / "store"))
        store.bulk_load(path=os.fspath(ntriples), format=pyoxigraph.RdfFormat.N_TRIPLES)
        store.optimize()
        publish(store, folder)
        ntriples.unlink()
        return len(store)
    return len(pyoxigraph.Store.read_only(os.fspath(folder / "store")))


def main() -> None:
    """Build the data and say how long it took."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("folder", type=Path)
    options.add_argument("--links", type=int, default=1_000_000)
    options.add_argument("--seed", type=int, default=1)
    chosen = options.parse_args()
    began = time.monotonic()
    shape = Shape(max(chosen.links // 10, 10), chosen.links, relations=len(RELATIONS), seed=chosen.seed)
    triples = build(chosen.folder, shape)
    sys.stdout.write(f"{triples:,} triples in {chosen.folder} after {time.monotonic() - began:.0f} s\n")


if __name__ == "__main__":
    main()
