"""From the words of an argument to a concept: exact, then its head with the rest as qualifier, then a provisional one.

A phrase that the vocabularies do not know still makes a claim: a provisional concept named by the article's own words,
its kind given by its head noun and by the slot it fills.
"""

import re
from collections.abc import Iterable
from typing import Final

from ingest.arguments import Argument, Via
from ingest.folding import fold_words
from ingest.headnouns import head
from ingest.mentions import Mention, MentionFinder
from ingest.misreadings import is_misread
from ingest.nounphrases import LEADING, cut_qualifier, strip_leading
from ingest.phrases import is_instruction
from ingest.provisional import MADE, absence, mint, provisional
from ingest.reasons import Unlinked
from ingest.sentences import Span
from ontology.claim import Concept
from ontology.terms import Kind

_PRONOUN: Final = re.compile(
    r"^(?:it|its|this|these|they|them|that|those|he|she|you|we|i|one|others?|what|which|who|there|here|something|"
    r"anything|nothing|everyone|"
    r"someone|people|patients?|doctors?|your doctor|clinicians?|experts?|him|her|us|me|none|each|itself|some|many|"
    r"most|often|usually|sometimes|rarely|known|unknown|unclear|understood|present|absent|common|"
    r"affected (?:individuals|people|persons)|individuals|researchers|scientists|different|similar|"
    r"possible|rare|"
    r"likely|normal|nobody|carried out|another|"
    r"and|or|also|then|too|so|first|second|next|finally|over time)$",
    re.IGNORECASE,
)
_PREPOSITION_FIRST: Final = re.compile(
    r"^(?:with|in|of|at|on|by|for|from|to|as|into|through|than|like|about|upon|against|toward|when|if|how|what|why|"
    r"whether|where|without|unlike|besides|not|no|once|while|since|because|although|until|unless|both|"
    r"(?:during|before|after|between|among|throughout|via|within)(?![-\w])|"
    r"(?:around|near|along)(?= (?!the\b|your\b|with\b)))\b",
    re.IGNORECASE,
)
_STATE: Final = re.compile(
    r"(?:\w+ly )?(?:(?:[\w-]+(?:ed|en|ing)|red|blue|pale|yellow|dark|dry|weak|short|large|small|long|wide|thick|thin|"
    r"flat|stiff|sore|tender|itchy|watery|puffy|cold|numb|brittle|missing|absent|extra|abnormal|misshapen|loose|"
    r"tight|"
    r"painful|fragile|curved|crooked|droopy|bulging|pigmented|hard|soft)(?:,? and |, | ))+",
    re.IGNORECASE,
)
"""Words before a part of the body that say how it is."""

_CLAUSE: Final = re.compile(
    r"(?i)(?<!-)\b(?:makes?|produces?|gets?|loses?|needs?|uses?|pumps?|carr(?:y|ies)|involves?|reduce|does|do|did|"
    r"cannot|fewer|too (?:much|little|many|few)|"
    r"not enough|"
    r"lacks?|keeps?|stops?|becomes?|allows?|contains?|help|helps|forms|breaks|builds)\b|n't\b"
)
"""Words of a clause or of too little or much: what they speak of is not what is named."""

_ABSENCE: Final = re.compile(r"(?:not (?:seeing|having)|(?:the )?absence of)\s+(?:an? |any )?", re.IGNORECASE)


def link(
    text: str,
    span: Span,
    mentions: Iterable[Mention],
    finder: MentionFinder,
    kinds: frozenset[Kind],
    *,
    phrase: str | None = None,
    known: bool = False,
    default: Kind | None = None,
) -> Argument | Unlinked:
    """The argument that `text[span]` names, of one of `kinds`, or why it names none.

    `phrase` replaces the words where a conjunct borrows some. With `known`, only a concept of the vocabularies will do;
    else `default` is the kind of a provisional concept whose head noun says nothing.
    """
    inside = [mention for mention in mentions if span.covers(mention.span)]
    lacking = _ABSENCE.match(text, span.start, span.end)
    if lacking is not None and phrase is None and not any(m.span.start < lacking.end() for m in inside):
        lacked = _linked(text, Span(lacking.end(), span.end), inside, finder, kinds, None, None, known=True)
        return absence(lacked) if isinstance(lacked, Argument) else lacked
    return _linked(text, span, inside, finder, kinds, phrase, default, known=known)


def _linked(
    text: str,
    span: Span,
    inside: list[Mention],
    finder: MentionFinder,
    kinds: frozenset[Kind],
    phrase: str | None,
    default: Kind | None,
    *,
    known: bool,
) -> Argument | Unlinked:
    whole = strip_leading(text, span, inside)
    core, qualifier = cut_qualifier(text, whole, inside)
    words = core.of(text).strip(" ,.;:'\"()")
    if phrase is not None:
        words = phrase = (
            re.sub(rf"^(?:{LEADING.pattern})", "", phrase, count=1, flags=re.IGNORECASE) if phrase != words else phrase
        )
    if not words:
        return Unlinked.EMPTY
    if _PRONOUN.match(words):
        return Unlinked.PRONOUN
    read = next((m.concept for m in inside if phrase is None and m.span == core and kinds & set(m.concept.kinds)), None)
    exact = read or (None if is_misread(text, core) else finder.named(words, kinds))
    composed = None if exact else _composed(words, finder, kinds)
    if exact or composed:
        via = Via.COMPOSED if composed else Via.NAME
        return _argument(exact or composed, words, kinds, core, qualifier, via)
    if re.match(r"(?i)(?:no|neither|none)\b", words):
        return Unlinked.DENIED
    if _PREPOSITION_FIRST.match(words):
        return Unlinked.PREPOSITION
    headed = None if phrase else _headed(text, core, inside)
    if headed is not None:
        named = _by_head(text, core, headed, finder, kinds, words, qualifier, known=known, default=default)
        advised = named is Unlinked.BROKEN and default in MADE and not known and is_instruction(words)
        return provisional(words, kinds, core, qualifier, default) if advised else named
    if known:
        return Unlinked.UNKNOWN
    if _POINTING.match(text, span.start, core.start):
        return Unlinked.PRONOUN  # "this protein" points back and names nothing
    return provisional(words, kinds, core, qualifier, default)


