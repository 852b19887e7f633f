"""RDF/XML of the default graph; XML has no control characters, so literals come without theirs."""

import re
from pathlib import Path
from typing import IO, Any, Final

from lxml import etree
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from graph.export.prefixes import PREFIXES
from graph.export.triples import Said, by_subject
from graph.nodes import DEFAULT

_RDF: Final = PREFIXES["rdf"]
_XML: Final = "http://www.w3.org/XML/1998/namespace"
_STRING: Final = PREFIXES["xsd"] + "string"
_LOCAL: Final = re.compile(r"[A-Za-z_][\w.-]*\Z", re.ASCII)
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def rdfxml(said: Said, out: IO[bytes], scratch: Path) -> None:
    """Write the default graph, a description a subject, in order of its N-Triples.

    A property whose IRI ends in nothing that can name an element cannot be written; a comment stands in its place.
    """
    prefixes = {name: PREFIXES[name] for name in sorted(PREFIXES)}
    with etree.xmlfile(out, encoding="UTF-8", close=False) as file:
        file.write_declaration()
        with file.element(f"{{{_RDF}}}RDF", nsmap=prefixes):
            file.write("\n")
            for subject, triples in by_subject(said.lines(DEFAULT, scratch)):
                about = "nodeID" if isinstance(subject, BlankNode) else "about"
                with file.element(f"{{{_RDF}}}Description", {f"{{{_RDF}}}{about}": _id(subject)}):
                    file.write("\n")
                    for triple in triples:
                        _write(file, triple)
                file.write("\n")


def _write(file: Any, triple: Triple) -> None:  # what etree.xmlfile gives has no public type
    iri = triple.predicate.value
    local = _LOCAL.search(iri)
    if local is None or not local.start():
        file.write(etree.Comment(f" left out: {iri.replace('-', '%2D')} "), "\n")
        return
    attributes, text = _value(triple.object)
    with file.element(f"{{{iri[: local.start()]}}}{local[0]}", attributes):
        if text:
            file.write(text)
    file.write("\n")


def _value(value: object) -> tuple[dict[str, str], str]:
    """Attributes and text of the element that has the value."""
    match value:
        case NamedNode():
            return {f"{{{_RDF}}}resource": value.value}, ""
        case BlankNode():
            return {f"{{{_RDF}}}nodeID": _id(value)}, ""
        case Literal():
            text = _CONTROL.sub("", value.value)
            if value.language is not None:
                return {f"{{{_XML}}}lang": value.language}, text
            return {} if value.datatype.value == _STRING else {f"{{{_RDF}}}datatype": value.datatype.value}, text
        case _:
            raise TypeError(f"a term that plain RDF has not: {value!r}")


def _id(node: NamedNode | BlankNode) -> str:
    return f"b{node.value}" if isinstance(node, BlankNode) else node.value
