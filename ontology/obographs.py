"""Reads the terms of an OBO Graphs JSON file (https://github.com/geneontology/obographs): nodes, and `is_a` edges."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any, Final

import orjson

from ontology.claim import Mapping, Name
from ontology.errors import InvalidVocabulary
from ontology.foreign import ForeignTerm, ForeignVocabulary, Source, find_id, find_mapping, find_prefix, name_type
from ontology.terms import MappingRelation, contract

_MATCHES: Final = {f"skos:{relation.value}": relation for relation in MappingRelation}
_IS_A: Final = ("is_a", "rdfs:subClassOf")

_Json = dict[str, Any]  # Any: every value is checked where it is used


def read_obographs(source: Source) -> ForeignVocabulary:
    """The file as a vocabulary: its classes; cross-references are close matches.

    Raises:
        InvalidVocabulary: it is not JSON, or JSON of another shape; the message says what is missing.
    """
    try:
        content = orjson.loads(source.read())
    except orjson.JSONDecodeError as error:
        raise InvalidVocabulary(f"{source.path}: not valid JSON: {error}") from error
    graphs = _list(content, "graphs")
    nodes = [(graph, node) for graph in graphs for node in _list(graph, "nodes")]
    if not nodes:
        raise InvalidVocabulary(
            f"{source.path}: JSON, but no OBO Graphs file: there is no list 'nodes' in a list 'graphs'; "
            "SKOS as JSON-LD is read from files that end in .jsonld"
        )
    parents: defaultdict[str, list[str]] = defaultdict(list)
    for graph in graphs:
        for edge in _list(graph, "edges"):
            if edge.get("pred") in _IS_A and isinstance(edge.get("sub"), str) and isinstance(edge.get("obj"), str):
                parents[edge["sub"]].append(edge["obj"])
    found = tuple(term for _, node in nodes if (term := _term(node, parents)) is not None)
    title = next((graph["id"] for graph in graphs if isinstance(graph.get("id"), str)), "")
    imports = tuple(str(each) for graph in graphs for each in _texts(_dict(graph, "meta").get("imports")))
    return ForeignVocabulary("OBO Graphs", title, find_prefix(title, found), found, imports)


def _term(node: _Json, parents: defaultdict[str, list[str]]) -> ForeignTerm | None:
    stated = node.get("id")
    identified = find_id(stated) if isinstance(stated, str) else None
    if identified is None or node.get("type", "CLASS") != "CLASS":
        return None
    meta = _dict(node, "meta")
    label = node.get("lbl")
    definition = _dict(meta, "definition").get("val")
    return ForeignTerm(
        *identified,
        label=label.strip() or None if isinstance(label, str) else None,
        names=tuple(_names(meta)),
        parents=tuple(found[0] for parent in parents[str(stated)] if (found := find_id(parent))),
        mappings=tuple(mapping for mapping in _mappings(meta).values() if mapping.curie != identified[0]),
        definition=definition if isinstance(definition, str) else None,
        obsolete=meta.get("deprecated") is True,
    )


def _names(meta: _Json) -> Iterator[Name]:
    for synonym in _list(meta, "synonyms"):
        text, scope, type_ = synonym.get("val"), synonym.get("pred"), synonym.get("synonymType", "")
        if isinstance(text, str) and isinstance(scope, str) and isinstance(type_, str):
            kind = name_type(scope, type_)
            if kind is not None:
                yield Name(text.strip(), kind)


def _mappings(meta: _Json) -> dict[str, Mapping]:
    stated: list[tuple[MappingRelation, Any]] = [
        (_MATCHES[contract(pred)], value.get("val"))
        for value in _list(meta, "basicPropertyValues")
        if isinstance(pred := value.get("pred"), str) and contract(pred) in _MATCHES
    ]
    stated += [(MappingRelation.CLOSE, xref.get("val")) for xref in _list(meta, "xrefs")]
    found: dict[str, Mapping] = {}
    for relation, other in stated:
        mapping = find_mapping(relation, other) if isinstance(other, str) else None
        if mapping is not None:
            found.setdefault(mapping.curie, mapping)
    return found


def _list(value: Any, key: str) -> list[_Json]:
    """The objects of a list; [] where there is no list."""
    items = value.get(key) if isinstance(value, dict) else None
    return [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []


def _dict(value: _Json, key: str) -> _Json:
    item = value.get(key)
    return item if isinstance(item, dict) else {}


def _texts(value: Any) -> list[str]:
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []
