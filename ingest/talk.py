"""Sentences that speak of research and not of medicine: who studies what, and in the hope of what."""

import re
from typing import Final

_HEADING: Final = re.compile(r"\bresearch\b|\bclinical trials?\b", re.IGNORECASE)
_WHO: Final = re.compile(
    r"\b(?:national institutes?|NINDS|NIH|NHLBI|NCI|NIDDK|NIAID|CDC|[Rr]esearchers|[Ss]cientists|[Ii]nvestigators|"
    r"(?:new|current|ongoing|more|recent) (?:research|studies)|[Cc]linical trials?|grantees)\b"
)
_WHAT: Final = re.compile(
    r"\b(?:supports?|conducts?|funds?|sponsors?|interested in|look(?:s|ing)? (?:at|for|into)|stud(?:y|ies|ying|ied)|"
    r"test(?:s|ing|ed)?|develop(?:s|ing)?|investigat(?:e|es|ing|ed)|seeks?|explor(?:e|es|ing)|examin(?:e|es|ing)|trying|"
    r"working|hopes?|continues?|evaluat(?:e|es|ing))\b",
    re.IGNORECASE,
)


def is_research_heading(heading: str) -> bool:
    """Tell whether a heading announces research."""
    return _HEADING.search(heading) is not None


def is_research_talk(sentence: str) -> bool:
    """Tell whether a sentence says what somebody studies, and not what was found."""
    who = _WHO.search(sentence)
    return who is not None and _WHAT.search(sentence, who.end()) is not None and " found " not in sentence
