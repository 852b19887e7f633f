"""What "the infection" means in an article about one: the infection that its title names.

A page on an infectious disease says "infection can occur after a bite" and "the risk of infection"; any other infection
it names more closely ("a skin infection", "infection with a second virus"). Whether it is about one is what its own
sentences say of its subject.
"""

import re
from collections.abc import Iterable
from typing import Final

from ingest.sentences import Span

_SAID: Final = (
    r"\b{name}\b(?: ?\([^()]*\))?,?(?: [^.]{{0,60}},)? (?:is|are) (?:an? |the )?"
    r"(?:(?!at\b|for\b|of\b|risk\b|to\b|not\b)[\w-]+,? ){{0,6}}?"
    r"(?:infections?|infectious|contagious|(?:disease|illness) (?:that is |that's )?(?:caused|spread|transmitted) by "
    r"(?:an? |the )?(?:\w+ ){{0,2}}(?:bacteri\w+|virus\w*|parasit\w+|fung\w+|worms?|germs?))|"
    r"\b{name}V? (?:virus )?infections?\b"
)
_BEFORE: Final = re.compile(
    r"(?:^|[(,;:] ?|\b(?:the|this|such|of|for|to|from|with|get|gets|getting|acquire|acquiring|prevent|treat|cause|"
    r"causes|and|or|if|when|after|before|during|that|most|human|while|is|where|whether) )$",
    re.IGNORECASE,
)
_BEHIND: Final = re.compile(r" (?:with|by|of|from|caused|in (?:the|your|an?)|such|like|control)\b", re.IGNORECASE)


def is_infection(names: Iterable[str], passages: Iterable[str]) -> bool:
    """Tell whether the passages say of what is so named that it is an infection."""
    spoken = re.compile("|".join(_SAID.format(name=re.escape(name)) for name in names), re.IGNORECASE)
    return any(spoken.search(passage) for passage in passages)


def means_the_subject(text: str, span: Span) -> bool:
    """Tell whether the bare word "infection" at a place is the one that the article is about."""
    return _BEFORE.search(text[: span.start]) is not None and _BEHIND.match(text, span.end) is None
