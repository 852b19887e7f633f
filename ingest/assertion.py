"""How surely and how often an author says a thing, read off the words around the trigger, in its clause.

Negation, certainty and frequency belong to the trigger and not to every concept near it: "a headache that does not
stop is a symptom of meningitis" denies nothing. "Not always" hedges and does not deny; "not only" is nothing.
"""

import re
from dataclasses import dataclass
from typing import Final

from ingest.shares import MANY, OF_ALL, SHARE, WHO, class_of_figure
from ontology.terms import Certainty


@dataclass(frozen=True, slots=True)
class Assertion:
    """What one clause says of its relation; `cue` and `frequency` are the author's words, lower case."""

    negated: bool = False
    certainty: Certainty = Certainty.ASSERTED
    cue: str | None = None
    frequency: str | None = None

    @property
    def frequency_class(self) -> str | None:
        """The HPO frequency that the author's word or figure ("often", "90%", "3/10") licenses, or None."""
        word = self.frequency or ""
        return FREQUENCY_CLASSES.get(word) or class_of_figure(word)


FREQUENCY_CLASSES: Final = {
    "always": "HP:0040280",
    "often": "HP:0040282",
    "frequent": "HP:0040282",
    "frequently": "HP:0040282",
    "common": "HP:0040282",
    "commonly": "HP:0040282",
    "sometimes": "HP:0040283",
    "occasionally": "HP:0040283",
    "rare": "HP:0040284",
    "rarely": "HP:0040284",
}
"""Word → HPO frequency term (Obligate, Frequent, Occasional, Very rare); other words license none."""

_NOT_THE_MOST: Final = re.compile(
    r"\b(?:not|n't) the (most (?:common|frequent|usual)|main|only|first)\b", re.IGNORECASE
)
_HEDGED_NEGATION: Final = re.compile(
    r"\b(?:not|n't)\s+(?:always|necessarily|guaranteed|a guaranteed|everyone|all|every|automatically|in everyone)\b"
    r"|\b(?:many|most|some)\b[^.;]*\b(?:not|n't|without|never)\b",
    re.IGNORECASE,
)
_NOTHING: Final = re.compile(
    r"\b(?:not|n't) (?:only|just|merely|the (?:most|only|main|first|same|whole))\b", re.IGNORECASE
)
_NEGATION: Final = re.compile(
    r"\b(?:not|never|cannot|no longer|neither|nor)\b|n't\b|\b(?:is|are|was) no (?!longer|evidence|proof)|"
    r"\bno (?:evidence|proof|sign|link|risk)\b",
    re.IGNORECASE,
)
_UNLIKELY: Final = re.compile(
    r"\b(?:unlikely|rarely|in rare cases|rare|seldom|hardly|less likely|not usually|n't usually|usually (?:not|"
    r"isn't|aren't|don't|doesn't))\b",
    re.IGNORECASE,
)
_POSSIBLE: Final = re.compile(
    r"\b(?:can|may|might|could|possibly|possible|perhaps|suggests?|suspected|potential(?:ly)?|probabl[ey]|likely|"
    r"thought to|believed to|seems? to|appears? to)\b",
    re.IGNORECASE,
)
_FREQUENCY: Final = re.compile(
    rf"\b((?:in|for|among) (?:{MANY}|severe|less frequent)(?: affected)? {WHO}|"
    r"for some|"
    r"most (?:often|common(?:ly)?|frequent(?:ly)?)|(?:very|quite|fairly|less|more) (?:common(?:ly)?|often|"
    r"frequent(?:ly)?|rare(?:ly)?)|"
    r"almost always|always|usually|typically|generally|often|frequently|frequent|commonly|common|sometimes|"
    r"occasionally|"
    r"at times|rarely|rare|seldom|mostly|most|main|many|some|a minority)\b",
    re.IGNORECASE,
)


def assess(trigger: str, *, before: str = "", after: str = "") -> Assertion:
    """The assertion of one trigger.

    `trigger` is the trigger with its auxiliaries and adverbs ("can also cause"), `before` what stands before it in
    its clause besides the subject ("In some cases,", "Many people with"), `after` what stands behind it besides the
    object ("in most cases").
    """
    near = f"{before} {trigger}"
    frequency = _how_many(trigger) or _how_many(before) or _how_many(after)
    word = re.sub("^(?:in|for|among) ", "", frequency.group(1).lower()) if frequency else None
    lesser = _NOT_THE_MOST.search(near)
    if lesser:
        word = f"not the {lesser.group(1).lower()}"
    hedged = _HEDGED_NEGATION.search(f"{near} {after}")
    denied = None if _NOTHING.search(near) else _NEGATION.search(trigger)
    if denied is None and re.search(r"\bno (?:evidence|proof)\b|\bnot true that\b", before, re.IGNORECASE):
        denied = _NEGATION.search(before)
    if hedged and word and word in hedged.group().lower():
        word = None
    if hedged is None and denied is not None and SHARE.match(after):
        hedged, word = denied, None  # "does not cause fever in some people"
    if hedged:
        return Assertion(certainty=Certainty.POSSIBLE, cue=hedged.group().lower(), frequency=word)
    unlikely = _UNLIKELY.search(trigger) or _UNLIKELY.search(before) or _UNLIKELY.search(after)
    if denied is not None:
        certainty = Certainty.UNLIKELY if re.search(r"\busually\b", near, re.IGNORECASE) else Certainty.ASSERTED
        return Assertion(negated=True, certainty=certainty, cue=denied.group().lower(), frequency=word)
    if unlikely:
        return Assertion(certainty=Certainty.UNLIKELY, cue=unlikely.group().lower(), frequency=word)
    possible = _POSSIBLE.search(trigger)
    if possible:
        return Assertion(certainty=Certainty.POSSIBLE, cue=possible.group().lower(), frequency=word)
    return Assertion(frequency=word)


def _how_many(words: str) -> re.Match[str] | None:
    return OF_ALL.search(words) or _FREQUENCY.search(words)
