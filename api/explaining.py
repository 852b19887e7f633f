"""How sentences were read, in words: what `etiograph extract --explain` prints."""

from collections.abc import Iterable

from api.terminal import Screen
from ingest.arguments import Argument, Via
from ingest.explanation import Explanation, Lookup, MatchRead, Outcome, Recognised, SlotRead, StageRead
from ingest.reading import Candidate
from ingest.units import Unit
from ontology.article import Article
from ontology.claim import Concept
from ontology.terms import Kind

_FIELD = 11


def tell_explanations(screen: Screen, found: Iterable[tuple[Article, Explanation]]) -> None:
    """Print how each unit was read, parted by an empty line, each article under its id."""
    before: str | None = None
    for article, explanation in found:
        if before is not None:
            screen.line()
        if article.id != before:
            screen.line(article.id, "dim")
        before = article.id
        _tell(screen, explanation)


def _tell(screen: Screen, found: Explanation) -> None:
    _place(screen, found.unit, found.number)
    for mention in found.mentions:
        _field(screen, "mention", _mention(mention))
    for event in found.events:
        _field(screen, "event", f"“{event.span.of(found.unit.text)}” is {_concept(event.concept)}")
    for layer, held in found.focus:
        concepts = dict.fromkeys(_concept(argument.concept) for argument in held)
        _field(screen, "focus", f"{layer}: {'; '.join(concepts)}")
    for match in found.matches:
        _match(screen, match)
    if not found.matches:
        _field(screen, "trigger", "no row matches")
    for stage in found.stages:
        if stage.name != "triggers":
            _stage(screen, stage)
    _outcomes(screen, found.outcomes)


def _place(screen: Screen, unit: Unit, number: int) -> None:
    """Print a unit and where it stands."""
    quote = unit.quote.of(unit.text)
    sort = "heading" if unit.heading else "item" if unit.item else "sentence"
    screen.parts((f"{number}. ", "bold"), (quote, "bold"), (f"  ({sort})", "dim"))
    for heading in unit.headings:
        row = f"row {heading.rule.id}" if heading.rule else "no row"
        _field(screen, "under", f"{heading.text}  ({row})")
    if unit.lead_in is not None:
        _field(screen, "lead-in", unit.lead_in)
    if unit.label is not None:
        _field(screen, "label", unit.label.of(unit.text))
    if unit.text != quote:
        _field(screen, "read as", unit.text)


def _outcomes(screen: Screen, outcomes: tuple[Outcome, ...]) -> None:
    for outcome in outcomes:
        if outcome.dropped is None:
            _field(screen, "claim", _candidate(outcome.candidate), "green")
        else:
            _field(screen, "dropped", f"{_candidate(outcome.candidate)}: {outcome.dropped}", "red")
    if not outcomes:
        _field(screen, "claim", "none")


def _field(screen: Screen, name: str, value: str, style: str = "") -> None:
    screen.parts((f"  {name:{_FIELD - 1}} ", "dim"), (value, style))


def _match(screen: Screen, found: MatchRead) -> None:
    trigger = found.match.trigger
    outcome = f"not read: {found.reason}" if found.reason else "read"
    _field(screen, "trigger", f"{trigger.id} ({trigger.relation}) “{found.words}”: {outcome}")
    for slot in found.slots:
        _slot(screen, slot, found.candidates)


def _slot(screen: Screen, slot: SlotRead, candidates: tuple[Candidate, ...]) -> None:
    words = "left out by the row" if slot.words is None else f"“{slot.words}”"
    screen.parts((f"    {slot.name:{_FIELD - 2}}", "dim"), (words, ""))
    for lookup in slot.lookups:
        _lookup(screen, lookup)
    looked_up = {lookup.found for lookup in slot.lookups}
    sides = (each.subject if slot.name == "subject" else each.object for each in candidates)
    for argument in dict.fromkeys(sides):
        if argument not in looked_up:
            _indented(screen, f"{_concept(argument.concept)}, from “{argument.mention}” in the text")


def _stage(screen: Screen, stage: StageRead) -> None:
    for words, reason in stage.passed:
        _field(screen, stage.name, f"not read: {reason}" + (f" ({words})" if words else ""))
    if stage.candidates:
        _field(screen, stage.name, "read")
    elif not stage.passed:
        _field(screen, stage.name, "nothing")
    for lookup in stage.lookups:
        _lookup(screen, lookup)


def _lookup(screen: Screen, lookup: Lookup) -> None:
    wanted = f"wanted: {_kinds(lookup.kinds)}"
    words = "the focus" if lookup.words is None else f"“{lookup.words}”"
    found = lookup.found
    if found is None:
        reason = lookup.reason or "nothing of these kinds in any layer"
        line = f"{words}: {reason} ({wanted})"
    elif lookup.layer is not None:
        line = f"{words}: {_concept(found.concept)}, from the {lookup.layer}"
    else:
        line = f"{words}: {_argument(found)}"
    _indented(screen, line)


def _indented(screen: Screen, line: str) -> None:
    screen.parts((" " * (_FIELD + 4), ""), (line, ""))


def _mention(found: Recognised) -> str:
    if found.name is None:
        name = "put together from two names"
    elif found.name.text == (found.narrowed_from or found.concept).label:
        name = "label"
    else:
        name = f"{found.name.type} name “{found.name.text}”"
    narrowed = f", narrowed from {_concept(found.narrowed_from)}" if found.narrowed_from else ""
    return f"“{found.words}” is {_concept(found.concept)}: {name}{narrowed}"


def _argument(found: Argument) -> str:
    how = "its head" if found.via is Via.HEAD else str(found.via)
    by = "provisional, in no vocabulary" if found.via is Via.PROVISIONAL else f"by {how}"
    rest = f", qualifier “{found.qualifier}”" if found.qualifier else ""
    return f"{_concept(found.concept)} as {found.kind}, {by}{rest}"


def _candidate(found: Candidate) -> str:
    assertion = found.assertion
    words = f"{found.subject.concept.label} {'not ' if assertion.negated else ''}{found.predicate} "
    words += found.object.concept.label
    said = [str(assertion.certainty) + (f" (“{assertion.cue}”)" if assertion.cue else "")]
    said += [f"frequency “{assertion.frequency}”"] if assertion.frequency else []
    said += [f"qualifier “{found.qualifier}”"] if found.qualifier else []
    return f"{words}; {', '.join(said)}; rule {found.rule}"


def _concept(concept: Concept) -> str:
    return f"{concept.label} [{concept.id}; {_kinds(concept.kinds)}]"


def _kinds(kinds: Iterable[Kind]) -> str:
    return ", ".join(kinds)
