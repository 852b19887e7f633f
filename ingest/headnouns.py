"""The kind of a noun phrase that no vocabulary knows, by the last word of its head (`headnouns.yaml`)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from ingest.datafiles import read_table
from ingest.folding import fold
from ontology.terms import Kind

_PREPOSITION = re.compile(
    r"\s+(?:of|in|from|to|with|on|at|for|by|around|into|over|under|between|through|during|after|before|inside|near|"
    r"that|"
    r"which|who|when|along|against|without|within|caused|made|called|due)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Heads:
    words: Mapping[str, Kind]
    endings: tuple[tuple[str, Kind], ...]


def head(phrase: str) -> str:
    """The folded last word of a noun phrase before its first preposition: `swelling` of "swelling of the leg"."""
    core = _PREPOSITION.split(phrase.strip(), maxsplit=1)[0]
    words = re.findall(r"[A-Za-z0-9'-]+", core)
    return fold(words[-1]) if words else ""


def kind_of(phrase: str) -> Kind | None:
    """The kind its head noun gives a phrase; None where the table does not say."""
    heads, last = _heads(), head(phrase)
    if last in heads.words:
        return heads.words[last]
    return next((kind for ending, kind in heads.endings if last.endswith(ending) and len(last) > len(ending)), None)


@cache
def _heads() -> _Heads:
    table: dict[str, dict[str, list[str]]] = read_table("headnouns.yaml")
    return _Heads(
        words={fold(word): Kind(kind) for kind, row in table.items() for word in row["words"]},
        endings=tuple((ending, Kind(kind)) for kind, row in table.items() for ending in row["endings"]),
    )
