"""Changes of a gene as an article words them: "mutations in the NOG gene", "the mutated NOG gene".

All wordings of one gene are one provisional concept, "nog gene mutation", a mechanism; each gene of a list ("the LIPH,
LPAR6, or DSG4 gene") has its own. A gene alone is no change.
"""

import re
from collections.abc import Iterator
from typing import Final

from ingest.mentions import Mention
from ingest.provisional import mint
from ingest.sentences import Span
from ontology.claim import Concept
from ontology.terms import Kind

_LABEL_END: Final = " gene mutation"
_SYMBOL: Final = r"(?:C\d{1,2}orf\d{1,3}|[A-Z](?!NA\b)[A-Z0-9]{1,8}(?:-[A-Z0-9]{1,4})?)"
_SYMBOLS: Final = rf"{_SYMBOL}(?:, {_SYMBOL})*(?:,? (?:and|or|and/or) {_SYMBOL})?"
_CHANGE: Final = (
    r"(?:(?:genetic |inherited |new |de novo |specific |certain |harmful |particular |point |missense )*"
    r"(?:mutations?|changes?|variants?|variations?|deletions?|duplications?|alterations?|defects?|abnormalities))"
)
_WORDINGS: Final = (
    re.compile(
        rf"\b(?:[Aa] (?:change|mutation|defect)|(?i:{_CHANGE})) (?:in|of|within|affecting|involving) "
        r"(?:(?:either|one|both|two|each|several|any)(?: copy| copies)? of |either |both )?"
        r"(?:the |a )?(?:gene called )?"
        rf"(?P<symbols>{_SYMBOLS})(?: genes?\b)"
    ),
    re.compile(rf"\b(?P<symbols>{_SYMBOLS})(?:-| )gene (?:mutations?|changes?|variants?|deletions?|defects?)\b"),
    re.compile(rf"\b(?i:mutated|altered|defective|faulty|abnormal) (?P<symbols>{_SYMBOLS}) genes?\b"),
    re.compile(rf"\b(?i:mutations?) in (?P<symbols>{_SYMBOLS})\b(?! (?:gene|receptor|protein|enzyme))"),
)


def with_gene_changes(text: str, mentions: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """The mentions of a text with its gene changes, in order; what one of them covers is left out."""
    changes = tuple(_gene_changes(text)) if "gene" in text or "utation" in text else ()
    if not changes:
        return mentions
    others = (mention for mention in mentions if not any(mention.span.overlaps(change.span) for change in changes))
    return tuple(sorted((*changes, *others), key=lambda mention: mention.span.start))


def is_gene_change(concept: Concept) -> bool:
    """Tell whether a concept is the change of a gene."""
    return concept.provisional and concept.label.endswith(_LABEL_END)


def _gene_changes(text: str) -> Iterator[Mention]:
    taken: list[Span] = []
    for wording in _WORDINGS:
        for match in wording.finditer(text):
            whole = Span(match.start(), match.end())
            if any(whole.overlaps(other) for other in taken):
                continue
            taken.append(whole)
            symbols = list(re.finditer(_SYMBOL, match["symbols"]))
            for index, symbol in enumerate(symbols):
                # The first of a list stands with what is before it, the last with what is behind.
                start = whole.start if index == 0 else match.start("symbols") + symbol.start()
                end = whole.end if index + 1 == len(symbols) else match.start("symbols") + symbol.end()
                yield Mention(Span(start, end), mint(f"{symbol.group()}{_LABEL_END}", Kind.MECHANISM))
