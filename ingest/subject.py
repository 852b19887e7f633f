"""What an article is about where no vocabulary knows it: the disease that its title names.

"Hollister dysplasia" is no name of the vocabularies, but the article asks "What are the symptoms of Hollister
dysplasia?" and says that it "is a rare disorder". Its title is then the name of a provisional concept, found in the
text like any other name. A title that is no name ("Living with asthma") makes none.
"""

import re
from collections.abc import Iterable
from typing import Final

from ingest.abbreviations import definitions
from ingest.folding import fold_words
from ingest.headnouns import kind_of
from ingest.mentions import MentionFinder
from ingest.prefilter import lowered
from ingest.provisional import mint
from ontology.claim import Concept
from ontology.terms import Kind

_NO_NAME: Final = re.compile(
    r"[?!]|:\s|^(?:what|how|why|when|who|where|is|are|can|do|does|living|about|understanding|your|facts)\b|"
    r"\b(?:is|are|can|you|your|versus|vs|information|guide|overview|prevention|treatment|screening|tests?|"
    r"diagnosis|symptoms|causes)\b",
    re.IGNORECASE,
)
_OF_A_DISEASE: Final = (
    r"(?:(?:symptoms?|signs?|causes|treatments?|outlook|genetic changes related|affected|people)"
    r" (?:of|for|to|by|with)|inherit|have) (?:an? |the )?{name}(?: inherited)?(?: ?\?|$)|"
    r"\bis {name} inherited\b"
)
_ASKED: Final = r"(?:\b(?:is|are)|information about) (?:an? |the )?{name} ?\??$"
_SUFFERED: Final = (
    r"\b(?:has|have|had|gets?|got|develops?|with|catch(?:es)?|against|survived?|cure for|forms? of|types? of|"
    r"diagnos(?:e|ed with|is of)|treat(?:ment of)?|causes? of|symptoms? of|risk (?:of|for)) (?:an? |the )?{name}\b|"
    r"^(?:[\w-]+ ?: )?{name}(?: [\w-]+){{0,3}} (?:is|are) "
    r"(?:usually |often |sometimes )?(?:caused|inherited|passed|spread)\b"
)
"""What only a disease is asked, or said to be; a page that asks "What is X?" may be about anything."""
_DEFINED: Final = (
    r"^(?:an? |the )?{name}(?: \([^()]*\))?,?(?: [^.]{{0,80}},)? (?:is|are|refers to) (?:an? |the |one )?"
    r"(?:[\w-]+,? ){{0,6}}?(?:disease|disorder|condition|syndrome|malformation|defect|cancer|tumou?r|form|type|group|"
    r"abnormality|deficiency)\b"
)
_KNOWN_AS: Final = (
    r"\b{name}(?: ?\([^()]*\))?,? \(?(?:which is |is )?(?:also|commonly|sometimes|often|formerly|previously) "
    r"(?:(?:commonly|sometimes|often|formerly|previously) )?(?:known as|called|referred to as|termed|named) "
    r"(?:the )?(?P<names>[^.;:()]{{4,120}}?)(?:[).]|, (?:is|are|which|a|an|the)\b| is | are |$)"
)
_LONGER: Final = (
    r"(?:^|[.:] )(?P<names>{name}(?: [a-z]+){{0,2}} (?:fever|disease|infection|syndrome|disorder|cancer))"
    r"(?= (?:is|are)\b)"
)
"""The name with a noun that says what it is: "Lassa" and "Lassa hemorrhagic fever"."""
_MOST_WORDS: Final = 12
_READER: Final = re.compile(
    r"(?:what (?:i|you) need to know about|facts about|understanding|living with) (?:(?:my|your) (?:child's )?)?",
    re.IGNORECASE,
)
_WHOSE: Final = re.compile(
    r" in (?:children|adults|men|women|males|females|infants|teens|older adults)$", re.IGNORECASE
)
_OFTEN: Final = 2
_UNWRITTEN: Final = frozenset("a an and for in of or the to with".split())
"""Words that give no letter to an abbreviation."""


