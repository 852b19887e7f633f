"""A claim as JSON has it: all that is known of it but the labels of its ends, which are the concepts' own.

Absent values are left out, never null. The same claim gives the same fields in the same order, and the same bytes.
"""

import struct
from itertools import accumulate
from typing import Any, Final, Literal, TypeAlias

import orjson

from graph.nodes import article_iri, evidence_iri
from ontology.claim import Claim, Evidence

EvidenceMode = Literal["none", "count", "full"]
Fields: TypeAlias = dict[str, Any]

_CLAIM: Final = b"claim"
_HEAD: Final = struct.Struct("<5s6I")
_LAST: Final[dict[EvidenceMode, int]] = {"none": 4, "count": 5, "full": 6}
"""The place in the head of where the last part ends that an answer has."""

_SOURCE: Final = "infores:etiograph"

Pieces: TypeAlias = tuple[bytes, bytes, bytes, bytes]
"""The JSON of a claim, but for the labels and the last brace.

What comes before the label of the subject and before that of the object; the figures, which are negated, certainty,
belief and frequency, after a comma; and what comes after the label of the object, the figures first, with as much of
the evidence as is asked for.
"""


def written(claim: Claim) -> bytes:
    """The JSON of a claim without the last brace, each label a zero; before it a head that says where its parts end."""
    id = claim.id
    parts = (
        orjson.dumps({"id": id, "subject": claim.subject})[:-1] + b',"subject_label":',
        b"0," + _inner({"predicate": claim.predicate, "object": claim.object}) + b',"object_label":',
        b"0," + _inner(figures(claim)),
        b"," + _inner(sources(claim)),
        b"," + _inner(number(claim)),
        b"," + _inner(evidence(claim, id)),
    )
    _, *ends = accumulate(map(len, parts), initial=_HEAD.size)
    return b"".join((_HEAD.pack(_CLAIM, *ends), *parts))


def is_written(packed: bytes) -> bool:
    """Whether bytes begin as those of a claim do."""
    return packed.startswith(_CLAIM)


def pieces(packed: bytes, mode: EvidenceMode) -> Pieces:
    """The pieces of what `written` has made."""
    head = _HEAD.unpack_from(packed)
    subject, object_ = head[1], head[2] + 1
    return (
        packed[_HEAD.size : subject],
        packed[subject + 1 : object_ - 1],
        packed[object_ : head[3]],
        packed[object_ : head[_LAST[mode]]],
    )


def text(packed: bytes) -> bytes:
    """What comes after the head."""
    return packed[_HEAD.size :]


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
