"""A concept in short as JSON has it: id, label and kinds.

Where links lie as numbers, a concept of several kinds is written without any, for which of them is the usual one, and
so the first, is not known there.
"""

from typing import Final, NamedTuple

import orjson

from graph.numbering import kind_bits
from ontology.claim import Concept
from ontology.terms import Kind

_ID: Final = b'{"id":"'
_LABEL: Final = b'","label":'
_KINDS: Final = b',"kinds":'
_NO_KINDS: Final = b"[]"


class NodeJson(NamedTuple):
    """The JSON of a concept, its id, and its label as JSON."""

    whole: bytes
    id: str
    label: bytes

    @classmethod
    def of(cls, concept: Concept) -> "NodeJson":
        """That of a concept."""
        label = orjson.dumps(concept.label)
        return cls(_whole(concept.id.encode(), label, orjson.dumps(concept.kinds)), concept.id, label)

    @classmethod
    def find(cls, whole: bytes) -> "NodeJson | None":
        """That of a concept that was written as one of these kinds; None where it was without any."""
        if whole.endswith(_WITHOUT_KINDS):
            return None
        # an IRI has no quotes, and those of a label are escaped
        end = whole.index(_LABEL)
        return cls(whole, whole[len(_ID) : end].decode(), whole[end + len(_LABEL) : whole.rindex(_KINDS)])


def written_node(id: bytes, label: str, kinds: int) -> bytes:
    """The JSON of a concept of which the sum of the bits of its kinds (`graph.numbering.kind_bits`) is known."""
    return _whole(id, orjson.dumps(label), _OF_ONE_KIND.get(kinds, _NO_KINDS))


def _whole(id: bytes, label: bytes, kinds: bytes) -> bytes:
    return b"".join((_ID, id, _LABEL, label, _KINDS, kinds, b"}"))


_OF_ONE_KIND: Final = {kind_bits([kind]): orjson.dumps([kind]) for kind in Kind}
_WITHOUT_KINDS: Final = _KINDS + _NO_KINDS + b"}"
