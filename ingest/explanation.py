"""How each sentence of an article was read: what was seen in it, which rules were tried, what became of them.

The same reading as `ingest.extract`, told to a trace that keeps it all: for those who teach the rules a wording.
"""

from collections.abc import Collection
from dataclasses import dataclass

from ingest.arguments import Argument
from ingest.assembly import find_inconsistency, oriented
from ingest.events import Event
from ingest.extract import read_units
from ingest.matching import Match
from ingest.mentions import Mention
from ingest.names import name_words
from ingest.reading import Candidate, Reading
from ingest.reasons import Inconsistent, Unlinked, Unread
from ingest.sentences import Span
from ingest.trace import Trace
from ingest.units import Unit
from ontology.article import Article
from ontology.claim import Concept, Name
from ontology.terms import Kind


@dataclass(frozen=True, slots=True)
class Recognised:
    """A mention: its words, its concept, the name they are, and the concept it was before its place narrowed it."""

    span: Span
    words: str
    concept: Concept
    name: Name | None
    narrowed_from: Concept | None


@dataclass(frozen=True, slots=True)
class Lookup:
    """Words, or a focus, looked up among concepts of `kinds`: what was found, in which layer, or why nothing.

    `words` is None where the focus itself was asked; `layer` names where the focus had it ("item", "sentence",
    "section", "aside", "document"), and is None where words were linked.
    """

    words: str | None
    kinds: tuple[Kind, ...]
    found: Argument | None
    layer: str | None = None
    reason: Unlinked | None = None


@dataclass(frozen=True, slots=True)
class SlotRead:
    """A slot of a trigger: its words, None where the trigger leaves it out, and what was looked up for it in turn."""

    name: str
    words: str | None
    lookups: tuple[Lookup, ...]


@dataclass(frozen=True, slots=True)
class MatchRead:
    """A row of the triggers that matched: its own words in the text, its slots, and what it made or why nothing."""

    match: Match
    words: str
    slots: tuple[SlotRead, ...]
    candidates: tuple[Candidate, ...]
    reason: Unread | None


