"""How sentences were read, as the JSON that `etiograph extract --explain --json` prints."""

from collections.abc import Iterable

from pydantic import Field

from api.models import Node, Wire
from api.wire import node
from ingest.arguments import Argument
from ingest.explanation import Explanation, Lookup, MatchRead, Outcome, Recognised, SlotRead, StageRead
from ingest.reading import Candidate
from ontology.article import Article
from ontology.terms import Certainty, Kind, Predicate


class HeadingOut(Wire):
    """A heading above a unit; `rule` is the row that says what its items are."""

    text: str
    rule: str | None = None


class RecognisedOut(Wire):
    """A name found in the text; `start` and `end` count in `read_as`."""

    start: int
    end: int
    words: str
    concept: Node
    name: str | None = Field(default=None, description="The name that the words are.")
    name_type: str | None = None
    narrowed_from: Node | None = None


class EventOut(Wire):
    """A clause read as a mechanism."""

    start: int
    end: int
    words: str
    concept: Node


class ArgumentOut(Wire):
    """What words mean in their place."""

    concept: Node
    mention: str
    kind: Kind
    via: str
    qualifier: str | None = None


class FocusOut(Wire):
    """A layer of the focus and what it holds."""

    layer: str
    arguments: tuple[ArgumentOut, ...]


class LookupOut(Wire):
    """Words, or the focus where there are none, looked up."""

    words: str | None = None
    kinds: tuple[Kind, ...]
    found: ArgumentOut | None = None
    layer: str | None = None
    reason: str | None = None


class SlotOut(Wire):
    """A slot of a trigger; without `words` the row leaves it out."""

    name: str
    words: str | None = None
    lookups: tuple[LookupOut, ...]


class CandidateOut(Wire):
    """A claim before it is checked; `dropped` says why it became none."""

    subject: ArgumentOut
    predicate: Predicate
    object: ArgumentOut
    negated: bool
    certainty: Certainty
    cue: str | None = None
    frequency: str | None = None
    frequency_class: str | None = None
    qualifier: str | None = None
    rule: str
    dropped: str | None = None


class MatchOut(Wire):
    """A row of the triggers that matched."""

    row: str
    predicate: Predicate
    start: int
    end: int
    words: str
    slots: tuple[SlotOut, ...]
    reason: str | None = Field(default=None, description="Why it was not read.")
    candidates: tuple[CandidateOut, ...]


class PassedOut(Wire):
    """What a stage passed over, and why."""

    words: str
    reason: str


class StageOut(Wire):
    """A stage of the reading."""

    name: str
    lookups: tuple[LookupOut, ...]
    passed: tuple[PassedOut, ...]
    candidates: tuple[CandidateOut, ...]


class ExplanationOut(Wire):
    """How one unit was read; `start` and `end` are its offsets in the article."""

    article: str
    number: int
    start: int
    end: int
    quote: str
    read_as: str
    headings: tuple[HeadingOut, ...]
    lead_in: str | None = None
    label: str | None = None
    item: bool
    heading: bool
    mentions: tuple[RecognisedOut, ...]
    events: tuple[EventOut, ...]
    focus: tuple[FocusOut, ...]
    matches: tuple[MatchOut, ...]
    stages: tuple[StageOut, ...]
    claims: tuple[CandidateOut, ...]


class ExplanationsOut(Wire):
    """The units asked for, in the order of the texts."""

    items: tuple[ExplanationOut, ...]


def explanations_out(found: Iterable[tuple[Article, Explanation]]) -> ExplanationsOut:
    """The explanations as data."""
    return ExplanationsOut(items=tuple(_explanation(article, explanation) for article, explanation in found))


def _explanation(article: Article, found: Explanation) -> ExplanationOut:
    unit = found.unit
    return ExplanationOut(
        article=article.id,
        number=found.number,
        start=found.start,
        end=found.end,
        quote=article.text[found.start : found.end],
        read_as=unit.text,
        headings=tuple(
            HeadingOut(text=heading.text, rule=heading.rule.id if heading.rule else None) for heading in unit.headings
        ),
        lead_in=unit.lead_in,
        label=unit.label.of(unit.text) if unit.label else None,
        item=unit.item,
        heading=unit.heading,
        mentions=tuple(map(_recognised, found.mentions)),
        events=tuple(
            EventOut(
                start=event.span.start, end=event.span.end, words=event.span.of(unit.text), concept=node(event.concept)
            )
            for event in found.events
        ),
        focus=tuple(FocusOut(layer=layer, arguments=tuple(map(_argument, held))) for layer, held in found.focus),
        matches=tuple(map(_match, found.matches)),
        stages=tuple(map(_stage, found.stages)),
        claims=tuple(map(_outcome, found.outcomes)),
    )


def _recognised(found: Recognised) -> RecognisedOut:
    return RecognisedOut(
        start=found.span.start,
        end=found.span.end,
        words=found.words,
        concept=node(found.concept),
        name=found.name.text if found.name else None,
        name_type=found.name.type if found.name else None,
        narrowed_from=node(found.narrowed_from) if found.narrowed_from else None,
    )


def _argument(found: Argument) -> ArgumentOut:
    return ArgumentOut(
        concept=node(found.concept), mention=found.mention, kind=found.kind, via=found.via, qualifier=found.qualifier
    )


def _lookup(found: Lookup) -> LookupOut:
    return LookupOut(
        words=found.words,
        kinds=found.kinds,
        found=_argument(found.found) if found.found else None,
        layer=found.layer,
        reason=found.reason,
    )


def _slot(found: SlotRead) -> SlotOut:
    return SlotOut(name=found.name, words=found.words, lookups=tuple(map(_lookup, found.lookups)))


def _match(found: MatchRead) -> MatchOut:
    words = found.match.words
    return MatchOut(
        row=found.match.trigger.id,
        predicate=found.match.trigger.relation,
        start=words.start,
        end=words.end,
        words=found.words,
        slots=tuple(map(_slot, found.slots)),
        reason=found.reason,
        candidates=tuple(map(_candidate, found.candidates)),
    )


def _stage(found: StageRead) -> StageOut:
    return StageOut(
        name=found.name,
        lookups=tuple(map(_lookup, found.lookups)),
        passed=tuple(PassedOut(words=words, reason=reason) for words, reason in found.passed),
        candidates=tuple(map(_candidate, found.candidates)),
    )


def _outcome(found: Outcome) -> CandidateOut:
    return _candidate(found.candidate, dropped=found.dropped)


def _candidate(found: Candidate, *, dropped: str | None = None) -> CandidateOut:
    assertion = found.assertion
    return CandidateOut(
        subject=_argument(found.subject),
        predicate=found.predicate,
        object=_argument(found.object),
        negated=assertion.negated,
        certainty=assertion.certainty,
        cue=assertion.cue,
        frequency=assertion.frequency,
        frequency_class=assertion.frequency_class,
        qualifier=found.qualifier,
        rule=found.rule,
        dropped=dropped,
    )