def _by_head(
    text: str,
    core: Span,
    headed: Mention,
    finder: MentionFinder,
    kinds: frozenset[Kind],
    words: str,
    qualifier: str | None,
    *,
    known: bool,
    default: Kind | None,
) -> Argument | Unlinked:
    """The concept of a phrase's head, what narrows it as qualifier; a changed part of the body is a sign."""
    if _CLAUSE.search(words.replace(headed.span.of(text), " ")):
        return Unlinked.BROKEN
    fitting = _fitting(headed.concept, kinds)
    if fitting is None:
        renamed = finder.named(headed.span.of(text), kinds)
        if renamed is None and not known and _is_changed(text, core, headed):
            return _changed(words, kinds, core, qualifier)
        if renamed is None and not known and default in MADE and core.start < headed.span.start:
            return provisional(words, kinds, core, qualifier, default)
        return _argument(renamed, words, kinds, core, qualifier, Via.HEAD)
    rest = " ".join(words.replace(headed.span.of(text), " ").split()).strip(" ,")
    return Argument(headed.concept, words, fitting, core, _joined(rest, qualifier), Via.HEAD)


def _is_changed(text: str, core: Span, headed: Mention) -> bool:
    """Tell whether a phrase says how a part of the body is: "sagging eyelids", "short, bent fingers"."""
    before = text[core.start : headed.span.start]
    return headed.concept.kinds[0] is Kind.ANATOMY and headed.span.end == core.end and bool(_STATE.fullmatch(before))


def _changed(words: str, kinds: frozenset[Kind], span: Span, qualifier: str | None) -> Argument | Unlinked:
    kind = next((kind for kind in (Kind.SYMPTOM, Kind.MECHANISM) if kind in kinds), None)
    if kind is None:
        return Unlinked.OTHER_KIND
    return Argument(mint(words, kind), words, kind, span, qualifier, Via.PROVISIONAL)


def _composed(words: str, finder: MentionFinder, kinds: frozenset[Kind]) -> Concept | None:
    """The concept of "swelling of the leg" under its other name, "leg swelling"."""
    match = re.match(r"^([\w' -]+?) (?:of|in|to|along) (?:the |your |a |an )?([\w' -]+)$", words)
    if match is None:
        return None
    thing, place = match.groups()
    return finder.named(f"{' '.join(fold_words(place))} {thing}", kinds) or finder.named(f"{place} {thing}", kinds)


_POINTING: Final = re.compile(r"(?:\w+ )?(?:this|these|those|such)\b", re.IGNORECASE)
_TRANSPARENT: Final = re.compile(
    r"(?:\w+ )?(?:risk|history|cases?|(?:signs? and )?symptoms?|signs?|type|kinds?|forms?|feelings?|features|"
    r"manifestations) (?:and \w+ )?of "
)


def _headed(text: str, core: Span, inside: Iterable[Mention]) -> Mention | None:
    """The mention that holds the head of the phrase: its last word before the first preposition outside a mention."""
    inside = [mention for mention in inside if core.covers(mention.span)]
    last = head(core.of(text))
    for mention in inside:
        rest = text[mention.span.end : core.end]
        closes = not rest.strip() or re.match(
            r"\s*(?:,|\(|(?:of|in|from|to|with|on|at|for|by|around|into|over|between|through|against|along|per)\b)",
            rest,
        )
        before = text[core.start : mention.span.start]
        if closes and not re.search(
            r"\b(?:of|in|from|to|with|without|on|at|for|by|into|through|during|after|before|against|outside|"
            r"inside|under|near|"
            r"between)\s+(?:\w+\s+){0,3}$",
            before,
        ):
            return mention
    transparent = _TRANSPARENT.match(core.of(text))
    if transparent and inside and last:
        return inside[0]
    return None


def _fitting(concept: Concept, kinds: frozenset[Kind]) -> Kind | None:
    return next((kind for kind in concept.kinds if kind in kinds), None)


def _argument(
    concept: Concept | None, words: str, kinds: frozenset[Kind], span: Span, qualifier: str | None, via: Via
) -> Argument | Unlinked:
    kind = _fitting(concept, kinds) if concept else None
    return Argument(concept, words, kind, span, qualifier, via) if concept and kind else Unlinked.OTHER_KIND


def _joined(*parts: str | None) -> str | None:
    return "; ".join(part for part in parts if part) or None
