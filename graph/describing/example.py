"""The example queries: each in a Turtle file of its own in `examples/`, as SHACL's `sh:SPARQLExecutable`.

The files and the declarations of all prefixes (`sh:declare`) are part of the vocabulary layer, so that query editors
find them at the endpoint as they do elsewhere: `?q a sh:SPARQLExecutable ; rdfs:comment ?c ; sh:select ?text`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from graph.nodes import term
from ontology.terms import ETIO, PREFIXES

EXAMPLES: Final = Path(__file__).parent / "examples"
EXAMPLE: Final = f"{ETIO}example/"
"""Namespace of the examples; the rest of the IRI is the file's name."""

_DECLARED: Final = term("etio:prefixes")
_TEXTS: Final = ("sh:select", "sh:construct", "sh:ask", "sh:describe")


@dataclass(frozen=True, slots=True)
class Example:
    """A query with the question it answers.

    `federates_with` are the endpoints that it asks; such a query is run elsewhere, since ours asks no other one.
    """

    name: str
    title: str
    comment: str
    subject: str
    keywords: tuple[str, ...]
    query: str
    federates_with: tuple[str, ...] = ()

    @property
    def iri(self) -> str:
        """What the store calls it."""
        return EXAMPLE + self.name


def examples() -> tuple[Example, ...]:
    """All of them, by subject, then name."""
    read = [_example(path) for path in EXAMPLES.glob("*.ttl")]
    return tuple(sorted(read, key=lambda example: (example.subject, example.name)))


def prefix_triples(prefixes: Mapping[str, str] = PREFIXES) -> set[Triple]:
    """The prefixes as SHACL declares them, of `etio:prefixes`."""
    triples = {Triple(_DECLARED, term("rdf:type"), term("owl:Ontology"))}
    for prefix, namespace in prefixes.items():
        node = NamedNode(f"{_DECLARED.value}/{prefix}")
        triples |= {
            Triple(_DECLARED, term("sh:declare"), node),
            Triple(node, term("rdf:type"), term("sh:PrefixDeclaration")),
            Triple(node, term("sh:prefix"), Literal(prefix)),
            Triple(node, term("sh:namespace"), Literal(namespace, datatype=term("xsd:anyURI"))),
        }
    return triples


def _example(path: Path) -> Example:
    node = NamedNode(EXAMPLE + path.stem)
    values: dict[str, list[str]] = {}
    for quad in parse(path=path, format=RdfFormat.TURTLE):
        if quad.subject == node and isinstance(quad.object, NamedNode | Literal):
            values.setdefault(quad.predicate.value, []).append(quad.object.value)

    def all_of(name: str) -> list[str]:
        return values.get(term(name).value, [])

    (text,) = [text for name in _TEXTS for text in all_of(name)]
    (title,), (comment,), (subject,) = all_of("rdfs:label"), all_of("rdfs:comment"), all_of("dcterms:subject")
    return Example(
        name=path.stem,
        title=title,
        comment=comment,
        subject=subject,
        keywords=tuple(sorted(all_of("schema:keywords"))),
        query=text,
        federates_with=tuple(sorted(all_of("spex:federatesWith"))),
    )
