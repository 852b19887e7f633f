"""From the words of an argument to a concept: exact, then its head with the rest as qualifier, then a provisional one.

A phrase that the vocabularies do not know still makes a claim: a provisional concept named by the article's own words,
its kind given by its head noun and by the slot it fills.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from ingest.folding import fold, fold_words
from ingest.headnouns import head, kind_of
from ingest.mentions import Mention, MentionFinder
from ingest.misreadings import is_misread
from ingest.phrases import is_instruction, is_name
from ingest.reasons import Unlinked
from ingest.sentences import Span
from ontology.claim import Concept
from ontology.terms import Kind


class Via(StrEnum):
    """How words led to a concept."""

    NAME = "name"
    COMPOSED = "name in another order"
    HEAD = "head"
    PROVISIONAL = "no vocabulary"


@dataclass(frozen=True, slots=True)
class Argument:
    """What fills a slot: a concept, the words that name it, the kind it has here, and what narrows it."""

    concept: Concept
    mention: str
    kind: Kind
    span: Span | None = None
    qualifier: str | None = None
    via: Via = field(default=Via.NAME, compare=False)


_LEADING: Final = re.compile(
    r"(?:(?:an? |the )?(?:[\w-]+ ){0,2}?(?:test|exam|procedure|scan|condition|disease|disorder|medicine|drug|hormone|"
    r"protein|virus|bacterium|substance|surgery|treatment|device|infection|operation|problem|growth|chemical) "
    r"(?:called|known as|named)(?: an?| the)?|"
    r"(?:a person|someone|you|the patient|people|there) (?:has|have|is|are|gets?)|"
    r"(?:(?:about|approximately|nearly|almost|roughly|up to|more than|less than|fewer than|at least|an? estimated|"
    r"between \d[\d.,]* (?:and|or)|\d[\d.,]* to|"
    r"only) )*"
    r"(?:all|half|most|many|some|several|a few|\d[\d.,]*(?: percent|%)?|one[- ](?:half|third|quarter)|two[- ]thirds|"
    r"an? (?:small|large|significant)? ?(?:minority|majority|percentage|proportion|number)|the (?:vast )?majority)"
    r"(?: of)?(?: the| all)? (?:cases|forms|instances|people|individuals|patients) (?:of|with)|"
    r"when|if|an?|the|your|his|her|"
    r"their|its|our|my|any|some|many|most|several|various|certain|other|another|both|either|all|such|"
    r"these|this|those|that|more|few|common|possible|main|major|additional|usual|typical|also|even|just|only|"
    r"simply|especially|"
    r"particularly|sometimes|often|usually|possibly|perhaps|at times|having|being on|"
    r"the (?:drugs?|medicines?|medications?|antibiotics?)(?= [a-z]{6,}(?:pam|ate|ines?|ins?|ols?|ides?|ones?|ils?)\b)|"
    r"being|taking|using|getting|"
    r"experiencing|developing|"
    r"(?:the )?following (?:signs and symptoms|symptoms|signs|problems|complications|conditions|side effects|"
    r"factors)|"
    r"(?:the )?number of|(?:(?:the|many|other|different|lower|upper|inner|outer|front|back|top) ){0,2}parts? of|"
    r"(?:the )?lining of|different|feelings? of|feeling|signs? of|symptoms? of|symptoms such as|cases? of|"
    r"episodes? of|bouts? of|kinds? of|"
    r"types? of|forms? of|along with|as well as|"
    r"an? (?:lot|bit|kind|type|form|number|feeling|sense|sensation|case|episode|bout) of|sense of|sensation of|not|"
    r"and|or|in|"
    r"(?:first )?(?:reviewing|conducting|performing)|a range of|a variety of|a host of|"
    r"underlying|existing|related|surrounding|"
    r"(?:people|patients|persons|adults|children|women|men|those|anyone|someone) with|people who have|known|"
    r"suspected|"
    r"one of the|rarely|"
    r"exposure to|contact with|if|whether|unexplained|new|a combination of|an increase in|presence of|amounts? of|"
    r"level of|"
    r"mild to (?:moderate|severe|profound)|moderate to (?:severe|profound)|"
    r"(?:development|onset|occurrence|diagnosis) of)\s+",
    re.IGNORECASE,
)
_QUALIFIER: Final = re.compile(
    r",?\s+(?:that|which|who|whom|whose|when|if|because|while|after|before|during|until|unless|so that|so|especially|"
    r"particularly|even|as|than|in people|in those|in women|in men|in children|in adults|in some|in severe|in rare|"
    r"for people|among|with or without|"
    r"by|where|within|once|since|without|depending|due to|caused by|called|known as|over time|at the same time|"
    r"(?:made|found|located|produced|placed|formed|carried) (?:by|in|of|to|from|with|for|at|on|through)|"
    r"is|are|was|were|can|may|might|will|has|have|does|do|should|could|sometimes|often|usually|either|instead|"
    r"more easily|frequently|regularly|repeatedly|again|right away|itself|themselves|alone)\b",
    re.IGNORECASE,
)
_INFINITIVE: Final = re.compile(
    r"\s+to\s+(?!the\b|a\b|an\b|your\b|their\b|certain\b|some\b|other\b|"
    r"moderate\b|severe\b|profound\b|mild\b)(?=[a-z]+)",
    re.IGNORECASE,
)
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
_GENERIC: Final = frozenset(
    "thing condition problem disease disorder illness symptom sign cause factor treatment test reason way person "
    "doctor case time "
    "situation health other body part effect complication option step information question example type kind form "
    "area place "
    "result medicine medication drug therapy procedure issue matter amount level help everyone provider life role "
    "function change event "
    "day week month year hour minute article topic study research evidence number group member stage period age "
    "risk chance "
    "lot bit one two three cup point goal plan approach hospital clinic office range variety host series "
    "protein gene enzyme cell molecule receptor chromosome individual feature abnormality diagnosis "
    "syndrome anomaly manifestation tissue organ "
    "combination mixture emergency attention visit family history difference".split()
)
_FOR_A_TIME: Final = re.compile(
    r"\w+ (?:for|in|over|until|within|at|during) (?:\w+ )?(?:years?|months?|weeks?|days?|times?|hours?|first|"
    r"least)\b",
    re.IGNORECASE,
)
"""One noun and when: "symptoms for years"."""
_VAGUE: Final = frozenset(
    "side diagnostic medical health other certain serious significant major many new long-term lifelong possible "
    "common unpleasant further additional rare severe "
    "mild milder intermediate classic complex multiple different various "
    "particular related similar three two several characteristic "
    "specific".split()
)
"""Words that leave what a generic noun means as open as it is."""
_GENERIC_LABELS: Final = frozenset(
    {"medical procedure", "cancer treatment", "diagnostic test", "follow-up care", "signs and symptoms"}
)
_BARE: Final = frozenset(
    "accumulation change damage death degeneration destruction fluid growth loss movement production reaction release "
    "shortage "
    "spread stress tear cramp breath feeling sensation throat vision weight appetite mucus operation "
    "procedure "
    "dose pill drop injection spray imaging scan exam panel reading".split()
)
"""Head nouns that name nothing alone."""

_STATE_OF_A_PART: Final = re.compile(
    r"(?:overactive|underactive|enlarged|swollen|inflamed|blocked|clogged|narrowed|damaged|weakened|irritated|broken|"
    r"torn|infected|ruptured|missing|abnormal|malformed|misshapen|hardened|stiff|weak|loose|sore|bleeding)\s",
    re.IGNORECASE,
)
"""What a part of the body is when it is ill: "overactive glands" are no anatomy."""

_CLAUSE: Final = re.compile(
    r"(?i)(?<!-)\b(?:makes?|produces?|gets?|loses?|needs?|uses?|pumps?|carr(?:y|ies)|involves?|reduce|does|do|did|"
    r"cannot|fewer|too (?:much|little|many|few)|"
    r"not enough|"
    r"lacks?|keeps?|stops?|becomes?|allows?|contains?|help|helps|forms|breaks|builds)\b|n't\b"
)
"""Words of a clause or of too little or much: what they speak of is not what is named."""

_ATTRIBUTE: Final = re.compile(r"(?:ed|ive|able|ible|ful|less|ous|ly|ary|ic|er|est)$")
"""Endings of words that tell how a thing is and name none."""
_BROKEN: Final = re.compile(
    r"\b(?:is|are|was|were|be|been|can|may|might|will|would|should|could|has|have|had|does|do|did|you|it|they|we|i|"
    r"he|she|not|"
    r"if|because|whether|which|who|that|what|how|why|there|please|them|him|her|us|this|these|those|including|but|"
    r"your doctor|doctors?)\b|n't\b|[.:;?!\"=]",
    re.IGNORECASE,
)


_FORBIDDING: Final = re.compile(r"(?:do not|don't) ", re.IGNORECASE)
"""How advice against something begins: "do not share needles"."""


def mint(phrase: str, kind: Kind) -> Concept:
    """The provisional concept of an article's own words; its id is rebuilt from its label and the reverse."""
    spelt = unicodedata.normalize("NFKD", phrase.lower().replace("\u2019", "'").replace("%", " percent "))
    # Without accents and with no bare %, which makes no IRI.
    spelt = "".join(character for character in spelt if not unicodedata.combining(character))
    words = re.findall(r"[a-z0-9](?:[a-z0-9'-]|\.(?=\d))*", spelt)
    label = " ".join(word.strip("'-") for word in words)
    return Concept(
        id="etiop:" + label.replace("'", "").replace(" ", "_"),
        label=label.replace("'", ""),
        kinds=(kind,),
        provisional=True,
    )


