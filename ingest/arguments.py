"""What fills a slot of a relation: a concept, the words that name it, and how they led to it."""

from dataclasses import dataclass, field
from enum import StrEnum

from ingest.sentences import Span
from ontology.claim import Concept
from ontology.terms import Kind


class Via(StrEnum):
    """How words led to a concept."""

    NAME = "name"
    COMPOSED = "name in another order"
    HEAD = "head"
    PROVISIONAL = "no vocabulary"


@dataclass(frozen=True, slots=True)
class Argument:
    """What fills a slot: a concept, the words that name it, the kind it has here, and what narrows it.

    `often` is what is said of this one alone among the members of its list: "fever and, in rare cases, death".
    """

    concept: Concept
    mention: str
    kind: Kind
    span: Span | None = None
    qualifier: str | None = None
    via: Via = field(default=Via.NAME, compare=False)
    often: str = ""
