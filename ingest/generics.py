"""Nouns too general to name anything alone: "medicines", "serious problems", "symptoms for years"."""

import re
from typing import Final

from ingest.folding import fold_words
from ontology.claim import Concept

GENERIC: Final = frozenset(
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
FOR_A_TIME: Final = re.compile(
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
BARE: Final = frozenset(
    "accumulation change damage death degeneration destruction fluid growth loss movement production reaction release "
    "shortage "
    "spread stress tear cramp breath feeling sensation throat vision weight appetite mucus operation "
    "procedure "
    "dose pill drop injection spray imaging scan exam panel reading".split()
)
"""Head nouns that name nothing alone."""


def is_generic(concept: Concept) -> bool:
    """Tell whether a concept is too general to be meant by a bare mention: "medicines", "treatment"."""
    words = fold_words(concept.label)
    general = bool(words) and words[-1] in GENERIC and all(word in GENERIC | _VAGUE for word in words[:-1])
    return general or concept.label in _GENERIC_LABELS


def is_vague(words: str, last: str) -> bool:
    """Tell whether all that stands before a generic noun is vague; what it is of names it, but for "forms of"."""
    if last in ("form", "type", "kind"):
        words = words.split(" of ")[0]
    return all(word.lower() in _VAGUE | GENERIC for word in words.split()[:-1])
