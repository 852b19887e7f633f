"""Which kind a term of another vocabulary has: by the vocabulary it is from, else by the labels of its ancestors."""

import re
from collections import deque
from collections.abc import Mapping
from typing import Final

from ontology.foreign import ForeignTerm
from ontology.terms import Kind
from ontology.vocabularies import DISEASE_HEAD, SIGN_HEAD

_BY_PREFIX: Final[Mapping[str, Kind]] = {
    **dict.fromkeys(("DOID", "MONDO", "ORDO", "Orphanet", "ICD10CM"), Kind.CONDITION),
    **dict.fromkeys(("SYMP", "HP", "MP"), Kind.SYMPTOM),
    **dict.fromkeys(("UBERON", "FMA", "MA", "BTO", "CL"), Kind.ANATOMY),
    **dict.fromkeys(("CHEBI", "NCBITaxon", "FOODON"), Kind.AGENT),
    **dict.fromkeys(("DRON", "RXNORM", "ATC"), Kind.TREATMENT),
    **dict.fromkeys(("GO",), Kind.MECHANISM),
}
"""Vocabularies whose terms are all of one kind."""

_BY_WORDS: Final[tuple[tuple[Kind, re.Pattern[str]], ...]] = tuple(
    (kind, re.compile(rf"\b(?:{words})\b", re.IGNORECASE))
    for kind, words in (
        (Kind.TREATMENT, r"avoidance"),
        (
            Kind.TEST,
            r"diagnostic|tests?|testing|assays?|imaging|screening|assessments?|measurements?|biops(?:y|ies)|laboratory|examinations?",
        ),
        (
            Kind.TREATMENT,
            (
                r"therap(?:y|ies|eutic)|treatments?|surg(?:ery|ical)|medications?|drugs?|pharmac\w+|vaccin\w+|"
                r"interventions?|transplant(?:s|ations?)?|preventati?ve|palliative|medicines?"
            ),
        ),
        (
            Kind.CONDITION,
            r"diseases?|disorders?|syndromes?|conditions?|illness(?:es)?|infections?|neoplasms?|injur(?:y|ies)",
        ),
        (Kind.SYMPTOM, r"symptoms?|signs?|findings?|phenotyp\w+|abnormalit(?:y|ies)|complaints?"),
        (Kind.RISK_FACTOR, r"risk factors?|exposures?|behaviou?rs?|lifestyle|habits?"),
        (Kind.ANATOMY, r"anatom\w+|organs?|tissues?|body (?:parts?|regions?)|bones?|muscles?"),
        (
            Kind.AGENT,
            r"organisms?|bacteri\w+|virus(?:es)?|fung\w+|parasites?|chemicals?|substances?|allergens?|toxins?|foods?",
        ),
        (Kind.MECHANISM, r"process(?:es)?|mechanisms?|pathways?|dysfunctions?"),
        (Kind.CARE_ACTION, r"care actions?|referrals?"),
    )
)
"""Words in the label of an ancestor that tell the kind of what is below it; the first row that occurs counts."""


def find_kinds(
    term: ForeignTerm, terms: Mapping[str, ForeignTerm], title: str, default: Kind | None
) -> tuple[Kind, ...]:
    """The kinds of a term, the usual one first; () where nothing tells.

    Asked in this order: what the file states, the vocabulary of its id, its nearest ancestor of the same vocabulary
    whose label tells, the head of its own label, `default`, its own label, the vocabulary's title. A symptom whose name
    has a disease's head is a condition as well.
    """
    if term.kinds:
        return term.kinds
    kind = _BY_PREFIX.get(term.prefix) or _of_ancestor(term, terms) or _of_head(term.label or "")
    label = term.label or ""
    kind = kind or default or _of_words(label) or _of_words(title)
    if kind is None:
        return ()
    if kind is Kind.SYMPTOM and DISEASE_HEAD.search(label) and not SIGN_HEAD.search(label):
        return Kind.CONDITION, Kind.SYMPTOM
    return (kind,)


def _of_ancestor(term: ForeignTerm, terms: Mapping[str, ForeignTerm]) -> Kind | None:
    seen = {term.id}
    waiting = deque(term.parents)
    while waiting:
        curie = waiting.popleft()
        parent = terms.get(curie)
        if curie in seen or parent is None or parent.prefix != term.prefix:
            continue
        seen.add(curie)
        kind = _of_head(parent.label or "") or _of_words(parent.label or "")
        if kind is not None:
            return kind
        waiting += parent.parents
    return None


def _of_head(label: str) -> Kind | None:
    """The kind that the last word before a preposition tells: "measurement of the heart rate"."""
    head = re.split(r"\s+(?:of|by|for|in|on|to|with|from)\s", label)[0].split()
    return next((kind for kind, words in _BY_WORDS if head and words.fullmatch(head[-1])), None)


def _of_words(label: str) -> Kind | None:
    # A bone procedure is no bone.
    return next((kind for kind, words in _BY_WORDS if kind is not Kind.ANATOMY and words.search(label)), None)
