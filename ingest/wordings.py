"""Arguments in the author's own words: appearances, examinations, and clauses that fill a slot whole."""

import re

from ingest.arguments import Argument
from ingest.provisional import mint
from ingest.reading import Reading
from ingest.sentences import Span
from ontology.terms import Kind


def verbatim_argument(phrase: str, span: Span) -> tuple[Argument, ...]:
    """An appearance in the author's own words: "lasts 10 to 20 days"."""
    short = len(phrase.split()) <= 9
    return (Argument(mint(phrase, Kind.APPEARANCE), phrase, Kind.APPEARANCE, span),) if short else ()


def in_own_words(text: str, span: Span) -> tuple[Argument, ...]:
    """What the words of a span describe, as one thing, up to the first clause or purpose; () where they are too few."""
    words = re.sub(r"(?i)^(?:an?|the) |\s*\([^()]*\)", "", span.of(text))
    cut = re.search(r" (?:that|which|who|where|when|to|through|so|as (?:it|they))\b|[,;]", words)
    words = (words[: cut.start()] if cut else words).strip(" ,;:.")
    if not 3 <= len(words.split()) <= 12:
        return ()
    return (Argument(mint(words, Kind.TEST), words, Kind.TEST, span),)


def clause_argument(words: str, span: Span) -> Argument:
    """A clause as a mechanism, by its first words."""
    phrase = " ".join(words.split()[:14])
    return Argument(mint(phrase, Kind.MECHANISM), phrase, Kind.MECHANISM, span)


def named_in_clause(reading: Reading, span: Span, kinds: frozenset[Kind]) -> Argument | None:
    """The first thing that a clause names, where the clause itself fills the slot: "ovulation approaches"."""
    text = reading.text
    wanted = kinds & {Kind.MECHANISM, Kind.CONDITION, Kind.SYMPTOM}
    for mention in reading.mentions:
        kind = next((kind for kind in mention.concept.kinds if kind in wanted), None)
        if kind is not None and span.covers(mention.span):
            return Argument(mention.concept, span.of(text), kind, span)
    return None
