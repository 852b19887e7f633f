"""Concepts, claims and their evidence: the vocabulary that ingest and graph share.

A claim says that one concept stands in one relation to another. Its identity is (subject, predicate, object,
negated) and nothing else, so the same claim has the same id from every article and on every rebuild. What one
article says of it, where and how surely, is `Evidence`. This module does no input or output.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from hashlib import sha256

from ontology.packing import Packed
from ontology.reliability import together
from ontology.terms import ETIO, Certainty, Kind, MappingRelation, NameType, Predicate


@dataclass(frozen=True, slots=True)
class Name(Packed):
    """One name of a concept, as written, and how it names it."""

    text: str
    type: NameType = NameType.EXACT


@dataclass(frozen=True, slots=True)
class Mapping(Packed):
    """A checked correspondence to a concept of another vocabulary, by CURIE."""

    relation: MappingRelation
    curie: str


@dataclass(frozen=True, slots=True)
class Concept(Packed):
    """One thing that claims speak of.

    `names` excludes the label and is sorted by the author of the vocabulary, `kinds` begins with the usual one.
    """

    id: str
    label: str
    kinds: tuple[Kind, ...]
    names: tuple[Name, ...] = ()
    mappings: tuple[Mapping, ...] = ()
    definition: str | None = None
    provisional: bool = False

    def __hash__(self) -> int:
        return hash(self.id)

    @property
    def synonyms(self) -> tuple[str, ...]:
        """The texts of all names but the hidden ones, in order; the label is not among them."""
        return tuple(name.text for name in self.names if name.type is not NameType.HIDDEN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence(Packed):
    """One statement of a claim in one article.

    `start` and `end` are character offsets into the article's text (0-based, end exclusive) and
    `text[start:end] == quote` always holds. `section` is the path of headings, outermost first.
    The mentions are the words the quote (or its heading) uses for subject and object.
    """

    article: str
    quote: str
    start: int
    end: int
    rule: str
    extractor: str
    subject_mention: str
    object_mention: str
    subject_kind: Kind
    object_kind: Kind
    section: tuple[str, ...] = ()
    certainty: Certainty = Certainty.ASSERTED
    certainty_cue: str | None = None
    frequency: str | None = None
    frequency_class: str | None = None
    qualifier: str | None = None


def claim_id(subject: str, predicate: Predicate, object: str, negated: bool) -> str:
    """The CURIE of a claim: `etio:claim/` and the first 16 hex digits of SHA-256 over its four parts."""
    identity = "\x1f".join((subject, predicate, object, "1" if negated else "0"))
    return "etio:claim/" + sha256(identity.encode()).hexdigest()[:16]


def claim_number(id: str) -> int:
    """What the digits of a claim's id say."""
    return int(id[-16:], 16)


def numbered_claim(number: int) -> str:
    """The inverse of `claim_number`."""
    return f"etio:claim/{number:016x}"


_id_of = lru_cache(maxsize=4096)(claim_id)
"""Whoever has a claim asks for its id several times."""


@dataclass(frozen=True, slots=True)
class Claim(Packed):
    """Subject, predicate, object (CURIEs of concepts) and polarity, with every statement of it.

    `evidence` is sorted by article, start, end, rule.
    """

    subject: str
    predicate: Predicate
    object: str
    negated: bool
    evidence: tuple[Evidence, ...] = field(compare=False)

    @property
    def id(self) -> str:
        """The claim's CURIE; see `claim_id`."""
        return _id_of(self.subject, self.predicate, self.object, self.negated)

    @property
    def articles(self) -> tuple[str, ...]:
        """Ids of the articles that state it, sorted, each once."""
        return tuple(sorted({statement.article for statement in self.evidence}))

    @property
    def certainty(self) -> Certainty:
        """The strongest certainty of its evidence."""
        return max((statement.certainty for statement in self.evidence), key=lambda certainty: certainty.rank)

    @property
    def frequency(self) -> str | None:
        """The author's word for how often it holds, where all evidence that has one agrees; else None."""
        words = {statement.frequency for statement in self.evidence if statement.frequency}
        return words.pop() if len(words) == 1 else None

    @property
    def belief_terms(self) -> tuple[tuple[str, float], ...]:
        """One (article, weight) an article, sorted by article.

        Independent statements, of different rules and in different sentences, weigh together 1 − Π(1 − w), each w as
        `ontology.reliability` says; of statements that share a rule or a sentence the weightiest counts.
        """
        stated: dict[str, list[tuple[str, Certainty, int, int]]] = {}
        for row in self.evidence:
            stated.setdefault(row.article, []).append((row.rule, row.certainty, row.start, row.end))
        return tuple((article, together(rows)) for article, rows in sorted(stated.items()))

    @property
    def belief(self) -> float:
        """1 − Π(1 − w) over `belief_terms`, between 0 and 1, rounded to 4 places."""
        return round(1 - math.prod([1 - weight for _, weight in self.belief_terms]), 4)


def evidence_order(statement: Evidence) -> tuple[str, int, int, str, str, str]:
    """Sort key of evidence: article, start, end, rule, then the mentions."""
    return (
        statement.article,
        statement.start,
        statement.end,
        statement.rule,
        statement.subject_mention,
        statement.object_mention,
    )


def united(claims: Sequence[Claim]) -> Claim:
    """One claim of several that have its id, with the evidence of all in its order; there is at least one."""
    evidence = sorted((row for claim in claims for row in claim.evidence), key=evidence_order)
    return replace(claims[0], evidence=tuple(evidence))


def claim_iri(curie: str) -> str:
    """The IRI of a claim's CURIE."""
    return ETIO + curie.removeprefix("etio:")
