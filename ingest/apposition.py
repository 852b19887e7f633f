"""What a thing is called before it is named: "A lasting inflammation of the joints, rheumatoid arthritis …".

The name behind the comma is the subject of the sentence and of the relative clause before it.
"""

import re
from dataclasses import dataclass
from typing import Final

from ingest.arguments import Argument
from ingest.assertion import assess
from ingest.linking import link
from ingest.reading import Candidate, Reading
from ingest.sentences import Span
from ontology.terms import Kind, Predicate

_NAMED: Final = frozenset({Kind.CONDITION, Kind.SYMPTOM, Kind.TEST, Kind.TREATMENT, Kind.AGENT, Kind.MECHANISM})
_WHAT: Final = re.compile(
    r"an? (?P<phrase>(?:(?!that\b|which\b|who\b|is\b|are\b|can\b|may\b)[\w-]+,? )+)", re.IGNORECASE
)
_RELATIVE: Final = re.compile(r"(?:that|which|who) [^;:]*, (?:the )?$")
_VERB: Final = re.compile(r" (?:is|are|was|can|may|has|affects?|attacks?|causes?|often|usually|occurs?)\b")


@dataclass(frozen=True, slots=True)
class Apposition:
    """`what` is the description before the comma, `phrase` its noun phrase, `named` the thing it describes."""

    what: Span
    phrase: Span
    named: Argument


def find_apposition(reading: Reading) -> Apposition | None:
    """The description that opens a sentence and the name it is of; None where the sentence opens otherwise."""
    text = reading.text
    opening = _WHAT.match(text)
    if opening is None:
        return None
    for mention in reading.mentions:
        between = text[opening.end("phrase") : mention.span.start]
        closed = not between and text[: mention.span.start].endswith(", ")
        if not (closed or _RELATIVE.fullmatch(between)) or not _VERB.match(text, mention.span.end):
            continue
        named = reading.argument(mention, _NAMED)
        if named is not None:
            phrase = Span(opening.start("phrase"), len(text[: opening.end("phrase")].rstrip(" ,")))
            return Apposition(Span(0, mention.span.start), phrase, named)
    return None


def read_apposition(reading: Reading) -> tuple[Candidate, ...]:
    """NAME is a DESCRIPTION; each of several adjectives makes one ("an inherited, chronic disease")."""
    found = find_apposition(reading)
    if found is None:
        return ()
    text, kinds = reading.text, frozenset({found.named.kind})
    *attributes, last = re.split(r", ?", found.phrase.of(text))
    head = last.split()[-1]
    phrases = [f"{attribute} {head}" for attribute in attributes] + [last]
    known = [concept for phrase in phrases if (concept := reading.finder.named(phrase, kinds)) is not None]
    whats = [Argument(concept, concept.label, found.named.kind, found.phrase) for concept in known]
    if not whats:
        whole = link(text, found.phrase, reading.mentions, reading.finder, kinds)
        whats = [whole] if isinstance(whole, Argument) else []
    return tuple(Candidate(found.named, Predicate.IS_A, what, assess(""), "apposition") for what in whats)