_VERB_FIRST: Final = re.compile(
    r"(?:is|are|was|were|can|may|might|will|has|have|does|do|should|could)\b", re.IGNORECASE
)


_ABSENCE: Final = re.compile(r"(?:not (?:seeing|having)|(?:the )?absence of)\s+(?:an? |any )?", re.IGNORECASE)


def is_generic(concept: Concept) -> bool:
    """Tell whether a concept is too general to be meant by a bare mention: "medicines", "treatment"."""
    words = fold_words(concept.label)
    general = bool(words) and words[-1] in _GENERIC and all(word in _GENERIC | _VAGUE for word in words[:-1])
    return general or concept.label in _GENERIC_LABELS


_AMOUNT: Final = re.compile(r"\b(?:amounts?|quantit(?:y|ies)|volumes?)$", re.IGNORECASE)
_AMOUNT_OF: Final = re.compile(r" of (?:the |your )?")


def strip_leading(text: str, span: Span, mentions: Iterable[Mention] = ()) -> Span:
    """The span without the determiners and quantities before the noun; a mention's own first words stay."""
    amounts = {m.span.start: m.span.end for m in mentions if _AMOUNT.search(m.span.of(text))}
    starts = {mention.span.start for mention in mentions} - amounts.keys()
    start = span.start
    while start < span.end and start not in starts:
        match = _LEADING.match(text, start, span.end)
        if start in amounts:  # "a small amount of blood in the sputum"
            match = _AMOUNT_OF.match(text, amounts[start], span.end)
        if match is None or match.end() >= span.end:
            break
        start = match.end()
    return Span(start, span.end)


