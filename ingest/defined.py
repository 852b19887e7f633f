"""What a sentence defines while it goes on to say something of it: "gout is a disease that inflames the joints".

A definition by a general noun ("disease", "disorder") names nothing, so what its relative clause or participle says is
said of the name before "is".
"""

import re
from typing import Final

from ingest.sentences import Span

_DEFINED: Final = re.compile(
    r"(?P<what>(?:(?! (?:is|are|that|which|who|when|if|can|may|has|have) )[^,;:.()])+)(?: ?\([^()]*\))*,?"
    r"(?: (?:also|sometimes) (?:called|known as) [^,;]{2,60},)? (?:is|are) (?:also |usually |often |actually )?"
    r"(?:an?|the|one of(?: the)?|any|several|all|rare|inherited|genetic|common)\b(?P<said>[^;:]*?)$",
    re.IGNORECASE,
)
_RELATIVE: Final = re.compile(r"(?i)(?:,? (?:that|which)(?: \w+ly)?| (?:in which|where))\s*$")
_OTHER_VERB: Final = re.compile(
    r"(?i)\b(?:is|are|was|were|has|have|had|can|may|might|will|does|do)\b|,\s+(?:and|but)\b|"
    r"\b(?:ways?|used|done|needed) to \w+"
)


def defined_before(text: str, start: int, end: int) -> Span | None:
    """The words that a clause between `start` and `end` defines, where its relative clause or participle ends it.

    None where the clause is no such definition.
    """
    clause = text[start:end].rstrip()
    match = _DEFINED.match(clause)
    if match is None:
        return None
    said = _RELATIVE.sub("", match["said"])
    if _OTHER_VERB.search(said) or len(match["what"].split()) > 9:
        return None
    return Span(start + match.start("what"), start + len(match["what"].rstrip()))
