"""The trigger table read: a row of `triggers.yaml`, two slots joined by words, is one expression."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from ingest.datafiles import read_table
from ingest.expressions import Expression
from ingest.prefilter import lowered
from ingest.triggers import Trigger
from ontology.terms import Kind, Predicate

_ADVERB: Final = (
    r"(?:also|even|often|usually|typically|generally|commonly|frequently|sometimes|occasionally|rarely|seldom|"
    r"mainly|mostly|"
    r"most often|most commonly|most|more|less|never|always|likely|then|easily|quickly|directly|only|already|"
    r"further|gradually|"
    r"eventually|actually|either|now|still|in turn|probably|possibly|strongly|closely|partly|quite|very|both|once|"
    r"greatly|soon|again|not|no longer|in some cases|in rare cases|at times|for example|potentially|especially|"
    r"particularly)"
)
_AUXILIARY: Final = (
    r"(?:can|could|may|might|will|would|should|must|does|do|did|has|have|had|cannot|can't|won't|don't|doesn't|"
    r"didn't|couldn't|"
    r"to|help|helps|helped|going|able|tends?|tend to|are known to|is known to|known|used|work|works)"
)
_BE: Final = r"(?:is|are|was|were|be|been|being|isn't|aren't|wasn't|weren't|'s|'re|becomes?)"
_NOT_IN_SLOT: Final = (
    r"\b(?:may|can|might|could|will|should|is|are|was|were|tends?|doctor|when|because|although|unless)\b"
)
"""Words that a noun phrase between two parts of a trigger does not hold."""

_SAYS_HOW: Final = (
    "like|caused|treated|related|used|based|given|called|known|needed|done|made|designed|available|similar|mild|moderate|"
    "severe|different|worse|better|unclear|unknown|likely|important|present|planned|being|due|associated|managed|"
    "found|seen|to|not|as|similar|the same|different|consistently|available|aimed|directed|complete|over|there|"
    "triggered|brought|worsened|improved|relieved|controlled|unique|those|common|severe enough|rare|usually|so|"
    "more|less|"
    "supportive|necessary|often|effective|safe|helpful|successful|in|on|for|under|by"
)
"""What follows "symptoms are" where no list of them does."""

_BEFORE_NOUNS: Final = ("a", "an", "the", "one", "of")
_ENDS_BEFORE_NOUNS: Final = ("mmon ", "ain ", "ajor ", "ther ", "ous ", "eal ", "ible ")
# No sentence has more auxiliaries and adverbs in a row; without a bound a made-up one takes for ever.
_FEW: Final = "{0,8}"
_SLOT_END: Final = "{1,160}?)"
_MACROS: Final = {
    "<aux>": rf"(?:(?:{_AUXILIARY}|{_ADVERB}|{_BE}),? ){_FEW}",
    "<be>": rf"(?:(?:{_AUXILIARY}|{_ADVERB}) ){_FEW}{_BE} (?:{_ADVERB} ){_FEW}",
    "<adv>": rf"(?:{_ADVERB} ){_FEW}",
    "<incl>": (
        rf"(?:(?:{_AUXILIARY}|{_ADVERB}) ){_FEW}(?:includes?|including|(?:are|is|be)(?! (?:{_ADVERB} ){_FEW}"
        rf"(?:{_SAYS_HOW})\b)|such as|range from|:)(?: these| the following)?:? ?(?:{_ADVERB} ){_FEW}"
    ),
    # "causes" is a noun behind these.
    "<verb>": "".join(rf"(?<!{noun})" for noun in (*(rf"\b{word} " for word in _BEFORE_NOUNS), *_ENDS_BEFORE_NOUNS)),
    # Verbs of what a treatment is for, one or two of them.
    "<heal>": (
        r"(?:treat|relieve|ease|control|reduce|lessen|decrease|manage|stop|remove|dissolve|loosen|soothe|suppress|cure|"
        r"break up|clear(?: away| up)?|get rid of)(?:,? (?:or|and) (?:treat|relieve|ease|control|reduce|lessen|manage|"
        r"stop|remove|dissolve|loosen|soothe))?(?: away)?"
    ),
    "<art>": r"(?:(?:a|an|the|one of the|another|your|his|her|their|any|its|a person's|someone's) )?",
    "<adj>": r"(?:[\w-]+,? ){0,3}?",
    "<who>": r"(?:you|they|it|people|patients|anyone|someone|a person)(?: or (?:someone|anyone)(?: else)?)?",
    "<people>": (
        r"(?:(?:a|an|the|some|many|most|certain|older|young|adult|pregnant|in) ){0,2}"
        r"(?:people|patients|persons?|someone|anyone|those|adults|children|women|men|individuals|smokers|babies|infants|newborns|boys|"
        r"girls|males|females|teenagers|adolescents|families)"
        r"(?: (?:with|living with|born with|diagnosed with)|"
        r" who (?:have|has|had|develop|suffer from|get|take|takes|use|are taking)) "
    ),
}


@dataclass(frozen=True, slots=True)
class Example:
    """What a row says it reads: a text, the heading it stands under, and the (subject, object) labels."""

    trigger: str
    heading: str | None
    text: str
    claims: tuple[tuple[str, str], ...]


@cache
def triggers() -> tuple[Trigger, ...]:
    """All rows of the table, in its order."""
    return tuple(_trigger(row) for row in _rows())


@cache
def examples() -> tuple[Example, ...]:
    """What every row says it reads, in the table's order."""
    found: list[Example] = []
    for row in _rows():
        example = row["example"]
        heading, text = (example["heading"], example["text"]) if isinstance(example, dict) else (None, example)
        found.append(Example(row["id"], heading, text, tuple((one, other) for one, other in row["claims"])))
    return tuple(found)