def cut_qualifier(text: str, span: Span, mentions: Iterable[Mention]) -> tuple[Span, str | None]:
    """The noun phrase at the head of the span, and the words that narrow it (None where there are none)."""
    covered = [mention.span for mention in mentions]
    for named in covered:
        # A dash was lost between a name and what explains it: "chest pain the kind that hurts".
        if named.start == span.start and named.end < span.end and text.startswith((" the ", " a "), named.end):
            return named, text[named.end : span.end].strip(" ,.;:") or None
    for pattern in (_QUALIFIER, _INFINITIVE):
        for match in pattern.finditer(text, span.start, span.end):
            if match.start() > span.start and not any(c.start < match.start() + 1 < c.end for c in covered):
                rest = text[match.start() : span.end].strip(" ,.;:")
                return Span(span.start, match.start()), None if _VERB_FIRST.match(rest) else rest or None
    return span, None


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
            re.sub(rf"^(?:{_LEADING.pattern})", "", phrase, count=1, flags=re.IGNORECASE) if phrase != words else phrase
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
        advised = named is Unlinked.BROKEN and default in _MADE and not known and is_instruction(words)
        return _provisional(words, kinds, core, qualifier, default) if advised else named
    if known:
        return Unlinked.UNKNOWN
    if _POINTING.match(text, span.start, core.start):
        return Unlinked.PRONOUN  # "this protein" points back and names nothing
    return _provisional(words, kinds, core, qualifier, default)


