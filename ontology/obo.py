"""Reads the terms of an OBO 1.2 or 1.4 file.

Only what concepts are made of is kept: id, name, definition, synonyms, `is_a` parents, cross-references and
whether a term is obsolete. Logical axioms, typedefs and instances are skipped.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ontology.errors import InvalidVocabulary

# synonym: "text" SCOPE [type] [xrefs]  (OBO Flat File Format 1.4, section 3.3)
_SYNONYM = re.compile(r'^"(?P<text>(?:[^"\\]|\\.)*)"\s+(?P<scope>[A-Z]+)\s*(?P<type>[^\s\[]*)')
_QUOTED = re.compile(r'^"((?:[^"\\]|\\.)*)"')
_ESCAPE = re.compile(r"\\(.)")


@dataclass(frozen=True, slots=True)
class Synonym:
    """Another name of a term: its scope (EXACT, BROAD, NARROW, RELATED) and type ("layperson"; "" where none)."""

    text: str
    scope: str
    type: str


@dataclass(frozen=True, slots=True)
class Term:
    """One term as its file describes it; `parents` and `xrefs` are CURIEs in file order."""

    id: str
    name: str
    definition: str | None
    synonyms: tuple[Synonym, ...]
    parents: tuple[str, ...]
    xrefs: tuple[str, ...]
    obsolete: bool


def read_obo(path: Path) -> tuple[Term, ...]:
    """Every term of the file at `path`, obsolete ones included, in file order.

    Raises:
        InvalidVocabulary: no term was found, so this is no OBO file.
    """
    terms = tuple(_term(stanza) for stanza in _stanzas(path))
    if not terms:
        raise InvalidVocabulary(f"{path}: no [Term] found; is this an OBO file?")
    return terms


def _stanzas(path: Path) -> Iterator[list[tuple[str, str]]]:
    stanza: list[tuple[str, str]] | None = None
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("["):
                if stanza:
                    yield stanza
                stanza = [] if line.startswith("[Term]") else None
            elif stanza is not None:
                tag, colon, value = line.partition(": ")
                if colon:
                    stanza.append((tag, value.rstrip("\n")))
    if stanza:
        yield stanza


def _term(stanza: list[tuple[str, str]]) -> Term:
    single: dict[str, str] = {}
    synonyms: list[Synonym] = []
    parents: list[str] = []
    xrefs: list[str] = []
    for tag, value in stanza:
        if tag == "synonym":
            match = _SYNONYM.match(value)
            if match:
                synonyms.append(Synonym(_unescaped(match["text"]), match["scope"], match["type"]))
        elif tag == "is_a":
            parents.append(value.split(None, 1)[0])
        elif tag == "xref":
            xrefs.append(value.split(None, 1)[0])
        else:
            single.setdefault(tag, value)
    quoted = _QUOTED.match(single.get("def", ""))
    return Term(
        id=single.get("id", "").strip(),
        name=_unescaped(single.get("name", "").strip()),
        definition=_unescaped(quoted[1]) if quoted else None,
        synonyms=tuple(synonyms),
        parents=tuple(parents),
        xrefs=tuple(xrefs),
        obsolete=single.get("is_obsolete", "").strip() == "true",
    )


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(r"\1", text).strip()
