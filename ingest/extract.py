"""The stages in order: one article in, its claims out."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Final

from ingest.abbreviations import Definition, definitions
from ingest.appearances import read_appearances
from ingest.apposition import read_apposition
from ingest.arguments import Argument
from ingest.article import read_blocks
from ingest.assembly import Stated, assemble
from ingest.blocks import RawBlock
from ingest.continuation import read_continuation
from ingest.definitions import read_definitions
from ingest.document import read_document
from ingest.event_causes import read_event_causes
from ingest.events import find_events
from ingest.focus import Focus
from ingest.genes import with_gene_changes
from ingest.glosses import read_examples, read_glosses, read_label, read_origins
from ingest.headnouns import kind_of
from ingest.infections import means_the_subject
from ingest.items import read_item, read_prose
from ingest.mentions import Mention, MentionFinder
from ingest.misreadings import is_misread
from ingest.narrowing import Narrowing
from ingest.ownnames import INFECTION, title_of, with_subject
from ingest.places import read_locations
from ingest.processes import read_process
from ingest.provisional import mint
from ingest.reading import Candidate, Reading
from ingest.reasons import Unread
from ingest.relations import read_relations
from ingest.rows import read_row
from ingest.sequences import read_sequence
from ingest.talk import is_research_heading, is_research_talk
from ingest.topics import as_topic, leads, opening
from ingest.trace import SILENT, Trace
from ingest.unclaimed import makes_no_claim
from ingest.units import Heading, Unit
from ingest.version import extractor_version
from ontology.article import Article, Extraction
from ontology.claim import Concept
from ontology.lexicon import everything
from ontology.terms import Kind, Predicate

_DEFINES: Final = re.compile(
    r"This is an? (?:[\w-]+,? ){0,3}(?:condition|disease|disorder|illness|infection|problem) (?:in which|that|where)\b"
)
"""How a sentence begins that explains what the one before names last."""

_OF_THE_TOPIC: Final = frozenset({"cause-list", "is-the-cause"})
"""Rows that speak of the causes of what is not named: the next sentence goes on with it."""

_GOES_ON: Final = re.compile(
    r"(?i)(?:later,? |over time,? )?they (?:\w+ )?(?:affect|begin|start|appear|get|become|worsen)\b"
)
"""A sentence that says more of the symptoms or treatments before it, whose list may follow."""

_DESCRIBED: Final = re.compile(
    r"(?!.{0,60}\b(?:is|are|can|may|causes?|leads?)\b[^,]{0,40}[,-])"
    r"(?:[^,;:.()]{2,60}?, (?:which|an?|the|in which)\b|[^;:.()]{2,60}? - )",
    re.IGNORECASE,
)
"""The head of an item and what begins its description: "gout, a disease that"."""

_TOPICS: Final = (Kind.CONDITION, Kind.SYMPTOM, Kind.TEST, Kind.TREATMENT, Kind.RISK_FACTOR, Kind.MECHANISM, Kind.AGENT)


def extract(article: Article) -> Extraction:
    """What the article says, with the sentence behind every claim. Reads no file and holds no state of its own."""
    units, stated = read_units(article)
    return assemble(article, stated, extractor=extractor_version(), sentences=sum(not unit.heading for unit in units))


def read_units(article: Article, *, trace: Trace = SILENT) -> tuple[tuple[Unit, ...], tuple[Stated, ...]]:
    """The units of the article, and what they state, before it is checked and merged; `trace` is told how."""
    blocks = read_blocks(article.text, format=article.format)
    units = read_document(article, blocks)
    return units, tuple(_Pass(article, blocks, _finder(), trace).statements(units))


@cache
def _finder() -> MentionFinder:
    return MentionFinder(everything())


@cache
def _narrowing() -> Narrowing:
    return Narrowing(everything())


class _Pass:
    """One walk through an article: its own abbreviations, and the focus as it moves."""

    def __init__(self, article: Article, blocks: tuple[RawBlock, ...], finder: MentionFinder, trace: Trace) -> None:
        title = title_of(article, blocks)
        self._finder, self._local = with_subject(title, article, blocks, finder)
        self._infection = self._local.pop(INFECTION, None)
        self._trace = trace
        self._headings: dict[Heading, tuple[Argument, ...]] = {}
        self._previous: Reading | None = None
        self._before_lead_in: Reading | None = None
        self._stated: list[Candidate] = []
        self._section: Heading | None = None
        self._before_list = 0
        self._narrowing = _narrowing()
        self._title = self._arguments(title, self._finder.find(title))
        self._focus = Focus(self._title, trace=trace)

    def statements(self, units: tuple[Unit, ...]) -> Iterator[Stated]:
        for unit in units:
            above = unit.headings[-1].text if unit.headings else ""
            if is_research_talk(unit.text) or is_research_heading(above):
                continue
            for candidate in self._read(unit):
                if candidate.is_of_lead_in(unit):
                    continue  # which is read by itself
                start, end = unit.view.raw_span(unit.quote.start, unit.quote.end)
                yield Stated(candidate, start, end, tuple(heading.text for heading in unit.headings))

    def _read(self, unit: Unit) -> tuple[Candidate, ...]:
        text = unit.text
        for definition in definitions(text):
            concept = self._finder.named(definition.long) or self._new(definition)
            if concept is not None:
                self._local[definition.short] = concept
        self._enter(unit)
        if unit.row is not None:
            reading = Reading(unit, (), (), self._finder, self._focus, self._trace)
            self._trace.begin(reading, ())
            return self._told("row", read_row(reading, unit.row))
        topic = [heading.text for heading in reversed(unit.headings)]
        topic += [argument.concept.label for argument in self._title]
        found = self._found(text)
        narrowed = tuple(self._narrowing.narrow(mention, text, found, topic) for mention in found)
        mentions = with_gene_changes(text, narrowed)
        events = find_events(text, mentions, self._finder, self._narrowing, topic)
        if unit.label is not None:
            own = [mention for mention in mentions if unit.label.covers(mention.span)]
            self._focus.name_item(self._arguments(text, own))
        else:
            mentions = tuple(replace(m, concept=self._focus.specific(m.span.of(text), m.concept)) for m in mentions)
            events = tuple(replace(e, concept=self._focus.specific(e.concept.label, e.concept)) for e in events)
        reading = Reading(unit, mentions, events, self._finder, self._focus, self._trace)
        self._trace.begin(reading, found)
        told = self._told
        if makes_no_claim(text) and not unit.item:
            self._trace.passed("sentence", Unread.SILENT)
            self._previous = None
            self._focus.tell(self._pointed_at(text))
            return ()
        if unit.heading:
            self._stated += (named := told("item", read_item(reading)))
            return named
        relations = told("continuation", read_continuation(reading, self._before(unit), self._stated)) or (
            told("triggers", read_relations(reading)) + told("events", read_event_causes(reading))
        )
        relations = relations or told("process", read_process(reading))
        candidates = relations or (() if unit.item else told("prose", read_prose(reading)))
        candidates += told("glosses", read_glosses(reading)) + told("examples", read_examples(reading))
        candidates += told("apposition", read_apposition(reading))
        candidates += told("definitions", read_definitions(reading, candidates))
        self._remember(reading)
        candidates += told("sequence", read_sequence(reading))
        candidates += (
            told("places", read_locations(reading, candidates))
            + told("origins", read_origins(reading, candidates))
            + told("label", read_label(reading))
        )
        candidates += told("appearances", read_appearances(reading, candidates))
        if unit.item and any(_touches(candidate, unit) for candidate in relations) and not _described(unit, relations):
            self._trace.passed("item", Unread.READ_BY_TRIGGER)
        elif unit.item:
            candidates += told("item", read_item(reading))
        if unit.label is None or unit.quote != unit.label:
            self._tell(reading, relations, candidates)
        self._stated += candidates
        return tuple(dict.fromkeys(candidates))

    def _found(self, text: str) -> tuple[Mention, ...]:
        """The mentions in a text by the article's own names, without everyday words."""
        found = self._finder.find(text, self._local)
        return tuple(self._as_subject(mention, text) for mention in found if not is_misread(text, mention.span))

    def _as_subject(self, mention: Mention, text: str) -> Mention:
        """A mention of "the infection" as one of the infection that the article is about; others as they are."""
        bare = mention.span.of(text).lower() in ("infection", "infections")
        meant = self._infection if bare and means_the_subject(text, mention.span) else None
        return replace(mention, concept=meant) if meant else mention

    def _new(self, definition: Definition) -> Concept | None:
        """The condition that an abbreviation stands for where no vocabulary knows it: "Torn Lung Syndrome (TLS)"."""
        words = definition.long.split()
        if not 2 <= len(words) <= 6 or kind_of(definition.long) is not Kind.CONDITION or len(definition.short) < 2:
            return None
        known = self._local.get(definition.short) or mint(definition.long.lower(), Kind.CONDITION)
        self._local[definition.long] = known
        return known

    def _tell(self, reading: Reading, relations: tuple[Candidate, ...], candidates: tuple[Candidate, ...]) -> None:
        """Let the focus know what the unit just read speaks of."""
        text, mentions = reading.text, reading.mentions
        self._focus.see(m.span.of(text) for m in mentions if Kind.ANATOMY in m.concept.kinds)
        pronoun = re.search(r"\b(?:it|this|they|these)\b", text, re.IGNORECASE)
        resumed = [
            argument
            for candidate in relations[:1]
            for argument in (candidate.subject, candidate.object)
            if (pronoun or candidate.rule in _OF_THE_TOPIC) and argument.mention.lower() not in text.lower()
        ]
        outcomes = [
            candidate.object
            for candidate in candidates
            if candidate.predicate is Predicate.CAUSES
            and (candidate.object.kind is Kind.MECHANISM or candidate.rule == "cause-list")
        ]
        lead = [as_topic(c.subject) for c in candidates if c.subject.span and leads(c)]
        named = self._arguments(text, mentions)
        pointed = () if any(Kind.CONDITION in each.concept.kinds for each in named) else self._pointed_at(text)
        spoken = (*resumed, *lead[:1], *pointed, *named, *self._happening(reading))
        if reading.unit.bare_member:
            self._focus.list(spoken)
            return
        self._focus.tell(
            spoken,
            outcome=outcomes[-1] if outcomes else None,
            lead=opening(candidates),
            peers=tuple(c.subject for c in relations if (c.rule, c.object) == (relations[0].rule, relations[0].object)),
        )

    def _pointed_at(self, text: str) -> tuple[Argument, ...]:
        """What "the condition" means in a sentence that claims nothing: the next one's "it" may speak of it."""
        pointed = re.search(r"\b(?:the|this) (?:condition|disease|disorder|syndrome|illness)\b", text, re.IGNORECASE)
        meant = self._focus.resolve(pointed.group(), frozenset({Kind.CONDITION})) if pointed else None
        return (meant,) if meant else ()

    def _before(self, unit: Unit) -> Reading | None:
        """What was read before a unit; before its lead-in, where it is the item of a list."""
        return self._previous if unit.lead_in is None or unit.describes else self._before_lead_in

    def _remember(self, reading: Reading) -> None:
        if self._previous is not None and _GOES_ON.match(reading.text):
            return  # what "they" are is said before
        if reading.unit.lead_in is None or reading.unit.describes:
            self._before_lead_in, self._previous = self._previous, reading

    def _enter(self, unit: Unit) -> None:
        """Move the focus to a unit: its section, its headings, and for an item what came before its lead-in."""
        self._enter_section(unit)
        sections, aside = self._topics(unit)
        self._focus.enter(unit.paragraph, sections, aside)
        if _DEFINES.match(unit.text):
            self._focus.turn()
        if unit.lead_in is None:
            self._before_list = self._focus.mark()
        elif not unit.describes:
            self._focus.rewind(self._before_list)

    def _enter_section(self, unit: Unit) -> None:
        """Forget what was stated where a heading asks something new."""
        section = next((heading for heading in reversed(unit.headings) if heading.rule is not None), None)
        if section != self._section:
            self._section, self._stated = section, []

    def _told(self, stage: str, candidates: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
        self._trace.stage(stage, candidates)
        return candidates

    def _topics(self, unit: Unit) -> tuple[tuple[Argument, ...], tuple[Argument, ...]]:
        """What the headings above a unit name, innermost first: those that say what it is about, and the others."""
        about: list[Argument] = []
        aside: list[Argument] = []
        for heading in reversed(unit.headings):
            if heading not in self._headings:
                self._headings[heading] = self._arguments(heading.text, self._finder.find(heading.text, self._local))
            named = self._headings[heading]
            whole = any(argument.mention.lower() == heading.text.lower().strip(" ?:.") for argument in named)
            (about if whole or heading.rule is not None else aside).extend(named)
        return tuple(about), tuple(aside)

    def _happening(self, reading: Reading) -> tuple[Argument, ...]:
        text = reading.unit.text
        return tuple(
            Argument(event.concept, event.span.of(text), Kind.MECHANISM, event.span) for event in reading.events
        )

    def _arguments(self, text: str, mentions: "list[Mention] | tuple[Mention, ...]") -> tuple[Argument, ...]:
        return tuple(
            Argument(mention.concept, mention.span.of(text), mention.concept.kinds[0], mention.span)
            for mention in mentions
            if any(kind in _TOPICS for kind in mention.concept.kinds)
        )


def _described(unit: Unit, relations: tuple[Candidate, ...]) -> bool:
    """Tell whether all that was read of an item is what it says of its own head: "gout, which is caused by"."""
    head = _DESCRIBED.match(unit.text, unit.quote.start, unit.quote.end)
    if head is None or unit.label is not None:
        return False
    return all(
        any(side.span is not None and side.span.start >= head.end() for side in (each.subject, each.object))
        for each in relations
    )


def _touches(candidate: Candidate, unit: Unit) -> bool:
    """Tell whether a candidate has an argument in the item itself and not only in its lead-in."""
    return any(
        argument.span is not None and unit.quote.overlaps(argument.span)
        for argument in (candidate.subject, candidate.object)
    )