_MADE: Final = frozenset({Kind.TREATMENT, Kind.TEST})
"""What may be named after what it makes or finds: infrared coagulation is a treatment where treatments are listed."""


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
        if renamed is None and not known and default in _MADE and core.start < headed.span.start:
            return _provisional(words, kinds, core, qualifier, default)
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


def absence(lacked: Argument) -> Argument:
    """That a thing is not there, as a thing of its own: "not having nausea" is the absence of nausea."""
    words = f"absence of {lacked.concept.label}"
    return Argument(mint(words, lacked.kind), words, lacked.kind, lacked.span, lacked.qualifier)


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


_ACTION: Final = re.compile(
    r"(?:not |never )?(?!(?:growing|increasing|existing|remaining|following|missing|surrounding|working|interesting|"
    r"promising|ongoing|developing|changing|living|something|anything|nothing|everything|morning|evening|during|"
    r"spring|string|ring|king|wing|sibling)\b)[a-z]{2,}ing(?: (?=[a-z])|$)",
    re.IGNORECASE,
)


_EXAMINING: Final = re.compile(
    r"(?:finding|detecting|examining|testing|measuring|looking (?:at|for)|listening to|checking|identifying|reviewing|"
    r"growing|counting|feeling|inspecting|studying|analyzing) (?=[a-z])",
    re.IGNORECASE,
)
"""What is done to learn what somebody has."""


def _kind_of_action(words: str, kinds: frozenset[Kind]) -> Kind | None:
    """What people do is a risk, a treatment or a test: "eating raw poultry", "sitting in a warm bath"."""
    if Kind.TEST in kinds and _EXAMINING.match(words):
        return Kind.TEST
    if not _ACTION.match(words):
        return None
    return next((kind for kind in (Kind.RISK_FACTOR, Kind.TREATMENT) if kind in kinds), None)


def _is_vague(words: str, last: str) -> bool:
    """Tell whether all that stands before a generic noun is vague; what it is of names it, but for "forms of"."""
    if last in ("form", "type", "kind"):
        words = words.split(" of ")[0]
    return all(word.lower() in _VAGUE | _GENERIC for word in words.split()[:-1])


def _provisional(
    words: str, kinds: frozenset[Kind], span: Span, qualifier: str | None, default: Kind | None
) -> Argument | Unlinked:
    count = len(words.split())
    last = head(words)
    advice = is_instruction(words)
    if (
        not 1 <= count <= 8
        or _BROKEN.search(_FORBIDDING.sub("", words) if advice else words)
        or not re.search(r"[a-z]{3}", words, re.IGNORECASE)
    ):
        return Unlinked.BROKEN
    if not is_name(words) and not advice:
        return Unlinked.NO_NAME
    if re.search(r"\bones?$|\banother\b", words) or (last in _GENERIC and " with no " in words):
        return Unlinked.GENERIC
    if last in _GENERIC and (
        count == 1
        or _FOR_A_TIME.match(words)
        or re.match(
            r"^(?:serious|other|two|three|four|several|common|more|medical|health|same|different|good|best|first)\b",
            words,
            re.IGNORECASE,
        )
        or _is_vague(words, last)
    ):
        return Unlinked.GENERIC
    kind = kind_of(words) or _kind_of_action(words, kinds)
    if kind is Kind.ANATOMY and _STATE_OF_A_PART.match(words):
        kind = next((each for each in (Kind.CONDITION, Kind.SYMPTOM, Kind.MECHANISM) if each in kinds), kind)
    if count == 1 and fold(words) in _BARE:
        return Unlinked.GENERIC
    if kind is None and not (advice and default in _MADE) and (count == 1 or _ATTRIBUTE.search(last)):
        return Unlinked.NO_KIND
    kind = kind or default
    if kind is None:
        return Unlinked.NO_KIND
    if kind not in kinds:
        return Unlinked.UNWANTED_KIND
    concept = mint(words, kind)
    return (
        Argument(concept, words, kind, span, qualifier, Via.PROVISIONAL) if len(concept.label) > 2 else Unlinked.BROKEN
    )


def _joined(*parts: str | None) -> str | None:
    return "; ".join(part for part in parts if part) or None
