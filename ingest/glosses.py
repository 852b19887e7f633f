"""What the form of a sentence says a thing is: a gloss in parentheses, an example, a label and its description.

"Infarction (lung tissue injury)" says that the one is the other, "irritants, such as smoke" that the one is a kind of
the other, "a clot (usually from the leg)" where it comes of.
"""

import re
from typing import Final

from ingest.arguments import Argument
from ingest.assertion import assess
from ingest.clauses import right_slot
from ingest.coordination import conjuncts
from ingest.headnouns import kind_of
from ingest.nounphrases import strip_leading
from ingest.provisional import mint
from ingest.reading import Candidate, Reading
from ingest.sentences import Span
from ontology.terms import Kind, Predicate

_GLOSS: Final = re.compile(r"\((?:also called |or |a |an |the |that is,? |i\.e\.,? |often |usually )?([^()]{3,80})\)")
_EXAMPLES: Final = re.compile(
    r",?\s*\(?(?<!\bsymptoms )(?<!\bfactors )\b(?:such as|including|like(?= (?:a |an )?[\w-]+(?:,| or | and )))\s+",
    re.IGNORECASE,
)
_NAMING: Final = re.compile(
    r"^(?:(?:usually |often |sometimes )?(?:made|worse|better)|and|but|not|so|plus|"
    r"(?:sometimes |often |usually |formerly |commonly )(?:called|known as|referred to as)|"
    r"also called|also known as|known as|or|called|i\.e|for example|for instance|such as|including|"
    r"e\.g|especially|"
    r"(?:usually |often |mostly )?from|"
    r"caused by|due to|in|if|when|for|with|like|see)\b",
    re.IGNORECASE,
)
_LIST_OF: Final = re.compile(
    r"\b(?:risks?|chances?|causes?|symptoms?|signs|treatments?|tests?|factors?|problems|complications|ways|steps|"
    r"medicines?)\s+(?:of|for|from|to treat|to prevent|to diagnose)\s+(?:[\w'-]+\s+){0,4}$",
    re.IGNORECASE,
)
"""What stands before a name whose "including" gives examples of something else: "risk factors for X, including Y"."""

_OF_MANY: Final = re.compile(
    r"\b(?:clues|factors|things|signs|symptoms|causes|conditions|problems|substances|steps|ways|reasons|medicines|drugs|"
    r"treatments|tests|diseases|disorders|foods|changes|complications|effects|methods|procedures|exposures)\s+"
    r"(?:that|which|to|for|of|in|from|by|associated|related|linked|caused|have|has|are|can|may|might|could)\b[^,.;]*$",
    re.IGNORECASE,
)
"""What stands before a name when the examples behind it are of a plural further left: "clues to X, such as Y"."""

_FROM: Final = re.compile(
    r"\((?:usually |often |mostly |typically |mainly )?(?:caused by|due to|from) ([^()]+)\)", re.IGNORECASE
)
_SEVERAL: Final = re.compile(r"\w(?:,| and| or) \w+(?:,? respectively)?$|\brespectively\b|\betc\b")
"""The end of a parenthesis that names more than one thing: "(pneumonia and bronchitis)"."""
_PRONE: Final = re.compile(
    r"\b(?:prone|due|leading|sensitive|similar|related|tendency|susceptible) to $", re.IGNORECASE
)
_STATES: Final = frozenset({Kind.CONDITION, Kind.SYMPTOM, Kind.MECHANISM})
_PART_OF: Final = re.compile(
    r"\b(?:features|signs|symptoms|manifestations|characteristics|complications|causes|effects|aspects) (?:of|in) "
    r"(?:the |this )?$",
    re.IGNORECASE,
)
"""What is said of a thing's features is not said of the thing: "features of asthma, including wheezing"."""
_THINGS: Final = frozenset(Kind) - {Kind.ANATOMY, Kind.CARE_ACTION, Kind.APPEARANCE}
_DEFINABLE: Final = _STATES | {Kind.AGENT}
_NO_NOUN: Final = re.compile(
    r"\b(?:is|are|was|were|has|have|can|may|will|you|your|see|not|n't|years?|percent|in|of|for|with)$|"
    r"\b(?:is|are|was|were|can|may|will|see)\b|\d",
    re.IGNORECASE,
)
_SOURCES: Final = frozenset({Kind.CONDITION, Kind.SYMPTOM, Kind.MECHANISM, Kind.AGENT, Kind.RISK_FACTOR})


