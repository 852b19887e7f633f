"""From candidates to claims: checked, merged by identity, sorted.

Consistency: no claim of a thing with itself, the kinds of both sides fit the relation, symmetric relations once (the
smaller id first), and a symptom does not cause the condition it is a symptom of, unless that is all the text says.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from ingest.generics import is_generic
from ingest.genes import is_gene_change
from ingest.reading import Candidate
from ingest.reasons import Inconsistent
from ontology.article import Article, Extraction
from ontology.claim import Claim, Concept, Evidence, evidence_order
from ontology.schema import schema
from ontology.terms import SYMMETRIC, Kind, Predicate


@dataclass(frozen=True, slots=True)
class Stated:
    """A candidate and where it stands: the raw offsets of its quote and the headings above it."""

    candidate: Candidate
    start: int
    end: int
    section: tuple[str, ...]


def assemble(article: Article, stated: Iterable[Stated], *, extractor: str, sentences: int) -> Extraction:
    """The extraction of one article: its claims by id, the concepts they speak of by id."""
    evidence: dict[tuple[str, Predicate, str, bool], set[Evidence]] = defaultdict(set)
    concepts: dict[str, Concept] = {}
    for statement in stated:
        candidate = oriented(statement.candidate)
        if not is_consistent(candidate):
            continue
        for argument in (candidate.subject, candidate.object):
            concepts[argument.concept.id] = _merged(concepts.get(argument.concept.id), argument.concept, argument.kind)
        key = (
            candidate.subject.concept.id,
            candidate.predicate,
            candidate.object.concept.id,
            candidate.assertion.negated,
        )
        evidence[key].add(_evidence(article, statement, candidate, extractor))
    claims = tuple(
        Claim(subject, predicate, object, negated, _distinct(found))
        for (subject, predicate, object, negated), found in evidence.items()
    )
    return Extraction(
        article=article,
        concepts=tuple(concepts[curie] for curie in sorted(concepts)),
        claims=tuple(sorted(claims, key=lambda claim: claim.id)),
        sentences=sentences,
        extractor=extractor,
    )


def _distinct(found: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """The statements in the order of evidence, each once.

    A rule that reads the same words of one sentence twice makes one statement of them: the surest, among equals the
    first by frequency, qualifier and cue.
    """
    chosen: dict[object, Evidence] = {}
    for statement in sorted(found, key=_preference):
        chosen.setdefault(evidence_order(statement), statement)
    return tuple(sorted(chosen.values(), key=evidence_order))


def _preference(statement: Evidence) -> tuple[int, str, str, str, tuple[str, ...], str, str]:
    return (
        statement.certainty.rank,
        statement.frequency or "",
        statement.qualifier or "",
        statement.certainty_cue or "",
        statement.section,
        statement.subject_kind,
        statement.object_kind,
    )


def is_consistent(candidate: Candidate) -> bool:
    """Tell whether a candidate may become a claim."""
    return find_inconsistency(candidate) is None


def find_inconsistency(candidate: Candidate) -> Inconsistent | None:
    """Why a candidate may not become a claim, or None where it may."""
    relation = schema()[candidate.predicate]
    if candidate.subject.concept.id == candidate.object.concept.id:
        return Inconsistent.SAME
    if not relation.domain & set(candidate.subject.concept.kinds):
        return Inconsistent.DOMAIN
    if not relation.range & set(candidate.object.concept.kinds):
        return Inconsistent.RANGE
    if _is_gene_backwards(candidate):
        return Inconsistent.GENE
    subject, object = candidate.subject.concept.label, candidate.object.concept.label
    if (subject in _GENERAL and (candidate.predicate, subject) not in _MEANT) or (
        object in _GENERAL and candidate.predicate not in (Predicate.IS_A, Predicate.PRESENTS_AS)
    ):
        return Inconsistent.GENERAL
    if candidate.predicate in _NEEDS_A_NAME and is_generic(candidate.object.concept):
        return Inconsistent.GENERAL
    if candidate.predicate is Predicate.CAUSES and subject in _CELLS | _PEOPLE:
        return Inconsistent.GENERAL
    if candidate.predicate in _BY_MEANS and subject in _WHO:
        return Inconsistent.GENERAL
    if candidate.predicate in _BY_MEANS and candidate.subject.concept.kinds[0] is Kind.CONDITION:
        return Inconsistent.GENERAL
    return Inconsistent.SORTS if candidate.predicate is Predicate.IS_A and not _of_one_sort(candidate) else None


def _is_gene_backwards(candidate: Candidate) -> bool:
    """Tell whether a disease is said to bring about the change of a gene, or the change to look like something."""
    if candidate.predicate is Predicate.PRESENTS_AS:
        return is_gene_change(candidate.subject.concept)
    diseased = candidate.subject.kind in (Kind.CONDITION, Kind.SYMPTOM)
    return candidate.predicate is Predicate.CAUSES and diseased and is_gene_change(candidate.object.concept)


_PEOPLE: Final = frozenset("male sex|female sex|infants|young children|children|adolescents|adults".split("|"))
"""Who has a thing does not bring it about: "it occurs when children get too little"."""
_CELLS: Final = frozenset({"red blood cells", "white blood cells", "platelets", "clotting factor"})
"""Parts of the blood, which bring nothing about by being there."""

_NEEDS_A_NAME: Final = frozenset(
    {Predicate.IS_A, Predicate.CAUSES, Predicate.HAS_SYMPTOM, Predicate.HAS_SIDE_EFFECT, Predicate.HAS_COMPLICATION}
)
"""Relations that say nothing of a generic object: "can cause side effects", "are medicines"."""

_GENERAL = frozenset(
    "treatment|test|therapy|procedure|medical procedure|diagnostic test|follow-up care|disease|condition|disorder|"
    "illness|symptom|signs and symptoms|side effects|complication|syndrome|organ|tissue|cells|asymptomatic|"
    "risk factors|medical condition|recovery|quality of life|health problems".split("|")
)
"""Labels of what says nothing as one side of a claim."""

_BY_MEANS = frozenset({Predicate.REDUCES_RISK_OF, Predicate.TREATS})
_WHO = frozenset(
    "male sex|female sex|age|infants|young children|children|adolescents|genes|family history|adults".split("|")
)
"""Who somebody is treats nothing: "men may consider surgery to prevent it"."""

_MEANT = frozenset(
    {
        (Predicate.TREATS, "medical procedure"),
        (Predicate.REDUCES_RISK_OF, "treatment"),
        (Predicate.DIAGNOSES, "signs and symptoms"),
    }
)
"""Where such a label does say something: procedures as one treatment of several, prevention by treating."""

_SORTS = (
    frozenset({Kind.CONDITION, Kind.SYMPTOM, Kind.MECHANISM}),
    frozenset({Kind.AGENT, Kind.RISK_FACTOR}),
    frozenset({Kind.TREATMENT, Kind.AGENT, Kind.CARE_ACTION}),
)


def _of_one_sort(candidate: Candidate) -> bool:
    """Tell whether one thing can be a kind of the other: both share a kind or belong to one sort of kinds."""
    one, other = candidate.subject.concept, candidate.object.concept
    if other.provisional and other.kinds == (Kind.CONDITION,) and one.kinds[0] is Kind.SYMPTOM:
        return False  # a sign of an unknown condition, never a kind of it
    subject, object = set(one.kinds), set(other.kinds)
    return bool(subject & object) or any(subject & sort and object & sort for sort in _SORTS)


def oriented(candidate: Candidate) -> Candidate:
    """The candidate, its sides exchanged where its relation is symmetric and the object's id comes first."""
    if candidate.predicate in SYMMETRIC and candidate.object.concept.id < candidate.subject.concept.id:
        return Candidate(
            candidate.object,
            candidate.predicate,
            candidate.subject,
            candidate.assertion,
            candidate.rule,
            candidate.qualifier,
        )
    return candidate


def _merged(known: Concept | None, concept: Concept, kind: Kind) -> Concept:
    """A provisional concept has every kind it was used as; a known one has its own."""
    if not concept.provisional:
        return concept
    kinds = set(known.kinds if known else ()) | {kind}
    return Concept(concept.id, concept.label, tuple(sorted(kinds)), provisional=True)


def _evidence(article: Article, statement: Stated, candidate: Candidate, extractor: str) -> Evidence:
    assertion = candidate.assertion
    qualifiers = [candidate.qualifier, candidate.subject.qualifier, candidate.object.qualifier]
    return Evidence(
        article=article.id,
        quote=article.text[statement.start : statement.end],
        start=statement.start,
        end=statement.end,
        rule=candidate.rule,
        extractor=extractor,
        subject_mention=candidate.subject.mention,
        object_mention=candidate.object.mention,
        subject_kind=candidate.subject.kind,
        object_kind=candidate.object.kind,
        section=statement.section,
        certainty=assertion.certainty,
        certainty_cue=assertion.cue,
        frequency=assertion.frequency,
        frequency_class=assertion.frequency_class,
        qualifier="; ".join(dict.fromkeys(q for q in qualifiers if q)) or None,
    )
