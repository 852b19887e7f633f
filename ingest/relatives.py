"""What a relative clause is said of: of "asthma is a disease that …" asthma, else the noun before it."""

import re
from typing import Final

from ingest.arguments import Argument
from ingest.clauses import LeftSlot
from ingest.headnouns import head as head_of
from ingest.nounphrases import strip_leading
from ingest.reading import Reading
from ingest.sentences import Span
from ontology.terms import Kind

_GENERAL: Final = frozenset("condition disease disorder illness infection problem".split())


def told_of(reading: Reading, left: LeftSlot) -> Span | None:
    """What a general word before "that" is said of: "asthma and flu are two conditions that"; None for a name."""
    words = left.span.of(reading.text)
    copula = re.match(
        r"(.+?) (?:is|are|(?:can|could|may|might) be) (?:an?|the|two|three|one of|several)\b[^,;]*$", words
    )
    copula = copula or re.match(r"([^,]{2,60}), an? (?:[\w-]+ ){0,3}[\w-]+$", words)
    if copula is None or not (left.relative or head_of(words) in _GENERAL):
        return None
    told = Span(left.span.start, left.span.start + copula.end(1))
    return None if any(m.span.start >= told.end and m.span.end <= left.span.end for m in reading.mentions) else told


def name_ending(reading: Reading, end: int, kinds: frozenset[Kind]) -> tuple[Argument, ...]:
    """The name that ends at a position, as the noun before ", which is" does."""
    # Behind a parenthesis its name is the noun: "trouble swallowing (dysphagia), which …".
    closed = end - 1 if reading.text[end - 1 : end] == ")" else end
    for mention in reading.mentions:
        argument = reading.argument(mention, kinds) if mention.span.end in (end, closed) else None
        if argument is not None:
            return (argument,)
    return ()


OF_A_SORT: Final = re.compile(
    r"(?<!\bthis )(?<!\bthese )(?<!\bthe )(?<!\bboth )\b(?:diseases|disorders|conditions|illnesses|problems|infections|"
    r"medicines|medications|drugs|treatments|things|factors|substances|injuries|activities|foods|products)$",
    re.IGNORECASE,
)
"""A general noun before "that": "diseases that attack the nerves" are not what the article is about."""

_WHAT_IT_IS: Final = re.compile(
    r"(?P<name>[^,;:]{2,80}?),? (?:is|are) (?:an?|the|one|another|usually|often|also)\b[^;:]{0,80}"
)
_SAID_TO_BE_OF: Final = re.compile(
    r"\b(?:(?:signs?|symptoms?|complications?|results?|effects?|markers?|stages?) of|(?:related|due|linked) to|"
    r"(?:ways?|used|done|needed) to \w+|associated with|caused by) (?!th(?:is|ese)\b)",
    re.IGNORECASE,
)
"""What is no sort of thing but leads to another, of which a relative clause then speaks: "a sign of anemia, which"."""


def relative_subject(reading: Reading, span: Span, kinds: frozenset[Kind]) -> Argument | None:
    """What a relative clause behind a span speaks of: of "asthma is a disease that …" asthma, else the noun before.

    None where it names nothing of one of `kinds`.
    """
    said = _WHAT_IT_IS.fullmatch(span.of(reading.text))
    if said is not None and not _SAID_TO_BE_OF.search(said.group(), said.end("name")):
        name = strip_leading(reading.text, Span(span.start, span.start + said.end("name")), reading.mentions)
        for mention in reading.mentions:
            argument = reading.argument(mention, kinds) if mention.span.start <= name.start + 1 else None
            if argument is not None and mention.span.end >= name.start:
                return argument
        meant = reading.focus.resolve(said["name"], kinds)
        if meant is not None:
            return meant
    return next(iter(name_ending(reading, span.end, kinds)), None)
