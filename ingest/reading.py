"""One unit as the rules read it, and what they make of it: a `Reading` in, `Candidate`s out."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from ingest.arguments import Argument
from ingest.assertion import Assertion
from ingest.coordination import Conjunct, conjuncts
from ingest.events import Event
from ingest.focus import Focus
from ingest.linking import link
from ingest.mentions import Mention, MentionFinder
from ingest.sentences import Span
from ingest.trace import SILENT, Trace
from ingest.units import Unit
from ontology.claim import Concept
from ontology.terms import Kind, Predicate


@dataclass(frozen=True, slots=True)
class Candidate:
    """A claim as one unit states it, before it is checked and merged."""

    subject: Argument
    predicate: Predicate
    object: Argument
    assertion: Assertion
    rule: str
    qualifier: str | None = None

    def is_of_lead_in(self, unit: Unit) -> bool:
        """Whether all that it names stands in the lead-in of the unit, of which the item is no evidence."""
        item, placed = unit.quote.of(unit.text).lower(), False
        for side in (self.subject, self.object):
            if side.span is not None and side.span.end > unit.quote.start:
                return False
            if side.span is not None and side.span.of(unit.text) == side.mention:
                placed = True
            elif any(name.lower().split()[-1] in item for name in (side.mention, side.concept.label)):
                return False  # it comes from another sentence, and the item names it again: "smoke" of tobacco
        return placed


@dataclass(frozen=True, slots=True)
class Reading:
    """A unit with its mentions, its events and the focus in which it stands."""

    unit: Unit
    mentions: tuple[Mention, ...]
    events: tuple[Event, ...]
    finder: MentionFinder
    focus: Focus
    trace: Trace = SILENT

    @property
    def text(self) -> str:
        """The text that spans of the reading refer to."""
        return self.unit.text

    def conjuncts(self, span: Span) -> tuple[Conjunct, ...]:
        """The members of the list in a span; no name of a concept is parted."""
        return conjuncts(self.text, span, kept=[mention.span for mention in self.mentions])

    def link(
        self, conjunct: Conjunct, kinds: frozenset[Kind], *, known: bool = False, default: Kind | None = None
    ) -> Argument | None:
        """What one member of a list names, or None; see `ingest.linking.link`."""
        phrase = conjunct.phrase(self.text) if conjunct.prefix or conjunct.suffix else None
        found = link(
            self.text, conjunct.span, self.mentions, self.finder, kinds, phrase=phrase, known=known, default=default
        )
        self.trace.linked(phrase or conjunct.span.of(self.text), kinds, found)
        return replace(found, often=conjunct.often) if isinstance(found, Argument) else None

    def members(
        self, span: Span, kinds: frozenset[Kind], *, known: bool = False, default: Kind | None = None
    ) -> tuple[Argument, ...]:
        """What the members of the list in a span name, each once, in order; those that name nothing are left out."""
        linked = (self.link(conjunct, kinds, known=known, default=default) for conjunct in self.conjuncts(span))
        return tuple(dict.fromkeys(argument for argument in linked if argument is not None))

    def argument(self, mention: Mention, kinds: Collection[Kind]) -> Argument | None:
        """A mention as an argument of the first of its kinds that is one of `kinds`; None where none is."""
        kind = next((kind for kind in mention.concept.kinds if kind in kinds), None)
        return Argument(mention.concept, mention.span.of(self.text), kind, mention.span) if kind else None

    def argument_of(self, concept: Concept, span: Span) -> Argument:
        """A concept that a span of the text says, as an argument of its first kind."""
        return Argument(concept, span.of(self.text), concept.kinds[0], span)

    def happening(self, event: Event) -> Argument:
        """An event as an argument."""
        return Argument(event.concept, event.span.of(self.text), Kind.MECHANISM, event.span)
