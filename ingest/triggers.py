"""A trigger: the words that state a relation, and what may fill the two slots they join."""

from dataclasses import dataclass

from ingest.expressions import Expression
from ontology.terms import Kind, Predicate


@dataclass(frozen=True, slots=True)
class Trigger:
    """One row: the words that join two slots, and what may fill them.

    `regex` is searched in `lowered` text.
    `missing` names the slot that the words leave out: the focus fills it, a `recent` row's from the sentence before.
    `known` slots take concepts of the vocabularies only, `typed` ones others too where their head noun or a known
    member of the same list tells the kind; `whole` ones must be named as a whole, a `nearest` subject is
    the name right before the words, a `single` object the first member of its list. With `adjacent` a name must begin
    the object. `event` lets a clause fill a slot that holds an event, `clause` any clause; the subject of a
    `participle` ("…, causing") is what happens before it. A `borrow`ing subject takes its head from the object ("a
    cough can be acute", where a `list` is needed), `prefix` stands before the subject ("avoiding"), `suffix` behind
    it, `verbatim` before the object; an `own` object is what the text says, up to its first clause, as one thing of the
    subject's kind, or a symptom that a test shows; an `absent` one is denied by the row.
    `implied` (slot, label) names what the words themselves say
    without a name: "listen for" is auscultation. The object of a `nominal` row is named by those words and its own
    ("interference with" work), a generic subject with `purpose` by what it is for.
    A row that `affirms` holds a negation that is part of its meaning, one that `denies` a denial without one.
    `headings` are those it holds under only, `excepted` those it does not hold under.
    """

    id: str
    regex: Expression
    ending: Expression | None
    """What stands behind the last closed slot, sought first because it is found or missed far sooner; None without."""
    relation: Predicate
    leading: str | None
    trailing: str | None
    subject: frozenset[Kind]
    object: frozenset[Kind]
    known: frozenset[str] = frozenset()
    typed: frozenset[str] = frozenset()
    whole: frozenset[str] = frozenset()
    missing: str | None = None
    adjacent: bool = False
    single: bool = False
    nearest: bool = False
    event: bool = False
    clause: bool = False
    borrow: bool = False
    prefix: str = ""
    absent: bool = False
    affirms: bool = False
    recent: bool = False
    list: bool = False
    participle: bool = False
    own: bool = False
    verbatim: str = ""
    headings: frozenset[str] = frozenset()
    excepted: frozenset[str] = frozenset()
    implied: tuple[str, str] | None = None
    nominal: str = ""
    suffix: str = ""
    purpose: bool = False
    denies: bool = False

    def kinds(self, slot: str) -> frozenset[Kind]:
        """The kinds that the slot of that name takes."""
        return self.subject if slot == "subject" else self.object
