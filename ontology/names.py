"""How names are compared, here and wherever a name is looked up."""

import re
from collections.abc import Iterator
from typing import Final

from ontology.claim import Concept
from ontology.terms import NameType

_SPACE: Final = re.compile(r"[\s\-‐‑–_]+")
_IRREGULAR: Final = {"arteries": "artery", "alveoli": "alveolus", "bronchi": "bronchus", "diagnoses": "diagnosis"}


def name_key(name: str) -> str:
    """`name` as names are compared: no case, single spaces for white space and hyphens, straight apostrophes."""
    return _SPACE.sub(" ", name.casefold().replace("’", "'")).strip()


def singular_key(key: str) -> str:
    """A key of `name_key` with every word in the singular, as far as its ending tells."""
    return " ".join(_IRREGULAR.get(word) or _singular_word(word) for word in key.split(" "))


def _singular_word(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def texts(concept: Concept) -> Iterator[tuple[str, NameType | None]]:
    """The label, with None, and then every name with its type."""
    yield concept.label, None
    for name in concept.names:
        yield name.text, name.type