def read_glosses(reading: Reading) -> tuple[Candidate, ...]:
    """X (Y), where both are known and differ and share a kind: X is a Y."""
    text = reading.text
    found: list[Candidate] = []
    for match in _GLOSS.finditer(text):
        named = next((m for m in reading.mentions if m.span.end <= match.start() <= m.span.end + 1), None)
        if (
            named is None
            or "risk factor" in named.concept.label
            or _NAMING.match(text[match.start() + 1 :])
            or _SEVERAL.search(match.group(1))
            or _PRONE.search(text[: named.span.start])
        ):
            continue
        subject = Argument(named.concept, named.span.of(text), named.concept.kinds[0], named.span)
        for conjunct in conjuncts(text, Span(match.start(1), match.end(1)))[:1]:
            described = (
                re.match(r"\((?:an?|the) ", match.group()) is not None or kind_of(conjunct.span.of(text)) in _STATES
            )
            gloss = reading.link(conjunct, _THINGS, known=not described, default=subject.kind if described else None)
            if gloss is not None and gloss.concept.provisional and re.fullmatch(r"[A-Z]{2,}s?", match.group(1)):
                continue  # initials of a longer name that ends in this one
            other_sort = gloss is not None and gloss.concept.provisional and gloss.kind not in named.concept.kinds
            if gloss is None or gloss.concept.id == named.concept.id or other_sort:
                gloss = _in_own_words(text, Span(match.start(1), match.end(1)), subject, match.group())
            if gloss is None:
                continue
            shared = set(gloss.concept.kinds) & set(named.concept.kinds)
            if shared or {gloss.kind, subject.kind} <= {Kind.CONDITION, Kind.MECHANISM, Kind.SYMPTOM}:
                pair = (gloss, subject) if re.match(r"\((?:often|usually) ", match.group()) else (subject, gloss)
                found.append(Candidate(pair[0], Predicate.IS_A, pair[1], assess(""), "gloss"))
    return tuple(found)


def _in_own_words(text: str, span: Span, subject: Argument, gloss: str) -> Argument | None:
    """A definition in parentheses as the author words it, "(a sticky fluid)"; None where it is but another name."""
    words = re.split(r",| (?:that|which|who|when|in which|where|caused|because)\b", span.of(text))[0].strip()
    phrase = re.sub(r"^(?:an?|the) ", "", words, flags=re.IGNORECASE)
    article = re.match(r"\((?:an?|the) ", gloss) is not None
    size = len(phrase.split())
    another_name = subject.mention.isupper() or not (size >= 4 or (article and size >= 2))
    if subject.kind not in _DEFINABLE or another_name or _NO_NOUN.search(phrase) or size > 9:
        return None
    return Argument(mint(phrase, subject.kind), phrase, subject.kind, Span(span.start, span.start + len(words)))


def read_examples(reading: Reading) -> tuple[Candidate, ...]:
    """X, such as Y and Z: Y is an X and Z is an X, where X and the example are of one kind."""
    text = reading.text
    found: list[Candidate] = []
    for match in _EXAMPLES.finditer(text):
        close = text.find(")", match.end()) if "(" in match.group() else -1
        end = close if close >= 0 else _list_end(text, match.end())
        before = _noun_phrase_before(reading, match.start())
        if before is None or "risk factor" in before.concept.label:
            continue
        if before.span is not None and (
            _LIST_OF.search(text[: before.span.start]) or _OF_MANY.search(text[: before.span.start])
        ):
            continue
        kinds = frozenset(before.concept.kinds) & _THINGS
        found += [
            Candidate(example, Predicate.IS_A, before, assess(""), "example")
            for example in reading.members(Span(match.end(), _closed(text, match.end(), end)), kinds, known=True)
            if example.concept.id != before.concept.id and not re.match("(?i)other|choosing", example.qualifier or "")
        ]
    return tuple(found)


def _closed(text: str, start: int, end: int) -> int:
    """Where two examples joined by "and" end, before the members of a list around them: "A such as B and C, D, E"."""
    pair = re.compile(r"[^,;()]+ (?:and|or) [^,;()]+(?=,)").match(text, start, end)
    if pair is None and _OUTER_LIST.search(text[:start]) and not text[:start].rstrip().endswith("("):
        pair = re.compile(r"[^,;()]+(?=,)").match(text, start, end)
    return pair.end() if pair else end