@cache
def _rows() -> list[dict[str, Any]]:  # Any: rows are checked field by field in `_trigger`
    rows: list[dict[str, Any]] = read_table("triggers.yaml")
    return rows


_CAUSAL_SUBJECTS: Final = frozenset({Kind.CONDITION, Kind.SYMPTOM, Kind.MECHANISM, Kind.RISK_FACTOR, Kind.AGENT})
_SUBJECTS: Final = {
    Predicate.CAUSES: _CAUSAL_SUBJECTS,
    Predicate.INCREASES_RISK_OF: _CAUSAL_SUBJECTS | {Kind.TREATMENT},
    Predicate.REDUCES_RISK_OF: frozenset(
        {Kind.TREATMENT, Kind.MECHANISM, Kind.RISK_FACTOR, Kind.CARE_ACTION, Kind.SYMPTOM, Kind.AGENT}
    ),
}


def _trigger(row: dict[str, Any]) -> Trigger:
    pattern: str = row["pattern"]
    slots = re.findall(r"\{([SO])\}", pattern)
    leading = slots[0] if pattern.startswith("{") else None
    trailing = slots[-1] if pattern.endswith("}") else None
    inner = pattern
    if leading:
        inner = re.sub(r"^\{[SO]\}(,\?)? ?", "", inner)
    if trailing:
        inner = re.sub(r"( ?)\{[SO]\}$", "", inner)
    barred = "(?!x)x" if row.get("loose") else _NOT_IN_SLOT
    inner = re.sub(r"\{([SO])\}", lambda m: f"(?P<{m.group(1)}>(?:(?!{barred})[^.;:]){_SLOT_END}", inner)
    for macro, regex in _MACROS.items():
        inner = inner.replace(macro, regex)
    regex = _lower_case(_bounded(inner))
    names = {"S": "subject", "O": "object"}
    relation = Predicate(row["relation"])
    adjacent = row.get("adjacent", False)
    return Trigger(
        id=row["id"],
        regex=Expression(regex),
        ending=_ending(regex),
        relation=relation,
        leading=names[leading] if leading else None,
        trailing=names[trailing] if trailing else None,
        subject=frozenset(map(Kind, row.get("subject", _SUBJECTS.get(relation, frozenset(Kind))))),
        object=frozenset(map(Kind, row.get("object", frozenset(Kind)))),
        known=frozenset(row.get("known", ())),
        typed=frozenset(row.get("typed", ())),
        whole=frozenset(row.get("whole", ())),
        missing=row.get("missing"),
        adjacent=bool(adjacent),
        single=row.get("single", False),
        nearest=row.get("nearest", False),
        event=row.get("event", False),
        clause=row.get("clause", False),
        borrow=row.get("borrow", False),
        prefix=row.get("prefix", ""),
        absent=row.get("absent", False),
        affirms=row.get("affirms", False),
        recent=row.get("recent", False),
        list=row.get("list", False),
        participle=row.get("participle", False),
        own=row.get("own", False),
        verbatim=row.get("verbatim", ""),
        headings=frozenset(row.get("headings", ())),
        excepted=frozenset(row.get("except", ())),
        implied=next(iter(row["implied"].items())) if "implied" in row else None,
        nominal=row.get("nominal", ""),
        suffix=row.get("suffix", ""),
        purpose=row.get("purpose", False),
        denies=row.get("denies", False),
    )  # fmt: skip


def _lower_case(regex: str) -> str:
    """The expression in lower case: one that ignores case takes twice as long."""
    return re.sub(r"\\.|\(\?P<\w+>|[^\\(]+|.", lambda m: m[0] if m[0][0] in "\\(" else lowered(m[0]), regex)


def _ending(regex: str) -> Expression | None:
    """What stands behind the last closed slot; None without one, or where the row may do without it."""
    before, slot, after = regex.rpartition(_SLOT_END)
    outside = re.sub(r"\\.|\[[^]]*\]", "", f"{before})<slot>{after}") if slot else ""
    while (outer := re.sub(r"\([^()]*\)", "", outside)) != outside:
        outside = outer
    return Expression(after) if "<slot>" in outside and "|" not in outside else None


def _bounded(inner: str) -> str:
    """The words of a row, beginning and ending at the border of a word ("it's" may part before its verb)."""
    opening = "" if inner.startswith(",") else r"(?:(?<![\w-])|(?='[sr]))"
    closing = "" if inner.endswith(")") and "(?=" in inner[-120:] else r"(?:(?<=\s)|(?![\w-]))"
    return f"{opening}{inner}{closing}"
