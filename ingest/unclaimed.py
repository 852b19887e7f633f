"""Sentences that state nothing a claim could say: how a condition is inherited, how many people have it, questions.

They speak of conditions, genes and people in words that elsewhere state a relation ("a condition is X-linked if the
gene that causes it …", "it occurs in 1 in 5,000 newborns"). Where to read more belongs here as well.
"""

import re
from typing import Final

_SILENT: Final = re.compile(
    r"\b(?:"
    # how it is inherited
    r"inherited (?:in|as) an? |autosomal (?:dominant|recessive)|X-linked (?:dominant|recessive|inheritance|pattern|"
    r"traits?)|considered X-linked|(?:patterns?|mode) of inheritance|inheritance patterns?|sex chromosomes|"
    r"(?:both|one|two|only)(?: \w+)? cop(?:y|ies) of (?:the|an|a) (?:\w+ )?gene|"
    r"(?:is|are|be|can be) (?:usually |typically |often |generally )?not inherited|(?:isn't|aren't) inherited|"
    r"no history of the (?:condition|disorder|disease) in their famil(?:y|ies)|"
    # how many people have it
    r"(?:1|one) in (?:every )?(?:\d[\d,.]*|a (?:thousand|million|hundred))|\d per \d[\d,]*|per \d[\d,]* (?:people|live|"
    r"newborns|births|individuals|persons|women|men)|(?:prevalence|incidence) (?:of|is|has|in|varies|ranges)|"
    r"(?:cases|families|people|individuals|patients) have been (?:reported|described|identified|diagnosed)|"
    r"has been (?:reported|described|identified|diagnosed|found) in (?:\w+ ){0,4}?(?:people|individuals|families|cases|"
    r"patients|children|infants|males|females|members)|"
    r"(?:estimated|thought|known|reported) to (?:affect|occur in) (?:\w+ ){0,4}?\d|"
    # where to read more
    r"for more information|click (?:here|on)|(?:the )?human phenotype ontology|this information comes from"
    r")\b",
    re.IGNORECASE,
)


def makes_no_claim(sentence: str) -> bool:
    """Tell whether a sentence is a question or speaks of inheritance, head counts or further reading."""
    return sentence.rstrip().endswith("?") or _SILENT.search(sentence) is not None