def find_subject(title: str, passages: Iterable[str], finder: MentionFinder) -> Concept | None:
    """The provisional condition that a title names; None where it is known or the title is no name of one.

    `passages` are the headings and first sentences of the article, which must speak of it as of a condition.
    """
    name = " ".join(title.split()).strip(" .")
    if not name or len(name.split()) > _MOST_WORDS or _NO_NAME.search(name) or _is_known(name, finder):
        return None
    kind = kind_of(name)
    read = tuple(passages)
    # "Horseshoe kidney" ends in an anatomy, "sodium excess" in a word for a risk, but they have causes and symptoms.
    suffered = kind in (Kind.ANATOMY, Kind.RISK_FACTOR) and _speak_of(name, (_OF_A_DISEASE,), read)
    if kind is not None and not suffered and kind not in (Kind.CONDITION, Kind.SYMPTOM, Kind.MECHANISM):
        return None
    stated = _speak_of(name, (_OF_A_DISEASE, _DEFINED), read)
    if stated or (_speak_of(name, (_ASKED,), read) and (kind or _speak_of(name, (_SUFFERED,), read))):
        return mint(name, Kind.CONDITION)
    return None


def main_name(title: str, finder: MentionFinder) -> str:
    """The name in a title with a shelf mark, another name, or words on whom it is for: "Parasites - Ascariasis"."""
    bare = re.sub(r"\s*\((?:also (?:known as|called) )?[^()]*\)\s*$", "", title.strip())
    shelved = re.match(r"[A-Z][a-z]+(?: [a-z]+)? - (.+)", bare)
    name = _WHOSE.sub("", _READER.sub("", shelved.group(1) if shelved else bare))
    if finder.named(title) is not None or not name:
        return title
    return name


def _speak_of(name: str, patterns: Iterable[str], passages: Iterable[str]) -> bool:
    speaking = [passage for passage in passages if _may_hold(passage, name)]
    if not speaking:
        return False
    spoken = re.compile("|".join(pattern.format(name=re.escape(name)) for pattern in patterns), re.IGNORECASE)
    return any(spoken.search(passage) for passage in speaking)


def _may_hold(passage: str, name: str) -> bool:
    """Tell whether a passage may hold a name, case ignored: far sooner than an expression can."""
    return not name.isascii() or name.lower() in lowered(passage)


def find_names(title: str, subject: Concept, passages: Iterable[str], finder: MentionFinder) -> dict[str, Concept]:
    """The other names that an article gives what its title names: "OTC deficiency", and what it is "also known as"."""
    found: dict[str, Concept] = {}
    bare = title.strip(" .")
    longer = re.compile(_LONGER.format(name=re.escape(bare)), re.IGNORECASE)
    known_as = re.compile(_KNOWN_AS.format(name=re.escape(bare)), re.IGNORECASE)
    for passage in passages:
        for definition in definitions(passage):
            if not _may_hold(title, definition.long):
                continue
            part = re.compile(re.escape(definition.long), re.IGNORECASE)
            if part.search(title) and definition.long.lower() != title.lower():
                found[part.sub(definition.short, title)] = subject
                found[part.sub(f"{definition.long} {definition.short}", title)] = subject
        if not _may_hold(passage, bare):
            continue
        found |= {match["names"]: subject for match in longer.finditer(passage)}
        for match in known_as.finditer(passage):
            found |= dict.fromkeys(re.split(r",? (?:or|and) |, ", match["names"].strip(" ,")), subject)
    return {
        name: concept
        for name, concept in found.items()
        if len(name) > 3 and len(name.split()) <= _MOST_WORDS and finder.named(name) is None
    }


def find_initials(title: str, subject: Concept, passages: Iterable[str]) -> dict[str, Concept]:
    """The initials of a title of three words or more that the article uses without spelling them out: "RAS"."""
    initials = "".join(word[0] for word in re.findall(r"[A-Za-z]+", title) if word.lower() not in _UNWRITTEN).upper()
    if not 3 <= len(initials) <= 5:
        return {}
    used = sum(len(re.findall(rf"\b{initials}\b", passage)) for passage in passages)
    return {initials: subject} if used >= _OFTEN else {}


def _is_known(name: str, finder: MentionFinder) -> bool:
    """Tell whether a vocabulary knows the condition of that name, or at least a sign that has it as its label.

    A sign that only has it as another name is not the condition: acromegaly is more than acral overgrowth.
    """
    concept = finder.named(name)
    if concept is None:
        return False
    return Kind.CONDITION in concept.kinds or fold_words(concept.label) == fold_words(name)
