"""A claim as JSON has it: all that is known of it but the labels of its ends, which are the concepts' own.

Absent values are left out, never null. The same claim gives the same fields in the same order, and the same bytes.
"""

import struct
from itertools import accumulate
from typing import Any, Final, Literal, NamedTuple, TypeAlias

import orjson

from graph.nodes import article_iri, evidence_iri
from ontology.claim import Claim, Evidence

EvidenceMode = Literal["none", "count", "full"]
Fields: TypeAlias = dict[str, Any]

_CLAIM: Final = b"claim"
_HEAD: Final = struct.Struct("<5s6I")
"""The mark of a claim, and where the parts of its JSON end; their place is counted from the mark."""

_LAST: Final[dict[EvidenceMode, int]] = {"none": 3, "count": 4, "full": 5}
"""Which is the last part that an answer has."""

_SOURCE: Final = "infores:etiograph"


class ClaimJson(NamedTuple):
    """The JSON of a claim after a head, and where its parts end.

    Those are what comes before the label of the subject, which is no part of it and in whose place stands a zero; what
    comes between that and the label of the object; the figures (negated, certainty, belief, frequency); what it comes
    from; how many statements there are; the statements. The last brace is not there.
    """

    packed: bytes
    ends: tuple[int, ...]

    @classmethod
    def find(cls, packed: bytes) -> "ClaimJson | None":
        """That of a claim; None where these bytes do not begin with one."""
        return cls(packed, _HEAD.unpack_from(packed)[1:]) if packed.startswith(_CLAIM) else None

    @classmethod
    def of(cls, claim: Claim) -> "ClaimJson":
        """That of a claim."""
        id = claim.id
        parts = (
            orjson.dumps({"id": id, "subject": claim.subject})[:-1] + b',"subject_label":',
            b"0," + _inner({"predicate": claim.predicate, "object": claim.object}) + b',"object_label":',
            b"0," + _inner(figures(claim)),
            b"," + _inner(sources(claim)),
            b"," + _inner(number(claim)),
            b"," + _inner(evidence(claim, id)),
        )
        ends = tuple(accumulate(map(len, parts), initial=_HEAD.size))[1:]
        return cls(b"".join((_HEAD.pack(_CLAIM, *ends), *parts)), ends)

    def whole(self, subject_label: bytes, object_label: bytes, mode: EvidenceMode) -> bytes:
        """The JSON with these labels, which are JSON themselves, and so much of the evidence."""
        packed, (subject, object_, *_) = self
        first, second = packed[_HEAD.size : subject], packed[subject + 1 : object_]
        rest = packed[object_ + 1 : self.ends[_LAST[mode]]]
        return b"".join((first, subject_label, second, object_label, rest, b"}"))

    @staticmethod
    def text_in(packed: bytes) -> bytes:
        """What comes after the head."""
        return packed[_HEAD.size :]

    @property
    def figures(self) -> bytes:
        """The figures, after a comma."""
        return self.packed[self.ends[1] + 1 : self.ends[2]]


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
