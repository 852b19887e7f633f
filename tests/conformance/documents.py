"""RDF documents read without a store: terms keep the form they were written in."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Final

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Triple, parse

from conformance.cases import Dataset, Document

RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"

Term = NamedNode | BlankNode | Literal | Triple


def format_of(path: Path) -> RdfFormat:
    """The format that the name of a file tells."""
    found = RdfFormat.from_extension(path.suffix.removeprefix("."))
    assert found is not None, path
    return found


@cache
def quads(document: Document) -> tuple[Quad, ...]:
    """All that a document says."""
    return tuple(parse(path=document.path, format=format_of(document.path), base_iri=document.iri))


def dataset_quads(dataset: Dataset) -> list[Quad]:
    """All that a dataset holds; blank nodes of different documents stay apart."""
    found = [quad for document in dataset.default for quad in _apart(document, None)]
    return found + [quad for name, document in dataset.named for quad in _apart(document, name)]


def _apart(document: Document, name: str | None) -> Iterator[Quad]:
    graph = DefaultGraph() if name is None else NamedNode(name)
    renamed: dict[Term, BlankNode] = {}

    def own(term: Term) -> Term:
        return renamed.setdefault(term, BlankNode()) if isinstance(term, BlankNode) else term

    for quad in quads(document):
        subject = own(quad.subject)
        assert isinstance(subject, NamedNode | BlankNode)
        yield Quad(subject, quad.predicate, own(quad.object), graph)


class Described:
    """Triples by subject and predicate, for reading manifests and result sets."""

    def __init__(self, statements: Iterable[Quad | Triple]) -> None:
        self._objects: dict[tuple[Term, str], list[Term]] = defaultdict(list)
        self._subjects: dict[tuple[str, Term], list[Term]] = defaultdict(list)
        for statement in statements:
            self._objects[statement.subject, statement.predicate.value].append(statement.object)
            self._subjects[statement.predicate.value, statement.object].append(statement.subject)

    def all(self, subject: Term, predicate: str) -> list[Term]:
        """The objects, in the order in which they were read."""
        return self._objects.get((subject, predicate), [])

    def find(self, subject: Term, predicate: str) -> Term | None:
        """The only object, None where there is none."""
        found = self.all(subject, predicate)
        assert len(found) < 2, (subject, predicate, found)
        return found[0] if found else None

    def get(self, subject: Term, predicate: str) -> Term:
        """The only object."""
        found = self.find(subject, predicate)
        assert found is not None, (subject, predicate)
        return found

    def subjects(self, predicate: str, object: Term) -> list[Term]:
        """Those that have it."""
        return self._subjects.get((predicate, object), [])

    def having(self, predicate: str) -> list[Term]:
        """All subjects that have the predicate."""
        return [subject for subject, found in self._objects if found == predicate]

    def items(self, head: Term) -> Iterator[Term]:
        """The items of an RDF list."""
        while head != NamedNode(RDF + "nil"):
            yield self.get(head, RDF + "first")
            head = self.get(head, RDF + "rest")


def text(term: Term | None) -> str:
    """The characters of a literal or the IRI of a node."""
    assert isinstance(term, NamedNode | Literal), term
    return term.value
