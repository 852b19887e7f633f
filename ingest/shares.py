"""How many have what is said: "in most cases", "in about 10 percent of affected females", "3/10"."""

import re
from typing import Final

WHO: Final = (
    r"(?:cases|instances|circumstances|situations|people|patients|persons|individuals|adults|children|infants|babies|"
    r"newborns|women|men|females|males|families)"
)
"""An expression of those who are counted."""

_FRACTION: Final = (
    r"(?:(?:only|about|approximately|around|roughly|nearly|almost|just|up to|over|at least|(?:more|less|fewer) than) )*"
    r"(?:half|(?:a|one|two|three)[ -](?:half|thirds?|quarters?|fifths?)|"
    r"(?:the|a) (?:vast )?majority|a (?:small )?minority|"
    r"an? (?:very )?(?:small|large|high|low) (?:number|percentage|proportion)|"
    r"\d+(?:\.\d+)?(?: ?%)?(?: (?:to|-) \d+(?:\.\d+)?)? ?(?:%|percent|(?:out )?of \d+|in \d+))"
)
MANY: Final = r"(?:some|rare|most|many|(?:only )?a few|few|(?:almost|nearly|virtually) all)"
"""An expression of how many they are, without a figure."""

SHARE: Final = re.compile(
    rf"(?:in|for|among) (?:{_FRACTION}(?: of)?(?: (?:all|the|these|those))?|{MANY})"
    rf"(?: affected)? {WHO}(?: with (?:this|the) \w+)?",
    re.IGNORECASE,
)
"""How many of all it is."""

CLOSING: Final = re.compile(rf"(?:^|[ ,])({SHARE.pattern})$", re.IGNORECASE)
"""The same at the end of what it is said of, the words themselves as a group."""

OF_ALL: Final = re.compile(rf"\b(?:in|for|among) ({_FRACTION})(?: of\b| (?={WHO}))", re.IGNORECASE)
"""The fraction of all."""

_CLASSES_BY_SHARE: Final = (
    (100.0, "HP:0040280"),
    (80.0, "HP:0040281"),
    (30.0, "HP:0040282"),
    (5.0, "HP:0040283"),
    (0.0, "HP:0040284"),
)
"""Least share of patients in percent → HPO frequency term; a share between two ranges (4.5) belongs to the lower."""

_FIGURE: Final = re.compile(
    r"(?:(?:about|approximately|around|roughly)\s)?(?P<share>\d+(?:\.\d+)?)\s?"
    r"(?:(?:%\s?)?(?:to|-|\u2013)\s?(?P<most>\d+(?:\.\d+)?)\s?)?(?:%|percent\b|(?:/|in|(?:out )?of)\s?(?P<of>\d+)$)"
)


def class_of_figure(figure: str) -> str | None:
    """The HPO frequency of a share of patients ("90%", "3/10"), or that of both ends of a range; None elsewhere."""
    match = _FIGURE.fullmatch(figure)
    if match is None or (match["of"] is not None and (match["most"] or int(match["of"]) == 0)):
        return None
    shares = [100 * float(match["share"]) / float(match["of"])] if match["of"] else [float(match["share"])]
    shares += [float(match["most"])] if match["most"] else []
    if not all(0 < share <= 100 for share in shares):
        return None
    classes = {next(curie for least, curie in _CLASSES_BY_SHARE if share >= least) for share in shares}
    return classes.pop() if len(classes) == 1 else None
