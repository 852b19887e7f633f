"""Words shared by a trigger and what fills its slots, or by two slots: "interfere with sleep", "acute cough"."""

import re
from typing import Final

from ingest.arguments import Argument
from ingest.clauses import right_slot
from ingest.coordination import conjuncts
from ingest.matching import Match
from ingest.reading import Reading
from ontology.terms import Kind

_VERB: Final = re.compile(r"(?:needs?|requires?|is|are|has|have|can|may|will|should)\b", re.IGNORECASE)


def sharing_words(
    reading: Reading, match: Match, kinds: frozenset[Kind], *, leading: bool = False
) -> tuple[Argument, ...]:
    """The name that shares words with the trigger: "interfere with sleep"; if `leading`, "call a doctor right away"."""
    for mention in reading.mentions:
        argument = reading.argument(mention, kinds)
        within = match.words.start <= mention.span.start < match.words.end < mention.span.end
        ends_within = leading and mention.span.start < match.words.start < mention.span.end < match.words.end
        if argument and (within or ends_within):
            return (argument,)
    return ()


def borrowing_arguments(reading: Reading, match: Match, heads: tuple[Argument, ...]) -> tuple[Argument, ...]:
    """The members of a list of modifiers, each with a head from the other slot: acute, chronic (cough).

    A row that needs a `list` takes one modifier for an attribute and not for a kind ("the cough can be dry").
    """
    members = conjuncts(reading.text, right_slot(reading.text, match.words.end, len(reading.text)))
    if match.trigger.list and (len(members) < 2 or any(_VERB.match(m.span.of(reading.text)) for m in members)):
        return ()
    found: list[Argument] = []
    for member in members:
        words = member.span.of(reading.text)
        for head in heads:
            concept = reading.finder.named(f"{words} {head.mention}")
            if concept is None and not (match.trigger.list and " " in words):
                concept = reading.finder.named(words, frozenset({head.kind}))
            if concept is not None:
                found.append(Argument(concept, f"{words} {head.mention}", head.kind, member.span))
    return tuple(dict.fromkeys(found))
