"""What an open subject points at: "it", "both", "inflammation there", "this" behind what was brought about."""

from ingest.arguments import Argument
from ingest.clauses import LeftSlot
from ingest.reading import Reading
from ontology.terms import Kind, Predicate


def pointed_at(
    reading: Reading, left: LeftSlot, words: str, kinds: frozenset[Kind], *, relation: Predicate
) -> tuple[Argument, ...]:
    """What the words of an open slot mean that name nothing themselves; () where they are no anaphor.

    "This causes …" is said of what the sentence before has brought about.
    """
    if words.lower() == "both":
        return named_both(reading, len(left.earlier + left.before), kinds)
    outcome = reading.focus.outcome
    if words.lower() == "this" and relation is Predicate.CAUSES and outcome and not left.earlier:
        return (outcome,)
    within = named_before(reading, left.earlier + left.before, words, kinds)
    return (within,) if within else reading.focus.resolve_all(words, kinds)


def named_there(reading: Reading, words: str, kinds: frozenset[Kind]) -> tuple[Argument, ...]:
    """The thing in the anatomy that was spoken of last: what "inflammation there" means."""
    seen = reading.focus.places()
    for place in dict.fromkeys((*seen, *(place.split()[-1] for place in seen))):
        for phrase in (f"{place} {words}", f"{words} of the {place}"):
            concept = reading.finder.named(phrase, kinds)
            if concept is not None:
                kind = next(kind for kind in concept.kinds if kind in kinds)
                return (Argument(concept, f"{words} there", kind),)
    return ()


def named_before(reading: Reading, before: str, words: str, kinds: frozenset[Kind]) -> Argument | None:
    """What "it" means where the clause before, in the same sentence, names it: "if the cancer spreads, it may …"."""
    if words.strip().lower() not in ("it", "they", "this", "these", "the blood", "the bleeding") or not before:
        return None
    happening = [event for event in reading.events if Kind.MECHANISM in kinds and event.span.end <= len(before)]
    if happening:
        return reading.happening(happening[-1])
    for mention in reading.mentions:
        argument = reading.argument(mention, kinds)
        if argument and mention.span.end <= len(before):
            return argument
    return None


def named_both(reading: Reading, end: int, kinds: frozenset[Kind]) -> tuple[Argument, ...]:
    """The two things that "both" means: those named last before it in the sentence."""
    named = [
        argument
        for mention in reading.mentions
        if mention.span.end <= end and (argument := reading.argument(mention, kinds)) is not None
    ]
    return tuple(named[-2:]) if len(named) > 1 else ()
