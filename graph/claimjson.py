"""A claim as JSON has it: all that is known of it but the labels of its ends, which are the concepts' own.

Absent values are left out, never null. The same claim gives the same fields in the same order, and the same bytes.
"""

from typing import Any, Final, Literal, NamedTuple, TypeAlias

import orjson

from graph.nodes import article_iri, evidence_iri
from ontology.claim import Claim, Evidence

EvidenceMode = Literal["none", "count", "full"]
Fields: TypeAlias = dict[str, Any]

_SOURCE: Final = "infores:etiograph"


class ClaimJson(NamedTuple):
    """The JSON of a claim in pieces: `id` and `subject`, after which the label of the subject goes in, and so on.

    The first begins with the brace, each of the others with a comma; the last brace is in none.
    """

    subject: bytes
    object: bytes
    """After which the label of the object goes in."""

    figures: bytes
    """Negated, certainty, belief, frequency."""

    sources: bytes
    number: bytes
    """How many statements there are."""

    evidence: bytes

    @classmethod
    def of(cls, claim: Claim) -> "ClaimJson":
        """The pieces of a claim."""
        id = claim.id
        return cls(
            b"{" + _inner({"id": id, "subject": claim.subject}) + b',"subject_label":',
            b"," + _inner({"predicate": claim.predicate, "object": claim.object}) + b',"object_label":',
            b"," + _inner(figures(claim)),
            b"," + _inner(sources(claim)),
            b"," + _inner(number(claim)),
            b"," + _inner(evidence(claim, id)),
        )

    def is_of(self, id: str) -> bool:
        """Whether it is the claim with this id."""
        return self.subject.startswith(b'{"id":"%b"' % id.encode())

    def whole(self, subject_label: bytes, object_label: bytes, mode: EvidenceMode) -> bytes:
        """The JSON with these labels, which are JSON themselves."""
        subject, object_, figures, *_ = self
        return b"".join((subject, subject_label, object_, object_label, figures, *self.last(mode), b"}"))

    def last(self, mode: EvidenceMode) -> tuple[bytes, ...]:
        """What comes after the figures."""
        if mode == "full":
            return self[3:]
        return self[3:5] if mode == "count" else self[3:4]


def figures(claim: Claim) -> Fields:
    """Whether it is denied, how sure its authors are, the belief in it, and how often it holds."""
    fields: Fields = {"negated": claim.negated, "certainty": claim.certainty, "belief": claim.belief}
    frequency = claim.frequency
    if frequency is not None:
        fields["frequency_qualifier"] = frequency
    return fields


def sources(claim: Claim) -> Fields:
    """Where it comes from."""
    return {
        "publications": [article_iri(article) for article in claim.articles],
        "primary_knowledge_source": _SOURCE,
    }


def number(claim: Claim) -> Fields:
    """How many statements there are of it."""
    return {"evidence_count": len(claim.evidence)}


def evidence(claim: Claim, id: str) -> Fields:
    """The statements of the claim with this id."""
    return {
        "has_evidence": [evidence_iri(id, row) for row in claim.evidence],
        "evidence": [statement(row) for row in claim.evidence],
    }


def statement(row: Evidence) -> Fields:
    """One statement."""
    fields: Fields = {
        "article": row.article,
        "quote": row.quote,
        "start": row.start,
        "end": row.end,
        "section": row.section,
        "certainty": row.certainty,
    }
    if row.certainty_cue is not None:
        fields["certainty_cue"] = row.certainty_cue
    if row.frequency is not None:
        fields["frequency"] = row.frequency
    if row.frequency_class is not None:
        fields["frequency_class"] = row.frequency_class
    if row.qualifier is not None:
        fields["qualifier"] = row.qualifier
    fields["rule"] = row.rule
    fields["extractor"] = row.extractor
    fields["subject_mention"] = row.subject_mention
    fields["object_mention"] = row.object_mention
    return fields


def _inner(fields: Fields) -> bytes:
    return orjson.dumps(fields)[1:-1]
