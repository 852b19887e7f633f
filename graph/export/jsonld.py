"""JSON-LD 1.1 with a context of the project's prefixes."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, Final

import orjson
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from graph.export.jsonrows import write_rows
from graph.export.prefixes import PREFIXES
from graph.export.triples import Said, by_subject
from graph.nodes import DEFAULT
from graph.rdf import TYPE
from ontology.terms import PREFIXES as KNOWN
from ontology.terms import contract

_DELIMITERS: Final = (":", "/", "?", "#", "[", "]", "@")
_STRING: Final = KNOWN["xsd"] + "string"

CONTEXT: Final[Mapping[str, object]] = {
    prefix: namespace if namespace.endswith(_DELIMITERS) else {"@id": namespace, "@prefix": True}
    for prefix, namespace in sorted(PREFIXES.items())
}
"""The context: a prefix whose namespace ends otherwise than in a sign between parts must be said to be one."""


def jsonld(said: Said, out: IO[bytes], scratch: Path) -> None:
    """Write all graphs as one document: a node object a subject, in order; a user's own graphs come last, by name.

    A named graph comes in pieces, one a subject, which a reader puts together.
    """
    out.write(b'{"@context": ' + orjson.dumps(CONTEXT) + b',\n"@graph": ')
    write_rows(_nodes(said, scratch), out)
    out.write(b"}\n")


def _nodes(said: Said, scratch: Path) -> Iterator[dict[str, object]]:
    for subject, triples in by_subject(said.lines(DEFAULT, scratch)):
        yield _node(subject, triples)
    for graph in said.graphs():
        for subject, triples in by_subject(said.lines(graph, scratch)):
            yield {"@id": _id(graph), "@graph": [_node(subject, triples)]}


def _node(subject: NamedNode | BlankNode, triples: list[Triple]) -> dict[str, object]:
    values: defaultdict[str, list[object]] = defaultdict(list)
    for triple in triples:
        if triple.predicate == TYPE and isinstance(triple.object, NamedNode | BlankNode):
            values["@type"].append(_id(triple.object))
        else:
            values[_id(triple.predicate)].append(_value(triple.object))
    return {"@id": _id(subject), **values}


def _value(term: object) -> object:
    match term:
        case NamedNode() | BlankNode():
            return {"@id": _id(term)}
        case Literal(language=str() as language):
            return {"@value": term.value, "@language": language}
        case Literal():
            plain = term.datatype.value == _STRING
            return {"@value": term.value} | ({} if plain else {"@type": _id(term.datatype)})
        case _:
            raise TypeError(f"a term that plain RDF has not: {term!r}")


def _id(node: NamedNode | BlankNode) -> str:
    if isinstance(node, BlankNode):
        return f"_:{node.value}"
    curie = contract(node.value)
    local = curie.partition(":")[2]
    return node.value if local.startswith("//") else curie
