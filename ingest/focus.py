"""What a passage is about, by kind: the document, the section, the item, the sentence before.

A health article names its subject once and then says "it", "this condition", "symptoms include". The focus answers what
is meant: nearest first, and only a concept of a kind that fits.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from itertools import islice
from typing import Final

from ingest.arguments import Argument
from ingest.generics import is_generic
from ingest.trace import SILENT, Trace
from ontology.claim import Concept
from ontology.terms import Kind

_NOUNS: Final = {
    Kind.CONDITION: "condition disease disorder illness infection problem syndrome cancer",
    Kind.SYMPTOM: "symptom sign bleeding pain cough",
    Kind.TEST: "test scan exam examination procedure imaging tests",
    Kind.TREATMENT: "medicine medication drug treatment therapy device procedure process remedy vaccine filter",
    Kind.MECHANISM: "damage process change injury inflammation blockage shortage irritation leak mutation",
    Kind.AGENT: "substance germ irritant allergen bacterium virus",
    Kind.RISK_FACTOR: "factor habit exposure",
}

_TOPICAL: Final = frozenset("condition disease disorder illness syndrome".split())
"""What an article or a section is about is called so with an article: "smoking is a cause of the disease"."""

_TESTS: Final = frozenset({"test", "tests", "exam", "scan"})
"""With an article these mean the test of the sentence before or of the heading, and no other."""

ANAPHOR: Final = re.compile(
    r"^(?:also |either way,? |thus,? |however,? |then )?(?:(?P<pronoun>it|this|that|they|these|those|some|others|"
    r"he or she|which|both|the two|each)"
    r"|(?:this|these|that|those|the|such|both) (?:(?!of |in |to |from )\w+ ){0,2}?(?P<noun>\w+))$",
    re.IGNORECASE,
)


_FARTHEST: Final = 300
"""How many sentences of a section are asked what they spoke of; no author means a thing so far back."""


class Focus:
    """The foci of one article, told sentence by sentence; ask with `find` before telling of the sentence itself."""

    def __init__(self, topics: Iterable[Argument], *, trace: Trace = SILENT) -> None:
        self._trace = trace
        self._topics = tuple(topics)
        self._sections: tuple[Argument, ...] = ()
        self._aside: tuple[Argument, ...] = ()
        self._item: tuple[Argument, ...] = ()
        self._sentences: list[tuple[Argument, ...]] = []
        self._history: list[tuple[Argument, ...]] = []
        self._places: list[str] = []
        self._paragraph = -1
        self._fresh = True
        self._outcome: Argument | None = None
        self._peers: tuple[Argument, ...] = ()
        self._lead: Argument | None = None

    def enter(self, paragraph: int, sections: Iterable[Argument], aside: Iterable[Argument] = ()) -> None:
        """Begin a unit of that paragraph; `sections` are what its headings name, innermost first.

        `aside` is what headings name that are neither a thing's name nor a question about one: it counts last.
        """
        entered = tuple(sections)
        if entered != self._sections:
            self._sentences, self._lead = [], None
        if paragraph != self._paragraph:
            self._item, self._fresh, self._outcome = (), True, None
            self._paragraph = paragraph
        self._sections, self._aside = entered, tuple(aside)

    def mark(self) -> int:
        """How many sentences have been told: what `rewind` goes back to."""
        return len(self._sentences)

    def rewind(self, mark: int) -> None:
        """Forget what was told since: an item is read with its lead-in, whose "it" means what came before that."""
        del self._sentences[mark:]

    def name_item(self, item: Iterable[Argument]) -> None:
        """Say what the item or labelled paragraph is about; it holds until the next paragraph."""
        self._item, self._fresh = tuple(item), True

    def label(self, kinds: frozenset[Kind]) -> Argument | None:
        """What the label just read names, of one of `kinds`, for the sentence right behind it; else None."""
        return next((argument for argument in self._item if self._fresh and fits(argument, kinds)), None)

    def specific(self, words: str, concept: Concept) -> Concept:
        """What one general word means under a label: "bleeding" in an item on postpartum bleeding; else `concept`."""
        if " " in words:
            return concept
        for argument in self._item:
            last = argument.mention.lower().split()[-1]
            general = set(concept.kinds) & set(argument.concept.kinds)
            if last == words.lower() and " " in argument.mention and general:
                return argument.concept
            label = argument.concept.label.split()
            if label[-1] == words.lower() and len(label) > 1 and general:
                return argument.concept
        return concept

    @property
    def labelled(self) -> bool:
        """Whether a label has said what the item or paragraph is about."""
        return bool(self._item)

    def tell(
        self,
        subjects: Iterable[Argument],
        *,
        outcome: Argument | None = None,
        peers: tuple[Argument, ...] = (),
        lead: Argument | None = None,
    ) -> None:
        """Say what the sentence just read speaks of, its subject first, and what it says is brought about.

        `peers` are the subjects that it says the same of, `lead` the one that it opens with.
        """
        told = tuple(subjects)
        self._peers, self._lead = peers, lead
        self._fresh, self._outcome = False, outcome
        if told:
            self._sentences.append(told)
            self._history.append(told)

    def list(self, members: Iterable[Argument]) -> None:
        """Say what a member of a list names: the next member does not speak of it, a later sentence may by its name."""
        told = tuple(members)
        self._fresh, self._outcome = False, None
        if told:
            self._history.append(told)

    def see(self, places: Iterable[str]) -> None:
        """Say which anatomy the sentence just read names."""
        self._places = [*places, *self._places][:6]

    def places(self) -> tuple[str, ...]:
        """The words for the anatomy named so far: the latest sentence first, each in its order."""
        return tuple(self._places)

    def find(self, kinds: Collection[Kind], *, recent: bool, item: bool = True, told: bool = True) -> Argument | None:
        """The nearest focus of one of `kinds`, or None.

        Asked in this order: item, sentences before (when `recent`), section, document. Kinds given as a tuple are
        tried one after the other at each of these; `item=False` leaves the item itself out,
        `told=False` what sentences said. Of one layer an agent (blood, mucus) comes last.
        """
        layers = [("item", self._item)] if item else []
        if recent:
            layers += [("sentence", told) for told in reversed(self._sentences[-3:])]
        layers.append(("section", self._sections))
        if told and not recent:
            layers += [("sentence", each[:1]) for each in islice(reversed(self._sentences), _FARTHEST)]
        layers += [("aside", self._aside), ("document", self._topics)]
        preferred = tuple(kinds) if isinstance(kinds, tuple) else None
        for name, layer in layers:
            for wanted in ((kind,) for kind in preferred) if preferred else (kinds,):
                for argument in sorted(layer, key=lambda each: each.kind is Kind.AGENT):
                    if fits(argument, wanted) and not _is_any_treatment(argument):
                        self._trace.asked(kinds, name, argument)
                        return argument
        self._trace.asked(kinds, "", None)
        return None

    def layers(self) -> tuple[tuple[str, tuple[Argument, ...]], ...]:
        """Where `find` looks and what is there, nearest first, by name of the layer; empty ones are left out."""
        told = tuple(argument for sentence in reversed(self._sentences[-3:]) for argument in sentence)
        every = (
            ("item", self._item),
            ("sentence", told),
            ("section", self._sections),
            ("aside", self._aside),
            ("document", self._topics),
        )
        return tuple((name, layer) for name, layer in every if layer)

    def led_by(self, kinds: frozenset[Kind]) -> Argument | None:
        """What the sentence before in this paragraph or section is about first, if of one of `kinds`; else None."""
        if self._lead is None:
            headed = self._sections[:1] if not self._sentences else ()
            return headed[0] if headed and fits(headed[0], kinds) else None
        return self._lead if fits(self._lead, kinds) else None

    @property
    def outcome(self) -> Argument | None:
        """What the sentence before says is brought about, in the same paragraph: "this" in "This causes …"."""
        return self._outcome

    def resolve_all(self, phrase: str, kinds: frozenset[Kind]) -> tuple[Argument, ...]:
        """All that an anaphor means: "these treatments" are every treatment that the item names; () for no anaphor."""
        meant = self.resolve(phrase, kinds)
        if meant is None:
            return ()
        if meant in self._item and re.match(r"(?i)(?:these|those|they|both|all)\b", phrase.strip()):
            return tuple(argument for argument in self._item if argument.kind is meant.kind)
        if meant in self._peers and re.match(r"(?i)(?:this|these|those|they|both|all)$", phrase.strip()):
            return self._peers
        return (meant,)

    def resolve(self, phrase: str, kinds: frozenset[Kind]) -> Argument | None:
        """What an anaphor means ("it", "this condition", "the inflammation"); None where `phrase` is no anaphor."""
        match = ANAPHOR.match(phrase.strip())
        if match is None:
            return None
        meant = self._meant(match, phrase, kinds)
        if meant is not None and match["noun"] and not _may_be_called(meant, match["noun"].lower()):
            meant = None
        self._trace.pointed(phrase, kinds, meant)
        return meant

    def _meant(self, match: re.Match[str], phrase: str, kinds: frozenset[Kind]) -> Argument | None:
        if match["pronoun"]:
            if match["pronoun"].lower() == "this" and self._sentences and not self._item:
                # A bare "this" is what was just said; nothing further back.
                return next((argument for argument in self._sentences[-1] if fits(argument, kinds)), None)
            if match["pronoun"].lower() == "others" and Kind.CONDITION in kinds:
                return self._whole(kinds)  # further ones of what the passage is about, none of those just named
            return self.find(kinds, recent=True)
        noun = match["noun"].lower()
        hinted = frozenset(kind for kind, nouns in _NOUNS.items() if _is_one_of(noun, nouns)) & kinds
        defined = re.match(r"(?i)(?:the|both|those)\b", phrase.strip()) is not None
        whole = self._whole(kinds) if noun in _TOPICAL else None
        if whole is not None and not defined and not self._tells_of_a_condition():
            return whole
        near = None if defined or not hinted else self._named_by(noun, kinds, self._sentences[-1:])
        if near is None and hinted and not defined:
            # What the item or its paragraph is about comes before a namesake further back.
            near = next((argument for argument in self._item if fits(argument, hinted)), None) or self._last_told(
                hinted
            )
        elif defined and hinted == {Kind.TEST} and noun in _TESTS:
            return self._last_told(hinted) or next((each for each in self._sections if fits(each, hinted)), None)
        elif defined and Kind.CONDITION in hinted and noun in _TOPICAL:
            return self.find(frozenset({Kind.CONDITION}), recent=False)
        near = near or self._headed(hinted)
        named = near or self._named_by(noun, kinds, self._history[-60:])
        if named is not None and whole is not None and self._is_said_of(named, whole):
            return whole
        if named is not None or defined:
            return named
        return self.find(hinted, recent=True) if hinted else None

    def _headed(self, kinds: frozenset[Kind]) -> Argument | None:
        """The test or treatment that the innermost heading names: what "this test" below it means; else None."""
        tested = kinds == {Kind.TEST} or kinds == {Kind.TREATMENT}
        return next((each for each in self._sections[:1] if fits(each, kinds)), None) if tested else None

    def turn(self) -> None:
        """Let "this" mean the condition that the sentence before names last: "…, such as fibrosis. This is a …"."""
        told = self._sentences[-1] if self._sentences else ()
        conditions = [each for each in told if each.span is not None and Kind.CONDITION in each.concept.kinds]
        if conditions:
            last = max(conditions, key=lambda each: each.span.start if each.span else 0)
            self._sentences[-1] = (last, *(each for each in told if each is not last))

    def _last_told(self, kinds: Collection[Kind]) -> Argument | None:
        """What the sentence before speaks of, of one of `kinds` and no generic word."""
        told = self._sentences[-1] if self._sentences else ()
        return next((each for each in told if fits(each, kinds) and not is_generic(each.concept)), None)

    def _whole(self, kinds: frozenset[Kind]) -> Argument | None:
        """The condition that the section or the article is about: what "the disorder" means when nothing else is."""
        layers = (self._sections, self._topics)
        return next(
            (a for layer in layers for a in layer if Kind.CONDITION in kinds and a.concept.kinds[0] is Kind.CONDITION),
            None,
        )

    def _tells_of_a_condition(self) -> bool:
        """Tell whether the item is about a condition, or the sentence before begins with one."""
        told = self._item or (self._sentences[-1] if self._sentences else ())
        return bool(told) and told[0].concept.kinds[0] is Kind.CONDITION

    def _is_said_of(self, named: Argument, whole: Argument) -> bool:
        """Tell whether a sentence says the one of the other: "Canavan disease is an inherited disorder"."""
        for told in self._history[-60:]:
            ids = [argument.concept.id for argument in told]
            if whole.concept.id in ids and named.concept.id in ids[ids.index(whole.concept.id) + 1 :]:
                return True
        return False

    def _named_by(self, noun: str, kinds: frozenset[Kind], told: Sequence[tuple[Argument, ...]]) -> Argument | None:
        """The latest argument whose head is `noun`; None where none is."""
        for arguments in reversed(told):
            for argument in arguments:
                heads = (_last(argument.mention), _last(argument.concept.label))
                if noun in heads and fits(argument, kinds) and not is_generic(argument.concept):
                    return argument
        return None


LIFE_STAGES: Final = frozenset({"etio:pregnancy", "etio:menopause", "etio:childbirth", "etio:age"})
"""What is neither a disorder nor something to be at risk of."""

_NO_DRUG: Final = re.compile(
    r"\b(?:diet|fluids|exercise|surgery|bypass|diagnosis|treatment|rest|lifestyle|vaccination|avoiding|quitting|"
    r"transplant\w*|management|dialysis|transfusion|stent|radiotherapy|device|\w+ectomy|\w+plasty|changes)\b"
)


def _may_be_called(argument: Argument, noun: str) -> bool:
    """Tell whether "this disorder" or "these medicines" can mean the argument: surgery is no medicine."""
    if _is_one_of(noun, "condition disease disorder illness"):
        return argument.concept.id not in LIFE_STAGES
    return not (_is_one_of(noun, "medicine medication drug") and _NO_DRUG.search(argument.concept.label))


def _last(phrase: str) -> str:
    """The last word of a noun phrase; none where it is a verb ("ability to clot")."""
    return "" if " to " in phrase else phrase.lower().split()[-1]


def _is_one_of(noun: str, nouns: str) -> bool:
    return bool({noun, noun.removesuffix("s")} & set(nouns.split()))


def _is_any_treatment(argument: Argument) -> bool:
    """Tell whether an argument is a treatment that nothing says more of."""
    return argument.kind is Kind.TREATMENT and is_generic(argument.concept)


def fits(argument: Argument, kinds: Collection[Kind]) -> bool:
    """Tell whether the argument's concept has one of `kinds`."""
    return any(kind in kinds for kind in argument.concept.kinds)