_OUTER_LIST: Final = re.compile(
    r"\b(?:may|can|might)(?: \w+)? (?:include|involve|consist of)\b[^.]*\b(?:such as|including)\s+$", re.IGNORECASE
)


def read_label(reading: Reading) -> tuple[Candidate, ...]:
    """Label: noun phrase. What follows the name of a thing without a verb says what it is."""
    unit = reading.unit
    if not unit.item or unit.label is not None or unit.lead_in is None or unit.heading:
        return ()
    about = reading.focus.label(frozenset({Kind.CONDITION, Kind.SYMPTOM, Kind.MECHANISM}))
    if about is None or about.mention != unit.lead_in:
        return ()
    first = reading.conjuncts(unit.quote)[:1]
    what = reading.link(first[0], _STATES) if first else None
    if what is not None and what.concept.id == about.concept.id:
        words = first[0].span.of(reading.text)  # "Hematuria: blood in the urine" says it though both name one thing
        what = Argument(mint(words, about.kind), words, about.kind, what.span) if " " in words else None
    return (Candidate(about, Predicate.IS_A, what, assess(""), "label"),) if what else ()


def read_origins(reading: Reading, defined: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
    """X (usually from Y): Y causes X, or what X defines."""
    text = reading.text
    found: list[Candidate] = []
    for match in _FROM.finditer(text):
        spans = [
            *((event.span, event.concept) for event in reading.events),
            *((m.span, m.concept) for m in reading.mentions),
        ]
        before = next(((span, concept) for span, concept in spans if span.end <= match.start() <= span.end + 1), None)
        if before is None:
            continue
        span, concept = before
        result = next(
            (
                c.subject
                for c in defined
                if c.predicate is Predicate.IS_A and c.object.span is not None and c.object.span.overlaps(span)
            ),
            Argument(concept, span.of(text), concept.kinds[0], span),
        )
        found += [
            Candidate(source, Predicate.CAUSES, result, assess(match.group()), "origin")
            for source in reading.members(Span(match.start(1), match.end(1)), _SOURCES, known=True)
        ]
    for mention in reading.mentions:
        origin = re.match(r" from (?:an? )?(?=[\w ]+)", text[mention.span.end :])
        if origin and mention.concept.kinds[0] in (Kind.MECHANISM, Kind.CONDITION):
            span = right_slot(text, mention.span.end + origin.end(), len(text))
            found += [
                Candidate(
                    source, Predicate.CAUSES, reading.argument_of(mention.concept, mention.span), assess(""), "from"
                )
                for source in reading.members(span, frozenset({Kind.CONDITION, Kind.AGENT}), known=True)
            ]
        words = mention.span.of(text)
        due = re.search(r"(?i) (?:due to|caused by|because of|resulting from) (.+)$", words)
        source = reading.finder.named(due.group(1)) if due else None
        if due and source:
            result = Argument(mention.concept, words, mention.concept.kinds[0], mention.span)
            cause = Argument(source, due.group(1), source.kinds[0], mention.span)
            found.append(Candidate(cause, Predicate.CAUSES, result, assess(""), "origin-in-name"))
    return tuple(dict.fromkeys(found))


def _noun_phrase_before(reading: Reading, end: int) -> Argument | None:
    """The known thing whose name ends right before a position; None where none does."""
    for mention in reading.mentions:
        if mention.span.end == end and set(mention.concept.kinds) & _THINGS:
            if _PART_OF.search(reading.text[: mention.span.start]):
                return None
            span = strip_leading(reading.text, mention.span)
            kind = next(kind for kind in mention.concept.kinds if kind in _THINGS)
            return Argument(mention.concept, span.of(reading.text), kind, mention.span)
    return None


def _list_end(text: str, start: int) -> int:
    match = re.compile(
        r"[.;:]|\s-\s|\)|,\s+(?:which|who|that|but|you|it|they|can|may|will|are|is|the|your)\b"
        r"|\s+(?:can|may|might|will|could|are|is|has|have|that|which|when|if|also|causes?|increases?|raises?|"
        r"includes?)\b",
        re.IGNORECASE,
    ).search(text, start)
    return match.start() if match else len(text)