@dataclass(frozen=True, slots=True)
class StageRead:
    """A stage without triggers: what it looked up, what it made, and what it passed over with the reason."""

    name: str
    lookups: tuple[Lookup, ...]
    candidates: tuple[Candidate, ...]
    passed: tuple[tuple[str, Unread], ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """A candidate, and why it may not become a claim; None where it does."""

    candidate: Candidate
    dropped: Inconsistent | None


@dataclass(frozen=True, slots=True)
class Explanation:
    """How one unit was read. `number` counts units from 1, `start` and `end` are the raw offsets of its quote.

    `focus` is what each layer held before the unit, nearest first.
    """

    number: int
    unit: Unit
    start: int
    end: int
    mentions: tuple[Recognised, ...]
    events: tuple[Event, ...]
    focus: tuple[tuple[str, tuple[Argument, ...]], ...]
    matches: tuple[MatchRead, ...]
    stages: tuple[StageRead, ...]
    outcomes: tuple[Outcome, ...]


def explain(article: Article) -> tuple[Explanation, ...]:
    """How every unit of the article was read, in the order of its text; () for an article without any."""
    recorder = _Recorder()
    read_units(article, trace=recorder)
    return recorder.explanations()


class _Recorder(Trace):
    """Keeps what it is told of each unit."""

    def __init__(self) -> None:
        self._done: list[Explanation] = []
        self._reading: Reading | None = None

    def explanations(self) -> tuple[Explanation, ...]:
        """What was told, unit by unit."""
        self._finish()
        return tuple(self._done)

    def begin(self, reading: Reading, found: tuple[Mention, ...]) -> None:
        self._finish()
        self._reading = reading
        self._found = found
        self._focus = reading.focus.layers()
        self._lookups: list[Lookup] = []
        self._slots: list[SlotRead] = []
        self._open: tuple[str, str | None] | None = None
        self._passed: list[tuple[str, str, Unread]] = []
        self._matches: list[MatchRead] = []
        self._stages: list[StageRead] = []

    def slot(self, name: str, span: Span | None) -> None:
        if self._reading is not None:
            self._close()
            self._open = (name, span.of(self._reading.text) if span else None)

    def linked(self, words: str, kinds: Collection[Kind], outcome: Argument | Unlinked) -> None:
        found = None if isinstance(outcome, Unlinked) else outcome
        reason = outcome if isinstance(outcome, Unlinked) else None
        self._look(Lookup(words, _sorted(kinds), found, reason=reason))

    def pointed(self, words: str, kinds: Collection[Kind], meant: Argument | None) -> None:
        # The focus was asked for it just now, unless a word of the article itself is what it points to.
        last = self._lookups[-1] if self._reading and self._lookups else None
        asked = self._lookups.pop() if last and last.words is None and last.found is meant else None
        layer = asked.layer if asked else "sentence" if meant else None
        self._look(Lookup(words, _sorted(kinds), meant, layer, None if meant else Unlinked.PRONOUN))

    def asked(self, kinds: Collection[Kind], layer: str, found: Argument | None) -> None:
        self._look(Lookup(None, _sorted(kinds), found, layer or None))

    def matched(self, match: Match, candidates: Collection[Candidate], reason: Unread | None = None) -> None:
        if self._reading is None:
            return
        self._close()
        text = self._reading.text
        words = " … ".join(part for own in match.own if (part := own.of(text).strip()))
        slots = tuple(sorted(self._slots, key=lambda each: each.name, reverse=True))  # the subject first
        self._matches.append(MatchRead(match, words, slots, tuple(candidates), reason))
        self._slots = []

    def stage(self, name: str, candidates: tuple[Candidate, ...]) -> None:
        lookups = tuple(self._lookups)
        passed = tuple((words, reason) for stage, words, reason in self._passed if stage == name)
        if lookups or passed or candidates:
            self._stages.append(StageRead(name, lookups, candidates, passed))
        self._lookups, self._passed = [], [other for other in self._passed if other[0] != name]

    def passed(self, name: str, reason: Unread, words: str = "") -> None:
        self._passed.append((name, words, reason))

    def _look(self, lookup: Lookup) -> None:
        if self._reading is not None:
            self._lookups.append(lookup)

    def _close(self) -> None:
        """End the slot that is open; what was looked up before any belongs to no slot of this match."""
        if self._open is not None:
            self._slots.append(SlotRead(*self._open, tuple(self._lookups)))
        self._lookups, self._open = [], None

    def _finish(self) -> None:
        if self._reading is None:
            return
        for name in dict.fromkeys(name for name, _, _ in self._passed):
            self.stage(name, ())
        reading, self._reading = self._reading, None
        unit = reading.unit
        start, end = unit.view.raw_span(unit.quote.start, unit.quote.end)
        candidates = dict.fromkeys(candidate for stage in self._stages for candidate in stage.candidates)
        self._done.append(
            Explanation(
                number=len(self._done) + 1,
                unit=unit,
                start=start,
                end=end,
                mentions=tuple(_recognised(self._found, read, reading.text) for read in reading.mentions),
                events=reading.events,
                focus=self._focus,
                matches=tuple(self._matches),
                stages=tuple(self._stages),
                outcomes=tuple(Outcome(each, _dropped(each, unit)) for each in map(oriented, candidates)),
            )
        )


def _dropped(candidate: Candidate, unit: Unit) -> Inconsistent | None:
    """Why a candidate of the unit becomes no claim."""
    return Inconsistent.LEAD_IN if candidate.is_of_lead_in(unit) else find_inconsistency(candidate)


def _sorted(kinds: Collection[Kind]) -> tuple[Kind, ...]:
    return tuple(kind for kind in Kind if kind in kinds)


def _recognised(found: tuple[Mention, ...], read: Mention, text: str) -> Recognised:
    words = read.span.of(text)
    # What was put together from several mentions was none before.
    before = next((mention.concept for mention in found if mention.span == read.span), read.concept)
    return Recognised(
        read.span, words, read.concept, _name(before, words), before if before.id != read.concept.id else None
    )


def _name(concept: Concept, words: str) -> Name | None:
    """The name of the concept that the words are, the label as an exact name; None for one put together."""
    key = name_words(words)
    return next((name for name in (Name(concept.label), *concept.names) if name_words(name.text) == key), None)
