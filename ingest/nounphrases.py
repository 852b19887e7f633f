"""The core of a noun phrase: without the determiners and quantities before it, parted from what narrows it.

Words alone decide; whether a concept is known by that name is another question (`linking.py`).
"""

import re
from collections.abc import Iterable
from typing import Final

from ingest.mentions import Mention
from ingest.sentences import Span

LEADING: Final = re.compile(
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
_VERB_FIRST: Final = re.compile(
    r"(?:is|are|was|were|can|may|might|will|has|have|does|do|should|could)\b", re.IGNORECASE
)
_AMOUNT: Final = re.compile(r"\b(?:amounts?|quantit(?:y|ies)|volumes?)$", re.IGNORECASE)
_AMOUNT_OF: Final = re.compile(r" of (?:the |your )?")


def strip_leading(text: str, span: Span, mentions: Iterable[Mention] = ()) -> Span:
    """The span without the determiners and quantities before the noun; a mention's own first words stay."""
    amounts = {m.span.start: m.span.end for m in mentions if _AMOUNT.search(m.span.of(text))}
    starts = {mention.span.start for mention in mentions} - amounts.keys()
    start = span.start
    while start < span.end and start not in starts:
        match = LEADING.match(text, start, span.end)
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
