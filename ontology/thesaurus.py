"""Reads the concepts of a SKOS thesaurus from Turtle, RDF/XML, JSON-LD or N-Triples."""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Final

import orjson
import pyoxigraph
from pyoxigraph import Literal, NamedNode, RdfFormat

from ontology.claim import Mapping, Name
from ontology.errors import InvalidVocabulary
from ontology.foreign import ForeignTerm, ForeignVocabulary, Source, find_id, find_mapping
from ontology.skos import KINDS, MAPPINGS, NAMES
from ontology.terms import PREFIXES, Kind
from ontology.xmlguard import check_xml

FORMATS: Final[dict[str, RdfFormat]] = {
    ".ttl": RdfFormat.TURTLE,
    ".nt": RdfFormat.N_TRIPLES,
    ".rdf": RdfFormat.RDF_XML,
    ".xml": RdfFormat.RDF_XML,
    ".owl": RdfFormat.RDF_XML,
    ".jsonld": RdfFormat.JSON_LD,
}
"""File name ending → RDF format."""

_SKOS: Final = PREFIXES["skos"]
_OWL: Final = PREFIXES["owl"]
_TYPE: Final = PREFIXES["rdf"] + "type"
_TITLES: Final = (PREFIXES["dcterms"] + "title", "http://purl.org/dc/elements/1.1/title", PREFIXES["rdfs"] + "label")
_ENGLISH: Final = re.compile(r"en(?:-|$)")


@dataclass(slots=True)
class _Draft:
    concept: bool = False
    scheme: bool = False
    deprecated: bool = False
    labels: dict[str, str] = field(default_factory=dict)
    title: str = ""
    names: list[Name] = field(default_factory=list)
    parents: list[str] = field(default_factory=list)
    mappings: list[Mapping] = field(default_factory=list)
    kinds: list[Kind] = field(default_factory=list)
    imports: list[str] = field(default_factory=list)
    definition: str | None = None


def read_thesaurus(source: Source, format: RdfFormat) -> ForeignVocabulary:
    """The file as a vocabulary: its SKOS concepts, with their English labels and their mappings as stated.

    Raises:
        InvalidVocabulary: it is not of that format, or RDF without a SKOS concept.
    """
    if format == RdfFormat.RDF_XML:
        check_xml(source)
    if format == RdfFormat.JSON_LD:
        _check_json(source)
    drafts: defaultdict[str, _Draft] = defaultdict(_Draft)
    try:
        for triple in pyoxigraph.parse(input=source.file, format=format):
            if isinstance(triple.subject, NamedNode):
                _add(drafts, triple.subject.value, triple.predicate.value, triple.object)
    except (SyntaxError, ValueError) as error:
        raise InvalidVocabulary(f"{source.path}: not valid {format.name}: {error}") from error
    if not any(draft.concept for draft in drafts.values()):
        raise InvalidVocabulary(
            f"{source.path}: {format.name} without a skos:Concept; of an OWL ontology give the OBO or JSON file"
        )
    imports = tuple(sorted({each for draft in drafts.values() for each in draft.imports}))
    titles = sorted(draft.title or iri for iri, draft in drafts.items() if draft.scheme)
    terms = tuple(
        term for iri, draft in sorted(drafts.items()) if draft.concept and (term := _term(iri, draft)) is not None
    )
    return ForeignVocabulary(f"SKOS, {format.name}", titles[0] if titles else "", "", terms, imports)


def _check_json(source: Source) -> None:
    try:
        orjson.loads(source.read())
    except orjson.JSONDecodeError as error:
        raise InvalidVocabulary(f"{source.path}: not valid JSON: {error}") from error
    source.rewind()


def _add(drafts: defaultdict[str, _Draft], subject: str, predicate: str, value: object) -> None:
    draft = drafts[subject]
    if isinstance(value, Literal):
        _add_text(draft, predicate, value)
    elif isinstance(value, NamedNode):
        _add_reference(draft, predicate, value.value)
        if predicate == _SKOS + "narrower":
            drafts[value.value].parents.append(subject)


def _add_text(draft: _Draft, predicate: str, value: Literal) -> None:
    text, language = value.value.strip(), value.language or ""
    if predicate == _OWL + "deprecated":
        draft.deprecated |= text in ("true", "1")
    if not text or (language and not _ENGLISH.match(language)):
        return
    if predicate == _SKOS + "prefLabel":
        draft.labels.setdefault(language, text)
    elif predicate == _SKOS + "definition":
        draft.definition = draft.definition or text
    elif predicate in _TITLES:
        draft.title = draft.title or text
    elif predicate in NAMES:
        draft.names.append(Name(text, NAMES[predicate]))


def _add_reference(draft: _Draft, predicate: str, iri: str) -> None:
    if predicate == _TYPE:
        draft.concept |= iri == _SKOS + "Concept"
        draft.scheme |= iri == _SKOS + "ConceptScheme"
        if iri in KINDS:
            draft.kinds.append(KINDS[iri])
    elif predicate == _OWL + "imports":
        draft.imports.append(iri)
    elif predicate == _SKOS + "broader":
        draft.parents.append(iri)
    elif predicate in MAPPINGS:
        mapping = find_mapping(MAPPINGS[predicate], iri)
        if mapping is not None:
            draft.mappings.append(mapping)


def _term(iri: str, draft: _Draft) -> ForeignTerm | None:
    identified = find_id(iri)
    if identified is None:
        return None
    # Of several English labels the plain one is the label, those of a country are names.
    ordered = [text for _, text in sorted(draft.labels.items(), key=lambda label: (label[0] != "en", label[0]))]
    regional = [Name(text) for text in ordered[1:]]
    return ForeignTerm(
        *identified,
        label=ordered[0] if ordered else None,
        names=tuple(dict.fromkeys((*draft.names, *regional))),
        parents=tuple(found[0] for parent in dict.fromkeys(draft.parents) if (found := find_id(parent))),
        mappings=tuple(mapping for mapping in dict.fromkeys(draft.mappings) if mapping.curie != identified[0]),
        kinds=tuple(dict.fromkeys(draft.kinds)),
        definition=draft.definition,
        obsolete=draft.deprecated,
    )
