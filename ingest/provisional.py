"""Concepts that no vocabulary knows, named by the words of the article.

Their kind is that of their head noun, else what people do with them, else what the slot takes. Clauses, pronouns and
general nouns become none.
"""

import re
import unicodedata
from typing import Final

from ingest.arguments import Argument, Via
from ingest.folding import fold
from ingest.generics import BARE, FOR_A_TIME, GENERIC, is_vague
from ingest.headnouns import head, kind_of
from ingest.phrases import is_instruction, is_name
from ingest.reasons import Unlinked
from ingest.sentences import Span
from ontology.claim import Concept
from ontology.terms import Kind

_STATE_OF_A_PART: Final = re.compile(
    r"(?:overactive|underactive|enlarged|swollen|inflamed|blocked|clogged|narrowed|damaged|weakened|irritated|broken|"
    r"torn|infected|ruptured|missing|abnormal|malformed|misshapen|hardened|stiff|weak|loose|sore|bleeding)\s",
    re.IGNORECASE,
)
"""What a part of the body is when it is ill: "overactive glands" are no anatomy."""

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


MADE: Final = frozenset({Kind.TREATMENT, Kind.TEST})
"""What may be named after what it makes or finds: infrared coagulation is a treatment where treatments are listed."""


def absence(lacked: Argument) -> Argument:
    """That a thing is not there, as a thing of its own: "not having nausea" is the absence of nausea."""
    words = f"absence of {lacked.concept.label}"
    return Argument(mint(words, lacked.kind), words, lacked.kind, lacked.span, lacked.qualifier)


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


def provisional(
    words: str, kinds: frozenset[Kind], span: Span, qualifier: str | None, default: Kind | None
) -> Argument | Unlinked:
    """The argument that unknown words name, of one of `kinds`, or why they name none; `default` is the last resort."""
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
    if re.search(r"\bones?$|\banother\b", words) or (last in GENERIC and " with no " in words):
        return Unlinked.GENERIC
    if last in GENERIC and (
        count == 1
        or FOR_A_TIME.match(words)
        or re.match(
            r"^(?:serious|other|two|three|four|several|common|more|medical|health|same|different|good|best|first)\b",
            words,
            re.IGNORECASE,
        )
        or is_vague(words, last)
    ):
        return Unlinked.GENERIC
    kind = kind_of(words) or _kind_of_action(words, kinds)
    if kind is Kind.ANATOMY and _STATE_OF_A_PART.match(words):
        kind = next((each for each in (Kind.CONDITION, Kind.SYMPTOM, Kind.MECHANISM) if each in kinds), kind)
    if count == 1 and fold(words) in BARE:
        return Unlinked.GENERIC
    if kind is None and not (advice and default in MADE) and (count == 1 or _ATTRIBUTE.search(last)):
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
