"""A concept in short as JSON has it: id, label and kinds.

Where links lie as numbers, a concept of several kinds is written without any, for which of them is the usual one, and
so the first, is not known there.
"""

from typing import Final, NamedTuple

import orjson

from graph.numbering import kind_bits
from ontology.claim import Concept
from ontology.terms import Kind

ID: Final = b'{"id":"'
LABEL: Final = b'","label":'
"""What comes before the id and, after that, before the label."""

_OF_ONE_KIND: Final = {kind_bits([kind]): b',"kinds":%b}' % orjson.dumps([kind]) for kind in Kind}
_WITHOUT_KINDS: Final = b',"kinds":[]}'


class NodeJson(NamedTuple):
    """The JSON of a concept, its id, and its label as JSON."""

    whole: bytes
    id: bytes
    label: bytes

    @classmethod
    def of(cls, concept: Concept) -> "NodeJson":
        """That of a concept."""
        id, label = concept.id.encode(), orjson.dumps(concept.label)
        return cls(b'%b%b%b%b,"kinds":%b}' % (ID, id, LABEL, label, orjson.dumps(concept.kinds)), id, label)

    @classmethod
    def told(cls, id: str, label: str, kinds: int) -> "NodeJson":
        """That of a concept of which the sum of its kinds' bits (`graph.numbering.kind_bits`) is known."""
        name, written = id.encode(), orjson.dumps(label)
        return cls(whole(name, written, kinds), name, written)

    @property
    def has_kinds(self) -> bool:
        """Whether the kinds are there."""
        return not self.whole.endswith(_WITHOUT_KINDS)


def whole(id: bytes, label: bytes, kinds: int) -> bytes:
    """The JSON of a concept, given the label as JSON and the sum of its kinds' bits."""
    return b"".join((ID, id, LABEL, label, _OF_ONE_KIND.get(kinds, _WITHOUT_KINDS)))
