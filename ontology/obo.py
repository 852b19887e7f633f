"""Reads the terms of an OBO 1.2 or 1.4 file.

Only what concepts are made of is kept: id, name, definition, synonyms, `is_a` parents, cross-references, mappings and
whether a term is obsolete. Logical axioms, typedefs and instances are skipped, imports are not followed.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ontology.claim import Mapping, Name
from ontology.errors import InvalidVocabulary
from ontology.foreign import ForeignTerm, ForeignVocabulary, Source, find_id, find_mapping, find_prefix, name_type
from ontology.terms import MappingRelation, contract

# synonym: "text" SCOPE [type] [xrefs]  (OBO Flat File Format 1.4, section 3.3)
_SYNONYM = re.compile(r'^"(?P<text>(?:[^"\\]|\\.)*)"\s+(?P<scope>[A-Z]+)\s*(?P<type>[^\s\[]*)')
_QUOTED = re.compile(r'^"((?:[^"\\]|\\.)*)"')
_MATCHES: Final = {f"skos:{relation.value}": relation for relation in MappingRelation}
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
    matches: tuple[tuple[MappingRelation, str], ...] = ()
    """What `property_value` states as a SKOS mapping."""


def read_obo(path: Path) -> tuple[Term, ...]:
    """Every term of the file at `path`, obsolete ones included, in file order.

    Raises:
        InvalidVocabulary: no term was found, so this is no OBO file.
    """
    terms = tuple(_term(stanza) for stanza in _stanzas(path))
    if not terms:
        raise InvalidVocabulary(f"{path}: no [Term] found; is this an OBO file?")
    return terms


def read_obo_vocabulary(source: Source) -> ForeignVocabulary:
    """The file as a vocabulary. A term without an id that can be one is left out; cross-references are close matches.

    Raises:
        InvalidVocabulary: it is no OBO file; the message says at which line it ceases to be one.
    """
    header: list[tuple[str, str]] = []
    terms = tuple(_term(stanza) for stanza in _tagged(_lines(source), header))
    if not terms:
        raise InvalidVocabulary(f"{source.path}: no [Term] in it; is this an OBO file?")
    spaces = {
        value.split()[0]: value.split()[1] for tag, value in header if tag == "idspace" and len(value.split()) > 1
    }
    title = next((value for tag, value in header if tag == "ontology"), "")
    found = tuple(foreign for term in terms if (foreign := _foreign(term, spaces)) is not None)
    return ForeignVocabulary(
        format="OBO",
        title=title,
        prefix=find_prefix(title, found),
        terms=found,
        imports=tuple(value for tag, value in header if tag == "import"),
    )


def _foreign(term: Term, spaces: dict[str, str]) -> ForeignTerm | None:
    identified = find_id(term.id, spaces=spaces)
    if identified is None:
        return None
    stated = [*term.matches, *((MappingRelation.CLOSE, xref) for xref in term.xrefs)]
    mappings: dict[str, Mapping] = {}
    for relation, other in stated:
        mapping = find_mapping(relation, other)
        if mapping is not None and mapping.curie != identified[0]:
            mappings.setdefault(mapping.curie, mapping)
    typed = ((synonym.text, name_type(synonym.scope, synonym.type)) for synonym in term.synonyms)
    return ForeignTerm(
        *identified,
        label=term.name or None,
        names=tuple(Name(text, type_) for text, type_ in typed if type_ is not None),
        parents=tuple(found[0] for parent in term.parents if (found := find_id(parent, spaces=spaces))),
        mappings=tuple(mappings.values()),
        definition=term.definition,
        obsolete=term.obsolete or term.name.lower().startswith("obsolete "),
    )


def _lines(source: Source) -> Iterator[str]:
    """The lines of a file that is UTF-8 text and begins as an OBO file does."""
    number = 0
    while line := source.readline():
        number += 1
        try:
            yield line.decode().removeprefix("\ufeff")
        except UnicodeDecodeError as error:
            raise InvalidVocabulary(f"{source.path}, line {number}: not UTF-8 text; is this an OBO file?") from error


def _stanzas(path: Path) -> Iterator[list[tuple[str, str]]]:
    with path.open(encoding="utf-8") as lines:
        yield from _tagged(lines, [])


def _tagged(lines: Iterable[str], header: list[tuple[str, str]]) -> Iterator[list[tuple[str, str]]]:
    """The tags and values of every [Term]; those before the first stanza are added to `header`."""
    stanza: list[tuple[str, str]] | None = header
    for line in lines:
        if line.startswith("["):
            if stanza and stanza is not header:
                yield stanza
            stanza = [] if line.startswith("[Term]") else None
        elif stanza is not None:
            tag, colon, value = line.partition(": ")
            if colon:
                stanza.append((tag, value.rstrip("\r\n")))
    if stanza and stanza is not header:
        yield stanza


def _term(stanza: list[tuple[str, str]]) -> Term:
    single: dict[str, str] = {}
    synonyms: list[Synonym] = []
    parents: list[str] = []
    xrefs: list[str] = []
    matches: list[tuple[MappingRelation, str]] = []
    for tag, value in stanza:
        if not value.strip():
            continue
        if tag == "synonym":
            match = _SYNONYM.match(value)
            if match:
                synonyms.append(Synonym(_unescaped(match["text"]), match["scope"], match["type"]))
        elif tag == "is_a":
            parents.append(value.split(None, 1)[0])
        elif tag == "xref":
            xrefs.append(value.split(None, 1)[0])
        elif tag == "property_value":
            relation, _, other = value.partition(" ")
            if (kept := _MATCHES.get(contract(relation))) and other.strip():
                matches.append((kept, other.split()[0].strip('"')))
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
        obsolete=single.get("is_obsolete", "").startswith("true"),
        matches=tuple(matches),
    )


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(r"\1", text).strip()
